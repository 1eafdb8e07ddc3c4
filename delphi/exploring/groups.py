"""Each outcome's share and median by group, side by side: where the groups are furthest apart comes first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.comparison import DifferencesFrom, differences_from
from analysis.report.rating_data import RatingData
from analysis.tables import HIDDEN, Cell, Kind, plain_number, shown
from delphi.exploring.held import Explored, RatedRound
from delphi.exploring.pages import RoundInView, in_view, median_words

SHAPES = ("circle", "square", "diamond", "triangle", "cross")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigure:
    """A group's share and median. `place`: from 0 to 100 on the picture, None where nothing is drawn."""

    share: str
    median: str
    difference: str
    interval: str
    is_apart: bool
    place: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """An outcome with its figures by group; `apart`: the widest difference, `with_whom` it is."""

    code: str
    label: str
    domain: str
    figures: tuple[GroupFigure, ...]
    apart: float | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group with its shape in the pictures. `is_reference`: the others are compared with it."""

    code: str
    label: str
    shape: str
    is_reference: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsPage:
    """`not_done`: what is not there, and why. `box`: whose share it is."""

    round: RoundInView
    groups: tuple[Group, ...]
    reference: str
    box: str
    rows: tuple[OutcomeRow, ...]
    listed: int
    domain: str
    only_apart: bool
    not_done: tuple[str, ...]


def groups_page(
    study: Explored, round_code: str, *, criterion: str | None, against: str, domain: str, only_apart: bool
) -> GroupsPage | None:
    """Return the page; None unless a rating round with that question has closed and somebody answered it."""
    rated = study.round_(round_code, criterion)
    if rated is None:
        return None
    data = rated.data
    reference = reference_of(rated, against)
    found = _differences(data, reference)
    rows = [_row(study, data, at, found) for at in range(len(data.listed))] if found else []
    chosen = [
        row
        for row in rows
        if (not domain or row.domain == domain)
        and (not only_apart or any(figure.is_apart for figure in row.figures))
    ]
    return GroupsPage(
        round=in_view(study, rated),
        groups=tuple(
            Group(
                code=code,
                label=data.group_label(code),
                shape=SHAPES[at % len(SHAPES)],
                is_reference=code == reference,
            )
            for at, code in enumerate(data.counts.groups)
        ),
        reference=data.group_label(reference),
        box=data.deciding_box.label if data.deciding_box else "",
        rows=tuple(sorted(chosen, key=lambda row: -1 if row.apart is None else row.apart, reverse=True)),
        listed=len(rows),
        domain=domain,
        only_apart=only_apart,
        not_done=tuple(_not_done(data)),
    )


def reference_of(rated: RatedRound, against: str) -> str:
    """Return the group that the others are compared with: the one asked for, else the one in focus."""
    groups = rated.data.counts.groups
    return against if against in groups else rated.data.focus or groups[0]


def _differences(data: RatingData, reference: str) -> DifferencesFrom | None:
    box = data.deciding_box
    if box is None or len(data.counts.groups) < 2:
        return None
    mask = np.array([box.holds(point) for point in data.counts.categories])
    place = data.counts.groups.index(reference)
    return differences_from(data.counts.counts, reference=place, box=mask)


def _row(study: Explored, data: RatingData, at: int, found: DifferencesFrom) -> OutcomeRow:
    code = data.listed[at]
    figures = tuple(_figure(data, row, at, found) for row in range(len(data.counts.groups)))
    widest, words = _widest(data, at, found)
    return OutcomeRow(
        code=code,
        label=data.label(code),
        domain=study.outcomes[code].domain,
        figures=figures,
        apart=widest,
        words=words,
    )


def _figure(data: RatingData, row: int, at: int, found: DifferencesFrom) -> GroupFigure:
    if data.hidden[row, at]:
        return GroupFigure(
            share=HIDDEN, median=HIDDEN, difference="", interval="", is_apart=False, place=None
        )
    share, low, high = (plain_number(one[row, at]) for one in (found.share, found.low, found.high))
    compared = row != found.reference and not data.hidden[found.reference, at]
    is_known = compared and isinstance(low, float) and isinstance(high, float)
    return GroupFigure(
        share=shown(share, Kind.SHARE),
        median=median_words(data.statistics.median[row, at]),
        difference=_points(plain_number(found.share_difference[row, at])) if compared else "",
        interval=f"{_points(low)} to {_points(high)}" if is_known else "",
        is_apart=bool(is_known and not found.low[row, at] <= 0 <= found.high[row, at]),
        place=None if share is None else round(100 * float(share), 2),
    )


def _widest(data: RatingData, at: int, found: DifferencesFrom) -> tuple[float | None, str]:
    """Return how far the furthest two shown groups are apart, and in words which they are."""
    shares = [
        (float(found.share[row, at]), data.group_label(group))
        for row, group in enumerate(data.counts.groups)
        if not data.hidden[row, at] and not np.isnan(found.share[row, at])
    ]
    if len(shares) < 2:
        return None, "Fewer than two groups can be shown."
    low, high = min(shares)[0], max(shares)[0]
    apart = high - low
    if not apart:
        return 0.0, "No difference."
    highest, lowest = (" and ".join(label for share, label in shares if share == end) for end in (high, low))
    return apart, f"{100 * apart:.1f} points apart. Highest: {highest}. Lowest: {lowest}."


def _points(share: Cell) -> str:
    """Return a difference in percentage points, with its sign."""
    return "–" if not isinstance(share, float) else f"{100 * share:+.1f}".replace("-", "−")


def _not_done(data: RatingData) -> Sequence[str]:
    told = []
    if data.deciding_box is None:
        told.append("Shares: the scale of this round has no boxes.")
    if len(data.counts.groups) < 2:
        told.append("Differences: the study has one group.")
    hidden = int(data.hidden[:-1].any(axis=0).sum())
    if hidden:
        told.append(
            f"{hidden} of {len(data.listed)} outcomes: a group of fewer than {data.minimum} is hidden, and "
            "what would give it back."
        )
    empty = int((data.counts.n.sum(axis=0) == 0).sum())
    if empty:
        told.append(f"{empty} of {len(data.listed)} outcomes: nobody gave a score.")
    return told
