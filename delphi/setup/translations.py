"""How far a study is translated, for those who run it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.study.protocol import Protocol
from analysis.study.records import TranslationState
from analysis.study.translation import texts_of
from delphi.dataset import outcomes_of
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
    """Return two lines for each language but the first: the outcomes, and the other texts of the study."""
    languages = protocol.study.languages
    if len(languages) == 1:
        return ()
    outcomes = outcomes_of(study_id)
    keys = len(texts_of(protocol, domains={outcome.domain for outcome in outcomes}))
    wordings = wordings_of(study_id, languages=languages)
    texts = texts_of_study(study_id, languages=languages)
    lines = []
    for language in languages[1:]:
        named = [each.state for each in wordings if each.language == language and each.label]
        lines.append(_line(language, "Outcomes", named, of=len(outcomes)))
        others = [each.state for each in texts if each.language == language]
        lines.append(_line(language, "Other texts", others, of=keys))
    return tuple(lines)


def _line(language: str, kind: str, states: Iterable[TranslationState], *, of: int) -> Translation:
    numbers = Counter(states)
    checked, draft = numbers[TranslationState.CHECKED], numbers[TranslationState.DRAFT]
    return Translation(
        language=language, kind=kind, checked=checked, draft=draft, missing=max(0, of - checked - draft)
    )
