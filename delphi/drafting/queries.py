"""Drafts as their owner sees them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from delphi.drafting.answers import Answers, from_json
from delphi.drafting.cautions import cautions_of
from delphi.drafting.faults import PartFault, faults_of_part
from delphi.drafting.questions import PAGES
from delphi.extensions import db
from delphi.models import DraftPart, Membership, Part, Study, StudyDraft

NAMELESS = "A study without a name"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDraft:
    """A draft with the newest save of each part; `numbers` are those of the saves, 0 for none."""

    draft_id: int
    answers: Answers
    numbers: dict[Part, int]
    saved_at: dict[Part, datetime]
    study_code: str | None

    @property
    def title(self) -> str:
        """Its name."""
        return self.answers.about.title.strip() or NAMELESS


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """A part in the list of a draft."""

    part: Part
    words: str
    saved_at: datetime | None
    faults: tuple[PartFault, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A draft in its owner's list."""

    draft_id: int
    title: str
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyLine:
    """A study that can be copied."""

    study_id: int
    code: str
    title: str


def held_draft(draft_id: int, *, owner_id: int) -> HeldDraft:
    """The draft; LookupError unless it is the owner's."""
    query = (
        select(StudyDraft.protocol, Study.code)
        .outerjoin(Study, Study.id == StudyDraft.study_id)
        .where(StudyDraft.id == draft_id, StudyDraft.owner_id == owner_id)
    )
    draft = db.session.execute(query).one_or_none()
    if draft is None:
        raise LookupError(draft_id)
    rows = _newest(draft_id)
    parts = {row.part.value: from_json(row.part, row.answers) for row in rows}
    saved = frozenset(row.part for row in rows)
    return HeldDraft(
        draft_id=draft_id,
        answers=Answers(**parts, saved=saved, protocol=draft.protocol),  # type: ignore[arg-type]  # by its name
        numbers=dict.fromkeys(Part, 0) | {row.part: row.number for row in rows},
        saved_at={row.part: row.saved_at for row in rows},
        study_code=draft.code,
    )


def _newest(draft_id: int) -> list[DraftPart]:
    query = select(DraftPart).where(DraftPart.draft_id == draft_id).order_by(DraftPart.number)
    return list({row.part: row for row in db.session.scalars(query)}.values())


def lines_of(held: HeldDraft) -> tuple[PartLine, ...]:
    """The parts of a draft in their order, each with what is missing."""
    return tuple(
        PartLine(
            part=part,
            words=PAGES[part].short,
            saved_at=held.saved_at.get(part),
            faults=faults_of_part(held.answers, part),
            cautions=cautions_of(held.answers, part),
        )
        for part in Part
    )


def drafts_of(owner_id: int) -> tuple[DraftLine, ...]:
    """The drafts of a user that are no study yet, newest first."""
    query = (
        select(StudyDraft.id, StudyDraft.started_at)
        .where(StudyDraft.owner_id == owner_id, StudyDraft.created_at.is_(None))
        .order_by(StudyDraft.id.desc())
    )
    drafts = db.session.execute(query).all()
    named = (
        select(DraftPart.draft_id, DraftPart.answers)
        .where(DraftPart.part == Part.ABOUT, DraftPart.draft_id.in_([draft.id for draft in drafts]))
        .order_by(DraftPart.number)
    )
    titles = {row.draft_id: str(row.answers.get("title", "")) for row in db.session.execute(named)}
    return tuple(
        DraftLine(
            draft_id=draft.id, title=titles.get(draft.id, "").strip() or NAMELESS, started_at=draft.started_at
        )
        for draft in drafts
    )


def studies_to_copy(user_id: int) -> tuple[StudyLine, ...]:
    """The studies that the user has a role in."""
    query = (
        select(Study.id, Study.code, Study.title)
        .join(Membership, Membership.study_id == Study.id)
        .where(Membership.user_id == user_id)
        .order_by(Study.title)
    )
    rows = db.session.execute(query).all()
    return tuple(StudyLine(study_id=row.id, code=row.code, title=row.title) for row in rows)
