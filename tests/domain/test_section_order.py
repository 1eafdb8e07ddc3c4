"""The order in which one person meets a list."""

import pytest

from delphi.domain.section_order import drawn_order
from delphi.domain.sections import sections_of

LISTED = ((1, "Safety"), (2, "Health"), (3, "Safety"), (4, "Work"), (5, "Health"), (6, "Safety"))
DOMAINS = {"Safety": (1, 3, 6), "Health": (2, 5), "Work": (4,)}


@pytest.mark.parametrize("seed", range(20))
def test_domains_stay_whole_and_keep_the_order_inside_them(seed: int) -> None:
    order = drawn_order(LISTED, seed=seed)
    domain_of = dict(LISTED)
    sections = sections_of((outcome, domain_of[outcome]) for outcome in order)
    assert {section.domain: section.outcome_ids for section in sections} == DOMAINS
    assert [outcome for section in sections for outcome in section.outcome_ids] == list(order)


def test_the_same_seed_gives_the_same_order() -> None:
    assert drawn_order(LISTED, seed=7) == drawn_order(LISTED, seed=7)


def test_every_order_of_three_domains_can_come() -> None:
    assert len({drawn_order(LISTED, seed=seed) for seed in range(200)}) == 6  # 3 factorial


def test_a_list_of_one_domain_is_as_it_was() -> None:
    assert drawn_order([(3, "Work"), (1, "Work")], seed=1) == (3, 1)
