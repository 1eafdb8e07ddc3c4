"""What the demonstration prints: the path as a table, whom to sign in as, and what to try."""

from dataclasses import dataclass

import click
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from analysis.path import StudyPath
from delphi import dataset
from delphi.cli.demo_data import DemoStudies, Guest
from delphi.cli.printing import print_json
from delphi.extensions import db
from delphi.models import Study

COLUMNS = ("Stage", "Respondents", "In", "Kept", "Merged", "Dropped", "Added", "Out")
TO_TRY = (
    "As a panellist, rate a section: your earlier answer and each group's stand beside each question.",
    "As the researcher, open the practice copy: who has answered, group by group. Close its open round and "
    "read the results, weighted and unweighted.",
    "As the researcher or the analyst, open the complete study: the lineage as a picture, and the bundle.",
    "Get every number again without the app: python -m analysis path studies/mscos_2022",
)
IN_ARABIC = (
    "As the panellist in Arabic, read the same from right to left. The top of every panellist's page has the "
    "study's other languages."
)


@dataclass(frozen=True, slots=True)
class DemoWords:
    """All that the demonstration has to say. `joining`: the path of the open link, None without one."""

    studies: DemoStudies
    guests: tuple[Guest, ...]
    joining: str | None
    path: StudyPath
    address: str
    serves: bool


def path_of_demo(studies: DemoStudies) -> StudyPath:
    """Return the complete study's path, computed from the answers in the database."""
    code = studies.study.protocol.study.code
    return dataset.path_of(db.session.scalars(select(Study.id).where(Study.code == code)).one())


def print_demo(words: DemoWords, *, as_json: bool) -> None:
    """Print everything, for people or for a program."""
    links = [{"who": guest.who, "link": words.address + guest.path} for guest in words.guests]
    if as_json:
        join = words.address + words.joining if words.joining else None
        print_json({"address": words.address, "path": list(words.path.path), "links": links, "join": join})
        return
    identity = words.studies.study.protocol.study
    click.echo(f"\n{identity.title}")
    if identity.note:
        click.echo(click.wrap_text(identity.note))
    Console().print(path_table(words.path))
    numbers = " → ".join(map(str, words.path.path))
    click.echo(f"The path {numbers} was computed just now from the answers in the database.\n")
    where = (
        f"Chorus is at {words.address} (Ctrl-C stops it)."
        if words.serves
        else f"It would be at {words.address}."
    )
    click.echo(f"{where} Sign in as (each link is good once):\n")
    width = max(len(link["who"]) for link in links)
    for link in links:
        click.echo(f"  {link['who']:<{width}}  {link['link']}")
    if words.joining:
        click.echo(f"\nAnybody can join the practice copy by {words.address}{words.joining}")
    click.echo("\nWhat to try:")
    sentences = (TO_TRY[0], IN_ARABIC, *TO_TRY[1:]) if words.studies.in_arabic else TO_TRY
    for number, sentence in enumerate(sentences, start=1):
        click.echo(click.wrap_text(sentence, initial_indent=f"  {number}. ", subsequent_indent="     "))


def path_table(path: StudyPath) -> Table:
    """Return the path as a table, a row a stage."""
    table = Table(title="Outcomes at each stage", title_justify="left", box=SIMPLE, pad_edge=False)
    for name in COLUMNS:
        table.add_column(name, justify="left" if name == "Stage" else "right", no_wrap=True)
    for stage in path.stages:
        numbers = (stage.respondents, stage.outcomes_in, stage.kept, stage.merged, stage.dropped, stage.added)
        table.add_row(stage.label, *map(str, numbers), str(stage.outcomes_out))
    return table
