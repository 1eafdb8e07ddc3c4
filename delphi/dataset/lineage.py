"""Outcomes, decisions and the path of a study, as the statistics take them."""

from collections import defaultdict

from sqlalchemy import select

from analysis.path import StudyPath, study_path
from analysis.study import records
from delphi.dataset.evidence import closed_evidence
from delphi.dataset.protocols import protocol_of
from delphi.extensions import db
from delphi.models import LineageMember, LineageStep, Outcome, Round, Side, Study


def outcomes_of(study_id: int) -> tuple[records.Outcome, ...]:
    """Return every outcome that ever existed in the study, in the order of its table."""
    columns = (
        Outcome.code,
        Outcome.label,
        Outcome.descriptor,
        Outcome.domain,
        Outcome.provenance,
        Outcome.reason,
        Outcome.plain,
    )
    query = select(*columns).where(Outcome.study_id == study_id).order_by(Outcome.position, Outcome.id)
    return tuple(records.Outcome(*row) for row in db.session.execute(query))


def lineage_of(study_id: int) -> tuple[records.LineageStep, ...]:
    """Return the study's decisions in their order."""
    members = _members(study_id)
    query = (
        select(LineageStep, Round.code)
        .join(Round, Round.id == LineageStep.round_id)
        .where(LineageStep.study_id == study_id)
        .order_by(LineageStep.position)
    )
    return tuple(
        records.LineageStep(
            after=round_code,
            action=step.action,
            sources=tuple(members[step.id, Side.FROM]),
            results=tuple(members[step.id, Side.TO]),
            reason=step.reason,
            evidence=step.evidence,
            provenance=step.provenance,
            told=step.told,
        )
        for step, round_code in db.session.execute(query)
    )


def path_of(study_id: int) -> StudyPath:
    """Return the study's path over the rounds that have closed: an open round decides nothing yet."""
    protocol = protocol_of(db.session.get_one(Study, study_id))
    return study_path(protocol, outcomes_of(study_id), lineage_of(study_id), closed_evidence(study_id))


def _members(study_id: int) -> dict[tuple[int, Side], list[str]]:
    query = (
        select(LineageMember.step_id, LineageMember.side, Outcome.code)
        .join(LineageStep, LineageStep.id == LineageMember.step_id)
        .join(Outcome, Outcome.id == LineageMember.outcome_id)
        .where(LineageStep.study_id == study_id)
        .order_by(LineageMember.position)
    )
    members: dict[tuple[int, Side], list[str]] = defaultdict(list)
    for step_id, side, code in db.session.execute(query):
        members[step_id, side].append(code)
    return members
