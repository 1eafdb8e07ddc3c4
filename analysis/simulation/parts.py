"""The parts of a planned design: groups, rounds, rules, and classes of outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import isclose

from analysis.study.values import Requirements

_SUM_TOLERANCE = 1e-5


class Should(StrEnum):
    """What a good design does with an outcome of a class."""

    KEEP = "keep"
    DROP = "drop"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """A stakeholder group and how many of its people are invited."""

    code: str
    size: int

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            require(self.size >= 1, "size", self.size, "1 or more people")


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """A rating round.

    `leaves`: by group, the share of those still there who don't answer in this round and never again; in the
    first round, of those invited. `joins`: newcomers, as a share of the group's planned size. A group that is
    not named has 0. `conformity`: the share of answers that repeat the median of the person's group in the
    round before.
    """

    code: str
    leaves: Mapping[str, float] = field(default_factory=dict)
    joins: Mapping[str, float] = field(default_factory=dict)
    conformity: float = 0.0

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            for group, share in self.leaves.items():
                require(0 <= share <= 1, f"leaves.{group}", share, "a share, 0 to 1")
            for group, share in self.joins.items():
                require(0 <= share <= 1, f"joins.{group}", share, "a share of the group's size, 0 to 1")
            require(0 <= self.conformity <= 1, "conformity", self.conformity, "a share, 0 to 1")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One alternative: the code of the consensus definition that each round has, in the rounds' order."""

    code: str
    definitions: tuple[str, ...]

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)


@dataclass(frozen=True, slots=True)
class GroupAnswers:
    """How a group answers about an outcome of a class.

    Either `probabilities`, one for each point of the scale, lowest first; or `mean` and `spread`, on the
    scale's points, of a normal distribution that is cut halfway between neighbouring points, with all beyond
    an end at that end. `missing`: the share who give no score.
    """

    group: str
    probabilities: tuple[float, ...] = ()
    mean: float | None = None
    spread: float | None = None
    missing: float = 0.0

    def __post_init__(self) -> None:
        with Requirements() as require:
            latent = (self.mean is not None, self.spread is not None)
            require(
                latent == (not self.probabilities,) * 2,
                "probabilities",
                len(self.probabilities) or "",
                "either probabilities, or mean and spread",
            )
            require(self.spread is None or self.spread > 0, "spread", self.spread, "more than 0")
            require(0 <= self.missing <= 1, "missing", self.missing, "a share, 0 to 1")
            if self.probabilities:
                total = sum(self.probabilities)
                require(min(self.probabilities) >= 0, "probabilities", min(self.probabilities), "0 or more")
                adds_up = isclose(total, 1, abs_tol=_SUM_TOLERANCE)
                require(adds_up, "probabilities", f"{total:g} in all", "probabilities that add up to 1")


@dataclass(frozen=True, slots=True)
class OutcomeClass:
    """So many `outcomes` that are answered alike, and what should become of them."""

    code: str
    should: Should
    outcomes: int
    answers: tuple[GroupAnswers, ...]

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            require(self.outcomes >= 1, "outcomes", self.outcomes, "1 or more")
