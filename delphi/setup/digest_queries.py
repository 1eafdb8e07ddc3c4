"""What people wrote in a round, and what the team made of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from delphi.dataset.answers import is_counted, newest_on_time_comments
from delphi.domain.answers import LONGEST_COMMENT, TooLong, read_comment
from delphi.domain.rounds import RoundState
from delphi.extensions import db
from delphi.feedback.digest import digest_lines
from delphi.models import Comment, ListedOutcome, Outcome, Panellist, TextKind
from delphi.setup.digest_pages import DigestBox, DigestPage, WrittenText
from delphi.setup.queries import synthetic_note
from delphi.setup.round_facts import protocol_in_view, round_id_of, rounds_of

READ = (TextKind.COMMENT, TextKind.PROPOSAL, TextKind.REASON)
Lines = dict[int | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenLines:
    """What was sent: the lines of each box that could be read, what is wrong with others, all as typed."""

    lines: Lines
    faults: Mapping[str, str]
    typed: Mapping[str, str]


NOTHING_GIVEN = GivenLines(lines={}, faults={}, typed={})


def digest_field(outcome_id: int | None) -> str:
    """The name of a box."""
    return "digest" if outcome_id is None else f"digest-{outcome_id}"


def is_closed(study_id: int, round_code: str) -> bool | None:
    """Whether the round has closed, None if the study has no such round."""
    protocol = protocol_in_view(study_id)
    rounds = rounds_of(study_id, protocol=protocol)
    return next((each.state is RoundState.CLOSED for each in rounds if each.code == round_code), None)


def read_lines(form: Mapping[str, str], *, round_id: int) -> GivenLines:
    """Read the boxes: each line that is not empty is a line of the digest; a missing box was not sent."""
    lines: Lines = {}
    faults: dict[str, str] = {}
    for outcome_id in (None, *_listed(round_id)):
        field = digest_field(outcome_id)
        if field not in form:
            continue
        try:
            text = read_comment(form[field])
        except TooLong as too_long:
            faults[field] = f"Write {LONGEST_COMMENT:,} characters or fewer. You have {too_long.length:,}."
        else:
            lines[outcome_id] = tuple(filter(None, (line.strip() for line in text.split("\n"))))
    return GivenLines(lines=lines, faults=faults, typed=dict(form))


def digest_page(study_id: int, round_code: str, *, given: GivenLines = NOTHING_GIVEN) -> DigestPage:
    """The comments of a round that has closed, without codes or groups; KeyError if there is none."""
    protocol = protocol_in_view(study_id)
    round_id = round_id_of(study_id, round_code)
    if round_id is None:
        raise KeyError(round_code)
    later = protocol.rounds[protocol.position(round_code) + 1 :]
    written, texts = digest_lines([round_id]), _texts(round_id)

    def box(outcome_id: int | None, label: str | None) -> DigestBox:
        field = digest_field(outcome_id)
        return DigestBox(
            field=field,
            label=label,
            texts=texts.get(outcome_id, ()),
            typed=given.typed.get(field, "\n".join(written.get(outcome_id, ()))),
            fault=given.faults.get(field, ""),
        )

    return DigestPage(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=synthetic_note(protocol),
        round_code=round_code,
        round_label=protocol.round(round_code).label,
        smallest_group=protocol.feedback.minimum_group_size,
        shown_in=tuple(each.label for each in later if each.show_digest),
        boxes=(*(box(*row) for row in _listed(round_id).items()), box(None, None)),
    )


def _listed(round_id: int) -> dict[int, str]:
    query = (
        select(Outcome.id, Outcome.label)
        .join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
        .where(ListedOutcome.round_id == round_id)
        .order_by(ListedOutcome.position)
    )
    return dict(db.session.execute(query).all())


def _texts(round_id: int) -> dict[int | None, tuple[WrittenText, ...]]:
    """What those who count wrote; in alphabetical order, which says nothing of who wrote what."""
    query = (
        select(Comment.outcome_id, Comment.kind, Comment.text)
        .join(Panellist, Panellist.id == Comment.panellist_id)
        .where(Comment.id.in_(newest_on_time_comments([round_id])), Comment.kind.in_(READ), is_counted())
        .where(Comment.text != "")
    )
    texts: dict[int | None, list[WrittenText]] = defaultdict(list)
    for outcome_id, kind, text in db.session.execute(query):
        texts[outcome_id].append(WrittenText(kind=kind, text=text))
    return {about: tuple(sorted(each, key=lambda one: one.text)) for about, each in texts.items()}
