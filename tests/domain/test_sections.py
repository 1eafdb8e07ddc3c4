"""Cutting a list into sections, and where one goes on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delphi.domain.sections import Progress, progress_of, section_holding, section_to_go_on_with, sections_of

LISTS = st.lists(st.sampled_from(["Safety", "Health", "Rights"]), min_size=1, max_size=60)


def listed(*sizes: tuple[str, int]) -> list[tuple[int, str]]:
    """A list with so many outcomes in each domain, numbered from 1."""
    domains = [domain for domain, size in sizes for _ in range(size)]
    return list(enumerate(domains, start=1))


@pytest.mark.parametrize(
    ("size", "parts"),
    [(1, [1]), (12, [12]), (13, [7, 6]), (14, [7, 7]), (26, [9, 9, 8]), (50, [10, 10, 10, 10, 10])],
)
def test_a_large_domain_is_cut_into_even_parts(size: int, parts: list[int]) -> None:
    assert [len(s.outcome_ids) for s in sections_of(listed(("Safety", size)))] == parts


def test_small_domains_stay_sections_of_their_own() -> None:
    sections = sections_of(listed(("Safety", 1), ("Health", 2)))
    assert [(s.number, s.of, s.domain) for s in sections] == [(1, 2, "Safety"), (2, 2, "Health")]


def test_parts_say_which_part_they_are() -> None:
    parts = [(s.domain, s.part, s.parts) for s in sections_of(listed(("Safety", 9)), longest=8)]
    assert parts == [("Safety", 1, 2), ("Safety", 2, 2)]


def test_a_domain_stays_together_where_its_outcomes_are_apart_in_the_list() -> None:
    sections = sections_of([(1, "Safety"), (2, "Health"), (3, "Safety")])
    assert [s.outcome_ids for s in sections] == [(1, 3), (2,)]


@settings(deadline=None)
@given(LISTS)
def test_every_outcome_is_in_exactly_one_section_that_is_not_too_long(domains: list[str]) -> None:
    sections = sections_of(enumerate(domains))
    assert sorted(i for s in sections for i in s.outcome_ids) == list(range(len(domains)))
    assert all(1 <= len(s.outcome_ids) <= 12 for s in sections)


def test_a_section_cannot_be_shorter_than_one() -> None:
    with pytest.raises(ValueError, match="longest"):
        sections_of([], longest=0)


def test_progress_counts_what_is_left() -> None:
    progress = progress_of((1, 2, 3), answered={2, 9})
    assert progress == Progress(answered=1, of=3)
    assert (progress.left, progress.complete) == (2, False)
    assert Progress(answered=3, of=3).complete


THREE = sections_of(listed(("A", 2), ("B", 2), ("C", 2)))


@pytest.mark.parametrize(
    ("answered", "newest", "number"),
    [
        (set(), None, 1),
        ({1}, 1, 1),
        ({1, 2}, 2, 2),
        ({1, 3, 4}, 4, 3),
        # nothing left from here to the end: round to what was left at the beginning
        ({1, 2, 5, 6}, 6, 2),
        ({2, 3, 4, 5, 6}, 6, 1),
        ({1, 2, 3, 4, 5, 6}, 6, None),
        # the newest answer was to an outcome that is no longer listed
        (set(), 99, 1),
    ],
)
def test_coming_back_leads_to_where_one_stopped(
    answered: set[int], newest: int | None, number: int | None
) -> None:
    section = section_to_go_on_with(THREE, answered=answered, newest=newest)
    assert (section.number if section else None) == number


def test_an_outcome_that_is_not_listed_is_in_no_section() -> None:
    assert section_holding(THREE, 99) is None
