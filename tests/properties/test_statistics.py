"""What holds for any panel: order, skipped rows, addition, replication, and the two ends of a scale."""

import re
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.agreement.kendall import kendall_w
from analysis.agreement.krippendorff import Metric, krippendorff_alpha
from analysis.counting import count_pairs, count_scores
from analysis.counts import ResponseCounts
from analysis.dispersion import is_bimodal, polarisation, spread_of_counts, tastle_wierman, van_der_eijk_a
from analysis.influence import influence
from analysis.intervals import clopper_pearson, wilson
from analysis.quantiles import quantile, quantile_of_counts, weighted_quantile_of_counts
from analysis.rand_ucla import appropriateness_of_counts
from analysis.round_statistics import round_statistics
from analysis.sensitivity import FlipWeight, WeightRange, flip_sentence
from analysis.stability.signed_rank import Zeros, wilcoxon
from analysis.study.rules import Verdict
from tests.analysis.builders import AGREE, DISAGREE, EQUAL_GROUPS, UNWEIGHTED, multiplier

NAN = float("nan")
POINTS = range(1, 10)
SCORES = st.sampled_from([1.0, 2, 5, 7, 8, 9, NAN])
RATINGS = st.tuples(st.integers(0, 6), st.integers(0, 6)).flatmap(
    lambda shape: hnp.arrays(np.float64, shape, elements=SCORES)
)
TWO_ROUNDS = st.tuples(st.just(2), st.integers(0, 8), st.integers(0, 4)).flatmap(
    lambda shape: hnp.arrays(np.float64, shape, elements=SCORES)
)
COUNTS = hnp.arrays(np.int64, 9, elements=st.integers(0, 6))
ANSWERED = COUNTS.filter(lambda counts: bool(counts.sum()))
METRICS = st.sampled_from(["nominal", "ordinal", "interval", "ratio"])
ZEROS = st.sampled_from(["wilcox", "pratt"])
SHARES = st.integers(0, 20).map(lambda twentieths: Fraction(twentieths, 20))
FACTORS = st.integers(2, 6)
DEFINITIONS = st.integers(1, 9)


def near(value: float | None) -> object:
    return value if value is None else pytest.approx(value, abs=1e-9)


def counted(ratings: np.ndarray) -> np.ndarray:
    return count_scores(ratings, np.zeros(len(ratings)), groups=1, low=1, high=9)[0]


def skipped(ratings: np.ndarray) -> np.ndarray:
    return np.vstack((ratings, np.full((1, ratings.shape[1]), NAN)))


@given(RATINGS, METRICS, st.randoms())
def test_the_order_of_raters_and_outcomes_does_not_matter(
    ratings: np.ndarray, metric: Metric, random: Random
) -> None:
    raters, outcomes = (random.sample(range(n), n) for n in ratings.shape)
    shuffled = ratings[raters][:, outcomes]
    np.testing.assert_array_equal(counted(shuffled), counted(ratings)[outcomes])
    alpha = krippendorff_alpha(ratings, metric=metric).alpha
    assert krippendorff_alpha(shuffled, metric=metric).alpha == near(alpha)
    assert kendall_w(shuffled).w == near(kendall_w(ratings).w)
    assert kendall_w(shuffled).p_value == near(kendall_w(ratings).p_value)


@given(TWO_ROUNDS, ZEROS, st.randoms())
def test_the_order_of_pairs_does_not_matter(rounds: np.ndarray, zeros: Zeros, random: Random) -> None:
    raters, outcomes = (random.sample(range(n), n) for n in rounds.shape[1:])
    shuffled = rounds[:, raters][:, :, outcomes]
    found, expected = wilcoxon(*shuffled, zeros=zeros), wilcoxon(*rounds, zeros=zeros)
    np.testing.assert_allclose(found.z, expected.z[outcomes], rtol=0, atol=1e-12)
    np.testing.assert_array_equal(found.n_paired, expected.n_paired[outcomes])


@given(RATINGS, METRICS)
def test_a_rater_who_skips_everything_changes_nothing(ratings: np.ndarray, metric: Metric) -> None:
    np.testing.assert_array_equal(counted(skipped(ratings)), counted(ratings))
    found = krippendorff_alpha(skipped(ratings), metric=metric)
    assert found == krippendorff_alpha(ratings, metric=metric)
    assume(ratings.shape[1])  # without outcomes nobody has skipped any
    assert kendall_w(skipped(ratings)) == kendall_w(ratings)


@given(TWO_ROUNDS, ZEROS)
def test_a_rater_who_skips_a_round_is_in_no_pair(rounds: np.ndarray, zeros: Zeros) -> None:
    before, after = skipped(rounds[0]), np.vstack((rounds[1], np.full((1, rounds.shape[2]), 9.0)))
    found, expected = wilcoxon(before, after, zeros=zeros), wilcoxon(*rounds, zeros=zeros)
    np.testing.assert_array_equal(found.p_value, expected.p_value)
    np.testing.assert_array_equal(found.n_paired, expected.n_paired)


@given(RATINGS, st.integers(0, 6))
def test_counts_of_two_halves_of_a_panel_add(ratings: np.ndarray, cut: int) -> None:
    np.testing.assert_array_equal(counted(ratings[:cut]) + counted(ratings[cut:]), counted(ratings))


@given(TWO_ROUNDS)
def test_pairs_add_up_to_the_counts_of_those_who_answered_twice(rounds: np.ndarray) -> None:
    tables = count_pairs(*rounds, low=1, high=9)
    both = ~np.isnan(rounds).any(axis=0)
    for at, ratings in enumerate(rounds):
        expected = counted(np.where(both, ratings, NAN))
        np.testing.assert_array_equal(tables.sum(axis=2 - at), expected)


@given(ANSWERED, FACTORS)
def test_replication_of_all_answers_changes_no_description(counts: np.ndarray, factor: int) -> None:
    more = factor * counts
    assert van_der_eijk_a(more) == near(van_der_eijk_a(counts))
    assert tastle_wierman(more, POINTS) == near(tastle_wierman(counts, POINTS))
    assert bool(is_bimodal(more)) is bool(is_bimodal(counts))
    once, often = (spread_of_counts(one, POINTS, definition=2) for one in (counts, more))
    for name in ("mean", "median", "mad"):
        np.testing.assert_allclose(getattr(often, name), getattr(once, name), rtol=0, atol=1e-12)


@given(ANSWERED, hnp.arrays(np.int64, 9, elements=st.integers(0, 4)), SHARES, st.sampled_from([1, 2]))
def test_a_whole_weight_is_so_many_copies(
    counts: np.ndarray, factors: np.ndarray, p: Fraction, definition: int
) -> None:
    weights = counts * factors
    rows = np.repeat(POINTS, counts)
    found = quantile(rows, p, weights=np.repeat(factors, counts), definition=definition)
    assert found == quantile(np.repeat(POINTS, weights), p, definition=definition)
    of_counts = weighted_quantile_of_counts(weights, p, values=POINTS, definition=definition)
    assert found is None if np.isnan(of_counts) else found == of_counts
    of_halves = weighted_quantile_of_counts(weights / 2, p, values=POINTS, definition=definition)
    np.testing.assert_equal(of_halves, of_counts)


@given(st.integers(0, 30), st.integers(0, 30), FACTORS)
def test_replicated_people_make_an_interval_narrower_which_is_wrong(k: int, rest: int, factor: int) -> None:
    """The replication law must fail here: the share stays, but repeated people are no new information."""
    assume(k + rest)
    for interval in (wilson, clopper_pearson):
        once, often = interval(k, k + rest), interval(factor * k, factor * (k + rest))
        assert often.high - often.low < once.high - once.low


@given(hnp.arrays(np.float64, (3, 5), elements=st.sampled_from([1.0, 2, 5, 9])), FACTORS)
def test_replicated_raters_keep_w_and_gain_a_smaller_p_which_is_wrong(
    ratings: np.ndarray, factor: int
) -> None:
    """W describes, so it stays; its p-value takes the copies for people."""
    once, often = kendall_w(ratings), kendall_w(np.tile(ratings, (factor, 1)))
    assume(once.w is not None and once.p_value is not None and once.w > 0)
    assert often.w == near(once.w)
    assert often.p_value is not None
    assert often.p_value < once.p_value


def test_replicated_raters_raise_alpha_which_is_wrong() -> None:
    # Nominal, by hand: 1 2 against 1 1 is 0; with each twice the units are 1111 and 2211: observed
    # 2 * 2 * 2 / 3, expected 2 * 6 * 2 / 7: 1 - (8/3) / (24/7) = 2/9.
    once = np.array([[1.0, 2], [1, 1]])
    assert krippendorff_alpha(once, metric="nominal").alpha == 0
    assert krippendorff_alpha(np.tile(once, (2, 1)), metric="nominal").alpha == pytest.approx(2 / 9)


@given(ANSWERED)
def test_the_scale_can_be_read_from_either_end(counts: np.ndarray) -> None:
    turned = counts[::-1]
    assert van_der_eijk_a(turned) == near(van_der_eijk_a(counts))
    assert tastle_wierman(turned, POINTS) == near(tastle_wierman(counts, POINTS))
    assert bool(is_bimodal(turned)) is bool(is_bimodal(counts))
    own, other = (spread_of_counts(one, POINTS) for one in (counts, turned))
    assert (other.median, other.mad) == (10 - own.median, own.mad)
    np.testing.assert_allclose([other.iqr, other.sd], [own.iqr, own.sd], rtol=0, atol=1e-9)
    apart = [appropriateness_of_counts(one).disagreement_index for one in (counts, turned)]
    assert apart[0] == pytest.approx(apart[1], abs=1e-9)


@given(ANSWERED)
def test_measures_keep_within_their_ends(counts: np.ndarray) -> None:
    agreement, consensus, between = (
        van_der_eijk_a(counts),
        tastle_wierman(counts, POINTS),
        polarisation(counts),
    )
    assert -1 - 1e-12 <= agreement <= 1 + 1e-12
    assert -1e-12 <= consensus <= 1 + 1e-12
    assert between == pytest.approx((1 - agreement) / 2)
    assert (np.count_nonzero(counts) == 1) == (agreement == pytest.approx(1, abs=1e-12))
    assert (np.count_nonzero(counts) == 1) == (consensus == pytest.approx(1, abs=1e-12))


@given(ANSWERED, DEFINITIONS)
def test_quantiles_rise_with_the_share_and_stay_among_the_scores(counts: np.ndarray, definition: int) -> None:
    shares = tuple(Fraction(at, 20) for at in range(21))
    found = quantile_of_counts(counts, shares, values=POINTS, definition=definition)
    given_points = np.repeat(POINTS, counts)
    assert (np.diff(found) >= -1e-12).all()
    assert (found[0], found[-1]) == (given_points.min(), given_points.max())


@given(st.integers(0, 60), st.integers(0, 60))
def test_an_interval_holds_its_share_and_turns_with_it(k: int, rest: int) -> None:
    assume(k + rest)
    for interval in (wilson, clopper_pearson):
        own, other = interval(k, k + rest), interval(rest, k + rest)
        assert 0 <= own.low <= k / (k + rest) <= own.high <= 1
        assert (other.low, other.high) == pytest.approx((1 - own.high, 1 - own.low), abs=1e-12)


@given(TWO_ROUNDS, ZEROS)
def test_going_back_is_the_opposite_of_going_on(rounds: np.ndarray, zeros: Zeros) -> None:
    on, back = wilcoxon(*rounds, zeros=zeros), wilcoxon(*rounds[::-1], zeros=zeros)
    np.testing.assert_allclose(back.z, -on.z, rtol=0, atol=1e-12)
    np.testing.assert_allclose(back.p_value, on.p_value, rtol=0, atol=1e-12)
    np.testing.assert_allclose(back.rank_biserial, -on.rank_biserial, rtol=0, atol=1e-12)


@given(RATINGS, st.sampled_from([0.5, 3, 100]))
def test_w_knows_only_the_order_of_scores(ratings: np.ndarray, factor: float) -> None:
    assert kendall_w(ratings * factor) == kendall_w(ratings)
    assert kendall_w(10 - ratings).w == near(kendall_w(ratings).w)


@given(RATINGS, st.sampled_from([0.5, 3, 100]))
def test_alpha_knows_only_what_its_metric_says(ratings: np.ndarray, factor: float) -> None:
    own = {metric: krippendorff_alpha(ratings, metric=metric) for metric in ("nominal", "ordinal")}
    for metric, expected in own.items():
        found = krippendorff_alpha(ratings**2 * factor, metric=metric)
        assert found.alpha == near(expected.alpha)
    interval = krippendorff_alpha(ratings, metric="interval").alpha
    assert krippendorff_alpha(ratings * factor - 4, metric="interval").alpha == near(interval)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=4), st.integers(0, 5))
def test_the_say_of_all_adds_up_and_weights_never_add_people(people: list[int], k: int) -> None:
    n_by_group = {f"g{at}": n for at, n in enumerate(people)}
    for weighting in (UNWEIGHTED, EQUAL_GROUPS, multiplier(g0=k)):
        found = influence(weighting, n_by_group)
        if found.effective_n is None:
            assert set(found.of_group.values()) == {None}
            continue
        assert sum(filter(None, found.of_group.values())) == 1
        assert found.effective_n <= sum(people)
        assert found.largest is not None
        assert found.largest >= 1 / Fraction(sum(people))


@given(hnp.arrays(np.int64, (2, 3, 9), elements=st.integers(0, 4)))
def test_a_group_of_nobody_changes_nothing_for_the_others(counts: np.ndarray) -> None:
    of_two, of_three = (
        round_statistics(
            ResponseCounts(
                *(tuple(map(str, range(len(one)))), ("a", "b", "c"), tuple(POINTS), one),
                missing=np.zeros((len(one), 3, 3), dtype=np.int64),
            ),
            boxes=(AGREE, DISAGREE),
        )
        for one in (counts, np.concatenate((counts, np.zeros((1, 3, 9), dtype=np.int64))))
    )
    for name in ("n", "mean", "median", "q1", "q3", "iqr", "agreement"):
        np.testing.assert_array_equal(getattr(of_three, name)[[0, 1, 3]], getattr(of_two, name))
    np.testing.assert_array_equal(of_three.shares[:, [0, 1, 3]], of_two.shares)
    assert (of_three.n[2] == 0).all()


ENDS = st.fractions(0, 4, max_denominator=300)


@given(st.lists(ENDS, min_size=1, max_size=3, unique=True), st.lists(st.booleans(), min_size=4), ENDS)
def test_a_flip_sentence_is_true_of_every_weight_that_it_names(
    flips: list[Fraction], held: list[bool], weight: Fraction
) -> None:
    found = made_of(sorted(flips), held)
    sentence = flip_sentence(found, weight=weight)
    around = found.at(weight)
    numbers = [Fraction(one) for one in re.findall(r"\d+(?:/\d+|\.\d+)?", sentence)]
    inclusive = re.findall(r"from|up to|to(?! below)|at the weight", sentence)
    assert len(numbers) == (len(found.ranges) > 1 and (around.low > 0 or not around.holds_low)) + (
        around.high is not None and around.low != around.high
    )
    assert all(around.low <= number for number in numbers)
    assert all(around.high is None or number <= around.high for number in numbers)
    if len(inclusive) == len(numbers):
        assert all(around.holds(number) for number in numbers)


def made_of(flips: list[Fraction], held: list[bool]) -> FlipWeight:
    """Ranges that meet at `flips`: a flip belongs to the range above it where `held` says so."""
    verdicts = (Verdict.IN, Verdict.NONE, Verdict.OUT, Verdict.IN)
    above = [flip == 0 or holds for flip, holds in zip(flips, held, strict=False)]
    starts = [(Fraction(0), True), *zip(flips, above, strict=True)]
    ends = [*((flip, not holds) for flip, holds in zip(flips, above, strict=True)), (None, False)]
    parts = zip(starts, ends, verdicts, strict=False)
    ranges = [WeightRange(low, high, verdict, a, b) for (low, a), (high, b), verdict in parts]
    return FlipWeight("o", tuple(ranges[1:] if flips[0] == 0 else ranges))
