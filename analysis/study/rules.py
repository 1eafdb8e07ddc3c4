"""The consensus definition, written in advance: its rules (`analysis.consensus` applies them)."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from analysis.study.values import Provenance, Requirements, require


class Verdict(StrEnum):
    """What a consensus definition says of an outcome; NOT_COMPUTABLE where too few answered."""

    IN = "in"
    OUT = "out"
    NONE = "none"
    NOT_COMPUTABLE = "not_computable"


GIVEN = (Verdict.IN, Verdict.OUT, Verdict.NONE)
GIVEN_EXPECTED = "'in', 'out' or 'none'"


class Comparator(StrEnum):
    """How a share is held against a threshold."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    LESS_THAN = "<"
    AT_MOST = "<="

    def holds(self, left: Fraction | int, right: Fraction | int) -> bool:
        """Say whether `left` stands so to `right`, exactly."""
        match self:
            case Comparator.AT_LEAST:
                return left >= right
            case Comparator.MORE_THAN:
                return left > right
            case Comparator.LESS_THAN:
                return left < right
            case Comparator.AT_MOST:
                return left <= right


class Of(StrEnum):
    """Whose answers a rule looks at."""

    POOLED = "pooled"
    GROUP = "group"
    EVERY = "every"
    ANY = "any"
    AT_LEAST = "at_least"


class EmptyGroups(StrEnum):
    """What a group with fewer than the minimum n does to a rule over groups."""

    BLOCK = "block"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class ShareMeasure:
    """Outcomes stand in order of the share that rated them in `box`."""

    box: str
    kind: Literal["share"] = "share"


@dataclass(frozen=True, slots=True)
class MeanMeasure:
    """Outcomes stand in order of their mean score."""

    kind: Literal["mean"] = "mean"


@dataclass(frozen=True, slots=True)
class BallotMeasure:
    """Outcomes stand in order of the points that a ballot gave: `points[0]` for first place, and so on."""

    ballot: str
    points: tuple[int, ...]
    kind: Literal["ballot"] = "ballot"

    def __post_init__(self) -> None:
        with Requirements() as require:
            require(bool(self.points), "points", self.points, "points for at least the first place")
            falling = (
                list(self.points) == sorted(self.points, reverse=True) and min(self.points, default=0) >= 0
            )
            require(falling, "points", self.points, "points that never rise and are 0 or more")


Measure = ShareMeasure | MeanMeasure | BallotMeasure


@dataclass(frozen=True, slots=True)
class ShareTest:
    """The share in `box` stands to `percent` as `comparator` says."""

    box: str
    comparator: Comparator
    percent: Fraction

    def __post_init__(self) -> None:
        require(0 <= self.percent <= 100, "percent", self.percent, "0 to 100")


@dataclass(frozen=True, slots=True)
class ShareRule:
    """Gives `verdict` when every test holds: pooled, in one group, in every, any or at least k groups."""

    verdict: Verdict
    tests: tuple[ShareTest, ...]
    of: Of = Of.POOLED
    group: str | None = None
    groups_needed: int | None = None
    empty_groups: EmptyGroups = EmptyGroups.BLOCK
    kind: Literal["share"] = "share"

    def __post_init__(self) -> None:
        with Requirements() as require:
            require(self.verdict in GIVEN, "verdict", self.verdict, GIVEN_EXPECTED)
            require(bool(self.tests), "tests", self.tests, "at least one test")
            require(
                (self.group is not None) == (self.of is Of.GROUP),
                "group",
                self.group,
                "a group where of = 'group'",
            )
            wants_number = self.of is Of.AT_LEAST
            found = self.groups_needed
            require(
                (found is not None) == wants_number, "groups_needed", found, "a number where of = 'at_least'"
            )
            require(found is None or found >= 1, "groups_needed", found, "1 or more")


@dataclass(frozen=True, slots=True)
class TopRule:
    """Gives `verdict` to the top `size` outcomes, pooled or of one group; all that tie at the cut are in."""

    verdict: Verdict
    size: int
    measure: Measure
    of: Of = Of.POOLED
    group: str | None = None
    kind: Literal["top"] = "top"

    def __post_init__(self) -> None:
        with Requirements() as require:
            require(self.verdict in GIVEN, "verdict", self.verdict, GIVEN_EXPECTED)
            require(self.size >= 1, "size", self.size, "1 or more")
            require(self.of in (Of.POOLED, Of.GROUP), "of", self.of, "'pooled' or 'group'")
            require(
                (self.group is not None) == (self.of is Of.GROUP),
                "group",
                self.group,
                "a group where of = 'group'",
            )


@dataclass(frozen=True, slots=True)
class TwoListRule:
    """Gives `verdict` to the top `size` overall or of `group`; all that tie at either cut are in."""

    verdict: Verdict
    size: int
    group: str
    measure: Measure
    kind: Literal["two_list"] = "two_list"

    def __post_init__(self) -> None:
        with Requirements() as require:
            require(self.verdict in GIVEN, "verdict", self.verdict, GIVEN_EXPECTED)
            require(self.size >= 1, "size", self.size, "1 or more")


Rule = ShareRule | TopRule | TwoListRule


@dataclass(frozen=True, slots=True)
class ConsensusDefinition:
    """Rules in order, the first that matches wins; `otherwise` where none does.

    An outcome that fewer than `minimum_n` rated is not computable, and neither is a rule on one group of
    whom fewer did. Among several groups, one below it counts as empty.
    """

    code: str
    rules: tuple[Rule, ...]
    otherwise: Verdict = Verdict.NONE
    minimum_n: int = 1
    provenance: Provenance = Provenance.ASSUMED
    reason: str = ""

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            require(bool(self.rules), "rules", self.rules, "at least one rule")
            require(self.minimum_n >= 1, "minimum_n", self.minimum_n, "1 or more")
            require(self.otherwise in GIVEN, "otherwise", self.otherwise, GIVEN_EXPECTED)
