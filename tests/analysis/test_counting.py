"""Counting scores: small matrices by hand, odd numbers of outcomes, blocks, and what is refused."""

import numpy as np
import pytest

from analysis.counting import MOST_CATEGORIES, codes_of, count_pairs, count_scores, ends_of

NAN = float("nan")


def test_scores_are_counted_by_group_outcome_and_category() -> None:
    scores = [[1, 3, NAN], [2, 3, 1], [2, NAN, NAN]]
    found = count_scores(scores, [1, 0, 1], groups=3, low=1, high=3)
    # Group 0: the second row. Group 1: the first and the third. Group 2: nobody.
    expected = [
        [[0, 1, 0], [0, 0, 1], [1, 0, 0]],
        [[1, 1, 0], [0, 0, 1], [0, 0, 0]],
        [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
    ]
    np.testing.assert_array_equal(found, expected)
    assert found.dtype == np.int64
    assert found.flags.c_contiguous


@pytest.mark.parametrize(("low", "high"), [(0, 10), (-3, 3), (5, 5), (1, 15), (-20, -6)])
def test_any_short_scale_of_whole_numbers_is_counted(low: int, high: int) -> None:
    points = np.arange(low, high + 1, dtype=float)
    found = count_scores(points[:, None], np.zeros(points.size), groups=1, low=low, high=high)
    np.testing.assert_array_equal(found, np.ones((1, 1, points.size)))
    pairs = count_pairs(points[:, None], points[::-1, None], low=low, high=high)
    np.testing.assert_array_equal(pairs[0], np.eye(points.size)[::-1])


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0), (1, 1), (3, 1), (1, 4)])
def test_matrices_of_any_size_are_counted(shape: tuple[int, int]) -> None:
    found = count_scores(np.full(shape, 2.0), np.zeros(shape[0]), groups=2, low=1, high=9)
    assert found.shape == (2, shape[1], 9)
    assert (found[0, :, 1] == shape[0]).all()
    assert found.sum() == shape[0] * shape[1]
    assert count_pairs(np.full(shape, 2.0), np.full(shape, 3.0), low=1, high=9).shape == (shape[1], 9, 9)


def test_without_groups_nothing_is_counted() -> None:
    assert count_scores(np.empty((0, 3)), [], groups=0, low=1, high=9).shape == (0, 3, 9)


def test_a_missing_score_is_counted_nowhere() -> None:
    assert count_scores(np.full((4, 3), NAN), [0] * 4, groups=1, low=1, high=9).sum() == 0
    pairs = count_pairs([[1, NAN], [NAN, 2], [3, 3]], [[1, 2], [1, NAN], [2, NAN]], low=1, high=3)
    np.testing.assert_array_equal(pairs, [[[1, 0, 0], [0, 0, 0], [0, 1, 0]], np.zeros((3, 3))])


def test_matrices_longer_than_a_block_are_counted_whole() -> None:
    scores = np.tile([[1.0, 2, 9], [9, 2, 1]], (40_000, 1))
    found = count_scores(scores, np.tile([0, 1], 40_000), groups=2, low=1, high=9)
    assert found[0, 0, 0] == found[1, 2, 0] == found[0, 2, 8] == found[1, 1, 1] == 40_000
    assert found.sum() == scores.size
    pairs = count_pairs(scores, scores[::-1], low=1, high=9)
    assert pairs[0, 0, 8] == pairs[0, 8, 0] == 40_000
    assert pairs[1, 1, 1] == 80_000


def test_the_layout_in_memory_does_not_matter() -> None:
    scores = np.array([[1.0, 2, 3, 4, NAN], [5, 6, 7, 8, 9], [1, 1, NAN, 9, 9]])
    expected = count_scores(scores, [0, 1, 0], groups=2, low=1, high=9)
    wide = np.full((6, 10), 77.0)
    wide[::2, ::2] = scores
    for same in (np.asfortranarray(scores), wide[::2, ::2], scores.T.copy().T, scores.tolist()):
        np.testing.assert_array_equal(count_scores(same, [0, 1, 0], groups=2, low=1, high=9), expected)


@pytest.mark.parametrize("score", [0, 10, 1.5, -1, 257, 265, float("inf"), -float("inf"), 1e300])
def test_a_score_off_the_scale_is_refused(score: float) -> None:
    with pytest.raises(ValueError, match=r"^scores: .* from 1 to 9"):
        count_scores([[score, 1], [NAN, 1]], [0, 0], groups=1, low=1, high=9)
    with pytest.raises(ValueError, match=r"^scores: "):
        count_pairs([[1.0]], [[score]], low=1, high=9)


@pytest.mark.parametrize(
    ("group_of", "groups", "name"),
    [
        ([0], 1, "group_of: shape"),
        ([[0], [0]], 1, "group_of: shape"),
        ([0, 1], 1, "group_of: a group outside 0 to 0"),
        ([0, -1], 1, "group_of: "),
        ([0, 0.5], 1, "group_of: "),
        ([0, NAN], 1, "group_of: "),
    ],
)
def test_groups_that_do_not_fit_are_named(group_of: list, groups: int, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        count_scores([[1], [2]], group_of, groups=groups, low=1, high=9)


@pytest.mark.parametrize(("low", "high"), [(1, 16), (2, 1)])
def test_a_scale_that_is_too_long_or_empty_is_named(low: int, high: int) -> None:
    with pytest.raises(ValueError, match=r"^high: "):
        count_scores([[1]], [0], groups=1, low=low, high=high)
    with pytest.raises(ValueError, match=r"^high: "):
        count_pairs([[1]], [[1]], low=low, high=high)


def test_matrices_that_are_none_or_do_not_match_are_named() -> None:
    with pytest.raises(ValueError, match=r"^scores: 1 dim"):
        count_scores([1, 2], [0, 0], groups=1, low=1, high=9)
    with pytest.raises(ValueError, match=r"^before: 1 dim"):
        count_pairs([1], [[1]], low=1, high=9)
    with pytest.raises(ValueError, match=r"^after: 3 dim"):
        count_pairs([[1]], [[[1]]], low=1, high=9)
    with pytest.raises(ValueError, match=r"^after: shape"):
        count_pairs([[1, 2]], [[1]], low=1, high=9)


def test_codes_count_from_1_and_0_is_missing() -> None:
    found = codes_of(np.array([[3, NAN, 4], [7, 5, NAN]]), low=3, high=7)
    np.testing.assert_array_equal(found, [[1, 0, 2], [5, 3, 0]])
    assert found.dtype == np.int8


@pytest.mark.parametrize(
    ("matrices", "ends"),
    [
        ([[[1, NAN, 9]]], (1, 9)),
        ([[[NAN]], [[2, 3]]], (2, 3)),
        ([[[2, 3]], [[NAN]]], (2, 3)),
        ([[[4]], [[-2]]], (-2, 4)),
        ([[[1, 1.5, 3]]], (1, 3)),  # what lies between is not looked at
        ([[[1, MOST_CATEGORIES]]], (1, 15)),
        ([[[0, MOST_CATEGORIES]]], None),
        ([[[NAN, NAN]]], None),
        ([[[]]], None),
        ([], None),
        ([[[0.5, 2]]], None),
        ([[[1, float("inf")]]], None),
        ([[[-float("inf")]]], None),
    ],
)
def test_the_ends_of_what_was_scored(matrices: list, ends: tuple[int, int] | None) -> None:
    assert ends_of(*map(np.asarray, matrices)) == ends
