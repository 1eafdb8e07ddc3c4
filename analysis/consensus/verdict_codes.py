"""A consensus definition over many sets of answers at once: resamples, simulations, other weights.

`analysis.consensus.evaluate` gives one study its verdicts with all that they rest on; this gives the bare
verdicts of thousands of sets in one pass, and the same ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import lcm

import numpy as np
from numpy.typing import NDArray

from analysis.consensus.answers import Answers
from analysis.exactness import WEIGHT_TOLERANCE
from analysis.study.rules import (
    BallotMeasure,
    Comparator,
    ConsensusDefinition,
    EmptyGroups,
    Measure,
    Of,
    Rule,
    ShareMeasure,
    ShareRule,
    ShareTest,
    TopRule,
    Verdict,
)
from analysis.study.scale import Box
from analysis.study.weighting import UNWEIGHTED, Weighting, WeightScheme
from analysis.weights import group_weights

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]
VerdictCodes = NDArray[np.int8]

VERDICTS = (Verdict.IN, Verdict.OUT, Verdict.NONE, Verdict.NOT_COMPUTABLE)
CODE_OF = {verdict: np.int8(code) for code, verdict in enumerate(VERDICTS)}
NOT_LISTED = np.int8(-1)
_BY_TURNOUT = (WeightScheme.EQUAL_GROUPS, WeightScheme.TARGET_SHARE)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What a measure adds up, and the people behind it, by group: both (..., G, O) whole numbers."""

    k: Counts
    n: Counts


@dataclass(frozen=True, slots=True, eq=False)
class AnswerSets:
    """Many sets of answers to the same outcomes: what the rules need of them, by box, sum and ballot.

    `groups` names the G groups. `sums_of` maps a measure, or the code of a box, to its sums. `listed` (...,
    O): the outcomes that are still in the list; None: all of them.
    """

    groups: tuple[str, ...]
    sums_of: Mapping[Measure | str, Sums]
    listed: Bools | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the verdicts, (..., O)."""
        some = next(iter(self.sums_of.values())).n
        return some.shape[:-2] + some.shape[-1:]


def verdict_codes(
    definition: ConsensusDefinition,
    counts: Counts,
    *,
    categories: Sequence[int],
    boxes: Mapping[str, Box],
    groups: Sequence[str],
    weighting: Weighting = UNWEIGHTED,
    listed: Bools | None = None,
) -> VerdictCodes:
    """Return the verdict on every outcome of many sets of ratings.

    Parameters
    ----------
    definition : its rules in order, the first that matches wins; rules on ballots are refused.
    counts : (..., G, O, C) whole numbers of answers by group, outcome and category.
    categories, boxes, groups : the C points, the scale's boxes by code, the G groups' codes.
    weighting : what one person of each group counts for.
    listed : (..., O), the outcomes in the list (default all); others take no place in it.

    Returns
    -------
    (..., O) codes: places in `VERDICTS`, -1 for what is not listed.

    Raises
    ------
    ValueError
        For a rule on a ballot, an unknown box or group, or shapes that do not fit.

    Notes
    -----
    Weights that do not depend on turnout are made whole numbers; a share is then one division of whole
    numbers, which floating point rounds correctly, so equal shares are equal and thresholds exact (up to
    2**26 weighted people). Equal groups and target shares are compared within 1e-9.
    """
    numbers = np.asarray(counts)
    if numbers.ndim < 3 or numbers.shape[-3] != len(groups) or numbers.shape[-1] != len(categories):
        wanted = f"(..., {len(groups)}, outcomes, {len(categories)})"
        raise ValueError(f"counts: shape {numbers.shape}, expected {wanted}")
    sums = {measure: _summed(measure, numbers, categories, boxes) for measure in _measures(definition)}
    return codes_of_sums(definition, AnswerSets(tuple(groups), sums, listed), weighting=weighting)


def codes_of_sums(
    definition: ConsensusDefinition, answers: AnswerSets, *, weighting: Weighting = UNWEIGHTED
) -> VerdictCodes:
    """Return the verdicts, (..., O) codes, from sums that are there already; see `verdict_codes`."""
    undecided = np.ones(answers.shape, dtype=bool) if answers.listed is None else answers.listed.copy()
    codes = np.full(answers.shape, NOT_LISTED)
    codes[undecided] = CODE_OF[definition.otherwise]
    for rule in definition.rules:
        holds, computable = _applied(rule, answers, weighting, definition.minimum_n)
        codes[undecided & ~computable] = CODE_OF[Verdict.NOT_COMPUTABLE]
        codes[undecided & computable & holds] = CODE_OF[rule.verdict]
        undecided &= computable & ~holds
    return codes


def weighted_ratio(
    sums: Sums, *, groups: Sequence[str], weighting: Weighting = UNWEIGHTED
) -> tuple[Floats, Floats]:
    """Return the weighted share or mean of all groups, and the weighted people behind it, both (..., O).

    NaN where no answer with a weight is left. `verdict_codes` says how exact it is.
    """
    weights = whole_weights(weighting, groups)
    if weights is None:
        return _by_turnout(sums, groups, weighting)
    k = np.einsum("...go,g->...o", sums.k, weights)
    n = np.einsum("...go,g->...o", sums.n, weights)
    return _divided(k, n), n.astype(np.float64)


def _measures(definition: ConsensusDefinition) -> set[Measure | str]:
    found: set[Measure | str] = set()
    for rule in definition.rules:
        found |= {test.box for test in rule.tests} if isinstance(rule, ShareRule) else {rule.measure}
    return found


def _summed(
    measure: Measure | str, counts: Counts, categories: Sequence[int], boxes: Mapping[str, Box]
) -> Sums:
    n = counts.sum(axis=-1)
    if isinstance(measure, BallotMeasure):
        raise ValueError("definition: a rule on a ballot cannot be applied to ratings")
    if not isinstance(measure, (str, ShareMeasure)):
        return Sums(counts @ np.asarray(categories, dtype=np.int64), n)
    code = measure if isinstance(measure, str) else measure.box
    if code not in boxes:
        raise ValueError(f"definition: box {code!r} is not one of {', '.join(boxes) or 'no boxes'}")
    inside = [at for at, point in enumerate(categories) if boxes[code].holds(point)]
    run = counts[..., inside[0] : inside[-1] + 1] if inside else counts[..., :0]
    return Sums(run.sum(axis=-1), n)


def _applied(rule: Rule, answers: AnswerSets, weighting: Weighting, minimum_n: int) -> tuple[Bools, Bools]:
    """Return where the rule holds, and where enough people answered for it."""
    if not isinstance(rule, ShareRule):
        return _list_rule(rule, answers, weighting, minimum_n)
    if rule.of is Of.POOLED:
        return _pooled_rule(rule, answers, weighting, minimum_n)
    return _groups_rule(rule, answers, weighting, minimum_n)


def _pooled_rule(
    rule: ShareRule, answers: AnswerSets, weighting: Weighting, minimum_n: int
) -> tuple[Bools, Bools]:
    holds = np.ones(answers.shape, dtype=bool)
    computable = np.ones(answers.shape, dtype=bool)
    slack = _slack(weighting)
    for at, test in enumerate(rule.tests):
        sums = answers.sums_of[test.box]
        share, weight = weighted_ratio(sums, groups=answers.groups, weighting=weighting)
        if at == 0:
            computable = (sums.n.sum(axis=-2) >= minimum_n) & (weight > 0)
        holds &= _stands(share, test, slack)
    return holds & computable, computable


def _groups_rule(
    rule: ShareRule, answers: AnswerSets, weighting: Weighting, minimum_n: int
) -> tuple[Bools, Bools]:
    sums = answers.sums_of[rule.tests[0].box]
    asked = sums.n >= max(1, minimum_n)
    passes = asked.copy()
    for test in rule.tests:
        of_box = answers.sums_of[test.box]
        passes &= _stands(_divided(of_box.k, of_box.n), test, 0.0)
    if rule.group is not None:
        at = _place(answers.groups, rule.group)
        return passes[..., at, :], asked[..., at, :]
    answered, passing = asked.sum(axis=-2), passes.sum(axis=-2)
    needed = {Of.ANY: np.ones_like(answered), Of.AT_LEAST: np.full_like(answered, rule.groups_needed or 1)}
    holds = (passing >= needed.get(rule.of, answered)) & (answered > 0)
    if rule.empty_groups is EmptyGroups.BLOCK:
        holds &= answered == len(answers.groups)
    _, weight = weighted_ratio(sums, groups=answers.groups, weighting=weighting)
    computable = (sums.n.sum(axis=-2) >= minimum_n) & (weight > 0)
    return holds & computable, computable


def _list_rule(rule: Rule, answers: AnswerSets, weighting: Weighting, minimum_n: int) -> tuple[Bools, Bools]:
    if isinstance(rule, ShareRule):
        raise TypeError("rule: a share rule has no list")
    sums = answers.sums_of[rule.measure]
    ballot = isinstance(rule.measure, BallotMeasure)
    pooled, weight = weighted_ratio(sums, groups=answers.groups, weighting=weighting)
    computable = (sums.n.sum(axis=-2) >= minimum_n) & (weight > 0)
    values = pooled * weight if ballot else pooled
    within = np.zeros(answers.shape, dtype=bool)
    if not (isinstance(rule, TopRule) and rule.group is not None):
        within |= in_top(np.where(computable, values, np.nan), rule.size, answers, _slack(weighting), ballot)
    if rule.group is not None:
        at = _place(answers.groups, rule.group)
        k, n = sums.k[..., at, :], sums.n[..., at, :]
        enough = n >= minimum_n if ballot else n >= max(1, minimum_n)
        own = np.where(enough, k.astype(np.float64) if ballot else _divided(k, n), np.nan)
        within |= in_top(own, rule.size, answers, 0.0, ballot)
        if isinstance(rule, TopRule):
            computable = (n >= minimum_n) & (n > 0)
    return within & computable, computable


def in_top(values: Floats, size: int, answers: AnswerSets, slack: float, ballot: bool) -> Bools:
    """Say which outcomes are among the top `size`, all that tie at the cut included; NaN has no place."""
    ranked = values if answers.listed is None else np.where(answers.listed, values, np.nan)
    falling = -np.sort(-ranked, axis=-1)  # NaN comes last
    placed = (~np.isnan(ranked)).sum(axis=-1)
    at = np.clip(np.minimum(size, placed) - 1, 0, None)
    cut = np.take_along_axis(falling, at[..., None], axis=-1)
    with np.errstate(invalid="ignore"):
        within: Bools = ranked >= cut - slack
        return within & (ranked > 0) if ballot else within


def _stands(share: Floats, test: ShareTest, slack: float) -> Bools:
    """Hold shares against a threshold: NaN stands nowhere, what is within the slack is on it."""
    limit = float(test.percent / 100)
    with np.errstate(invalid="ignore"):
        if slack:
            share = np.where(np.abs(share - limit) <= slack, limit, share)
        compared: dict[Comparator, Bools] = {
            Comparator.AT_LEAST: share >= limit,
            Comparator.MORE_THAN: share > limit,
            Comparator.LESS_THAN: share < limit,
            Comparator.AT_MOST: share <= limit,
        }
    return compared[test.comparator]


def _slack(weighting: Weighting) -> float:
    return WEIGHT_TOLERANCE if weighting.scheme in _BY_TURNOUT else 0.0


def whole_weights(weighting: Weighting, groups: Sequence[str]) -> Counts | None:
    """Return weights in whole numbers; None where they depend on turnout."""
    if weighting.scheme in _BY_TURNOUT:
        return None
    weights = group_weights(weighting, dict.fromkeys(groups, 1))
    whole = lcm(*(weight.denominator for weight in weights.values()))
    return np.array([int(weights[group] * whole) for group in groups], dtype=np.int64)


def _by_turnout(sums: Sums, groups: Sequence[str], weighting: Weighting) -> tuple[Floats, Floats]:
    answered = sums.n > 0
    shares = np.broadcast_to(_target_shares(sums, groups, weighting), sums.n.shape)
    held = np.where(answered, shares, 0.0)
    whole = held.sum(axis=-2)
    ratio = np.where(answered, _divided(sums.k, sums.n), 0.0)
    return _divided((held * ratio).sum(axis=-2), whole), np.where(whole > 0, 1.0, 0.0)


def _target_shares(sums: Sums, groups: Sequence[str], weighting: Weighting) -> Floats:
    if weighting.scheme is WeightScheme.EQUAL_GROUPS:
        return np.ones((len(groups), 1))
    named = np.array([group in weighting.values for group in groups])
    target = np.array([float(weighting.values.get(group, 0)) for group in groups])[:, None]
    others = np.where(named[:, None], 0, sums.n)
    rest = float(1 - sum(weighting.values.values()))
    by_head = rest * others / np.maximum(others.sum(axis=-2, keepdims=True), 1)
    shares: Floats = np.where(named[:, None], target, by_head)
    return shares


def _divided(numerator: Floats | Counts, denominator: Floats | Counts) -> Floats:
    found = np.full(np.broadcast_shapes(numerator.shape, denominator.shape), np.nan)
    np.divide(numerator, denominator, out=found, where=denominator > 0)
    return found


def _place(groups: Sequence[str], group: str) -> int:
    if group not in groups:
        raise ValueError(f"definition: group {group!r} is not one of {', '.join(groups)}")
    return list(groups).index(group)


def answer_sets(answers: Answers, definition: ConsensusDefinition) -> AnswerSets:
    """Return the sums of one set of answers, ratings or ballots, that the rules of `definition` need."""
    found: dict[Measure | str, Sums] = {}
    for measure in _measures(definition):
        tally = answers.tally(ShareMeasure(measure) if isinstance(measure, str) else measure)
        k, n = (
            np.array(part, dtype=np.int64).reshape(-1, len(answers.groups)).T for part in (tally.k, tally.n)
        )
        found[measure] = Sums(k, n)
    return AnswerSets(answers.groups, found)
