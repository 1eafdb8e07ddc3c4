"""Numbers as people write them: 0.7 is seven tenths, not the float beside it."""

from fractions import Fraction

WEIGHT_TOLERANCE = (
    1e-9  # of the whole: weights that are not whole numbers and come this near to a threshold are on it
)


def exact_fraction(number: float | Fraction | str) -> Fraction:
    """Return `number` exactly; a float is read as the shortest decimal that names it."""
    return Fraction(repr(float(number))) if isinstance(number, float) else Fraction(number)
