"""A round: one wave of a study."""

from dataclasses import dataclass
from enum import StrEnum

from analysis.study.values import Requirements, repeated


class RoundKind(StrEnum):
    """What a round asks for."""

    COMMENT = "comment"
    RATING = "rating"
    RANKING = "ranking"
    WORKSHOP = "workshop"


class FeedbackShown(StrEnum):
    """What a panellist is shown of earlier answers."""

    NONE = "none"
    OWN = "own"
    GROUPS = "groups"


class SectionOrder(StrEnum):
    """In which order a panellist meets the sections: the list's, or one drawn for each person."""

    LISTED = "listed"
    SHUFFLED = "shuffled"


class BallotList(StrEnum):
    """Which end of the list a ballot names."""

    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A question asked of every outcome in a rating round."""

    code: str
    question: str

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            require(bool(self.question.strip()), "question", self.question, "the question in words")


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote in a workshop: each person names up to `places` outcomes from one end of the list."""

    code: str
    label: str
    places: int
    list: BallotList = BallotList.TOP

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            require(self.places >= 1, "places", self.places, "1 or more")


@dataclass(frozen=True, slots=True)
class Round:
    """One wave. `scale`, `weights` and `definition` name parts of the protocol by their codes.

    `places`: how many outcomes a ranking round asks to put in order, None: all of them. `live_feedback`: in
    real time, after one's own first answer to an outcome. `ask_why_changed`: of answers that moved since the
    earlier round. `show_digest`: what the team wrote together from comments.
    """

    code: str
    kind: RoundKind
    label: str
    question: str = ""
    scale: str | None = None
    criteria: tuple[Criterion, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    weights: str | None = None
    definition: str | None = None
    feedback: FeedbackShown = FeedbackShown.NONE
    order: SectionOrder = SectionOrder.LISTED
    places: int | None = None
    live_feedback: bool = False
    ask_why_changed: bool = False
    show_digest: bool = False

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            require(self.code != "start", "code", self.code, "another code: 'start' names the starting list")
            require(bool(self.label.strip()), "label", self.label, "the round's name")
            rates, votes = self.kind is RoundKind.RATING, self.kind is RoundKind.WORKSHOP
            require(
                (self.scale is not None) == rates,
                "scale",
                self.scale,
                "a scale in a rating round, and only there",
            )
            require(
                bool(self.criteria) == rates,
                "criteria",
                len(self.criteria),
                "criteria in a rating round, and only there",
            )
            require(
                bool(self.ballots) == votes,
                "ballots",
                len(self.ballots),
                "ballots in a workshop, and only there",
            )
            places_fit = self.places is None or (self.kind is RoundKind.RANKING and self.places >= 1)
            require(places_fit, "places", self.places, "1 or more in a ranking round, and only there")
            live_fits = not self.live_feedback or (rates and self.feedback is FeedbackShown.GROUPS)
            require(live_fits, "live_feedback", True, 'true only in a rating round with feedback = "groups"')
            twice = repeated(c.code for c in self.criteria) + repeated(b.code for b in self.ballots)
            require(not twice, "criteria", twice, "each code once")

    @property
    def decides(self) -> bool:
        """Whether a consensus definition decides what stays after the round."""
        return self.definition is not None
