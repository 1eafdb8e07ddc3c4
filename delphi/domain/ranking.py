"""An order of outcomes: how it is read from a form, and how one press of a button changes it."""

from collections.abc import Collection
from enum import StrEnum

from delphi.domain.answers import NotOffered

Order = tuple[int, ...]


class Move(StrEnum):
    """What a button does with one outcome."""

    PUT = "put"
    UP = "up"
    DOWN = "down"
    OUT = "out"


def places_of(number_listed: int, asked_for: int | None) -> int:
    """How many places there are to fill: those that a round asks for, or one for each outcome of its list."""
    return number_listed if asked_for is None else min(asked_for, number_listed)


def read_order(text: str, *, listed: Collection[int], places: int) -> Order:
    """Read an order such as "12 5 7", first place first, "" for none.

    Raises NotOffered unless each is an outcome of the list, none is there twice and all have a place.
    """
    try:
        order = tuple(int(number) for number in text.split())
    except ValueError as error:
        raise NotOffered("an order is numbers of outcomes") from error
    if len(set(order)) < len(order) or not set(order) <= set(listed) or len(order) > places:
        raise NotOffered("an order holds outcomes of the list, each once, and no more than there are places")
    return order


def read_move(text: str, *, listed: Collection[int]) -> tuple[Move, int]:
    """Read a button's value such as "up-12"; raises NotOffered for anything else."""
    name, _, number = text.partition("-")
    for outcome_id in listed:
        if number == str(outcome_id) and name in frozenset(Move):
            return Move(name), outcome_id
    raise NotOffered("a move is one of ours, of an outcome of the list")


def moves_offered(order: Order, outcome_id: int, *, places: int) -> frozenset[Move]:
    """Which moves change something; assets/ranking.js has the same rule."""
    if outcome_id not in order:
        return frozenset({Move.PUT}) if len(order) < places else frozenset()
    offered = {Move.OUT, Move.UP, Move.DOWN}
    if order[0] == outcome_id:
        offered.remove(Move.UP)
    if order[-1] == outcome_id:
        offered.remove(Move.DOWN)
    return frozenset(offered)


def moved(order: Order, move: Move, outcome_id: int, *, places: int) -> Order:
    """The order after one press; the same where the move is not offered."""
    if move not in moves_offered(order, outcome_id, places=places):
        return order
    if move is Move.PUT:
        return (*order, outcome_id)
    at = order.index(outcome_id)
    rest = order[:at] + order[at + 1 :]
    if move is Move.OUT:
        return rest
    at += -1 if move is Move.UP else 1
    return (*rest[:at], outcome_id, *rest[at:])
