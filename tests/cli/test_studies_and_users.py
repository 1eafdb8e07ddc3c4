"""`delphi study` and `delphi user`."""

from pathlib import Path

import pytest

from analysis.bundle.reader import read
from tests.cli.conftest import CommandLine
from tests.data.small_study import small_study


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_a_bundle_that_is_loaded_and_saved_is_the_same(
    ready: CommandLine, bundle: Path, tmp_path: Path, name: str
) -> None:
    assert ready.json("study", "import", str(bundle))["code"] == "small"
    ready.json("study", "export", "small", str(tmp_path / name))
    assert read(tmp_path / name) == small_study()


def test_a_loaded_study_is_listed_with_the_state_of_its_rounds(ready: CommandLine, bundle: Path) -> None:
    ready.json("study", "import", str(bundle), "--open-round", "2")
    assert ready.json("study", "list") == [
        {"code": "small", "title": "A small study", "panellists": 9, "rounds": {"1": "closed", "2": "open"}}
    ]


def test_the_faults_of_a_bundle_are_printed_one_a_line_and_nothing_is_loaded(
    ready: CommandLine, bundle: Path
) -> None:
    ratings = bundle / "ratings.csv"
    ratings.write_text(ratings.read_text().replace(",home,inclusion,9,", ",home,inclusion,10,"))
    result = ready.run("study", "import", str(bundle))
    faults = [line for line in result.stderr.splitlines() if line.startswith("ratings.csv, line")]
    assert result.exit_code == 2
    # the nines for home: s1 s2 s4 r1 r3 in Round 1 and s1 s2 s3 r1 r2 in Round 2
    assert len(faults) == 10
    assert ready.json("study", "list") == []


def test_a_study_that_is_there_already_is_refused(ready: CommandLine, bundle: Path) -> None:
    ready.json("study", "import", str(bundle))
    result = ready.run("study", "import", str(bundle))
    assert (result.exit_code, "Nothing was loaded." in result.stderr) == (2, True)


def test_an_unknown_study_is_refused_with_those_that_are_known(ready: CommandLine, bundle: Path) -> None:
    ready.json("study", "import", str(bundle))
    result = ready.run("study", "export", "large", "out")
    assert (result.exit_code, "Studies: small." in result.stderr) == (2, True)


def test_a_study_can_be_loaded_for_its_owner(ready: CommandLine, bundle: Path) -> None:
    ready.json("user", "add", "ann@example.org", "--link")
    result = ready.run("study", "import", str(bundle), "--owner", "Ann@example.org")
    assert (result.exit_code, "Nobody can see it yet" in result.stdout) == (0, False)


@pytest.mark.parametrize("contact", ["", 'team_contact = "Call 01234 567 890."'])
def test_a_study_whose_pages_do_not_say_how_to_reach_the_team_is_told(
    ready: CommandLine, bundle: Path, contact: str
) -> None:
    protocol = bundle / "study.toml"
    protocol.write_text(protocol.read_text().replace("[ethics]\n", f"[ethics]\n{contact}\n"))
    said = ready.run("study", "import", str(bundle)).stdout
    assert ("Its pages do not say how to reach the team" in said) is (contact == "")


def test_an_owner_without_an_account_is_refused_before_anything_is_loaded(
    ready: CommandLine, bundle: Path
) -> None:
    result = ready.run("study", "import", str(bundle), "--owner", "ann@example.org")
    assert (result.exit_code, ready.json("study", "list")) == (2, [])


def test_a_user_gets_a_password_at_a_prompt_that_does_not_show_it(ready: CommandLine) -> None:
    word = "correct horse battery"
    result = ready.run("user", "add", "ann@example.org", typed=f"{word}\n{word}\n")
    assert (result.exit_code, word in result.output) == (0, False)


def test_a_short_password_is_refused(ready: CommandLine) -> None:
    result = ready.run("user", "add", "ann@example.org", typed="short\nshort\n")
    assert (result.exit_code, "characters" in result.stderr) == (2, True)


def test_a_user_gets_a_role_and_a_link(ready: CommandLine, bundle: Path) -> None:
    ready.json("study", "import", str(bundle))
    arguments = ("--study", "small", "--role", "analyst", "--link", "--address", "https://chorus.example/")
    made = ready.json("user", "add", "ann@example.org", *arguments)
    assert made["link"].startswith("https://chorus.example/enter/")


def test_a_second_account_for_an_address_is_refused(ready: CommandLine) -> None:
    ready.json("user", "add", "ann@example.org", "--link")
    assert ready.run("user", "add", "ANN@example.org", "--link").exit_code == 2


def test_a_user_who_forgot_the_password_gets_a_new_link(ready: CommandLine) -> None:
    first = ready.json("user", "add", "ann@example.org", "--link")["link"]
    assert ready.json("user", "link", "ann@example.org")["link"] != first
