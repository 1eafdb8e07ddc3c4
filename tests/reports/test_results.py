"""Results of a closed round."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from analysis.cli.main import main
from delphi.models import Role
from tests.data.small_study import small_study
from tests.mscos_on_app import Mscos
from tests.page_checks import text_of
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page, PageClient, sign_in_user

ROUND_1 = "/studies/mscos_2022/rounds/1/results"
CHANGED = "Changed by the weights"


def names(page: Page) -> list[str]:
    return [row[0] for row in page.table_rows()[1:]]


def column(page: Page, heading: str) -> list[str]:
    """The exact values behind a column's cells, as machines read them."""
    rows = list(page.find(".//table").iter("tr"))
    at = [text_of(cell) for cell in rows[0]].index(heading)
    cells = [list(row)[at] for row in rows[1:]]
    return [cell.find("./data").get("value", "") for cell in cells if cell.find("./data") is not None]  # type: ignore[union-attr]


@pytest.fixture
def owner(app: Flask, study: StudyOnApp) -> PageClient:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    return client


def test_before_closing_there_is_no_number(owner: PageClient) -> None:
    page = owner.get("/studies/small/rounds/2/results")
    assert "They will be here when the round is closed." in page.text
    assert "%" not in page.text
    assert owner.get("/studies/small/rounds/2/results.csv").url == "/studies/small/rounds/2/results"


def test_a_round_of_comments_has_nothing_to_count(mscos: Mscos) -> None:
    assert "asked for words" in mscos.client.get("/studies/mscos_2022/rounds/0/results").text


def test_small_groups_are_hidden_and_the_page_says_so(owner: PageClient) -> None:
    page = owner.get("/studies/small/rounds/1/results")
    row = next(row for row in page.table_rows() if row[0] == "A safe home")
    # three researchers are fewer than five; with them the survivors are hidden, or one could subtract
    assert row[1:3] == ["hidden", "hidden"]
    assert row[3] == "100.0 % of 8"
    assert "Groups of fewer than 5 are hidden" in page.text


def test_the_page_has_the_rule_in_words(mscos: Mscos) -> None:
    page = mscos.client.get(ROUND_1)
    assert "among the 41 most agreed with overall, or among the 41 most agreed with by survivors" in page.text
    assert "Survivors count twice; everyone else counts once." in page.text


@pytest.mark.parametrize("round_code", ["1", "2", "workshop"])
def test_the_file_is_what_the_command_prints_for_the_downloaded_bundle(
    mscos: Mscos, tmp_path: Path, round_code: str
) -> None:
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(mscos.client.http.get("/studies/mscos_2022/bundle.zip").data)
    printed = CliRunner().invoke(main, ["verdicts", str(bundle), "--round", round_code, "--csv"])
    assert printed.exit_code == 0, printed.output
    file = mscos.client.http.get(f"/studies/mscos_2022/rounds/{round_code}/results.csv")
    assert file.data == printed.stdout_bytes


@pytest.mark.parametrize(
    ("heading", "name"),
    [("Survivors", "survivors"), ("All, unweighted", "unweighted"), ("All, weighted", "weighted")],
)
def test_the_cells_of_the_page_hold_the_values_of_the_file(mscos: Mscos, heading: str, name: str) -> None:
    page = mscos.client.get(f"{ROUND_1}?sort=outcome&order=ascending")
    file = csv.DictReader(io.StringIO(mscos.client.http.get(f"{ROUND_1}.csv").text))
    labels = {outcome.code: outcome.label.lower() for outcome in mscos.study.outcomes}
    rows = sorted(file, key=lambda row: labels[row["outcome"]])
    assert column(page, heading) == [row[f"{name}_agree_share"] for row in rows]


def test_a_workshop_shows_points_of_the_ballot_that_decides(mscos: Mscos) -> None:
    url = "/studies/mscos_2022/rounds/workshop/results"
    page = mscos.client.get(f"{url}?sort=outcome&order=ascending")
    file = csv.DictReader(io.StringIO(mscos.client.http.get(f"{url}.csv").text))
    labels = {outcome.code: outcome.label.lower() for outcome in mscos.study.outcomes}
    rows = sorted(file, key=lambda row: labels[row["outcome"]])
    assert column(page, "All, weighted") == [row["weighted_final_points"] for row in rows]
    assert "points on the ballot “Final top three” (3, 2, 1 for the places)" in page.text


def test_what_the_weights_change_is_marked_in_words_and_can_be_seen_alone(mscos: Mscos) -> None:
    page = mscos.client.get(ROUND_1)
    file = csv.DictReader(io.StringIO(mscos.client.http.get(f"{ROUND_1}.csv").text))
    changed = {row["outcome"] for row in file if row["changed_by_weights"] == "yes"}
    labels = {mscos.study.outcome(code).label for code in changed}
    assert labels
    assert {row[0] for row in page.table_rows() if CHANGED in row[-1]} == labels
    alone = mscos.client.get(page.link(f"Show only the {len(changed)} that the weights change"))
    assert set(names(alone)) == labels
    assert len(names(mscos.client.get(alone.link("Show all 72 outcomes")))) == 72


@pytest.mark.parametrize(("order", "falling"), [("ascending", False), ("descending", True)])
def test_a_heading_sorts_without_a_script(mscos: Mscos, order: str, falling: bool) -> None:
    page = mscos.client.get(f"{ROUND_1}?sort=weighted&order={order}")
    values = [float(value) for value in column(page, "All, weighted")]
    assert values == sorted(values, reverse=falling)
    heading = next(cell for cell in page.root.iter("th") if text_of(cell) == "All, weighted")
    assert heading.get("aria-sort") == order


def test_a_second_click_turns_the_order_round(mscos: Mscos) -> None:
    once = mscos.client.get(mscos.client.get(ROUND_1).link("Survivors"))
    twice = mscos.client.get(once.link("Survivors"))
    values = [[float(value) for value in column(page, "Survivors")] for page in (once, twice)]
    assert values == [sorted(values[0], reverse=True), sorted(values[0])]


def test_an_unknown_column_gives_the_usual_order(mscos: Mscos) -> None:
    assert names(mscos.client.get(f"{ROUND_1}?sort=../x&order=1")) == names(mscos.client.get(ROUND_1))


def test_an_unknown_round_or_question_is_not_found(mscos: Mscos) -> None:
    mscos.client.get("/studies/mscos_2022/rounds/9/results", status=404)
    mscos.client.get(f"{ROUND_1}?criterion=beauty", status=404)


def test_the_name_of_a_file_says_nothing_of_the_study(mscos: Mscos) -> None:
    for url, name in ((f"{ROUND_1}.csv", "results.csv"), ("/studies/mscos_2022/bundle.zip", "bundle.zip")):
        assert mscos.client.http.get(url).headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_results_take_few_statements(mscos: Mscos) -> None:
    assert len(mscos.client.get(ROUND_1).statements) <= 14


def test_a_bundle_taken_while_a_round_runs_has_none_of_its_answers(app: Flask, tmp_path: Path) -> None:
    study = load_study(app, small_study(), open_round="2")
    client = PageClient(app)
    sign_in_user(client, study.team[Role.ANALYST])
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(client.http.get("/studies/small/bundle.zip").data)
    runner = CliRunner()
    assert runner.invoke(main, ["verdicts", str(bundle), "--round", "1"]).exit_code == 0
    refused = runner.invoke(main, ["verdicts", str(bundle), "--round", "2"])
    assert refused.exit_code == 2
    assert "expected a round that was held" in refused.output
