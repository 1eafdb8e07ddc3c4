"""What people wrote in a round, and what the team made of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select

from delphi.dataset.answers import is_counted, newest_on_time_comments
from delphi.dataset.passing_on import text_to_pass_on
from delphi.domain.rounds import RoundState
from delphi.extensions import db
from delphi.feedback.digest import Line, digest_lines, newest_edition
from delphi.models import Comment, ListedOutcome, Outcome, Panellist, TextKind
from delphi.setup.digest_actions import NO_CLASHES, Clash
from delphi.setup.digest_form import GivenDigest, digest_field, read_digest
from delphi.setup.digest_pages import DigestBox, DigestPage, TwoTexts, WrittenText
from delphi.setup.queries import synthetic_note
from delphi.setup.round_facts import protocol_in_view, round_id_of, rounds_of

READ = (TextKind.COMMENT, TextKind.PROPOSAL, TextKind.REASON)
CHANGED_BY_BOTH = "Somebody else changed this while you wrote. Choose what is kept."


def is_closed(study_id: int, round_code: str) -> bool | None:
    """Whether the round has closed, None if the study has no such round."""
    protocol = protocol_in_view(study_id)
    rounds = rounds_of(study_id, protocol=protocol)
    return next((each.state is RoundState.CLOSED for each in rounds if each.code == round_code), None)


def given_in(form: Mapping[str, str], *, study_id: int, round_id: int) -> GivenDigest:
    """What a form of the page brings."""
    languages = protocol_in_view(study_id).study.languages
    return read_digest(form, outcome_ids=_listed(round_id), languages=languages)


def labels_of(round_id: int, outcome_ids: Iterable[int | None]) -> tuple[str, ...]:
    """What the boxes are called."""
    listed = _listed(round_id)
    return tuple("the whole round" if each is None else listed[each] for each in outcome_ids)


def digest_page(
    study_id: int,
    round_code: str,
    *,
    given: GivenDigest | None = None,
    clashes: Mapping[int | None, Clash] = NO_CLASHES,
) -> DigestPage:
    """The comments of a round that has closed, without codes or groups; KeyError if there is none.

    `given` and `clashes`: what was sent and could not be saved stays on the page.
    """
    protocol = protocol_in_view(study_id)
    round_id = round_id_of(study_id, round_code)
    if round_id is None:
        raise KeyError(round_code)
    later = protocol.rounds[protocol.position(round_code) + 1 :]
    seen, too_long = newest_edition(round_id), given.too_long if given else {}
    written, texts = digest_lines([round_id], upto=seen), _texts(round_id)

    def box(outcome_id: int | None, label: str | None) -> DigestBox:
        plain = DigestBox(
            field=digest_field(outcome_id),
            label=label,
            texts=texts.get(outcome_id, ()),
            typed=_one_a_line(written.get(outcome_id, ())),
        )
        if outcome_id in clashes:
            return _to_choose(plain, clashes[outcome_id])
        if outcome_id in too_long:
            left = too_long[outcome_id]
            return replace(plain, typed=left.typed, fault=left.fault, base=left.base)
        return plain

    return DigestPage(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=synthetic_note(protocol),
        round_code=round_code,
        round_label=protocol.round(round_code).label,
        smallest_group=protocol.feedback.minimum_group_size,
        shown_in=tuple(each.label for each in later if each.show_digest),
        seen=seen,
        languages=protocol.study.languages,
        language=(given.language if given else None) or protocol.study.languages[0],
        boxes=(*(box(*row) for row in _listed(round_id).items()), box(None, None)),
    )


def _to_choose(box: DigestBox, clash: Clash) -> DigestBox:
    two_texts = tuple(
        TwoTexts(
            field=f"{box.field}-choice-{number}",
            ours=conflict.ours.text if conflict.ours else "",
            theirs=conflict.theirs.text if conflict.theirs else "",
        )
        for number, conflict in enumerate(clash.joined.conflicts)
    )
    return replace(
        box,
        typed=_one_a_line(clash.ours),
        fault=CHANGED_BY_BOTH,
        base=clash.base,
        theirs=clash.theirs,
        two_texts=two_texts,
    )


def _one_a_line(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _listed(round_id: int) -> dict[int, str]:
    query = (
        select(Outcome.id, Outcome.label)
        .join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
        .where(ListedOutcome.round_id == round_id)
        .order_by(ListedOutcome.position)
    )
    return dict(db.session.execute(query).all())


def _texts(round_id: int) -> dict[int | None, tuple[WrittenText, ...]]:
    """What those who count wrote, as it may be passed on; in an order that says nothing of who wrote what."""
    query = (
        select(Comment.outcome_id, Comment.kind, text_to_pass_on())
        .join(Panellist, Panellist.id == Comment.panellist_id)
        .where(Comment.id.in_(newest_on_time_comments([round_id])), Comment.kind.in_(READ))
        .where(Comment.text != "", is_counted(Comment.round_id))
    )
    texts: dict[int | None, list[WrittenText]] = defaultdict(list)
    for outcome_id, kind, text in db.session.execute(query):
        texts[outcome_id].append(WrittenText(kind=kind, text=text))
    return {about: tuple(sorted(each, key=lambda one: one.text)) for about, each in texts.items()}
