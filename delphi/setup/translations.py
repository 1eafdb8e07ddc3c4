"""How far a study is translated, for those who run it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.study.protocol import Protocol
from analysis.study.records import Outcome, TranslationState, Wording
from analysis.study.translation import digest_key, is_digest_key, texts_of
from delphi.dataset import outcomes_of
from delphi.dataset.digests import digest_of
from delphi.dataset.translations import texts_of_study, wordings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """Of one kind of text in one language: how many are checked, are drafts, are missing."""

    language: str
    kind: str
    checked: int
    draft: int
    missing: int


def translations_of(study_id: int, *, protocol: Protocol) -> tuple[Translation, ...]:
    """Return for each language but the first: the outcomes, the other texts of the study, its digests.

    Of digests only lines in another language are to be translated; into the first language too, where the
    team writes in another.
    """
    languages = protocol.study.languages
    if len(languages) == 1:
        return ()
    outcomes = outcomes_of(study_id)
    keys = len(texts_of(protocol, domains={outcome.domain for outcome in outcomes}))
    wordings = wordings_of(study_id, languages=languages)
    texts = texts_of_study(study_id, languages=languages)
    digest = [(digest_key(line.line), line.language or languages[0]) for line in digest_of(study_id)]
    lines = []
    for language in languages:
        own = [each for each in texts if each.language == language]
        if language != languages[0]:
            mine = {each.code: each for each in wordings if each.language == language}
            whole = [mine[one.code].state for one in outcomes if _is_whole(one, mine.get(one.code))]
            lines.append(_line(language, "Outcomes", whole, of=len(outcomes)))
            others = [each.state for each in own if not is_digest_key(each.key)]
            lines.append(_line(language, "Other texts", others, of=keys))
        foreign = {key for key, written_in in digest if written_in != language}
        if foreign:
            told = [each.state for each in own if each.key in foreign]
            lines.append(_line(language, "Digests", told, of=len(foreign)))
    return tuple(lines)


def _is_whole(outcome: Outcome, wording: Wording | None) -> bool:
    """Whether nothing of an outcome is shown in the study's first language."""
    if wording is None:
        return False
    fields = ("label", "descriptor", "plain")
    return all(getattr(wording, field) or not getattr(outcome, field).strip() for field in fields)


def _line(language: str, kind: str, states: Iterable[TranslationState], *, of: int) -> Translation:
    numbers = Counter(states)
    checked, draft = numbers[TranslationState.CHECKED], numbers[TranslationState.DRAFT]
    return Translation(
        language=language, kind=kind, checked=checked, draft=draft, missing=max(0, of - checked - draft)
    )
