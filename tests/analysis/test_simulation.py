"""How often a design keeps what it should: against exact results of small designs."""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from scipy import stats

from analysis.simulation.answers import counts_of, people_in, probabilities_of, pulled, score_probabilities
from analysis.simulation.characteristics import (
    Estimate,
    OperatingCharacteristics,
    ScenarioResult,
    operating_characteristics,
)
from analysis.simulation.design import Design
from analysis.simulation.parts import GroupAnswers, OutcomeClass, PlannedRound, Should
from analysis.simulation.spreading import spread
from analysis.study.rules import EmptyGroups, Of, ShareRule, Verdict
from analysis.study.scale import Scale
from analysis.study.weighting import UNWEIGHTED
from tests.analysis.builders import COMET_70_15, defined, multiplier, share_test
from tests.analysis.designs import (
    AGREE_70,
    GOES_ON,
    ROUND_1,
    THREE_POINTS,
    answered_alike,
    one_group,
    planned,
)

REPLICATES = 2_000
NINE = Scale("nine", 1, 9, ("no", *[""] * 7, "yes"), "cannot say")


def played(design: Design, *, replicates: int = REPLICATES, seed: int = 7) -> OperatingCharacteristics:
    return operating_characteristics(design, replicates=replicates, rng=np.random.default_rng(seed))


def only(design: Design, *, replicates: int = REPLICATES) -> ScenarioResult:
    (result,) = played(design, replicates=replicates).scenarios
    return result


def errors_away(estimate: Estimate | None, exact: float) -> float:
    """How many standard errors of the simulation lie between an estimate and the exact share."""
    assert estimate is not None
    assert estimate.share is not None
    return abs(estimate.share - exact) / sqrt(exact * (1 - exact) / estimate.n)


def test_one_round_of_one_group_keeps_the_binomial_tail() -> None:
    # At least 70 % of 20 is at least 14: P(X >= 14) for X ~ Bin(20, .65).
    exact = stats.binom.sf(13, 20, 0.65)
    result = only(one_group(20, AGREE_70, probabilities=(0.15, 0.2, 0.65), rounds=[ROUND_1]))
    assert result.classes[0].kept.n == 10 * REPLICATES
    assert errors_away(result.classes[0].kept, exact) < 4
    assert result.sensitivity == result.classes[0].kept
    assert result.expected_size == 10 * result.classes[0].kept.k / (10 * REPLICATES)


def test_both_tests_of_a_rule_must_hold() -> None:
    # 70/15 of 20 people: 14 or more agree and 2 or fewer are low, summed over the trinomial; out: the mirror.
    p, n = (0.1, 0.2, 0.7), 20
    terms = stats.multinomial(n, p)
    cells = [(low, n - low - agree, agree) for low in range(n + 1) for agree in range(n + 1 - low)]
    kept = sum(terms.pmf(cell) for cell in cells if cell[2] >= 14 and cell[0] <= 2)
    out = sum(terms.pmf(cell) for cell in cells if cell[0] >= 14 and cell[2] <= 2)
    (one,) = only(one_group(n, COMET_70_15, probabilities=p, rounds=[ROUND_1])).classes
    assert errors_away(one.kept, kept) < 4
    assert errors_away(one.undecided, 1 - kept - out) < 4
    assert one.kept.k + one.undecided.k + one.dropped[0].k == one.kept.n


def test_those_who_leave_make_the_panel_a_binomial_of_what_was_invited() -> None:
    # Each of 6 stays with .6; with n left, kept with P(X >= .7 n); nobody left: not computable.
    rounds = [PlannedRound("1", leaves={"a": 0.4})]
    design = one_group(6, AGREE_70, probabilities=(0, 0.3, 0.7), rounds=rounds, outcomes=1)
    present = stats.binom(6, 0.6)
    kept = sum(present.pmf(n) * stats.binom.sf(-(-7 * n // 10) - 1, n, 0.7) for n in range(1, 7))
    (one,) = only(design, replicates=20_000).classes
    assert errors_away(one.kept, kept / (1 - present.pmf(0))) < 4
    assert errors_away(one.not_computable, present.pmf(0)) < 4


def test_an_outcome_must_pass_both_rounds_with_those_who_are_left() -> None:
    # Round 1, of 10: out where half or more are low. Round 2: 5 have joined; of 15, 70 % is 11 or more.
    drops = defined(ShareRule(Verdict.OUT, (share_test("low", ">=", 50),)))
    rounds = [ROUND_1, PlannedRound("2", joins={"a": 0.5})]
    out = stats.binom.sf(4, 10, 0.3)
    kept = (1 - out) * stats.binom.sf(10, 15, 0.6)
    (one,) = only(one_group(10, drops, AGREE_70, probabilities=(0.3, 0.1, 0.6), rounds=rounds)).classes
    assert errors_away(one.dropped[0], out) < 4
    assert errors_away(one.kept, kept) < 4
    assert one.dropped[1].k == 0


def test_when_all_conform_the_second_round_repeats_the_median_of_the_first() -> None:
    # Five people: the median is 3 where 3 or more gave it, and then all agree.
    rounds = [ROUND_1, PlannedRound("2", conformity=1)]
    (one,) = only(one_group(5, GOES_ON, AGREE_70, probabilities=(0.2, 0.3, 0.5), rounds=rounds)).classes
    assert errors_away(one.kept, stats.binom.sf(2, 5, 0.5)) < 4


def test_people_conform_to_the_round_before_and_to_no_earlier_one() -> None:
    # Round 2 drops what 3 of 5 don't agree with; round 3 repeats its medians, so nothing more is lost.
    drops = defined(ShareRule(Verdict.OUT, (share_test("agree", "<", 50),)))
    rounds = [ROUND_1, PlannedRound("2"), PlannedRound("3", conformity=1)]
    design = one_group(5, GOES_ON, drops, AGREE_70, probabilities=(0.2, 0.3, 0.5), rounds=rounds)
    (one,) = only(design).classes
    assert errors_away(one.kept, stats.binom.sf(2, 5, 0.5)) < 4
    assert one.kept.k + one.dropped[1].k == one.kept.n


def test_the_standard_error_of_two_replicates_is_half_their_difference() -> None:
    # Sizes 0 and 1: standard deviation 1/sqrt(2), over sqrt(2).
    design = one_group(2, AGREE_70, probabilities=(0, 0.3, 0.7), rounds=[ROUND_1], outcomes=1)
    (results,) = zip(*(played(design, replicates=2, seed=seed).scenarios for seed in range(20)), strict=True)
    pairs = {(one.expected_size, one.size_standard_error) for one in results}
    assert pairs == {(0, 0), (0.5, 0.5), (1, 0)}


def test_exactly_right_is_all_kept_that_should_be_and_none_that_should_not() -> None:
    # Independent outcomes: P = p^2 q^3 with p = P(good kept), q = P(poor not kept), n = 10, 7 or more agree.
    classes = [
        answered_alike("good", "keep", (0, 0.2, 0.8), outcomes=2, groups=["a"]),
        answered_alike("poor", "drop", (0, 0.5, 0.5), outcomes=3, groups=["a"]),
        answered_alike("open", "either", (0, 0.3, 0.7), outcomes=4, groups=["a"]),
    ]
    result = only(planned({"a": 10}, classes, AGREE_70))
    p, poor, either = (stats.binom.sf(6, 10, share) for share in (0.8, 0.5, 0.7))
    assert errors_away(result.sensitivity, p) < 4
    assert errors_away(result.specificity, 1 - poor) < 4
    assert errors_away(result.exactly_right, p**2 * (1 - poor) ** 3) < 4
    variance = 2 * p * (1 - p) + 3 * poor * (1 - poor) + 4 * either * (1 - either)
    assert result.size_standard_error == pytest.approx(sqrt(variance / REPLICATES), rel=0.1)
    assert result.expected_size == pytest.approx(
        2 * p + 3 * poor + 4 * either, abs=4 * sqrt(variance / REPLICATES)
    )


def test_weights_move_the_verdict_as_they_do_in_a_study() -> None:
    # a: one person who agrees; b: two who do not. Counted five times, a is 5/7 = 71 %; else 1/3.
    answers = (GroupAnswers("a", (0, 0, 1)), GroupAnswers("b", (1, 0, 0)))
    classes = [OutcomeClass("x", Should.KEEP, 1, answers)]
    design = planned({"a": 1, "b": 2}, classes, AGREE_70, weights=[UNWEIGHTED, multiplier(a=5)])
    results = played(design, replicates=3).scenarios
    assert [one.classes[0].kept.share for one in results] == [0, 1]


def test_when_everybody_leaves_nothing_is_computable() -> None:
    design = one_group(8, AGREE_70, probabilities=(0, 0, 1), rounds=[PlannedRound("1", leaves={"a": 1.0})])
    result = only(design, replicates=5)
    (one,) = result.classes
    assert (one.not_computable.k, one.not_computable.share) == (50, 1)
    assert one.kept == one.undecided == Estimate(0, 0, None, None, None)
    assert result.sensitivity == result.exactly_right == Estimate(0, 0, None, None, None)
    assert (result.expected_size, result.size_standard_error) == (None, None)


def test_more_attrition_than_all_is_all() -> None:
    design = one_group(8, AGREE_70, probabilities=(0, 0, 1), rounds=[PlannedRound("1", leaves={"a": 0.6})])
    result = only(replace(design, attrition=(2.0,)), replicates=5)
    assert result.classes[0].not_computable.share == 1


def test_an_empty_group_blocks_a_rule_on_every_group() -> None:
    rule = ShareRule(Verdict.IN, (share_test("agree", ">=", 70),), of=Of.EVERY)
    classes = [answered_alike("x", "keep", (0, 0, 1), outcomes=1, groups=["a", "b"])]
    rounds = [PlannedRound("1", leaves={"b": 1.0})]
    for empty, share in ((EmptyGroups.BLOCK, 0), (EmptyGroups.IGNORE, 1)):
        definition = defined(replace(rule, empty_groups=empty))
        result = only(planned({"a": 3, "b": 3}, classes, definition, rounds=rounds), replicates=4)
        assert result.classes[0].kept.share == share


def test_a_larger_panel_keeps_more_of_what_most_agree_with() -> None:
    # P(agree) = .8 is above the threshold of 70 %, so the share kept goes to 1 as the panel grows.
    design = one_group(10, AGREE_70, probabilities=(0, 0.2, 0.8), rounds=[ROUND_1])
    results = played(replace(design, panel_sizes=(0.5, 1.0, 2.0, 4.0, 8.0)), replicates=500).scenarios
    shares = [result.classes[0].kept.share for result in results]
    assert [result.invited["a"] for result in results] == [5, 10, 20, 40, 80]
    # At 5 people "70 %" is 4 of 5, at 10 it is 7 of 10: compare sizes whose thresholds are both exact.
    assert shares[1] < shares[2] < shares[3] < shares[4]


def test_every_combination_of_the_grid_has_its_row() -> None:
    design = one_group(10, AGREE_70, probabilities=(0, 0.3, 0.7), rounds=[ROUND_1])
    grid = replace(design, panel_sizes=(1.0, 2.0), attrition=(0.0, 1.0), weights=(multiplier(a=2),))
    rows = [(one.scenario.panel_size, one.scenario.attrition) for one in played(grid, replicates=2).scenarios]
    assert rows == [(1, 0), (1, 1), (2, 0), (2, 1)]


def test_a_row_does_not_depend_on_which_others_there_are() -> None:
    design = one_group(10, AGREE_70, probabilities=(0, 0.3, 0.7), rounds=[ROUND_1])
    alone = played(replace(design, panel_sizes=(2.0,)), replicates=250).scenarios
    together = played(replace(design, panel_sizes=(1.0, 2.0, 3.0)), replicates=250).scenarios
    assert alone[0] == together[1]


def test_the_same_seed_gives_the_same_and_another_seed_another() -> None:
    design = one_group(10, AGREE_70, probabilities=(0, 0.3, 0.7), rounds=[ROUND_1])
    assert played(design, seed=3) == played(design, seed=3)
    assert played(design, seed=3) != played(design, seed=4)


def test_progress_is_told_piece_by_piece() -> None:
    told: list[tuple[int, int]] = []
    design = one_group(3, AGREE_70, probabilities=(0, 0, 1), rounds=[ROUND_1])
    operating_characteristics(
        replace(design, panel_sizes=(1.0, 2.0)),
        replicates=250,
        rng=np.random.default_rng(1),
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(done, 6) for done in range(1, 7)]  # two panels, 100 + 100 + 50 replicates


@pytest.mark.parametrize(("replicates", "workers", "fault"), [(0, 1, "replicates: 0"), (1, 0, "workers: 0")])
def test_numbers_that_cannot_be_are_refused(replicates: int, workers: int, fault: str) -> None:
    design = one_group(3, AGREE_70, probabilities=(0, 0, 1), rounds=[ROUND_1])
    with pytest.raises(ValueError, match=f"^{fault}"):
        operating_characteristics(
            design, replicates=replicates, rng=np.random.default_rng(1), workers=workers
        )


def test_one_worker_works_here_and_in_order() -> None:
    assert list(spread(abs, [-1, 2, -3], workers=1)) == [1, 2, 3]


def test_a_latent_normal_is_cut_halfway_between_points() -> None:
    # Mean 5, spread 2: below 1.5 is Phi(-1.75) = .0401, 4.5 to 5.5 is 2 Phi(.25) - 1 = .1974 (normal table).
    points = score_probabilities(GroupAnswers("a", mean=5, spread=2), NINE)
    assert points[0] == pytest.approx(0.0401, abs=5e-5)
    assert points[4] == pytest.approx(0.1974, abs=5e-5)
    np.testing.assert_allclose(points, points[::-1], atol=1e-15)
    assert points.sum() == pytest.approx(1, abs=1e-15)


def test_a_hair_of_spread_puts_all_on_the_nearest_point() -> None:
    points = score_probabilities(GroupAnswers("a", mean=12, spread=1e-9), NINE)
    assert points.tolist() == [0] * 8 + [1]


def test_conformity_moves_its_share_to_the_median_of_the_group() -> None:
    # 1 1 3: median 1. 1 3: halves to 1 and 3. Nobody: unmoved. Half conform.
    points = np.array([[[0.2, 0.4, 0.4]]])
    earlier = np.array([[[[2, 0, 1]]], [[[1, 0, 1]]], [[[0, 0, 0]]]])
    moved = pulled(points, earlier, conformity=0.5)[:, 0, 0]
    np.testing.assert_allclose(moved, [[0.6, 0.2, 0.2], [0.35, 0.2, 0.45], [0.2, 0.4, 0.4]])


def test_who_gives_no_score_is_in_no_category() -> None:
    points, missing = np.array([[[0.0, 0.5, 0.5]]]), np.array([[1.0]])
    rng = np.random.default_rng(1)
    assert counts_of(np.array([[10]]), points, missing, rng).tolist() == [[[[0, 0, 0]]]]
    counts = counts_of(np.array([[10]]), points, np.array([[0.0]]), rng)
    assert (counts.sum(), counts[..., 0].sum()) == (10, 0)


def test_newcomers_are_a_share_of_the_planned_size_halves_up() -> None:
    design = one_group(5, AGREE_70, probabilities=(0, 0, 1), rounds=[ROUND_1])
    joins = PlannedRound("2", joins={"a": 0.5})
    people = people_in(
        joins, np.array([[4]]), design=design, panel_size=1.0, attrition=1.0, rng=np.random.default_rng(1)
    )
    assert people.tolist() == [[7]]  # 4 + 2.5


def test_outcomes_stand_in_the_order_of_their_classes() -> None:
    classes = [
        answered_alike("x", "keep", (0, 0, 1), outcomes=2, groups=["a", "b"]),
        answered_alike("y", "drop", (1, 0, 0), outcomes=1, groups=["a", "b"]),
    ]
    points, missing = probabilities_of(planned({"a": 1, "b": 1}, classes, AGREE_70))
    assert points.tolist() == [[[0, 0, 1], [0, 0, 1], [1, 0, 0]]] * 2
    assert missing.tolist() == [[0, 0, 0]] * 2
    assert THREE_POINTS.points == (1, 2, 3)
