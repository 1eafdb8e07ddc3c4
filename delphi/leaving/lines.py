"""Where there is help for whoever is signed out: what all studies here name; which study does is not said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import exists, select

from analysis.study.protocol import Protocol
from analysis.study.taking_part import SupportLine
from analysis.study.translation import in_language, texts_of
from delphi.dataset.protocols import protocol_in
from delphi.domain.support import CountryHelp, help_by_country, without_repeats
from delphi.extensions import db
from delphi.models import Round, Study, StudyText
from delphi.web.language import current_language, note_untranslated, note_written_in

SUPPORT = "support."  # how the bundle's keys of these texts begin
NO_TEXTS: Mapping[str, str] = {}
_BEGUN = (
    select(Study.id, Study.protocol)
    .where(exists().where(Round.study_id == Study.id, Round.opened_at.is_not(None)))
    .order_by(Study.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A line in the words of the page; `foreign`: those of its texts in another language, and in which."""

    line: SupportLine
    foreign: Mapping[str, str]


def help_for_anybody() -> tuple[CountryHelp, ...]:
    """The lines of each study that has or had an open round, each once, by country."""
    page = current_language().code
    studies = {study_id: protocol_in(text) for study_id, text in db.session.execute(_BEGUN)}
    texts = _texts(studies, page=page)
    said = [
        each
        for study_id, own in studies.items()
        for each in _lines_of(own, texts=texts.get(study_id, NO_TEXTS), page=page)
    ]
    said.sort(
        key=lambda each: len(each.foreign)
    )  # where two studies name the same, the one in the page's words
    shown = without_repeats(each.line for each in said)
    for each in said:
        if each.line in shown:
            note_untranslated(each.foreign)
            note_written_in(each.foreign)
    return help_by_country(shown, language=page)


def _texts(studies: Mapping[int, Protocol], *, page: str) -> dict[int, dict[str, str]]:
    """By study, what is translated of its lines into the language of the page."""
    query = select(StudyText.study_id, StudyText.language, StudyText.key, StudyText.text)
    theirs = (StudyText.study_id.in_(studies), StudyText.key.startswith(SUPPORT, autoescape=True))
    found: dict[int, dict[str, str]] = {}
    for study_id, language, key, text in db.session.execute(query.where(*theirs)):
        if _plain(language) == page:
            found.setdefault(study_id, {})[key] = text
    return found


def _lines_of(own: Protocol, *, texts: Mapping[str, str], page: str) -> Iterator[_Said]:
    first = own.study.languages[0]
    left = {} if _plain(first) == page else {key: t for key, t in texts_of(own).items() if not texts.get(key)}
    for place, line in enumerate(in_language(own, texts).support, start=1):
        here = f"{SUPPORT}{place}."
        yield _Said(line=line, foreign={text: first for key, text in left.items() if key.startswith(here)})


def _plain(language: str) -> str:
    return language.partition("-")[0].lower()
