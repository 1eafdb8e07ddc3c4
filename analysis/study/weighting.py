"""How much each stakeholder group's votes count: the definition (the arithmetic is in `analysis.weights`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from analysis.study.values import Provenance, Requirements


class WeightScheme(StrEnum):
    """The ways to weight groups."""

    NONE = "none"
    MULTIPLIER = "multiplier"
    TARGET_SHARE = "target_share"
    EQUAL_GROUPS = "equal_groups"


@dataclass(frozen=True, slots=True)
class Weighting:
    """A weight scheme with its exact values.

    multiplier: group → factor, groups not named count once. target_share: group → its share of the
    whole, 0 to 1; the other groups share the rest by head. equal_groups and none take no values.
    """

    code: str
    scheme: WeightScheme
    values: Mapping[str, Fraction] = field(default_factory=dict)
    provenance: Provenance = Provenance.ASSUMED
    reason: str = ""

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            takes_values = self.scheme in (WeightScheme.MULTIPLIER, WeightScheme.TARGET_SHARE)
            wanted = "at least one group's value" if takes_values else f"no values for {self.scheme}"
            require(bool(self.values) == takes_values, "values", dict(self.values), wanted)
            for group, value in self.values.items():
                require(value >= 0, f"values.{group}", value, "0 or more")
            if self.scheme is WeightScheme.TARGET_SHARE:
                require(
                    sum(self.values.values()) <= 1,
                    "values",
                    dict(self.values),
                    "shares that add up to at most 1",
                )


UNWEIGHTED = Weighting(code="none", scheme=WeightScheme.NONE)
