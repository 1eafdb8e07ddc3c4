"""Chance that is the same on every machine."""

from collections import Counter

from analysis.synthetic.draws import Draws


def test_the_stream_is_pythons_promised_one() -> None:
    # CPython, any version: random.Random(0).random(), then again
    draws = Draws(0)
    assert [draws.share(), draws.share()] == [0.8444218515250481, 0.7579544029403025]


def test_a_sample_holds_each_item_once() -> None:
    assert sorted(Draws(1).sample("abcde", size=9)) == list("abcde")


def test_a_heavier_item_is_drawn_in_proportion() -> None:
    draws = Draws(2)
    first = Counter(draws.weighted_sample({"light": 1.0, "heavy": 3.0}, size=1)[0] for _ in range(4000))
    # 3 of 4 expected; four standard errors of a share of 4000 are 0.027
    assert abs(first["heavy"] / 4000 - 0.75) < 0.03


def test_a_spread_is_centred_and_bounded() -> None:
    draws = Draws(3)
    values = [draws.spread(2.0) for _ in range(4000)]
    assert max(map(abs, values)) <= 2.0
    # standard deviation of one: 2 * 2 / sqrt(12 * 4) = 0.577; four standard errors of the mean: 0.037
    assert abs(sum(values) / len(values)) < 0.04
