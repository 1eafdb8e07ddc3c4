"""In how many drawn panels an outcome keeps its verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analysis.consensus.verdict_codes import VERDICTS, AnswerSets, Sums, codes_of_sums, verdict_codes
from analysis.counting import Counts
from analysis.counts import ResponseCounts
from analysis.ratings import RatingMatrix
from analysis.study.rules import (
    BallotMeasure,
    ConsensusDefinition,
    MeanMeasure,
    Measure,
    ShareMeasure,
    ShareRule,
    Verdict,
)
from analysis.study.scale import Box
from analysis.study.weighting import UNWEIGHTED, Weighting
from analysis.uncertainty.resampling import SMALLEST_STRATUM, Strata, resampled, strata_of

_CELLS_AT_ONCE = 1 << 21


@dataclass(frozen=True, slots=True, eq=False)
class VerdictStability:
    """For each outcome: its verdict, and the share of drawn panels in which each verdict came out.

    `verdicts`: (O,). `stays`: (O,) the share with the same verdict; NaN where the verdict is not computable.
    `shares`: (O, 4) in the order of `VERDICTS`. Both are NaN where fewer than 10 people answered, too few to
    draw from. `joined`: groups that are too small to be drawn from alone, drawn from together.
    """

    outcomes: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    stays: NDArray[np.float64]
    shares: NDArray[np.float64]
    replicates: int
    joined: tuple[tuple[str, ...], ...]


def verdict_stability(
    answers: ResponseCounts | RatingMatrix,
    definition: ConsensusDefinition,
    *,
    boxes: Mapping[str, Box],
    weighting: Weighting = UNWEIGHTED,
    categories: Sequence[int] | None = None,
    groups: Sequence[str] | None = None,
    replicates: int = 2000,
    rng: np.random.Generator,
) -> VerdictStability:
    """Say in which share of other panels of the same kind of people each outcome would keep its verdict.

    Parameters
    ----------
    answers : counts, for definitions of share rules only; or a matrix, for any: a list compares outcomes, so
        whole people have to be drawn, all their answers together.
    definition, boxes, weighting : the rule, the scale's boxes by code, and what a person of each group counts
        for.
    categories : points of the scale, needed with a matrix, unused with counts.
    groups : the study's groups, with a matrix: one without an answer can matter to a rule. Default: those
        there.
    replicates : how many panels are drawn, at least 100.
    rng : source of chance.

    Returns
    -------
    VerdictStability

    Raises
    ------
    ValueError
        For a list rule with counts, a rule on a ballot, an unknown box or group, fewer than 100 replicates, a
        matrix without categories or with a score that is none of them.

    Notes
    -----
    People are drawn with replacement within their stakeholder group; groups under 10 people are drawn from
    together, and under 10 in all nothing is computed. A verdict that stays in half of the panels is a
    toss-up, whatever its share. A panel is no random sample: this is sensitivity to who was on it.
    """
    if replicates < 100:
        raise ValueError(f"replicates: {replicates}, expected 100 or more")
    if isinstance(answers, ResponseCounts):
        if not all(isinstance(rule, ShareRule) for rule in definition.rules):
            raise ValueError("answers: a list rule compares outcomes, so it needs a RatingMatrix, not counts")
        return _of_counts(answers, definition, boxes, weighting, replicates, rng)
    if categories is None:
        raise ValueError("categories: needed with a matrix, the points of the scale")
    there = tuple(dict.fromkeys(answers.groups))
    named = there if groups is None else tuple(groups)
    if not set(there) <= set(named):
        raise ValueError(
            f"groups: {', '.join(sorted(set(there) - set(named)))} of the matrix is not among them"
        )
    return _of_matrix(answers, definition, boxes, weighting, categories, named, replicates, rng)


def _of_counts(
    counts: ResponseCounts,
    definition: ConsensusDefinition,
    boxes: Mapping[str, Box],
    weighting: Weighting,
    replicates: int,
    rng: np.random.Generator,
) -> VerdictStability:
    own = verdict_codes(
        definition,
        counts.counts,
        categories=counts.categories,
        boxes=boxes,
        groups=counts.groups,
        weighting=weighting,
    )
    strata = strata_of(counts.n.max(axis=1, initial=0).tolist())
    if strata is None:
        return _result(counts.outcomes, own, None, counts.groups, None, replicates)
    enough = counts.n.sum(axis=0) >= SMALLEST_STRATUM
    used = dict.fromkeys(
        test.box for rule in definition.rules if isinstance(rule, ShareRule) for test in rule.tests
    )
    parts, holding = _parts(counts, [boxes[code] for code in used])
    drawn = resampled(parts, strata, replicates=replicates, rng=rng)
    n = drawn.sum(axis=-1)
    sums: dict[Measure | str, Sums] = {
        code: Sums(drawn[..., inside].sum(axis=-1), n) for code, inside in zip(used, holding, strict=True)
    }
    codes = codes_of_sums(definition, AnswerSets(counts.groups, sums), weighting=weighting)
    shares = _shares_of(codes, enough)
    return _result(counts.outcomes, own, shares, counts.groups, strata, replicates)


def _parts(counts: ResponseCounts, boxes: Sequence[Box]) -> tuple[Counts, list[list[int]]]:
    """Join categories that the boxes do not tell apart: (G, O, A), and each box's places among the A."""
    signatures = [tuple(box.holds(point) for box in boxes) for point in counts.categories]
    different = list(dict.fromkeys(signatures))
    joined = [
        counts.counts[..., [at for at, one in enumerate(signatures) if one == signature]].sum(axis=-1)
        for signature in different
    ]
    holding = [[at for at, one in enumerate(different) if one[box]] for box in range(len(boxes))]
    return np.stack(joined, axis=-1), holding


def _of_matrix(
    matrix: RatingMatrix,
    definition: ConsensusDefinition,
    boxes: Mapping[str, Box],
    weighting: Weighting,
    categories: Sequence[int],
    groups: tuple[str, ...],
    replicates: int,
    rng: np.random.Generator,
) -> VerdictStability:
    place = {group: at for at, group in enumerate(groups)}
    unsorted = np.array([place[group] for group in matrix.groups], dtype=np.intp)
    order = np.argsort(unsorted, kind="stable")  # then a group's people are a run, which is quicker to add
    rows = unsorted[order]
    strata = strata_of(np.bincount(rows, minlength=len(groups)).tolist())
    values = _values_of(definition, matrix.scores[order], boxes, categories)
    once = np.ones((1, len(rows)))
    own = codes_of_sums(definition, _added_up(values, once, rows, groups), weighting=weighting)[0]
    if strata is None:
        return _result(matrix.outcomes, own, None, groups, None, replicates)
    at_once = max(1, _CELLS_AT_ONCE // max(1, len(rows)))
    found = []
    for start in range(0, replicates, at_once):
        times = _times_drawn(rows, strata, min(at_once, replicates - start), rng)
        found.append(codes_of_sums(definition, _added_up(values, times, rows, groups), weighting=weighting))
    shares = _shares_of(np.concatenate(found), (~np.isnan(matrix.scores)).sum(axis=0) >= SMALLEST_STRATUM)
    return _result(matrix.outcomes, own, shares, groups, strata, replicates)


@dataclass(frozen=True, slots=True)
class _Values:
    """What each person adds to n, and to k of each measure, all (people, outcomes)."""

    answered: NDArray[np.float64]
    adds: Mapping[Measure | str, NDArray[np.float64]]


def _values_of(
    definition: ConsensusDefinition,
    scores: NDArray[np.float64],
    boxes: Mapping[str, Box],
    categories: Sequence[int],
) -> _Values:
    given = ~np.isnan(scores)
    if not np.all(np.isin(scores[given], categories)):
        raise ValueError("answers: a score that is none of the categories")
    keys = [
        key
        for rule in definition.rules
        for key in ([test.box for test in rule.tests] if isinstance(rule, ShareRule) else [rule.measure])
    ]
    adds = {key: _adds(key, scores, boxes, categories) for key in dict.fromkeys(keys)}
    return _Values(given.astype(np.float64), adds)


def _adds(
    key: Measure | str, scores: NDArray[np.float64], boxes: Mapping[str, Box], categories: Sequence[int]
) -> NDArray[np.float64]:
    """Return what each person adds to k of one measure, (people, outcomes)."""
    if isinstance(key, MeanMeasure):
        return np.nan_to_num(scores)
    if isinstance(key, BallotMeasure):
        raise ValueError("definition: a rule on a ballot needs ballots")
    code = key.box if isinstance(key, ShareMeasure) else key
    if code not in boxes:
        raise ValueError(f"definition: box {code!r} is not one of {', '.join(boxes) or 'no boxes'}")
    inside = np.isin(scores, [point for point in categories if boxes[code].holds(point)])
    return inside.astype(np.float64)


def _added_up(
    values: _Values, times: NDArray[np.float64], rows: NDArray[np.intp], groups: tuple[str, ...]
) -> AnswerSets:
    """Add people up by group, each as often as drawn; `times` is (R, people)."""
    ends = np.searchsorted(rows, np.arange(len(groups) + 1))
    runs = [slice(start, end) for start, end in pairwise(ends.tolist())]

    def added(part: NDArray[np.float64]) -> Counts:
        found = np.empty((len(times), len(runs), part.shape[1]), dtype=np.int64)
        for at, run in enumerate(runs):
            found[:, at] = times[:, run] @ part[run]
        return found

    n = added(values.answered)
    return AnswerSets(groups, {key: Sums(added(k), n) for key, k in values.adds.items()})


def _times_drawn(
    rows: NDArray[np.intp], strata: Strata, replicates: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw people with replacement within their stratum: how often each of them, (R, people)."""
    times = np.zeros((replicates, rows.size))
    for stratum in strata.of_groups:
        people = np.flatnonzero(np.isin(rows, stratum))
        drawn = rng.integers(people.size, size=(replicates, people.size))
        drawn += np.arange(replicates)[:, None] * people.size
        found = np.bincount(drawn.ravel(), minlength=replicates * people.size)
        times[:, people] = found.reshape(replicates, people.size)
    return times


def _shares_of(codes: NDArray[np.int8], enough: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return in which share of the panels each outcome got each verdict, (O, 4); NaN where not enough."""
    shares = np.stack([(codes == code).mean(axis=0) for code in range(len(VERDICTS))], axis=-1)
    return np.where(enough[:, None], shares, np.nan)


def _result(
    outcomes: tuple[str, ...],
    own: NDArray[np.int8],
    shares: NDArray[np.float64] | None,
    groups: tuple[str, ...],
    strata: Strata | None,
    replicates: int,
) -> VerdictStability:
    if shares is None:
        shares = np.full((len(outcomes), len(VERDICTS)), np.nan)
    computable = own != VERDICTS.index(Verdict.NOT_COMPUTABLE)
    stays = np.take_along_axis(shares, own[:, None].astype(np.intp), axis=1)[:, 0]
    return VerdictStability(
        outcomes=outcomes,
        verdicts=tuple(VERDICTS[code] for code in own),
        stays=np.where(computable, stays, np.nan),
        shares=shares,
        replicates=replicates,
        joined=tuple(tuple(groups[at] for at in one) for one in strata.joined) if strata else (),
    )
