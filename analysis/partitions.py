"""Counting answers that are kept as Parquet, file by file, in this process or on a cluster of machines."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, reduce
from itertools import pairwise
from operator import add
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from analysis.answer_columns import (
    NOTHING,
    AnswerColumns,
    CodedColumn,
    count_answers,
    expected_one_of,
)
from analysis.counts import ResponseCounts
from analysis.extras import required
from analysis.study.scale import Scale
from analysis.study.values import repeated

COLUMNS = ("round", "group", "outcome", "criterion", "score", "missing", "late")
Engine = Literal["pyarrow", "dask"]
_EXTRA = "cluster"
_TEXT = ("round", "group", "outcome", "criterion", "missing", "late")
_TEXT_TYPES = ("string", "large_string", "string_view")
_LATE_MARK = "late"
_ROWS_AT_ONCE = 1 << 20
# So few small arrays at a time meet on a worker to be added.
_ADDED_AT_ONCE = 16
_RETRIES = 3

Part = TypeVar("Part", "Counted", "Names")


@dataclass(frozen=True, slots=True)
class Partition:
    """One piece of work: row groups of one Parquet file."""

    file: str
    row_groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows are counted; None: the only round, the only criterion that there is."""

    round: str | None
    criterion: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """The groups and outcomes that the counted rows name."""

    groups: frozenset[str]
    outcomes: frozenset[str]

    def __add__(self, other: "Names") -> "Names":
        return Names(self.groups | other.groups, self.outcomes | other.outcomes)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The counts of some partitions, and the rounds and criteria that their rows name."""

    counts: ResponseCounts
    rounds: frozenset[str]
    criteria: frozenset[str]

    def __add__(self, other: "Counted") -> "Counted":
        rounds, criteria = self.rounds | other.rounds, self.criteria | other.criteria
        return Counted(self.counts + other.counts, rounds, criteria)


def count_parquet(
    path: str | Path,
    *,
    scale: Scale | Sequence[int],
    groups: Sequence[str] | None = None,
    outcomes: Sequence[str] | None = None,
    criterion: str | None = None,
    round: str | None = None,  # noqa: A002 - the column's name, like the others
    engine: Engine = "pyarrow",
    scheduler: object = None,
) -> ResponseCounts:
    """Count the answers to one criterion in one round from a Parquet file, or from a folder of them.

    Parameters
    ----------
    path : a file, or a folder whose `*.parquet` files, at any depth, are taken together. Columns, one row an
        answer: round, group, outcome, criterion (text), score (whole or empty), missing (`cannot_say`,
        `no_opinion`, `skipped` or empty), late (true, or the text "late", where it came after closing).
    scale : the scale, or its points, rising.
    groups, outcomes : the axes of the result. None: those that the counted rows name, sorted, found by a
        first pass that reads only the columns which that takes.
    criterion, round : which rows. None: the only one that there is; several are refused.
    engine : "pyarrow" counts here, one partition after the other; "dask" on a cluster.
    scheduler : for "dask": a scheduler's address, a `distributed.Client`, or None for the client in use.

    Returns
    -------
    Counts by group, outcome and point, as from any other source.

    Raises
    ------
    ValueError
        Naming the argument; or the file and its column, for a column that is not there or of another type,
        and for a row that cannot be counted.
    ExtraNotInstalled
        Where pyarrow, or distributed for "dask", is missing.

    Notes
    -----
    A file is a partition; a big one is several, by its row groups. Late answers are left out. Counts are
    integers that add, so neither order nor number of partitions matters, and one that is counted again
    because a worker was lost gives the same. Workers read the files under the same path and have this
    package; only counts travel. Answers of one person that are in the files twice are counted twice.
    """
    points, selection = _points(scale), Selection(round, criterion)
    _refuse_repeated(groups=groups, outcomes=outcomes)
    partitions = partitions_of(path)
    with _engine(engine, scheduler) as machine:
        if groups is None or outcomes is None:
            names = machine.total(partial(names_in, selection=selection), partitions)
            groups = sorted(names.groups) if groups is None else groups
            outcomes = sorted(names.outcomes) if outcomes is None else outcomes
        one = partial(
            count_partition,
            selection=selection,
            groups=tuple(groups),
            outcomes=tuple(outcomes),
            points=points,
        )
        counted = machine.total(one, partitions)
    _require_one("round", round, counted.rounds, path)
    _require_one("criterion", criterion, counted.criteria, path)
    return counted.counts


def partitions_of(path: str | Path, *, most_rows: int = _ROWS_AT_ONCE) -> tuple[Partition, ...]:
    """Return the pieces of work in a Parquet file or folder, in the order of the files' names.

    A file with more than `most_rows` rows is cut between its row groups; a row group is never cut. Raises
    ValueError, naming `path`, where there is no such file, and naming the file where it is not Parquet.
    """
    place = Path(path)
    files = sorted(place.rglob("*.parquet")) if place.is_dir() else [place]
    files = [file for file in files if file.is_file()]
    if not files:
        raise ValueError(f"path: found no Parquet file at {place}, expected a file or a folder of *.parquet")
    return tuple(part for file in files for part in _partitions_of_file(str(file), most_rows))


def names_in(partition: Partition, *, selection: Selection) -> Names:
    """Return the groups and outcomes that the rows of `partition` which would be counted name."""
    columns = _read(partition, ("round", "criterion", "late", "group", "outcome"))
    kept = _selected(columns, partition, selection)
    group, outcome = (columns.text(name).rows(kept).used for name in ("group", "outcome"))
    return Names(group, outcome)


def count_partition(
    partition: Partition,
    *,
    selection: Selection,
    groups: Sequence[str],
    outcomes: Sequence[str],
    points: Sequence[int],
) -> Counted:
    """Return the counts of one partition; ValueError as for `count_parquet`."""
    columns = _read(partition, COLUMNS)
    kept = _selected(columns, partition, selection)
    group, outcome, missing = (columns.text(name).rows(kept) for name in ("group", "outcome", "missing"))
    answers = AnswerColumns(group, outcome, columns.numbers("score")[kept], missing)
    counts = count_answers(answers, groups=groups, outcomes=outcomes, points=points, source=partition.file)
    return Counted(counts, columns.text("round").used, columns.text("criterion").used)


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """The columns of one partition, as pyarrow read them."""

    file: str
    table: Any

    def text(self, name: str) -> CodedColumn:
        """Return a column of text; ValueError if it is none."""
        column = self.table[name]
        kind = str(getattr(column.type, "value_type", column.type))
        if kind == "null":
            return CodedColumn(np.full(len(column), NOTHING), ())
        if kind not in _TEXT_TYPES:
            raise ValueError(f"{self.file}: {name}: found a column of {column.type}, expected text")
        whole = column.dictionary_encode().unify_dictionaries().combine_chunks()
        codes = whole.indices.cast("int64").fill_null(NOTHING).to_numpy(zero_copy_only=False)
        return CodedColumn(codes, tuple(whole.dictionary.to_pylist()))

    def numbers(self, name: str) -> NDArray[np.float64]:
        """Return a column of numbers, NaN for nothing; ValueError if it is none."""
        column = self.table[name]
        kind = str(column.type)
        if not kind.startswith(("int", "uint", "float", "double", "halffloat", "null")):
            raise ValueError(f"{self.file}: {name}: found a column of {kind}, expected whole numbers")
        numbers: NDArray[np.float64] = (
            column.cast("float64", safe=False).combine_chunks().to_numpy(zero_copy_only=False)
        )
        return numbers

    def marked(self, name: str, mark: str) -> NDArray[np.bool_]:
        """Return where a column is true or says `mark`; ValueError for a column or text of another kind."""
        column = self.table[name]
        if str(column.type) == "bool":
            marks: NDArray[np.bool_] = column.combine_chunks().fill_null(False).to_numpy(zero_copy_only=False)
            return marks
        text = self.text(name)
        other = sorted(text.used - {mark})
        if other:
            raise ValueError(f"{self.file}: {name}: found {other[0]!r}, expected {mark!r}, true or nothing")
        said: NDArray[np.bool_] = text.codes != NOTHING
        return said


def _read(partition: Partition, names: Sequence[str]) -> _Columns:
    parquet = required("pyarrow.parquet", extra=_EXTRA)
    metadata = _metadata(partition.file)
    known = metadata.schema.to_arrow_schema().names
    for name in names:
        if name not in known:
            raise ValueError(f"{partition.file}: {name}: no such column, {expected_one_of(COLUMNS)}")
    text = [name for name in names if name in _TEXT]
    with parquet.ParquetFile(partition.file, metadata=metadata, read_dictionary=text) as file:
        table = file.read_row_groups(list(partition.row_groups), columns=list(names), use_threads=False)
    return _Columns(partition.file, table)


def _metadata(file: str) -> Any:  # noqa: ANN401 - a type of pyarrow, which may not be there
    invalid = required("pyarrow", extra=_EXTRA).ArrowInvalid
    try:
        return required("pyarrow.parquet", extra=_EXTRA).read_metadata(file)
    except invalid as error:
        raise ValueError(f"{file}: not a Parquet file: {error}") from error


def _selected(columns: _Columns, partition: Partition, selection: Selection) -> NDArray[np.bool_]:
    kept = ~columns.marked("late", _LATE_MARK)
    for name, wanted in (("round", selection.round), ("criterion", selection.criterion)):
        column = columns.text(name)
        if np.any(column.codes == NOTHING):
            raise ValueError(f"{partition.file}: {name}: found nothing, expected a code in every row")
        if wanted is not None:
            named = np.array([found == wanted for found in column.names], dtype=np.bool_)
            kept &= named[column.codes] if named.size else False
    return kept


def _partitions_of_file(file: str, most_rows: int) -> Iterator[Partition]:
    metadata = _metadata(file)
    together: list[int] = []
    rows = 0
    for number in range(metadata.num_row_groups):
        more = metadata.row_group(number).num_rows
        if together and rows + more > most_rows:
            yield Partition(file, tuple(together))
            together, rows = [], 0
        together.append(number)
        rows += more
    yield Partition(file, tuple(together))


class _Machine(ABC):
    """Where partitions are worked on."""

    @abstractmethod
    def total(self, one: Callable[[Partition], Part], partitions: Sequence[Partition]) -> Part:
        """Return the sum of what `one` gives for each of `partitions`."""


class _ThisProcess(_Machine):
    def total(self, one: Callable[[Partition], Part], partitions: Sequence[Partition]) -> Part:
        return reduce(add, map(one, partitions))


@dataclass(frozen=True, slots=True)
class _Cluster(_Machine):
    client: Any

    def total(self, one: Callable[[Partition], Part], partitions: Sequence[Partition]) -> Part:
        # Not pure: a file may have changed since its counts were last asked for.
        parts = self.client.map(one, list(partitions), pure=False, retries=_RETRIES)
        while len(parts) > 1:
            batches = [parts[at : at + _ADDED_AT_ONCE] for at in range(0, len(parts), _ADDED_AT_ONCE)]
            parts = [
                self.client.submit(reduce, add, batch, pure=False, retries=_RETRIES) for batch in batches
            ]
        whole: Part = parts[0].result()
        return whole


@contextmanager
def _engine(engine: str, scheduler: object) -> Iterator[_Machine]:
    if engine not in ("pyarrow", "dask"):
        raise ValueError(f"engine: {engine!r}, expected 'pyarrow' or 'dask'")
    if engine == "pyarrow":
        if scheduler is not None:
            raise ValueError("scheduler: given, but only engine='dask' has one")
        yield _ThisProcess()
        return
    distributed = required("distributed", extra=_EXTRA)
    if isinstance(scheduler, str):
        with distributed.Client(scheduler, set_as_default=False) as client:
            yield _Cluster(client)
    else:
        yield _Cluster(_client(distributed, scheduler))


def _client(distributed: ModuleType, scheduler: object) -> object:
    wanted = "expected a scheduler's address, such as 'tcp://10.0.0.5:8786', or a distributed.Client"
    if scheduler is None:
        try:
            scheduler = distributed.get_client()
        except ValueError as error:
            raise ValueError(f"scheduler: no client is in use, {wanted}") from error
    if not isinstance(scheduler, distributed.Client):
        raise ValueError(f"scheduler: {type(scheduler).__name__}, {wanted}")
    if scheduler.asynchronous:
        raise ValueError(f"scheduler: an asynchronous client, {wanted} that is not")
    return scheduler


def _points(scale: Scale | Sequence[int]) -> tuple[int, ...]:
    points = scale.points if isinstance(scale, Scale) else tuple(scale)
    if not points or any(low >= high for low, high in pairwise(points)):
        raise ValueError(f"scale: {points}, expected at least one point, rising")
    return points


def _refuse_repeated(**axes: Sequence[str] | None) -> None:
    for name, codes in axes.items():
        twice = repeated(codes or ())
        if twice:
            raise ValueError(f"{name}: {', '.join(twice)} more than once")


def _require_one(name: str, asked: str | None, found: frozenset[str], path: str | Path) -> None:
    shown = ", ".join(sorted(found))
    if asked is None and len(found) > 1:
        raise ValueError(f"{name}: {path} holds several: {shown}; say which")
    if asked is not None and found and asked not in found:
        raise ValueError(f"{name}: {asked!r} is in no row of {path}, which holds {shown}")
