"""How far each person of a panel is: the facts in a few statements, however large the panel.

The answers of a round are counted only for those who have not said that they finished.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from sqlalchemy import Select, case, func, select

from analysis.study.protocol import Protocol
from delphi.access.bounced import bounced_panellists
from delphi.dataset.answers import who_answered_without_rating
from delphi.dataset.questions_answered import questions_answered
from delphi.dataset.wishes import wishes_of
from delphi.domain.panel_status import PanelFacts, PanelStatus, status_of
from delphi.domain.response import Response, response_of
from delphi.domain.rounds import RoundState, state_of
from delphi.extensions import db
from delphi.models import (
    Consent,
    EntryMode,
    Finish,
    LinkKind,
    ListedOutcome,
    Panellist,
    Reminders,
    Round,
    SignInLink,
    StakeholderGroup,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRound:
    """The round that is open: `of` answers are asked for, 0 where there is nothing to count.

    `since`: when the round before it closed, None where there was none.
    """

    round_id: int
    code: str
    of: int
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonProgress:
    """Somebody of the panel. `answered`: of the open round; 0 also for who said that they finished."""

    panellist_id: int
    code: str
    group: str
    status: PanelStatus
    answered: int
    finish_entered: bool
    is_confirmed: bool


def open_round_of(study_id: int, protocol: Protocol) -> OpenRound | None:
    """Return the study's open round, None when none is."""
    query = select(Round.id, Round.code, Round.opened_at, Round.closed_at).where(Round.study_id == study_id)
    before: datetime | None = None
    for round_ in db.session.execute(query.order_by(Round.position)):
        if state_of(round_.opened_at, round_.closed_at) is RoundState.OPEN:
            listed = select(func.count()).where(ListedOutcome.round_id == round_.id)
            of = len(protocol.round(round_.code).criteria) * (db.session.scalar(listed) or 0)
            return OpenRound(round_id=round_.id, code=round_.code, of=of, since=before)
        before = round_.closed_at or before
    return None


def progress_of(study_id: int, *, round_: OpenRound | None, today: date) -> tuple[PersonProgress, ...]:
    """Return everybody on the panel, in its order, with where they stand in the open round, if one is."""
    invited, opened = _links(study_id, since=round_.since if round_ else None)
    paused = {
        panellist_id
        for panellist_id, wish in wishes_of(study_id).items()
        if wish.as_of(today).reminders is Reminders.PAUSED
    }
    bounced = bounced_panellists(
        study_id, keys=current_app.config["CONTACT_KEYS"], secret=str(current_app.secret_key)
    )
    agreed = _consents(round_.round_id) if round_ else {}
    answered = _answered(study_id, round_.round_id) if round_ and round_.of else {}
    began = _began(round_.round_id) | set(answered) if round_ else set()
    people = []
    for id_, code, group, confirmed, withdrew, joined, by_link, said in db.session.execute(
        _everyone(study_id, round_.round_id if round_ else 0)
    ):
        number = answered.get(id_, 0)
        came = by_link is not None and (round_ is None or joined == round_.round_id)
        facts = PanelFacts(
            withdrew=withdrew is not None,
            paused=id_ in paused,
            invited=id_ in invited,
            bounced=id_ in bounced,
            opened=id_ in opened or came,
            agreed=agreed.get(id_),
            response=_response(round_, began=id_ in began, answered=number, said=said),
        )
        people.append(
            PersonProgress(
                panellist_id=id_,
                code=code,
                group=group,
                status=status_of(facts),
                answered=number,
                finish_entered=said not in (None, EntryMode.SELF),
                is_confirmed=confirmed is not None,
            )
        )
    return tuple(people)


def _response(
    round_: OpenRound | None, *, began: bool, answered: int, said: EntryMode | None
) -> Response | None:
    if round_ is None:
        return None
    return response_of(began=began, answered=answered, of=round_.of, said_finished=said is not None)


def _everyone(
    study_id: int, round_id: int
) -> Select[int, str, str, datetime | None, int | None, int, str | None, EntryMode | None]:
    return (
        select(
            Panellist.id,
            Panellist.code,
            StakeholderGroup.code,
            Panellist.group_confirmed_at,
            Panellist.withdrew_round_id,
            Panellist.joined_round_id,
            Panellist.join_form,
            Finish.entered,
        )
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .outerjoin(Finish, (Finish.panellist_id == Panellist.id) & (Finish.round_id == round_id))
        .where(Panellist.study_id == study_id)
        .order_by(Panellist.position, Panellist.id)
    )


def _answered(study_id: int, round_id: int) -> Mapping[int, int]:
    """How many questions each has answered who has not said that they finished; who has none is left out."""
    finished = select(Finish.panellist_id).where(Finish.round_id == round_id)
    return questions_answered(study_id, round_id, without=finished)


def _began(round_id: int) -> set[int]:
    found = who_answered_without_rating([round_id]).subquery()
    return set(db.session.scalars(select(found.c.panellist_id)))


def _consents(round_id: int) -> Mapping[int, bool]:
    newest = select(func.max(Consent.id)).where(Consent.round_id == round_id).group_by(Consent.panellist_id)
    query = select(Consent.panellist_id, Consent.agreed).where(Consent.id.in_(newest))
    return dict(db.session.execute(query).all())


def _links(study_id: int, *, since: datetime | None) -> tuple[set[int], set[int]]:
    """Who has had a link or code from the team since then, and who has used one, also one of their own."""
    by_team = case((SignInLink.kind != LinkKind.COME_BACK, SignInLink.created_at))
    query = (
        select(SignInLink.panellist_id, func.max(by_team), func.max(SignInLink.used_at))
        .join(Panellist, Panellist.id == SignInLink.panellist_id)
        .where(Panellist.study_id == study_id)
        .group_by(SignInLink.panellist_id)
    )
    rows = db.session.execute(query).all()
    invited = {id_ for id_, made, _ in rows if made is not None and (since is None or made >= since)}
    opened = {id_ for id_, _, used in rows if used is not None and (since is None or used >= since)}
    return invited, opened
