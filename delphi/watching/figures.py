"""The figures of a running round for programs. No score is in them, and no text that anybody wrote."""

from typing import Any

from delphi.watching.pages import GroupLine, ProgressPage


def figures_of(page: ProgressPage) -> dict[str, Any]:
    """Return the page's numbers; moments are ISO 8601 in UTC, days in the installation's time zone."""
    return {
        "round": page.round.code,
        "state": page.round.state.value,
        "at": page.at.isoformat(),
        "opened_at": page.round.opened_at.isoformat() if page.round.opened_at else None,
        "closed_at": page.round.closed_at.isoformat() if page.round.closed_at else None,
        "closes_at": page.round.closes_at.isoformat() if page.round.closes_at else None,
        "groups": [_group(line) for line in page.groups],
        "everyone": _group(page.everyone),
        "days": [
            {"day": day.day.isoformat(), "started": day.started, "finished": day.finished}
            for day in page.days
        ],
        "stopped_in": [
            {"section": line.number, "domain": line.domain, "people": line.people} for line in page.stops
        ],
        "median_minutes": page.minutes,
        "timed": page.timed,
        "without_score": [
            {
                "outcome": line.code,
                "cannot_say": line.cannot_say,
                "no_opinion": line.no_opinion,
                "skipped": line.skipped,
            }
            for line in page.missing
        ],
    }


def _group(line: GroupLine) -> dict[str, str | int]:
    return {
        "label": line.label,
        "invited": line.invited,
        "opened": line.opened,
        "consented": line.consented,
        "started": line.started,
        "finished": line.finished,
    }
