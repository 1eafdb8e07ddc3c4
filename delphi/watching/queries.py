"""How a round comes along, read from the database: people, days, sections, gaps and comments; no score."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from analysis.study.protocol import Protocol
from analysis.study.records import Missing
from analysis.study.rounds import RoundKind
from delphi.dataset import protocol_of
from delphi.dataset.answers import newest_on_time_comments
from delphi.dataset.passing_on import text_to_pass_on
from delphi.domain.funnel import Day, Funnel, Stage, days_of, funnels_of, middle_of, together
from delphi.domain.rounds import state_of
from delphi.domain.sections import section_holding, sections_of
from delphi.extensions import db
from delphi.models import (
    Comment,
    ListedOutcome,
    Outcome,
    Panellist,
    Rating,
    Role,
    Round,
    StakeholderGroup,
    Study,
    TextKind,
)
from delphi.watching.pages import (
    CommentLine,
    GroupLine,
    MissingLine,
    ProgressPage,
    RoundInView,
    StopLine,
)
from delphi.watching.people import Person, people_in
from delphi.watching.timeline import timeline
from delphi.web import clock

READS_COMMENTS = frozenset({Role.OWNER, Role.FACILITATOR})
SEES_SMALL_GROUPS = READS_COMMENTS  # they see each person's progress by code on the page of the panel
COMMENTS_SHOWN = 50
GAPS_SHOWN = 10
EVERYONE = "Everyone"


def round_in_view(study_id: int, round_code: str) -> RoundInView | None:
    """Return what every page about a round names, None if the study has no such round."""
    found = _round(study_id, round_code)
    return None if found is None else _in_view(found, _protocol(study_id))


def progress_page(study_id: int, round_code: str, *, role: Role, now: datetime) -> ProgressPage | None:
    """Return how a round comes along, as far as that role may see it; None without such a round."""
    round_ = _round(study_id, round_code)
    if round_ is None:
        return None
    protocol, listed = _protocol(study_id), _listed(round_.id)
    definition = protocol.round(round_code)
    people = people_in(round_, of=len(definition.criteria) * len(listed))
    minimum = 0 if role in SEES_SMALL_GROUPS else protocol.feedback.minimum_group_size
    everyone, groups = _by_group(people, protocol, minimum=minimum)
    days = _days(people, round_, now=now)
    durations = [p.last_at - p.first_at for p in people if p.finished_at and p.first_at and p.last_at]
    middle = middle_of(durations)
    return ProgressPage(
        round=_in_view(round_, protocol),
        at=now,
        groups=groups,
        everyone=everyone,
        puts_together=minimum if len(groups) < len(protocol.groups) else 0,
        days=days,
        picture=timeline(days, top=everyone.invited) if days else None,
        unfinished=everyone.started - everyone.finished,
        stops=_stops(people, listed),
        minutes=None if middle is None else max(1, round(middle / timedelta(minutes=1))),
        timed=len(durations),
        missing=_missing(round_.id),
        has_missing=definition.kind is RoundKind.RATING,
        comments=_comments(round_.id, protocol) if role in READS_COMMENTS else None,
    )


def _round(study_id: int, round_code: str) -> Round | None:
    return db.session.scalar(select(Round).where(Round.study_id == study_id, Round.code == round_code))


def _protocol(study_id: int) -> Protocol:
    return protocol_of(db.session.get_one(Study, study_id))


def _in_view(round_: Round, protocol: Protocol) -> RoundInView:
    return RoundInView(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=protocol.study.note if protocol.study.synthetic else "",
        round_id=round_.id,
        code=round_.code,
        label=protocol.round(round_.code).label,
        state=state_of(round_.opened_at, round_.closed_at),
        opened_at=round_.opened_at,
        closed_at=round_.closed_at,
        closes_at=round_.closes_at,
    )


def _listed(round_id: int) -> Sequence[tuple[int, str]]:
    """Id and domain of every outcome in the round's list."""
    query = (
        select(Outcome.id, Outcome.domain)
        .join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
        .where(ListedOutcome.round_id == round_id)
        .order_by(ListedOutcome.position)
    )
    return [(outcome_id, domain) for outcome_id, domain in db.session.execute(query)]


def _by_group(
    people: Sequence[Person], protocol: Protocol, *, minimum: int
) -> tuple[GroupLine, tuple[GroupLine, ...]]:
    """Everyone, and the groups; those smaller than `minimum` together."""
    came = [(person.group, person.stage) for person in people]
    sizes = Counter(group for group, _ in came)
    parts = together({code: sizes[code] for code in protocol.group_codes}, minimum=minimum)
    (everyone,) = funnels_of(came, parts=[protocol.group_codes])
    lines = tuple(_line(funnel, _names(funnel, protocol)) for funnel in funnels_of(came, parts=parts))
    return _line(everyone, EVERYONE), lines


def _names(funnel: Funnel, protocol: Protocol) -> str:
    first, *others = (protocol.group(code).label for code in funnel.groups)
    if not others:
        return first
    *middle, last = [first, *(label[:1].lower() + label[1:] for label in others)]
    return f"{', '.join(middle)} and {last}, together"


def _line(funnel: Funnel, label: str) -> GroupLine:
    return GroupLine(
        label=label,
        invited=funnel.reached[Stage.INVITED],
        opened=funnel.reached[Stage.OPENED],
        consented=funnel.reached[Stage.CONSENTED],
        started=funnel.reached[Stage.STARTED],
        finished=funnel.reached[Stage.FINISHED],
    )


def _days(people: Sequence[Person], round_: Round, *, now: datetime) -> tuple[Day, ...]:
    """From the day of opening to today or the day of closing, in the installation's time zone."""
    if round_.opened_at is None:
        return ()
    return days_of(
        started=[clock.local(person.first_at) for person in people if person.first_at],
        finished=[clock.local(person.finished_at) for person in people if person.finished_at],
        first=clock.local(round_.opened_at).date(),
        last=clock.local(round_.closed_at or now).date(),
    )


def _stops(people: Sequence[Person], listed: Sequence[tuple[int, str]]) -> tuple[StopLine, ...]:
    """The sections where people stand who have started and not finished, the fullest first."""
    sections = sections_of(listed)
    places = Counter(
        section_holding(sections, person.last_outcome)
        for person in people
        if person.stage is Stage.STARTED and person.last_outcome is not None
    )
    lines = (
        StopLine(number=at.number, domain=at.domain, part=at.part, parts=at.parts, people=number)
        for at, number in places.items()
        if at is not None
    )
    return tuple(sorted(lines, key=lambda line: (-line.people, line.number)))


def _missing(round_id: int) -> tuple[MissingLine, ...]:
    """The outcomes that most people gave no score; only what stands now, not what was changed to a score."""
    newer = aliased(Rating)
    changed = select(newer.id).where(
        newer.round_id == round_id,
        newer.panellist_id == Rating.panellist_id,
        newer.outcome_id == Rating.outcome_id,
        newer.criterion == Rating.criterion,
        ~newer.late,
        newer.id > Rating.id,
    )
    query = (
        select(Rating.outcome_id, Rating.missing, func.count())
        .where(Rating.round_id == round_id, Rating.missing.is_not(None), ~Rating.late, ~changed.exists())
        .group_by(Rating.outcome_id, Rating.missing)
    )
    numbers: dict[int, Counter[Missing | None]] = {}
    for outcome_id, missing, number in db.session.execute(query):
        numbers.setdefault(outcome_id, Counter())[missing] = number
    most = sorted(numbers, key=lambda outcome_id: (-numbers[outcome_id].total(), outcome_id))[:GAPS_SHOWN]
    named = select(Outcome.id, Outcome.code, Outcome.label).where(Outcome.id.in_(most))
    names = {row.id: row for row in db.session.execute(named)} if most else {}
    return tuple(
        MissingLine(
            code=names[outcome_id].code,
            label=names[outcome_id].label,
            cannot_say=numbers[outcome_id][Missing.CANNOT_SAY],
            no_opinion=numbers[outcome_id][Missing.NO_OPINION],
            skipped=numbers[outcome_id][Missing.SKIPPED],
        )
        for outcome_id in most
    )


def _comments(round_id: int, protocol: Protocol) -> tuple[CommentLine, ...]:
    """The newest comments and proposals. Reasons and dissents would tell how somebody rated."""
    query = (
        select(
            Panellist.code,
            StakeholderGroup.code,
            Outcome.label,
            Comment.kind,
            text_to_pass_on(),
            Comment.written_at,
        )
        .join(Panellist, Panellist.id == Comment.panellist_id)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .outerjoin(Outcome, Outcome.id == Comment.outcome_id)
        .where(
            Comment.id.in_(newest_on_time_comments([round_id])),
            Comment.kind.in_([TextKind.COMMENT, TextKind.PROPOSAL]),
            Comment.text != "",
        )
        .order_by(Comment.id.desc())
        .limit(COMMENTS_SHOWN)
    )
    return tuple(
        CommentLine(
            code=code,
            group=protocol.group(group).label,
            outcome=outcome or "",
            is_proposal=kind is TextKind.PROPOSAL,
            text=text,
            written_at=written_at,
        )
        for code, group, outcome, kind, text, written_at in db.session.execute(query)
    )
