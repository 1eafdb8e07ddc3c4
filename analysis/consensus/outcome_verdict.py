"""What a consensus definition says of an outcome, with all that it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from analysis.study.rules import Comparator, Verdict


@dataclass(frozen=True, slots=True)
class ShareCheck:
    """One test of a share rule: `k` of `n` held against a threshold; `group` None: all groups, weighted.

    `holds` is None where the group is empty or too small to be asked.
    """

    group: str | None
    box: str
    k: Fraction
    n: Fraction
    comparator: Comparator
    percent: Fraction
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Standing:
    """An outcome's place in a list: overall (`group` None) or of one group.

    `rank` is 1 + the number of outcomes with a greater value; `value` and `rank` are None where too few
    answered for a place.
    """

    group: str | None
    value: Fraction | None
    rank: int | None
    within: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule came to for one outcome.

    `k`, `n`: exact, and weighted where the rule looks at all groups; of a rule on one group, that
    group's. `heads`: people behind n, without weights. `weights`: of one person, by group.
    `computable`: enough people answered.
    """

    holds: bool
    computable: bool
    k: Fraction
    n: Fraction
    heads: int
    weights: Mapping[str, Fraction]
    checks: tuple[ShareCheck, ...] = ()
    standings: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True)
class TieAtCut:
    """More outcomes than a list has places, because those at its cut have the same value.

    All of them are in. `rule` counts from 0; `group` None: overall; `listed` is how many got in.
    """

    rule: int
    group: str | None
    size: int
    value: Fraction
    outcomes: tuple[str, ...]
    listed: int


@dataclass(frozen=True, slots=True)
class OutcomeVerdict:
    """The verdict on one outcome: `rule` is the matched rule's place, None where none matched.

    `findings` has one for each rule; `sentence` says the rule and its answer in plain English.
    """

    outcome: str
    verdict: Verdict
    rule: int | None
    sentence: str
    findings: tuple[Finding, ...]

    @property
    def decisive(self) -> Finding:
        """The finding of the matched rule, of the first where none matched."""
        return self.findings[self.rule or 0]

    @property
    def k(self) -> Fraction:
        """What was counted, exact and weighted as the decisive rule weighs it."""
        return self.decisive.k

    @property
    def n(self) -> Fraction:
        """What it was counted of."""
        return self.decisive.n

    @property
    def weights(self) -> Mapping[str, Fraction]:
        """The weight of one person, by group."""
        return self.decisive.weights


@dataclass(frozen=True, slots=True)
class Consensus:
    """The verdicts on a list of outcomes, in its order, and every tie at a cut."""

    verdicts: tuple[OutcomeVerdict, ...]
    ties: tuple[TieAtCut, ...]
