"""Numbers of people: whole and not negative, or refused."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

_TOO_MANY = 2**53  # from here on a float skips whole numbers


def whole_numbers(values: ArrayLike, *, name: str) -> NDArray[np.int64]:
    """Return `values` as integers, of any shape; ValueError naming `name` for a fraction or less than 0.

    A float that is whole counts as whole; a truth value, a missing one and text do not.
    """
    given = np.asarray(values)
    if given.dtype.kind not in "iuf":
        raise ValueError(f"{name}: {given.dtype} values, expected whole numbers")
    if given.dtype.kind == "f" and not np.all(np.floor(given) == given):
        raise ValueError(f"{name}: a value that is not a whole number")
    if given.size and not 0 <= given.min() <= given.max() < _TOO_MANY:
        raise ValueError(f"{name}: a number that is negative or beyond {_TOO_MANY}")
    return given.astype(np.int64)


def whole_number(value: int, *, name: str) -> int:
    """Return one number, checked in the same way; ValueError naming `name` also for several."""
    checked = whole_numbers(value, name=name)
    if checked.ndim:
        raise ValueError(f"{name}: {checked.ndim} dimensions, expected one number")
    return int(checked)
