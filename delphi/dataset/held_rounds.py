"""Which rounds of a study were held, and the list that each asked about."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.path import StudyPath, path_of
from analysis.study.fit import one_of
from analysis.study.study import Study
from delphi.dataset.writing import StudyRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRound:
    """A round that has opened; `listed`: the codes of its list, in order."""

    code: str
    listed: tuple[str, ...]
    is_open: bool


def held_rounds(study: Study, *, open_round: str | None) -> tuple[HeldRound, ...]:
    """Return the rounds that have opened: those with answers or lineage, or all up to `open_round`.

    Raises StudyRefused if there is no such round, or if something has already come after it.
    """
    path = path_of(study)
    if open_round is not None:
        _check_open_round(study, path, open_round)
    return tuple(_held(study, path, open_round))


def _check_open_round(study: Study, path: StudyPath, open_round: str) -> None:
    codes = [round_.code for round_ in study.protocol.rounds]
    if open_round not in codes:
        raise StudyRefused("open round", open_round, one_of(codes))
    later = set(codes[codes.index(open_round) + 1 :])
    if any(stage.code in later for stage in path.stages):
        raise StudyRefused("open round", open_round, "the last round that has answers or decisions")
    if any(step.after == open_round for step in study.lineage):
        raise StudyRefused(
            "open round", open_round, "a round without decisions: those are made when it has closed"
        )


def _held(study: Study, path: StudyPath, open_round: str | None) -> Iterator[HeldRound]:
    stages = {stage.code: stage for stage in path.stages}
    listed = path.starting
    for round_ in study.protocol.rounds:
        stage = stages.get(round_.code)
        is_open = round_.code == open_round
        if stage or open_round:
            yield HeldRound(code=round_.code, listed=stage.listed_in if stage else listed, is_open=is_open)
        if is_open:
            return
        listed = stage.listed_out if stage else listed
