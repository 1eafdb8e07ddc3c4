"""What the pages of results show, against what the bundle gives on the command line."""

import csv
import io
import re
from pathlib import Path

from analysis.sentences import VERDICT_WORDS
from analysis.study.rules import Verdict
from tests.browser.story.installation import Installation
from tests.browser.story.team import Team

Figures = dict[str, list[str]]


def results_on_page(team: Team, label: str) -> Figures:
    """Each outcome's shares as the page has them, to the last digit, and its two verdicts."""
    team.at_study()
    team.follow(re.compile(rf"^Results\s*of {label}$"))
    team.sees(f"Results of {label}")
    script = """rows => rows.map(row => [
        row.querySelector("th").innerText.trim(),
        ...[...row.querySelectorAll("data")].map(one => one.value),
        ...[...row.querySelectorAll("td")].slice(-2).map(one => one.dataset.order)])"""
    rows: list[list[str]] = team.page.locator("table[data-sortable] tbody tr").evaluate_all(script)
    return {label: figures for label, *figures in rows}


def results_of_bundle(there: Installation, bundle: Path, *, round_code: str) -> list[dict[str, str]]:
    """What `python -m analysis verdicts` prints."""
    text = there.analyse("verdicts", str(bundle), "--round", round_code, "--csv")
    return list(csv.DictReader(io.StringIO(text)))


def figures_in(row: dict[str, str]) -> list[str]:
    """The same figures of one outcome as the page has: shares of high scores, then the verdicts in words."""
    shares = [value for column, value in row.items() if column.endswith("_high_share")]
    verdicts = [row["verdict_weighted"], row["verdict_unweighted"]]
    return [*shares, *(VERDICT_WORDS[Verdict(verdict)] for verdict in verdicts)]


def path_on_page(team: Team) -> str:
    """The numbers of outcomes from list to list, as the lineage page has them."""
    team.at_study()
    team.follow("See what became of each outcome")
    return team.page.locator("main .govuk-body-l").first.inner_text()


def path_of_bundle(there: Installation, bundle: Path) -> str:
    """The same as `python -m analysis path` prints it."""
    (line,) = re.findall(r"^Path: (.*)$", there.analyse("path", str(bundle)), re.MULTILINE)
    return str(line)


def download_bundle(team: Team, folder: Path) -> Path:
    """The study as files."""
    team.at_study()
    with team.page.expect_download() as download:
        team.follow("Download the study as a bundle (zip)")
    file = folder / "bundle.zip"
    download.value.save_as(file)
    return file
