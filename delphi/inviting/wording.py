"""What a message says, in one language of the study."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import force_locale, gettext
from sqlalchemy import select

from analysis.study.protocol import Protocol
from analysis.study.translation import in_language
from delphi.dataset import protocol_of
from delphi.extensions import db
from delphi.inviting.own_body import html_body, plain_body
from delphi.inviting.texts import NOTHING_SAVED, OwnText
from delphi.mail.letter import Words
from delphi.mail_settings import MailSettings
from delphi.models import MessageCause, Study, StudyText
from delphi.web.language import Language, among


@dataclass(frozen=True, kw_only=True)
class Links:
    """The addresses in a message."""

    enter: str
    no_thank_you: str
    stop: str


def mail_settings() -> MailSettings | None:
    """Return how mail leaves this installation, None where it is off."""
    settings: MailSettings | None = current_app.config["MAIL"]
    return settings


def address_of(endpoint: str, *, settings: MailSettings, **values: str) -> str:
    """Return the whole address of one of our pages, also where no page was asked for."""
    parts = urlsplit(settings.address)
    urls = current_app.url_map.bind(parts.netloc, script_name=parts.path or "/", url_scheme=parts.scheme)
    return urls.build(endpoint, values, force_external=True)


def links_of(*, token: str, stop: str, settings: MailSettings) -> Links:
    """Return the addresses in a message."""
    return Links(
        enter=address_of("access.enter", settings=settings, token=token),
        no_thank_you=address_of("invitations.no_thank_you", settings=settings, token=token),
        stop=address_of("stopping.stop_reminders", settings=settings, token=stop),
    )


def words_of(
    *,
    study_id: int,
    round_code: str,
    cause: MessageCause,
    language: Language,
    neutral: bool,
    links: Links,
    good_until: datetime,
    own: OwnText = NOTHING_SAVED,
) -> Words:
    """Return a message's subject and its text, plain and as HTML; `neutral`: nothing of ours names the study.

    The lines for saying no and for stopping reminders stand below the team's `own` words, too.
    """
    protocol = protocol_in(study_id, language)
    about = "" if neutral else f"{protocol.study.title}, {protocol.round(round_code).label}"
    with force_locale(language.locale):
        reminds = cause is MessageCause.REMINDER
        ready, still = gettext("Your questionnaire is ready"), gettext("Your questionnaire is still open")
        subject = own.subject or (still if reminds else ready)
        if about:
            subject = gettext("%(what)s: %(study)s", what=subject, study=protocol.study.title)
        said = {
            "reminds": reminds,
            "about": about,
            "links": links,
            "good_until": good_until,
            "language": language,
            "subject": subject,
            "own_text": plain_body(own.text, link=links.enter, good_until=good_until),
            "own_html": html_body(own.text, link=links.enter, good_until=good_until),
        }
        return Words(
            subject=subject,
            text=render_template("inviting/letter.txt", **said),
            html=render_template("inviting/letter.html", **said),
        )


def language_for(chosen: str | None, *, protocol: Protocol) -> Language:
    """Return the language of a person's messages: what they chose, else the study's first of ours."""
    offered = among(protocol.study.languages)
    return next((language for language in offered if language.code == chosen), offered[0])


def study_title(study_id: int, *, language: Language) -> str:
    """Return the study's title in a language."""
    return protocol_in(study_id, language).study.title


def protocol_in(study_id: int, language: Language) -> Protocol:
    """Return what the study fixes, in a language where it has been put into it."""
    own = protocol_of(db.session.get_one(Study, study_id))
    spoken = (code for code in own.study.languages if code.partition("-")[0].lower() == language.code)
    code = next(spoken, own.study.languages[0])
    if code == own.study.languages[0]:
        return own
    query = select(StudyText.key, StudyText.text).where(
        StudyText.study_id == study_id, StudyText.language == code
    )
    return in_language(own, dict(db.session.execute(query).all()))
