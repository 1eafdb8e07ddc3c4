"""One outcome's figures, round by round, with a picture of each group's answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.counts import ResponseCounts
from analysis.evidence import RoundEvidence
from analysis.path import StudyPath
from analysis.study.protocol import Protocol
from analysis.tabulation import GroupFigures
from analysis.verdicts import VerdictRow, VerdictTable, verdict_table
from delphi.domain.distribution import Distribution, distribution_of, tallest_share
from delphi.reports.figures import Deciding, Figure, deciding_figure, figures_of_row, scores_of
from delphi.reports.words import MISSING_WORDS, change_words, verdict_words


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPicture:
    """How a group answered. `picture` is None where it is hidden or nobody answered; `words` describe it."""

    label: str
    picture: Distribution | None
    words: str
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeInRound:
    """An outcome in the table of one round, with its pictures (none in a workshop)."""

    code: str
    label: str
    groups: tuple[Figure, ...]
    unweighted: Figure
    weighted: Figure
    verdict: str
    change: str
    sentence: str
    pictures: tuple[GroupPicture, ...]

    @property
    def drawn(self) -> tuple[tuple[str, Distribution], ...]:
        """The pictures that there are, with their groups' names."""
        return tuple((one.label, one.picture) for one in self.pictures if one.picture is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFigures:
    """What a round says of an outcome and of those that it was made of."""

    code: str
    label: str
    deciding: str
    groups: tuple[str, ...]
    outcomes: tuple[OutcomeInRound, ...]
    smallest_group: int


def figures_by_round(
    protocol: Protocol,
    path: StudyPath,
    evidence: Mapping[str, RoundEvidence],
    *,
    codes: Sequence[str],
    labels: Mapping[str, str],
) -> tuple[RoundFigures, ...]:
    """Return the figures of `codes` in each round of the path that counted answers about one of them."""
    found = []
    for stage in path.stages:
        asked = [code for code in codes if code in stage.listed_in]
        round_ = protocol.round(stage.code)
        if asked and stage.code in evidence and (round_.criteria or round_.ballots):
            table = verdict_table(protocol, stage.code, evidence[stage.code], stage.listed_in)
            counts = evidence[stage.code].ratings.get(table.criterion) if table.criterion else None
            found.append(_of_round(protocol, table, counts, asked, labels))
    return tuple(found)


def _of_round(
    protocol: Protocol,
    table: VerdictTable,
    counts: ResponseCounts | None,
    codes: Sequence[str],
    labels: Mapping[str, str],
) -> RoundFigures:
    deciding = deciding_figure(protocol, protocol.round(table.round), table)
    return RoundFigures(
        code=table.round,
        label=table.label,
        deciding=deciding.words,
        groups=tuple(table.group_labels[code] for code in table.groups),
        outcomes=tuple(_outcome(table, table.row(code), counts, deciding, labels[code]) for code in codes),
        smallest_group=table.minimum_group_size,
    )


def _outcome(
    table: VerdictTable, row: VerdictRow, counts: ResponseCounts | None, deciding: Deciding, label: str
) -> OutcomeInRound:
    groups, unweighted, weighted = figures_of_row(row, deciding, counts=None)
    return OutcomeInRound(
        code=row.outcome,
        label=label,
        groups=groups,
        unweighted=unweighted,
        weighted=weighted,
        verdict=verdict_words(row.verdict_weighted),
        change=change_words(row),
        sentence=row.sentence,
        pictures=_pictures(table, row, counts, deciding) if counts is not None else (),
    )


def _pictures(
    table: VerdictTable, row: VerdictRow, counts: ResponseCounts, deciding: Deciding
) -> tuple[GroupPicture, ...]:
    rated = row.outcome in counts.outcomes
    scores = {
        one.group: scores_of(counts, row.outcome, one.group)
        for one in row.groups
        if rated and not one.suppressed
    }
    tallest = tallest_share(list(scores.values()))
    return tuple(
        GroupPicture(
            label=table.group_labels[one.group],
            picture=distribution_of(
                scores[one.group], low=counts.categories[0], emphasised=deciding.box, tallest=tallest
            )
            if sum(scores.get(one.group, ()))
            else None,
            words=_words(one, table.group_labels[one.group], counts.categories, scores.get(one.group, [])),
            missing=_missing(one),
        )
        for one in row.groups
    )


def _words(one: GroupFigures, label: str, points: Sequence[int], scores: Sequence[int]) -> str:
    if one.suppressed:
        return f"{label}: hidden, so that nobody in a small group can be found out."
    if not sum(scores):
        return f"{label}: nobody chose a number."
    chosen = ", ".join(f"{point}: {count}" for point, count in zip(points, scores, strict=True) if count)
    return f"{label}, how many chose each number. {chosen}."


def _missing(one: GroupFigures) -> str:
    """Return how many gave no score, by kind, "" where everyone did."""
    return ", ".join(f"{number} {MISSING_WORDS[kind]}" for kind, number in one.missing.items() if number)
