"""The table of a round."""

from dataclasses import replace
from fractions import Fraction

import pytest

from analysis.evidence import evidence_of
from analysis.study.protocol import FeedbackPolicy, Protocol
from analysis.study.records import Missing
from analysis.study.rules import Verdict
from analysis.study.study import Study
from analysis.verdicts import VerdictTable, plain_rows, verdict_table
from tests.data.small_study import LIST_1, LIST_2, small_study, study_of_every_kind


def showing_everything(study: Study) -> Protocol:
    return replace(study.protocol, feedback=FeedbackPolicy(minimum_group_size=1))


def table_of(round_code: str, outcomes: tuple[str, ...], *, hide: bool = False) -> VerdictTable:
    study = small_study()
    protocol = study.protocol if hide else showing_everything(study)
    return verdict_table(protocol, round_code, evidence_of(study, round_code), outcomes)


def test_shares_stand_by_group_weighted_and_unweighted() -> None:
    # Work in Round 1: survivors 7 8 9 (cannot say) 8, researchers 6 7 8; survivors count twice.
    row = table_of("1", LIST_1).row("work")
    survivors, researchers = row.groups
    assert (survivors.n, survivors.k["agree"], survivors.share["agree"]) == (4, 4, 1)
    assert (researchers.n, researchers.k["agree"], researchers.share["agree"]) == (3, 2, Fraction(2, 3))
    assert survivors.missing[Missing.CANNOT_SAY] == 1
    assert row.unweighted.share["agree"] == Fraction(6, 7)
    assert row.weighted.share["agree"] == Fraction(10, 11)
    assert row.unweighted.mean == Fraction(53, 7)  # 7 + 8 + 9 + 8 + 6 + 7 + 8


def test_an_outcome_whose_verdict_the_weights_change_is_marked() -> None:
    # Work in Round 2: 4 of 4 survivors, 0 of 2 researchers: 4/6 misses 70 %, 8/10 does not.
    table = table_of("2", LIST_2)
    row = table.row("work")
    assert (row.verdict_weighted, row.verdict_unweighted) == (Verdict.IN, Verdict.OUT)
    assert [one.outcome for one in table.rows if one.changed_by_weights] == ["work"]


def test_a_late_answer_is_in_no_figure() -> None:
    # Papers: r1 8, r2 6, r3 7 but late.
    assert table_of("1", LIST_1).row("papers").groups[1].n == 2


def test_rows_stand_in_the_order_of_the_list_and_one_without_answers_is_not_computable() -> None:
    table = table_of("1", ("ties", "home"))
    assert [(row.outcome, row.verdict) for row in table.rows] == [
        ("ties", Verdict.NOT_COMPUTABLE),
        ("home", Verdict.IN),
    ]
    assert table.rows[0].unweighted.share["agree"] is None


def test_a_small_group_and_what_would_give_it_back_are_hidden() -> None:
    # Three researchers beside five survivors who weigh twice: neither may be shown, nor the weighted figures.
    row = table_of("1", LIST_1, hide=True).row("home")
    assert [group.suppressed for group in row.groups] == [True, True]
    assert row.groups[0].n is None
    assert row.groups[0].share == {}
    assert row.weighted.suppressed
    assert row.unweighted.n == 8
    assert row.verdict is Verdict.IN


def test_why_a_group_gave_no_score_is_hidden_where_too_few_of_it_answered_at_all() -> None:
    # Both researchers of Round 2 say that they cannot say: no score to hide, but "2 cannot say" is everyone.
    study = small_study()
    said = tuple(
        replace(rating, score=None, missing=Missing.CANNOT_SAY)
        if rating.round == "2" and rating.panellist.startswith("r")
        else rating
        for rating in study.ratings
    )
    evidence = evidence_of(replace(study, ratings=said), "2")
    for minimum, shown in ((5, None), (2, 2)):
        protocol = replace(study.protocol, feedback=FeedbackPolicy(minimum_group_size=minimum))
        researchers = verdict_table(protocol, "2", evidence, LIST_2).row("home").groups[1]
        assert researchers.n == 0
        assert researchers.missing.get(Missing.CANNOT_SAY) == shown


def test_hidden_figures_are_hidden_in_the_plain_rows_too() -> None:
    header, rows = plain_rows(table_of("1", LIST_1, hide=True))
    first = dict(zip(header, rows[0], strict=True))
    assert {first["researchers_n"], first["survivors_agree_share"], first["weighted_agree_k"]} == {"hidden"}
    assert first["unweighted_agree_share"] == "1.0"


def test_plain_shares_name_the_float_exactly() -> None:
    header, rows = plain_rows(table_of("1", LIST_1))
    work = dict(zip(header, rows[LIST_1.index("work")], strict=True))
    assert work["weighted_agree_share"] == repr(10 / 11)
    assert (work["survivors_n"], work["weighted_n"], work["changed_by_weights"]) == ("4", "11", "no")


def test_the_table_says_its_rule_and_its_weights() -> None:
    table = table_of("1", LIST_1)
    assert table.rule_sentences[0] == "In: at least 70 % of everyone rated it 7 to 9 (agree)."
    assert table.weighting_sentence == "Survivors count twice; everyone else counts once."
    assert table.row("papers").sentence.startswith("Out: it does not hold that at least 70 %")
    assert table.synthetic == ""


def test_a_workshop_has_points_and_ranks() -> None:
    # Votes: s1 home ties, s2 ties home, r1 home work; 3 and 2 points: home 8, ties 5, work 2.
    study = study_of_every_kind()
    evidence = evidence_of(study, "workshop")
    table = verdict_table(showing_everything(study), "workshop", evidence, ("home", "doctor", "work", "ties"))
    assert [row.unweighted.points["final"] for row in table.rows] == [8, 0, 2, 5]
    assert [row.ranks[0].weighted for row in table.rows] == [1, 4, 3, 2]
    assert [row.verdict for row in table.rows] == [Verdict.IN, Verdict.OUT, Verdict.OUT, Verdict.IN]
    assert table.rows[0].unweighted.n_of["final"] == 3
    header, rows = plain_rows(table)
    assert dict(zip(header, rows[0], strict=True))["unweighted_final_points"] == "8"


def test_a_table_that_rests_on_synthetic_answers_says_so() -> None:
    study = study_of_every_kind()
    table = verdict_table(study.protocol, "1", evidence_of(study, "1"), LIST_1)
    assert table.synthetic == "These ratings are synthetic."


@pytest.mark.parametrize(("code", "reason"), [("0", "no ratings"), ("order", "no ratings")])
def test_a_round_without_ratings_or_ballots_has_no_table(code: str, reason: str) -> None:
    study = study_of_every_kind()
    with pytest.raises(ValueError, match=reason):
        verdict_table(study.protocol, code, evidence_of(study, code), LIST_1)


def test_evidence_of_another_round_is_refused() -> None:
    study = small_study()
    with pytest.raises(ValueError, match="evidence"):
        verdict_table(study.protocol, "2", evidence_of(study, "1"), LIST_2)


def test_an_unknown_criterion_is_refused() -> None:
    study = small_study()
    with pytest.raises(ValueError, match="criterion"):
        verdict_table(study.protocol, "1", evidence_of(study, "1"), LIST_1, criterion="beauty")


def test_a_round_without_a_definition_has_figures_and_no_verdicts() -> None:
    study = small_study()
    rounds = tuple(replace(round_, definition=None) for round_ in study.protocol.rounds)
    protocol = replace(showing_everything(study), rounds=rounds)
    table = verdict_table(protocol, "1", evidence_of(study, "1"), LIST_1)
    assert table.row("home").verdict is None
    assert table.row("home").unweighted.n == 8
    assert table.rule_sentence == "This round has no consensus definition."
