"""What the pages about studies and rounds show."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import ndiff

from sqlalchemy import func, select

from analysis.path import StudyPath
from analysis.sentences import Words, definition_sentences, weighting_sentence
from analysis.study.protocol import Protocol
from analysis.study.rounds import Round as ProtocolRound
from analysis.study.rounds import RoundKind
from delphi.dataset import path_of
from delphi.dataset.response import PanellistResponse, responses
from delphi.domain.receipt import FEEDBACK_WORDS, sha256_of
from delphi.domain.response import Response
from delphi.domain.round_steps import (
    Refusal,
    RoundFacts,
    may_preview,
    refusal_to_close,
    refusal_to_open,
)
from delphi.domain.rounds import RoundState, closing_of, state_of
from delphi.extensions import db
from delphi.models import LineageStep, Membership, Panellist, Receipt, Round, Study
from delphi.setup.receipts import listed_codes, receipt_today
from delphi.setup.round_facts import protocol_in_view, round_id_of, rounds_of
from delphi.setup.translations import Translation, translations_of
from delphi.setup.words import KIND_WORDS, REFUSAL_WORDS, ROLE_WORDS, STATE_WORDS
from delphi.web.language import language_name

BAR_LENGTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyCard:
    """A study in a user's list."""

    code: str
    title: str
    role_words: str
    state_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep:
    """How many outcomes a list has, and which list it is."""

    number: int
    label: str
    people: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """A round in a study's table. `next_words`: what to do about it now, "" where nothing is to be done."""

    code: str
    label: str
    kind_words: str
    state: RoundState
    state_words: str
    opened_at: datetime | None
    closed_at: datetime | None
    has_results: bool
    may_open: bool
    may_close: bool
    may_preview: bool
    next_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPage:
    """A study with its rounds and its path so far."""

    code: str
    title: str
    question: str
    synthetic: str
    synthetic_tables: tuple[str, ...]
    path: tuple[PathStep, ...]
    rounds: tuple[RoundLine, ...]
    translations: tuple[Translation, ...]
    people: int

    @property
    def first_to_open(self) -> RoundLine | None:
        """The round that a study begins with, None once it has begun."""
        has_begun = any(round_.opened_at for round_ in self.rounds)
        return None if has_begun or not self.rounds else self.rounds[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResponse:
    """A group's response; lengths are those of bars, out of BAR_LENGTH for everyone invited."""

    label: str
    invited: int
    started: int
    finished: int
    started_length: float
    finished_length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """What is fixed for a round, in sentences; `rule` is empty where it has none."""

    rule: tuple[str, ...]
    weights: str
    feedback: str
    smallest_group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage:
    """A round for those who run it. `refusal`: why it cannot be opened, "" where that is not the question.

    `waiting`: people whose group the team has not confirmed; if it closes now, they stay out of its results.
    """

    study: str
    study_title: str
    synthetic: str
    code: str
    label: str
    kind_words: str
    state: RoundState
    state_words: str
    opened_at: datetime | None
    closed_at: datetime | None
    outcomes: int
    groups: tuple[GroupResponse, ...]
    everyone: GroupResponse
    counts_finished: bool
    fixed: Fixed
    has_results: bool
    may_open: bool
    may_close: bool
    may_preview: bool
    refusal: str
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage:
    """A round's receipt, and whether the facts of today still give it; `changes` are lines that differ."""

    study: str
    study_title: str
    synthetic: str
    round_code: str
    round_label: str
    sha256: str
    text: str
    made_at: datetime
    outcomes: int
    languages: tuple[str, ...]
    sha256_today: str
    is_intact: bool
    changes: tuple[str, ...]


def studies_of(user_id: int, *, now: datetime) -> tuple[StudyCard, ...]:
    """Return the studies in which a user has a role, by title."""
    query = (
        select(Study.id, Study.code, Study.title, Membership.role)
        .join(Membership, Membership.study_id == Study.id)
        .where(Membership.user_id == user_id)
        .order_by(Study.title, Study.code)
    )
    studies = db.session.execute(query).all()
    states = _states([row.id for row in studies], now=now)
    return tuple(
        StudyCard(
            code=row.code,
            title=row.title,
            role_words=ROLE_WORDS[row.role],
            state_words=_study_state(states.get(row.id, ())),
        )
        for row in studies
    )


def study_page(study_id: int) -> StudyPage:
    """Return a study's page."""
    protocol = protocol_in_view(study_id)
    rounds = rounds_of(study_id, protocol=protocol)
    path, decided = path_of(study_id), _decided(study_id)
    return StudyPage(
        code=protocol.study.code,
        title=protocol.study.title,
        question=protocol.study.question,
        synthetic=synthetic_note(protocol),
        synthetic_tables=protocol.study.synthetic,
        path=_path_steps(path),
        rounds=tuple(_round_line(rounds, round_, decided=decided) for round_ in rounds),
        translations=translations_of(study_id, protocol=protocol),
        people=_people_of(study_id),
    )


def round_page(study_id: int, round_code: str) -> RoundPage | None:
    """Return a round's page, None if the study has no such round."""
    round_id = round_id_of(study_id, round_code)
    if round_id is None:
        return None
    protocol = protocol_in_view(study_id)
    rounds = rounds_of(study_id, protocol=protocol)
    facts = next(round_ for round_ in rounds if round_.code == round_code)
    refusal = refusal_to_open(rounds, round_code)
    panel = responses(study_id, round_id, criteria=len(protocol.round(round_code).criteria))
    labels = {group.code: group.label for group in protocol.groups}
    return RoundPage(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=synthetic_note(protocol),
        code=round_code,
        label=facts.label,
        kind_words=KIND_WORDS[facts.kind],
        state=facts.state,
        state_words=STATE_WORDS[facts.state],
        opened_at=facts.opened_at,
        closed_at=facts.closed_at,
        outcomes=_list_length(study_id, round_id, facts),
        groups=_by_group(panel, labels),
        everyone=_response("Everyone", panel),
        counts_finished=facts.kind is RoundKind.RATING or facts.state is RoundState.OPEN,
        fixed=_fixed(protocol, protocol.round(round_code)),
        has_results=_has_results(facts),
        may_open=refusal is None,
        may_close=refusal_to_close(rounds, round_code) is None,
        may_preview=may_preview(facts),
        refusal=REFUSAL_WORDS[refusal] if refusal and facts.state is RoundState.NOT_OPENED else "",
        waiting=sum(each.response is not Response.NOT_STARTED and not each.is_confirmed for each in panel),
    )


def receipt_page(study_id: int, round_code: str) -> ReceiptPage | None:
    """Return a round's receipt, None if there is none; today's text is made from the database anew."""
    query = (
        select(Round.id, Receipt.sha256, Receipt.text, Receipt.made_at)
        .join(Receipt, Receipt.round_id == Round.id)
        .where(Round.study_id == study_id, Round.code == round_code)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    protocol = protocol_in_view(study_id)
    today = receipt_today(study_id, protocol=protocol, round_id=row.id, round_code=round_code)
    return ReceiptPage(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=synthetic_note(protocol),
        round_code=round_code,
        round_label=protocol.round(round_code).label,
        sha256=row.sha256,
        text=row.text,
        made_at=row.made_at,
        outcomes=len(listed_codes(row.id)),
        languages=tuple(map(language_name, protocol.study.languages)),
        sha256_today=sha256_of(today),
        is_intact=sha256_of(today) == row.sha256 == sha256_of(row.text),
        changes=_changes(row.text, today),
    )


def _people_of(study_id: int) -> int:
    query = select(func.count()).select_from(Panellist).where(Panellist.study_id == study_id)
    return db.session.scalar(query) or 0


def synthetic_note(protocol: Protocol) -> str:
    """Return the note on what is synthetic, "" where nothing is."""
    return protocol.study.note if protocol.study.synthetic else ""


def _fixed(protocol: Protocol, round_: ProtocolRound) -> Fixed:
    definition, words = protocol.definition_of(round_), Words.of(protocol, round_)
    return Fixed(
        rule=definition_sentences(definition, words=words) if definition else (),
        weights=weighting_sentence(protocol.weights_of(round_), words=words),
        feedback=FEEDBACK_WORDS[round_.feedback],
        smallest_group=protocol.feedback.minimum_group_size,
    )


def _states(study_ids: Sequence[int], *, now: datetime) -> Mapping[int, Sequence[RoundState]]:
    query = select(Round.study_id, Round.opened_at, Round.closed_at, Round.closes_at)
    found: dict[int, list[RoundState]] = {}
    for study_id, opened_at, closed_at, closes_at in db.session.execute(
        query.where(Round.study_id.in_(study_ids)).order_by(Round.position)
    ):
        state = state_of(opened_at, closing_of(closed_at, closes_at, now=now))
        found.setdefault(study_id, []).append(state)
    return found


def _study_state(states: Sequence[RoundState]) -> str:
    closed, of = states.count(RoundState.CLOSED), len(states)
    if closed == of:
        return f"All {of} rounds are closed"
    if RoundState.OPEN in states:
        return f"Round {states.index(RoundState.OPEN) + 1} of {of} is open"
    return f"{closed} of {of} rounds are closed" if closed else "No round has been opened yet"


def _path_steps(path: StudyPath) -> tuple[PathStep, ...]:
    starting = PathStep(number=len(path.starting), label="Starting list", people=None)
    stages = (
        PathStep(number=stage.outcomes_out, label=f"after {stage.label}", people=stage.respondents)
        for stage in path.stages
    )
    return starting, *stages


def _round_line(rounds: Sequence[RoundFacts], round_: RoundFacts, *, decided: Collection[str]) -> RoundLine:
    refusal = refusal_to_open(rounds, round_.code)
    return RoundLine(
        code=round_.code,
        label=round_.label,
        kind_words=KIND_WORDS[round_.kind],
        state=round_.state,
        state_words=STATE_WORDS[round_.state],
        opened_at=round_.opened_at,
        closed_at=round_.closed_at,
        has_results=_has_results(round_),
        may_open=refusal is None,
        may_close=refusal_to_close(rounds, round_.code) is None,
        may_preview=may_preview(round_),
        next_words=_next_words(round_, refusal, is_decided=round_.code in decided),
    )


def _next_words(round_: RoundFacts, refusal: Refusal | None, *, is_decided: bool) -> str:
    if round_.state is RoundState.OPEN:
        return "Watch the response; close it when everyone has had time."
    if round_.state is RoundState.CLOSED:
        return "" if is_decided else "Decide what becomes of each outcome. Then make the next list."
    return "It can be opened. The page says what is missing." if refusal is None else REFUSAL_WORDS[refusal]


def _decided(study_id: int) -> frozenset[str]:
    """The rounds after which it was decided what becomes of outcomes."""
    query = select(Round.code).join(LineageStep, LineageStep.round_id == Round.id).distinct()
    return frozenset(db.session.scalars(query.where(Round.study_id == study_id)))


def _has_results(round_: RoundFacts) -> bool:
    counted = (RoundKind.RATING, RoundKind.WORKSHOP)
    return round_.state is RoundState.CLOSED and round_.kind in counted


def _list_length(study_id: int, round_id: int, round_: RoundFacts) -> int:
    """Outcomes in a round's list; before it opens, in the list that it would have now."""
    if round_.state is RoundState.NOT_OPENED:
        return len(path_of(study_id).final)
    return len(listed_codes(round_id))


def _by_group(panel: Sequence[PanellistResponse], labels: Mapping[str, str]) -> tuple[GroupResponse, ...]:
    return tuple(
        _response(label, [person for person in panel if person.group == code])
        for code, label in labels.items()
    )


def _response(label: str, people: Sequence[PanellistResponse]) -> GroupResponse:
    """Count a group; who answered and withdrew later was invited too."""
    started = sum(person.response is not Response.NOT_STARTED for person in people)
    finished = sum(person.response is Response.FINISHED for person in people)
    invited = sum(person.may_answer or person.response is not Response.NOT_STARTED for person in people)
    return GroupResponse(
        label=label,
        invited=invited,
        started=started,
        finished=finished,
        started_length=round(BAR_LENGTH * started / max(invited, 1), 1),
        finished_length=round(BAR_LENGTH * finished / max(invited, 1), 1),
    )


def _changes(before: str, today: str) -> tuple[str, ...]:
    if before == today:
        return ()
    lines = ndiff(before.splitlines(), today.splitlines())
    return tuple(line for line in lines if line[:2] in ("- ", "+ "))
