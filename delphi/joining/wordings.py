"""The consent question in the languages of the study: what a page asks with, and what it asked with."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import force_locale
from sqlalchemy import select

from delphi.dataset.protocols import protocol_of
from delphi.extensions import db
from delphi.joining.forms import consent_wording
from delphi.models import Study, StudyText
from delphi.standing import Standing
from delphi.web import language as languages

CONSENT_TEXT = "ethics.consent"  # the bundle's key


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The consent question as somebody reads it; `language` as the study names it."""

    language: str
    version: str
    text: str

    @property
    def mark(self) -> str:
        """What the page carries, so that its answer is kept with the words that were on it."""
        told = "\n".join([self.language, self.version, self.text])
        return hashlib.sha256(told.encode()).hexdigest()


def wording_now(standing: Standing) -> Wording:
    """What a page asks with now, in its language."""
    ethics = standing.protocol.ethics
    text = consent_wording(ethics.consent)
    return Wording(language=standing.language, version=ethics.consent_version, text=text)


def wording_with(mark: str, *, standing: Standing) -> Wording | None:
    """What a page asked with: in the language that it was shown in, also where another was chosen since.

    None where the study asks in no such words any more: then nobody can say what was read.
    """
    now = wording_now(standing)
    if now.mark == mark:
        return now
    return next((each for each in _in_each_language(standing) if each.mark == mark), None)


def _in_each_language(standing: Standing) -> Iterator[Wording]:
    own = protocol_of(db.session.get_one(Study, standing.study_id))
    query = select(StudyText.language, StudyText.text)
    rows = db.session.execute(
        query.where(StudyText.study_id == standing.study_id, StudyText.key == CONSENT_TEXT)
    )
    consents, spoken = dict(rows.all()), own.study.languages
    for page in languages.among(spoken):
        language = next((code for code in spoken if code.partition("-")[0].lower() == page.code), spoken[0])
        with force_locale(page.locale):
            text = consent_wording(consents.get(language) or own.ethics.consent)
        yield Wording(language=language, version=own.ethics.consent_version, text=text)
