"""What holds for whoever presses whichever buttons of the ranking page."""

from hypothesis import given
from hypothesis import strategies as st

from delphi.domain.ranking import Move, Order, moved, moves_offered, places_of, read_order

LISTED = tuple(range(1, 8))
PRESSES = st.lists(st.tuples(st.sampled_from(Move), st.sampled_from(LISTED)), max_size=30)
PLACES = st.one_of(st.none(), st.integers(1, 9)).map(lambda asked_for: places_of(len(LISTED), asked_for))


@st.composite
def orders(draw: st.DrawFn) -> tuple[Order, int]:
    """An order and the number of places that it fits in."""
    places = draw(PLACES)
    number = draw(st.integers(0, places))
    return tuple(draw(st.permutations(LISTED))[:number]), places


@given(PRESSES, PLACES)
def test_presses_never_lose_double_or_invent_an_outcome(presses: list[tuple[Move, int]], places: int) -> None:
    order: Order = ()
    for move, outcome_id in presses:
        before, order = order, moved(order, move, outcome_id, places=places)
        assert len(set(order)) == len(order) <= places
        assert set(order) <= set(LISTED)
        others = [one for one in before if one != outcome_id]
        if move in (Move.PUT, Move.OUT):
            assert [one for one in order if one != outcome_id] == others
        else:
            assert sorted(order) == sorted(before)


@given(orders(), st.sampled_from(LISTED))
def test_what_is_offered_changes_the_order_and_nothing_else_does(
    given_order: tuple[Order, int], outcome_id: int
) -> None:
    order, places = given_order
    offered = moves_offered(order, outcome_id, places=places)
    assert offered == {move for move in Move if moved(order, move, outcome_id, places=places) != order}


@given(orders(), st.sampled_from(LISTED), st.sampled_from([(Move.UP, Move.DOWN), (Move.DOWN, Move.UP)]))
def test_there_and_back_is_where_it_was(
    given_order: tuple[Order, int], outcome_id: int, moves: tuple[Move, Move]
) -> None:
    order, places = given_order
    there = moved(order, moves[0], outcome_id, places=places)
    if there != order:
        assert moved(there, moves[1], outcome_id, places=places) == order


@given(orders())
def test_a_form_brings_back_what_it_was_given(given_order: tuple[Order, int]) -> None:
    order, places = given_order
    assert read_order(" ".join(map(str, order)), listed=LISTED, places=places) == order


@given(orders(), st.permutations(LISTED))
def test_every_order_can_be_reached(given_order: tuple[Order, int], wanted: list[int]) -> None:
    order, places = given_order
    for outcome_id in order:
        order = moved(order, Move.OUT, outcome_id, places=places)
    for outcome_id in wanted[:places]:
        order = moved(order, Move.PUT, outcome_id, places=places)
    assert order == tuple(wanted[:places])
