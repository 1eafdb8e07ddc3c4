"""Wilcoxon's signed ranks: R's values, both ways with zeros by hand, many outcomes, and what is refused."""

import numpy as np
import pytest

from analysis.stability.signed_rank import Zeros, wilcoxon, wilcoxon_of_tables

NAN = float("nan")
BEFORE = np.array([7.0, 5, 8, 9, 3, 6, 7, 8, 5, 4, 9, 7])
AFTER = np.array([8.0, 7, 8, 9, 4, 5, 9, 8, 7, 4, 9, 8])
MEASURES = ("statistic", "p_value", "z", "rank_biserial", "n_paired", "n_changed")


def test_those_who_changed_are_tested_as_in_r() -> None:
    # R 4.2.2: wilcox.test(after, before, paired = TRUE, exact = FALSE, correct = FALSE): V 25.5, p .0461135.
    # By hand: four of size 1 at rank 2.5, three of size 2 at rank 6; one fell. Mean 7 * 8 / 4, variance
    # 7 * 8 * 15 / 24 - (60 + 24) / 48 = 33.25.
    found = wilcoxon(BEFORE, AFTER)
    assert found.statistic == 25.5
    assert found.p_value == pytest.approx(0.0461134987, abs=5e-11)  # all digits that R prints
    assert found.z == pytest.approx(11.5 / 33.25**0.5, abs=1e-12)
    assert found.rank_biserial == pytest.approx(23 / 28, abs=1e-15)
    assert (found.n_paired, found.n_changed, found.df) == (12, 7, None)


def test_pratt_ranks_those_who_stayed_and_leaves_their_ranks_out() -> None:
    # Five zeros: size 1 has rank 7.5, size 2 rank 11. Mean (12 * 13 - 5 * 6) / 4 = 31.5; variance
    # (12 * 13 * 25 - 5 * 6 * 11) / 24 - (60 + 24) / 48 = 147.
    found = wilcoxon(BEFORE, AFTER, zeros="pratt")
    assert found.statistic == 55.5
    assert found.z == pytest.approx(24 / 147**0.5, abs=1e-12)
    assert found.rank_biserial == pytest.approx((55.5 - 7.5) / 63, abs=1e-15)


def test_a_panel_that_rose_as_one_has_a_rank_correlation_of_1() -> None:
    assert wilcoxon([1, 2, 3], [2, 4, 6]).rank_biserial == 1
    assert wilcoxon([2, 4, 6], [1, 2, 3]).rank_biserial == -1


def test_one_person_who_changed_by_hand() -> None:
    # Rank 1 of 1: mean 1/2, variance 1 * 2 * 3 / 24 = 1/4; z 1; p .3173 (R: 2 * pnorm(-1)).
    found = wilcoxon([5], [7])
    assert (found.statistic, found.z, found.n_changed) == (1, 1, 1)
    assert found.p_value == pytest.approx(0.317310507863, abs=5e-13)


@pytest.mark.parametrize("zeros", ["wilcox", "pratt"])
@pytest.mark.parametrize(
    ("before", "after", "paired"),
    [([], [], 0), ([NAN], [3], 0), ([4], [4], 1), ([4, 5, NAN], [4, 5, 6], 2), ([0.5], [0.5], 1)],
)
def test_where_nobody_changed_there_is_no_test(before: list, after: list, paired: int, zeros: Zeros) -> None:
    for first, second in ((before, after), (after, before)):
        found = wilcoxon(first, second, zeros=zeros)
        assert [getattr(found, name) for name in MEASURES] == [None, None, None, None, paired, 0]


def test_pairs_with_a_rating_missing_are_left_out() -> None:
    before, after = np.r_[BEFORE, NAN, 3, NAN], np.r_[AFTER, 4, NAN, NAN]
    for name in MEASURES:
        assert getattr(wilcoxon(before, after), name) == getattr(wilcoxon(BEFORE, AFTER), name)


@pytest.mark.parametrize("zeros", ["wilcox", "pratt"])
@pytest.mark.parametrize("scale", [1, 0.5, 100])  # whole numbers of a short scale, halves, and far apart
def test_many_outcomes_are_tested_as_one_by_one(scale: float, zeros: Zeros) -> None:
    before = np.stack([BEFORE, AFTER, BEFORE, np.full(12, NAN)], axis=1) * scale
    after = np.stack([AFTER, BEFORE, BEFORE, AFTER], axis=1) * scale
    found = wilcoxon(before, after, zeros=zeros)
    for at in range(4):
        alone = wilcoxon(before[:, at], after[:, at], zeros=zeros)
        for name in MEASURES:
            value = getattr(alone, name)
            np.testing.assert_equal(getattr(found, name)[at], NAN if value is None else value)


def test_no_outcomes_have_no_tests() -> None:
    assert wilcoxon(np.empty((3, 0)), np.empty((3, 0))).p_value.shape == (0,)
    nobody = wilcoxon(np.empty((0, 2)), np.empty((0, 2)))
    np.testing.assert_array_equal(nobody.z, [NAN, NAN])
    np.testing.assert_array_equal(nobody.n_paired, [0, 0])


def table_of(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    table = np.zeros((9, 9), dtype=int)
    np.add.at(table, (before.astype(int) - 1, after.astype(int) - 1), 1)
    return table


@pytest.mark.parametrize("zeros", ["wilcox", "pratt"])
def test_a_table_gives_the_test_of_its_people(zeros: Zeros) -> None:
    tables = np.stack([table_of(BEFORE, AFTER), table_of(AFTER, BEFORE), table_of(BEFORE, BEFORE)])
    alone, several = (wilcoxon_of_tables(one, zeros=zeros) for one in (tables[0], tables))
    for name in MEASURES:
        assert getattr(alone, name) == getattr(wilcoxon(BEFORE, AFTER, zeros=zeros), name)
        assert getattr(several, name)[0] == getattr(alone, name)
    assert several.z[1] == -several.z[0]
    assert np.isnan(several.z[2])


@pytest.mark.parametrize("size", [0, 1, 3])
def test_a_table_without_change_has_no_test(size: int) -> None:
    found = wilcoxon_of_tables(np.eye(size))
    assert [getattr(found, name) for name in MEASURES] == [None, None, None, None, size, 0]
    assert wilcoxon_of_tables(np.zeros((size, size))).p_value is None
    assert wilcoxon_of_tables(np.zeros((0, size, size))).p_value.shape == (0,)


@pytest.mark.parametrize(
    ("before", "after", "options", "name"),
    [
        ([1, 2], [1], {}, "after: shape"),
        (1, 1, {}, "after: shape"),
        ([[[1]]], [[[1]]], {}, "after: shape"),
        ([1, float("inf")], [1, 2], {}, "before: an inf"),
        ([1, 2], [1, -float("inf")], {}, "after: an inf"),
        ([1, 2], [1, 2], {"zeros": "split"}, "zeros: 'split'"),
    ],
)
def test_rounds_that_cannot_be_tested_are_named(before: list, after: list, options: dict, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        wilcoxon(before, after, **options)


@pytest.mark.parametrize(
    ("tables", "options", "name"),
    [
        ([1, 2], {}, "tables: shape"),
        ([[1, 2]], {}, "tables: shape"),
        ([[1, -2], [0, 1]], {}, "tables: "),
        ([[1, 0.5], [0, 1]], {}, "tables: "),
        ([[1, 2], [0, 1]], {"zeros": "split"}, "zeros: 'split'"),
    ],
)
def test_tables_that_cannot_be_tested_are_named(tables: list, options: dict, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        wilcoxon_of_tables(tables, **options)
