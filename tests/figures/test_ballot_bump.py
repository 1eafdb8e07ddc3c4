"""Places from ballot to ballot."""

import pytest
from matplotlib.figure import Figure

from analysis.figures.ballot_bump import Ballots, OutcomePlaces, ballot_bump
from tests.figures.gallery import CAPTION
from tests.figures.reading import lines_of, marks_in, svg_of, texts_of, words_of


def drawn(*places: tuple[int | None, ...], cut: int | None = None, go_on: str = "") -> Figure:
    """Outcomes A, B, … with their places."""
    rows = tuple(OutcomePlaces(name, own, name in go_on) for name, own in zip("ABCDEF", places, strict=False))
    ballots = tuple(f"Ballot {at + 1}" for at in range(len(places[0])))
    return ballot_bump(Ballots(ballots, rows, cut), caption=CAPTION)


def marks_of(figure: Figure) -> list[tuple[float, float]]:
    """Where the marks stand, without those of the key."""
    rows = [marks_in([line]) for line in lines_of(figure) if line.get_marker() == "o"]
    return [mark for row in rows if len(row) > 1 for mark in row]


def test_tied_outcomes_stand_side_by_side_half_way_between_their_rows() -> None:
    marks = sorted(marks_of(drawn((1, 1), (2, 2), (3, 2))))
    first, last = marks[:3], marks[3:]
    rows = sorted(y for _, y in first)
    assert sorted(y for _, y in last) == pytest.approx([rows[0], *[(rows[1] + rows[2]) / 2] * 2])
    assert len({x for x, _ in last}) == 3


def test_places_stand_beside_names_at_both_ends_and_ties_are_marked() -> None:
    words = words_of(drawn((1, 1), (2, 2), (3, 2)))
    assert "A 1 B 2 C 3" in words
    assert "A 1 B 2= C 2=" in words


def test_tied_outcomes_keep_the_order_of_the_ballot_before() -> None:
    assert "B 1= A 1=" in words_of(drawn((2, 1), (1, 1)))


def test_whoever_is_tied_at_the_cut_is_above_the_line() -> None:
    figure = drawn((1, 1), (2, 2), (3, 2), (4, 4), cut=2)
    cut = marks_in([line for line in lines_of(figure) if line.is_dashed()])[-1][1]
    letters = [text for text in texts_of(figure) if text.get_text() in "ABCD"]
    names = {text.get_text(): text.get_position()[1] for text in letters}
    assert max(names["A"], names["B"], names["C"]) < cut < names["D"] + 4
    assert "cut after place 2 of the last ballot" in words_of(figure)


def test_without_a_cut_no_line_is_explained() -> None:
    assert "cut after" not in words_of(drawn((1, 1), (2, 2)))


def test_an_outcome_without_a_place_is_named_and_has_no_mark() -> None:
    figure = drawn((1, 1), (2, None))
    assert "A 1 B –" in words_of(figure)
    assert len(marks_of(figure)) == 3


def test_those_that_go_on_are_bold_and_described() -> None:
    figure = drawn((1, 2), (2, 1), (3, 3), go_on="AB")
    bold = {text.get_text() for text in texts_of(figure) if text.get_fontweight() == "bold"}
    assert {"A", "B"} <= bold
    assert "C" not in bold
    assert "go on: B; A." in (svg_of(figure)[1].text or "")


@pytest.mark.parametrize(
    ("ballots", "places", "cut", "message"),
    [
        (("One",), (1,), None, "^ballots: 1 given"),
        (("One", "Two"), None, None, "^outcomes: there is none"),
        (("One", "Two"), (1,), None, "^outcomes: 'A' has not one place for each ballot"),
        (("One", "Two"), (1, 0), None, "^outcomes: 'A' has a place below 1"),
        (("One", "Two"), (1, 1), 0, "^cut: 0 is below 1"),
    ],
)
def test_places_that_make_no_sense_are_refused(
    ballots: tuple[str, ...], places: tuple[int, ...] | None, cut: int | None, message: str
) -> None:
    rows = () if places is None else (OutcomePlaces("A", places, True),)
    with pytest.raises(ValueError, match=message):
        Ballots(ballots, rows, cut)
