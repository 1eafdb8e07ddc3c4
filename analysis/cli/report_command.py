"""`report`: the whole analysis of a bundle in a folder."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from analysis.bundle.container import is_known
from analysis.bundle.faults import BundleError
from analysis.bundle.reader import read
from analysis.cli.exits import refuse
from analysis.cli.printing import print_json, print_lines
from analysis.figures.drawing import FORMATS
from analysis.report.writing import PAGE, Settings, Written, write_report


@click.command()
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write into."
)
@click.option(
    "--replicates", default=2000, show_default=True, type=click.IntRange(min=100), help="Panels to draw."
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(min=0), help="Of the panels drawn.")
@click.option(
    "--figures",
    "formats",
    multiple=True,
    type=click.Choice([*FORMATS, "none"]),
    help="A format of the figures; several times for several. Default: all.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def report(
    bundle: Path, *, out: Path, replicates: int, seed: int, formats: tuple[str, ...], as_json: bool
) -> None:
    """Write the whole analysis of BUNDLE: tables, figures, one page and a manifest.

    The same bundle gives the same bytes.
    """
    try:
        study = read(bundle)
    except BundleError as error:
        refuse(*(str(fault) for fault in error.faults))
    wanted = tuple(fmt for fmt in formats if fmt != "none") if formats else FORMATS
    settings = Settings(replicates=replicates, seed=seed, formats=wanted)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, transient=True, console=_standard_error()) as bar:
        task = bar.add_task("Computing", total=None)

        def show(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total or None, description=what)

        try:
            written = write_report(study, out, inputs=_inputs(bundle), settings=settings, progress=show)
        except OSError as error:
            refuse(f"--out: {error.strerror}: {error.filename}")
    if as_json:
        print_json(_as_json(written, out))
    else:
        _print(written, out)


def _standard_error() -> Console:
    return Console(stderr=True)


def _inputs(bundle: Path) -> list[Path]:
    """Return the files that the bundle was read from, in order of their names."""
    if bundle.is_dir():
        return sorted(path for path in bundle.iterdir() if path.is_file() and is_known(path.name))
    return [bundle]


def _as_json(written: Written, out: Path) -> dict[str, object]:
    parts = [
        {"part": one.code, "done": list(one.done), "not_done": list(one.not_done)} for one in written.sections
    ]
    return {"page": str(out / PAGE), "files": list(written.files), "parts": parts}


def _print(written: Written, out: Path) -> None:
    for section in written.sections:
        print_lines(section.title)
        print_lines(*(f"  {sentence}" for sentence in section.done))
        print_lines(*(f"  Not computed, or needs a look: {sentence}" for sentence in section.not_done))
    print_lines("", f"{len(written.files)} files written. To read: {out / PAGE}")
