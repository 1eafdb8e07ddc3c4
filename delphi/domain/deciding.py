"""Decisions on a round's outcomes: which stand, which clash, what a new wording changes."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum

from analysis.study.records import Evidence, LineageAction
from analysis.study.rules import Verdict

LONGEST_CODE = 40


class DecisionKind(StrEnum):
    """What was decided; `UNDO` takes another decision back."""

    KEEP = "keep"
    DROP = "drop"
    REWORD = "reword"
    MERGE = "merge"
    SPLIT = "split"
    ADD = "add"
    UNDO = "undo"


ACTION_OF = {
    DecisionKind.KEEP: LineageAction.KEPT,
    DecisionKind.DROP: LineageAction.DROPPED,
    DecisionKind.REWORD: LineageAction.REWORDED,
    DecisionKind.MERGE: LineageAction.MERGED,
    DecisionKind.SPLIT: LineageAction.SPLIT,
    DecisionKind.ADD: LineageAction.ADDED,
}
BY_RULE = {Verdict.IN: DecisionKind.KEEP, Verdict.NONE: DecisionKind.KEEP, Verdict.OUT: DecisionKind.DROP}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeText:
    """An outcome's wording, and the section that it is shown in."""

    label: str
    descriptor: str
    plain: str
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision; `number`: its place in the round's history; `undoes`: the one that an undo takes back.

    `sources`: codes of outcomes; `results`: new wordings; `cited`: ids of comments; `told`: the reason as
    panellists read it.
    """

    number: int
    kind: DecisionKind
    sources: tuple[str, ...]
    results: tuple[OutcomeText, ...]
    reason: str
    told: str
    cited: tuple[int, ...]
    undoes: int | None
    by: str
    at: datetime


History = Sequence[Decided]


def standing_decisions(history: History) -> tuple[Decided, ...]:
    """Return the decisions that stand, oldest first.

    A later one takes the place of every earlier one that used one of its outcomes: whoever decides on an
    outcome that was merged takes the merge apart, and what it was merged with is undecided again.
    """
    stands: dict[int, Decided] = {}
    on: dict[str, int] = {}  # the number of the newest decision on each outcome
    for each in history:
        if each.kind is DecisionKind.UNDO:
            stands.pop(each.undoes or 0, None)
            continue
        for code in each.sources:
            stands.pop(on.get(code, 0), None)
            on[code] = each.number
        stands[each.number] = each
    return tuple(stands.values())


def newer_on(history: History, codes: Collection[str], *, seen: int) -> tuple[Decided, ...]:
    """Return the decisions about these outcomes that a page which had seen `seen` could not show."""
    return tuple(each for each in history if each.number > seen and set(codes) & set(each.sources))


def newest(history: History) -> int:
    """Return the number of the newest decision, 0 where there is none: what a form has seen."""
    return history[-1].number if history else 0


def overrides(kind: DecisionKind, verdict: Verdict | None) -> bool:
    """Say whether a decision goes against a verdict: it ends what the rule keeps, or keeps what it ends.

    Where the rule could not decide, nothing goes against it.
    """
    if verdict is None or verdict is Verdict.NOT_COMPUTABLE or kind in (DecisionKind.ADD, DecisionKind.UNDO):
        return False
    return (kind is DecisionKind.DROP) != (verdict is Verdict.OUT)


def evidence_for(decided: Decided, verdict: Verdict | None, *, by_ballots: bool) -> Evidence:
    """Return what a decision rests on, as the lineage writes it down.

    Keeping or dropping as the rule says rests on the rule; anything else on the comments that it cites, or
    else on judgement, which stand over the rule.
    """
    if verdict is not None and BY_RULE.get(verdict) is decided.kind:
        return Evidence.BALLOTS if by_ballots else Evidence.RULE
    return Evidence.COMMENTS if decided.cited else Evidence.JUDGEMENT


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed (`kept`), went (`gone`) or came (`new`)."""

    mark: str
    text: str


def words_changed(old: str, new: str) -> tuple[Piece, ...]:
    """Return the way from one wording to another, word by word."""
    before, after = old.split(), new.split()
    return tuple(_pieces(before, after))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("kept", " ".join(before[a:b]))
            continue
        if b > a:
            yield Piece("gone", " ".join(before[a:b]))
        if d > c:
            yield Piece("new", " ".join(after[c:d]))


def new_code(label: str, *, taken: Collection[str]) -> str:
    """Return a code for an outcome, made of its name, that nothing has."""
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: LONGEST_CODE - 5].strip("_") or "outcome"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}_{number}"
    return code


def text_of_list(
    decisions: Iterable[tuple[Decided, Sequence[OutcomeText]]], *, study: str, round_: str
) -> str:
    """Return a list of decisions as the text that is signed: each with its outcomes, wordings and reason."""
    lines = [f"Decisions after {round_} of {study}", ""]
    for decided, sources in decisions:
        lines.append(f"{decided.kind.value} (decision {decided.number})")
        lines += [
            f"  from [{code}] {_line(text)}" for code, text in zip(decided.sources, sources, strict=True)
        ]
        lines += [f"  to {_line(text)}" for text in decided.results]
        lines.append(f"  reason: {_one_line(decided.reason)}")
        lines.append(f"  panellists read: {_one_line(decided.told)}")
    return "\n".join(lines) + "\n"


def _line(text: OutcomeText) -> str:
    parts = (text.label, text.descriptor, text.plain, f"section: {text.domain}")
    return " | ".join(_one_line(part) for part in parts if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())
