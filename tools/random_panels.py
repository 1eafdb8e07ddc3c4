"""Small random panels to compare statistics on: ties, missing answers, nobody, one person, one opinion."""

import math
from typing import Any

import numpy as np

Data = dict[str, Any]
TENTHS = [share / 20 for share in range(21)]
# R computes the place of these types in floats, and is off where n p is whole and p is no binary fraction.
EIGHTHS, TYPES_WITH_JUMPS = [share / 8 for share in range(9)], (1, 2, 3)


def scores(rng: np.random.Generator, n: int, *, points: int = 9, missing: float = 0.15) -> list[float | None]:
    """Ratings of one outcome: of one mind, near a middle, or all over the scale; None where missing."""
    way = rng.integers(10)
    if way == 0:
        drawn = np.full(n, rng.integers(1, points + 1))
    elif way < 6:
        drawn = np.clip(np.rint(rng.normal(rng.uniform(1, points), points / 5, n)), 1, points)
    else:
        drawn = rng.integers(1, points + 1, n)
    gone = rng.random(n) < missing
    return [None if one else float(score) for score, one in zip(drawn, gone, strict=True)]


def few(rng: np.random.Generator, most: int = 25) -> int:
    """A number of people: often very few, sometimes none."""
    return int(rng.integers(4)) if rng.random() < 0.25 else int(rng.integers(most + 1))


def draw_quantile(rng: np.random.Generator) -> Data:
    definition = int(rng.integers(1, 10))
    shares = EIGHTHS if definition in TYPES_WITH_JUMPS else TENTHS
    return {"x": scores(rng, few(rng)), "p": float(rng.choice(shares)), "definition": definition}


def draw_copies(rng: np.random.Generator) -> Data:
    n = few(rng)
    weights = rng.integers(0, 5, n).tolist()
    return {
        "x": scores(rng, n),
        "weights": weights,
        "p": float(rng.choice(EIGHTHS)),
        "definition": int(rng.integers(1, 3)),
    }


def draw_weighted(rng: np.random.Generator) -> Data:
    """Weights in quarters whose sum over those who answered is a power of two.

    matrixStats divides by that sum, and misses an exact half where the division is not exact.
    """
    n = few(rng)
    x, weights = scores(rng, n), rng.integers(0, 12, n) / 4
    answered = [place for place, score in enumerate(x) if score is not None]
    total = float(weights[answered].sum())
    if total:
        weights[rng.choice(answered)] += 2 ** math.ceil(math.log2(total)) - total
    return {"x": x, "weights": weights.tolist()}


def draw_counts(rng: np.random.Generator) -> Data:
    given = [score for score in scores(rng, few(rng), missing=0) if score is not None]
    counts = np.bincount(np.array(given, dtype=np.int64), minlength=10)[1:]
    return {"counts": counts.tolist(), "definition": int(rng.integers(4, 10))}


def draw_nine_points(rng: np.random.Generator) -> Data:
    return {"x": scores(rng, few(rng)), "definition": int(rng.choice([4, 5, 6, 7, 8, 9]))}


def draw_share(rng: np.random.Generator) -> Data:
    n = few(rng, most=60)
    k = (0, n, *rng.integers(n + 1, size=2).tolist())[rng.integers(4)]
    return {"k": k, "n": n, "confidence": float(rng.choice([0.8, 0.9, 0.95, 0.99]))}


def draw_matrix(rng: np.random.Generator) -> Data:
    raters, outcomes = int(rng.integers(1, 12)), int(rng.integers(1, 10))
    middles = rng.uniform(1, 9, outcomes)
    table = np.clip(np.rint(rng.normal(middles, rng.choice([0.0, 1.0, 4.0]), (raters, outcomes))), 1, 9)
    table[rng.random(raters) < 0.1] = 9
    table[rng.random(table.shape) < rng.choice([0, 0.03])] = np.nan
    listed = [None if math.isnan(value) else value for value in table.ravel().tolist()]
    return {"table": listed, "rows": raters}


def draw_pairs(rng: np.random.Generator) -> Data:
    before = scores(rng, few(rng, most=40))
    moves = rng.choice([-3, -1, 0, 0, 0, 1, 1, 2], len(before)) * int(rng.random() > 0.1)
    after = [
        None if one is None or rng.random() < 0.1 else float(np.clip(one + move, 1, 9))
        for one, move in zip(before, moves, strict=True)
    ]
    return {"before": before, "after": after, "zeros": str(rng.choice(["wilcox", "pratt"]))}


def draw_outcome_values(rng: np.random.Generator) -> Data:
    n = int(rng.integers(1, 30))
    before, after = (
        [None if rng.random() < 0.1 else round(float(value), 1) for value in rng.uniform(3, 9, n)]
        for _ in range(2)
    )
    if rng.random() < 0.1:
        after = [7.0] * n
    return {"before": before, "after": after}


def draw_table(rng: np.random.Generator) -> Data:
    size = int(rng.integers(2, 6))
    table = rng.poisson(rng.choice([0.4, 1.5, 6.0]), (size, size)) + np.diag(rng.poisson(5, size))
    if rng.random() < 0.1:
        table = np.diag(np.diag(table))
    return {"table": table.ravel().tolist(), "rows": size}


def draw_full_table(rng: np.random.Generator) -> Data:
    """A table in which people moved between all categories that anybody used, or nobody moved."""
    size = int(rng.integers(2, 6))
    table = rng.poisson(rng.choice([0.5, 2.0, 6.0]), (size, size))
    empty = (table + table.T == 0) & ~np.eye(size, dtype=bool)
    table[np.triu(empty)] = 1
    if rng.random() < 0.1:
        table = np.diag(np.diag(table))
    elif size > 2 and rng.random() < 0.3:
        unused = int(rng.integers(size))
        table[unused, :] = table[:, unused] = 0
    return {"table": table.ravel().tolist(), "rows": size}


def draw_cvr(rng: np.random.Generator) -> Data:
    return {"n": int(rng.integers(0, 60)), "alpha": float(rng.choice([0.01, 0.05, 0.1]))}


def draw_agreeing(rng: np.random.Generator) -> Data:
    n = few(rng, most=40)
    return {"n": n, "agree": int(rng.integers(n + 1))}


def draw_two_groups(rng: np.random.Generator) -> Data:
    if rng.random() < 0.4:
        return draw_untied_groups(rng)
    return {"x": scores(rng, few(rng)), "y": scores(rng, few(rng))}


def draw_untied_groups(rng: np.random.Generator) -> Data:
    """Two groups without ties; every difference is a number of eighths, so that floats are exact."""
    n_x, n_y = (int(n) for n in rng.integers(1, 15, 2))
    drawn = rng.permutation(60)[: n_x + n_y] / 4
    return {"x": drawn[:n_x].tolist(), "y": (drawn[n_x:] + 2.125).tolist(), "confidence": 0.95}


def draw_groups(rng: np.random.Generator) -> Data:
    x = scores(rng, few(rng, most=40))
    return {"x": x, "group": rng.integers(0, rng.integers(1, 5), len(x)).tolist()}
