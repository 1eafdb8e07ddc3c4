"""What a draft holds: what was typed, as it was typed. Whether it can be right is told elsewhere."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from analysis.study.taking_part import NEUTRAL_SITE
from delphi.models import Part

WORDLESS = "-"  # the line of a point that has no word


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which study it is."""

    title: str = ""
    code: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """An outcome of the starting list."""

    code: str
    label: str
    descriptor: str = ""
    domain: str = ""
    plain: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """The starting list, and what its reader should know."""

    rows: tuple[OutcomeRow, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleAnswer:
    """The scale: how many points, the words of its ends, of those between (a line each), of its boxes."""

    points: str = "9"
    lowest: str = "Not important"
    highest: str = "Critical"
    between: str = ""
    cannot_say: str = "I cannot say"
    low_label: str = "not important"
    middle_label: str = "important, not critical"
    high_label: str = "critical"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A stakeholder group; its code stays when its name is changed."""

    code: str = ""
    label: str = ""
    one: str = ""
    target: str = ""
    weight: str = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """All groups."""

    rows: tuple[GroupRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """A round."""

    code: str = ""
    label: str = ""
    kind: str = "rating"
    question: str = ""
    order: str = "listed"
    places: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """All rounds; two of rating where nothing else was said."""

    rows: tuple[RoundRow, ...] = (
        RoundRow(code="1", label="Round 1", question="How important is this outcome?"),
        RoundRow(code="2", label="Round 2", question="How important is this outcome?"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRow:
    """A further question asked of every outcome; its code stays when its words change."""

    code: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """The questions of rating rounds beside each round's own."""

    rows: tuple[CriterionRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """The parts of the definition. `in_low`: fewer than so many may rate it low; "": that is not asked."""

    in_of: str = "pooled"
    in_percent: str = "70"
    in_low: str = "15"
    out_of: str = "pooled"
    out_percent: str = "70"
    minimum_n: str = "10"
    decides: str = "every"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackAnswer:
    """What people see of the others from the second rating round on."""

    shown: str = "groups"
    minimum_group_size: str = "5"
    ask_why_changed: str = "yes"
    show_digest: str = "yes"
    live: str = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """A question that people may answer about themselves; `choices` has one a line."""

    code: str = ""
    question: str = ""
    kind: str = "choice"
    choices: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All questions about oneself."""

    rows: tuple[ProfileRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JoiningAnswer:
    """How people come in and how they leave."""

    open_link: str = "no"
    confirm_groups: str = "yes"
    exit_to: str = NEUTRAL_SITE
    removable_until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRow:
    """Somewhere to turn to; `languages` are codes with commas between."""

    name: str = ""
    contact: str = ""
    country: str = ""
    languages: str = ""
    hours: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """All places of support."""

    rows: tuple[SupportRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What panellists read."""

    welcome: str = ""
    consent: str = ""
    comment_readers: str = ""
    private_readers: str = ""
    team_contact: str = ""
    thanks: str = ""


InRows = Groups | Rounds | Criteria | Profile | Support
PartAnswers = InRows | About | Outcomes | ScaleAnswer | Consensus | FeedbackAnswer | JoiningAnswer | Texts
EMPTY: Mapping[Part, PartAnswers] = {
    Part.ABOUT: About(),
    Part.OUTCOMES: Outcomes(),
    Part.SCALE: ScaleAnswer(),
    Part.GROUPS: Groups(),
    Part.ROUNDS: Rounds(),
    Part.CRITERIA: Criteria(),
    Part.CONSENSUS: Consensus(),
    Part.FEEDBACK: FeedbackAnswer(),
    Part.PROFILE: Profile(),
    Part.JOINING: JoiningAnswer(),
    Part.SUPPORT: Support(),
    Part.TEXTS: Texts(),
}
Row = OutcomeRow | GroupRow | RoundRow | CriterionRow | ProfileRow | SupportRow
ROWS: Mapping[Part, type[Row]] = {
    Part.OUTCOMES: OutcomeRow,
    Part.GROUPS: GroupRow,
    Part.ROUNDS: RoundRow,
    Part.CRITERIA: CriterionRow,
    Part.PROFILE: ProfileRow,
    Part.SUPPORT: SupportRow,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A whole draft. `saved` names the parts that somebody has saved: the others hold what is usual."""

    about: About = field(default_factory=About)
    outcomes: Outcomes = field(default_factory=Outcomes)
    scale: ScaleAnswer = field(default_factory=ScaleAnswer)
    groups: Groups = field(default_factory=Groups)
    rounds: Rounds = field(default_factory=Rounds)
    criteria: Criteria = field(default_factory=Criteria)
    consensus: Consensus = field(default_factory=Consensus)
    feedback: FeedbackAnswer = field(default_factory=FeedbackAnswer)
    profile: Profile = field(default_factory=Profile)
    joining: JoiningAnswer = field(default_factory=JoiningAnswer)
    support: Support = field(default_factory=Support)
    texts: Texts = field(default_factory=Texts)
    saved: frozenset[Part] = frozenset()
    protocol: str = ""

    def part(self, part: Part) -> PartAnswers:
        """What one part holds."""
        found: PartAnswers = getattr(self, part.value)
        return found


def as_json(answers: PartAnswers) -> dict[str, object]:
    """A part as the database keeps it."""
    return asdict(answers)


def from_json(part: Part, kept: Mapping[str, object]) -> PartAnswers:
    """A part as it was kept; what this version does not know is left out."""
    known = {each.name for each in fields(EMPTY[part])}
    values: dict[str, Any] = {name: value for name, value in kept.items() if name in known}
    if part in ROWS and isinstance(values.get("rows"), list):
        values["rows"] = tuple(ROWS[part](**row) for row in values["rows"])
    if isinstance(values.get("notes"), list):
        values["notes"] = tuple(values["notes"])
    kind = type(EMPTY[part])
    return kind(**values)
