"""Private messages of panellists: a page for those who run the study, and for nobody else."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, abort
from sqlalchemy import Select, func, select

from analysis.study.protocol import Protocol
from delphi.access import current, guard
from delphi.dataset import protocol_of
from delphi.extensions import db
from delphi.models import Comment, Outcome, Panellist, Role, Round, StakeholderGroup, Study, TextKind
from delphi.web import pages

blueprint = Blueprint("messages", __name__, url_prefix="/studies/<study>/rounds/<round_code>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a panellist, known by a code, wrote to the team alone. `outcome` "": about the whole round."""

    code: str
    group: str
    outcome: str
    text: str
    written_at: datetime
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesPage:
    """The private messages of a round; `readers`: who was named to the panellists as reading them."""

    study: str
    study_title: str
    synthetic: str
    round_code: str
    round_label: str
    readers: str
    messages: tuple[Message, ...]


@blueprint.get("/private")
@guard.study(Role.OWNER, Role.FACILITATOR)
def private(study: str, round_code: str) -> Response:
    """What panellists wrote to the team alone."""
    page = messages_page(current.study().study_id, round_code)
    if page is None:
        abort(404)
    return pages.render("panel/messages.html", ribbon=page.synthetic, page=page)


def messages_page(study_id: int, round_code: str) -> MessagesPage | None:
    """Return the private messages of a round, newest first; None if the study has no such round."""
    query = select(Round.id).where(Round.study_id == study_id, Round.code == round_code)
    round_id = db.session.scalar(query)
    if round_id is None:
        return None
    protocol = protocol_of(db.session.get_one(Study, study_id))
    return MessagesPage(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=protocol.study.note if protocol.study.synthetic else "",
        round_code=round_code,
        round_label=protocol.round(round_code).label,
        readers=protocol.ethics.private_readers,
        messages=_messages(round_id, protocol),
    )


def _messages(round_id: int, protocol: Protocol) -> tuple[Message, ...]:
    query = (
        select(
            Panellist.code,
            StakeholderGroup.code,
            Outcome.label,
            Comment.text,
            Comment.written_at,
            Comment.late,
        )
        .join(Panellist, Panellist.id == Comment.panellist_id)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .outerjoin(Outcome, Outcome.id == Comment.outcome_id)
        .where(Comment.id.in_(_newest(round_id)), Comment.text != "")
        .order_by(Comment.id.desc())
    )
    return tuple(
        Message(
            code=code,
            group=protocol.group(group).label,
            outcome=outcome or "",
            text=text,
            written_at=written_at,
            late=late,
        )
        for code, group, outcome, text, written_at, late in db.session.execute(query)
    )


def _newest(round_id: int) -> Select[int]:
    """The ids of each person's newest message on each outcome; an empty one takes an older one back."""
    return (
        select(func.max(Comment.id))
        .where(Comment.round_id == round_id, Comment.kind == TextKind.PRIVATE)
        .group_by(Comment.panellist_id, Comment.outcome_id)
    )
