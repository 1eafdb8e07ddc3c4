"""Compares our statistics with R's on random data: `python tools/compare_with_r.py [--sets 1000] [--seed 1]`.

Ours and R's (compare_with_r.R) are computed from the same data sets (random_panels.py), with ties, missing
answers, few or no people and unanimous panels among them. Prints one line a statistic: the data sets, how
many of them R finds computable, and the largest difference (relative where a number is above 1). A number
where R has none, or the other way round, counts as an infinite difference; the worst set is printed.

Ends with 0 where all are within 1e-9, 1 where one is not, 2 where R or one of its packages is missing.
Debian: apt-get install r-base-core r-cran-jsonlite r-cran-psych r-cran-coin r-cran-vegan r-cran-matrixstats
It is no part of `make test`, so that testing needs no R.
"""

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from random_panels import (
    Data,
    draw_agreeing,
    draw_copies,
    draw_counts,
    draw_cvr,
    draw_full_table,
    draw_groups,
    draw_matrix,
    draw_nine_points,
    draw_outcome_values,
    draw_pairs,
    draw_quantile,
    draw_share,
    draw_table,
    draw_two_groups,
    draw_untied_groups,
    draw_weighted,
)

from analysis.agreement.kendall import kendall_w
from analysis.comparison.rank_sum import mann_whitney
from analysis.comparison.several_groups import kruskal_wallis
from analysis.content_validity.chance_corrected import modified_kappa
from analysis.content_validity.critical_ratio import cvr_critical
from analysis.dispersion.spread import spread_of_counts
from analysis.hodges_lehmann import hodges_lehmann
from analysis.intervals import clopper_pearson, wilson
from analysis.quantiles import quantile
from analysis.rand_ucla import appropriateness
from analysis.stability.intraclass import icc_agreement
from analysis.stability.kappa import weighted_kappa
from analysis.stability.marginal_test import stuart_maxwell
from analysis.stability.rank_order import rank_correlation
from analysis.stability.signed_rank import wilcoxon
from analysis.stability.symmetry_test import bowker

Numbers = Sequence[float | None]
R_SCRIPT = Path(__file__).with_suffix(".R")
TOLERANCE = 1e-9
R_IS_MISSING = 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """One statistic: `r` is its function in the R script, `by` what that calls."""

    name: str
    r: str
    by: str
    draw: Callable[[np.random.Generator], Data]
    ours: Callable[[Data], Numbers]


def floats(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([math.nan if value is None else value for value in values], dtype=np.float64)


def square(data: Data) -> NDArray[np.int64]:
    return np.array(data["table"], dtype=np.int64).reshape(data["rows"], -1)


def our_spread(data: Data) -> Numbers:
    found = spread_of_counts(np.array(data["counts"]), np.arange(1, 10), definition=data["definition"])
    return [float(one) for one in (found.mean, found.median, found.sd, found.cv, found.iqr, found.mad)]


def our_rand_ucla(data: Data) -> Numbers:
    found = appropriateness(floats(data["x"]), definition=data["definition"])
    return [found.median, found.ipr, found.ipras, found.disagreement_index]


def our_wilson(data: Data) -> Numbers:
    interval = wilson(data["k"], data["n"], confidence=data["confidence"])
    return [interval.low, interval.high]


def our_clopper_pearson(data: Data) -> Numbers:
    interval = clopper_pearson(data["k"], data["n"], confidence=data["confidence"])
    return [interval.low, interval.high]


def our_concordance(data: Data) -> Numbers:
    found = kendall_w(floats(data["table"]).reshape(data["rows"], -1))
    return [found.w, found.chi2, found.p_value]


def our_signed_rank(data: Data) -> Numbers:
    found = wilcoxon(floats(data["before"]), floats(data["after"]), zeros="wilcox")
    return [found.statistic, found.p_value]


def our_signed_rank_z(data: Data) -> Numbers:
    found = wilcoxon(floats(data["before"]), floats(data["after"]), zeros=data["zeros"])
    return [found.z, found.p_value]


def our_bowker(data: Data) -> Numbers:
    found = bowker(square(data))
    return [found.statistic, found.p_value, None if found.statistic is None else found.df]


def our_stuart_maxwell(data: Data) -> Numbers:
    found = stuart_maxwell(square(data))
    return [found.statistic, found.p_value]


def our_kappas(data: Data) -> Numbers:
    table = square(data)
    return [weighted_kappa(table, weights=one).value for one in ("unweighted", "linear", "quadratic")]


def our_mann_whitney(data: Data) -> Numbers:
    found = mann_whitney(floats(data["x"]), floats(data["y"]))
    return [found.statistic, found.p_value]


def our_kruskal_wallis(data: Data) -> Numbers:
    x, group = floats(data["x"]), np.array(data["group"])
    found = kruskal_wallis([x[group == one] for one in range(4)])
    return [found.statistic, found.p_value, None if found.statistic is None else found.df]


def our_shift(data: Data) -> Numbers:
    found = hodges_lehmann(floats(data["x"]), floats(data["y"]), confidence=data.get("confidence", 0.95))
    return [found.estimate, found.low, found.high]


COMPARISONS = (
    Comparison(
        "quantile, nine types",
        "quantile",
        "stats::quantile",
        draw_quantile,
        lambda data: [quantile(floats(data["x"]), data["p"], definition=data["definition"])],
    ),
    Comparison(
        "weighted quantile",
        "quantile_of_copies",
        "stats::quantile of copies",
        draw_copies,
        lambda data: [
            quantile(floats(data["x"]), data["p"], weights=data["weights"], definition=data["definition"])
        ],
    ),
    Comparison(
        "weighted median",
        "weighted_median",
        "matrixStats::weightedMedian",
        draw_weighted,
        lambda data: [quantile(floats(data["x"]), 0.5, weights=data["weights"], definition=2)],
    ),
    Comparison("spread", "spread", "stats::median, sd, IQR, mad", draw_counts, our_spread),
    Comparison("RAND/UCLA", "rand_ucla", "stats::quantile", draw_nine_points, our_rand_ucla),
    Comparison("Wilson interval", "wilson", "stats::prop.test", draw_share, our_wilson),
    Comparison("exact interval", "clopper_pearson", "stats::binom.test", draw_share, our_clopper_pearson),
    Comparison("Kendall's W", "friedman", "stats::friedman.test", draw_matrix, our_concordance),
    Comparison(
        "Kendall's W",
        "kendall_global",
        "vegan::kendall.global",
        draw_matrix,
        lambda data: our_concordance(data)[:2],
    ),
    Comparison("signed ranks", "signed_rank", "stats::wilcox.test", draw_pairs, our_signed_rank),
    Comparison(
        "signed ranks, Pratt too",
        "signed_rank_coin",
        "coin::wilcoxsign_test",
        draw_pairs,
        our_signed_rank_z,
    ),
    Comparison("Bowker", "bowker", "stats::mcnemar.test", draw_full_table, our_bowker),
    Comparison("Stuart-Maxwell", "stuart_maxwell", "coin::mh_test", draw_table, our_stuart_maxwell),
    Comparison("kappa, three weights", "kappa", "psych::cohen.kappa", draw_table, our_kappas),
    Comparison(
        "ICC(A,1)",
        "icc",
        "psych::ICC",
        draw_pairs,
        lambda data: [icc_agreement(floats(data["before"]), floats(data["after"])).value],
    ),
    Comparison(
        "rank correlation",
        "spearman",
        "stats::cor",
        draw_outcome_values,
        lambda data: [rank_correlation(floats(data["before"]), floats(data["after"]))],
    ),
    Comparison(
        "critical CVR",
        "cvr_critical",
        "stats::pbinom",
        draw_cvr,
        lambda data: [cvr_critical(data["n"], data["alpha"])],
    ),
    Comparison(
        "modified kappa",
        "modified_kappa",
        "stats::dbinom",
        draw_agreeing,
        lambda data: [modified_kappa(data["agree"], data["n"])],
    ),
    Comparison("Mann-Whitney", "mann_whitney", "stats::wilcox.test", draw_two_groups, our_mann_whitney),
    Comparison("Kruskal-Wallis", "kruskal_wallis", "stats::kruskal.test", draw_groups, our_kruskal_wallis),
    Comparison(
        "Hodges-Lehmann, ties",
        "all_differences",
        "stats::median of outer",
        draw_two_groups,
        lambda data: our_shift(data)[:1],
    ),
    Comparison(
        "Hodges-Lehmann, exact", "hodges_lehmann", "stats::wilcox.test", draw_untied_groups, our_shift
    ),
)


def difference(ours: float | None, theirs: float | None) -> float:
    """How far two numbers lie apart, relative to theirs above 1; infinite where only one is missing."""
    is_ours_missing = ours is None or math.isnan(ours)
    if ours is None or theirs is None or is_ours_missing:
        return 0.0 if is_ours_missing and theirs is None else math.inf
    return abs(ours - theirs) / max(1.0, abs(theirs))


def largest_difference(ours: Numbers, theirs: Numbers) -> float:
    return max(difference(*pair) for pair in zip(ours, theirs, strict=True))


def results_of_r(rscript: str, sets: Sequence[Sequence[Data]]) -> list[list[Numbers]]:
    """Run the R script once; SystemExit with its status where it ends with an error."""
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder, "sets.json"), Path(folder, "results.json")
        questions = [{"r": one.r, "data": data} for one, data in zip(COMPARISONS, sets, strict=True)]
        asked.write_text(json.dumps(questions), encoding="utf-8")
        status = subprocess.run(
            [rscript, "--no-init-file", str(R_SCRIPT), str(asked), str(answered)]
        ).returncode
        if status:
            sys.exit(status)
        results: list[list[Numbers]] = json.loads(answered.read_text(encoding="utf-8"))
        return results


def report(comparison: Comparison, data: Sequence[Data], theirs: Sequence[Numbers]) -> float:
    """Print the line of one statistic, and the worst set where it is too far off; returns its difference."""
    ours = [comparison.ours(each) for each in data]
    found = [largest_difference(*each) for each in zip(ours, theirs, strict=True)]
    worst = max(found)
    computable = sum(each[0] is not None for each in theirs)
    print(f"{comparison.name:24} {comparison.by:28} {len(data):6} {computable:10}  {worst:.1e}")
    if worst > TOLERANCE:
        at = found.index(worst)
        print(f"  of {json.dumps(data[at])}: {ours[at]}, R {theirs[at]}")
    return worst


def parsed_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare our statistics with R's on random data.")
    parser.add_argument("--sets", type=int, default=1000, help="random data sets for each statistic")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers")
    arguments = parser.parse_args()
    if arguments.sets < 1:
        parser.error("--sets: expected 1 or more")
    return arguments


def main() -> int:
    """Print the table; returns the exit status."""
    arguments = parsed_arguments()
    rscript = shutil.which("Rscript")
    if rscript is None:
        print("Rscript is not installed (Debian: apt-get install r-base-core)", file=sys.stderr)
        return R_IS_MISSING
    rng = np.random.default_rng(arguments.seed)
    sets = [[one.draw(rng) for _ in range(arguments.sets)] for one in COMPARISONS]
    all_theirs = results_of_r(rscript, sets)
    print(f"{'statistic':24} {'R':28} {'sets':>6} {'computable':>10}  largest difference")
    reports = [report(*each) for each in zip(COMPARISONS, sets, all_theirs, strict=True)]
    return 0 if max(reports) <= TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main())
