"""What the pages on which people come in show, read from the database."""

from datetime import date, datetime

from babel.dates import format_date
from flask_babel import gettext
from sqlalchemy import Row, select

from analysis.study.rounds import FeedbackShown
from analysis.study.taking_part import ProfileKind, ProfileQuestion
from delphi.dataset.protocols import protocol_of
from delphi.domain.consent import Agreed, has_changed
from delphi.domain.joining import door_of, round_to_join
from delphi.domain.journey import minutes_needed
from delphi.domain.rounds import RoundState, closing_of, state_of
from delphi.domain.sections import sections_of
from delphi.domain.timing import begins_later
from delphi.extensions import db
from delphi.joining.forms import answer_in_words
from delphi.joining.pages import (
    AskedChoice,
    AskedQuestion,
    ConsentCopy,
    ConsentPage,
    JoinedPage,
    JoinPage,
    ProfilePage,
    WelcomePage,
)
from delphi.joining.profile import Told, field_of
from delphi.joining.wordings import wording_now
from delphi.models import Consent, EntryMode, OpenLink, ProfileAnswer, Round, Study
from delphi.standing import RoundFacts, Standing, in_language_of_page, list_of
from delphi.standing.removal import removal_of
from delphi.web.language import current_locale

NOTHING_TOLD = Told(answers={}, typed={}, faults=())


def joined_page(standing: Standing) -> JoinedPage:
    """What somebody is told who has just joined."""
    return JoinedPage(
        group=standing.group.label,
        is_confirmed=standing.is_confirmed,
        a_round_is_open=standing.open_round is not None,
        begins_at=standing.next_to_begin.timing.begins_at if standing.next_to_begin else None,
    )


def welcome_page(standing: Standing, *, round_: RoundFacts, today: date) -> WelcomePage:
    """What taking part in a round means; `today` in the installation's time zone."""
    protocol, listed = standing.protocol, list_of(standing, round_)
    last_day = protocol.leaving.last_day_to_remove
    return WelcomePage(
        study_title=protocol.study.title,
        round_label=round_.definition.label,
        kind=round_.definition.kind,
        group=standing.group.label,
        is_confirmed=standing.is_confirmed,
        welcome=protocol.ethics.welcome,
        comment_readers=protocol.ethics.comment_readers,
        outcomes=len(listed),
        sections=len(sections_of((outcome.outcome_id, outcome.domain) for outcome in listed)),
        minutes=_minutes(standing, round_, outcomes=len(listed)),
        asks_about_oneself=bool(protocol.profile),
        removable_until=format_date(last_day, format="long", locale=current_locale()) if last_day else "",
        removal_is_over=not removal_of(standing, today=today).is_possible,
        agreed=round_.agreed,
    )


def consent_page(standing: Standing, *, round_: RoundFacts) -> ConsentPage:
    """The question whether one takes part, beside what one said before."""
    wording, agreed = wording_now(standing), _last_agreed(standing.panellist_id)
    changed = has_changed(agreed, version=wording.version, wording=wording.text, language=wording.language)
    return ConsentPage(
        round_label=round_.definition.label,
        text=standing.protocol.ethics.consent,
        mark=wording.mark,
        minutes=_minutes(standing, round_, outcomes=len(list_of(standing, round_))),
        agreed=round_.agreed,
        is_first=agreed is None,
        agreed_at=agreed.at if agreed else None,
        has_changed=changed,
    )


def consent_copy(standing: Standing) -> ConsentCopy | None:
    """The newest answer to the consent question, None if there is none."""
    query = (
        select(Consent, Round.code)
        .join(Round, Round.id == Consent.round_id)
        .where(Consent.panellist_id == standing.panellist_id)
        .order_by(Consent.id.desc())
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    consent, round_code = row
    return ConsentCopy(
        study_title=standing.protocol.study.title,
        round_label=standing.protocol.round(round_code).label,
        version=consent.version,
        wording=consent.wording,
        answer=answer_in_words(agreed=consent.agreed),
        team_contact=standing.protocol.ethics.team_contact,
        entered_words=_entered_words(consent.entered),
        answered_at=consent.answered_at,
    )


def own_questions(standing: Standing) -> tuple[ProfileQuestion, ...]:
    """The questions about oneself in the study's own words: answers are kept in them."""
    if not standing.is_translated:
        return standing.protocol.profile
    return protocol_of(db.session.get_one(Study, standing.study_id)).profile


def told_so_far(panellist_id: int) -> dict[str, str]:
    """What a panellist tells of themselves: by question the newest answer, "" where it was taken back."""
    query = select(ProfileAnswer.question, ProfileAnswer.answer).order_by(ProfileAnswer.id)
    return dict(db.session.execute(query.where(ProfileAnswer.panellist_id == panellist_id)).all())


def profile_page(standing: Standing, *, told: Told = NOTHING_TOLD) -> ProfilePage:
    """The questions about oneself; `told`: what was sent and not taken, to be shown again."""
    kept = told_so_far(standing.panellist_id)
    pairs = zip(own_questions(standing), standing.protocol.profile, strict=True)
    return ProfilePage(
        questions=tuple(_asked(own, shown, kept=kept.get(own.code, ""), told=told) for own, shown in pairs),
        faults=told.faults,
    )


def join_page(token: str, *, now: datetime) -> JoinPage | None:
    """The study behind an open link as it stands now, None if nobody made such a link."""
    query = select(OpenLink.ended_at, Study).join(Study, Study.id == OpenLink.study_id)
    row = db.session.execute(query.where(OpenLink.token == token)).one_or_none()
    return None if row is None else _join_page(row, now=now)


def _join_page(row: Row[object, Study], *, now: datetime) -> JoinPage:
    ended_at, study = row
    protocol, _, _ = in_language_of_page(study.id, protocol_text=study.protocol)
    query = select(Round.id, Round.opened_at, Round.closed_at, Round.closes_at, Round.begins_at)
    in_order = query.where(Round.study_id == study.id).order_by(Round.position)
    rounds = db.session.execute(in_order).all()
    closed = [closing_of(round_.closed_at, round_.closes_at, now=now) for round_ in rounds]
    states = [
        state_of(None if at is None and begins_later(round_.begins_at, now=now) else round_.opened_at, at)
        for round_, at in zip(rounds, closed, strict=True)
    ]
    place = round_to_join(states)
    return JoinPage(
        study_id=study.id,
        study_title=protocol.study.title,
        question=protocol.study.question,
        welcome=protocol.ethics.welcome,
        groups=protocol.groups,
        confirms_groups=protocol.joining.confirm_groups,
        is_open=place is not None and states[place] is RoundState.OPEN,
        round_id=None if place is None else rounds[place].id,
        door=door_of(offered=protocol.joining.open_link, ended=ended_at is not None, states=states),
        ribbon=protocol.study.note if protocol.study.synthetic else None,
    )


def _minutes(standing: Standing, round_: RoundFacts, *, outcomes: int) -> int:
    definition = round_.definition
    has_others = definition.live_feedback or standing.earlier_than(round_) is not None
    shows_groups = has_others and definition.feedback is FeedbackShown.GROUPS and standing.is_confirmed
    questions = max(1, len(definition.criteria))
    return minutes_needed(outcomes, questions=questions, shows_groups=shows_groups)


def _last_agreed(panellist_id: int) -> Agreed | None:
    yes = (Consent.panellist_id == panellist_id, Consent.agreed)
    consent = db.session.scalar(select(Consent).where(*yes).order_by(Consent.id.desc()).limit(1))
    if consent is None:
        return None
    return Agreed(
        version=consent.version, wording=consent.wording, language=consent.language, at=consent.answered_at
    )


def _entered_words(mode: EntryMode) -> str:
    return {
        EntryMode.SELF: "",
        EntryMode.HELPER: gettext("Somebody of the study team entered this answer with you."),
        EntryMode.PAPER: gettext("Somebody of the study team entered this answer from your paper form."),
    }[mode]


def _asked(own: ProfileQuestion, shown: ProfileQuestion, *, kept: str, told: Told) -> AskedQuestion:
    name = field_of(own)
    fault = next((fault.message for fault in told.faults if fault.field == name), "")
    chosen = frozenset(kept.split("\n")) if kept else frozenset()
    if told.faults:
        places = {str(place): choice for place, choice in enumerate(own.choices, start=1)}
        chosen = frozenset(places.get(value, "") for value in told.typed[own.code].split("\n"))
    choices = [
        AskedChoice(value=str(place), words=words, chosen=text in chosen)
        for place, (text, words) in enumerate(zip(own.choices, shown.choices, strict=True), start=1)
    ]
    if own.kind is ProfileKind.CHOICE:
        nothing = not any(choice.chosen for choice in choices)
        choices.append(AskedChoice(value="", words=gettext("I prefer not to say"), chosen=nothing))
    return AskedQuestion(
        name=name,
        question=shown,
        choices=tuple(choices),
        text=told.typed[own.code] if told.faults else kept,
        fault=fault,
    )
