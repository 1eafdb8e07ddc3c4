"""Putting people on the panel. One audit row and one commit each; the trail holds counts and codes."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from delphi import audit
from delphi.access.contacts import ContactDetails, seal
from delphi.access.sealing import seal_text
from delphi.enrolling.people import Person
from delphi.enrolling.queries import (
    WAITS,
    EnrollingPage,
    check_page,
    pending_people,
    text_of_people,
)
from delphi.extensions import db
from delphi.models import Contact, Panellist, PendingImport, StakeholderGroup, Study

NewCode = Callable[[], str]
Shuffle = Callable[[list[Person]], None]


def keep_upload(
    people: Sequence[Person], *, study_id: int, user_id: int, keys: Sequence[str], by: str, now: datetime
) -> None:
    """Keep an upload, sealed, until its user says yes; it takes the place of their older one.

    Uploads of anybody that waited too long go.
    """
    _drop(study_id, user_id, now=now)
    sealed = seal_text(text_of_people(people), keys=keys)
    db.session.add(PendingImport(study_id=study_id, user_id=user_id, sealed=sealed, made_at=now))
    audit.record(
        db.session, at=now, actor=by, action="people uploaded", study_id=study_id, people=len(people)
    )
    db.session.commit()


def drop_upload(*, study_id: int, user_id: int, by: str, now: datetime) -> None:
    """Delete an upload that waits."""
    _drop(study_id, user_id, now=now)
    audit.record(db.session, at=now, actor=by, action="upload dropped", study_id=study_id)
    db.session.commit()


def add_uploaded(
    page: EnrollingPage,
    *,
    study_id: int,
    user_id: int,
    shown: str,
    keys: Sequence[str],
    new_code: NewCode,
    shuffle: Shuffle,
    by: str,
    now: datetime,
) -> int | None:
    """Put everybody on the panel who is new in the upload that waits; returns how many.

    None, with nothing changed: there is no such upload any more, or it would come out in another way than
    `shown`, since the panel has changed. `shuffle` puts people in an order that chance gives, so that the
    order of codes tells nobody who has the file whose code is whose.
    """
    _one_after_the_other(study_id)
    people = pending_people(study_id, user_id=user_id, keys=keys, now=now)
    check = check_page(study_id, page, people=people, keys=keys) if people else None
    if check is None or check.mark != shown or page.joined_round_id is None:
        db.session.rollback()
        return None
    new = list(check.sorted.new)
    shuffle(new)
    _add(new, study_id=study_id, round_id=page.joined_round_id, keys=keys, new_code=new_code, now=now)
    _drop(study_id, user_id, now=now)
    audit.record(
        db.session,
        at=now,
        actor=by,
        action="people imported",
        study_id=study_id,
        people=len(new),
        groups=_by_group(new),
        on_panel=len(check.sorted.on_panel),
        twice=len(check.sorted.twice),
    )
    db.session.commit()
    return len(new)


def add_person(
    person: Person,
    *,
    study_id: int,
    round_id: int,
    keys: Sequence[str],
    new_code: NewCode,
    by: str,
    now: datetime,
) -> str:
    """Put one person on the panel and return their code."""
    _one_after_the_other(study_id)
    (code,) = _add([person], study_id=study_id, round_id=round_id, keys=keys, new_code=new_code, now=now)
    audit.record(
        db.session,
        at=now,
        actor=by,
        action="person added",
        study_id=study_id,
        group=person.group,
        has_contact=person.contact != ContactDetails(),
    )
    db.session.commit()
    return code


def note_look(panellist_id: int, *, study_id: int, by: str, now: datetime) -> None:
    """Keep in the trail that somebody looked at a contact, before it is shown."""
    audit.record(
        db.session, at=now, actor=by, action="contact looked at", study_id=study_id, panellist=panellist_id
    )
    db.session.commit()


def _add(
    people: Sequence[Person],
    *,
    study_id: int,
    round_id: int,
    keys: Sequence[str],
    new_code: NewCode,
    now: datetime,
) -> list[str]:
    place = select(func.coalesce(func.max(Panellist.position), -1) + 1)
    first = db.session.scalars(place.where(Panellist.study_id == study_id)).one()
    query = select(StakeholderGroup.code, StakeholderGroup.id).where(StakeholderGroup.study_id == study_id)
    groups = dict(db.session.execute(query).all())
    rows = [
        Panellist(
            study_id=study_id,
            group_id=groups[person.group],
            code=new_code(),
            position=position,
            joined_round_id=round_id,
            language=person.language or None,
            group_confirmed_at=now,
        )
        for position, person in enumerate(people, start=first)
    ]
    db.session.add_all(rows)
    db.session.flush()
    db.session.add_all(
        Contact(panellist_id=row.id, sealed=seal(person.contact, keys=keys))
        for row, person in zip(rows, people, strict=True)
        if person.contact != ContactDetails()
    )
    return [row.code for row in rows]


def _one_after_the_other(study_id: int) -> None:
    """Who adds people next sees who came: so nobody is added twice by two at once."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.execute(select(Study.id).where(Study.id == study_id).with_for_update(key_share=True))


def _drop(study_id: int, user_id: int, *, now: datetime) -> None:
    own = (PendingImport.study_id == study_id) & (PendingImport.user_id == user_id)
    db.session.execute(delete(PendingImport).where(own | (PendingImport.made_at <= now - WAITS)))
    db.session.expire_all()


def _by_group(people: Sequence[Person]) -> list[str]:
    numbers = Counter(person.group for person in people)
    return [f"{group} {number}" for group, number in sorted(numbers.items())]
