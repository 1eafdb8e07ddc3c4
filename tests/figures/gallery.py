"""Every figure, drawn from made-up data of any number of outcomes."""

from collections.abc import Callable

import numpy as np
from matplotlib.figure import Figure

from analysis.figures.attrition_flow import AttritionRow, attrition_flow
from analysis.figures.ballot_bump import Ballots, OutcomePlaces, ballot_bump
from analysis.figures.diverging_bars import AnswersByGroup, OutcomeAnswers, diverging_bars
from analysis.figures.drawing import Caption
from analysis.figures.flip_weight import FlipWeights, OutcomeWeights, flip_weight
from analysis.figures.leavers import Leavers, LeaversGroup, leavers
from analysis.figures.path_flow import PathStage, path_flow
from analysis.figures.round_change import Change, OutcomeChange, RoundChange, round_change
from analysis.figures.sensitivity_heat_map import OutcomeVerdicts, Sensitivity, sensitivity_heat_map
from analysis.figures.verdict_stability import StableVerdict, verdict_stability
from analysis.study.rules import Verdict

CAPTION = Caption(
    title="Which outcomes matter most, and did everyone who was asked think so, whoever they were?",
    n="64 people rated: 34 survivors, 12 service providers, 10 researchers, 8 policymakers",
    rule="In: at least 70 % of everyone rated it 7 to 9 and less than 15 % rated it 1 to 3. Otherwise: out.",
    synthetic="A computer drew the people and their answers. They say nothing about what anyone thinks.",
    note="Merged outcomes are left out.",
)
GROUPS = ("Everyone", "Survivors", "Service providers", "Researchers", "Policymakers")
ROUNDS = ("Round Zero", "Round 1", "Round 2", "Consensus workshop")
VERDICTS = tuple(Verdict)
_NAMES = (
    "Secure and suitable housing",
    "Éducation, sécurité et accès à la santé",
    "A safe mental health service, work and home environment, for as long as anybody needs it",
    "Life skills",
    "Compassionate, trauma-informed services",
)


def outcome_names(number: int) -> list[str]:
    """Names short and long; each is told from the others by a number at its end."""
    return [f"{_NAMES[at % len(_NAMES)]} ({at + 1})" for at in range(number)]


def answers_by_group(number: int) -> AnswersByGroup:
    """Counts in three boxes; some groups too small, one withheld."""
    draw = np.random.default_rng(1)
    most = np.array([[2, 5, 30 - 6 * group] for group in range(4)])
    rows = [
        OutcomeAnswers(name, (*map(tuple, draw.integers(0, most + 1).tolist()), None))
        for name in outcome_names(number)
    ]
    boxes = ("1 to 3: disagree", "4 to 6: in between", "7 to 9: agree")
    return AnswersByGroup(tuple(rows), GROUPS, boxes, 1, 1, "rated it 7 to 9", minimum=5)


def round_changes(number: int) -> RoundChange:
    """Shares before and after; some without pairs, some with too few, one withheld."""
    draw = np.random.default_rng(2)
    rows = []
    for name in outcome_names(number):
        changes: list[Change | None] = [Change(None, None, 0), Change(50.0, 40.0, 3), None]
        for _ in range(2):
            before, after = draw.uniform(0, 100, 2).tolist()
            changes.append(Change(before, after, int(draw.integers(5, 40))))
        rows.append(OutcomeChange(name, tuple(changes)))
    measure = "Share who rated it 7 to 9, in %"
    return RoundChange(tuple(rows), GROUPS, ("Round 1", "Round 2"), measure, 0.0, 100.0, minimum=5)


def stages(number: int) -> tuple[PathStage, ...]:
    """From `number` outcomes to none, with everything that can happen to an outcome."""
    first = PathStage(
        label="Round Zero, in which anybody could say what was missing",
        outcomes_in=number,
        kept=number - 3,
        merged=2,
        merged_into=1,
        dropped=1,
        added=1,
        outcomes_out=number - 1,
        note="43 people",
    )
    last = PathStage(
        label="Round 1",
        outcomes_in=number - 1,
        kept=0,
        merged=0,
        merged_into=0,
        split=1,
        split_into=2,
        dropped=number - 2,
        added=0,
        outcomes_out=2,
    )
    return first, last


def attrition_rows() -> list[AttritionRow]:
    """Five groups in four rounds; one row hidden."""
    return [
        AttritionRow(
            group=group,
            round=round_,
            responded=60 - 10 * at + place,
            retained=40 - 8 * at,
            returned=place,
            joined=20 - 2 * at,
            lost=3 * place,
            invited=100 if at else None,
            hidden=at == place == 3,
        )
        for at, group in enumerate(GROUPS)
        for place, round_ in enumerate(ROUNDS)
    ]


def mean_scores() -> Leavers:
    """Many who stayed, fewer who left; in one group too few left, in one nobody."""
    draw = np.random.default_rng(3)

    def scores(number: int) -> tuple[float, ...]:
        return tuple(draw.normal(6.5, 1.2, number).clip(1, 9).tolist())

    sizes = ((60, 15), (34, 7), (12, 3), (10, 0), (8, 5))
    groups = [
        LeaversGroup(name, scores(stayed), scores(left))
        for name, (stayed, left) in zip(GROUPS, sizes, strict=True)
    ]
    return Leavers(tuple(groups), low=1.0, high=9.0, minimum=5)


def sensitivity(number: int) -> Sensitivity:
    """Verdicts of every kind under eight rules."""
    draw = np.random.default_rng(4)
    rules = (
        "Top 12 overall or by survivors",
        *(f"{50 + 5 * at} % rate 7 to 9, under 15 % 1 to 3" for at in range(7)),
    )
    rows = [
        OutcomeVerdicts(name, tuple(VERDICTS[at] for at in draw.integers(0, 4, 8)))
        for name in outcome_names(number)
    ]
    return Sensitivity(rules, tuple(rows))


def flip_weights(number: int) -> FlipWeights:
    """Weights of every form: any, from, up to, two stretches, none."""
    forms = (((0.0, None),), ((0.6, None),), ((0.0, 3.25),), ((0.0, 0.4), (2.5, None)), ())
    rows = [OutcomeWeights(name, forms[at % len(forms)]) for at, name in enumerate(outcome_names(number))]
    return FlipWeights(tuple(rows), "survivors", of_study=2.0)


def ballots(number: int) -> Ballots:
    """Three ballots with ties; a tenth of the outcomes without a place on one of them."""
    draw = np.random.default_rng(5)
    points = draw.integers(0, number + 1, (3, number)).tolist()
    places = [[1 + sum(other > mine for other in column) for mine in column] for column in points]
    rows = [
        OutcomePlaces(
            name,
            tuple(None if at % 10 == 9 and ballot == 1 else places[ballot][at] for ballot in range(3)),
            goes_on=places[2][at] <= number // 2,
        )
        for at, name in enumerate(outcome_names(number))
    ]
    return Ballots(("First top three", "Second top three", "Final top three"), tuple(rows), cut=number // 2)


def stable_verdicts(number: int) -> tuple[StableVerdict, ...]:
    """Shares from 0 to 1, and none where there is no verdict."""
    return tuple(
        StableVerdict(name, VERDICTS[at % 4], None if at % 4 == 3 else (at % 11) / 10)
        for at, name in enumerate(outcome_names(number))
    )


FIGURES: dict[str, Callable[[int], Figure]] = {
    "diverging_bars": lambda number: diverging_bars(answers_by_group(number), caption=CAPTION),
    "round_change": lambda number: round_change(round_changes(number), caption=CAPTION),
    "path_flow": lambda number: path_flow(stages(number), caption=CAPTION),
    "attrition_flow": lambda _: attrition_flow(attrition_rows(), caption=CAPTION, minimum=5),
    "leavers": lambda _: leavers(mean_scores(), caption=CAPTION),
    "sensitivity_heat_map": lambda number: sensitivity_heat_map(sensitivity(number), caption=CAPTION),
    "flip_weight": lambda number: flip_weight(flip_weights(number), caption=CAPTION),
    "ballot_bump": lambda number: ballot_bump(ballots(number), caption=CAPTION),
    "verdict_stability": lambda number: verdict_stability(
        stable_verdicts(number), resamples=2000, caption=CAPTION
    ),
}
