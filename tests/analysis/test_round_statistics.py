"""All measures of a round at once: a small round by hand, rows, boxes, and nobody."""

import numpy as np
import pytest

from analysis.counts import ResponseCounts
from analysis.dispersion import van_der_eijk_a
from analysis.rand_ucla import appropriateness
from analysis.round_statistics import EVERYONE, RoundStatistics, round_statistics
from tests.analysis.builders import AGREE, DISAGREE, SCALE_POINTS

NAN = float("nan")
# Of the survivors 7 8 9 9 and of the providers 1 8 rated o1; o2 one survivor, with 5; o3 nobody.
SURVIVORS, PROVIDERS = (7, 8, 9, 9), (1, 8)


def small_round(categories: range = SCALE_POINTS) -> ResponseCounts:
    rows = [
        *(("survivors", "o1", score, None, 1) for score in SURVIVORS),
        *(("providers", "o1", score, None, 1) for score in PROVIDERS),
        ("survivors", "o2", 5, None, 1),
        ("survivors", "o2", None, "cannot_say", 3),
    ]
    return ResponseCounts.from_rows(
        rows, groups=("survivors", "providers"), outcomes=("o1", "o2", "o3"), categories=categories
    )


@pytest.fixture
def found() -> RoundStatistics:
    return round_statistics(small_round(), boxes=(AGREE, DISAGREE))


def test_groups_come_first_and_everyone_last(found: RoundStatistics) -> None:
    assert found.rows == ("survivors", "providers", EVERYONE)
    assert found.outcomes == ("o1", "o2", "o3")
    np.testing.assert_array_equal(found.n, [[4, 1, 0], [2, 0, 0], [6, 1, 0]])


def test_each_box_is_counted_and_shared_out(found: RoundStatistics) -> None:
    assert found.boxes == ("agree", "low")
    np.testing.assert_array_equal(found.in_box[0], [[4, 0, 0], [1, 0, 0], [5, 0, 0]])
    np.testing.assert_array_equal(found.in_box[1], [[0, 0, 0], [1, 0, 0], [1, 0, 0]])
    np.testing.assert_array_equal(found.shares[0], [[1, 0, NAN], [0.5, NAN, NAN], [5 / 6, 0, NAN]])


def test_place_and_spread_by_hand(found: RoundStatistics) -> None:
    # Survivors 7 8 9 9: median 8.5; type 7 quartiles at 1 + 3/4 and 1 + 9/4: 7.75 and 9.
    # Everyone 1 7 8 8 9 9: quartiles at 1 + 5/4 and 1 + 15/4: 7.25 and 8.75.
    np.testing.assert_array_equal(found.mean[:, 0], [33 / 4, 9 / 2, 42 / 6])
    np.testing.assert_array_equal(found.median[:, 0], [8.5, 4.5, 8])
    np.testing.assert_array_equal(found.q1[:, 0], [7.75, 2.75, 7.25])
    np.testing.assert_array_equal(found.q3[:, 0], [9, 6.25, 8.75])
    np.testing.assert_array_equal(found.iqr[:, 0], [1.25, 3.5, 1.5])


def test_one_rating_has_a_place_and_no_range_and_nobody_has_either(found: RoundStatistics) -> None:
    for measure, of_one in ((found.mean, 5), (found.median, 5), (found.iqr, NAN), (found.agreement, 1)):
        np.testing.assert_array_equal(measure[:, 1], [of_one, NAN, of_one])
        assert np.isnan(measure[:, 2]).all()


def test_agreement_and_the_rand_verdict_are_those_of_the_functions(found: RoundStatistics) -> None:
    everyone = (*SURVIVORS, *PROVIDERS)
    assert found.agreement[2, 0] == van_der_eijk_a([everyone.count(point) for point in SCALE_POINTS])
    of_rand = found.rand_ucla
    assert of_rand is not None
    for row, scores in enumerate((SURVIVORS, PROVIDERS, everyone)):
        alone = appropriateness(scores)
        assert (of_rand.ipr[row, 0], of_rand.verdict[row, 0]) == (alone.ipr, alone.verdict)
    assert of_rand.verdict[:, 2].tolist() == ["", "", ""]


def test_the_definition_moves_quartiles_and_percentiles_but_no_median() -> None:
    by_2 = round_statistics(small_round(), definition=2)
    # 7 8 9 9: quarters are reached exactly at the first and third: 7.5 and 9. 7.75 by type 7.
    assert (by_2.q1[0, 0], by_2.q3[0, 0]) == (7.5, 9)
    np.testing.assert_array_equal(by_2.median, round_statistics(small_round()).median)


def test_another_scale_has_no_rand_verdict() -> None:
    assert round_statistics(small_round(range(1, 11))).rand_ucla is None
    assert round_statistics(small_round(range(0, 10))).rand_ucla is None


def test_a_round_without_boxes_outcomes_or_groups_has_empty_statistics() -> None:
    assert round_statistics(small_round()).shares.shape == (0, 3, 3)
    nothing = ResponseCounts.empty(groups=("survivors",), outcomes=(), categories=SCALE_POINTS)
    assert round_statistics(nothing, boxes=(AGREE,)).shares.shape == (1, 2, 0)
    nobody = ResponseCounts.empty(groups=(), outcomes=("o1",), categories=SCALE_POINTS)
    found = round_statistics(nobody, boxes=(AGREE,))
    assert found.rows == (EVERYONE,)
    np.testing.assert_array_equal(found.n, [[0]])
    assert np.isnan(found.shares).all()


def test_an_unknown_definition_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^definition: 12"):
        round_statistics(small_round(), definition=12)
