"""From the reported outcomes of a review to the outcomes of a study, as a researcher sees it."""

import csv
import io

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from delphi.dataset import outcomes_of
from delphi.domain.longlist import Group, StepKind
from delphi.drafting.longlist.actions import Wanted, Who, take_step
from delphi.drafting.longlist.queries import longlist_of
from delphi.drafting.queries import held_draft
from delphi.extensions import db
from delphi.models import AuditRow, Study
from delphi.web import clock
from tests.drafting.review import CONCEPTS, DIFFERENT, REPORTED, THINGS, as_table, synthetic_review
from tests.drafting.setting_up import fill, start
from tests.web_client import Page, PageClient, filled_in, sign_in_user

FOUR = [("Fear", "A; B", ""), ("fear.", "C", ""), ("Trust", "A", "Mind"), ("Hope", "", "")]


def send(client: PageClient, draft: str, data: bytes, *, name: str = "review.csv", status: int = 200) -> Page:
    page = client.get(f"{draft}/longlist/table")
    fields: dict[str, object] = dict(filled_in(page.form("Send the table"), {}))
    fields["file"] = FileStorage(io.BytesIO(data), filename=name)
    return client.post(f"{draft}/longlist/table", fields, status=status)  # type: ignore[arg-type]  # a file, too


def ask(client: PageClient, draft: str, do: str, *rows: int, seen: int) -> Page:
    ticked = "".join(f"&row={row}" for row in rows)
    return client.get(f"{draft}/longlist/step?do={do}&seen={seen}{ticked}")


def path_of(page: Page) -> list[str]:
    numbers = [each for each in page.root.iter("span") if each.get("class") == "app-path__number"]
    return [each.text or "" for each in numbers]


@pytest.fixture
def draft(researcher: PageClient) -> str:
    """A draft whose longlist has four reported outcomes."""
    address = start(researcher)
    send(researcher, address, as_table(FOUR))
    return address


def numbers_of(draft: str) -> int:
    return int(draft.rsplit("/", 1)[1])


def join_each_thing(app: Flask, draft: str, user_id: int) -> None:
    """Join what is left to one line for each thing, put it into its area; the rest of the work by hand."""
    who = Who(user_id=user_id, actor=f"user:{user_id}", now=clock.now())
    with app.app_context():
        longlist = longlist_of(held_draft(numbers_of(draft), owner_id=user_id))
        for concept in CONCEPTS[2:]:
            rows = [row for each in longlist.entries if concept in each.name.casefold() for row in each.rows]
            group = Group(rows=tuple(sorted(rows)), name=concept.capitalize())
            take_step(longlist.draft_id, Wanted(kind=StepKind.JOIN, groups=(group,)), seen=10**5, by=who)
        newest = longlist_of(held_draft(numbers_of(draft), owner_id=user_id))
        for thing in THINGS:
            groups = tuple(Group(rows=each.rows) for each in newest.entries if each.name.endswith(thing))
            wanted = Wanted(kind=StepKind.AREA, groups=groups, area=thing.capitalize())
            take_step(longlist.draft_id, wanted, seen=10**5, by=who)


def join_by_the_pages(client: PageClient, draft: str, concept: str) -> None:
    """Search for it, tick all that is found, join under a new name."""
    page = client.get(f"{draft}/longlist?q={concept.replace(' ', '+')}")
    ticked = [each.get("value") or "" for each in page.root.findall(".//input[@name='row']")]
    fields = filled_in(page.form("Drop"), {"row": ticked})
    pairs = "&".join(f"{name}={value}" for name in ("row", "seen") for value in fields[name])
    client.get(f"{draft}/longlist/step?do=join&{pairs}")
    client.submit({"choice": "other", "other": concept.capitalize()}, button="Join them")


def test_a_review_of_1313_reported_outcomes_becomes_a_study_of_74(
    app: Flask, researcher: PageClient, researcher_id: int
) -> None:
    draft = start(researcher)
    page = send(researcher, draft, as_table(synthetic_review()))
    assert path_of(page) == ["1,313", "412", "1,313"]
    researcher.get(f"{draft}/longlist/duplicates")
    assert researcher.page is not None
    button = next(
        each.text for each in researcher.page.root.iter("button") if "Join all" in (each.text or "")
    )
    page = researcher.submit(button=(button or "").strip())
    assert path_of(page) == ["1,313", "412", "412"]
    for concept in CONCEPTS[:2]:
        join_by_the_pages(researcher, draft, concept)
    join_each_thing(app, draft, researcher_id)
    assert path_of(researcher.get(f"{draft}/longlist/use")) == ["1,313", "412", "74"]
    assert "74 in the draft" in researcher.submit(button="Use these as the outcomes").text
    fill(researcher, draft)
    researcher.get(draft)
    researcher.submit(button="Create the study")
    check_the_study(app)
    check_the_derivation(researcher, draft)


def check_the_study(app: Flask) -> None:
    with app.app_context():
        outcomes = outcomes_of(db.session.scalars(select(Study.id)).one())
    assert {each.label for each in outcomes} == {concept.capitalize() for concept in CONCEPTS}
    assert {each.domain for each in outcomes} == {thing.capitalize() for thing in THINGS}
    assert all("sources: Synthetic study" in each.reason for each in outcomes)


def check_the_derivation(client: PageClient, draft: str) -> None:
    text = client.http.get(f"{draft}/longlist.csv").get_data().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    assert header[4] == "Became"
    assert [row[1] for row in rows] == [" ".join(name.split()) for name, _, _ in synthetic_review()]
    assert all(row[4].casefold() in " ".join(row[1].casefold().split()) for row in rows)
    assert "What became of each row" in client.get(f"{draft}/longlist").text
    assert "Add a table" not in client.get(f"{draft}/longlist").text


def test_pages_of_1313_lines_take_few_statements(researcher: PageClient) -> None:
    draft = start(researcher)
    send(researcher, draft, as_table(synthetic_review()))
    for address in ("", "?page=7&show=all", "/lines/1", "/duplicates", "/alike", "/steps", "/use"):
        page = researcher.get(f"{draft}/longlist{address}")
        assert len(page.statements) <= 10


def test_the_synthetic_review_is_as_large_as_it_says() -> None:
    rows = synthetic_review()
    assert (len(rows), len(CONCEPTS), DIFFERENT) == (REPORTED, 74, 412)
    assert rows == synthetic_review()
    assert all("Synthetic" in sources for _, sources, _ in rows)


def test_a_table_with_faults_is_refused_whole_with_each_row(researcher: PageClient) -> None:
    draft = start(researcher)
    page = send(
        researcher, draft, as_table([("Fear", "A", ""), ("", "B", ""), ("=1+1", "C", "")]), status=422
    )
    assert "Row 3, column A (Outcome as reported): The cell is empty." in page.text
    assert "Row 4, column A (Outcome as reported): We found a formula" in page.text
    assert "Begin with a longlist" in researcher.get(f"{draft}/longlist").h1


def test_the_template_comes_back_as_it_was_filled_in(researcher: PageClient) -> None:
    draft = start(researcher)
    template = researcher.http.get("/drafts/longlist-template.csv").get_data()
    page = send(researcher, draft, template + b"Fear,12;13,Mind\r\n")
    assert path_of(page) == ["1", "1", "1"]
    assert "Mind. 1 report, 2 sources: 12; 13." in page.text
    page = send(
        researcher,
        draft,
        researcher.http.get("/drafts/longlist-template.xlsx").get_data(),
        name="longlist.xlsx",
        status=422,
    )
    assert "There is no outcome in the table." in page.text


def test_a_second_table_is_added_to_the_first(researcher: PageClient, draft: str) -> None:
    page = send(researcher, draft, as_table([("Peace", "Z", "")]))
    assert path_of(page) == ["5", "4", "5"]


def test_too_many_rows_in_all_are_refused(researcher: PageClient, draft: str) -> None:
    page = send(researcher, draft, as_table([("Fear", "", "")] * 4_997), status=422)
    assert "more than 5000 rows" in page.text


def test_joined_lines_have_one_name_and_all_sources(researcher: PageClient, draft: str) -> None:
    page = ask(researcher, draft, "join", 1, 2, seen=1)
    assert "Together: 2 reports, 3 sources: A; B; C." in page.text
    page = researcher.submit({"choice": "=Fear", "reason": "the same"}, button="Join them")
    assert path_of(page) == ["4", "3", "3"]
    line = researcher.get(f"{draft}/longlist/lines/2")
    assert line.h1 == "Fear"
    assert "Why: the same" in line.text


@pytest.mark.parametrize(
    ("do", "fields", "button", "fault"),
    [
        ("join", {}, "Join them", "Choose the name."),
        ("join", {"choice": "other"}, "Join them", "Write the name."),
        ("join", {"choice": "other", "other": "x" * 301}, "Join them", "Use at most 300 characters."),
        ("area", {}, "Put them there", "Choose the area."),
        ("drop", {}, "Drop", "Write why."),
        ("drop", {"reason": "x" * 2_001}, "Drop", "Write at most 2,000 characters."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_changed(
    researcher: PageClient, draft: str, do: str, fields: dict[str, str], button: str, fault: str
) -> None:
    ask(researcher, draft, do, 1, 2, seen=1)
    page = researcher.submit(fields, button=button, status=422)
    assert fault in page.text
    assert path_of(researcher.get(f"{draft}/longlist")) == ["4", "3", "4"]


def test_lines_are_put_into_an_area_and_found_by_it(researcher: PageClient, draft: str) -> None:
    ask(researcher, draft, "area", 1, 2, seen=1)
    researcher.submit({"other": "Safety"}, button="Put them there")  # nobody need choose “Another area”, too
    assert "1 to 2 of 2" in researcher.get(f"{draft}/longlist?area=Safety").text
    assert "1 to 1 of 1" in researcher.get(f"{draft}/longlist?area=-").text
    ask(researcher, draft, "area", 1, seen=2)
    researcher.submit({"choice": "none"}, button="Put them there")
    assert "1 to 2 of 2" in researcher.get(f"{draft}/longlist?area=-").text


def test_a_dropped_line_is_shown_with_its_reason_and_put_back(researcher: PageClient, draft: str) -> None:
    ask(researcher, draft, "drop", 3, seen=1)
    assert path_of(researcher.submit({"reason": "too wide"}, button="Drop"))[2] == "3"
    page = researcher.get(f"{draft}/longlist?show=dropped")
    assert "Dropped: too wide" in page.text
    assert "is dropped. Put it back first." in ask(researcher, draft, "join", 3, seen=2).all_text
    ask(researcher, draft, "back", 3, seen=2)
    assert path_of(researcher.submit(button="Put back"))[2] == "4"


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=FEAR", 2), ("least=2", 1), ("show=joined", 0), ("show=all", 4), ("q=%25", 0), ("show=x&page=9", 4)],
)
def test_lines_are_searched_and_filtered(researcher: PageClient, draft: str, query: str, found: int) -> None:
    page = researcher.get(f"{draft}/longlist?{query}")
    assert len(page.root.findall(".//input[@name='row']")) == found


def test_a_step_is_taken_back_and_stays_in_the_list_of_steps(researcher: PageClient, draft: str) -> None:
    researcher.get(f"{draft}/longlist/duplicates")
    researcher.submit(button="Join this group")
    ask(researcher, draft, "drop", 1, seen=2)
    researcher.submit({"reason": "no"}, button="Drop")
    page = researcher.post(
        f"{draft}/longlist/steps", {"number": "2", "csrf_token": token(researcher, draft)}, status=409
    )
    assert "Later steps are about the same lines" in page.text
    for number in (3, 2):
        researcher.get(f"{draft}/longlist/steps")
        page = researcher.submit(button=f"Take back step {number}")
    assert path_of(page) == ["4", "3", "4"]
    assert page.text.count("Taken back since") == 2


def token(client: PageClient, draft: str) -> str:
    page = client.get(f"{draft}/longlist/table")
    return page.root.findall(".//input[@name='csrf_token']")[0].get("value") or ""


def test_a_joined_line_can_be_taken_apart(researcher: PageClient, draft: str) -> None:
    researcher.get(f"{draft}/longlist/duplicates")
    researcher.submit(button="Join this group")
    ask(researcher, draft, "apart", 1, seen=2)
    assert path_of(researcher.submit(button="Take apart"))[2] == "4"


def test_a_later_step_on_lines_that_another_page_has_changed_is_refused_and_told(
    app: Flask, researcher: PageClient, researcher_id: int, draft: str
) -> None:
    other = PageClient(app)
    sign_in_user(other, researcher_id)
    ask(other, draft, "join", 1, 2, seen=1)
    ask(researcher, draft, "drop", 2, seen=1)
    researcher.submit({"reason": "unclear"}, button="Drop")
    page = other.submit({"choice": "=Fear"}, button="Join them", status=409)
    assert page.h1 == "Not done: the lines have changed"
    assert "Why: unclear" in page.text
    assert "Rae" in page.text
    ask(other, draft, "drop", 4, seen=1)
    assert path_of(other.submit({"reason": "not asked"}, button="Drop"))[2] == "2"


def test_what_looks_alike_is_suggested_and_joined(researcher: PageClient) -> None:
    draft = start(researcher)
    rows = [("Feeling safe at home", "A", ""), ("Feeling safe at home now", "B", ""), ("Paid work", "C", "")]
    send(researcher, draft, as_table(rows))
    page = researcher.get(f"{draft}/longlist/alike")
    assert "Suggestions only." in page.text
    assert "Pair 1: almost the same words" in page.text
    assert "Pair 2" not in page.text
    assert (
        researcher.get(page.link("Join Feeling safe at home and Feeling safe at home now")).h1
        == "Join 2 lines"
    )
    line = researcher.get(f"{draft}/longlist/lines/1")
    assert len(line.root.findall(".//input[@type='checkbox']")) == 1


def test_a_list_with_one_name_twice_is_not_used(researcher: PageClient, draft: str) -> None:
    page = researcher.get(f"{draft}/longlist/use")
    assert "each name may stand in the list once" in page.text
    data = {"csrf_token": token(researcher, draft), "seen": "1", "seen_part": "0"}
    researcher.post(f"{draft}/longlist/use", data, status=422)
    assert "in the draft" not in researcher.get(f"{draft}/outcomes").find(".//main").findall(".//h2")[-1].text


def test_the_outcomes_of_the_draft_are_not_replaced_unseen(researcher: PageClient, draft: str) -> None:
    researcher.get(f"{draft}/longlist/duplicates")
    researcher.submit(button="Join this group")
    data = {"csrf_token": token(researcher, draft), "seen": "2", "seen_part": "0"}
    page = researcher.post(f"{draft}/longlist/use", data)
    assert "Mind" in page.text
    page = researcher.post(f"{draft}/longlist/use", data | {"seen": "3"}, status=409)
    assert "another page has saved outcomes meanwhile" in page.text
    page = researcher.post(f"{draft}/longlist/use", data | {"seen": "1", "seen_part": "1"}, status=409)
    assert page.h1 == "Not done: the lines have changed"


def test_the_trail_tells_how_many_rows_and_what_kind_of_step_and_no_name(
    app: Flask, researcher: PageClient, draft: str
) -> None:
    ask(researcher, draft, "drop", 1, 2, seen=1)
    researcher.submit({"reason": "no"}, button="Drop")
    with app.app_context():
        query = select(AuditRow).where(AuditRow.action.like("longlist:%")).order_by(AuditRow.id)
        rows = [(row.action, row.detail["rows"], row.detail["number"]) for row in db.session.scalars(query)]
        assert rows == [("longlist: load", 4, 1), ("longlist: drop", 2, 2)]
        assert "Fear" not in str([row.detail for row in db.session.scalars(query)])


def test_a_longlist_is_its_owners_only(app: Flask, draft: str, other_user: PageClient) -> None:
    for address in ("longlist", "longlist/table", "longlist.csv", "longlist/steps", "longlist/use"):
        other_user.get(f"{draft}/{address}", status=404)


def test_a_draft_is_deleted_with_its_longlist(researcher: PageClient, draft: str) -> None:
    researcher.get(f"{draft}/delete")
    researcher.submit(button="Delete the draft")
    researcher.get(f"{draft}/longlist", status=404)


def test_the_page_of_outcomes_leads_to_the_longlist(researcher: PageClient, draft: str) -> None:
    page = researcher.get(f"{draft}/outcomes")
    assert researcher.get(page.link("Begin with a longlist of a review")).h1 == "Longlist"
