"""`check`, `synthesise`, `datapackage`: commands on the bundle itself."""

from pathlib import Path

import click

from analysis.bundle.writer import bundle_files
from analysis.cli.bundle_argument import bundle_argument
from analysis.cli.exits import refuse
from analysis.cli.printing import print_lines
from analysis.study.study import Study
from analysis.synthetic import synthesise as write_synthetic_answers

_SCHEMA_FILE = "datapackage.json"


@click.command()
@bundle_argument
def check(study: Study) -> None:
    """Read a bundle and say that it is right, or everything that is wrong with it."""
    sizes = {
        "outcomes": study.outcomes,
        "lineage rows": study.lineage,
        "panellists": study.panel,
        "ratings": study.ratings,
        "votes": study.ballots,
        "ranks": study.rankings,
        "comments": study.comments,
    }
    parts = ", ".join(f"{len(rows)} {name}" for name, rows in sizes.items() if rows)
    print_lines(f"OK: {study.protocol.study.code}: {parts}.")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def synthesise(folder: Path) -> None:
    """Write the synthetic answers of the study in FOLDER from its parameters and seed.

    The same files give the same bytes.
    """
    try:
        write_synthetic_answers(folder)
    except (ValueError, OSError) as error:
        refuse(str(error))
    print_lines(f"Synthetic answers written into {folder}.")


@click.command()
@bundle_argument
def datapackage(study: Study) -> None:
    """Print the Frictionless description of a bundle's tables, datapackage.json."""
    click.echo(bundle_files(study)[_SCHEMA_FILE].decode("utf-8"), nl=False)
