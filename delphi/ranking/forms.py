"""The form of the ranking page: what came from the browser, read and checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext

from delphi.domain.answers import LONGEST_COMMENT, NotOffered, TooLong, read_comment
from delphi.domain.ranking import Order, moved, moves_offered, read_move, read_order
from delphi.web.language import as_number

ROUND_FIELD = "round"
ORDER_FIELD = "order"
SEEN_ORDER_FIELD = "seen"
MOVE_FIELD = "move"
COMMENT_FIELD = "comment"
SEEN_COMMENT_FIELD = "seen_comment"
GREATEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one field, and how to put it right."""

    field: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a panellist sent; None for what was not sent or could not be read, which is in `faults`.

    `seen_order` and `seen_comment`: the newest that the page knew, 0 for none. `pressed`: the outcome whose
    button was pressed; `goes_on_at`: the element where one goes on, by id. `typed`: the comment as it came.
    """

    order: Order | None = None
    seen_order: int = 0
    pressed: int | None = None
    goes_on_at: str | None = None
    comment: str | None = None
    seen_comment: int = 0
    faults: tuple[Fault, ...] = ()
    typed: str = ""


def read_given(form: Mapping[str, str], *, listed: Collection[int], places: int) -> Given:
    """Read the page's form: the order as the page showed it, changed by the button that was pressed."""
    ordered = _order(form, listed=listed, places=places)
    comment, too_long = _comment(form)
    return replace(
        ordered,
        seen_order=_id_in(form, SEEN_ORDER_FIELD),
        comment=comment,
        seen_comment=_id_in(form, SEEN_COMMENT_FIELD),
        faults=(*ordered.faults, *too_long),
        typed=form.get(COMMENT_FIELD, ""),
    )


def _order(form: Mapping[str, str], *, listed: Collection[int], places: int) -> Given:
    """The order, changed by the button that was pressed, if one was."""
    sent, button = form.get(ORDER_FIELD), form.get(MOVE_FIELD)
    if sent is None:
        return Given()
    try:
        order = read_order(sent, listed=listed, places=places)
        if button is None:
            return Given(order=order)
        move, outcome_id = read_move(button, listed=listed)
    except NotOffered:
        message = gettext("Your last step could not be saved. Look at the order below, then try again.")
        return Given(faults=(Fault(field="placed", message=message),))
    after = moved(order, move, outcome_id, places=places)
    # the same button again, so that it can be pressed twice from the keyboard
    again = move in moves_offered(after, outcome_id, places=places)
    return Given(order=after, pressed=outcome_id, goes_on_at=button if again else f"outcome-{outcome_id}")


def _comment(form: Mapping[str, str]) -> tuple[str | None, tuple[Fault, ...]]:
    typed = form.get(COMMENT_FIELD)
    if typed is None:
        return None, ()
    try:
        return read_comment(typed), ()
    except TooLong as too_long:
        message = gettext(
            "%(text)s: Write %(most)s characters or fewer. You have %(length)s.",
            text=gettext("Your comment"),
            most=as_number(LONGEST_COMMENT),
            length=as_number(too_long.length),
        )
        return None, (Fault(field=COMMENT_FIELD, message=message),)


def _id_in(form: Mapping[str, str], field: str) -> int:
    """The id in a hidden field, 0 for what cannot be one."""
    text = form.get(field, "")
    is_id = text.isascii() and text.isdecimal() and len(text) <= len(str(GREATEST_ID))
    return min(int(text), GREATEST_ID) if is_id else 0
