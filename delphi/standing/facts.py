"""Where a panellist stands: their study, its rounds, and what they agreed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, select

from analysis.study.protocol import Group, Protocol
from analysis.study.rounds import Round as RoundDefinition
from analysis.study.rounds import RoundKind
from analysis.study.translation import in_language, texts_of
from delphi.dataset.protocols import protocol_in
from delphi.domain.journey import Step, step_of
from delphi.domain.rounds import RoundState, state_of
from delphi.domain.timing import TAKES_ANSWERS, RoundTiming, timing_of
from delphi.extensions import ask
from delphi.models import Consent, Finish, Panellist, Round, StakeholderGroup, Study, StudyText
from delphi.web import language as languages
from delphi.web import ways_out

TRANSLATIONS_KEPT = 64  # protocols put into another language, for the studies that are asked for most
NO_TEXTS: Mapping[str, str] = {}
_PERSON = (
    select(
        Panellist.code,
        Panellist.study_id,
        Panellist.group_confirmed_at,
        Panellist.joined_round_id,
        Panellist.withdrew_round_id,
        StakeholderGroup.code.label("group"),
        Study.protocol,
        Study.wordings_version,
    )
    .join(Study, Study.id == Panellist.study_id)
    .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
    .where(Panellist.id == bindparam("panellist_id"))
)
_NEWEST_CONSENT = (
    select(Consent.agreed)
    .where(Consent.round_id == Round.id, Consent.panellist_id == bindparam("panellist_id"))
    .order_by(Consent.id.desc())
    .limit(1)
    .scalar_subquery()
)
_AGREED_ONCE = (
    select(Consent.id)
    .where(Consent.round_id == Round.id, Consent.panellist_id == bindparam("panellist_id"), Consent.agreed)
    .limit(1)
    .scalar_subquery()
)
_FINISHED_AT = (
    select(Finish.finished_at)
    .where(Finish.round_id == Round.id, Finish.panellist_id == bindparam("panellist_id"))
    .scalar_subquery()
)
_ROUNDS = (
    select(
        Round.id,
        Round.code,
        Round.opened_at,
        Round.closed_at,
        Round.closes_at,
        Round.begins_at,
        Round.paused_at,
        Round.resumes_at,
        _NEWEST_CONSENT.label("agreed"),
        _AGREED_ONCE.label("agreed_once"),
        _FINISHED_AT.label("finished_at"),
    )
    .where(Round.study_id == bindparam("study_id"))
    .order_by(Round.position)
)
_TEXTS = select(StudyText.key, StudyText.text).where(
    StudyText.study_id == bindparam("study_id"), StudyText.language == bindparam("language")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRound:
    """The rating round whose answers are shown; `rounds_since`: its id and those of rounds before today's."""

    round_id: int
    definition: RoundDefinition
    rounds_since: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """A round that opened or will open, and what the panellist said in it.

    `agreed`: their newest answer to the consent question; `agreed_once`: any of them was a yes. `planned`:
    the ids of its list, for a preview before it opens; None: its list is in the database. A round that
    begins later has not opened yet, for panellists: `opened_at` is None until then.
    """

    round_id: int
    definition: RoundDefinition
    opened_at: datetime | None
    closed_at: datetime | None
    closes_at: datetime | None
    agreed: bool | None
    agreed_once: bool
    finished_at: datetime | None
    planned: tuple[int, ...] | None = None
    timing: RoundTiming = TAKES_ANSWERS

    @property
    def state(self) -> RoundState:
        """Whether it is open."""
        return state_of(self.opened_at, self.closed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A panellist in their study; `rounds` in the protocol's order, `joined` the place of their first one.

    `protocol` is in the language of the page as far as it is translated: `texts` by key, in the study's
    `language`. `is_confirmed`: the team has confirmed their group, or need not. `is_made_up`: there is no
    such person; the page is a preview, for which nothing is written.
    """

    panellist_id: int
    code: str
    study_id: int
    protocol: Protocol
    language: str
    texts: Mapping[str, str]
    wordings_version: str
    is_confirmed: bool
    group: Group
    withdrawn: bool
    joined: int
    rounds: tuple[RoundFacts, ...]
    is_made_up: bool = False

    @property
    def is_translated(self) -> bool:
        """Whether the page is in another language than the study's first."""
        return self.language != self.protocol.study.languages[0]

    @property
    def open_round(self) -> RoundFacts | None:
        """The round to answer in: the last one that is open, unless they join later."""
        return self._last(RoundState.OPEN)

    @property
    def last_closed(self) -> RoundFacts | None:
        """The last round that closed."""
        return self._last(RoundState.CLOSED)

    @property
    def next_to_begin(self) -> RoundFacts | None:
        """The round that begins at a moment to come."""
        return next((each for each in self._theirs if each.timing.begins_at), None)

    def opened(self, code: str) -> RoundFacts | None:
        """The round with that code, None if it never opened, they joined later, or there is none."""
        opened = (each for each in self._theirs if each.state is not RoundState.NOT_OPENED)
        return next((each for each in opened if each.definition.code == code), None)

    def step(self, *, anything_left: bool = True) -> Step:
        """The page that the facts lead to."""
        current = self.open_round
        return step_of(
            withdrawn=self.withdrawn,
            open_kind=current.definition.kind if current else None,
            agreed=current.agreed if current else None,
            finished=bool(current and current.finished_at),
            anything_left=anything_left,
            agreed_before=self.agreed_before,
            rests=current is not None and current.timing.rests,
        )

    @property
    def agreed_before(self) -> bool:
        """Whether they said yes in another round than the open one."""
        return any(each.agreed for each in self.rounds if each is not self.open_round)

    def earlier_than(self, round_: RoundFacts) -> EarlierRound | None:
        """The last rating round that closed before another, for its answers to be shown."""
        before = self.rounds[: self.rounds.index(round_)]
        for place, each in reversed(list(enumerate(before))):
            if each.definition.kind is RoundKind.RATING and each.state is RoundState.CLOSED:
                since = tuple(later.round_id for later in before[place:])
                return EarlierRound(round_id=each.round_id, definition=each.definition, rounds_since=since)
        return None

    def since_last_time(self, round_: RoundFacts) -> tuple[RoundFacts, ...]:
        """The rounds from the last one that they could answer online up to another; () if there was none."""
        before = self._theirs[: max(0, self.rounds.index(round_) - self.joined)]
        for place, each in reversed(list(enumerate(before))):
            if each.definition.kind is not RoundKind.WORKSHOP and each.state is RoundState.CLOSED:
                return before[place:]
        return ()

    @property
    def _theirs(self) -> tuple[RoundFacts, ...]:
        return self.rounds[self.joined :]

    def _last(self, state: RoundState) -> RoundFacts | None:
        return next((each for each in reversed(self._theirs) if each.state is state), None)


def standing_of(panellist_id: int, *, now: datetime) -> Standing:
    """Where a panellist stands now, in two statements (three in another language than the study's first).

    Raises NoResultFound for an unknown one. From now on the page speaks a language of the study.
    """
    person = ask(_PERSON, {"panellist_id": panellist_id}).one()
    protocol, language, texts = in_language_of_page(person.study_id, protocol_text=person.protocol)
    rounds = _rounds(person.study_id, panellist_id=panellist_id, protocol=protocol, now=now)
    return Standing(
        panellist_id=panellist_id,
        code=person.code,
        study_id=person.study_id,
        protocol=protocol,
        language=language,
        texts=texts,
        wordings_version=person.wordings_version,
        is_confirmed=person.group_confirmed_at is not None,
        group=protocol.group(person.group),
        withdrawn=person.withdrew_round_id is not None,
        joined=[each.round_id for each in rounds].index(person.joined_round_id),
        rounds=rounds,
    )


def in_language_of_page(study_id: int, *, protocol_text: str) -> tuple[Protocol, str, Mapping[str, str]]:
    """The protocol in the language of the page, that language as the study names it, and the texts in it.

    From now on the page speaks a language of the study.
    """
    own = protocol_in(protocol_text)
    first = own.study.languages[0]
    languages.study_speaks(own.study.languages)
    chosen = languages.current_language().code
    spoken = (code for code in own.study.languages if code.partition("-")[0].lower() == chosen)
    language = next(spoken, first)
    protocol, texts = own, NO_TEXTS
    if language != first:
        texts = dict(ask(_TEXTS, {"study_id": study_id, "language": language}).all())
        protocol, untranslated = _translated(protocol_text, frozenset(texts.items()))
        languages.note_untranslated(untranslated)
    contact = protocol.ethics.team_contact
    ways_out.study_offers(leaving=protocol.leaving, support=protocol.support, team_contact=contact)
    return protocol, language, texts


@lru_cache(maxsize=TRANSLATIONS_KEPT)
def _translated(protocol_text: str, texts: frozenset[tuple[str, str]]) -> tuple[Protocol, frozenset[str]]:
    """The protocol in another language, and those of its texts that stay in the first one."""
    own, by_key = protocol_in(protocol_text), dict(texts)
    left = frozenset(text for key, text in texts_of(own).items() if not by_key.get(key))
    return in_language(own, by_key), left


def _rounds(study_id: int, *, panellist_id: int, protocol: Protocol, now: datetime) -> tuple[RoundFacts, ...]:
    rows = ask(_ROUNDS, {"study_id": study_id, "panellist_id": panellist_id}).all()
    return tuple(_facts(row, definition=protocol.round(row.code), now=now) for row in rows)


def _facts(row: Row[Any], *, definition: RoundDefinition, now: datetime) -> RoundFacts:
    timing = timing_of(
        closed_at=row.closed_at,
        begins_at=row.begins_at,
        paused_at=row.paused_at,
        resumes_at=row.resumes_at,
        now=now,
    )
    return RoundFacts(
        round_id=row.id,
        definition=definition,
        opened_at=None if timing.begins_at else row.opened_at,
        closed_at=row.closed_at,
        closes_at=row.closes_at,
        agreed=row.agreed,
        agreed_once=row.agreed_once is not None,
        finished_at=row.finished_at,
        timing=timing,
    )
