"""The standing of a panellist whom there is not, for previews: in no table, with no answers."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from flask import g
from sqlalchemy import select

from analysis.study.protocol import Protocol
from delphi.dataset import path_of
from delphi.domain.rounds import RoundState
from delphi.extensions import db
from delphi.models import Outcome, Round, Study
from delphi.standing.facts import RoundFacts, Standing, in_language_of_page

NOBODY = 0  # no row has this id: both databases count from 1


class Stage(StrEnum):
    """How far the made-up panellist has come in the round."""

    NEW = "new"
    DECLINED = "declined"
    AGREED = "agreed"
    FINISHED = "finished"


def made_up_standing(study_id: int, *, round_code: str, group: str, stage: Stage, now: datetime) -> Standing:
    """Where a panellist of a group would stand if the round were open, in the language of the page.

    They have been on the panel from the first round on, and have answered nothing. Reads only. A round that
    has not opened gets the list that it would have if it opened now.
    """
    study = db.session.get_one(Study, study_id)
    protocol, language, texts = in_language_of_page(study_id, protocol_text=study.protocol)
    rounds = tuple(
        _as_open(each, study_id=study_id, stage=stage, now=now)
        if each.definition.code == round_code
        else each
        for each in _rounds(study_id, protocol=protocol)
    )
    return Standing(
        panellist_id=NOBODY,
        code="",
        study_id=study_id,
        protocol=protocol,
        language=language,
        texts=texts,
        wordings_version=study.wordings_version,
        is_confirmed=True,
        group=protocol.group(group),
        withdrawn=False,
        joined=0,
        rounds=rounds,
        is_made_up=True,
    )


def stand_in(standing: Standing) -> None:
    """Let the views of panellists' pages see this standing, for the rest of the request."""
    g.made_up_standing = standing


def standing_that_stands_in() -> Standing | None:
    """The made-up standing of this request, None where there is none."""
    standing: Standing | None = g.get("made_up_standing")
    return standing


def _rounds(study_id: int, *, protocol: Protocol) -> tuple[RoundFacts, ...]:
    query = select(Round.id, Round.code, Round.opened_at, Round.closed_at, Round.closes_at)
    return tuple(
        RoundFacts(
            round_id=row.id,
            definition=protocol.round(row.code),
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            closes_at=row.closes_at,
            agreed=None,
            agreed_once=False,
            finished_at=None,
        )
        for row in db.session.execute(query.where(Round.study_id == study_id).order_by(Round.position))
    )


def _as_open(round_: RoundFacts, *, study_id: int, stage: Stage, now: datetime) -> RoundFacts:
    agreed = stage in (Stage.AGREED, Stage.FINISHED)
    not_opened = round_.state is RoundState.NOT_OPENED
    return replace(
        round_,
        opened_at=round_.opened_at or now,
        closed_at=None,
        agreed=None if stage is Stage.NEW else agreed,
        agreed_once=agreed,
        finished_at=now if stage is Stage.FINISHED else None,
        planned=_list_if_opened_now(study_id) if not_opened else None,
    )


def _list_if_opened_now(study_id: int) -> tuple[int, ...]:
    query = select(Outcome.code, Outcome.id).where(Outcome.study_id == study_id)
    ids = dict(db.session.execute(query).all())
    return tuple(ids[code] for code in path_of(study_id).final)
