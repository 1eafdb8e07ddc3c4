"""What a study offers on each of its pages: where "Exit this page" leads, help, how to reach its team."""

from collections.abc import Sequence

from flask import g

from analysis.study.taking_part import NEUTRAL_SITE, Leaving, SupportLine

NO_LINES: tuple[SupportLine, ...] = ()


def study_offers(*, leaving: Leaving, support: Sequence[SupportLine], team_contact: str) -> None:
    """Say whose page this is: a study's, with its ways out."""
    g.exit_to, g.support_lines, g.team_contact = leaving.exit_to, tuple(support), team_contact


def exit_to() -> str:
    """The neutral site that "Exit this page" leads to."""
    address: str = g.get("exit_to", NEUTRAL_SITE)
    return address


def support_lines() -> tuple[SupportLine, ...]:
    """Where there is help; () while no study is known."""
    lines: tuple[SupportLine, ...] = g.get("support_lines", NO_LINES)
    return lines


def team_contact() -> str:
    """How to reach the team; "" where the study does not say, and while none is known."""
    contact: str = g.get("team_contact", "")
    return contact


def study_is_known() -> bool:
    """Whether a study has said what it offers."""
    return "exit_to" in g
