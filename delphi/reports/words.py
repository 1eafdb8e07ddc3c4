"""The words of the pages about results and lineage."""

from analysis.sentences import VERDICT_WORDS
from analysis.study.records import Evidence, LineageAction, Missing
from analysis.study.rules import Verdict
from analysis.study.values import Provenance
from analysis.verdicts import VerdictRow

ACTION_WORDS = {
    LineageAction.KEPT: "Kept",
    LineageAction.REWORDED: "Reworded",
    LineageAction.MERGED: "Merged",
    LineageAction.SPLIT: "Split",
    LineageAction.ADDED: "Added",
    LineageAction.DROPPED: "Dropped",
}
EVIDENCE_WORDS = {
    Evidence.RULE: "The rule",
    Evidence.BALLOTS: "The ballots",
    Evidence.COMMENTS: "Panellists' comments",
    Evidence.JUDGEMENT: "The team's judgement",
}
PROVENANCE_WORDS = {
    Provenance.PUBLISHED: "Published",
    Provenance.DERIVED: "Derived",
    Provenance.ASSUMED: "Assumed",
    Provenance.SYNTHETIC: "Synthetic",
}
MISSING_WORDS = {
    Missing.CANNOT_SAY: "cannot say",
    Missing.NO_OPINION: "no opinion",
    Missing.SKIPPED: "skipped",
}


def change_words(row: VerdictRow) -> str:
    """Return what the weights change about a verdict, "" where they change nothing."""
    weighted, plain = row.verdict_weighted, row.verdict_unweighted
    if weighted == plain or weighted is None or plain is None:
        return ""
    return f"Changed: {VERDICT_WORDS[plain].lower()} without the weights"


def verdict_words(verdict: Verdict | None) -> str:
    """Return a verdict as a word, "" where the round has no rule."""
    return "" if verdict is None else VERDICT_WORDS[verdict]
