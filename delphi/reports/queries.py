"""What the page of a round's results shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from analysis.counts import ResponseCounts
from analysis.study.protocol import Protocol
from analysis.study.records import Outcome
from analysis.study.rounds import Round, RoundKind
from analysis.verdicts import HIDDEN, Rank, VerdictRow, VerdictTable, verdict_table
from delphi import models
from delphi.dataset import outcomes_of, protocol_of, round_evidence
from delphi.dataset.confirmed_later import confirmed_later
from delphi.domain.rounds import RoundState, state_of
from delphi.extensions import db
from delphi.reports.dissents import Dissents, dissents_on_record
from delphi.reports.figures import Deciding, Figure, deciding_figure, figures_of_row
from delphi.reports.ordering import Direction, Ordering, in_order
from delphi.reports.words import change_words, verdict_words

NAME, UNWEIGHTED, WEIGHTED, VERDICT, PLAIN_VERDICT = (
    "outcome",
    "unweighted",
    "weighted",
    "verdict",
    "unweighted_verdict",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column's heading: how a first click sorts it, how it is sorted now (if it is), what a click gives."""

    column: str
    label: str
    first: Direction
    sorted_by: Direction | None
    turned: Ordering


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """One outcome. `place`: in the round's list, from 0, parts rows that tie. `keys`: what it is sorted by.

    `change`: what the weights change, or "".
    """

    place: int
    code: str
    label: str
    groups: tuple[Figure, ...]
    unweighted: Figure
    weighted: Figure
    ranks: tuple[str, ...]
    verdict: str
    verdict_unweighted: str
    change: str
    sentence: str
    keys: dict[str, float | str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A criterion of a rating round that has several."""

    code: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage:
    """A closed round's results, in the order asked for.

    `confirmed_later`: answers of people whose group was confirmed after closing, which are in no number.
    """

    study: str
    study_title: str
    synthetic: str
    round_code: str
    round_label: str
    headings: tuple[Heading, ...]
    rows: tuple[ResultRow, ...]
    listed: int
    changed: int
    only_changed: bool
    criterion: str | None
    questions: tuple[Question, ...]
    ordering: Ordering
    deciding: str
    has_pictures: bool
    has_rule: bool
    rule: tuple[str, ...]
    weights: str
    ties: tuple[str, ...]
    smallest_group: int
    has_hidden: bool
    groups: tuple[str, ...]
    dissents: Dissents
    confirmed_later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """A round without results: it is not closed, or it asks for nothing that is counted."""

    study: str
    study_title: str
    synthetic: str
    round_code: str
    round_label: str
    state: RoundState


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks of the page of results."""

    sort: str = ""
    order: str = ""
    only_changed: bool = False
    criterion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedRound:
    """A closed round's table with all that it was made from."""

    protocol: Protocol
    round: Round
    table: VerdictTable
    outcomes: Mapping[str, Outcome]
    counts: ResponseCounts | None
    dissents: Dissents
    confirmed_later: int


def results(study_id: int, round_code: str, *, criterion: str | None = None) -> ClosedRound | NotYet | None:
    """Return a closed round's table; `NotYet` before it closes; None where round or criterion is unknown."""
    query = select(models.Round).where(models.Round.study_id == study_id, models.Round.code == round_code)
    row = db.session.scalar(query)
    if row is None:
        return None
    protocol = protocol_of(db.session.get_one(models.Study, study_id))
    round_ = protocol.round(round_code)
    if criterion is not None and criterion not in {one.code for one in round_.criteria}:
        return None
    state = state_of(row.opened_at, row.closed_at)
    if state is not RoundState.CLOSED or not (round_.criteria or round_.ballots):
        return _not_yet(protocol, round_, state)
    evidence = round_evidence(study_id, row.id)
    listed = _listed(row.id)
    table = verdict_table(protocol, round_code, evidence, listed, criterion=criterion)
    outcomes = {outcome.code: outcome for outcome in outcomes_of(study_id)}
    counts = evidence.ratings.get(table.criterion) if table.criterion else None
    return ClosedRound(
        protocol=protocol,
        round=round_,
        table=table,
        outcomes=outcomes,
        counts=counts,
        dissents=dissents_on_record(
            row.id,
            protocol=protocol,
            counts=counts,
            listed=listed,
            labels={code: outcomes[code].label for code in listed},
        ),
        confirmed_later=confirmed_later(row.id)[0],
    )


def results_page(closed: ClosedRound, asked: Asked) -> ResultsPage:
    """Return the page of a closed round's results."""
    table, protocol = closed.table, closed.protocol
    deciding = deciding_figure(protocol, closed.round, table)
    rows = tuple(_row(closed, row, deciding, place=place) for place, row in enumerate(table.rows))
    labels = _columns(table)
    ordering = Ordering.asked(asked.sort, asked.order, known=labels, default=_usual(labels))
    shown = [row for row in rows if row.change or not asked.only_changed]
    return ResultsPage(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=protocol.study.note if protocol.study.synthetic else "",
        round_code=table.round,
        round_label=table.label,
        headings=tuple(_heading(column, label, ordering) for column, label in labels.items()),
        rows=in_order(shown, ordering),
        listed=len(rows),
        changed=sum(bool(row.change) for row in rows),
        only_changed=asked.only_changed,
        criterion=asked.criterion,
        questions=_questions(closed),
        ordering=ordering,
        deciding=deciding.words,
        has_pictures=closed.counts is not None and bool(deciding.box),
        has_rule=protocol.definition_of(closed.round) is not None,
        rule=table.rule_sentences,
        weights=table.weighting_sentence,
        ties=table.tie_sentences,
        smallest_group=table.minimum_group_size,
        has_hidden=any(figure.is_hidden for row in rows for figure in (*row.groups, row.weighted)),
        groups=tuple(table.group_labels[code] for code in table.groups),
        dissents=closed.dissents,
        confirmed_later=closed.confirmed_later,
    )


def _usual(columns: Iterable[str]) -> Ordering:
    """The order that nobody asked for: by the first rank, else by the weighted figure."""
    rank = next((column for column in columns if column.startswith("rank")), None)
    return Ordering(rank, Direction.ASCENDING) if rank else Ordering(WEIGHTED, Direction.DESCENDING)


def _not_yet(protocol: Protocol, round_: Round, state: RoundState) -> NotYet:
    return NotYet(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=protocol.study.note if protocol.study.synthetic else "",
        round_code=round_.code,
        round_label=round_.label,
        state=state,
    )


def _listed(round_id: int) -> tuple[str, ...]:
    query = (
        select(models.Outcome.code)
        .join(models.ListedOutcome, models.ListedOutcome.outcome_id == models.Outcome.id)
        .where(models.ListedOutcome.round_id == round_id)
        .order_by(models.ListedOutcome.position)
    )
    return tuple(db.session.scalars(query))


def _columns(table: VerdictTable) -> dict[str, str]:
    """Return the columns that a table can be sorted by, with their labels."""
    ranks = {
        _rank_column(rank): _rank_label(rank, table) for rank in (table.rows[0].ranks if table.rows else ())
    }
    verdicts = (
        {VERDICT: "Verdict", PLAIN_VERDICT: "Verdict, unweighted"}
        if table.rows and table.rows[0].verdict
        else {}
    )
    return {
        NAME: "Outcome",
        **{f"group.{code}": table.group_labels[code] for code in table.groups},
        UNWEIGHTED: "All, unweighted",
        WEIGHTED: "All, weighted",
        **ranks,
        **verdicts,
    }


def _rank_column(rank: Rank) -> str:
    return f"rank.{rank.rule}.{rank.group or 'all'}"


def _rank_label(rank: Rank, table: VerdictTable) -> str:
    return "Rank overall" if rank.group is None else f"Rank by {table.group_labels[rank.group].lower()}"


def _heading(column: str, label: str, ordering: Ordering) -> Heading:
    rises = column in (NAME, VERDICT, PLAIN_VERDICT) or column.startswith("rank")
    first = Direction.ASCENDING if rises else Direction.DESCENDING
    return Heading(
        column=column,
        label=label,
        first=first,
        sorted_by=ordering.direction if ordering.column == column else None,
        turned=ordering.when_chosen(column, first=first),
    )


def _row(closed: ClosedRound, row: VerdictRow, deciding: Deciding, *, place: int) -> ResultRow:
    groups, unweighted, weighted = figures_of_row(row, deciding, counts=closed.counts)
    label = closed.outcomes[row.outcome].label
    verdicts = (verdict_words(row.verdict_weighted), verdict_words(row.verdict_unweighted))
    return ResultRow(
        place=place,
        code=row.outcome,
        label=label,
        groups=groups,
        unweighted=unweighted,
        weighted=weighted,
        ranks=tuple(_rank_text(rank) for rank in row.ranks),
        verdict=verdicts[0],
        verdict_unweighted=verdicts[1],
        change=change_words(row),
        sentence=row.sentence,
        keys={
            NAME: label.lower(),
            **{f"group.{one.group}": figure.order for one, figure in zip(row.groups, groups, strict=True)},
            UNWEIGHTED: unweighted.order,
            WEIGHTED: weighted.order,
            **{_rank_column(rank): rank.weighted for rank in row.ranks},
            VERDICT: verdicts[0] or None,
            PLAIN_VERDICT: verdicts[1] or None,
        },
    )


def _rank_text(rank: Rank) -> str:
    if rank.suppressed:
        return HIDDEN
    return "–" if rank.weighted is None else str(rank.weighted)


def _questions(closed: ClosedRound) -> tuple[Question, ...]:
    criteria = closed.round.criteria
    if closed.round.kind is not RoundKind.RATING or len(criteria) < 2:
        return ()
    return tuple(
        Question(code=one.code, words=one.question, chosen=one.code == closed.table.criterion)
        for one in criteria
    )
