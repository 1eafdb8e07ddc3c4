"""The table of a round: shares by group, weighted and unweighted, and the verdicts under both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.consensus.answers import Answers, answers_of
from analysis.consensus.evaluate import evaluate
from analysis.consensus.outcome_verdict import Consensus, OutcomeVerdict, TieAtCut
from analysis.evidence import RoundEvidence
from analysis.ratings import criterion_of
from analysis.sentences import Words, definition_sentences, tie_sentence, weighting_sentence
from analysis.study.protocol import Protocol
from analysis.study.rounds import Round, RoundKind
from analysis.study.rules import ConsensusDefinition, Verdict
from analysis.study.weighting import UNWEIGHTED, Weighting
from analysis.tabulation import Column, GroupFigures, OutcomeFigures, PooledFigures, columns_of, tabulate

HIDDEN = "hidden"
NO_DEFINITION = "This round has no consensus definition."


@dataclass(frozen=True, slots=True)
class Rank:
    """An outcome's place in the list of rule number `rule` (from 0): overall (`group` None) or a group's.

    Weights do not change a group's own list. None: no place, too few answered, or `suppressed`.
    """

    rule: int
    group: str | None
    weighted: int | None
    unweighted: int | None
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One outcome. Verdicts are None where the round has no consensus definition."""

    outcome: str
    groups: tuple[GroupFigures, ...]
    unweighted: PooledFigures
    weighted: PooledFigures
    verdict_weighted: Verdict | None
    verdict_unweighted: Verdict | None
    ranks: tuple[Rank, ...]
    sentence: str
    sentence_unweighted: str

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that counts: under the protocol's weights."""
        return self.verdict_weighted

    @property
    def changed_by_weights(self) -> bool:
        """Whether the verdict is another one without the weights."""
        return self.verdict_weighted != self.verdict_unweighted


@dataclass(frozen=True, slots=True)
class VerdictTable:
    """A round's rows, and what they were computed by. `synthetic`: the study's note, "" where nothing is."""

    round: str
    label: str
    kind: RoundKind
    criterion: str | None
    columns: tuple[Column, ...]
    groups: tuple[str, ...]
    group_labels: Mapping[str, str]
    rows: tuple[VerdictRow, ...]
    rule_sentences: tuple[str, ...]
    weighting_sentence: str
    minimum_group_size: int
    ties: tuple[TieAtCut, ...]
    ties_unweighted: tuple[TieAtCut, ...]
    tie_sentences: tuple[str, ...]
    synthetic: str

    @property
    def rule_sentence(self) -> str:
        """The whole definition in one paragraph."""
        return " ".join(self.rule_sentences)

    def row(self, outcome: str) -> VerdictRow:
        """Return the row of `outcome`; KeyError if it is not in the table."""
        for row in self.rows:
            if row.outcome == outcome:
                return row
        raise KeyError(outcome)


def verdict_table(
    protocol: Protocol,
    round_code: str,
    evidence: RoundEvidence,
    outcomes: Sequence[str],
    *,
    criterion: str | None = None,
) -> VerdictTable:
    """Return the table of the outcomes in the round's list, in the order given.

    `criterion`: default the round's first. A group with 1 to minimum_group_size - 1 answers about an
    outcome is suppressed in its row, and so is whatever would give its figures back (see
    `analysis.disclosure`); nothing is hidden from the verdicts themselves. Raises ValueError for evidence
    of another round, an unknown criterion, and a round that asks for neither ratings nor votes.
    """
    round_ = protocol.round(round_code)
    if evidence.round != round_code:
        raise ValueError(f"evidence: of round {evidence.round}, expected round {round_code}")
    answers = answers_of(protocol, evidence, outcomes=outcomes, criterion=criterion)
    definition, words = protocol.definition_of(round_), Words.of(protocol, round_)
    columns = columns_of(protocol, round_)
    figures = tabulate(protocol, round_, answers, columns=columns)
    weighted = _consensus(definition, answers, protocol.weights_of(round_), words)
    unweighted = _consensus(definition, answers, UNWEIGHTED, words)
    ties = weighted.ties if weighted else ()
    return VerdictTable(
        round=round_code,
        label=round_.label,
        kind=round_.kind,
        criterion=criterion_of(round_, criterion) if round_.criteria else None,
        columns=columns,
        groups=protocol.group_codes,
        group_labels=words.groups,
        rows=tuple(_rows(answers.outcomes, figures, weighted, unweighted)),
        rule_sentences=definition_sentences(definition, words=words) if definition else (NO_DEFINITION,),
        weighting_sentence=weighting_sentence(protocol.weights_of(round_), words=words),
        minimum_group_size=protocol.feedback.minimum_group_size,
        ties=ties,
        ties_unweighted=unweighted.ties if unweighted else (),
        tie_sentences=tuple(tie_sentence(tie, words=words) for tie in ties),
        synthetic=protocol.study.note if rests_on_synthetic_answers(protocol, round_) else "",
    )


def rests_on_synthetic_answers(protocol: Protocol, round_: Round) -> bool:
    """Say whether the answers that decide in `round_`, or the people who gave them, are generated."""
    tables = {RoundKind.RATING: {"ratings", "panel"}, RoundKind.WORKSHOP: {"ballots", "panel"}}
    return bool(tables.get(round_.kind, set()) & set(protocol.study.synthetic))


def plain_rows(table: VerdictTable) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the table as text: (header, rows), as CSV shows it.

    Shares and means are the shortest decimals that name the nearest float, so that every reader gets the same
    float; whole counts have no decimals. An empty cell is not computable, "hidden" is suppressed.
    """
    rows = [tuple(_cells(table, row)) for row in table.rows]
    header = tuple(name for name, _ in rows[0]) if rows else ("outcome",)
    return header, tuple(tuple(value for _, value in row) for row in rows)


def _consensus(
    definition: ConsensusDefinition | None, answers: Answers, weighting: Weighting, words: Words
) -> Consensus | None:
    return evaluate(definition, answers, weighting=weighting, words=words) if definition else None


def _rows(
    outcomes: Sequence[str],
    figures: Sequence[OutcomeFigures],
    weighted: Consensus | None,
    unweighted: Consensus | None,
) -> Iterator[VerdictRow]:
    for place, (outcome, shown) in enumerate(zip(outcomes, figures, strict=True)):
        mine = weighted.verdicts[place] if weighted else None
        plain = unweighted.verdicts[place] if unweighted else None
        hidden = {group.group for group in shown.groups if group.suppressed}
        yield VerdictRow(
            outcome=outcome,
            groups=shown.groups,
            unweighted=shown.unweighted,
            weighted=shown.weighted,
            verdict_weighted=mine.verdict if mine else None,
            verdict_unweighted=plain.verdict if plain else None,
            ranks=tuple(_ranks(mine, plain, hidden)) if mine and plain else (),
            sentence=mine.sentence if mine else NO_DEFINITION,
            sentence_unweighted=plain.sentence if plain else NO_DEFINITION,
        )


def _ranks(weighted: OutcomeVerdict, unweighted: OutcomeVerdict, hidden: set[str]) -> Iterator[Rank]:
    for rule, (mine, plain) in enumerate(zip(weighted.findings, unweighted.findings, strict=True)):
        for one, other in zip(mine.standings, plain.standings, strict=True):
            if one.group in hidden:
                yield Rank(rule, one.group, None, None, suppressed=True)
            else:
                yield Rank(rule, one.group, one.rank, other.rank)


def _cells(table: VerdictTable, row: VerdictRow) -> Iterator[tuple[str, str]]:
    yield "outcome", row.outcome
    for figures in row.groups:
        yield from _figure_cells(table, figures.group, figures)
    yield from _figure_cells(table, "unweighted", row.unweighted)
    yield from _figure_cells(table, "weighted", row.weighted)
    yield "verdict_weighted", row.verdict_weighted.value if row.verdict_weighted else ""
    yield "verdict_unweighted", row.verdict_unweighted.value if row.verdict_unweighted else ""
    yield "changed_by_weights", "yes" if row.changed_by_weights else "no"
    yield from _rank_cells(row)
    yield "sentence", row.sentence


def _figure_cells(
    table: VerdictTable, name: str, figures: GroupFigures | PooledFigures
) -> Iterator[tuple[str, str]]:
    def shown(value: Fraction | int | None) -> str:
        return HIDDEN if figures.suppressed else _number(value)

    def share(value: Fraction | None) -> str:
        return HIDDEN if figures.suppressed else _decimal(value)

    votes = table.kind is RoundKind.WORKSHOP
    if not votes:
        yield f"{name}_n", shown(figures.n)
    for column in table.columns:
        if votes:
            yield f"{name}_{column.code}_n", shown(figures.n_of.get(column.code))
        yield f"{name}_{column.code}_k", shown(figures.k.get(column.code))
        yield f"{name}_{column.code}_share", share(figures.share.get(column.code))
        if column.points:
            yield f"{name}_{column.code}_points", shown(figures.points.get(column.code))
    if not votes:
        yield f"{name}_mean", share(figures.mean)


def _rank_cells(row: VerdictRow) -> Iterator[tuple[str, str]]:
    several = len({rank.rule for rank in row.ranks}) > 1
    for rank in row.ranks:
        start = f"rule_{rank.rule + 1}_" if several else ""
        if rank.group is None:
            yield f"{start}rank_weighted", _number(rank.weighted)
            yield f"{start}rank_unweighted", _number(rank.unweighted)
        else:
            yield f"{start}{rank.group}_rank", HIDDEN if rank.suppressed else _number(rank.weighted)


def _number(value: Fraction | int | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if Fraction(value).denominator == 1 else _decimal(Fraction(value))


def _decimal(value: Fraction | None) -> str:
    return "" if value is None else repr(float(value))
