"""Resampling against SciPy's distributions and bootstrap, and against every panel that can be drawn."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy import stats

from analysis.consensus.verdict_codes import VERDICTS, verdict_codes
from analysis.counts import ResponseCounts
from analysis.ratings import RatingMatrix
from analysis.study.weighting import Weighting, WeightScheme
from analysis.uncertainty import bootstrap_shares, verdict_stability
from analysis.uncertainty.resampling import binomials, resampled, strata_of
from tests.analysis.builders import (
    AGREE,
    BOXES,
    COMET_70_15,
    EQUAL_GROUPS,
    SCALE_POINTS,
    UNWEIGHTED,
    multiplier,
)

DRAWN = 4000
HALF = Weighting("half", WeightScheme.TARGET_SHARE, {"survivors": Fraction(1, 2)})
SCHEMES = (UNWEIGHTED, multiplier(survivors="5/2"), EQUAL_GROUPS, HALF)


def of_scheme(scheme: Weighting) -> str:
    return str(scheme.code)


def counts_of(scores: np.ndarray) -> ResponseCounts:
    """`scores`: (2, outcomes, 9) counts of survivors and providers."""
    outcomes = tuple(f"o{at}" for at in range(scores.shape[1]))
    missing = np.zeros((*scores.shape[:2], 3), dtype=np.int64)
    return ResponseCounts(("survivors", "providers"), outcomes, tuple(SCALE_POINTS), scores, missing)


def random_counts(rng: np.random.Generator, people: tuple[int, int], outcomes: int) -> np.ndarray:
    """Everyone answers each outcome, with 8, 5 or 2; some outcomes of one mind."""
    shares = rng.dirichlet([2, 1, 0.5], size=outcomes)
    shares[rng.random(outcomes) < 0.1] = [1, 0, 0]
    scores = np.zeros((2, outcomes, 9), dtype=np.int64)
    for group, number in enumerate(people):
        scores[group][:, [7, 4, 1]] = rng.multinomial(number, shares)
    return scores


def test_binomial_numbers_are_the_quantiles_of_their_uniform_ones() -> None:
    rng = np.random.default_rng(1)
    n = rng.integers(0, 401, size=1200)
    share = rng.choice([0, 0.5, 1, *rng.random(9)], size=n.size) * rng.choice([1, 0.02], size=n.size)
    drawn = binomials(n, share, 60, np.random.default_rng(2))
    uniform = np.random.default_rng(2).random((n.size, 60))
    low = np.minimum(share, 1 - share)[:, None]
    peer = stats.binom.ppf(uniform, n[:, None], low)
    peer = np.where(n[:, None] == 0, 0, np.maximum(peer, 0))
    np.testing.assert_array_equal(drawn, np.where(share[:, None] > 0.5, n[:, None] - peer, peer))


@pytest.mark.parametrize(
    ("n", "share"),
    [(1, 0.3), (2, 0.5), (9, 0.9), (20, 0.7), (40, 0.025), (400, 0.5), (400, 0.97), (401, 0.5), (1000, 0.1)],
)
def test_binomial_numbers_are_distributed_as_scipys(n: int, share: float) -> None:
    drawn = binomials(np.array([n, 5]), np.array([share, 0.5]), 50_000, np.random.default_rng(n))[0]
    expected = 50_000 * stats.binom.pmf(np.arange(n + 1), n, share)
    observed = np.bincount(drawn, minlength=n + 1).astype(float)
    rare = expected < 5  # taken together, as the test needs five expected
    parts = [np.append(part[~rare], part[rare].sum()) for part in (observed, expected)]
    kept = parts[1] > 0
    assert stats.chisquare(parts[0][kept], parts[1][kept]).pvalue > 0.001


def share_at(k: np.ndarray, n: np.ndarray, scheme: Weighting) -> np.ndarray:
    """The weighted share from k and n of survivors and providers, (..., 2); NaN without weight."""
    if scheme.scheme in (WeightScheme.NONE, WeightScheme.MULTIPLIER):
        weight = np.array([float(scheme.values.get("survivors", 1)), 1])
        with np.errstate(invalid="ignore"):
            return (k * weight).sum(axis=-1) / (n * weight).sum(axis=-1)
    with np.errstate(invalid="ignore"):  # the two halves, or the whole of the one that answered
        return np.nanmean(k / n, axis=-1)


def drawn_alone(k: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every (k, n) that two groups drawn from alone can have, and its probability."""
    grids = [stats.binom.pmf(np.arange(size + 1), size, hits / size) for hits, size in zip(k, n, strict=True)]
    every = np.array(list(product(range(n[0] + 1), range(n[1] + 1))))
    return every, np.broadcast_to(n, every.shape), np.outer(*grids).ravel()


def drawn_together(k: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same where both groups are drawn from together: four kinds of people."""
    kinds, total = np.array([k[0], n[0] - k[0], k[1], n[1] - k[1]]), int(n.sum())
    every = [one for one in product(range(total + 1), repeat=3) if sum(one) <= total]
    drawn = np.array([(*one, total - sum(one)) for one in every])
    chance = stats.multinomial.pmf(drawn, total, kinds / total)
    return drawn[:, [0, 2]], drawn[:, [0, 2]] + drawn[:, [1, 3]], chance


def assert_is_quantile(end: float, tail: float, shares: np.ndarray, chance: np.ndarray) -> None:
    """Within five standard errors of DRAWN panels, `tail` of the probability lies below `end`."""
    error = 5 * (tail * (1 - tail) / DRAWN) ** 0.5
    below, up_to = chance[shares < end - 1e-9].sum(), chance[shares <= end + 1e-9].sum()
    assert below <= tail + error
    assert up_to >= tail - error


@pytest.mark.parametrize("scheme", SCHEMES, ids=of_scheme)
@pytest.mark.parametrize("people", [(12, 25), (4, 7)])
def test_the_ends_are_quantiles_over_every_panel(people: tuple[int, int], scheme: Weighting) -> None:
    scores = random_counts(np.random.default_rng(sum(people)), people, 130)
    rng = np.random.default_rng(3)
    found = bootstrap_shares(counts_of(scores), AGREE, weighting=scheme, replicates=DRAWN, rng=rng)
    k, n = scores[..., 6:].sum(axis=-1).T, scores.sum(axis=-1).T
    compared = 0
    for at in np.flatnonzero(~found.is_wilson):
        every_k, every_n, chance = (drawn_alone if min(people) >= 10 else drawn_together)(k[at], n[at])
        shares = share_at(every_k, every_n, scheme)
        assert found.share[at] == pytest.approx(share_at(k[at], n[at], scheme), abs=1e-9)
        assert_is_quantile(found.low[at], 0.025, shares, chance)
        assert_is_quantile(found.high[at], 0.975, shares, chance)
        compared += 1
    assert compared > 100


@pytest.mark.parametrize("seed", range(12))
def test_the_ends_are_near_those_of_scipys_bootstrap(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = random_counts(rng, (15, 30), 1)
    found = bootstrap_shares(
        *(counts_of(scores), AGREE), weighting=EQUAL_GROUPS, replicates=DRAWN, confidence=0.9, rng=rng
    )
    k, n = scores[..., 6:].sum(axis=-1)[:, 0], scores.sum(axis=-1)[:, 0]
    people = [np.repeat([1.0, 0.0], [hits, size - hits]) for hits, size in zip(k, n, strict=True)]
    if found.is_wilson[0]:
        assert all(np.ptp(group) == 0 for group in people)
        return
    peer = stats.bootstrap(
        *(people, lambda a, b, axis: (a.mean(axis=axis) + b.mean(axis=axis)) / 2),
        n_resamples=DRAWN,
        confidence_level=0.9,
        method="percentile",
        rng=rng,
    ).confidence_interval
    # Shares lie a thirtieth apart within a group; the noise of both is below half of that.
    assert (found.low[0], found.high[0]) == pytest.approx((peer.low, peer.high), abs=1 / 30)


@pytest.mark.parametrize("scheme", SCHEMES, ids=of_scheme)
def test_verdicts_stay_as_often_as_over_every_panel(scheme: Weighting) -> None:
    rng = np.random.default_rng(5)
    scores = random_counts(rng, (10, 11), 60)
    counts = counts_of(scores)
    found = verdict_stability(
        *(counts, COMET_70_15), boxes=BOXES, weighting=scheme, replicates=DRAWN, rng=rng
    )
    for at in range(60):
        sets, chance = every_panel(scores[:, at][:, [7, 4, 1]])
        codes = verdict_codes(
            *(COMET_70_15, sets),
            categories=SCALE_POINTS,
            boxes=BOXES,
            groups=counts.groups,
            weighting=scheme,
        )[:, 0]
        exact = np.array([min(chance[codes == code].sum(), 1) for code in range(4)])
        error = 5 * np.sqrt(exact * (1 - exact) / DRAWN) + 1e-9
        assert (np.abs(found.shares[at] - exact) <= error).all()
        assert found.stays[at] == found.shares[at, VERDICTS.index(found.verdicts[at])]


def every_panel(three: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every way to draw two groups, each alone, from counts of 8, 5 and 2: (sets, 2, 1, 9) and chances."""
    of_group = []
    for counts in three:
        size = int(counts.sum())
        drawn = np.array([(a, b, size - a - b) for a in range(size + 1) for b in range(size - a + 1)])
        of_group.append((drawn, stats.multinomial.pmf(drawn, size, counts / size)))
    (first, of_first), (second, of_second) = of_group
    sets = np.zeros((len(first), len(second), 2, 1, 9), dtype=np.int64)
    sets[:, :, 0, 0, :][..., [7, 4, 1]] = first[:, None]
    sets[:, :, 1, 0, :][..., [7, 4, 1]] = second[None]
    return sets.reshape(-1, 2, 1, 9), np.outer(of_first, of_second).ravel()


@pytest.mark.parametrize("people", [(14, 23), (5, 8)])
@pytest.mark.parametrize("scheme", SCHEMES, ids=of_scheme)
def test_whole_people_and_counts_give_the_same_shares(people: tuple[int, int], scheme: Weighting) -> None:
    rng = np.random.default_rng(6)
    scores = random_counts(rng, people, 40)
    matrix = np.stack([as_people(rng, scores[:, at]) for at in range(40)], axis=1)
    groups = ("survivors",) * people[0] + ("providers",) * people[1]
    names = tuple(map(str, range(sum(people))))
    counts = counts_of(scores)
    whole = RatingMatrix(names, groups, counts.outcomes, matrix, np.full(matrix.shape, -1, dtype=np.int8))
    options = {"boxes": BOXES, "weighting": scheme, "replicates": DRAWN, "rng": rng}
    by_counts = verdict_stability(counts, COMET_70_15, **options)  # type: ignore[arg-type]
    by_people = verdict_stability(whole, COMET_70_15, categories=SCALE_POINTS, **options)  # type: ignore[arg-type]
    assert by_counts.verdicts == by_people.verdicts
    assert by_counts.joined == by_people.joined
    pooled = (by_counts.shares + by_people.shares) / 2
    error = 5 * np.sqrt(2 * pooled * (1 - pooled) / DRAWN) + 1e-9
    assert (np.abs(by_counts.shares - by_people.shares) <= error).all()


def as_people(rng: np.random.Generator, counts: np.ndarray) -> np.ndarray:
    """The ratings behind (2, 9) counts, shuffled within each group."""
    return np.concatenate([rng.permutation(np.repeat(np.arange(1.0, 10), group)) for group in counts])


def test_drawn_counts_are_those_of_numpys_multinomial() -> None:
    counts = np.array([[[3, 0, 9]], [[4, 2, 6]]])
    strata = strata_of([12, 12])
    assert strata is not None
    drawn = resampled(counts, strata, replicates=60_000, rng=np.random.default_rng(7))[:, :, 0]
    for group in range(2):
        cells = counts[group, 0]
        every = [(a, b, 12 - a - b) for a in range(13) for b in range(13 - a)]
        expected = 60_000 * stats.multinomial.pmf(every, 12, cells / 12)
        observed = np.array([(drawn[:, group] == one).all(axis=1).sum() for one in every], dtype=float)
        rare = expected < 5
        assert observed[expected == 0].sum() == 0
        merged = [np.append(part[~rare], part[rare].sum()) for part in (observed, expected)]
        assert stats.chisquare(*merged).pvalue > 0.001


def test_groups_drawn_together_are_one_multinomial() -> None:
    counts = np.array([[[6, 3]], [[2, 5]]])
    strata = strata_of([9, 7])
    assert strata is not None
    drawn = resampled(counts, strata, replicates=20_000, rng=np.random.default_rng(8))[:, :, 0].reshape(-1, 4)
    peer = np.random.default_rng(9).multinomial(16, counts.ravel() / 16, size=20_000)
    np.testing.assert_allclose(drawn.mean(axis=0), counts.ravel(), rtol=0, atol=0.08)
    np.testing.assert_allclose(np.cov(drawn.T), np.cov(peer.T), rtol=0, atol=0.25)
