"""Which pages a preview shows, how far its made-up panellist has come on each, and where a button leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from delphi.domain.sections import Section
from delphi.standing.made_up import Stage

START = "rate/welcome"
# The pages that are about a round, not about one person; their views are called for GET only.
STAGES = {
    "joining.welcome": Stage.NEW,
    "joining.consent": Stage.NEW,
    "joining.declined": Stage.DECLINED,
    "joining.about_you": Stage.AGREED,
    "changes.start": Stage.AGREED,
    "changes.changes": Stage.AGREED,
    "rating.start": Stage.AGREED,
    "rating.section": Stage.AGREED,
    "rating.finish": Stage.AGREED,
    "ranking.order": Stage.AGREED,
    "rating.done": Stage.FINISHED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button on a page of the preview: where its form goes, what the button says is next, yes or no."""

    endpoint: str
    arguments: Mapping[str, int]
    next: str
    agrees: bool


def page_after(pressed: Pressed, *, asks_about_oneself: bool, sections: Sequence[Section]) -> str:
    """The page that a panellist would come to, without the slash before it; answers play no part."""
    if pressed.endpoint == "joining.consent" and not pressed.agrees:
        return "rate/declined"
    if pressed.endpoint == "joining.consent":
        return "rate/about-you" if asks_about_oneself else "rate/since"
    if pressed.endpoint == "rating.save_section":
        number = pressed.arguments["number"]
        ends = pressed.next == "list" or number >= len(sections)
        return "rate/finish" if ends else f"rate/section/{number + 1}"
    if pressed.endpoint == "rating.say_finished":
        return "rate/finish" if pressed.next == "save" else "rate/done"
    if pressed.endpoint == "ranking.save":
        return "rate/done" if pressed.next == "finish" else "rate/order"
    return {"joining.go_on": "rate/consent", "joining.about_you": "rate/since"}.get(pressed.endpoint, START)
