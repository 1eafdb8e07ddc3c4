"""Numbers read exactly: whole numbers over one common denominator, so that sums tie when they should."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.exactness import exact_fraction

ExactNumbers: TypeAlias = ArrayLike | Sequence[Fraction | Decimal] | Sequence[Sequence[Fraction | Decimal]]

_LARGEST = int(np.iinfo(np.int64).max)


def over_common_denominator(
    values: ExactNumbers, *, name: str, multiple: int
) -> tuple[NDArray[np.int64], int]:
    """Return `values`, none of them negative, as whole numbers and the denominator that they share.

    A float counts as the decimal that it is written as: 0.1 is a tenth. Raises ValueError, naming `name`,
    for what is no number, is negative or infinite, or where `multiple` times the sum of the whole numbers
    would not fit 64 bits.
    """
    given = values if isinstance(values, np.ndarray) else np.array(values, dtype=object)
    # NumPy's own numbers, not Python's: a float32 of 0.1 is written as 0.1 only while it is one.
    listed = list(given.ravel())
    # Weights repeat, so each is read once; as a key, a truth value would pass for the number that it equals.
    keys = list(zip(map(type, listed), listed, strict=True))
    exact = {key: _fraction(key[1], name) for key in dict.fromkeys(keys)}
    denominator = lcm(*(fraction.denominator for fraction in exact.values()))
    whole = {
        key: fraction.numerator * (denominator // fraction.denominator) for key, fraction in exact.items()
    }
    numerators = [whole[key] for key in keys]
    if sum(numerators) * multiple > _LARGEST:
        raise ValueError(
            f"{name}: too large or too finely divided for exact sums in 64 bits;"
            " a share such as 1/3 is exact as Fraction(1, 3), not as a float"
        )
    return np.array(numerators, dtype=np.int64).reshape(given.shape), denominator


def over(numerators: NDArray[np.int64], denominator: int) -> NDArray[np.float64]:
    """Return `numerators` / `denominator`, each the float nearest to the exact quotient."""
    quotients = [numerator / denominator for numerator in numerators.ravel().tolist()]
    return np.array(quotients, dtype=np.float64).reshape(numerators.shape)


def _fraction(value: object, name: str) -> Fraction:
    if isinstance(value, bool | np.bool_):
        raise ValueError(f"{name}: {value} is a truth value, expected a number")
    try:
        fraction = exact_fraction(str(value))
    except ValueError as error:
        raise ValueError(f"{name}: {value} is not a finite number") from error
    if fraction < 0:
        raise ValueError(f"{name}: {value} is negative")
    return fraction
