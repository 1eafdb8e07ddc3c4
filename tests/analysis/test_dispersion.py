"""A, polarisation, Cns, two camps and the usual spread: published values, hand calculations, empty counts."""

from collections.abc import Callable

import numpy as np
import pytest

from analysis.dispersion import is_bimodal, polarisation, spread_of_counts, tastle_wierman, van_der_eijk_a

NAN = float("nan")
TEN = (1, 2, 2, 5, 7, 7, 8, 9, 9, 9)


def counted(scores: tuple[int, ...], points: range = range(1, 10)) -> list[int]:
    return [scores.count(point) for point in points]


def test_a_of_the_published_example() -> None:
    # van der Eijk 2001: 30 40 210 130 530 50 10. Second implementation: .6113.
    assert van_der_eijk_a([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113, abs=5e-5)
    assert polarisation([30, 40, 210, 130, 530, 50, 10]) == pytest.approx((1 - 0.6113) / 2, abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([2, 1, 0], 2 / 3),  # layers 110 twice with 1 (1 - 1/2), and 100 once with 1: (2 * .5 + 1) / 3
        ([3, 3, 0], 0.5),
        ([4, 0, 4], -1),  # 101: U = -2/1, 1 - 1/2
        # 10010: used-used-unused 1 4 5; used-unused-used 1 2 4 and 1 3 4. U = (3 * 1 - 4 * 2) / (3 * 3).
        ([1, 0, 0, 1, 0], -5 / 9 * 3 / 4),
        ([0, 0, 7, 0, 0], 1),
        ([2, 2, 2, 2, 2], 0),
        ([5, 0, 0, 0, 5], -1),
        ([1, 0, 0, 0, 0, 0, 0, 0, 0], 1),
        ([6, 0, 0, 0, 0, 0, 0, 0, 6], -1),
        ([0, 8], 1),
        ([4, 4], 0),  # no triples on two points
        ([3, 1], 0.5),  # half of the four in the even layer, half alone
    ],
)
def test_a_by_hand(counts: list[int], expected: float) -> None:
    assert van_der_eijk_a(counts) == pytest.approx(expected, abs=1e-15)
    assert polarisation(counts) == pytest.approx((1 - expected) / 2, abs=1e-15)


def test_a_of_scales_beyond_a_table_reads_the_same() -> None:
    for categories in (12, 13, 40, 60):
        counts = np.zeros((3, categories))
        counts[0], counts[1, 5], counts[2, [0, -1]] = 1, 9, 4
        np.testing.assert_allclose(van_der_eijk_a(counts), [0, 1, -1], rtol=0, atol=1e-12)


def test_a_works_with_weights() -> None:
    assert van_der_eijk_a([0.2, 0.1, 0]) == pytest.approx(2 / 3, abs=1e-15)


@pytest.mark.parametrize(
    ("counts", "scale", "expected"),
    [  # R 4.2.2: p <- n/sum(n); m <- sum(p*x); 1 + sum((p*log2(1 - abs(x - m)/diff(range(x))))[p > 0])
        ([19, 16, 26, 29, 10], (1, 2, 3, 4, 5), 0.518414460727),
        ([1] * 3, (1, 2, 3), 0.333333333333),
        ([1] * 5, (1, 2, 3, 4, 5), 0.433985000288),
        ([1] * 9, tuple(range(1, 10)), 0.492054559481),
        ([0, 0, 1, 5, 0], (1, 2, 3, 4, 5), 0.892660381567),
        ([3, 1, 2], (0, 1, 5), 0.144193065621),
    ],
)
def test_cns_is_that_of_r(counts: list[int], scale: tuple[int, ...], expected: float) -> None:
    assert tastle_wierman(counts, scale) == pytest.approx(expected, abs=5e-12)


def test_cns_is_1_of_one_mind_and_0_only_half_and_half_at_the_ends() -> None:
    assert tastle_wierman([0, 7, 0], (1, 2, 3)) == 1
    assert tastle_wierman([4, 0, 4], (1, 2, 3)) == 0
    assert tastle_wierman([4, 0, 5], (1, 2, 3)) > 0
    assert tastle_wierman([4, 1, 4], (1, 2, 3)) > 0


def test_a_weight_that_is_nothing_beside_the_others_does_not_break_cns() -> None:
    assert tastle_wierman([1e-20, 0, 1], (1, 2, 3)) == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([5, 0, 0, 0, 5], True),
        ([3, 0, 0, 1, 0, 0, 0, 0, 2], True),  # an outer third holds 3 of 6, the other 2 of 6
        ([0, 0, 2, 3, 2, 1, 1, 0, 0], False),
        ([0, 0, 9, 0, 0], False),
        ([1, 1, 1], True),  # exactly a third at each end
        ([2, 2, 2, 2], False),  # a quarter at each end, A exactly 0
        ([0, 0, 0], False),
        ([5, 0, 4, 0], True),  # A below 0, though nobody is at the upper end
    ],
)
def test_two_camps(counts: list[int], expected: bool) -> None:
    assert bool(is_bimodal(counts)) is expected
    assert is_bimodal([counts, counts]).tolist() == [expected, expected]


@pytest.mark.parametrize("counts", [[0, 2, 0, 0, 2, 0, 1], [2, 0, 2, 0, 0, 0, 1]])
def test_an_a_of_exactly_0_is_not_two_camps(counts: list[int]) -> None:
    # A is 0 in fractions, and -6e-18 and -2e-17 in floats; an outer third holds 1 of 5.
    assert van_der_eijk_a(counts) == pytest.approx(0, abs=1e-15)
    assert not is_bimodal(counts)


def test_spread_is_that_of_r() -> None:
    # R 4.2.2: mean(x), median(x), sd(x), sd(x)/mean(x), IQR(x), mad(x, constant = 1)
    found = spread_of_counts(counted(TEN), range(1, 10))
    assert (found.n, found.mean, found.median, found.iqr, found.mad) == (10, 5.9, 7, 6, 2)
    assert found.sd == pytest.approx(3.17804971641, abs=5e-12)
    assert found.cv == pytest.approx(0.538652494307, abs=5e-13)


def test_the_mad_of_an_even_number_is_the_mean_of_the_two_in_the_middle() -> None:
    # R 4.2.2: mad(c(1, 2, 4, 9), constant = 1): about 3 the distances are 2 1 1 6.
    assert spread_of_counts(counted((1, 2, 4, 9)), range(1, 10)).mad == 1.5


@pytest.mark.parametrize(("definition", "iqr"), [(1, 7), (2, 7), (4, 6.5), (6, 7), (7, 6), (8, 7)])
def test_the_definition_moves_the_interquartile_range(definition: int, iqr: float) -> None:
    # R 4.2.2: IQR(x, type = definition)
    found = spread_of_counts(counted(TEN), range(1, 10), definition=definition)
    assert found.iqr == pytest.approx(iqr, abs=1e-12)


def test_the_coefficient_of_variation_moves_with_the_scale() -> None:
    # SD 1 over means of 2 and 8.
    found = spread_of_counts([[1, 1, 1, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 1, 1, 1]], range(1, 10))
    np.testing.assert_allclose(found.sd, [1, 1], rtol=0, atol=1e-15)
    np.testing.assert_allclose(found.cv, [0.5, 0.125], rtol=0, atol=1e-15)


def test_spread_of_nobody_and_of_one() -> None:
    found = spread_of_counts([[0, 0, 0], [0, 1, 0]], [1, 2, 3])
    np.testing.assert_array_equal(found.n, [0, 1])
    for place, of_one in ((found.mean, 2), (found.median, 2), (found.mad, 0)):
        np.testing.assert_array_equal(place, [NAN, of_one])
    for of_two in (found.sd, found.cv, found.iqr):
        assert np.isnan(of_two).all()


def test_equal_answers_do_not_spread() -> None:
    found = spread_of_counts([0, 0, 5], [1, 2, 3])
    assert (found.sd, found.cv, found.iqr, found.mad) == (0, 0, 0, 0)


def test_a_mean_of_0_has_no_coefficient_of_variation() -> None:
    found = spread_of_counts([1, 0, 1], [-1, 0, 1])
    assert found.mean == 0
    assert np.isnan(found.cv)


@pytest.mark.parametrize("measure", [van_der_eijk_a, polarisation, lambda n: tastle_wierman(n, (1, 2, 3))])
def test_of_nobody_nothing_is_said(measure: Callable) -> None:
    assert measure([0, 0, 0]) is None
    several = measure([[[0, 0, 0]], [[0, 4, 0]]])
    assert several.shape == (2, 1)
    assert np.isnan(several[0, 0])
    assert np.isfinite(several[1, 0])
    assert measure(np.zeros((0, 3))).shape == (0,)


@pytest.mark.parametrize("measure", [van_der_eijk_a, polarisation, is_bimodal])
@pytest.mark.parametrize("counts", [[], [3], 3, [1, -1, 2], [1, NAN, 2], [1, float("inf"), 2], [0] * 61])
def test_counts_that_have_no_agreement_are_named(measure: Callable, counts: list) -> None:
    with pytest.raises(ValueError, match=r"^counts: "):
        measure(counts)


@pytest.mark.parametrize(
    ("counts", "scale", "name"),
    [
        ([1, 2], [1, 2, 3], "counts: shape"),
        (1, [1, 2], "counts: shape"),
        ([1, -2], [1, 2], "counts: expected"),
        ([1, NAN], [1, 2], "counts: expected"),
        ([1], [1], "scale: "),
        ([1, 2], [2, 1], "scale: "),
        ([1, 2], [1, NAN], "scale: "),
        ([1, 2], [[1, 2]], "scale: "),
    ],
)
def test_counts_and_scales_that_have_no_cns_are_named(counts: list, scale: list, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        tastle_wierman(counts, scale)


@pytest.mark.parametrize(
    ("counts", "values", "definition", "name"),
    [
        ([1, 2], [1, 2, 3], 7, "counts: shape"),
        ([1, -1], [1, 2], 7, "counts: "),
        ([1, 1], [2, 1], 7, "values: "),
        ([1, 1], [1, 2], 0, "definition: 0"),
    ],
)
def test_counts_that_have_no_spread_are_named(counts: list, values: list, definition: int, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        spread_of_counts(counts, values, definition=definition)
