"""What is missing before a round opens, each with the page where it is mended or looked at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from analysis.study.protocol import Protocol
from analysis.study.rounds import Round as ProtocolRound
from analysis.study.rounds import RoundKind
from delphi.dataset import outcomes_of, path_of
from delphi.dataset.translations import texts_of_study, wordings_of
from delphi.domain.receipt import receipt_text
from delphi.extensions import db
from delphi.models import (
    Comment,
    Contact,
    DigestLine,
    GroupTarget,
    LineageStep,
    MadeList,
    Panellist,
    Round,
    StakeholderGroup,
)
from delphi.setup.digest_queries import READ
from delphi.setup.round_facts import protocol_in_view
from delphi.setup.translations import translations_of
from delphi.web.language import BY_CODE, language_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is missing. `go`: the words of its link; the rest: where that goes."""

    words: str
    go: str
    endpoint: str
    values: Mapping[str, str]
    anchor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOnPanel:
    """People of a group who can answer; `target` None: no number was said."""

    label: str
    people: int
    without_contact: int
    unconfirmed: int
    target: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The round before, which has closed: else the next one cannot open."""

    code: str
    label: str
    list_made: bool
    lacks_digest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    study: str
    round: ProtocolRound
    protocol: Protocol
    outcomes: int
    groups: tuple[GroupOnPanel, ...]
    before: Before | None
    not_checked: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def gap(self, words: str, go: str, endpoint: str, *, anchor: str | None = None, **values: str) -> Gap:
        """A gap with a link into the study."""
        return Gap(
            words=words, go=go, endpoint=endpoint, values={"study": self.study, **values}, anchor=anchor
        )


def gaps_before(study_id: int, round_code: str) -> tuple[Gap, ...]:
    """Return what is missing for a round that the study has: the list, people, texts, help, the rule."""
    protocol = protocol_in_view(study_id)
    facts = _Facts(
        study=protocol.study.code,
        round=protocol.round(round_code),
        protocol=protocol,
        outcomes=len(path_of(study_id).final),
        groups=_groups(study_id, round_code, protocol=protocol),
        before=_before(study_id, round_code, protocol=protocol),
        not_checked=_not_checked(study_id, protocol=protocol),
    )
    return (*_of_list(facts), *_of_people(facts), *_of_languages(facts), *_of_protocol(facts))


def receipt_if_opened_now(study_id: int, round_code: str) -> str:
    """Return the text of the receipt that a round would get, with the list that it would have."""
    protocol = protocol_in_view(study_id)
    outcomes = {outcome.code: outcome for outcome in outcomes_of(study_id)}
    languages = protocol.study.languages
    return receipt_text(
        protocol,
        round_code,
        outcomes=[outcomes[code] for code in path_of(study_id).final],
        wordings=wordings_of(study_id, languages=languages),
        texts=texts_of_study(study_id, languages=languages),
    )


def _of_list(facts: _Facts) -> Iterator[Gap]:
    before = facts.before
    if facts.outcomes == 0:
        yield facts.gap("The list is empty.", "See what became of each outcome", "reports.lineage")
    if before is not None and not before.list_made:
        yield facts.gap(
            f"The list was not made from decisions after {before.label}: it is what the rule leaves of it.",
            "Go to the decisions",
            "synthesis.decisions",
            round_code=before.code,
        )
    if before is not None and facts.round.show_digest and before.lacks_digest:
        words = f"Panellists are to be shown a digest of the comments of {before.label}, and it has no line."
        yield facts.gap(words, "Write the digest", "digest.write", round_code=before.code)


def _of_people(facts: _Facts) -> Iterator[Gap]:
    people = sum(group.people for group in facts.groups)
    if people == 0:
        yield facts.gap("Nobody is on the panel.", "Import people", "enrolling.ask_for_file")
        return
    for group in facts.groups:
        if group.people == 0:
            yield facts.gap(f"Nobody is in the group “{group.label}”.", "Go to the panel", "panel.panel")
        elif group.target is not None and group.people < group.target:
            words = f"“{group.label}” has {group.people} of the {group.target} people that you want."
            yield facts.gap(words, "Go to the panel", "panel.panel")
    without = sum(group.without_contact for group in facts.groups)
    if without:
        words = f"No contact is known of {without} of {people} people. They get no e-mail from here."
        yield facts.gap(words, "Go to the panel", "panel.panel")
    waiting = sum(group.unconfirmed for group in facts.groups)
    if waiting:
        words = f"The group of {_people(waiting)} is not confirmed. Until then their answers do not count."
        yield facts.gap(words, "Confirm groups", "panel.panel")


def _of_languages(facts: _Facts) -> Iterator[Gap]:
    for code in facts.protocol.study.languages:
        missing, drafts = facts.not_checked.get(code, (0, 0))
        if missing or drafts:
            words = f"{language_name(code)}: {missing} texts are missing, {drafts} are not checked."
            yield facts.gap(words, "See the translations", "setup.study", anchor="translations")
        if code.partition("-")[0].lower() not in BY_CODE:
            words = (
                f"{language_name(code)}: buttons and headings of the pages are not there in this language."
            )
            yield facts.gap(words, "See the pages", "previewing.choose", round_code=facts.round.code)


def _of_protocol(facts: _Facts) -> Iterator[Gap]:
    ethics, round_ = facts.protocol.ethics, facts.round
    lacks = (
        (not facts.protocol.support, "No help lines are named. Panellists then see none on their pages."),
        (not ethics.team_contact, "It is not said how panellists reach the team."),
        (not ethics.welcome.strip(), "The text of the welcome is empty."),
        (not ethics.consent.strip(), "The text of the consent is empty."),
        (not ethics.comment_readers.strip(), "It is not said who reads comments."),
        (not ethics.thanks.strip(), "The thanks at the end are empty."),
        (
            round_.kind is RoundKind.RATING and round_.definition is None,
            "There is no rule: after this round, nothing says which outcomes are in.",
        ),
    )
    for is_missing, words in lacks:
        if is_missing:
            # The protocol of a study stays as it is; what is changed is a draft that is made of it.
            go = "Make a new draft from this study, with it"
            yield Gap(words=words, go=go, endpoint="drafting.drafts", values={})


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _groups(study_id: int, round_code: str, *, protocol: Protocol) -> tuple[GroupOnPanel, ...]:
    """Each group with those who may answer in the round: on the panel by then, and not gone."""
    position = select(Round.position).where(Round.study_id == study_id, Round.code == round_code)
    joined = select(Round.id).where(Round.study_id == study_id, Round.position <= position.scalar_subquery())
    is_there = (
        (Panellist.group_id == StakeholderGroup.id)
        & Panellist.withdrew_round_id.is_(None)
        & Panellist.joined_round_id.in_(joined)
    )
    unconfirmed = func.count(Panellist.id).filter(Panellist.group_confirmed_at.is_(None))
    query = (
        select(
            StakeholderGroup.code,
            GroupTarget.people,
            func.count(Panellist.id),
            func.count(Contact.panellist_id),
            unconfirmed,
        )
        .select_from(StakeholderGroup)
        .outerjoin(Panellist, is_there)
        .outerjoin(Contact, Contact.panellist_id == Panellist.id)
        .outerjoin(GroupTarget, GroupTarget.group_id == StakeholderGroup.id)
        .where(StakeholderGroup.study_id == study_id)
        .group_by(StakeholderGroup.id, StakeholderGroup.code, StakeholderGroup.position, GroupTarget.people)
        .order_by(StakeholderGroup.position)
    )
    return tuple(
        GroupOnPanel(
            label=protocol.group(code).label,
            people=people,
            without_contact=people - known,
            unconfirmed=waiting,
            target=target,
        )
        for code, target, people, known, waiting in db.session.execute(query)
    )


def _before(study_id: int, round_code: str, *, protocol: Protocol) -> Before | None:
    codes = [round_.code for round_ in protocol.rounds]
    place = codes.index(round_code)
    if place == 0:
        return None
    code = codes[place - 1]
    round_id = select(Round.id).where(Round.study_id == study_id, Round.code == code).scalar_subquery()
    made = select(MadeList.round_id).where(MadeList.round_id == round_id)
    steps = select(LineageStep.id).where(LineageStep.round_id == round_id)
    lines = select(DigestLine.id).where(DigestLine.round_id == round_id, DigestLine.text != "")
    texts = select(Comment.id).where(
        Comment.round_id == round_id, Comment.text != "", Comment.kind.in_(READ), ~Comment.late
    )
    found = [db.session.scalar(select(query.exists())) for query in (made, steps, lines, texts)]
    return Before(
        code=code,
        label=protocol.round(code).label,
        list_made=bool(found[0] or found[1]),
        lacks_digest=bool(found[3] and not found[2]),
    )


def _not_checked(study_id: int, *, protocol: Protocol) -> dict[str, tuple[int, int]]:
    """By language how many texts are missing and how many are drafts."""
    numbers: dict[str, tuple[int, int]] = {}
    for line in translations_of(study_id, protocol=protocol):
        missing, drafts = numbers.get(line.language, (0, 0))
        numbers[line.language] = (missing + line.missing, drafts + line.draft)
    return numbers
