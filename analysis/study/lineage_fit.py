"""Whether a lineage can have happened: each outcome is made once, used once a stage, there when used."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from analysis.study.protocol import Protocol
from analysis.study.records import LineageAction, LineageStep, Outcome
from analysis.study.values import Problem

LINEAGE = "lineage.csv"


def lineage_problems(
    protocol: Protocol, outcomes: tuple[Outcome, ...], lineage: tuple[LineageStep, ...]
) -> Iterator[Problem]:
    """Yield every problem of `lineage`, rows that are out of order or in a cycle among them."""
    rounds = [round_.code for round_ in protocol.rounds]
    known = {outcome.code for outcome in outcomes}
    unknown = False
    for row, step in enumerate(lineage):
        for field, codes, right in (
            ("after", (step.after,), set(rounds)),
            ("from", step.sources, known),
            ("to", step.results, known),
        ):
            for code in (code for code in codes if code not in right):
                unknown = True
                what = "a round of study.toml" if field == "after" else "an outcome of outcomes.csv"
                yield Problem(LINEAGE, row, field, code, what)
    if not unknown:
        yield from _history_problems(rounds, known, lineage)


def starting_list(outcomes: tuple[Outcome, ...], lineage: tuple[LineageStep, ...]) -> tuple[str, ...]:
    """Return the codes in the list before the first round: those that no step makes."""
    made = made_codes(lineage)
    return tuple(outcome.code for outcome in outcomes if outcome.code not in made)


def made_codes(lineage: tuple[LineageStep, ...]) -> frozenset[str]:
    """Return the codes that some step brings into the list."""
    return frozenset(code for step in lineage for code in step.results if code not in step.sources)


def _history_problems(
    rounds: list[str], known: set[str], lineage: tuple[LineageStep, ...]
) -> Iterator[Problem]:
    own_ancestors = _own_ancestors(lineage)
    for row, step in enumerate(lineage):
        for code in (code for code in step.results if own_ancestors.get(code) == row):
            yield Problem(LINEAGE, row, "to", code, "an outcome that is not made, in the end, from itself")
    present = known - made_codes(lineage)
    made: set[str] = set(present)
    for code in rounds:
        used: set[str] = set()
        leaving: set[str] = set()
        arriving: set[str] = set()
        for row, step in ((row, step) for row, step in enumerate(lineage) if step.after == code):
            yield from _use_problems(row, step, present | own_ancestors.keys(), used)
            yield from _make_problems(row, step, made)
            used |= set(step.sources)
            new = set(step.results) - set(step.sources)
            made |= new
            arriving |= new
            if step.action is not LineageAction.KEPT:
                leaving |= set(step.sources) - set(step.results)
        present = (present - leaving) | arriving


def _own_ancestors(lineage: tuple[LineageStep, ...]) -> dict[str, int]:
    """Return the outcomes of every cycle, each with the first row that makes it."""
    sources: dict[str, set[str]] = {}
    first: dict[str, int] = {}
    for row, step in enumerate(lineage):
        for code in set(step.results) - set(step.sources):
            sources.setdefault(code, set()).update(step.sources)
            first.setdefault(code, row)
    found: dict[str, int] = {}
    while True:
        try:
            TopologicalSorter(sources).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1]
        else:
            return found
        for code in cycle[1:]:
            found[code] = first[code]
            sources.pop(code, None)


def _use_problems(row: int, step: LineageStep, present: set[str], used: set[str]) -> Iterator[Problem]:
    for code in step.sources:
        if code in used:
            wanted = f"an outcome that no other row after {step.after} uses"
            yield Problem(LINEAGE, row, "from", code, wanted)
        elif code not in present:
            yield Problem(LINEAGE, row, "from", code, f"an outcome that is in the list in round {step.after}")


def _make_problems(row: int, step: LineageStep, made: set[str]) -> Iterator[Problem]:
    for code in step.results:
        if code not in step.sources and code in made:
            yield Problem(LINEAGE, row, "to", code, "a code that no earlier row has made")
