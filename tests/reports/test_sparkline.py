"""A group's answers as a row of tiny bars."""

from delphi.reports.sparkline import HEIGHT, sparkline


def test_bars_stand_for_shares_and_those_in_the_box_are_apart() -> None:
    # 1, 0 and 3 of 4 people chose 1, 2 and 3; the tallest bar of the row is 3/4
    drawn = sparkline([1, 0, 3], low=1, box=range(3, 4), tallest=0.75)
    assert drawn.outside == "M0 20v-7h5v7z"  # a third of the height
    assert drawn.inside == f"M12 20v-{HEIGHT}h5v{HEIGHT}z"
    assert (drawn.width, drawn.height) == (17, 20)


def test_a_single_answer_among_many_can_be_seen() -> None:
    assert sparkline([1, 999], low=1, box=range(0), tallest=0.999).outside.startswith("M0 20v-1h5")
