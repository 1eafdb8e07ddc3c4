"""What became of the outcomes in many replicates, as numbers that add."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.consensus.verdict_codes import CODE_OF, verdict_codes
from analysis.simulation.answers import Counts
from analysis.simulation.design import Design
from analysis.simulation.parts import Should
from analysis.study.rules import ConsensusDefinition, Verdict
from analysis.study.weighting import Weighting

KEPT, UNDECIDED, NOT_COMPUTABLE, DROPPED = range(4)  # DROPPED + r: by the rule of the round at r

Fates = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Sums over replicates; `a + b` are the sums over both.

    `fates`: (classes, 3 + rounds), outcomes by what became of them. `decided`: replicates in which every
    outcome could be computed; of these, `right`: those with exactly the right final list, `sizes` and
    `squared_sizes`: sums of the final list's length and of its square.
    """

    fates: Counts
    decided: int
    right: int
    sizes: int
    squared_sizes: int

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.fates + other.fates,
            self.decided + other.decided,
            self.right + other.right,
            self.sizes + other.sizes,
            self.squared_sizes + other.squared_sizes,
        )


def fates_of(
    rounds: Sequence[Counts],
    definitions: Sequence[ConsensusDefinition],
    *,
    design: Design,
    weighting: Weighting,
) -> Fates:
    """Return what becomes of each outcome, (R, O), from the counts (R, G, O, C) of each round.

    An outcome with the verdict `out` takes no part in later rounds. The last round keeps those that are `in`.
    """
    shape = rounds[0].shape[0], rounds[0].shape[2]
    listed = np.ones(shape, dtype=bool)
    fates = np.full(shape, UNDECIDED, dtype=np.int64)
    codes = np.empty(shape, dtype=np.int8)
    for at, (counts, definition) in enumerate(zip(rounds, definitions, strict=True)):
        codes = verdict_codes(
            definition,
            counts,
            categories=design.scale.points,
            boxes={box.code: box for box in design.scale.boxes},
            groups=design.group_codes,
            weighting=weighting,
            listed=listed,
        )
        out = codes == CODE_OF[Verdict.OUT]
        fates[out] = DROPPED + at
        listed = listed & ~out
    fates[codes == CODE_OF[Verdict.IN]] = KEPT
    fates[codes == CODE_OF[Verdict.NOT_COMPUTABLE]] = NOT_COMPUTABLE
    return fates


def tally_of(fates: Fates, *, design: Design) -> Tally:
    """Add up `fates`, (R, O), over replicates and the outcomes of each class."""
    class_of = np.repeat(np.arange(len(design.classes)), [one.outcomes for one in design.classes])
    width = DROPPED + len(design.rounds)
    by_class = np.bincount((class_of * width + fates).ravel(), minlength=len(design.classes) * width)
    kept = fates == KEPT
    decided = np.all(fates != NOT_COMPUTABLE, axis=1)
    should = np.array([one.should for one in design.classes for _ in range(one.outcomes)])
    wrong = np.where(should == Should.KEEP, ~kept, (should == Should.DROP) & kept).any(axis=1)
    sizes = kept.sum(axis=1)[decided]
    return Tally(
        by_class.reshape(len(design.classes), width).astype(np.int64),
        int(decided.sum()),
        int((decided & ~wrong).sum()),
        int(sizes.sum()),
        int((sizes**2).sum()),
    )
