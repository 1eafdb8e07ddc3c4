"""What the report must not give away, and what must not stop it."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from analysis.attrition import compare_leavers
from analysis.consensus.verdict_codes import VERDICTS
from analysis.ratings import RatingMatrix
from analysis.report.firmness_tables import alternatives_of, decided_of
from analysis.report.rating_data import RatingData
from analysis.report.rating_section import rating_parts
from analysis.report.sheets import in_sheets
from analysis.report.study_tables import hidden_leavers, leavers_table
from analysis.report.workshop_tables import CastBallot, ballot_table
from analysis.sensitivity import rule_grid, usual_alternatives
from analysis.study.protocol import Ethics, Group, Identity, Protocol
from analysis.study.rounds import Ballot, Criterion, Round, RoundKind
from analysis.study.rules import Comparator, ConsensusDefinition, ShareRule, ShareTest, Verdict
from analysis.study.scale import Box, Scale
from analysis.study.weighting import UNWEIGHTED, Weighting, WeightScheme
from analysis.tables import HIDDEN, Table

BOXES = (Box("agree", 7, 9, "agree"), Box("neither", 4, 6, "in between"), Box("low", 1, 3, "disagree"))
SCALE = Scale("nine", 1, 9, ("low", *[""] * 7, "high"), "cannot say", BOXES)
RULE = ConsensusDefinition(
    "rule", (ShareRule(Verdict.IN, (ShareTest("agree", Comparator.AT_LEAST, Fraction(70)),)),)
)


def made(people: dict[str, list[list[float]]], *, weight: int = 2, criteria: int = 1) -> RatingData:
    """Answers by group: a row a person."""
    asked = tuple(Criterion(f"c{at}", f"Question {at}?") for at in range(criteria))
    rounds = tuple(
        Round(
            code,
            RoundKind.RATING,
            f"Round {code}",
            scale="nine",
            criteria=asked,
            weights="w",
            definition="rule",
        )
        for code in ("1", "2")
    )
    groups = tuple(Group(code, code.capitalize(), code.rstrip("s")) for code in people)
    weights = Weighting("w", WeightScheme.MULTIPLIER, {"survivors": Fraction(weight)})
    protocol = Protocol(
        Identity("made", "Made", "Which?"), Ethics("", "", ""), groups, rounds, (SCALE,), (weights,), (RULE,)
    )
    rows = [row for group in people.values() for row in group]
    named = tuple(group for group, mine in people.items() for _ in mine)
    outcomes = tuple(f"o{at}" for at in range(len(rows[0])))
    scores = np.array(rows, dtype=np.float64)
    missing = np.full(scores.shape, -1, dtype=np.int8)
    matrix = RatingMatrix(tuple(f"p{at}" for at in range(len(rows))), named, outcomes, scores, missing)
    return RatingData(protocol, rounds[1], "c0", outcomes, {}, matrix)


def parts_of(data: RatingData) -> dict[str, Table]:
    found = rating_parts(data, None, (), replicates=100, rng=np.random.default_rng(1))
    return {one.code: one for one in found.tables}


def column(table: Table, name: str) -> list[object]:
    at = [one.name for one in table.columns].index(name)
    return [row[at] for row in table.rows]


SMALL = made({"survivors": [[8, 2]] * 6, "carers": [[9, 9]] * 8, "researchers": [[2, 4], [4, 2]]})


def test_a_group_that_is_hidden_with_a_small_one_shows_no_agreement() -> None:
    found = parts_of(SMALL)["agreement"]
    hidden = SMALL.hidden[:-1].any(axis=1)
    assert hidden.sum() == 2
    assert [alpha == HIDDEN for alpha in column(found, "krippendorff_alpha")] == [False, *hidden.tolist()]


def test_words_are_given_of_the_groups_that_numbers_are_given_of() -> None:
    shown = [
        group
        for group, hides in zip(("survivors", "carers", "researchers"), SMALL.hidden[:, 0], strict=False)
        if not hides
    ]
    (first, _) = column(parts_of(SMALL)["feedback"], "sentence")
    assert [group for group in ("survivors", "carers", "researchers") if group in str(first).lower()] == shown


def test_a_test_over_all_groups_is_hidden_where_a_group_is() -> None:
    assert set(column(parts_of(SMALL)["group_differences"], "kruskal_wallis_p")) == {HIDDEN}


def test_no_rule_lets_a_small_group_speak_alone() -> None:
    decided = decided_of(SMALL)
    assert decided is not None
    labels = [one.label for one in alternatives_of(decided)]
    assert labels
    assert not [label for label in labels if "group" in label]
    assert "groups_left_out" not in parts_of(SMALL)


def test_rules_on_each_group_are_not_blocked_by_one_under_the_smallest_n() -> None:
    # Everybody agrees with the first outcome; the carers are fewer than the ten that the definition asks for.
    people = {"survivors": [[8, 2]] * 12, "researchers": [[9, 9]] * 12, "carers": [[7, 2]] * 8}
    own = replace(RULE, minimum_n=10)
    answers = made(people).answers
    tried = usual_alternatives(own, UNWEIGHTED, scale=SCALE)
    grid = rule_grid(answers, tried)
    kept = {
        label: [VERDICTS[code] for code in codes]
        for label, codes in zip(grid.labels, grid.codes, strict=True)
    }
    assert kept["70 % agree in every group"] == [Verdict.IN, Verdict.NONE]
    assert kept["70 % agree in any group"] == [Verdict.IN, Verdict.IN]


def test_scores_of_leavers_of_a_small_group_cannot_be_had_by_subtraction() -> None:
    data = made(
        {"survivors": [[8, 7]] * 12, "carers": [[6, 5]] * 10, "researchers": [[2, 4], [4, 2], [9, 9]]}
    )
    stayed = np.array([True] * 6 + [False] * 6 + [True] * 5 + [False] * 5 + [True] * 3)
    found = compare_leavers(data.matrix.scores, groups=data.matrix.groups, retained=stayed)
    hidden = hidden_leavers(data, found)
    assert "researchers" in hidden
    assert len(hidden - {None}) >= 2
    rows = {row[0]: row for row in leavers_table(data, "Round 2", found).rows}
    assert set(rows["Researchers"][3:]) == {HIDDEN}


def test_an_untouched_answer_counts_as_missing() -> None:
    data = made({"survivors": [[8, np.nan]] * 3 + [[8, 8]] * 9, "carers": [[7, 7]] * 10})
    assert column(parts_of(data)["missing_people"], "absent") == [0, 3]


def test_a_weight_beyond_the_axis_is_drawn() -> None:
    data = made({"survivors": [[8, 2]] * 12, "carers": [[2, 8]] * 10}, weight=50)
    found = rating_parts(data, None, (), replicates=100, rng=np.random.default_rng(1))
    assert dict(found.figures)["weights"]() is not None


def test_the_verdict_table_shows_the_box_that_the_rule_tests() -> None:
    data = made({"survivors": [[8, 2]] * 12, "carers": [[9, 9]] * 10})
    heads = [one.heading for one in parts_of(data)["verdicts"].columns]
    assert "All: agree" in heads
    assert not [head for head in heads if "disagree" in head]


def test_criteria_are_told_apart() -> None:
    data = made({"survivors": [[8, 2]] * 12, "carers": [[9, 9]] * 10}, criteria=2)
    found = rating_parts(data, None, (), replicates=100, rng=np.random.default_rng(1))
    assert (found.code, found.title) == ("round_2.c0", "Round 2: Question 0?")


def test_a_figure_of_no_outcome_is_none() -> None:
    assert list(in_sheets("rules", 0, pytest.fail)) == []


def test_ballots_that_are_too_entangled_for_one_order_are_still_counted() -> None:
    rng = np.random.default_rng(5)
    places = np.argsort(rng.random((9, 40)), axis=1) + 1.0
    cast = CastBallot(Ballot("b", "Ballot", 3), tuple("abcdefghi"), places, (Fraction(1),) * 9)
    names = [f"o{at}" for at in range(40)]
    found = ballot_table(cast, names, names)
    assert len(found.rows) == 40
    assert [note for note in found.notes if note.startswith("Not computed")]
