"""The average percent of majority opinions against going through every opinion."""

import numpy as np

from analysis.apmo import average_percent_of_majority_opinions


def opinion_by_opinion(rounds: list[list[str]]) -> float | None:
    """One list of opinions an outcome; an opinion is with a majority if more than half say the same."""
    total = with_majority = 0
    for opinions in rounds:
        for opinion in opinions:
            total += 1
            same = sum(other == opinion for other in opinions)
            with_majority += opinion != "neither" and same > len(opinions) - same
    return with_majority / total if total else None


def test_the_cut_off_is_what_going_through_every_opinion_gives() -> None:
    rng = np.random.default_rng(31)
    for _ in range(1000):
        outcomes = int(rng.integers(0, 6))
        counts = rng.integers(0, rng.choice([1, 3, 8]), size=(outcomes, 3))
        names = ("agree", "disagree", "neither")
        opinions = [[name for name, k in zip(names, row, strict=True) for _ in range(k)] for row in counts]
        found = average_percent_of_majority_opinions(
            counts[:, 0], disagree=counts[:, 1], opinions=counts.sum(axis=1)
        )
        assert found == opinion_by_opinion(opinions)
