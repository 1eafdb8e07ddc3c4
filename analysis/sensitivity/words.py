"""What a flip weight says, in words."""

from fractions import Fraction
from math import ceil, floor

from analysis.sensitivity.flip_weights import FlipWeight, WeightRange
from analysis.sentences import VERDICT_WORDS, exact_number
from analysis.study.rules import Verdict

_PARTS = 100  # of one: two decimals


def flip_sentence(found: FlipWeight, *, weight: Fraction) -> str:
    """Return for which weights of the group an outcome keeps the verdict that it has at `weight`.

    Parameters
    ----------
    found : one outcome, of `analysis.sensitivity.flip_weight`.
    weight : of one person of the group, 0 or more; the study's own.

    Returns
    -------
    One sentence, such as "Stays in for any weight from 0.6 up."

    Raises
    ------
    ValueError
        For a negative weight.

    Notes
    -----
    Only the range around `weight` is told: beyond it there may be others with the same verdict. Decimals of
    at most two places, rounded inwards so that the sentence is true of every weight that it names; where that
    would leave nothing, fractions.
    """
    stay = found.at(weight)
    what = _STAYS.get(stay.verdict, f"Stays {VERDICT_WORDS[stay.verdict].lower()}")
    if len(found.ranges) == 1:
        return f"{what} whatever the weight."
    if stay.low == stay.high:
        return f"{what} at the weight {exact_number(stay.low)} only."
    return f"{what} for any weight {_span(_inwards(stay))}."


_STAYS = {Verdict.NONE: "Stays without consensus", Verdict.NOT_COMPUTABLE: "Is not computable"}


def _inwards(stay: WeightRange) -> WeightRange:
    """Return the range with ends of two decimals, where it has any; an end that is moved inwards is in it."""
    low = Fraction(ceil(stay.low * _PARTS), _PARTS)
    high = None if stay.high is None else Fraction(floor(stay.high * _PARTS), _PARTS)
    if high is not None and low >= high:
        return stay
    holds_low, holds_high = stay.holds_low or low != stay.low, stay.holds_high or high != stay.high
    return WeightRange(low, high, stay.verdict, holds_low, holds_high)


def _span(stay: WeightRange) -> str:
    low = exact_number(stay.low)
    if stay.high is None:
        return f"from {low} up" if stay.holds_low else f"above {low}"
    high = exact_number(stay.high)
    up_to = f"{'up to' if stay.holds_high else 'below'} {high}"
    if not stay.holds_low:
        return f"above {low} and {up_to}"
    if stay.low == 0:
        return up_to
    return f"from {low} to {high}" if stay.holds_high else f"from {low} to below {high}"
