"""Counting answers that come as columns: one row an answer, text as codes into a list of names."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.counts import MISSING_KINDS, ResponseCounts

_MOST_NAMED = 12
NOTHING = -1


@dataclass(frozen=True, slots=True, eq=False)
class CodedColumn:
    """A column of text: `codes` (rows,) into `names`, -1 for a cell that holds nothing."""

    codes: NDArray[np.int64]
    names: tuple[str, ...]

    def rows(self, kept: NDArray[np.bool_]) -> "CodedColumn":
        """Return the column with only the rows that are `kept`."""
        return CodedColumn(self.codes[kept], self.names)

    @property
    def used(self) -> frozenset[str]:
        """The names that occur in a row."""
        return frozenset(self.names[code] for code in np.unique(self.codes) if code != NOTHING)


@dataclass(frozen=True, slots=True, eq=False)
class AnswerColumns:
    """Answers to one criterion in one round, a row each.

    `score` is (rows,), NaN where there is none; `missing` then holds the kind of missing. All columns are of
    the same length.
    """

    group: CodedColumn
    outcome: CodedColumn
    score: NDArray[np.float64]
    missing: CodedColumn

    def __post_init__(self) -> None:
        rows = len(self.score)
        for name in ("group", "outcome", "missing"):
            length = len(getattr(self, name).codes)
            if length != rows:
                raise ValueError(f"{name}: {length} rows, expected {rows}, as many as scores")


def count_answers(
    answers: AnswerColumns,
    *,
    groups: Sequence[str],
    outcomes: Sequence[str],
    points: Sequence[int],
    source: str,
) -> ResponseCounts:
    """Count how many of each group gave each answer to each outcome.

    Parameters
    ----------
    answers : the columns.
    groups, outcomes : the axes of the result, in their order.
    points : the points of the scale, rising.
    source : where the columns come from, such as a file's name; every fault begins with it.

    Returns
    -------
    Counts over `groups`, `outcomes` and `points`. They add to those of other sources with the same axes.

    Raises
    ------
    ValueError
        Naming source and column: a group, outcome or kind of missing that is not known, a score that is no
        point of the scale, a row with both a score and a kind of missing, or with neither.

    Notes
    -----
    Each cell of the result has a number; a row is turned into its cell's number and the numbers are tallied
    (`numpy.bincount`), so the cost is a few passes over the columns. A person who answers the same question
    twice is counted twice: who wrote the rows sees to it that nobody does.
    """
    cells = _places(answers.group, groups, name="group", source=source) * len(outcomes)
    cells += _places(answers.outcome, outcomes, name="outcome", source=source)
    scored = _scored(answers, source)
    category = _category(answers.score[scored], points, source)
    kinds = tuple(kind.value for kind in MISSING_KINDS)
    kind = _places(answers.missing.rows(~scored), kinds, name="missing", source=source)
    shape = len(groups), len(outcomes)
    counts = _tally(cells[scored], category, (*shape, len(points)))
    missing = _tally(cells[~scored], kind, (*shape, len(kinds)))
    return ResponseCounts(tuple(groups), tuple(outcomes), tuple(points), counts, missing)


def expected_one_of(names: Sequence[str]) -> str:
    """Say which names would have been right."""
    more = ", …" if len(names) > _MOST_NAMED else ""
    return f"expected one of: {', '.join(names[:_MOST_NAMED])}{more}"


def _places(column: CodedColumn, names: Sequence[str], *, name: str, source: str) -> NDArray[np.int64]:
    place_of = {known: at for at, known in enumerate(names)}
    # The last place answers for code -1.
    by_code = np.array([*(place_of.get(known, NOTHING) for known in column.names), NOTHING], dtype=np.int64)
    places = by_code[column.codes]
    wrong = np.flatnonzero(places == NOTHING)
    if wrong.size:
        code = column.codes[wrong[0]]
        found = "nothing" if code == NOTHING else repr(column.names[code])
        raise ValueError(f"{source}: {name}: found {found}, {expected_one_of(names)}")
    return places


def _scored(answers: AnswerColumns, source: str) -> NDArray[np.bool_]:
    scored = ~np.isnan(answers.score)
    explained = answers.missing.codes != NOTHING
    if np.any(scored & explained):
        at = np.flatnonzero(scored & explained)[0]
        kind = answers.missing.names[answers.missing.codes[at]]
        found = f"found {answers.score[at]:g} in a row whose missing is {kind!r}"
        raise ValueError(f"{source}: score: {found}, expected one of the two")
    if not np.all(scored | explained):
        raise ValueError(f"{source}: score: found nothing in a row whose missing is empty too, expected one")
    return scored


def _category(scores: NDArray[np.float64], points: Sequence[int], source: str) -> NDArray[np.int64]:
    rising = np.asarray(points, dtype=np.float64)
    category = np.searchsorted(rising, scores).clip(max=len(rising) - 1)
    wrong = np.flatnonzero(rising[category] != scores)
    if wrong.size:
        expected = f"expected a point of the scale, {points[0]} to {points[-1]}"
        raise ValueError(f"{source}: score: found {scores[wrong[0]]:g}, {expected}")
    return category.astype(np.int64)


def _tally(
    cells: NDArray[np.int64], category: NDArray[np.int64], shape: tuple[int, int, int]
) -> NDArray[np.int64]:
    numbers = cells * shape[-1] + category
    return np.bincount(numbers, minlength=int(np.prod(shape))).reshape(shape).astype(np.int64)
