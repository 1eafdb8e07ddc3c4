"""Decisions in words, for the pages of teams."""

from analysis.sentences import VERDICT_WORDS, within_sentence
from analysis.study.rules import Verdict
from delphi.domain.deciding import Decided, DecisionKind, overrides
from delphi.synthesis.history import Listed, RoundInView

DECIDED_WORDS = {
    DecisionKind.KEEP: "Keep",
    DecisionKind.DROP: "Drop",
    DecisionKind.REWORD: "Reword",
    DecisionKind.MERGE: "Merge",
    DecisionKind.SPLIT: "Split",
    DecisionKind.ADD: "Add",
    DecisionKind.UNDO: "Taken back",
}


def verdict_words(verdict: Verdict | None) -> str:
    """Return a verdict as a word, "" where the round has no rule."""
    return "" if verdict is None else VERDICT_WORDS[verdict]


def headline(decided: Decided, listed: dict[str, Listed]) -> str:
    """Return a decision in a line: what is done with which outcomes, and what comes out."""
    names = " and ".join(f"“{listed[code].text.label}”" for code in decided.sources)
    made = " and ".join(f"“{text.label}”" for text in decided.results)
    if decided.kind is DecisionKind.UNDO:
        return f"Decision {decided.undoes} was taken back"
    return f"{DECIDED_WORDS[decided.kind]}: {' → '.join(part for part in (names, made) if part)}"


def warning(kind: DecisionKind, verdict: Verdict | None) -> str:
    """Return what a decision would go against, "" where it goes against nothing."""
    if not overrides(kind, verdict) or verdict is None:
        return ""
    return f"The rule says {within_sentence(VERDICT_WORDS[verdict])}. This decision goes against it."


def state_words(round_: RoundInView) -> str:
    """Return why nothing can be decided now, "" where it can."""
    if round_.may_decide:
        return ""
    if round_.made_at:
        return "The next list has been made from these decisions. They stand."
    if round_.has_lineage:
        return "What was decided after this round came with the study. See what became of each outcome."
    if round_.later_opened:
        return "A later round has opened, so nothing can be decided here any more."
    return "You can decide once this round is closed."
