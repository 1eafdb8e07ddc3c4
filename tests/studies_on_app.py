"""Loads a study into an app, with somebody in every role."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from analysis.study.study import Study
from delphi.access.staff import add_user, give_role
from delphi.dataset import import_study
from delphi.extensions import db
from delphi.models import Outcome, Panellist, Role, Round
from delphi.web import clock


@dataclass(frozen=True, kw_only=True)
class StudyOnApp:
    """A loaded study: ids of its rounds, panellists and outcomes by code, and of its team by role."""

    study_id: int
    code: str
    rounds: Mapping[str, int]
    panellists: Mapping[str, int]
    outcomes: Mapping[str, int]
    team: Mapping[Role, int]


def load_study(app: Flask, study: Study, *, open_round: str | None) -> StudyOnApp:
    """Import a study and give it a team of one user a role."""
    with app.app_context():
        study_id = import_study(study, by="command line", now=clock.now(), open_round=open_round)
        code = study.protocol.study.code
        return StudyOnApp(
            study_id=study_id,
            code=code,
            rounds=_ids_by_code(Round, study_id),
            panellists=_ids_by_code(Panellist, study_id),
            outcomes=_ids_by_code(Outcome, study_id),
            team={role: _member(role, code=code, study_id=study_id) for role in Role},
        )


def _ids_by_code(table: type[Round | Panellist | Outcome], study_id: int) -> dict[str, int]:
    rows = db.session.execute(select(table.code, table.id).where(table.study_id == study_id))
    return {row.code: row.id for row in rows}


def _member(role: Role, *, code: str, study_id: int) -> int:
    now, address = clock.now(), f"{role.value}@{code.replace('_', '-')}.example"
    user_id = add_user(address, name=role.value.title(), password=None, by="command line", now=now)
    give_role(user_id, study_id=study_id, role=role, by="command line", now=now)
    return user_id
