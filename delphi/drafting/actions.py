"""Starting a draft, saving a part of it, and making a study of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from analysis.study.study import Study
from delphi import audit
from delphi.dataset import StudyRefused, import_study, outcomes_of, path_of, protocol_of
from delphi.dataset.protocols import text_of
from delphi.drafting.answers import PartAnswers, as_json
from delphi.drafting.building import DraftRefused, study_of
from delphi.drafting.copying import copied
from delphi.drafting.faults import PartFault
from delphi.drafting.hoped_for import add_targets
from delphi.drafting.queries import held_draft
from delphi.extensions import db
from delphi.models import DraftPart, Membership, Part, Role, StudyDraft
from delphi.models import Study as StudyRow


class SavedMeanwhile(Exception):
    """Another page has saved this part since it was read; nothing was changed."""


@dataclass(frozen=True, kw_only=True)
class NewStudy:
    """A study that was just made."""

    study_id: int
    code: str


def start_draft(*, owner_id: int, by: str, now: datetime, copy_of: int | None = None) -> int:
    """Start a draft, empty or like the study `copy_of`, and return its id."""
    protocol, parts = "", {}
    if copy_of is not None:
        former = protocol_of(db.session.get_one(StudyRow, copy_of))
        left = set(path_of(copy_of).final)
        outcomes = tuple(outcome for outcome in outcomes_of(copy_of) if outcome.code in left)
        protocol, parts = text_of(former), copied(former, outcomes)
    draft = StudyDraft(owner_id=owner_id, protocol=protocol, started_at=now)
    db.session.add(draft)
    db.session.flush()
    for part, answers in parts.items():
        row = DraftPart(draft_id=draft.id, part=part, number=1, answers=as_json(answers), saved_at=now)
        db.session.add(row)
    audit.record(db.session, at=now, actor=by, action="draft started", study_id=copy_of, draft=draft.id)
    db.session.commit()
    return draft.id


def save_part(draft_id: int, *, part: Part, answers: PartAnswers, seen: int, by: str, now: datetime) -> None:
    """Save a part after the save number `seen`; raises SavedMeanwhile if there is a newer one."""
    add_save(draft_id, part=part, answers=answers, seen=seen, by=by, now=now)
    db.session.commit()


def add_save(draft_id: int, *, part: Part, answers: PartAnswers, seen: int, by: str, now: datetime) -> None:
    """The same without committing, for who saves a part together with something else."""
    row = {
        "draft_id": draft_id,
        "part": part,
        "number": seen + 1,
        "answers": as_json(answers),
        "saved_at": now,
    }
    try:
        db.session.execute(insert(DraftPart).values(row))
    except IntegrityError:
        db.session.rollback()
        raise SavedMeanwhile from None
    audit.record(
        db.session, at=now, actor=by, action="draft saved", draft=draft_id, part=part.value, number=seen + 1
    )


def create_study(draft_id: int, *, owner_id: int, by: str, now: datetime) -> NewStudy:
    """Make a study of a draft; its owner becomes the study's. Raises DraftRefused, with nothing changed."""
    answers = held_draft(draft_id, owner_id=owner_id).answers
    study = study_of(answers)
    # From this statement on the draft is ours: of two who press the button at once, one finds it made.
    first = (
        update(StudyDraft)
        .where(StudyDraft.id == draft_id, StudyDraft.created_at.is_(None))
        .values(created_at=now)
        .returning(StudyDraft.id)
    )
    if db.session.execute(first).one_or_none() is None:
        db.session.rollback()
        words = "A study has been made of this draft. You find it under Studies."
        raise DraftRefused((PartFault(Part.ABOUT, "", words),))
    made = _load(study, owner_id=owner_id, by=by, now=now)
    add_targets(answers.groups.rows, study_id=made.study_id)
    db.session.execute(update(StudyDraft).where(StudyDraft.id == draft_id).values(study_id=made.study_id))
    audit.record(
        db.session, at=now, actor=by, action="draft made a study", study_id=made.study_id, draft=draft_id
    )
    db.session.commit()
    return made


def delete_draft(draft_id: int, *, by: str, now: datetime) -> bool:
    """Delete a draft with all its saves; False, and nothing is deleted, if a study was made of it."""
    unmade = (
        delete(StudyDraft)
        .where(StudyDraft.id == draft_id, StudyDraft.created_at.is_(None))
        .returning(StudyDraft.id)
    )
    if db.session.execute(unmade).one_or_none() is None:
        db.session.rollback()
        return False
    audit.record(db.session, at=now, actor=by, action="draft deleted", draft=draft_id)
    db.session.commit()
    return True


def load_bundle(study: Study, *, owner_id: int, by: str, now: datetime) -> NewStudy:
    """Load a study that came as a bundle; who sent it becomes its owner. Raises DraftRefused."""
    made = _load(study, owner_id=owner_id, by=by, now=now)
    db.session.commit()
    return made


def _load(study: Study, *, owner_id: int, by: str, now: datetime) -> NewStudy:
    """Add the study and its owner, without committing."""
    try:
        study_id = import_study(study, by=by, now=now, commits=False)
    except StudyRefused as error:
        words = f"{error.field}: found “{error.found}”, expected {error.expected}."
        if error.field == "study.code":
            words = f"There is a study with the code “{error.found}” on this site. Choose another code."
        raise DraftRefused((PartFault(Part.ABOUT, "code", words),)) from None
    except IntegrityError:  # somebody else's study took the code at the same moment
        db.session.rollback()
        words = "Another study with this code was made a moment ago. Choose another code."
        raise DraftRefused((PartFault(Part.ABOUT, "code", words),)) from None
    db.session.add(Membership(user_id=owner_id, study_id=study_id, role=Role.OWNER))
    audit.record(
        db.session, at=now, actor=by, action="role given", study_id=study_id, user=owner_id, role="owner"
    )
    return NewStudy(study_id=study_id, code=study.protocol.study.code)
