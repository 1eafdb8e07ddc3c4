"""Which statistic has which page in docs/methods: read by tools/methods_pages.py and its tests."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its file, its title, the module whose docstring opens it, and the modules documented there.

    `parts` are below `module`, in the order of the page; none: the module itself. A part that begins with
    "analysis." stands elsewhere.
    """

    file: str
    title: str
    module: str
    parts: tuple[str, ...] = ()

    @property
    def modules(self) -> tuple[str, ...]:
        """The full names of the modules documented."""
        if not self.parts:
            return (self.module,)
        return tuple(part if part.startswith("analysis.") else f"{self.module}.{part}" for part in self.parts)

    @property
    def example(self) -> str:
        """The file of its worked examples."""
        return self.file.replace("-", "_").replace(".md", ".py")


PAGES = (
    Page("quantiles.md", "Medians and quantiles", "analysis.quantiles"),
    Page("intervals.md", "Intervals around a share", "analysis.intervals"),
    Page(
        "dispersion.md",
        "Agreement about one outcome",
        "analysis.dispersion",
        ("spread", "agreement_a", "consensus_cns", "bimodality"),
    ),
    Page("rand-ucla.md", "RAND/UCLA appropriateness", "analysis.rand_ucla"),
    Page("round-statistics.md", "All measures of a round", "analysis.round_statistics"),
    Page(
        "agreement.md",
        "Agreement over the whole set",
        "analysis.agreement",
        ("kendall", "krippendorff", "gwet"),
    ),
    Page("apmo.md", "Average percent of majority opinions", "analysis.apmo"),
    Page(
        "content-validity.md",
        "Content validity",
        "analysis.content_validity",
        ("validity_ratio", "critical_ratio", "relevance_index", "chance_corrected"),
    ),
    Page(
        "stability.md",
        "Stability between rounds",
        "analysis.stability",
        (
            "individual_changes",
            "bin_changes",
            "signed_rank",
            "pairing",
            "symmetry_test",
            "marginal_test",
            "chi_square",
            "kappa",
            "intraclass",
            "rank_order",
        ),
    ),
    Page(
        "comparison.md",
        "Groups compared",
        "analysis.comparison",
        ("group_differences", "rank_sum", "analysis.hodges_lehmann", "several_groups"),
    ),
    Page("attrition.md", "Attrition", "analysis.attrition", ("flowing", "leavers")),
    Page("influence.md", "Influence of groups and persons", "analysis.influence"),
    Page(
        "uncertainty.md",
        "Uncertainty",
        "analysis.uncertainty",
        ("share_intervals", "verdict_resamples", "resampling"),
    ),
    Page(
        "sensitivity.md",
        "Sensitivity of verdicts",
        "analysis.sensitivity",
        ("flip_weights", "words", "weight_scan", "alternatives", "rule_table", "left_out", "missing_people"),
    ),
    Page(
        "ranking.md",
        "Rankings and ballots",
        "analysis.ranking",
        (
            "borda_points",
            "first_places",
            "best_and_worst",
            "two_lists",
            "pairwise",
            "condorcet_winner",
            "schulze_method",
            "kemeny_orders",
        ),
    ),
    Page(
        "simulation.md",
        "Simulated designs",
        "analysis.simulation",
        ("characteristics", "spreading", "design", "parts"),
    ),
    Page(
        "disclosure.md", "Small numbers", "analysis.disclosure", ("small_groups", "suppression", "dissents")
    ),
    Page("feedback-words.md", "Feedback in words", "analysis.feedback_words"),
)

# Modules and functions that only the statistics themselves use: steps on the way, checks of what comes in.
INTERNAL = frozenset(
    {
        "analysis.comparison.rank_sum.pooled_variance",
        "analysis.comparison.rank_sum_null",
        "analysis.comparison.samples",
        "analysis.disclosure.cells_to_hide",
        "analysis.disclosure.leeway",
        "analysis.hodges_lehmann.ordered_differences",
        "analysis.ranking.ballots",
        "analysis.ranking.kemeny_optima",
        "analysis.ranking.kemeny_parts",
        "analysis.ranking.kemeny_search",
        "analysis.ranking.common_denominator",
        "analysis.simulation.answers",
        "analysis.simulation.design.nearest",
        "analysis.simulation.replicates",
        "analysis.simulation.tally",
        "analysis.stability.matched",
        "analysis.stability.square_table",
        "analysis.uncertainty.exact_shares",
        "analysis.uncertainty.resampling.binomials",
    }
)
