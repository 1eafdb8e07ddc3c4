"""The path is computed: from answers, rules and lineage."""

from dataclasses import replace

import pytest

from analysis.path import StudyPath, path_of
from analysis.study.records import Evidence, LineageAction, LineageStep
from analysis.study.study import Study
from analysis.study.values import Provenance
from tests.data.small_study import small_study, study_of_every_kind


def path_with(*steps: LineageStep, study: Study | None = None) -> StudyPath:
    study = study or small_study()
    decided = {code for step in steps for code in step.sources}
    others = [step for step in study.lineage if not decided & set(step.sources)]
    return path_of(replace(study, lineage=(*others, *steps)))


def row(action: LineageAction, source: str, evidence: Evidence, *, result: str = "") -> LineageStep:
    results = tuple(result.split())
    return LineageStep("1", action, (source,), results, "A reason.", evidence, Provenance.ASSUMED)


def test_the_small_study_goes_from_six_to_four_to_four() -> None:
    # Round 1: papers is out (1 of 7 agree), friends and family become ties. Round 2: everything is in.
    path = path_of(small_study())
    assert path.path == (6, 4, 4)
    first, second = path.stages
    assert (first.respondents, first.outcomes_in, first.kept, first.merged, first.merged_into) == (
        8,
        6,
        3,
        2,
        1,
    )
    assert (first.dropped, first.added, first.outcomes_out) == (1, 0, 4)
    assert (second.respondents, second.listed_in) == (6, first.listed_out)
    assert path.final == ("home", "doctor", "work", "ties")
    assert path.disagreements == path.overrides == ()


def test_an_outcome_that_no_row_speaks_of_is_decided_by_the_rule() -> None:
    study = small_study()
    merged_only = tuple(step for step in study.lineage if step.action is LineageAction.MERGED)
    assert path_of(replace(study, lineage=merged_only)).stages[0].arithmetic.dropped == ("papers",)


def test_without_the_weights_work_would_end_in_round_2() -> None:
    # 4 of 6 agree: 66.7 %.
    study = small_study()
    rounds = tuple(replace(round_, weights=None) for round_ in study.protocol.rounds)
    unweighted = replace(study, protocol=replace(study.protocol, rounds=rounds))
    assert path_of(unweighted).final == ("home", "doctor", "ties")


@pytest.mark.parametrize("evidence", [Evidence.RULE, Evidence.BALLOTS])
def test_a_row_that_claims_the_rule_and_contradicts_it_is_a_disagreement_and_does_not_stand(
    evidence: Evidence,
) -> None:
    path = path_with(row(LineageAction.DROPPED, "home", evidence))
    assert "home" in path.final
    assert [one.outcome for one in path.disagreements] == ["home"]
    assert path.disagreements[0].sentence == (
        f"After round 1, home is dropped on {evidence.value}, but the computed verdict is “in”."
    )
    kept = path_with(row(LineageAction.KEPT, "papers", evidence, result="papers"))
    assert "papers" not in kept.final
    assert [one.outcome for one in kept.disagreements] == ["papers"]


@pytest.mark.parametrize("evidence", [Evidence.COMMENTS, Evidence.JUDGEMENT])
def test_a_row_on_comments_or_judgement_stands_over_the_rule_and_is_listed(evidence: Evidence) -> None:
    path = path_with(
        row(LineageAction.KEPT, "papers", evidence, result="papers"),
        row(LineageAction.DROPPED, "home", evidence),
    )
    assert "papers" in path.stages[0].listed_out
    assert "home" not in path.stages[0].listed_out
    assert [one.outcome for one in path.overrides] == ["papers", "home"]
    assert path.disagreements == ()


def test_a_row_about_an_outcome_that_the_rule_ended_before_is_a_disagreement() -> None:
    later = LineageStep(
        "2", LineageAction.KEPT, ("papers",), ("papers",), "A reason.", Evidence.RULE, Provenance.ASSUMED
    )
    study = small_study()
    lineage = (study.lineage[0], row(LineageAction.KEPT, "papers", Evidence.RULE, result="papers"), later)
    path = path_of(replace(study, lineage=lineage))
    assert [(one.round, one.verdict) for one in path.disagreements][-1] == ("2", None)
    assert "did not reach" in path.disagreements[-1].sentence
    assert "papers" not in path.final


def test_a_round_that_was_not_held_has_no_stage() -> None:
    study = small_study()
    only_first = tuple(rating for rating in study.ratings if rating.round == "1")
    assert path_of(replace(study, ratings=only_first)).path == (6, 4)


def test_comment_and_ranking_rounds_keep_what_no_row_changes() -> None:
    # The workshop's top two of home 8, ties 5, work 2 points: home and ties.
    path = path_of(study_of_every_kind())
    assert [stage.code for stage in path.stages] == ["0", "1", "2", "order", "workshop"]
    assert path.path == (6, 6, 4, 4, 4, 2)
    assert path.final == ("home", "ties")


def test_a_stage_is_as_firm_as_the_weakest_of_what_it_rests_on() -> None:
    # Round 1 rests on assumed weights and definitions; with synthetic ratings on those.
    assert [stage.provenance for stage in path_of(small_study()).stages] == [Provenance.ASSUMED] * 2
    every = {stage.code: stage.provenance for stage in path_of(study_of_every_kind()).stages}
    assert every["0"] is Provenance.PUBLISHED
    assert every["1"] is every["workshop"] is Provenance.SYNTHETIC
