"""The MSCOS 2022 study: what is published is there, and the synthetic rest is what it claims to be."""

import csv
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from analysis.bundle.reader import read
from analysis.bundle.writer import bundle_files
from analysis.evidence import evidence_of
from analysis.path import path_of
from analysis.reproduce import Status, compare
from analysis.study.study import Study
from analysis.synthetic import synthesise
from analysis.verdicts import verdict_table

STUDY = Path(__file__).parents[2] / "studies" / "mscos_2022"
DESIGN = ("study.toml", "outcomes.csv", "lineage.csv", "synthetic.toml")
DRAWN = ("panel.csv", "ratings.csv", "ballots.csv", "comments.csv")
MOST_BYTES_OF_RATINGS = 400_000

# The toolkit's section headings, in sentence case.
CORE = {
    "Secure and suitable housing",
    "Safety from any trafficker or other abuser",
    "Long-term, consistent support",
    "Compassionate, trauma-informed services",
    "Finding purpose in life and self-actualisation",
    "Access to medical treatment",
    "Access to education",
}
# Names counted under each of the toolkit's longlist headings.
LONGLIST = {
    "Safety": 3,
    "Supportive services": 2,
    "Consistency and stability": 4,
    "Opportunities": 3,
    "Rights, justice and dignity": 7,
    "Health and wellbeing": 6,
    "Recognition, awareness and understanding": 3,
    "Belonging and social support": 4,
    "Agency and purpose": 5,
}
# "How did we produce the MSCOS?", the toolkit.
PATH = {"0": 72, "1": 34, "2": 14, "workshop": 7}
RESPONDENTS = {"0": 43, "1": 64, "2": 78, "workshop": 48}


def rows(file: str, folder: Path = STUDY) -> list[dict[str, str]]:
    with (folder / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for file in DESIGN:
        shutil.copy(STUDY / file, tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def study() -> Study:
    return read(STUDY)


def respondents() -> dict[str, set[str]]:
    answered: dict[str, set[str]] = {code: set() for code in RESPONDENTS}
    for row in (row for row in rows("comments.csv") if row["round"] == "0"):
        answered["0"].add(row["panellist"])
    for row in (row for row in rows("ratings.csv") if not row["late"]):
        answered[row["round"]].add(row["panellist"])
    for row in rows("ballots.csv"):
        answered["workshop"].add(row["panellist"])
    return answered


def steps_after(round_code: str) -> list[dict[str, str]]:
    return [row for row in rows("lineage.csv") if row["after"] == round_code]


@pytest.mark.parametrize("file", DRAWN)
def test_regenerating_without_the_published_figures_writes_the_same_bytes(copy: Path, file: str) -> None:
    synthesise(copy)
    assert (copy / file).read_bytes() == (STUDY / file).read_bytes()


def test_another_seed_gives_other_answers_of_the_same_people(copy: Path) -> None:
    text = (copy / "synthetic.toml").read_text(encoding="utf-8")
    (copy / "synthetic.toml").write_text(
        re.sub(r'^"1" = \d+$', '"1" = 1', text, flags=re.MULTILINE), encoding="utf-8"
    )
    synthesise(copy)
    assert rows("panel.csv", copy) == rows("panel.csv")
    assert rows("ratings.csv", copy) != rows("ratings.csv")


def test_a_panel_larger_than_those_who_joined_is_refused(copy: Path) -> None:
    text = (copy / "synthetic.toml").read_text(encoding="utf-8")
    (copy / "synthetic.toml").write_text(
        text.replace("answers = { survivors = 23", "answers = { survivors = 99")
    )
    with pytest.raises(ValueError, match="round 0: too few survivors have joined"):
        synthesise(copy)


def test_an_outcome_without_a_tier_is_refused(copy: Path) -> None:
    text = (copy / "synthetic.toml").read_text(encoding="utf-8")
    (copy / "synthetic.toml").write_text(text.replace('"secure_housing", ', "", 1), encoding="utf-8")
    with pytest.raises(ValueError, match="round 1 has no tier for secure_housing"):
        synthesise(copy)


def test_the_published_names_stand_with_their_source() -> None:
    published = [row for row in rows("outcomes.csv") if row["provenance"] == "published"]
    assert {row["label"] for row in published if row["reason"].startswith("Core outcome")} == CORE
    longlist = [row for row in published if row["reason"].startswith("Longlist")]
    assert Counter(row["domain"] for row in longlist) == LONGLIST
    assert len(published) == len(CORE) + len(longlist)
    assert all("the toolkit prints the name" in row["reason"] for row in published)


def test_whatever_is_not_published_is_assumed_with_a_reason() -> None:
    for file in ("outcomes.csv", "lineage.csv"):
        others = [row for row in rows(file) if row["provenance"] != "published"]
        assert {row["provenance"] for row in others} == {"assumed"}
        assert all(row["reason"] for row in others)


def test_a_composite_joins_two_longlist_outcomes_of_its_domain() -> None:
    outcomes = {row["code"]: row for row in rows("outcomes.csv")}
    merges = [row for row in steps_after("1") if row["action"] == "merged"]
    assert len(merges) == (7 + 37) - PATH["1"]  # each merge of two takes one from the 44 named
    for merge in merges:
        parts = [outcomes[code] for code in merge["from"].split()]
        assert {part["domain"] for part in parts} == {outcomes[merge["to"]]["domain"]}
        assert all(part["reason"].startswith("Longlist") for part in parts)


def test_the_lineage_alone_meets_the_published_counts_and_ends_with_the_core_set() -> None:
    outcomes = {row["code"]: row["label"] for row in rows("outcomes.csv")}
    made = {
        code for row in rows("lineage.csv") for code in row["to"].split() if code not in row["from"].split()
    }
    present = set(outcomes) - made
    assert len(present) == 74
    for round_code, count in PATH.items():
        steps = steps_after(round_code)
        used = [code for row in steps for code in row["from"].split()]
        assert sorted(used) == sorted(present)  # one row for each outcome, kept ones too
        present = {code for row in steps for code in row["to"].split()}
        assert len(present) == count
    assert {outcomes[code] for code in present} == CORE


def test_rules_and_ballots_give_the_published_path_and_contradict_no_row(study: Study) -> None:
    path = path_of(study)
    assert [len(path.starting), *(stage.outcomes_out for stage in path.stages)] == [74, *PATH.values()]
    assert {study.outcome(code).label for code in path.stages[-1].listed_out} == CORE
    assert not path.disagreements
    assert not path.overrides
    assert not any(stage.ties for stage in path.stages)


def test_the_figures_that_should_be_reproduced_are_and_conflicting_ones_stay_beside_them(
    study: Study,
) -> None:
    comparisons = compare(study)
    assert not [one.figure.code for one in comparisons if one.fails]
    assert all(one.figure.source == "toolkit" for one in comparisons if one.figure.should_reproduce)
    differing = {one.figure.code: one.figure.value for one in comparisons if one.status is Status.DIFFERS}
    # COMET registry, study 2317; journal paper and workshop page; the toolkit's own text
    assert differing["respondents_0_comet"] == 53
    assert differing["respondents_2_comet"] == 74
    assert differing["respondents_workshop_paper"] == differing["respondents_workshop_page"] == 46
    assert differing["longlist_stated"] == 38


@pytest.mark.parametrize("round_code", ["1", "2"])
def test_survivors_weight_changes_verdicts_in_both_directions(study: Study, round_code: str) -> None:
    listed = next(stage.listed_in for stage in path_of(study).stages if stage.code == round_code)
    table = verdict_table(study.protocol, round_code, evidence_of(study, round_code), listed)
    assert {row.verdict_weighted for row in table.rows if row.changed_by_weights} == {"in", "out"}


def test_the_schema_is_the_one_that_the_writer_makes(study: Study) -> None:
    assert (STUDY / "datapackage.json").read_bytes() == bundle_files(study)["datapackage.json"]


def test_as_many_answer_in_time_as_the_toolkit_counts() -> None:
    assert {code: len(people) for code, people in respondents().items()} == RESPONDENTS


def test_survivors_are_the_majority_and_no_group_is_too_small_to_show() -> None:
    group_of = {row["panellist"]: row["group"] for row in rows("panel.csv")}
    for people in respondents().values():
        by_group = Counter(group_of[person] for person in people)
        assert 2 * by_group["survivors"] > len(people)
        assert len(by_group) == 4
        assert min(by_group.values()) >= 5


def test_people_come_later_miss_a_round_come_back_answer_late_and_leave() -> None:
    panel, answered = rows("panel.csv"), respondents()
    late = {row["panellist"] for row in rows("ratings.csv") if row["late"]}
    assert {row["joined"] for row in panel} == set(RESPONDENTS)
    assert (answered["0"] & answered["2"]) - answered["1"]
    assert late - answered["1"]
    assert late & answered["1"]
    assert any(row["withdrew"] for row in panel)


def test_nobody_answers_before_joining_or_after_withdrawing() -> None:
    order, answered = list(RESPONDENTS), respondents()
    for person in rows("panel.csv"):
        rounds = [code for code in order if person["panellist"] in answered[code]]
        assert all(order.index(code) >= order.index(person["joined"]) for code in rounds)
        if person["withdrew"]:
            assert all(order.index(code) < order.index(person["withdrew"]) for code in rounds)


def test_answers_are_spread_over_the_scale_and_missing_in_every_way() -> None:
    ratings = [row for row in rows("ratings.csv") if row["round"] == "1"]
    scores = Counter(row["score"] for row in ratings if row["score"])
    assert set(scores) == set("123456789")
    assert max(scores.values()) < len(ratings) / 4
    assert {row["missing"] for row in ratings} == {"", "cannot_say", "no_opinion", "skipped"}


def test_every_comment_says_that_it_is_synthetic() -> None:
    assert all(row["comment"].startswith("Synthetic comment: ") for row in rows("comments.csv"))


def test_the_ratings_stay_small_enough_to_be_read_in_a_browser() -> None:
    assert (STUDY / "ratings.csv").stat().st_size < MOST_BYTES_OF_RATINGS
