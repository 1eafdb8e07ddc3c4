"""How fast the statistics are, beside other people's, in one run on one machine.

    python benchmarks/statistics_speed.py [--panel 64 --panel 1000 …] [--json] [--whole-bootstrap]

A synthetic Delphi: n panellists, 72 outcomes, two of its rounds, 5 groups, one answer in ten missing,
scores 1 to 9. Each work is timed as the best of several runs in this process, ours and the peer's in turn
on the same data in memory; R runs in its own process on the same bytes. A peer that is not installed is
left out. scipy's bootstrap of 100,000 people takes minutes: it is run with a fiftieth of the replicates and
multiplied, unless --whole-bootstrap is given. Memory is the most that NumPy and Python held beyond the data
while ours ran (tracemalloc).
"""
# ruff: noqa: E402 - the first lines have to come before the imports

import sys
from pathlib import Path

# Python looks in a script's own folder first, and this file has the name of a module that others import.
sys.path[:] = [folder for folder in sys.path if Path(folder).resolve() != Path(__file__).resolve().parent]

import json
import shutil
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from fractions import Fraction

import click
import krippendorff
import numpy as np
import pandas as pd
import pingouin
from rich.console import Console
from rich.table import Table
from scipy import stats
from scipy.optimize import Bounds, LinearConstraint, milp
from statsmodels.stats.weightstats import DescrStatsW

from analysis.agreement import kendall_w, krippendorff_alpha
from analysis.consensus.answers import Answers
from analysis.counting import count_scores
from analysis.counts import ResponseCounts
from analysis.dispersion import van_der_eijk_a
from analysis.quantiles import weighted_quantile_of_counts
from analysis.ranking import kemeny
from analysis.ratings import RatingMatrix
from analysis.report.rating_data import RatingData
from analysis.report.rating_section import rating_parts
from analysis.round_statistics import round_statistics
from analysis.sensitivity import verdicts_by_weight
from analysis.stability import wilcoxon
from analysis.study.protocol import Ethics, Group, Identity, Protocol
from analysis.study.rounds import Criterion, Round, RoundKind
from analysis.study.rules import (
    Comparator,
    ConsensusDefinition,
    ShareMeasure,
    ShareRule,
    ShareTest,
    TwoListRule,
    Verdict,
)
from analysis.study.scale import Box, Scale
from analysis.study.weighting import Weighting, WeightScheme
from analysis.uncertainty import bootstrap_shares

PANELS = (64, 1_000, 10_000, 100_000)
OUTCOMES, GROUPS, LOW, HIGH = 72, 5, 1, 9
MISSING = 0.1
REPLICATES = 2000
SEED = 2022
GROUP_CODES = ("survivors", "providers", "researchers", "policy", "public")
BOXES = (Box("low", 1, 3, "not important"), Box("middle", 4, 6, "important"), Box("high", 7, 9, "critical"))
SCALE = Scale("nine", LOW, HIGH, ("least", *[""] * 7, "most"), "cannot say", BOXES)
DOUBLE = Weighting("double", WeightScheme.MULTIPLIER, {"survivors": Fraction(2)})
COMET = ConsensusDefinition(
    "comet",
    (
        ShareRule(
            Verdict.IN,
            (
                ShareTest("high", Comparator.AT_LEAST, Fraction(70)),
                ShareTest("low", Comparator.LESS_THAN, Fraction(15)),
            ),
        ),
    ),
)
TWO_LISTS = ConsensusDefinition("lists", (TwoListRule(Verdict.IN, 30, "survivors", ShareMeasure("high")),))
HEADS = ["work", "n", "ours, ms", "peer", "peer, ms", "ratio", "ours, MB", ""]
PER_RUN = 1e3  # milliseconds in a second


@dataclass(frozen=True, kw_only=True)
class Row:
    """One work at one size: ours and a peer's best time in ms, and what we held in MB beyond the data."""

    work: str
    n: int
    ours_ms: float
    peer: str = ""
    peer_ms: float | None = None
    memory_mb: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as long the peer took."""
        return None if self.peer_ms is None else self.peer_ms / self.ours_ms


@dataclass(frozen=True)
class Delphi:
    """The made study: (n, outcomes) scores of two rounds, complete ones for orders, everyone's group."""

    scores: np.ndarray
    later: np.ndarray
    complete: np.ndarray
    group: np.ndarray

    @property
    def n(self) -> int:
        return len(self.group)

    @property
    def counts(self) -> ResponseCounts:
        counted = count_scores(self.scores, self.group, groups=GROUPS, low=LOW, high=HIGH)
        missing = np.zeros((GROUPS, OUTCOMES, 3), dtype=np.int64)
        outcomes = tuple(f"o{at}" for at in range(OUTCOMES))
        return ResponseCounts(GROUP_CODES, outcomes, tuple(range(LOW, HIGH + 1)), counted, missing)


def made_delphi(n: int) -> Delphi:
    """Draw a panel: every outcome has its own liking, every person a leniency, rounds hang together."""
    rng = np.random.default_rng([SEED, n])
    group = np.arange(n) % GROUPS
    liking = rng.normal(6, 1.2, OUTCOMES)[None] + rng.normal(0, 0.8, (n, 1))
    first = np.clip(np.rint(liking + rng.normal(0, 1.8, (n, OUTCOMES))), LOW, HIGH)
    second = np.clip(np.rint(0.6 * first + 0.4 * liking + rng.normal(0, 0.9, (n, OUTCOMES))), LOW, HIGH)
    holes = [rng.random((n, OUTCOMES)) < MISSING for _ in range(2)]
    scores, later = (np.where(hole, np.nan, full) for hole, full in zip(holes, (first, second), strict=True))
    return Delphi(scores, later, first, group)


def best(work: Callable[[], object], *, seconds: float = 1.0, most: int = 200) -> float:
    """Return the best time of a work in ms, tried again for about so many seconds, at least once."""
    times: list[float] = []
    started = time.perf_counter()
    while not times or (time.perf_counter() - started < seconds and len(times) < most):
        before = time.perf_counter()
        work()
        times.append(time.perf_counter() - before)
    return min(times) * PER_RUN


def held(work: Callable[[], object]) -> float:
    """Return the most MB that a work held beyond what was there."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def everything_of_a_round(delphi: Delphi) -> Iterator[Row]:
    """Counts by group, shares, medians, IQR, IPRAS and A of all outcomes, from a matrix in memory."""

    def ours() -> object:
        return round_statistics(delphi.counts, boxes=BOXES)

    mine, memory = best(ours), held(ours)
    common = {"work": "a round's statistics", "n": delphi.n, "ours_ms": mine, "memory_mb": memory}
    categories = long_frame(delphi)
    text = categories.astype({"outcome": str, "group": str})
    for peer, frame in (("pandas, text columns", text), ("pandas, categories", categories)):
        yield Row(**common, peer=peer, peer_ms=best(lambda frame=frame: by_pandas(frame)))
    once = best(lambda: delphi.scores.view(np.int64).max(), seconds=0.3)
    count = best(lambda: plain_bincount(delphi))
    note = f"times one read of the bytes: ours {mine / once:.0f}, the bincount {count / once:.0f}"
    yield Row(**common, peer="plain bincount (counts alone)", peer_ms=count, note=note)


def plain_bincount(delphi: Delphi) -> np.ndarray:
    """Count as one would write it down."""
    answered = ~np.isnan(delphi.scores)
    cells = (delphi.group[:, None] * OUTCOMES + np.arange(OUTCOMES)) * HIGH
    codes = np.where(answered, delphi.scores, LOW).astype(np.int64) - LOW
    return np.bincount((cells + codes)[answered], minlength=GROUPS * OUTCOMES * HIGH)


def long_frame(delphi: Delphi) -> pd.DataFrame:
    """Return the round as pandas users hold it: a row an answer."""
    rows, columns = np.nonzero(~np.isnan(delphi.scores))
    return pd.DataFrame(
        {
            "outcome": pd.Categorical.from_codes(columns, categories=[f"o{at}" for at in range(OUTCOMES)]),
            "group": pd.Categorical.from_codes(delphi.group[rows], categories=list(GROUP_CODES)),
            "score": delphi.scores[rows, columns],
        }
    )


def by_pandas(frame: pd.DataFrame) -> tuple[object, ...]:
    """The same statistics by groupby; A from the counts by our function, not held against pandas."""
    grouped = frame.groupby(["outcome", "group"], observed=True)["score"]
    counts = frame.groupby(["outcome", "group", "score"], observed=True).size().unstack(fill_value=0)
    shares = [
        frame["score"]
        .between(box.low, box.high)
        .groupby([frame["outcome"], frame["group"]], observed=True)
        .mean()
        for box in BOXES
    ]
    quantiles = grouped.quantile([0.25, 0.75, 0.3, 0.7]).unstack()
    ipr = quantiles[0.7] - quantiles[0.3]
    ipras = 2.35 + 1.5 * (5 - (quantiles[0.3] + quantiles[0.7]) / 2).abs()
    return (
        grouped.median(),
        shares,
        quantiles[0.75] - quantiles[0.25],
        ipr > ipras,
        van_der_eijk_a(counts.to_numpy()),
    )


def bootstrap(delphi: Delphi, *, whole: bool) -> Iterator[Row]:
    """Percentile intervals of the weighted share of every outcome."""
    counts = delphi.counts

    def ours() -> object:
        rng = np.random.default_rng(1)
        return bootstrap_shares(counts, BOXES[2], weighting=DOUBLE, replicates=REPLICATES, rng=rng)

    part = 50 if delphi.n >= 100_000 and not whole else 1
    weights = np.where(delphi.group == 0, 2.0, 1.0)[:, None]
    answered = ~np.isnan(delphi.scores) * weights
    inside = (np.nan_to_num(delphi.scores) >= BOXES[2].low) * weights
    peer = best(lambda: by_scipy_bootstrap(inside, answered, REPLICATES // part), seconds=0.5) * part
    yield Row(
        work="bootstrap, weighted share",
        n=delphi.n,
        ours_ms=best(ours),
        peer="scipy.stats.bootstrap",
        peer_ms=peer,
        memory_mb=held(ours),
        note=f"peer: {REPLICATES // part} replicates times {part}" if part > 1 else "",
    )


def by_scipy_bootstrap(inside: np.ndarray, answered: np.ndarray, replicates: int) -> object:
    """Draw people again with scipy, a batch that fits in memory at a time."""

    def share(k: np.ndarray, n: np.ndarray, axis: int) -> np.ndarray:
        return k.sum(axis=axis) / n.sum(axis=axis)

    return stats.bootstrap(
        (inside, answered),
        share,
        paired=True,
        axis=0,
        n_resamples=replicates,
        method="percentile",
        batch=max(1, 20_000_000 // inside.size),
        rng=np.random.default_rng(1),
    )


def agreement(delphi: Delphi) -> Iterator[Row]:
    """Krippendorff's alpha with missing answers, and Kendall's W with ties on complete ones."""
    ours = lambda: krippendorff_alpha(delphi.scores)  # noqa: E731
    peer = best(lambda: krippendorff.alpha(delphi.scores, level_of_measurement="ordinal"))
    yield Row(
        work="Krippendorff's alpha",
        n=delphi.n,
        ours_ms=best(ours),
        peer="krippendorff",
        peer_ms=peer,
        memory_mb=held(ours),
    )
    order = lambda: kendall_w(delphi.complete)  # noqa: E731
    peer = best(lambda: stats.rankdata(delphi.complete, axis=1))
    yield Row(
        work="Kendall's W",
        n=delphi.n,
        ours_ms=best(order),
        peer="scipy rankdata (ranks alone)",
        peer_ms=peer,
        memory_mb=held(order),
    )


def change(delphi: Delphi) -> Iterator[Row]:
    """Wilcoxon's test of every outcome between two rounds, answers missing in both."""
    ours = lambda: wilcoxon(delphi.scores, delphi.later)  # noqa: E731
    mine, memory = best(ours), held(ours)
    for peer, work in (
        ("scipy, all at once", wilcoxon_over_the_axis),
        ("scipy, in a loop", wilcoxon_in_a_loop),
    ):
        yield Row(
            work="Wilcoxon, all outcomes",
            n=delphi.n,
            ours_ms=mine,
            peer=peer,
            peer_ms=best(lambda work=work: work(delphi)),
            memory_mb=memory,
        )
    if delphi.n <= 10_000:
        yield Row(
            work="Wilcoxon, all outcomes",
            n=delphi.n,
            ours_ms=mine,
            peer="pingouin, in a loop",
            peer_ms=best(lambda: wilcoxon_by_pingouin(delphi)),
        )


def wilcoxon_over_the_axis(delphi: Delphi) -> object:
    with np.errstate(all="ignore"):
        return stats.wilcoxon(
            delphi.later, delphi.scores, axis=0, nan_policy="omit", method="asymptotic", correction=False
        )


def pairs_of(delphi: Delphi) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for at in range(OUTCOMES):
        both = ~(np.isnan(delphi.scores[:, at]) | np.isnan(delphi.later[:, at]))
        yield delphi.later[both, at], delphi.scores[both, at]


def wilcoxon_in_a_loop(delphi: Delphi) -> object:
    return [stats.wilcoxon(x, y, method="asymptotic", correction=False) for x, y in pairs_of(delphi)]


def wilcoxon_by_pingouin(delphi: Delphi) -> object:
    return [pingouin.wilcoxon(x, y, method="asymptotic") for x, y in pairs_of(delphi)]


def medians(delphi: Delphi) -> Iterator[Row]:
    """Weighted medians of every outcome, from the matrix."""

    def ours() -> object:
        weighted = np.tensordot([2, 1, 1, 1, 1], delphi.counts.counts, axes=1)
        return weighted_quantile_of_counts(weighted, 0.5, values=range(LOW, HIGH + 1))

    weights = np.where(delphi.group == 0, 2.0, 1.0)

    def peer() -> object:
        columns = ((delphi.scores[:, at], ~np.isnan(delphi.scores[:, at])) for at in range(OUTCOMES))
        return [DescrStatsW(x[there], weights[there]).quantile(0.5) for x, there in columns]

    yield Row(
        work="weighted medians",
        n=delphi.n,
        ours_ms=best(ours),
        peer="statsmodels",
        peer_ms=best(peer),
        memory_mb=held(ours),
    )


def what_if(delphi: Delphi) -> Iterator[Row]:
    """The verdicts of all outcomes if one group counted k times, from counts."""
    counts = delphi.counts
    answers = Answers(counts.groups, counts.outcomes, ratings=counts, boxes={box.code: box for box in BOXES})
    for name, definition in (("share rule", COMET), ("two lists", TWO_LISTS)):
        ours = best(
            lambda rule=definition: verdicts_by_weight(answers, rule, group="survivors", weights=[2.5])
        )
        yield Row(work=f"what if, {name}", n=delphi.n, ours_ms=ours)


def report_of_a_round(delphi: Delphi) -> Iterator[Row]:
    """Every table of a round's report with 2,000 panels drawn, from the matrix in memory, figures apart."""
    before, data = (
        report_data(scores, delphi.group, code)
        for scores, code in ((delphi.scores, "1"), (delphi.later, "2"))
    )

    def ours() -> object:
        fresh = report_data(delphi.later, delphi.group, "2")
        return rating_parts(fresh, before, (), replicates=REPLICATES, rng=np.random.default_rng(1))

    rows = sum(
        len(table.rows)
        for table in rating_parts(data, before, (), replicates=100, rng=np.random.default_rng(1)).tables
    )
    yield Row(
        work="report of a round",
        n=delphi.n,
        ours_ms=best(ours, seconds=3),
        memory_mb=held(ours),
        note=f"{rows} rows of tables",
    )


def report_data(scores: np.ndarray, group: np.ndarray, code: str) -> RatingData:
    """Return a round of the made study as the report takes it."""
    codes = tuple(f"o{at}" for at in range(OUTCOMES))
    rounds = tuple(
        Round(
            one,
            RoundKind.RATING,
            f"Round {one}",
            scale="nine",
            criteria=(Criterion("importance", "How important?"),),
            weights="double",
            definition="comet",
        )
        for one in ("1", "2")
    )
    groups = tuple(Group(one, one.capitalize(), one.rstrip("s")) for one in GROUP_CODES)
    protocol = Protocol(
        Identity("made", "Made", "Which?"), Ethics("", "", ""), groups, rounds, (SCALE,), (DOUBLE,), (COMET,)
    )
    people = tuple(f"p{at}" for at in range(len(group)))
    missing = np.full(scores.shape, -1, dtype=np.int8)
    matrix = RatingMatrix(people, tuple(GROUP_CODES[at] for at in group), codes, scores, missing)
    return RatingData(protocol, protocol.round(code), "importance", codes, {}, matrix)


def kemeny_orders() -> Iterator[Row]:
    """Exact Kemeny orders, all optima: ballots around a common order, and ballots of pure chance."""
    rng = np.random.default_rng(SEED)
    for outcomes in (14, 20):
        for name, noise in (("easy", 3.0), ("uniform", 1e6)):
            ballots = (
                np.argsort(
                    np.argsort(np.arange(outcomes) + rng.normal(0, noise, (48, outcomes)), axis=1), axis=1
                )
                + 1.0
            )
            found = kemeny(ballots)
            ours = best(lambda one=ballots: kemeny(one))
            peer = best(lambda one=ballots: kemeny_by_milp(one), seconds=2)
            yield Row(
                work=f"Kemeny, {outcomes} outcomes, {name}",
                n=48,
                ours_ms=ours,
                peer="scipy.milp (one optimum)",
                peer_ms=peer,
                memory_mb=held(lambda one=ballots: kemeny(one)),
                note=f"{found.n_optimal} optimal orders, cost {found.cost}",
            )


def kemeny_by_milp(ballots: np.ndarray) -> float:
    """Return the least cost by integer programming: one variable a pair, no cycle of three."""
    n = ballots.shape[1]
    before = (ballots[:, :, None] < ballots[:, None, :]).sum(axis=0)
    place = {(i, j): at for at, (i, j) in enumerate((i, j) for i in range(n) for j in range(i + 1, n))}
    cost = np.array([before[j, i] - before[i, j] for i, j in place])
    fixed = sum(before[i, j] for i, j in place)
    triples = [(i, j, k) for i in range(n) for j in range(i + 1, n) for k in range(j + 1, n)]
    rules = np.zeros((len(triples), len(place)))
    for row, (i, j, k) in enumerate(triples):
        rules[row, [place[i, j], place[j, k], place[i, k]]] = 1, 1, -1
    found = milp(
        cost, constraints=LinearConstraint(rules, 0, 1), integrality=np.ones(len(place)), bounds=Bounds(0, 1)
    )
    return float(found.fun + fixed)


def by_r(delphi: Delphi) -> dict[str, float]:
    """Time R on the same bytes: its best times in ms by work; empty where R or a package is missing."""
    script = Path(__file__).with_suffix(".R")
    if shutil.which("Rscript") is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        for name, array in (
            ("scores", delphi.scores),
            ("later", delphi.later),
            ("complete", delphi.complete),
        ):
            np.asfortranarray(array).T.tofile(Path(folder) / name)
        (delphi.group + 1).astype(np.float64).tofile(Path(folder) / "group")
        command = ["Rscript", "--vanilla", str(script), folder, str(delphi.n), str(OUTCOMES), str(REPLICATES)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        click.echo(f"R: {run.stderr.strip().splitlines()[-1:]}", err=True)
        return {}
    return dict(json.loads(run.stdout))


def beside_r(rows: list[Row], delphi: Delphi) -> Iterator[Row]:
    """Return the rows again with R as the peer, where R did the work."""
    works = {
        "data.table": "a round's statistics",
        "boot": "bootstrap, weighted share",
        "friedman.test": "Kendall's W",
        "wilcox.test": "Wilcoxon, all outcomes",
        "matrixStats": "weighted medians",
    }
    mine = {row.work: row.ours_ms for row in rows if row.n == delphi.n}
    for peer, peer_ms in by_r(delphi).items():
        yield Row(work=works[peer], n=delphi.n, ours_ms=mine[works[peer]], peer=f"R {peer}", peer_ms=peer_ms)


def measured(panels: tuple[int, ...], *, whole: bool) -> Iterator[Row]:
    """Measure everything, one size after the other."""
    for n in panels:
        delphi = made_delphi(n)
        rows: list[Row] = []
        for works in (
            everything_of_a_round,
            lambda one: bootstrap(one, whole=whole),
            agreement,
            change,
            medians,
            what_if,
        ):
            for row in works(delphi):
                rows.append(row)
                yield row
        if n == 1_000:
            yield from report_of_a_round(delphi)
        yield from beside_r(rows, delphi)
    yield from kemeny_orders()


def shown(row: Row) -> list[str]:
    ratio = "" if row.ratio is None else f"{row.ratio:,.1f} ×"
    peer_ms = "" if row.peer_ms is None else f"{row.peer_ms:,.2f}"
    memory = "" if row.memory_mb is None else f"{row.memory_mb:,.1f}"
    return [row.work, f"{row.n:,}", f"{row.ours_ms:,.3f}", row.peer, peer_ms, ratio, memory, row.note]


@click.command()
@click.option(
    "--panel",
    "panels",
    multiple=True,
    type=click.IntRange(min=20),
    help="A panel's size; several times for several.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--markdown", "as_markdown", is_flag=True, help="Print the table as docs/performance.md has it."
)
@click.option("--whole-bootstrap", "whole", is_flag=True, help="Run scipy's bootstrap of 100,000 in full.")
def main(*, panels: tuple[int, ...], as_json: bool, as_markdown: bool, whole: bool) -> None:
    """Time the statistics beside other people's."""
    error = Console(stderr=True)
    rows = []
    for row in measured(panels or PANELS, whole=whole):
        rows.append(row)
        error.print(" · ".join(filter(None, shown(row))), highlight=False)
    if as_json:
        click.echo(json.dumps([asdict(row) | {"ratio": row.ratio} for row in rows], indent=2))
        return
    if as_markdown:
        for line in (HEADS, ["---"] * 2 + ["---:"] + ["---"] + ["---:"] * 3 + ["---"], *map(shown, rows)):
            click.echo(f"| {' | '.join(line)} |")
        return
    table = Table(*HEADS, box=None)
    for row in rows:
        table.add_row(*shown(row))
    Console(width=200 if not sys.stdout.isatty() else None).print(table)


if __name__ == "__main__":
    main()
