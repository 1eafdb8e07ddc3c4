"""`simulate`: how often a planned design keeps what it should and drops what it should."""

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from analysis.bundle.design_file import read_design
from analysis.bundle.faults import BundleError
from analysis.cli.bundle_argument import json_option
from analysis.cli.exits import refuse
from analysis.cli.printing import percent, print_json, print_lines, print_table
from analysis.extras import ExtraNotInstalled
from analysis.simulation.characteristics import (
    ASSUMPTIONS,
    Estimate,
    OperatingCharacteristics,
    ScenarioResult,
    operating_characteristics,
)
from analysis.simulation.design import Design

_NOTHING = "–"
_HEADER = (
    *("", "panel ×", "attrition ×", "weights", "rules"),
    *("sensitivity", "specificity", "exactly right", "final list", "not computable"),
)
_MEANINGS = (
    "Sensitivity: kept, of what should be kept. Specificity: not kept, of what should be dropped. Exactly "
    "right: final lists with all of the first and none of the second. Final list: how long it is on average. "
    "All of what could be computed. In which round a class is dropped, or that it is undecided: see --csv.",
    "The intervals are those of the simulation: more replicates make them narrower. How far the assumed "
    "probabilities are from real answers they cannot say.",
)


def _design(_context: click.Context, _parameter: click.Parameter, path: Path) -> Design:
    """Return the design at `path`, or end with status 2 and its faults, one a line, on standard error."""
    try:
        return read_design(path)
    except BundleError as error:
        refuse(*(str(fault) for fault in error.faults))


@click.command()
@click.argument("design", metavar="DESIGN.toml", type=click.Path(path_type=Path), callback=_design)
@click.option(
    "--replicates", type=click.IntRange(min=1), default=1000, show_default=True, help="How many times."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Gives the same again."
)
@click.option("--workers", type=int, default=1, show_default=True, help="Processes; -1 for all cores.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, a row for each class of each scenario.")
@json_option
def simulate(
    design: Design, *, replicates: int, seed: int, workers: int, as_csv: bool, as_json: bool
) -> None:
    """Play a planned Delphi through many times.

    Says how often it keeps what it should and drops what it should, by panel size, attrition, weights and
    rules. The same design, number and seed give the same result with any number of workers.
    """
    try:
        with _progress() as progress:
            found = operating_characteristics(
                design,
                replicates=replicates,
                rng=np.random.default_rng(seed),
                workers=workers,
                progress=progress,
            )
    except (ValueError, ExtraNotInstalled) as error:
        refuse(str(error))
    if as_json:
        print_json(_as_json(found, seed))
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows(_csv_rows(found))
    else:
        _print(found, seed)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar on standard error while it is a terminal; nothing where it is read by a program."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Simulating", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _print(found: OperatingCharacteristics, seed: int) -> None:
    numbered = list(enumerate(found.scenarios, start=1))
    print_table(_HEADER, [_scenario_row(*one) for one in numbered], text_columns=(3, 4))
    click.echo("\nKept, by class, with 95 % intervals:")
    classes = [f"{one.code} ({one.should.value})" for one in found.design.classes]
    kept = [(str(number), *(_with_interval(one.kept) for one in each.classes)) for number, each in numbered]
    print_table(("", *classes), kept, text_columns=())
    click.echo()
    print_lines(*_what_was_done(found, seed), "The model assumes:")
    print_lines(*(f"  {sentence}" for sentence in ASSUMPTIONS))
    print_lines(*_what_could_not_be(found))
    print_lines(f"The design says: {found.design.note}" if found.design.note else "")


def _scenario_row(number: int, one: ScenarioResult) -> tuple[str, ...]:
    scenario = one.scenario
    lost = sum(group.not_computable.k for group in one.classes)
    of = sum(group.not_computable.n for group in one.classes)
    return (
        str(number),
        f"{scenario.panel_size:g}",
        f"{scenario.attrition:g}",
        scenario.weights,
        scenario.rules,
        _share(one.sensitivity),
        _share(one.specificity),
        _share(one.exactly_right),
        _NOTHING if one.expected_size is None else f"{one.expected_size:.1f}",
        percent(lost / of),
    )


def _share(estimate: Estimate | None) -> str:
    return _NOTHING if estimate is None or estimate.share is None else percent(estimate.share)


def _with_interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return _NOTHING
    return f"{_share(estimate)} ({100 * estimate.low:.1f}–{100 * estimate.high:.1f})"


def _what_was_done(found: OperatingCharacteristics, seed: int) -> tuple[str, ...]:
    design = found.design
    people = ", ".join(f"{group.size} {group.code}" for group in design.groups)
    rounds = ", ".join(planned.code for planned in design.rounds)
    return (
        f"{design.title}: {design.outcomes} outcomes; rounds: {rounds}; invited at panel × 1: {people}.",
        f"Replicates of each scenario: {found.replicates}, from seed {seed}. Scenarios of the same panel and "
        "attrition judge the same answers.",
        *_MEANINGS,
    )


def _what_could_not_be(found: OperatingCharacteristics) -> Iterator[str]:
    for number, one in enumerate(found.scenarios, start=1):
        short = found.replicates - one.exactly_right.n
        if short:
            yield (
                f"Could not be computed: in {short} of {found.replicates} replicates of scenario {number}, "
                "too few answered about at least one outcome. Shares leave out that outcome, and what is "
                "said of the final list leaves out the replicate."
            )
    if all(one.sensitivity is None for one in found.scenarios):
        yield "Could not be computed: the sensitivity, as no class should be kept."
    if all(one.specificity is None for one in found.scenarios):
        yield "Could not be computed: the specificity, as no class should be dropped."


def _as_json(found: OperatingCharacteristics, seed: int) -> dict[str, object]:
    return {
        "design": found.design.title,
        "note": found.design.note,
        "replicates": found.replicates,
        "seed": seed,
        "assumptions": list(ASSUMPTIONS),
        "scenarios": [asdict(one) for one in found.scenarios],
    }


def _csv_rows(found: OperatingCharacteristics) -> Iterator[tuple[object, ...]]:
    rounds = [planned.code for planned in found.design.rounds]
    fates = ("kept", *(f"dropped_round_{code}" for code in rounds), "undecided")
    yield (
        *("panel_size", "attrition", "weights", "rules", "class", "should", "outcomes", "replicates"),
        *("computable", *fates, "kept_low", "kept_high", "not_computable"),
        *("sensitivity", "specificity", "exactly_right", "expected_size"),
    )
    for scenario in found.scenarios:
        overall = (scenario.sensitivity, scenario.specificity, scenario.exactly_right)
        for one in scenario.classes:
            shares = (one.kept, *one.dropped, one.undecided)
            yield (
                *asdict(scenario.scenario).values(),
                *(one.code, one.should.value, one.outcomes, found.replicates, one.kept.n),
                *(share.share for share in shares),
                *(one.kept.low, one.kept.high, one.not_computable.share),
                *(estimate.share if estimate else None for estimate in overall),
                scenario.expected_size,
            )
