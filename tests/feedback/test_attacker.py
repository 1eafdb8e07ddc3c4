"""Nobody can work out what fewer people than the minimum answered, from all that panellists ever see."""

from random import Random

import pytest
from flask import Flask

from tests.feedback.attacker import can_work_out
from tests.feedback.watched_study import Watched, study_of

SEEDS = range(20)
STEPS = 90
MOST = 9  # people in a group


def lived_through(app: Flask, random: Random, *, live: bool, minimum: int, code: str) -> Watched:
    """A study in which things happen in any order: answers, looks, leaving with one's answers, Round 3."""
    sizes = {group: random.randint(0, MOST) for group in "abcde"[: random.randint(1, 5)]}
    sizes["a"] = max(1, sizes["a"])
    study = Watched.load(app, study_of(sizes, minimum=minimum, live=live, code=code, random=random))
    people = sorted(study.study.panellists)
    for person in random.sample(people, len(people) // 8):
        study.confirm(person, confirmed=False)
    for round_ in ("2", "3"):
        for _ in range(STEPS if round_ == "2" else STEPS // 3):
            something_happens(study, random, people=people, round_=round_)
        if round_ == "2":
            study.go_on_to_round_3()
    return study


def something_happens(study: Watched, random: Random, *, people: list[str], round_: str) -> None:
    person = random.choice([each for each in people if each not in study.left] or people[:1])
    chance = random.random()
    if chance < 0.02:
        study.take_out(person)
    elif chance < 0.04:
        study.confirm(person, confirmed=True)
    elif chance < 0.35:
        study.look(person)
    else:
        answer = None if random.random() < 0.1 else random.randint(1, 9)
        study.answer(person, random.choice(("home", "ties")), answer, round_=round_)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_panellists_ever_see_tells_of_nobody(app: Flask, seed: int) -> None:
    random = Random(seed)  # noqa: S311  # to live through the same again
    minimum, live = random.randint(2, 4), seed % 4 != 0
    study = lived_through(app, random, live=live, minimum=minimum, code=f"study_{seed}")
    for counts in study.seen.values():
        assert can_work_out(counts, fewer_than=minimum) is None


def test_enough_is_seen_for_there_to_be_something_to_attack(app: Flask) -> None:
    random = Random(1)  # noqa: S311  # see above
    study = lived_through(app, random, live=True, minimum=2, code="watched")
    published = [len(counts) for (round_, _), counts in study.seen.items() if round_ == "2"]
    assert max(published) >= 4, published


ALL_OF_A = frozenset({("a1", 9), ("a2", 8), ("a3", 7), ("a4", 6)})


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ([ALL_OF_A], None),
        ([ALL_OF_A, ALL_OF_A - {("a1", 9)}], {"a1"}),  # seen before and after somebody left
        ([ALL_OF_A, ALL_OF_A | {("a5", 1), ("a6", 1), ("a7", 1), ("a8", 1)}], None),
        ([ALL_OF_A, ALL_OF_A - {("a1", 9)} | {("a1", 2)}], {"a1"}),  # somebody changed an answer
        ([ALL_OF_A, ALL_OF_A | {("b1", 3), ("b2", 3), ("b3", 3)}], {"b1", "b2"}),  # b3 knows their own
        ([ALL_OF_A - {("a4", 6)}], {"a1", "a2"}),  # so does a3
    ],
)
def test_the_attacker_finds_what_there_is_to_be_found(
    counts: list[frozenset[tuple[str, int]]], found: set[str] | None
) -> None:
    few = can_work_out(counts, fewer_than=3)
    assert (few is None) == (found is None)
    assert found is None or len(few or ()) == 2
