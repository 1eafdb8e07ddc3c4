"""Who stayed and who left, group by group; how those who left had rated; what they could have changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.attrition import AttritionStep, LeaverComparison
from analysis.report.rating_data import RatingData
from analysis.report.study_tables import attrition_table
from analysis.tables import Table
from delphi.exploring.held import Explored, RatedRound
from delphi.exploring.pages import verdict

EVERYONE = "Everyone"
ROBUST = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of 100 wide: people lost to the left of `zero`, those who answered to the right of it."""

    zero: float
    lost: float
    retained: float
    returned: float
    joined: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """A group in one round, with its bar."""

    round: str
    step: AttritionStep
    bar: Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowGroup:
    """A group, round by round."""

    label: str
    rows: tuple[FlowRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """An outcome's verdict as answered, and had those who are missing rated it lowest or highest."""

    code: str
    label: str
    absent: int
    verdict: str
    worst: str
    best: str
    is_robust: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """The kept list in both cases; `rows`: those that could change first."""

    kept: int
    always: int
    perhaps: int
    robust: int
    rows: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaversPart:
    """Between two rating rounds: a sentence a group, the report's table, and both cases (None: no rule)."""

    earlier: str
    code: str
    label: str
    sentences: tuple[str, ...]
    leavers: Table
    cases: Cases | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttritionPage:
    """A study's people over its closed rounds."""

    study: str
    study_title: str
    synthetic: str
    groups: tuple[FlowGroup, ...]
    parts: tuple[LeaversPart, ...]
    smallest_group: int


def attrition_page(study: Explored) -> AttritionPage:
    """Return the page, without rows where no round has closed."""
    identity = study.protocol.study
    return AttritionPage(
        study=identity.code,
        study_title=identity.title,
        synthetic=study.synthetic,
        groups=_groups(study, study.steps),
        parts=tuple(_part(study, rated) for rated in _with_a_round_before(study)),
        smallest_group=study.protocol.feedback.minimum_group_size,
    )


def flow_file(study: Explored) -> Table:
    """Return the flow as the report has it."""
    return attrition_table(study.protocol, study.steps)


def _with_a_round_before(study: Explored) -> list[RatedRound]:
    found = (study.round_(one.code) for one in study.rated)
    return [rated for rated in found if rated and rated.before and rated.before.matrix.panellists]


def _groups(study: Explored, steps: Sequence[AttritionStep]) -> tuple[FlowGroup, ...]:
    left, right = (max((one(step) for step in steps), default=0) for one in (_lost, _responded))
    unit = 100 / max(left + right, 1)
    return tuple(
        FlowGroup(
            label=EVERYONE if group is None else study.protocol.group(group).label,
            rows=tuple(
                FlowRow(
                    round=study.protocol.round(step.round).label,
                    step=step,
                    bar=_bar(step, zero=left * unit, unit=unit),
                )
                for step in steps
                if step.group == group
            ),
        )
        for group in (None, *study.protocol.group_codes)
        if steps
    )


def _lost(step: AttritionStep) -> int:
    return step.lost


def _responded(step: AttritionStep) -> int:
    return step.responded


def _bar(step: AttritionStep, *, zero: float, unit: float) -> Bar:
    lost, retained, returned, joined = (
        round(number * unit, 2) for number in (step.lost, step.retained, step.returned, step.joined)
    )
    return Bar(zero=round(zero, 2), lost=lost, retained=retained, returned=returned, joined=joined)


def _part(study: Explored, rated: RatedRound) -> LeaversPart:
    if rated.before is None:
        raise ValueError("rated: no rating round came before")
    found, hidden, table = study.leavers(rated)
    return LeaversPart(
        earlier=rated.before.round.label,
        code=rated.data.round.code,
        label=rated.data.round.label,
        sentences=tuple(
            _sentence(rated.before, one, is_hidden=one.group in hidden)
            for one in sorted(found, key=lambda one: one.group is not None)
        ),
        leavers=table,
        cases=_cases(rated.cases) if rated.cases else None,
    )


def _sentence(before: RatingData, one: LeaverComparison, *, is_hidden: bool) -> str:
    """Return how those who left had rated, beside those who stayed."""
    label = EVERYONE if one.group is None else before.group_label(one.group)
    start = f"{label}: {one.n_stayed} stayed and {one.n_left} left."
    if not one.n_left:
        return f"{start} There is nothing to compare."
    if is_hidden:
        return f"{start} Their scores are hidden: so few could be told."
    difference, chance = one.difference, one.test.probability_of_superiority
    if difference.estimate is None or chance is None:
        return f"{start} It cannot be computed: one side gave no score."
    points, way = abs(difference.estimate), "higher" if difference.estimate > 0 else "lower"
    apart = f"{points:.2f} points {way} than" if round(points, 2) else "as high as"
    interval = (
        "Too few people for an interval."
        if difference.low is None or difference.high is None
        else f"The 95 % interval goes from {_signed(difference.low)} to {_signed(difference.high)} points"
        + (
            " and holds 0: it is open whether they differed."
            if difference.low <= 0 <= difference.high
            else "; it does not hold 0."
        )
    )
    return (
        f"{start} Those who stayed had rated {apart} those who left. {interval} Of pairs of one who stayed "
        f"and one who left, the one who stayed had rated higher in {100 * chance:.0f} % (ties half): "
        f"{effect_words(chance)}."
    )


def _signed(points: float) -> str:
    return f"{points:.2f}".replace("-", "−")


def effect_words(chance: float) -> str:
    """Return how large a probability of superiority is, by the steps of Vargha and Delaney (2000)."""
    distance = round(max(chance, 1 - chance), 10)
    steps = ((0.71, "a large difference"), (0.64, "a middling difference"), (0.56, "a small difference"))
    return next((words for least, words in steps if distance >= least), "hardly any difference")


def _cases(table: Table) -> Cases:
    rows = tuple(
        CaseRow(
            code=str(code),
            label=str(label),
            absent=int(absent or 0),
            verdict=verdict(own),
            worst=verdict(worst),
            best=verdict(best),
            is_robust=robust == ROBUST,
        )
        for code, label, absent, own, worst, best, robust in table.rows
    )
    kept = [row for row in rows if row.verdict == "In"]
    return Cases(
        kept=len(kept),
        always=sum(row.worst == "In" == row.best for row in kept),
        perhaps=sum("In" in (row.worst, row.best) for row in rows if row.verdict != "In"),
        robust=sum(row.is_robust for row in rows),
        rows=tuple(sorted(rows, key=lambda row: row.is_robust)),
    )
