"""What advisers say to a list, and their names under it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from delphi import audit
from delphi.domain.receipt import sha256_of
from delphi.extensions import db
from delphi.models import ListRemark, ListSignature, Outcome, User
from delphi.synthesis.actions import Who, begin_deciding
from delphi.synthesis.list_text import list_text


class AnotherList(Exception):
    """The list is not the one that was on the page; nothing was signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What somebody said to the list, or to one outcome (`code`)."""

    by: str
    at: datetime
    code: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A name under the list with this sum."""

    by: str
    at: datetime
    sha256: str


def remarks_on(round_id: int) -> tuple[Remark, ...]:
    """Return what was said to the list, oldest first."""
    query = (
        select(User.name, ListRemark.written_at, Outcome.code, ListRemark.text)
        .join(User, User.id == ListRemark.user_id)
        .outerjoin(Outcome, Outcome.id == ListRemark.outcome_id)
        .where(ListRemark.round_id == round_id)
        .order_by(ListRemark.id)
    )
    return tuple(
        Remark(by=name, at=at, code=code, text=text) for name, at, code, text in db.session.execute(query)
    )


def signatures_under(round_id: int) -> tuple[Signature, ...]:
    """Return every signature of the round's lists, oldest first."""
    query = (
        select(ListSignature.name, ListSignature.signed_at, ListSignature.sha256)
        .where(ListSignature.round_id == round_id)
        .order_by(ListSignature.id)
    )
    return tuple(Signature(by=name, at=at, sha256=sha256) for name, at, sha256 in db.session.execute(query))


def say(study_id: int, round_code: str, *, code: str | None, text: str, by: Who) -> None:
    """Add a remark on the list, or on one of its outcomes. Raises NotNow once nothing can be decided."""
    listed, _, round_id = begin_deciding(study_id, round_code)
    outcome_id = listed[code].outcome_id if code else None
    remark = ListRemark(
        round_id=round_id, outcome_id=outcome_id, user_id=by.user_id, text=text, written_at=by.now
    )
    db.session.add(remark)
    _record(study_id, round_code, "remark on a list written", by=by, outcome=code)
    db.session.commit()


def sign(study_id: int, round_code: str, *, study: str, round_label: str, sha256: str, by: Who) -> None:
    """Sign the list with this sum. Raises AnotherList if it has changed since, NotNow."""
    listed, history, round_id = begin_deciding(study_id, round_code)
    text = list_text(history, listed=listed, study=study, round_label=round_label)
    if sha256_of(text) != sha256:
        db.session.rollback()
        raise AnotherList
    again = select(ListSignature.id).where(
        ListSignature.round_id == round_id,
        ListSignature.user_id == by.user_id,
        ListSignature.sha256 == sha256,
    )
    if db.session.scalar(again) is not None:
        db.session.rollback()
        return
    signature = ListSignature(
        round_id=round_id,
        user_id=by.user_id,
        name=db.session.get_one(User, by.user_id).name,
        sha256=sha256,
        text=text,
        signed_at=by.now,
    )
    db.session.add(signature)
    _record(study_id, round_code, "list signed", by=by, sha256=sha256)
    db.session.commit()


def _record(study_id: int, round_code: str, action: str, *, by: Who, **detail: str | None) -> None:
    audit.record(
        db.session,
        at=by.now,
        actor=by.actor,
        action=action,
        study_id=study_id,
        round=round_code,
        **detail,
    )
