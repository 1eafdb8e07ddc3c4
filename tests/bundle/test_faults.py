"""Every hostile case is told as the fault that it is."""

from collections.abc import Mapping

import pytest

from analysis.bundle.faults import BundleError, Fault
from analysis.bundle.reader import unpacked
from tests.bundle.hostile_cases import BYTES_CASES, JARGON, LINEAGE_CASES, TABLE_CASES, TOML_CASES
from tests.bundle.tiny import TINY, edited, tiny_bundle, zip_of

TOO_DEEP = "lists or tables within each other, too deep"


def faults_of(changes: Mapping[str, str | bytes | None]) -> tuple[Fault, ...]:
    with pytest.raises(BundleError) as caught:
        unpacked(zip_of(tiny_bundle(changes)))
    return caught.value.faults


@pytest.mark.parametrize(
    ("old", "new", "line", "found"),
    [
        ('"A tiny study"', "A", 4, "title = A"),
        ("[[rounds]]", "[rounds]", 44, "[[rounds]]"),
        ("consent =", "welcome =", 9, 'welcome = "Your choice."'),
        ('label = "Ranking"\n', 'label = "', 52, 'label = "'),
        ("low = 1\n", f"low = {'9' * 5000}\n", None, ""),
        ("low = 1\n", f"low = {'[' * 5000}\n", None, TOO_DEEP),
        ("low = 1\n", f"low = {'{a.a.a.a.a.a.a.a.a.a = ' * 200}1{'}' * 200}\n", None, TOO_DEEP),
        # Of a key with many parts a parser remembers every beginning: this one would fill gigabytes.
        ("low = 1\n", f"low{'.a' * 100_000} = 1\n", None, TOO_DEEP),
    ],
)
def test_what_is_not_toml_is_shown_with_its_line(old: str, new: str, line: int | None, found: str) -> None:
    (fault,) = faults_of(edited("study.toml", old, new))
    assert (fault.file, fault.line, fault.found) == ("study.toml", line, found)
    assert "TOML" in fault.expected or "tables of the format" in fault.expected


def test_the_tiny_bundle_itself_is_right() -> None:
    study = unpacked(zip_of(tiny_bundle()))
    assert [len(rows) for rows in (study.outcomes, study.ratings, study.comments)] == [3, 3, 2]


@pytest.mark.parametrize("case", TABLE_CASES + TOML_CASES, ids=lambda case: f"{case[0]}: {case[2]!r}")
def test_a_fault_says_where_it_is_what_was_found_and_what_would_be_right(
    case: tuple[str, str, str, int | None, str, str, str],
) -> None:
    file, old, new, line, field, found, expected = case
    if field == "language":
        file = "outcomes.cy.csv"
    assert Fault(file, line, field, found, expected) in faults_of(edited(case[0], old, new))


@pytest.mark.parametrize("case", TABLE_CASES + TOML_CASES, ids=lambda case: f"{case[0]}: {case[2]!r}")
def test_no_fault_speaks_the_jargon_of_a_library(
    case: tuple[str, str, str, int | None, str, str, str],
) -> None:
    for fault in faults_of(edited(*case[:3])):
        assert not any(word in str(fault) for word in JARGON)


@pytest.mark.parametrize(
    ("rows", "fault"), [case[1:] for case in LINEAGE_CASES], ids=[c[0] for c in LINEAGE_CASES]
)
def test_a_lineage_that_cannot_have_happened_is_refused(rows: str, fault: tuple[int, str, str, str]) -> None:
    header = TINY["lineage.csv"].splitlines()[0]
    changes = {
        "lineage.csv": f"{header}\n{rows}",
        "outcomes.csv": TINY["outcomes.csv"] + "bonds,Bonds,,Life,derived,\n",
    }
    assert Fault("lineage.csv", *fault) in faults_of(changes)


@pytest.mark.parametrize(("file", "data", "fault"), BYTES_CASES)
def test_bytes_that_are_not_plain_text_are_a_fault(
    file: str, data: bytes, fault: tuple[int, str, str]
) -> None:
    line, found, expected = fault
    assert Fault(file, line, "", found, expected) in faults_of({file: data})


@pytest.mark.parametrize("file", ["study.toml", "outcomes.csv", "lineage.csv", "panel.csv", "ratings.csv"])
def test_a_file_that_must_be_there_is_asked_for(file: str) -> None:
    assert Fault(file, None, "", "", "this file (a table may hold only its header)") in faults_of(
        {file: None}
    )


def test_optional_files_may_be_left_out() -> None:
    optional = (
        "outcomes.cy.csv",
        "rankings.csv",
        "ballots.csv",
        "comments.csv",
        "published.toml",
        "README.md",
    )
    study = unpacked(zip_of(tiny_bundle(dict.fromkeys(optional))))
    assert (study.wordings, study.rankings, study.ballots, study.comments, study.documents) == (
        (),
        (),
        (),
        (),
        {},
    )


def test_all_faults_of_all_files_are_told_at_once_in_the_order_of_the_files() -> None:
    changes = {
        **edited("study.toml", "low = 1", 'low = "1"'),
        **edited("panel.csv", "p1", "P1"),
        **edited("ratings.csv", "cannot_say", "shrug"),
        "notes.txt": "x",
    }
    places = [(fault.file, fault.line) for fault in faults_of(changes)]
    assert places == [("study.toml", 21), ("panel.csv", 2), ("ratings.csv", 3), ("notes.txt", None)]


def test_every_fault_of_one_row_is_told() -> None:
    faults = faults_of(edited("ratings.csv", "1,p1,home,inclusion,9,,", "1,P1,,inclusion,x,y,z"))
    assert [fault.field for fault in faults] == ["panellist", "outcome", "score", "missing", "late"]


def test_every_fault_of_one_definition_is_told() -> None:
    changes = edited("study.toml", 'words = ["no", "", "", "", "", "", "", "", "yes"]', "words = []")
    changes = {"study.toml": str(changes["study.toml"]).replace("high = 9", "high = 19", 1)}
    assert [fault.field for fault in faults_of(changes)] == ["scales[0].high", "scales[0].words"]


def test_every_fault_of_a_rows_parts_together_is_told() -> None:
    faults = faults_of(edited("lineage.csv", "merged", "kept"))
    assert [fault.field for fault in faults] == ["from", "to"]


def test_a_fault_prints_as_one_plain_line() -> None:
    fault = Fault("ratings.csv", 14, "score", "12", "a whole number from 1 to 9")
    assert str(fault) == 'ratings.csv, line 14, score: found "12", expected a whole number from 1 to 9'


def test_what_was_found_cannot_break_or_flood_the_line() -> None:
    line = str(Fault("x\n.csv", None, "", "a\nb\u202e" + "c" * 500, "text"))
    assert line.startswith('x\\n.csv: found "a\\nb\\u202ec')
    assert len(line) < 150


def test_an_error_shows_the_first_faults_and_counts_the_rest() -> None:
    error = BundleError([Fault("panel.csv", line, "", "", "x") for line in range(60)])
    assert str(error).endswith("and 10 more")
    assert len(error.faults) == 60
