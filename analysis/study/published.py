"""Figures printed elsewhere: what a study is compared with, never what it is computed from."""

from dataclasses import dataclass
from enum import StrEnum

from analysis.study.values import Requirements, require_code


class FigureMeasure(StrEnum):
    """What of ours a published figure is compared with."""

    OUTCOMES_IN = "outcomes_in"
    OUTCOMES_OUT = "outcomes_out"
    RESPONDENTS = "respondents"
    FINAL_LABELS = "final_labels"
    PUBLISHED_LABELS_OUTSIDE_FINAL = "published_labels_outside_final"
    DOMAINS = "domains"
    NONE = "none"


LARGEST_FIGURE = 10**9
_NEEDS_STAGE = (FigureMeasure.OUTCOMES_IN, FigureMeasure.OUTCOMES_OUT, FigureMeasure.RESPONDENTS)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure is printed."""

    code: str
    title: str
    reference: str
    url: str = ""

    def __post_init__(self) -> None:
        require_code(self.code)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or a list of names, as a source prints it."""

    code: str
    measure: FigureMeasure
    value: int | tuple[str, ...]
    source: str
    should_reproduce: bool
    stage: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            short = not isinstance(self.value, int) or abs(self.value) < LARGEST_FIGURE
            require(short, "value", self.value, f"a number below {LARGEST_FIGURE}")
            needs = self.measure in _NEEDS_STAGE
            require(
                (self.stage is not None) == needs,
                "stage",
                self.stage,
                "a round's code, or 'start', where needed",
            )
            computable = self.measure is not FigureMeasure.NONE
            require(
                computable or not self.should_reproduce,
                "should_reproduce",
                True,
                "false: it cannot be computed",
            )
            require(
                self.should_reproduce or bool(self.note.strip()),
                "note",
                self.note,
                "why it differs or is missing",
            )


@dataclass(frozen=True, slots=True)
class Published:
    """All figures with their sources."""

    sources: tuple[Source, ...] = ()
    figures: tuple[Figure, ...] = ()
