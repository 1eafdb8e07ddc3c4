"""How many of each group gave each answer to each outcome: all that the statistics of one outcome need."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from analysis.counting import Counts, count_scores
from analysis.ratings import RatingMatrix
from analysis.study.records import Missing
from analysis.study.scale import Box, Scale

CountedRow = tuple[str, str, int | None, str | None, int]

MISSING_KINDS = tuple(Missing)

_Name = TypeVar("_Name", str, int)


@dataclass(frozen=True, slots=True, eq=False)
class ResponseCounts:
    """Answers counted by group (G), outcome (O) and category (C): a small array of integers that adds.

    `counts` is (G, O, C) over `categories`: the points of a scale, or the places of a ballot.
    `missing` is (G, O, K) over the kinds of `Missing` in their order. Both are read-only.
    Raises ValueError when a shape does not fit the names or a number is negative.
    """

    groups: tuple[str, ...]
    outcomes: tuple[str, ...]
    categories: tuple[int, ...]
    counts: Counts
    missing: Counts

    def __post_init__(self) -> None:
        ends = {"counts": len(self.categories), "missing": len(MISSING_KINDS)}
        for name, last in ends.items():
            array = np.asarray(getattr(self, name), dtype=np.int64)
            shape = (len(self.groups), len(self.outcomes), last)
            if array.shape != shape:
                raise ValueError(f"{name}: shape {array.shape}, expected {shape}")
            if array.size and array.min() < 0:
                raise ValueError(f"{name}: a negative number of answers")
            array = array.copy()
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    @classmethod
    def empty(cls, *, groups: Sequence[str], outcomes: Sequence[str], categories: Sequence[int]) -> Self:
        """Return counts in which nobody has answered."""
        shape = len(groups), len(outcomes)
        counts = np.zeros((*shape, len(categories)), dtype=np.int64)
        missing = np.zeros((*shape, len(MISSING_KINDS)), dtype=np.int64)
        return cls(tuple(groups), tuple(outcomes), tuple(categories), counts, missing)

    @classmethod
    def from_matrix(cls, matrix: RatingMatrix, scale: Scale, *, groups: Sequence[str] | None = None) -> Self:
        """Count a matrix; `groups` gives their order (default: the order in which the rows name them).

        Raises ValueError for a score that is not a point of `scale` or a group that is not in `groups`.
        """
        order = tuple(dict.fromkeys(matrix.groups)) if groups is None else tuple(groups)
        unknown = set(matrix.groups) - set(order)
        if unknown:
            raise ValueError(f"groups: {', '.join(sorted(unknown))} of the matrix is not among them")
        place = {group: at for at, group in enumerate(order)}
        rows = np.fromiter((place[group] for group in matrix.groups), dtype=np.intp, count=len(matrix.groups))
        counts = count_scores(matrix.scores, rows, groups=len(order), low=scale.low, high=scale.high)
        missing = _count_kinds(matrix.missing, rows, groups=len(order))
        return cls(order, matrix.outcomes, scale.points, counts, missing)

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[CountedRow],
        *,
        groups: Sequence[str],
        outcomes: Sequence[str],
        categories: Sequence[int],
    ) -> Self:
        """Add up rows of (group, outcome, score or None, kind of missing or None, number of people).

        Such rows come from a `GROUP BY`. Rows that name the same cell add. Raises ValueError, naming
        the column, for what is not in `groups`, `outcomes`, `categories` or `Missing`.
        """
        new = cls.empty(groups=groups, outcomes=outcomes, categories=categories)
        counts, missing = new.counts.copy(), new.missing.copy()
        places = [{name: at for at, name in enumerate(names)} for names in (groups, outcomes)]
        points = {point: at for at, point in enumerate(categories)}
        kinds = {kind.value: at for at, kind in enumerate(MISSING_KINDS)}
        for group, outcome, score, kind, number in rows:
            g, o = _place(places[0], group, "group"), _place(places[1], outcome, "outcome")
            if (score is None) == (kind is None):
                raise ValueError(f"score: {score!r} with missing {kind!r}; exactly one of them is needed")
            if score is not None:
                counts[g, o, _place(points, score, "score")] += number
            else:
                missing[g, o, _place(kinds, str(kind), "missing")] += number
        return cls(new.groups, new.outcomes, new.categories, counts, missing)

    @classmethod
    def from_parquet(
        cls,
        path: str | Path,
        *,
        scale: Scale | Sequence[int],
        groups: Sequence[str] | None = None,
        outcomes: Sequence[str] | None = None,
        round: str | None = None,  # noqa: A002 - the column's name
        criterion: str | None = None,
        engine: str = "pyarrow",
        scheduler: object = None,
    ) -> "ResponseCounts":
        """Count answers kept as Parquet, in this process or on a Dask cluster.

        See `analysis.partitions.count_parquet`, which needs the extra `cluster`; it stands apart because it
        makes these counts, so it is looked up here by its name.
        """
        counted: ResponseCounts = import_module("analysis.partitions").count_parquet(
            path,
            scale=scale,
            groups=groups,
            outcomes=outcomes,
            round=round,
            criterion=criterion,
            engine=engine,
            scheduler=scheduler,
        )
        return counted

    def __add__(self, other: "ResponseCounts") -> "ResponseCounts":
        """Return the counts of both; ValueError unless groups, outcomes and categories are the same."""
        for name in ("groups", "outcomes", "categories"):
            if getattr(self, name) != getattr(other, name):
                raise ValueError(f"{name}: counts of different {name} do not add")
        counts, missing = self.counts + other.counts, self.missing + other.missing
        return ResponseCounts(self.groups, self.outcomes, self.categories, counts, missing)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ResponseCounts):
            return NotImplemented
        mine, theirs = ((c.groups, c.outcomes, c.categories) for c in (self, other))
        return mine == theirs and bool(
            np.array_equal(self.counts, other.counts) and np.array_equal(self.missing, other.missing)
        )

    __hash__ = None  # type: ignore[assignment]  # holds arrays

    @property
    def n(self) -> Counts:
        """Those who gave a category, (G, O): the denominator of every share; no kind of missing is in it."""
        answered: Counts = self.counts.sum(axis=-1)
        return answered

    def in_box(self, box: Box) -> Counts:
        """Return how many answered within `box`, (G, O)."""
        inside = [at for at, point in enumerate(self.categories) if box.holds(point)]
        number: Counts = self.counts[:, :, inside].sum(axis=-1)
        return number

    def of_outcomes(self, outcomes: Sequence[str]) -> "ResponseCounts":
        """Return the counts of `outcomes` in that order; one that nobody answered has zeros."""
        places = {code: at for at, code in enumerate(self.outcomes)}
        known = [(to, places[code]) for to, code in enumerate(outcomes) if code in places]
        new = ResponseCounts.empty(groups=self.groups, outcomes=outcomes, categories=self.categories)
        counts, missing = new.counts.copy(), new.missing.copy()
        if known:
            to, at = (list(column) for column in zip(*known, strict=True))
            counts[:, to], missing[:, to] = self.counts[:, at], self.missing[:, at]
        return ResponseCounts(self.groups, tuple(outcomes), self.categories, counts, missing)


def _count_kinds(kinds: NDArray[np.int8], rows: NDArray[np.intp], *, groups: int) -> Counts:
    """Count the kinds of missing, (G, O, K); `kinds` is (raters, outcomes), negative where none."""
    outcomes, width = kinds.shape[1], len(MISSING_KINDS)
    who, what = np.nonzero(kinds >= 0)
    cells = (rows[who] * outcomes + what) * width + kinds[who, what]
    found = np.bincount(cells, minlength=groups * outcomes * width)
    return found.reshape(groups, outcomes, width).astype(np.int64)


def _place(places: Mapping[_Name, int], name: _Name, column: str) -> int:
    if name not in places:
        raise ValueError(f"{column}: {name!r} is not one of {', '.join(map(str, places))}")
    return places[name]
