"""What `delphi study export` takes of a study with 1,000,000 ratings: seconds, memory, and that all came out.

    PYTHONPATH=. python benchmarks/export_large.py [--database sqlite,postgresql] [--kind folder,zip]
                                                   [--people 2000] [--outcomes 500] [--markdown]

The command runs as a process of its own, as an operator would start it; memory is the most that it ever held
(ru_maxrss of that process). "nothing": the same program listing the studies, to compare with.
`download` is the same study asked for on the web page, in a process of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import click
from large_study import STUDY, database, load_answered_round, load_of_machine

from delphi.config import PUBLICLY_KNOWN_CONTACT_KEY, PUBLICLY_KNOWN_SECRET
from tests.apps import app_on, close_connections

RATINGS = "ratings.csv"
KINDS = ("nothing", "folder", "zip", "download")
MEGABYTE = 1e6
# A process begins with its parent's high-water mark of memory, so a small one stands between.
SMALL_PARENT = """
import json, resource, subprocess, sys, time
began = time.perf_counter()
ended = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([ended, time.perf_counter() - began, used.ru_maxrss]))
"""
DOWNLOAD = """
import sys
from sqlalchemy import select
from delphi.app import create_app
from delphi.cli.installation import settings
from delphi.extensions import db
from delphi.models import Study
from delphi.reports.bundle import closed_bundle
with create_app(settings()).app_context(), open(sys.argv[1], "wb") as file:
    file.write(closed_bundle(db.session.scalar(select(Study.id))))
"""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What one way of getting the study out took."""

    database: str
    kind: str
    seconds: float
    peak_mb: float
    bundle_mb: float
    ratings: int


@click.command()
@click.option("--people", default=2000, show_default=True)
@click.option("--outcomes", default=500, show_default=True)
@click.option("--database", "names", default="sqlite", show_default=True)
@click.option("--kind", "kinds", default=",".join(KINDS), show_default=True)
@click.option("--markdown", is_flag=True)
def main(people: int, outcomes: int, names: str, kinds: str, markdown: bool) -> None:
    """Fill, export, count."""
    click.echo(f"{people} people × {outcomes} outcomes; {load_of_machine()}")
    if markdown:
        click.echo("| database | way | seconds | most memory, MB | size, MB | ratings |")
        click.echo("| --- | --- | ---: | ---: | ---: | ---: |")
    for name in names.split(","):
        with tempfile.TemporaryDirectory() as folder, database(name, Path(folder)) as url:
            fill(url, people=people, outcomes=outcomes)
            for kind in kinds.split(","):
                taken = taken_by(kind, url=url, name=name.partition(":")[0], folder=Path(folder))
                click.echo(line(taken, markdown=markdown))
                if taken.kind != "nothing" and taken.ratings != people * outcomes:
                    raise click.ClickException(f"{people * outcomes:,} ratings went in")


def fill(url: str, *, people: int, outcomes: int) -> None:
    """Make the study, and leave nothing of it in this process."""
    app = app_on(url)
    try:
        load_answered_round(app, people=people, outcomes=outcomes)
    finally:
        close_connections(app)


def taken_by(kind: str, *, url: str, name: str, folder: Path) -> Taken:
    """Run one command and watch it."""
    target = folder / f"{name}_{kind}{'' if kind == 'folder' else '.zip'}"
    command = {
        "nothing": [sys.executable, "-m", "delphi", "study", "list"],
        "download": [sys.executable, "-c", DOWNLOAD, str(target)],
    }.get(kind, [sys.executable, "-m", "delphi", "study", "export", STUDY, str(target)])
    measured = subprocess.run(
        [sys.executable, "-S", "-c", SMALL_PARENT, *command],
        env=environment(url, folder),
        stdout=subprocess.PIPE,
        check=True,
    )
    ended, seconds, most = json.loads(measured.stdout)
    if ended:
        raise click.ClickException(f"{kind}: the command ended with {ended}")
    files = [] if kind == "nothing" else [target] if target.is_file() else list(target.iterdir())
    return Taken(
        database=name,
        kind=kind,
        seconds=seconds,
        peak_mb=bytes_of(most) / MEGABYTE,
        bundle_mb=sum(file.stat().st_size for file in files) / MEGABYTE,
        ratings=0 if kind == "nothing" else ratings_in(target),
    )


def bytes_of(most: int) -> int:
    """What ru_maxrss means: Linux counts in units of 1,024 bytes, macOS in bytes."""
    return most * (1 if sys.platform == "darwin" else 1024)


def environment(url: str, folder: Path) -> dict[str, str]:
    """The settings of a small installation, with the keys of tests."""
    return os.environ | {
        "DELPHI_ENV": "development",
        "DELPHI_DATA": str(folder),
        "DELPHI_DATABASE_URL": url,
        "DELPHI_SECRET_KEY": PUBLICLY_KNOWN_SECRET,
        "DELPHI_CONTACT_KEY": PUBLICLY_KNOWN_CONTACT_KEY,
    }


def ratings_in(bundle: Path) -> int:
    """How many rows the file of ratings has, its header apart."""
    if bundle.is_dir():
        with (bundle / RATINGS).open(encoding="utf-8") as file:
            return sum(1 for _ in file) - 1
    with zipfile.ZipFile(bundle) as archive, archive.open(RATINGS) as packed:
        return sum(1 for _ in packed) - 1


def line(taken: Taken, *, markdown: bool) -> str:
    """One line for people, or a row of a table."""
    size = f"{taken.bundle_mb:.1f}"
    cells = (taken.database, taken.kind, f"{taken.seconds:.1f}", f"{taken.peak_mb:.0f}", size)
    cells = (*cells, f"{taken.ratings:,}")
    if markdown:
        return f"| {' | '.join(cells)} |"
    words = "{:11} {:9} {:>6} s  peak {:>5} MB  bundle {:>6} MB  {:>9} ratings"
    return words.format(*cells)


if __name__ == "__main__":
    main()
