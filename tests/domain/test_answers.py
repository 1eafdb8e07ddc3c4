"""Reading answers and comments, and telling which are new."""

import pytest

from analysis.study.records import Missing
from analysis.study.scale import Scale
from delphi.domain.answers import (
    LONGEST_COMMENT,
    Answer,
    Question,
    Seen,
    Unreadable,
    merge,
    read_answer,
    read_comment,
    read_seen,
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


# base: what the page showed; held: what is newest now; given: what the page sends
@pytest.mark.parametrize(
    ("base", "held", "given", "changes", "elsewhere"),
    [
        ("", "", "", False, False),
        ("", "", "a", True, False),
        ("a", "a", "a", False, False),
        ("a", "a", "b", True, False),
        ("a", "a", "", True, False),
        # changed elsewhere and not touched here: it stays
        ("a", "b", "a", False, False),
        ("", "b", "", False, False),
        ("a", "", "a", False, False),
        # changed elsewhere and here: the later one wins and is told
        ("a", "b", "c", True, True),
        ("", "b", "c", True, True),
        ("a", "b", "", True, True),
        ("a", "", "c", True, True),
        # changed to the same on both pages: there is nothing to write and nothing to tell
        ("a", "b", "b", False, False),
        ("a", "", "", False, False),
    ],
)
def test_what_was_not_touched_stays_and_what_was_wins(
    base: str, held: str, given: str, changes: bool, elsewhere: bool
) -> None:
    merged = merge({1: given}, base={1: base}, held={1: held}, empty="")
    assert merged.changes == ({1: given} if changes else {})
    assert merged.elsewhere == ((1,) if elsewhere else ())


def test_a_field_without_any_answer_counts_as_empty() -> None:
    first, other = Question(1, "inclusion"), Question(2, "inclusion")
    given = {first: Answer(score=1), other: Answer(score=2)}
    merged = merge(given, base={}, held={other: Answer(missing=Missing.SKIPPED)})
    assert merged.changes == given
    assert merged.elsewhere == (other,)
    assert merge({1: ""}, base={}, held={}, empty="").changes == {}


def test_fields_that_are_not_sent_are_left_alone() -> None:
    assert merge({}, base={1: "a"}, held={1: "b"}, empty="").changes == {}


@pytest.mark.parametrize("seen", [Seen(), Seen(12, 0), Seen(3, 4567)])
def test_what_a_page_has_seen_is_read_as_it_was_written(seen: Seen) -> None:
    assert read_seen(str(seen)) == seen


@pytest.mark.parametrize("field", ["", "1", "1-", "-1-2", "1-2-3", "a-b", "٣-1", f"{'9' * 5000}-1", "1-2\n"])
def test_what_no_page_of_ours_has_written_is_not_believed(field: str) -> None:
    assert read_seen(field) is None
