"""Resampled panels: strata, ends at known quantiles, groups of one mind, and what is too few."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pytest

from analysis.intervals import wilson
from analysis.study.weighting import Weighting, WeightScheme
from analysis.uncertainty import BootstrapShares, bootstrap_shares
from analysis.uncertainty.resampling import Strata, binomials, resampled, strata_of
from tests.analysis.builders import AGREE, EQUAL_GROUPS, UNWEIGHTED, counts_of, multiplier

Groups = Mapping[str, tuple[int, int, int]]


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def shares_of(
    outcomes: list[Groups],
    weighting: Weighting = UNWEIGHTED,
    group: str | None = None,
    replicates: int = 4000,
) -> BootstrapShares:
    counts = counts_of({f"o{at}": groups for at, groups in enumerate(outcomes)})
    return bootstrap_shares(
        *(counts, AGREE), weighting=weighting, group=group, replicates=replicates, rng=rng()
    )


@pytest.mark.parametrize(
    ("people", "strata"),
    [
        ([20, 30], ((0,), (1,))),
        ([20, 3, 30], ((0, 1), (2,))),  # the small one goes with the next smallest
        ([4, 30, 5, 6], ((0, 2, 3), (1,))),  # small ones are enough together
        ([4, 30, 5], ((0, 1, 2),)),
        ([9, 0, 12], ((0, 2),)),  # nobody is in no stratum
        ([10], ((0,),)),
        ([3, 7], ((0, 1),)),
    ],
)
def test_small_groups_are_drawn_from_together(people: list[int], strata: tuple) -> None:
    found = strata_of(people)
    assert found is not None
    assert found.of_groups == strata
    assert found.joined == tuple(one for one in strata if len(one) > 1)


@pytest.mark.parametrize("people", [[], [0, 0], [9], [3, 6]])
def test_too_few_people_have_no_strata(people: list[int]) -> None:
    assert strata_of(people) is None


def test_a_smaller_stratum_can_be_asked_for() -> None:
    assert strata_of([3, 6], minimum=3) == Strata(((0,), (1,)))


def test_a_stratum_keeps_its_number_and_what_nobody_said_is_not_drawn() -> None:
    counts = np.array([[[3, 0, 8], [5, 5, 5]], [[0, 4, 0], [1, 0, 0]], [[20, 1, 0], [0, 0, 0]]])
    drawn = resampled(counts, Strata(((0, 1), (2,))), replicates=200, rng=rng())
    assert drawn.shape == (200, 3, 2, 3)
    joined, alone = drawn[:, :2].sum(axis=(1, 3)), drawn[:, 2].sum(axis=2)
    assert (joined == [15, 16]).all()
    assert (alone == [21, 0]).all()
    assert (drawn[:, counts == 0] == 0).all()


def test_binomial_numbers_of_nobody_never_and_always() -> None:
    n, share = np.array([0, 7, 7, 400, 1]), np.array([0.5, 0, 1, 1, 0.5])
    drawn = binomials(n, share, 500, rng())
    assert (drawn[:4] == [[0], [0], [7], [400]]).all()
    assert set(drawn[4]) == {0, 1}
    assert binomials(np.array([], dtype=int), np.array([]), 5, rng()).shape == (0, 5)


def test_the_ends_of_14_of_20_are_quantiles_of_the_binomial_distribution() -> None:
    # R 4.2.2: qbinom(c(.025, .975), 20, .7) / 20: .5 .9; P(X <= 9) .0171, P(X <= 10) .0480, P(X <= 17) .9645.
    found = shares_of([{"survivors": (14, 6, 0)}])
    assert (found.share[0], found.low[0], found.high[0]) == pytest.approx((0.7, 0.5, 0.9), abs=1e-12)
    assert found.effective_n[0] == pytest.approx(20, abs=1e-12)
    assert (found.is_wilson[0], found.joined, found.replicates) == (False, (), None)


def test_at_nobody_or_everybody_the_interval_is_wilsons() -> None:
    found = shares_of([{"survivors": (12, 0, 0)}, {"survivors": (0, 12, 0)}, {"survivors": (6, 6, 0)}])
    assert found.is_wilson.tolist() == [True, True, False]
    for at, k in enumerate((12, 0)):
        expected = wilson(k, 12)
        assert (found.low[at], found.high[at]) == pytest.approx((expected.low, expected.high), abs=1e-15)


def test_groups_of_one_mind_each_cannot_be_moved_by_resampling_either() -> None:
    # 12 of 12 and 0 of 12: each drawn panel has exactly a half, which is not as firm as it looks.
    found = shares_of([{"survivors": (12, 0, 0), "providers": (0, 12, 0)}])
    expected = wilson(12, 24)
    assert (found.share[0], found.is_wilson[0]) == (0.5, True)
    assert (found.low[0], found.high[0]) == pytest.approx((expected.low, expected.high), abs=1e-15)


def test_wilsons_people_are_the_effective_ones() -> None:
    # 10 at weight 2 with 40 at 1 are 45.
    found = shares_of([{"survivors": (10, 0, 0), "providers": (40, 0, 0)}], multiplier(survivors=2))
    assert found.effective_n[0] == pytest.approx(45, abs=1e-12)
    assert found.low[0] == pytest.approx(wilson(45, 45).low, abs=1e-12)


def test_fewer_than_ten_answers_have_no_interval_beside_others_that_have() -> None:
    found = shares_of([{"survivors": (5, 4, 0)}, {"survivors": (5, 5, 0)}, {"survivors": (0, 0, 0)}])
    for ends in (found.share, found.low, found.high):
        assert np.isnan(ends).tolist() == [True, False, True]
    assert not found.is_wilson.any()


def test_under_ten_people_in_all_nothing_is_computed() -> None:
    found = shares_of([{"survivors": (4, 1, 0), "providers": (4, 0, 0)}])
    assert np.isnan([found.share[0], found.low[0], found.high[0]]).all()
    assert found.joined == ()
    assert shares_of([]).share.shape == (0,)


def test_small_groups_are_named_when_they_are_drawn_together() -> None:
    found = shares_of([{"survivors": (4, 1, 0), "providers": (3, 3, 0), "policy": (9, 9, 0)}])
    assert found.joined == (("survivors", "providers"),)


def test_one_groups_share_is_its_own() -> None:
    groups = {"survivors": (14, 6, 0), "providers": (1, 30, 0)}
    alone = shares_of([{"survivors": (14, 6, 0)}])
    found = shares_of([groups], multiplier(survivors=3), group="survivors")
    assert (found.share[0], found.low[0], found.high[0]) == (alone.share[0], alone.low[0], alone.high[0])


def test_a_group_that_nobody_weighs_does_not_move_the_share() -> None:
    found = shares_of([{"survivors": (12, 0, 0), "providers": (6, 6, 0)}], multiplier(providers=0))
    assert (found.share[0], found.is_wilson[0]) == (1, True)
    nobody = shares_of([{"survivors": (12, 3, 0)}], multiplier(survivors=0))
    assert np.isnan([nobody.share[0], nobody.low[0], nobody.high[0], nobody.effective_n[0]]).all()


def test_a_drawn_panel_without_weight_is_left_out_and_not_taken_for_0() -> None:
    # Survivors alone count and all agree; drawn with the providers, some panels have no survivor at all.
    groups = {"survivors": (2, 0, 0), "providers": (0, 8, 0)}
    mostly = {"survivors": (2, 1, 0), "providers": (0, 8, 0)}
    found = shares_of([groups, mostly], multiplier(providers=0))
    assert found.share.tolist() == [1, pytest.approx(2 / 3)]
    assert found.is_wilson.tolist() == [True, False]
    assert 0 <= found.low[1] <= 2 / 3 <= found.high[1]


def test_a_large_group_beside_one_that_skipped_the_outcome() -> None:
    found = shares_of([{"survivors": (300, 200, 0), "providers": (0, 0, 0)}], EQUAL_GROUPS)
    assert found.share[0] == pytest.approx(0.6)
    assert 0.55 < found.low[0] < 0.6 < found.high[0] < 0.65


def test_a_target_share_holds_in_drawn_panels() -> None:
    # Half for the survivors, who all agree: 1/2 + 1/2 * 10/40, and never below a half.
    half = Weighting("half", WeightScheme.TARGET_SHARE, {"survivors": Fraction(1, 2)})
    found = shares_of([{"survivors": (10, 0, 0), "providers": (10, 30, 0)}], half)
    assert found.share[0] == pytest.approx(0.625)
    assert 0.5 < found.low[0] < 0.625 < found.high[0] < 0.75


def test_the_same_chance_gives_the_same_interval() -> None:
    outcomes = [{"survivors": (4, 2, 0), "providers": (13, 9, 0)}]
    first, second = shares_of(outcomes), shares_of(outcomes)
    assert (first.low[0], first.high[0]) == (second.low[0], second.high[0])


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"replicates": 99}, "replicates: 99"),
        ({"confidence": 1}, "confidence: 1"),
        ({"confidence": 0}, "confidence: 0"),
        ({"group": "policy"}, "group: 'policy'"),
    ],
)
def test_what_has_no_bootstrap_is_named(options: dict, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        bootstrap_shares(counts_of({"o": {"survivors": (9, 9, 0)}}), AGREE, rng=rng(), **options)
