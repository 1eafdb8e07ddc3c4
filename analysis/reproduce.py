"""What we compute beside what was published, figure by figure."""

from dataclasses import dataclass
from enum import StrEnum

from analysis.path import StudyPath, path_of
from analysis.study.published import Figure, FigureMeasure, Source
from analysis.study.records import Outcome
from analysis.study.study import Study
from analysis.study.values import Provenance

START = "start"


class Status(StrEnum):
    """How a published figure and ours stand to each other."""

    REPRODUCED = "reproduced"
    DIFFERS = "differs"
    NOT_COMPUTABLE = "not_computable"


Computed = int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure as its source prints it, as we compute it (None: cannot be), and why they differ."""

    figure: Figure
    source: Source
    computed: Computed | None
    status: Status
    why: str

    @property
    def fails(self) -> bool:
        """Whether the figure should be reproduced and is not."""
        return self.figure.should_reproduce and self.status is not Status.REPRODUCED


def compare(study: Study) -> tuple[Comparison, ...]:
    """Compare each published figure of `study` with the value computed from its answers, rules and lineage.

    Lists of names are compared without regard to their order. A figure given as a number is compared with
    how many names there are.
    """
    path = path_of(study)
    sources = {source.code: source for source in study.published.sources}
    return tuple(
        _comparison(study, path, figure, sources[figure.source]) for figure in study.published.figures
    )


def _comparison(study: Study, path: StudyPath, figure: Figure, source: Source) -> Comparison:
    computed = _computed(study, path, figure)
    if computed is None:
        why = figure.note or f"Round {figure.stage} was not held."
        return Comparison(figure, source, None, Status.NOT_COMPUTABLE, why)
    if isinstance(figure.value, int) and not isinstance(computed, int):
        computed = len(computed)
    same = computed == figure.value
    if not isinstance(figure.value, int) and not isinstance(computed, int):
        same = sorted(computed) == sorted(figure.value)
    status = Status.REPRODUCED if same else Status.DIFFERS
    return Comparison(figure, source, computed, status, figure.note)


def _computed(study: Study, path: StudyPath, figure: Figure) -> Computed | None:
    match figure.measure:
        case FigureMeasure.NONE:
            return None
        case FigureMeasure.FINAL_LABELS:
            return tuple(study.outcome(code).label for code in path.final)
        case FigureMeasure.PUBLISHED_LABELS_OUTSIDE_FINAL:
            return tuple(outcome.label for outcome in _published(study) if outcome.code not in path.final)
        case FigureMeasure.DOMAINS:
            return tuple(dict.fromkeys(outcome.domain for outcome in _published(study)))
        case _:
            return _of_stage(path, figure)


def _published(study: Study) -> list[Outcome]:
    return [outcome for outcome in study.outcomes if outcome.provenance is Provenance.PUBLISHED]


def _of_stage(path: StudyPath, figure: Figure) -> int | None:
    if figure.stage == START:
        return None if figure.measure is FigureMeasure.RESPONDENTS else len(path.starting)
    held = {stage.code: stage for stage in path.stages}
    stage = held.get(figure.stage or "")
    if stage is None:
        return None
    numbers = {
        FigureMeasure.OUTCOMES_IN: stage.outcomes_in,
        FigureMeasure.OUTCOMES_OUT: stage.outcomes_out,
        FigureMeasure.RESPONDENTS: stage.respondents,
    }
    return numbers[figure.measure]
