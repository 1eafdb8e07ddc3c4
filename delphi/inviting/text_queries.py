"""What the page about a message's text shows."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from delphi.dataset import outcomes_of
from delphi.domain.own_words import telling_words
from delphi.extensions import db
from delphi.inviting.queries import RoundInView
from delphi.inviting.texts import OwnText, text_that_counts, texts_of
from delphi.inviting.wording import language_for, protocol_in
from delphi.inviting.words import CAUSE_WORDS
from delphi.models import MessageCause, Panellist, StakeholderGroup
from delphi.web.language import BY_CODE, Language, among


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLine:
    """A language of the study: whether the team has words of its own in it, and who reads them."""

    language: Language
    is_own: bool
    number: int
    readers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A text and its versions; `telling`: words in it that also stand in the study's own texts."""

    cause: MessageCause
    what: str
    language: Language
    newest: OwnText
    versions: tuple[OwnText, ...]
    telling: tuple[str, ...]
    languages: tuple[LanguageLine, ...]


def text_page(view: RoundInView, *, cause: MessageCause, code: str) -> TextPage | None:
    """Return the page of a text; None if the study has no such language."""
    language = next((each for each in among(view.protocol.study.languages) if each.code == code), None)
    if language is None:
        return None
    versions = texts_of(view.study_id, cause=cause, language=code)
    newest = text_that_counts(view.study_id, cause=cause, language=code)
    return TextPage(
        cause=cause,
        what=CAUSE_WORDS[cause],
        language=language,
        newest=newest,
        versions=versions,
        telling=_telling(view.study_id, newest, language),
        languages=language_lines(view, cause=cause),
    )


def language_lines(view: RoundInView, *, cause: MessageCause) -> tuple[LanguageLine, ...]:
    """Return each language of the study's messages with who would read it, by group."""
    readers = _readers(view)
    texts = {
        language.code: text_that_counts(view.study_id, cause=cause, language=language.code)
        for language in among(view.protocol.study.languages)
    }
    return tuple(
        LanguageLine(
            language=BY_CODE[code],
            is_own=not text.is_standard,
            number=text.number,
            readers=tuple(
                (group.label, readers[code, group.code])
                for group in view.protocol.groups
                if readers[code, group.code]
            ),
        )
        for code, text in texts.items()
    )


def _readers(view: RoundInView) -> Counter[tuple[str, str]]:
    query = (
        select(Panellist.language, StakeholderGroup.code)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .where(Panellist.study_id == view.study_id, Panellist.withdrew_round_id.is_(None))
    )
    return Counter(
        (language_for(chosen, protocol=view.protocol).code, group)
        for chosen, group in db.session.execute(query)
    )


def _telling(study_id: int, text: OwnText, language: Language) -> tuple[str, ...]:
    protocol = protocol_in(study_id, language)
    said = (
        *(protocol.study.title, protocol.study.question),
        *(group.label for group in protocol.groups),
        *(outcome.label for outcome in outcomes_of(study_id)),
    )
    return telling_words(f"{text.subject} {text.text}", said_by_the_study=said)
