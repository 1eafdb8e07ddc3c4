"""The RAND/UCLA method: worked panels, every panel of nine, medians at the border, and the classic count."""

import numpy as np
import pytest

from analysis.rand_ucla import Appropriateness, appropriateness, appropriateness_of_counts
from tests.analysis.rating_multisets import every_multiset

NAN = float("nan")
AGREED = (7, 7, 7, 8, 8, 8, 9, 9, 9)
THREE_CAMPS = (1, 1, 1, 5, 5, 5, 9, 9, 9)
SPLIT = (1, 2, 3, 7, 7, 8, 8, 9, 9)


@pytest.mark.parametrize(
    ("scores", "definition", "ipr", "ipras", "index"),
    [
        # R 4.2.2: p <- quantile(x, c(.3, .7), type = definition); ipr <- diff(p);
        # ipras <- 2.35 + 1.5 * abs(5 - mean(p)); ipr / ipras
        (AGREED, 7, 1.2, 6.85, 0.175182481752),
        (AGREED, 2, 2, 6.85, 0.291970802920),
        (THREE_CAMPS, 7, 4.8, 2.35, 2.04255319149),
        (THREE_CAMPS, 2, 8, 2.35, 3.40425531915),
        (SPLIT, 7, 3.4, 4.3, 0.790697674419),
        (SPLIT, 2, 5, 3.1, 1.61290322581),
    ],
)
def test_the_disagreement_index_is_that_of_r(
    scores: tuple[int, ...], definition: int, ipr: float, ipras: float, index: float
) -> None:
    found = appropriateness(scores, definition=definition)
    assert (found.n, found.median) == (9, np.median(scores))
    assert (found.ipr, found.ipras) == pytest.approx((ipr, ipras), abs=1e-12)
    assert found.disagreement_index == pytest.approx(index, abs=1e-11)
    assert found.disagreement is (index > 1)


def test_the_definition_of_the_percentiles_decides_a_verdict() -> None:
    by_type_7, by_type_2 = appropriateness(SPLIT), appropriateness(SPLIT, definition=2)
    assert by_type_7.median == by_type_2.median == 7
    assert by_type_7.verdict is Appropriateness.APPROPRIATE
    assert by_type_2.verdict is Appropriateness.UNCERTAIN


def test_the_definition_flips_one_in_eight_verdicts_of_nine_raters() -> None:
    # R 4.2.2, quantile(x, c(.3, .7), type) over all choose(17, 8) multisets of nine ratings from 1 to 9.
    counts = every_multiset(9, points=9)
    found = {kind: appropriateness_of_counts(counts, definition=kind).disagreement for kind in (1, 2, 6, 7)}
    assert len(counts) == 24310
    assert {kind: int(apart.sum()) for kind, apart in found.items()} == {1: 9145, 2: 9145, 6: 9145, 7: 5907}
    assert np.count_nonzero(found[2] != found[7]) == 3238
    np.testing.assert_array_equal(found[1], found[2])
    np.testing.assert_array_equal(found[6], found[2])


@pytest.mark.parametrize(
    ("scores", "verdict"),
    [
        ((7, 8, 9), Appropriateness.APPROPRIATE),
        ((6, 7), Appropriateness.APPROPRIATE),  # 6.5 goes up
        ((6, 6), Appropriateness.UNCERTAIN),
        ((3, 4), Appropriateness.UNCERTAIN),  # 3.5 goes up
        ((3, 3), Appropriateness.INAPPROPRIATE),
        ((1, 2, 2), Appropriateness.INAPPROPRIATE),
        ((4,), Appropriateness.UNCERTAIN),
        ((1,), Appropriateness.INAPPROPRIATE),
    ],
)
def test_the_median_decides_where_nobody_disagrees(scores: tuple[int, ...], verdict: Appropriateness) -> None:
    found = appropriateness(scores)
    assert found.disagreement is False
    assert found.verdict is verdict


def test_a_low_median_with_disagreement_is_uncertain() -> None:
    # P30 1, P70 by type 2 the mean of the 7th and the 8th: 9; IPR 8 against 2.35 + 1.5 * 0.
    found = appropriateness((1, 1, 1, 1, 1, 1, 9, 9, 9, 9), definition=2)
    assert (found.median, found.ipr, found.disagreement) == (1, 8, True)
    assert found.verdict is Appropriateness.UNCERTAIN


def test_a_unanimous_panel_does_not_disagree() -> None:
    # IPR 0; IPRAS 2.35 + 1.5 * 4 = 8.35.
    found = appropriateness([9] * 12)
    assert (found.ipr, found.ipras, found.disagreement_index) == (0, 8.35, 0)


@pytest.mark.parametrize(
    ("raters", "needed"), [(8, 3), (9, 3), (10, 3), (11, 4), (12, 4), (13, 4), (14, 5), (15, 5), (16, 5)]
)
def test_the_classic_count_of_extremes_is_the_manuals(raters: int, needed: int) -> None:
    # Fitch 2001: 8 to 10 raters, at least 3 in 1 to 3 and at least 3 in 7 to 9; 11 to 13: 4; 14 to 16: 5.
    for low, high in ((needed, needed), (needed - 1, needed), (needed, needed - 1)):
        scores = [3] * low + [7] * high + [5] * (raters - low - high)
        found = appropriateness(scores, method="classic")
        assert found.disagreement is (low == high)


def test_missing_ratings_are_left_out_of_n() -> None:
    assert appropriateness([NAN, *SPLIT, NAN]) == appropriateness(SPLIT)


@pytest.mark.parametrize("scores", [[], [NAN, NAN]])
@pytest.mark.parametrize("method", ["ipras", "classic"])
def test_without_ratings_nothing_is_said(scores: list, method: str) -> None:
    found = appropriateness(scores, method=method)  # type: ignore[arg-type]
    assert found.n == 0
    assert (found.median, found.ipras, found.disagreement, found.verdict) == (None, None, None, None)


def test_many_outcomes_are_judged_as_one_by_one() -> None:
    rows = [AGREED, THREE_CAMPS, SPLIT, ()]
    counts = [[row.count(point) for point in range(1, 10)] for row in rows]
    found = appropriateness_of_counts([counts, counts[::-1]])
    assert found.verdict[0].tolist() == ["appropriate", "uncertain", "appropriate", ""]
    assert found.verdict[1].tolist() == ["", "appropriate", "uncertain", "appropriate"]
    assert found.disagreement[0].tolist() == [False, True, False, False]
    assert np.isnan(found.disagreement_index[0, 3])


@pytest.mark.parametrize(
    ("scores", "options", "name"),
    [
        ([0], {}, "scores: "),
        ([10], {}, "scores: "),
        ([7.5], {}, "scores: "),
        ([[7]], {}, "scores: 2 dimensions"),
        ([7], {"definition": 11}, "definition: 11"),
        ([7], {"method": "median"}, "method: 'median'"),
        ([7] * 7, {"method": "classic"}, "method: 'classic' counts"),
    ],
)
def test_what_the_method_cannot_judge_is_named(scores: list, options: dict, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        appropriateness(scores, **options)


def test_counts_of_another_scale_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^counts: shape \(5,\)"):
        appropriateness_of_counts([1, 2, 3, 4, 5])
    with pytest.raises(ValueError, match=r"^counts: "):
        appropriateness_of_counts([-1] * 9)
