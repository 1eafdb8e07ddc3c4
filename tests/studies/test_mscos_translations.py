"""The first study in French, Arabic and Spanish: nothing is left out, and nothing is left in English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.bundle.reader import read
from analysis.study.records import TranslationState
from analysis.study.study import Study
from analysis.study.translation import texts_of

BUNDLE = Path(__file__).parents[2] / "studies" / "mscos_2022"
LANGUAGES = ("fr", "ar", "es")
LEAST, MOST = 0.4, 2.5  # times as long as in English
# By these names one finds the help lines; the abbreviation is known in every language.
LATIN_IN_ARABIC = (
    "(Modern Slavery & Exploitation Helpline)",
    "(The Salvation Army)",
    "(Samaritans)",
    "(Find A Helpline)",
    "(LGBTQ+)",
)
ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")
PLACEHOLDER = re.compile(r"TODO|TBD|FIXME|XXX|\?\?|\{|\}|%\(|<|>|\[|\]")


@dataclass(frozen=True)
class Pair:
    """A text in English and in another language."""

    language: str
    key: str
    english: str
    translated: str


@pytest.fixture(scope="module")
def study() -> Study:
    return read(BUNDLE)


@pytest.fixture(scope="module")
def pairs(study: Study) -> tuple[Pair, ...]:
    return (*pairs_of_texts(study), *pairs_of_wordings(study))


def keys_of(study: Study) -> dict[str, str]:
    return texts_of(study.protocol, domains={outcome.domain for outcome in study.outcomes})


def pairs_of_texts(study: Study) -> Iterator[Pair]:
    english = keys_of(study)
    for text in study.texts:
        yield Pair(text.language, text.key, english[text.key], text.text)


def pairs_of_wordings(study: Study) -> Iterator[Pair]:
    for wording in study.wordings:
        own = study.outcome(wording.code)
        yield Pair(wording.language, f"{own.code}, label", own.label, wording.label)
        yield Pair(wording.language, f"{own.code}, descriptor", own.descriptor, wording.descriptor)


def test_the_study_speaks_english_first_and_three_languages_more(study: Study) -> None:
    assert study.protocol.study.languages == ("en", *LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_a_panellist_may_read_is_in_each_language(study: Study, language: str) -> None:
    assert [text.key for text in study.texts if text.language == language] == list(
        texts_of(study.protocol, domains=dict.fromkeys(outcome.domain for outcome in study.outcomes))
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_has_a_label_and_a_descriptor_in_each_language(study: Study, language: str) -> None:
    wordings = [wording for wording in study.wordings if wording.language == language]
    assert [wording.code for wording in wordings] == [outcome.code for outcome in study.outcomes]
    assert all(wording.label.strip() and wording.descriptor.strip() for wording in wordings)


def test_no_text_claims_that_a_native_speaker_has_checked_it(study: Study) -> None:
    assert {each.state for each in (*study.texts, *study.wordings)} == {TranslationState.DRAFT}


def test_nothing_is_a_placeholder_or_the_english_itself(pairs: tuple[Pair, ...]) -> None:
    assert [pair for pair in pairs if PLACEHOLDER.search(pair.translated)] == []
    assert [pair for pair in pairs if pair.translated == pair.english] == []


def test_translations_are_about_as_long_as_the_english(pairs: tuple[Pair, ...]) -> None:
    off = [pair for pair in pairs if not LEAST <= len(pair.translated) / len(pair.english) <= MOST]
    assert off == []


def test_arabic_is_written_in_arabic_but_for_names_one_looks_for(pairs: tuple[Pair, ...]) -> None:
    for pair in (pair for pair in pairs if pair.language == "ar"):
        rest = pair.translated
        for name in LATIN_IN_ARABIC:
            rest = rest.replace(name, "")
        assert ARABIC_LETTER.search(rest), pair
        assert not LATIN_LETTER.search(rest), pair


def test_paragraphs_are_kept(pairs: tuple[Pair, ...]) -> None:
    parts = [(pair, pair.english.strip().count("\n\n"), pair.translated.count("\n\n")) for pair in pairs]
    assert [pair for pair, english, translated in parts if english != translated] == []


def test_numbers_are_the_same_in_each_language(pairs: tuple[Pair, ...]) -> None:
    # Round labels are names: "Round 1" is "the first round" in Arabic.
    others = [pair for pair in pairs if not re.fullmatch(r"rounds\.\w+\.label", pair.key)]
    assert [p for p in others if re.findall(r"\d+", p.english) != re.findall(r"\d+", p.translated)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_beside_one_another_is_told_apart(study: Study, language: str) -> None:
    texts = {text.key: text.text for text in study.texts if text.language == language}
    for beginning in (
        "scales.agreement.words",
        "scales.agreement.boxes",
        "profile.region.choices",
        "domains",
    ):
        beside = [text for key, text in texts.items() if key.startswith(f"{beginning}.")]
        assert len(set(beside)) == len(beside), beginning
    for part in ("label", "one"):
        groups = [texts[f"groups.{code}.{part}"] for code in study.protocol.group_codes]
        assert len(set(groups)) == len(groups)
    labels = [wording.label for wording in study.wordings if wording.language == language]
    assert len(set(labels)) == len(labels)


def test_every_help_line_has_a_comment_with_the_page_it_was_read_on(study: Study) -> None:
    toml = (BUNDLE / "study.toml").read_text(encoding="utf-8")
    before = [part.rpartition("\n\n")[2] for part in toml.split("[[support]]")[:-1]]
    assert len(before) == len(study.protocol.support)
    assert all(re.search(r"^# https://\S+", part, re.MULTILINE) for part in before)


def test_nobody_joins_the_closed_study_by_a_link(study: Study) -> None:
    assert not study.protocol.joining.open_link
