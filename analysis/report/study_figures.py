"""The figures of a whole study and of its workshops."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from analysis.attrition import AttritionStep, LeaverComparison
from analysis.figures.attrition_flow import AttritionRow, attrition_flow
from analysis.figures.ballot_bump import Ballots, OutcomePlaces, ballot_bump
from analysis.figures.drawing import Caption
from analysis.figures.leavers import Leavers, LeaversGroup, leavers
from analysis.figures.path_flow import PathStage, path_flow
from analysis.path import StudyPath
from analysis.report.rating_data import RatingData
from analysis.report.study_tables import hidden_leavers
from analysis.report.workshop_tables import CastBallot, ranks_by_ballot
from analysis.study.rounds import BallotList
from analysis.study.study import Study


def path_figure(study: Study, path: StudyPath) -> Figure:
    """Draw what each round did to the list."""
    stages = tuple(
        PathStage(
            label=stage.label,
            outcomes_in=stage.outcomes_in,
            kept=stage.kept,
            merged=stage.merged,
            merged_into=stage.merged_into,
            dropped=stage.dropped,
            added=stage.added,
            outcomes_out=stage.outcomes_out,
            split=len(stage.arithmetic.split),
            split_into=len(stage.arithmetic.split_into),
            note=f"{stage.respondents} people",
        )
        for stage in path.stages
    )
    rule = "Each round by its own rule; only “out” ends an outcome; merging and adding by the lineage."
    note = study.protocol.study.note
    caption = Caption("What became of the outcomes?", _people(study), rule, synthetic=note)
    return path_flow(stages, caption=caption)


def attrition_figure(study: Study, steps: Sequence[AttritionStep]) -> Figure:
    """Draw who answered each round, group by group."""
    groups = (None, *study.protocol.group_codes)
    rows = [
        AttritionRow(
            group="Everyone" if step.group is None else study.protocol.group(step.group).label,
            round=study.protocol.round(step.round).label,
            responded=step.responded,
            retained=step.retained,
            lost=step.lost,
            returned=step.returned,
            joined=step.joined,
        )
        for group in groups
        for step in steps
        if step.group == group
    ]
    note = study.protocol.study.note if "panel" in study.protocol.study.synthetic else ""
    rule = "Any answer that was on time counts."
    caption = Caption("Who answered, stayed, left and came back?", _people(study), rule, synthetic=note)
    return attrition_flow(rows, caption=caption, minimum=study.protocol.feedback.minimum_group_size)


def leavers_figure(data: RatingData, later: str, found: Sequence[LeaverComparison]) -> Figure:
    """Draw the mean scores of those who stayed beside those who left, of groups that may be shown."""
    hidden = hidden_leavers(data, found)
    groups = tuple(
        LeaversGroup(data.group_label(one.group).capitalize(), one.means_stayed, one.means_left)
        for one in found
        if one.group not in hidden and (one.n_stayed or one.n_left)
    )
    scores = Leavers(groups, low=data.scale.low, high=data.scale.high, minimum=data.minimum)
    caption = Caption(
        f"Had those who left after {data.round.label} rated otherwise?",
        f"{found[0].n_stayed} stayed and {found[0].n_left} left",
        f"Left: answered {data.round.label} and not {later}. A dot is one person's mean score.",
        synthetic=data.synthetic,
        note="Groups that are too small to be shown are left out, and whatever would give them back."
        if hidden
        else "",
    )
    return leavers(scores, caption=caption)


def ballots_figure(
    cast: Sequence[CastBallot], labels: Sequence[str], *, goes_on: Sequence[bool], caption: Caption
) -> Figure:
    """Draw how places moved from ballot to ballot; ValueError with fewer than two top lists."""
    tops = [one.ballot.label for one in cast if one.ballot.list is not BallotList.BOTTOM]
    ranks = ranks_by_ballot(cast, len(labels))
    outcomes = tuple(
        OutcomePlaces(label, tuple(one[at] for one in ranks), stays)
        for at, (label, stays) in enumerate(zip(labels, goes_on, strict=True))
    )
    return ballot_bump(Ballots(tuple(tops), outcomes), caption=caption)


def _people(study: Study) -> str:
    return f"{len(study.panel)} people in the panel"
