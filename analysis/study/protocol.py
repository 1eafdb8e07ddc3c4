"""The protocol: what a study fixes in advance."""

from dataclasses import dataclass, field
from typing import TypeVar

from analysis.study.rounds import Round
from analysis.study.rules import ConsensusDefinition
from analysis.study.scale import Scale
from analysis.study.taking_part import Joining, Leaving, ProfileQuestion, SupportLine
from analysis.study.values import LANGUAGE_PATTERN, Requirements, repeated, require
from analysis.study.weighting import UNWEIGHTED, Weighting

BUNDLE_FORMAT = 1
SMALLEST_SHOWN_GROUP = 5
LONGEST_VERSION = 20


@dataclass(frozen=True, slots=True)
class Group:
    """A stakeholder group: `label` names its people ("Survivors"), `one` a single one ("survivor")."""

    code: str
    label: str
    one: str
    description: str = ""

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            require(bool(self.label.strip()), "label", self.label, "the group's name")


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain by its name in the outcomes; `note` is shown before its section ("It speaks of violence.")."""

    name: str
    note: str = ""

    def __post_init__(self) -> None:
        require(bool(self.name.strip()), "name", self.name, "the domain's name")


_Part = TypeVar("_Part", Round, Group, Scale, Weighting, ConsensusDefinition)


@dataclass(frozen=True, slots=True)
class Identity:
    """Which study it is. `synthetic` names the tables that are generated, `note` says so in a sentence."""

    code: str
    title: str
    question: str
    languages: tuple[str, ...] = ("en",)
    synthetic: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            require(bool(self.title.strip()), "title", self.title, "the study's title")
            require(bool(self.languages), "languages", self.languages, "at least one language")
            for language in self.languages:
                named = LANGUAGE_PATTERN.fullmatch(language) is not None
                require(named, "languages", language, "languages by their codes, such as en or pt-BR")
            twice = repeated(language.lower() for language in self.languages)
            require(not twice, "languages", ", ".join(twice), "each language only once")
            require(
                not self.synthetic or bool(self.note.strip()),
                "note",
                self.note,
                "a sentence that says what is synthetic",
            )


@dataclass(frozen=True, slots=True)
class Ethics:
    """Texts that a panellist reads; paragraphs are parted by a blank line.

    `private_readers` says who reads a private message to the team; "": the study offers none.
    `team_contact` says how to reach the study's team; "": nowhere is it said. `consent_version` names the
    wording of `consent`.
    """

    welcome: str
    consent: str
    comment_readers: str
    thanks: str = ""
    private_readers: str = ""
    team_contact: str = ""
    consent_version: str = "1"

    def __post_init__(self) -> None:
        named = 0 < len(self.consent_version) <= LONGEST_VERSION
        require(named, "consent_version", self.consent_version, f"1 to {LONGEST_VERSION} characters")


@dataclass(frozen=True, slots=True)
class FeedbackPolicy:
    """A group with fewer people than `minimum_group_size` is never shown."""

    minimum_group_size: int = SMALLEST_SHOWN_GROUP

    def __post_init__(self) -> None:
        require(self.minimum_group_size >= 1, "minimum_group_size", self.minimum_group_size, "1 or more")


@dataclass(frozen=True, slots=True)
class QuantilePolicy:
    """The Hyndman-Fan type that every quantile of the study uses."""

    definition: int = 7

    def __post_init__(self) -> None:
        require(self.definition in range(1, 10), "definition", self.definition, "a Hyndman-Fan type, 1 to 9")


@dataclass(frozen=True, slots=True)
class Protocol:
    """Everything in `study.toml`."""

    study: Identity
    ethics: Ethics
    groups: tuple[Group, ...]
    rounds: tuple[Round, ...]
    scales: tuple[Scale, ...] = ()
    weights: tuple[Weighting, ...] = ()
    definitions: tuple[ConsensusDefinition, ...] = ()
    feedback: FeedbackPolicy = field(default_factory=FeedbackPolicy)
    quantiles: QuantilePolicy = field(default_factory=QuantilePolicy)
    profile: tuple[ProfileQuestion, ...] = ()
    support: tuple[SupportLine, ...] = ()
    joining: Joining = field(default_factory=Joining)
    leaving: Leaving = field(default_factory=Leaving)
    domains: tuple[Domain, ...] = ()
    format: int = BUNDLE_FORMAT

    def __post_init__(self) -> None:
        with Requirements() as require:
            require(self.format == BUNDLE_FORMAT, "format", self.format, f"{BUNDLE_FORMAT}")
            require(bool(self.groups), "groups", self.groups, "at least one stakeholder group")
            require(bool(self.rounds), "rounds", self.rounds, "at least one round")

    def round(self, code: str) -> Round:
        """Return the round named `code`; KeyError if there is none."""
        return _named(self.rounds, code)

    def group(self, code: str) -> Group:
        """Return the group named `code`; KeyError if there is none."""
        return _named(self.groups, code)

    def scale_of(self, round_: Round) -> Scale:
        """Return the scale of a rating round; KeyError if it has none."""
        return _named(self.scales, round_.scale or "")

    def weights_of(self, round_: Round) -> Weighting:
        """Return the round's weighting; unweighted where it names none."""
        return _named(self.weights, round_.weights) if round_.weights else UNWEIGHTED

    def definition_of(self, round_: Round) -> ConsensusDefinition | None:
        """Return the round's consensus definition, None where it has none."""
        return _named(self.definitions, round_.definition) if round_.definition else None

    @property
    def group_codes(self) -> tuple[str, ...]:
        """The groups' codes in the protocol's order."""
        return tuple(group.code for group in self.groups)

    def position(self, round_code: str) -> int:
        """Return the round's place in the order of rounds, from 0."""
        return [round_.code for round_ in self.rounds].index(round_code)


def _named(parts: tuple[_Part, ...], code: str) -> _Part:
    for part in parts:
        if part.code == code:
            return part
    raise KeyError(code)
