"""What people do who come in. One audit row and one commit each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from analysis.study.rounds import SectionOrder
from delphi import audit
from delphi.access.codes import make_code
from delphi.access.current import SignedInPanellist, load_panellist
from delphi.domain.section_order import drawn_order
from delphi.extensions import db
from delphi.joining.pages import JoinPage
from delphi.joining.queries import told_so_far
from delphi.joining.wordings import Wording
from delphi.models import (
    Channel,
    Consent,
    ContactWish,
    EntryMode,
    Hours,
    LinkKind,
    Panellist,
    ProfileAnswer,
    Reminders,
    ShownOrder,
    StakeholderGroup,
    Study,
)
from delphi.standing import RoundFacts, Standing, list_of
from delphi.standing.writing import begin_writing, require_still_here


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAnswer:
    """An answer to the consent question; `wording`: everything that was asked, in the language shown."""

    agreed: bool
    wording: Wording
    entered: EntryMode = EntryMode.SELF


def answer_consent(
    answer: ConsentAnswer, *, standing: Standing, round_: RoundFacts, seed: int, by: str, now: datetime
) -> None:
    """Keep the answer to the consent question; with the first yes, draw the order that the person will meet.

    `seed` is what chance says, where the round's sections are shuffled.
    """
    begin_writing(round_id=round_.round_id, panellist_id=standing.panellist_id, now=now)
    _add_consent(answer, standing=standing, round_=round_, now=now)
    if answer.agreed and round_.definition.order is SectionOrder.SHUFFLED:
        _draw_order(standing, round_=round_, seed=seed, now=now)
    audit.record(
        db.session,
        at=now,
        actor=by,
        action="consent given" if answer.agreed else "consent declined",
        study_id=standing.study_id,
        round=round_.definition.code,
        version=answer.wording.version,
        entered=answer.entered.value,
    )
    db.session.commit()


def say_no_thank_you(standing: Standing, *, wording: Wording, by: str, now: datetime) -> None:
    """Stop all messages to a panellist, and where a round is open for them, keep that they decline it.

    Raises Conflict for somebody who has left meanwhile.
    """
    require_still_here(standing.panellist_id)
    round_ = standing.open_round
    db.session.add(
        ContactWish(
            panellist_id=standing.panellist_id,
            round_id=round_.round_id if round_ else None,
            channel=Channel.NONE,
            hours=Hours.ANY,
            neutral=True,
            reminders=Reminders.STOPPED,
            paused_until=None,
            answered_at=now,
        )
    )
    if round_ and not standing.withdrawn:
        _add_consent(ConsentAnswer(agreed=False, wording=wording), standing=standing, round_=round_, now=now)
    code = round_.definition.code if round_ else None
    audit.record(
        db.session, at=now, actor=by, action="no thank you said", study_id=standing.study_id, round=code
    )
    db.session.commit()


def keep_profile(
    answers: Mapping[str, str], *, standing: Standing, by: str, entered: EntryMode, now: datetime
) -> None:
    """Add a row for each answer about oneself that changed; nothing is overwritten.

    Raises Conflict for somebody who has left meanwhile.
    """
    require_still_here(standing.panellist_id)
    kept = told_so_far(standing.panellist_id)
    changed = {code: answer for code, answer in answers.items() if answer != kept.get(code, "")}
    if not changed:
        db.session.rollback()
        return
    for code, answer in changed.items():
        row = ProfileAnswer(
            panellist_id=standing.panellist_id,
            question=code,
            answer=answer,
            answered_at=now,
            entered=entered,
        )
        db.session.add(row)
    audit.record(
        db.session,
        at=now,
        actor=by,
        action="profile answered",
        study_id=standing.study_id,
        questions=list(changed),
    )
    db.session.commit()


def make_come_back_code(panellist_id: int, *, by: str, now: datetime) -> str:
    """Make a code with which a panellist comes back on another device; it ends their older ones.

    `make_code` writes the audit row and commits.
    """
    return make_code(panellist_id=panellist_id, kind=LinkKind.COME_BACK, by=by, now=now)


def join_study(page: JoinPage, *, group: str, code: str, form: str, now: datetime) -> SignedInPanellist:
    """Give somebody a place on a study's panel, in the group that they say they belong to.

    `form` names the form that they sent: sent once more, as by a second press of its button, it makes nobody
    else, and they go on as who they are.
    """
    _begin_joining(page.study_id)
    joined = db.session.scalar(select(Panellist.id).where(Panellist.join_form == form))
    person = None if joined is None else load_panellist(joined)
    if person is not None:
        db.session.rollback()
        return person
    place = select(func.coalesce(func.max(Panellist.position), -1) + 1)
    group_id = select(StakeholderGroup.id).where(
        StakeholderGroup.study_id == page.study_id, StakeholderGroup.code == group
    )
    panellist = Panellist(
        study_id=page.study_id,
        group_id=db.session.scalars(group_id).one(),
        code=code,
        position=db.session.scalars(place.where(Panellist.study_id == page.study_id)).one(),
        joined_round_id=page.round_id,
        group_confirmed_at=None if page.confirms_groups else now,
        join_form=form,
    )
    db.session.add(panellist)
    db.session.flush()
    person = SignedInPanellist(
        panellist_id=panellist.id, study_id=page.study_id, code=code, language=panellist.language
    )
    audit.record(
        db.session,
        at=now,
        actor=person.actor,
        action="joined by open link",
        study_id=page.study_id,
        group=group,
        confirmed=not page.confirms_groups,
    )
    db.session.commit()
    return person


def _begin_joining(study_id: int) -> None:
    """Let people join one after the other: who comes next sees who came. Answers need not wait."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.execute(select(Study.id).where(Study.id == study_id).with_for_update(key_share=True))


def _add_consent(answer: ConsentAnswer, *, standing: Standing, round_: RoundFacts, now: datetime) -> None:
    db.session.add(
        Consent(
            panellist_id=standing.panellist_id,
            round_id=round_.round_id,
            wording=answer.wording.text,
            agreed=answer.agreed,
            answered_at=now,
            version=answer.wording.version,
            language=answer.wording.language,
            entered=answer.entered,
        )
    )


def _draw_order(standing: Standing, *, round_: RoundFacts, seed: int, now: datetime) -> None:
    """Once for a person and a round: what was shown stays."""
    key = {"round_id": round_.round_id, "panellist_id": standing.panellist_id}
    if db.session.get(ShownOrder, (round_.round_id, standing.panellist_id)) is not None:
        return
    listed = [(outcome.outcome_id, outcome.domain) for outcome in list_of(standing, round_)]
    order = drawn_order(listed, seed=seed)
    db.session.add(ShownOrder(**key, outcome_ids=list(order), drawn_at=now))
