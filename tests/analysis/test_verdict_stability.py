"""In how many drawn panels a verdict stays: known shares, whole people for lists, and what is too few."""

from collections.abc import Mapping

import numpy as np
import pytest

from analysis.consensus.verdict_codes import VERDICTS
from analysis.ratings import RatingMatrix
from analysis.study.rules import (
    BallotMeasure,
    ConsensusDefinition,
    MeanMeasure,
    Of,
    ShareMeasure,
    ShareRule,
    TopRule,
    TwoListRule,
    Verdict,
)
from analysis.study.weighting import Weighting
from analysis.uncertainty import VerdictStability, verdict_stability
from tests.analysis.builders import (
    BOXES,
    COMET_70_15,
    SCALE_POINTS,
    UNWEIGHTED,
    counts_of,
    defined,
    multiplier,
    share_test,
)

NAN = float("nan")
IN_70 = defined(ShareRule(Verdict.IN, (share_test("agree", ">=", 70),)))
TOP_ONE = defined(TopRule(Verdict.IN, 1, MeanMeasure()))
Groups = Mapping[str, tuple[int, int, int]]


def stability_of(
    outcomes: list[Groups],
    definition: ConsensusDefinition = IN_70,
    weighting: Weighting = UNWEIGHTED,
    replicates: int = 4000,
) -> VerdictStability:
    counts = counts_of({f"o{at}": groups for at, groups in enumerate(outcomes)})
    rng = np.random.default_rng(1)
    return verdict_stability(
        *(counts, definition), boxes=BOXES, weighting=weighting, replicates=replicates, rng=rng
    )


def matrix_of(scores: list[list[float]] | np.ndarray, groups: list[str] | None = None) -> RatingMatrix:
    people, outcomes = np.shape(scores)
    return RatingMatrix(
        tuple(f"p{at}" for at in range(people)),
        tuple(groups or ["survivors"] * people),
        tuple(f"o{at}" for at in range(outcomes)),
        np.array(scores, dtype=float),
        np.full((people, outcomes), -1, dtype=np.int8),
    )


def stability_of_matrix(
    scores: list[list[float]] | np.ndarray,
    definition: ConsensusDefinition = IN_70,
    groups: list[str] | None = None,
    weighting: Weighting = UNWEIGHTED,
) -> VerdictStability:
    return verdict_stability(
        *(matrix_of(scores, groups), definition),
        boxes=BOXES,
        weighting=weighting,
        categories=SCALE_POINTS,
        replicates=4000,
        rng=np.random.default_rng(2),
    )


def share_of(found: VerdictStability, verdict: Verdict, outcome: int = 0) -> float:
    return float(found.shares[outcome, VERDICTS.index(verdict)])


def test_14_of_20_stays_in_in_three_panels_of_five() -> None:
    # R 4.2.2: 1 - pbinom(13, 20, .7) = .608; 4 standard errors of 4 000 panels are .031.
    found = stability_of([{"survivors": (14, 6, 0)}])
    assert found.verdicts == (Verdict.IN,)
    assert found.stays[0] == pytest.approx(0.608, abs=0.031)
    assert share_of(found, Verdict.IN) == found.stays[0]
    assert share_of(found, Verdict.NONE) == pytest.approx(1 - found.stays[0], abs=1e-12)


def test_whole_people_give_the_same_share_of_one_outcome() -> None:
    found = stability_of_matrix([[8.0]] * 14 + [[5.0]] * 6)
    assert found.verdicts == (Verdict.IN,)
    assert found.stays[0] == pytest.approx(0.608, abs=0.031)


def test_a_panel_of_one_mind_stays() -> None:
    found = stability_of([{"survivors": (12, 0, 0)}, {"survivors": (0, 0, 12)}], COMET_70_15)
    assert found.verdicts == (Verdict.IN, Verdict.OUT)
    assert found.stays.tolist() == [1, 1]
    assert found.replicates == 4000
    assert found.outcomes == ("o0", "o1")


def test_weights_count_in_drawn_panels_too() -> None:
    # Survivors, all agreeing, outweigh the others: in in every panel; without the weight in none.
    groups = {"survivors": (10, 0, 0), "providers": (0, 12, 0)}
    assert stability_of([groups], weighting=multiplier(survivors=1000)).stays[0] == 1
    found = stability_of([groups])
    assert (found.verdicts, found.stays[0]) == ((Verdict.NONE,), 1)


def test_too_few_answers_to_one_outcome_have_no_share_beside_others_that_have() -> None:
    found = stability_of([{"survivors": (6, 3, 0)}, {"survivors": (7, 3, 0)}, {"survivors": (0, 0, 0)}])
    assert found.verdicts == (Verdict.NONE, Verdict.IN, Verdict.NOT_COMPUTABLE)
    assert np.isnan(found.stays).tolist() == [True, False, True]
    assert np.isnan(found.shares).all(axis=1).tolist() == [True, False, True]


def test_too_few_answers_have_no_share_with_whole_people_either() -> None:
    scores = [[8.0, 8.0]] * 9 + [[8.0, NAN]] * 3
    found = stability_of_matrix(scores)
    assert found.verdicts == (Verdict.IN, Verdict.IN)
    np.testing.assert_array_equal(found.stays, [1, NAN])


def test_under_ten_people_in_all_nothing_is_drawn() -> None:
    for found in (stability_of([{"survivors": (8, 1, 0)}]), stability_of_matrix([[8.0]] * 9)):
        assert found.verdicts == (Verdict.IN,)
        assert np.isnan(found.stays).all()
        assert np.isnan(found.shares).all()
        assert found.joined == ()


def test_a_verdict_that_is_not_computable_does_not_stay() -> None:
    found = stability_of([{"survivors": (9, 3, 0)}], defined(*IN_70.rules, minimum_n=13))
    assert found.verdicts == (Verdict.NOT_COMPUTABLE,)
    assert np.isnan(found.stays[0])
    assert share_of(found, Verdict.NOT_COMPUTABLE) == 1


def test_no_outcomes_have_no_verdicts() -> None:
    found = stability_of([])
    assert (found.verdicts, found.stays.shape, found.shares.shape) == ((), (0,), (0, 4))


def test_small_groups_are_named_when_they_are_drawn_together() -> None:
    groups = {"survivors": (4, 1, 0), "providers": (3, 3, 0), "policy": (9, 9, 0)}
    assert stability_of([groups]).joined == (("survivors", "providers"),)
    scores, names = [[8.0]] * 15, ["survivors"] * 3 + ["policy"] * 12
    assert stability_of_matrix(scores, groups=names).joined == (("survivors", "policy"),)


def test_a_list_is_drawn_with_whole_people_and_its_places_add_up() -> None:
    # Each prefers one of two outcomes, always the other way round: one of them is on top, or both tie.
    scores = [[9.0, 1.0]] * 10 + [[1.0, 9.0]] * 10
    found = stability_of_matrix(scores, TOP_ONE)
    assert found.verdicts == (Verdict.IN, Verdict.IN)
    # R: dbinom(10, 20, .5) = .176: a tie, both in; else one of them.
    both = share_of(found, Verdict.IN, 0) + share_of(found, Verdict.IN, 1) - 1
    assert both == pytest.approx(0.176, abs=4 * (0.176 * 0.824 / 4000) ** 0.5)


def test_a_groups_list_is_drawn_within_the_group() -> None:
    rule = defined(TwoListRule(Verdict.IN, 1, "survivors", ShareMeasure("agree")))
    scores = [[9.0, 1.0]] * 10 + [[1.0, 9.0]] * 15
    found = stability_of_matrix(scores, rule, ["survivors"] * 10 + ["providers"] * 15)
    assert found.verdicts == (Verdict.IN, Verdict.IN)  # the survivors' first, and everyone's
    assert found.stays[0] == 1


def test_rules_on_groups_look_at_the_drawn_groups() -> None:
    every = defined(ShareRule(Verdict.IN, (share_test("agree", ">=", 70),), Of.EVERY))
    # Both stay at 14 of 20 or more: .608 squared.
    found = stability_of([{"survivors": (14, 6, 0), "providers": (14, 6, 0)}], every)
    assert found.stays[0] == pytest.approx(0.608**2, abs=0.031)


def test_the_same_chance_gives_the_same_shares() -> None:
    first, second = (stability_of([{"survivors": (12, 7, 1)}], COMET_70_15) for _ in range(2))
    np.testing.assert_array_equal(first.shares, second.shares)


def test_answers_that_a_definition_cannot_be_tried_on_are_named() -> None:
    with pytest.raises(ValueError, match=r"^answers: a list rule"):
        stability_of([{"survivors": (12, 7, 1)}], TOP_ONE)
    with pytest.raises(ValueError, match=r"^replicates: 99"):
        stability_of([{"survivors": (12, 7, 1)}], replicates=99)
    with pytest.raises(ValueError, match=r"^definition: a rule on a ballot"):
        stability_of_matrix([[8.0]] * 12, defined(TopRule(Verdict.IN, 1, BallotMeasure("final", (1,)))))
    with pytest.raises(ValueError, match=r"^answers: a score"):
        stability_of_matrix([[8.5]] * 12)
    matrix, rng = matrix_of([[8.0]] * 12), np.random.default_rng(1)
    with pytest.raises(ValueError, match=r"^categories: "):
        verdict_stability(matrix, IN_70, boxes=BOXES, rng=rng)


def test_an_unknown_box_or_group_is_named() -> None:
    box = defined(ShareRule(Verdict.IN, (share_test("best", ">=", 70),)))
    group = defined(ShareRule(Verdict.IN, (share_test("agree", ">=", 70),), Of.GROUP, "policy"))
    for definition in (box, group):
        with pytest.raises(ValueError, match=r"^definition: (box|group)"):
            stability_of([{"survivors": (12, 7, 1)}], definition)
        with pytest.raises(ValueError, match=r"^definition: (box|group)"):
            stability_of_matrix([[8.0]] * 12, definition)


def test_a_group_of_the_study_that_nobody_is_in_blocks_with_whole_people_too() -> None:
    every = defined(ShareRule(Verdict.IN, (share_test("agree", ">=", 70),), Of.EVERY))
    matrix, names = matrix_of([[8.0]] * 12), ("survivors", "providers")
    rng = np.random.default_rng(1)
    options = {"boxes": BOXES, "categories": SCALE_POINTS, "rng": rng}
    assert verdict_stability(matrix, every, **options).verdicts == (Verdict.IN,)  # type: ignore[arg-type]
    of_both = verdict_stability(matrix, every, groups=names, **options)  # type: ignore[arg-type]
    assert of_both.verdicts == (Verdict.NONE,)
    assert of_both.stays[0] == 1
    with pytest.raises(ValueError, match=r"^groups: survivors"):
        verdict_stability(matrix, every, groups=("providers",), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("people", [0, 12])
@pytest.mark.parametrize("outcomes", [0, 2])
def test_a_matrix_of_nobody_or_nothing_has_no_shares(people: int, outcomes: int) -> None:
    found = stability_of_matrix(np.full((people, outcomes), NAN))
    assert found.verdicts == (Verdict.NOT_COMPUTABLE,) * outcomes
    assert np.isnan(found.stays).all()
    assert found.shares.shape == (outcomes, 4)
