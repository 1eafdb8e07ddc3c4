"""Whatever the design: everything that is simulated is accounted for, once."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.simulation.characteristics import operating_characteristics
from analysis.simulation.design import Design
from analysis.simulation.parts import PlannedRound
from analysis.study.rules import ConsensusDefinition, MeanMeasure, ShareMeasure, TopRule, TwoListRule, Verdict
from tests.analysis.builders import COMET_70_15, EQUAL_GROUPS, UNWEIGHTED, defined, multiplier
from tests.analysis.designs import AGREE_70, ROUND_1, answered_alike, planned

REPLICATES = 7
SHARES = st.integers(0, 10).map(lambda tenths: tenths / 10)
PROBABILITIES = (
    st.tuples(*[st.integers(0, 20)] * 3).filter(any).map(lambda cells: [k / sum(cells) for k in cells])
)
DEFINITIONS = st.sampled_from(
    [
        COMET_70_15,
        AGREE_70,
        defined(TopRule(Verdict.IN, 2, MeanMeasure()), otherwise=Verdict.OUT),
        defined(TwoListRule(Verdict.IN, 1, "b", ShareMeasure("agree")), otherwise=Verdict.OUT, minimum_n=2),
    ]
)


@st.composite
def designs(draw: st.DrawFn) -> Design:
    sizes = {"a": draw(st.integers(1, 6)), "b": draw(st.integers(1, 6))}
    shoulds = draw(st.lists(st.sampled_from(["keep", "drop", "either"]), min_size=1, max_size=3))
    classes = [
        answered_alike(f"c{at}", should, draw(PROBABILITIES), outcomes=draw(st.integers(1, 3)), groups="ab")
        for at, should in enumerate(shoulds)
    ]
    leaves = {"a": draw(SHARES), "b": draw(SHARES)}
    rounds = [ROUND_1, PlannedRound("2", leaves=leaves, conformity=draw(SHARES))]
    definitions: list[ConsensusDefinition] = [draw(DEFINITIONS), draw(DEFINITIONS)]
    weights = draw(st.sampled_from([UNWEIGHTED, EQUAL_GROUPS, multiplier(a=2)]))
    return planned(sizes, classes, *definitions, rounds=rounds, weights=[weights])


@settings(deadline=None, max_examples=60)
@given(designs(), st.integers(0, 2**32))
def test_every_outcome_has_one_fate_in_every_replicate(design: Design, seed: int) -> None:
    rng = np.random.default_rng(seed)
    (result,) = operating_characteristics(design, replicates=REPLICATES, rng=rng).scenarios
    for one in result.classes:
        fates = (one.kept, *one.dropped, one.undecided)
        assert sum(fate.k for fate in fates) == one.kept.n
        assert {fate.n for fate in fates} == {one.kept.n}
        assert one.kept.n + one.not_computable.k == one.not_computable.n == one.outcomes * REPLICATES


@settings(deadline=None, max_examples=60)
@given(designs(), st.integers(0, 2**32))
def test_the_whole_is_made_of_its_classes(design: Design, seed: int) -> None:
    rng = np.random.default_rng(seed)
    (result,) = operating_characteristics(design, replicates=REPLICATES, rng=rng).scenarios
    keep = [one for one in result.classes if one.should == "keep"]
    drop = [one for one in result.classes if one.should == "drop"]
    assert (result.sensitivity is None) == (not keep)
    if result.sensitivity:
        assert result.sensitivity.k == sum(one.kept.k for one in keep)
    if result.specificity:
        assert result.specificity.k == sum(one.kept.n - one.kept.k for one in drop)
    if result.exactly_right.n == REPLICATES:
        assert result.expected_size == sum(one.kept.k for one in result.classes) / REPLICATES
