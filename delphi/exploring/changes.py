"""Each outcome in two rating rounds, side by side: where most people changed their answer comes first."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.report.change_tables import Paired
from analysis.report.rating_data import RatingData
from analysis.tables import HIDDEN, Cell, Kind, Table, shown
from delphi.exploring.held import Explored
from delphi.exploring.pages import RoundInView, in_view, median_words


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFigure:
    """A share and a median in one round. `place`: from 0 to 100 on the picture, None where none is drawn."""

    share: str
    median: str
    place: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """An outcome before and after. `same`, `changed`, `up`, `down`, `direction`, `p`: of the same people."""

    code: str
    label: str
    domain: str
    before: RoundFigure
    after: RoundFigure
    moved: str
    same: str
    changed: str
    up: str
    down: str
    direction: str
    p: str
    order: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """`group`: whose shares and medians it shows, "" for everyone. `not_done`: what is not there, and why."""

    round: RoundInView
    earlier: str
    box: str
    rows: tuple[ChangeRow, ...]
    compared: int
    groups: tuple[tuple[str, str], ...]
    group: str
    domain: str
    notes: tuple[str, ...]
    not_done: tuple[str, ...]


def changes_page(
    study: Explored, round_code: str, *, criterion: str | None, group: str, domain: str
) -> ChangesPage | None:
    """Return the page; None unless a rating round with that question has closed and somebody answered it."""
    rated = study.round_(round_code, criterion)
    if rated is None:
        return None
    data, paired, table = rated.data, rated.paired, rated.changes
    shown_group = group if group in data.counts.groups else ""
    rows = _rows(study, paired, table, shown_group) if paired and table else []
    return ChangesPage(
        round=in_view(study, rated),
        earlier=rated.before.round.label if rated.before else "",
        box=data.deciding_box.label if data.deciding_box else "",
        rows=tuple(
            sorted(
                (row for row in rows if not domain or row.domain == domain),
                key=lambda row: row.order,
                reverse=True,
            )
        ),
        compared=len(rows),
        groups=tuple((code, data.group_label(code)) for code in data.counts.groups),
        group=shown_group,
        domain=domain,
        notes=table.notes if table else (),
        not_done=tuple(_not_done(rated.before, paired)),
    )


def _rows(study: Explored, paired: Paired, table: Table, group: str) -> list[ChangeRow]:
    names = [column.name for column in table.columns]
    found = (dict(zip(names, row, strict=True)) for row in table.rows)
    return [_row(study, paired, str(cells["outcome"]), cells, group) for cells in found]


def _row(study: Explored, paired: Paired, code: str, cells: Mapping[str, Cell], group: str) -> ChangeRow:
    before, after = (_figure(data, code, group) for data in (paired.earlier, paired.later))
    changed, direction = cells["share_changed"], cells["rank_biserial"]
    return ChangeRow(
        code=code,
        label=paired.later.label(code),
        domain=study.outcomes[code].domain,
        before=before,
        after=after,
        moved=_moved(before, after),
        same=shown(cells["n"], Kind.COUNT),
        changed=shown(changed, Kind.SHARE),
        up=shown(cells["share_up"], Kind.SHARE),
        down=shown(cells["share_down"], Kind.SHARE),
        direction=shown(direction, Kind.NUMBER),
        p=shown(cells["wilcoxon_p"], Kind.P_VALUE),
        order=float(changed) if isinstance(changed, float) else -1,
    )


def _figure(data: RatingData, code: str, group: str) -> RoundFigure:
    at = data.listed.index(code)
    row = data.counts.groups.index(group) if group else len(data.counts.groups)
    if data.hidden[row, at]:
        return RoundFigure(share=HIDDEN, median=HIDDEN, place=None)
    share = _share(data, row, at)
    return RoundFigure(
        share=shown(share, Kind.SHARE),
        median=median_words(data.statistics.median[row, at]),
        place=None if share is None else round(100 * share, 2),
    )


def _share(data: RatingData, row: int, at: int) -> float | None:
    """The share within the deciding box, of a group or (the last row) of everyone."""
    box = data.deciding_box
    if box is None:
        return None
    counts = data.counts.counts[:, at]
    numbers = counts.sum(axis=0) if row == len(data.counts.groups) else counts[row]
    inside = np.array([box.holds(point) for point in data.counts.categories])
    total = int(numbers.sum())
    return int(numbers[inside].sum()) / total if total else None


def _moved(before: RoundFigure, after: RoundFigure) -> str:
    if before.place is None or after.place is None:
        return "–"
    return f"{after.place - before.place:+.1f}".replace("-", "−")


def _not_done(before: RatingData | None, paired: Paired | None) -> list[str]:
    if before is None:
        return ["Change between rounds: this is the first rating round that asks this."]
    if paired is None:
        return ["Change between rounds: no outcome was asked in the same words on the same scale."]
    told = [
        "An interval of the difference between the rounds: most of the people are the same in both, so the "
        "usual one would be wrong. How the same people changed is told instead."
    ]
    if paired.later.hidden[:-1].any() or paired.earlier.hidden[:-1].any():
        told.append(
            f"Some figures by group: groups of fewer than {paired.later.minimum} are hidden, and what would "
            "give them back."
        )
    return told
