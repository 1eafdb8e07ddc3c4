"""What a study offers on each of its pages: where "Exit this page" leads, and where there is help."""

from collections.abc import Sequence

from flask import g

from analysis.study.taking_part import NEUTRAL_SITE, Leaving, SupportLine

NO_LINES: tuple[SupportLine, ...] = ()


def study_offers(*, leaving: Leaving, support: Sequence[SupportLine]) -> None:
    """Say whose page this is: a study's, with its ways out."""
    g.exit_to, g.support_lines = leaving.exit_to, tuple(support)


def exit_to() -> str:
    """The neutral site that "Exit this page" leads to."""
    address: str = g.get("exit_to", NEUTRAL_SITE)
    return address


def support_lines() -> tuple[SupportLine, ...]:
    """Where there is help; () while no study is known."""
    lines: tuple[SupportLine, ...] = g.get("support_lines", NO_LINES)
    return lines


def study_is_known() -> bool:
    """Whether a study has said what it offers."""
    return "exit_to" in g
