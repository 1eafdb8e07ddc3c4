"""Reading answers and comments, and telling which are new."""

import pytest

from analysis.study.records import Missing
from analysis.study.scale import Scale
from delphi.domain.answers import (
    LONGEST_COMMENT,
    Answer,
    Question,
    Unreadable,
    changed_answers,
    changed_comments,
    read_answer,
    read_comment,
)

SCALE = Scale("agreement", 1, 3, ("no", "", "yes"), "I cannot say")


@pytest.mark.parametrize(
    ("choice", "answer"),
    [
        ("1", Answer(score=1)),
        ("3", Answer(score=3)),
        ("cannot_say", Answer(missing=Missing.CANNOT_SAY)),
        ("skipped", Answer(missing=Missing.SKIPPED)),
    ],
)
def test_an_offered_choice_is_read_and_named_back(choice: str, answer: Answer) -> None:
    assert read_answer(choice, SCALE) == answer
    assert answer.choice == choice


@pytest.mark.parametrize(
    "choice", ["", "0", "4", "01", "+1", " 1", "1.0", "٣", "³", "no_opinion", "None", "1e0"]
)
def test_what_the_page_does_not_offer_is_refused(choice: str) -> None:
    with pytest.raises(Unreadable):
        read_answer(choice, SCALE)


@pytest.mark.parametrize("parts", [{}, {"score": 1, "missing": Missing.SKIPPED}])
def test_an_answer_is_a_score_or_a_reason_never_both_or_neither(parts: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Answer(**parts)  # type: ignore[arg-type]  # on purpose


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  plain \r\n text\r", "plain \n text"),
        ("nul\x00 bell\x07 escape\x1b", "nul bell escape"),
        ("half of a pair \ud800", "half of a pair "),
        # a zero-width non-joiner belongs to Persian spelling
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧 tab\there", "👩\u200d👧 tab\there"),
        (" \n ", ""),
    ],
)
def test_a_comment_keeps_its_words_and_loses_what_a_database_refuses(typed: str, kept: str) -> None:
    assert read_comment(typed) == kept


def test_a_comment_of_any_length_up_to_the_limit_is_kept() -> None:
    assert len(read_comment("a" * LONGEST_COMMENT)) == LONGEST_COMMENT
    with pytest.raises(Unreadable, match=r"4,000 characters or fewer\. You have 4,001"):
        read_comment("a" * (LONGEST_COMMENT + 1))


def test_only_changed_answers_are_new() -> None:
    same, other, first = (Question(i, "inclusion") for i in (1, 2, 3))
    before = {same: Answer(score=2), other: Answer(score=2)}
    given = {same: Answer(score=2), other: Answer(missing=Missing.SKIPPED), first: Answer(score=1)}
    assert set(changed_answers(given, before=before)) == {other, first}


def test_an_empty_comment_counts_only_where_it_takes_one_back() -> None:
    given = {1: "", 2: "", 3: "new", 4: "same"}
    assert changed_comments(given, before={2: "old", 4: "same"}) == {2: "", 3: "new"}
