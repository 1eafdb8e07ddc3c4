"""What a flip weight says, in words."""

from fractions import Fraction
from math import ceil, floor

from analysis.sensitivity.flip_weights import FlipWeight
from analysis.sentences import VERDICT_WORDS
from analysis.study.rules import Verdict

_PLACES = 100


def flip_sentence(found: FlipWeight, *, weight: Fraction) -> str:
    """Return for which weights of the group an outcome keeps the verdict that it has at `weight`.

    Decimals of at most two places, rounded inwards so that the sentence stays true; where that would leave
    nothing, fractions. ValueError for a negative weight.
    """
    stay = found.at(weight)
    what = _STAYS.get(stay.verdict, f"Stays {VERDICT_WORDS[stay.verdict].lower()}")
    if len(found.ranges) == 1:
        return f"{what} whatever the weight."
    low, high = _inwards(stay.low, stay.high)
    if stay.low == 0 and stay.holds_low:
        start = "up to" if stay.holds_high else "below"
        return f"{what} for any weight {start} {high}."
    if stay.high is None:
        return f"{what} for any weight {f'from {low} up' if stay.holds_low else f'above {low}'}."
    if stay.low == stay.high:
        return f"{what} at the weight {low} only."
    first = f"from {low}" if stay.holds_low else f"above {low}"
    return f"{what} for any weight {first} {'to' if stay.holds_high else 'and below'} {high}."


_STAYS = {Verdict.NONE: "Stays without consensus", Verdict.NOT_COMPUTABLE: "Is not computable"}


def _inwards(low: Fraction, high: Fraction | None) -> tuple[str, str]:
    up = Fraction(ceil(low * _PLACES), _PLACES)
    if high is None:
        return _decimal(up), ""
    down = Fraction(floor(high * _PLACES), _PLACES)
    if up > down or (up == down and low != high):
        return str(low), str(high)
    return _decimal(up), _decimal(down)


def _decimal(number: Fraction) -> str:
    return f"{float(number):.2f}".rstrip("0").rstrip(".")
