"""How a group answered, in words: from counts alone, without a pass mark and without praise or blame."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from analysis.counts import ResponseCounts
from analysis.disclosure import hidden_figures
from analysis.study.records import Missing
from analysis.study.scale import Scale

FEW_ANSWERS = 10


class Pattern(StrEnum):
    """What the answers of a group look like."""

    NOBODY = "nobody"
    ALL = "all"
    MOST = "most"
    SPLIT = "split"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of neighbouring points, lowest to highest."""

    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The pattern of a group's answers and the spans that it names; `few` warns of a small number."""

    pattern: Pattern
    spans: tuple[Span, ...] = ()
    n: int
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """A panellist's own earlier answer; both None: no answer was given."""

    score: int | None = None
    missing: Missing | None = None


def feedback_of(
    counts: ResponseCounts, *, group_labels: Mapping[str, str], scale: Scale, minimum: int
) -> dict[str, str]:
    """How the groups answered each outcome, as one sentence an outcome.

    Parameters
    ----------
    counts
        Answers over the points of `scale`.
    group_labels
        Group code → its name.
    minimum
        The smallest number of answers with which a group is shown.

    Returns
    -------
    dict
        Outcome → sentence; "" where no group may be shown.

    Raises
    ------
    ValueError
        If `counts` is not over the points of `scale`, or a group has no label.

    Notes
    -----
    Left out are groups with fewer answers than `minimum`, and those that `analysis.disclosure` hides with
    them, since an analyst has the figures of all groups together. (A page that gives no total need not hide
    the latter: it calls `groups_sentence` itself.) Nobody who gave no number is counted.
    """
    if counts.categories != tuple(scale.points):
        raise ValueError(f"counts: categories {counts.categories}, expected the points of scale {scale.code}")
    unnamed = set(counts.groups) - set(group_labels)
    if unnamed:
        raise ValueError(f"group_labels: no label for {', '.join(sorted(unnamed))}")
    spans = spans_of(scale)
    sentences = {}
    for outcome, by_group in zip(counts.outcomes, counts.counts.swapaxes(0, 1).tolist(), strict=True):
        shapes = {
            group: shape_of(numbers, low=scale.low, spans=spans)
            for group, numbers in zip(counts.groups, by_group, strict=True)
        }
        shown = _shown_groups({group: shape.n for group, shape in shapes.items()}, minimum=minimum)
        sentences[outcome] = groups_sentence([(group_labels[group], shapes[group]) for group in shown])
    return sentences


def _shown_groups(n_by_group: Mapping[str, int], *, minimum: int) -> list[str]:
    hidden = hidden_figures(n_by_group, minimum=minimum, weights=dict.fromkeys(n_by_group, Fraction(1)))
    return [group for group, n in n_by_group.items() if n >= minimum and group not in hidden.groups]


def spans_of(scale: Scale) -> tuple[Span, ...]:
    """The parts of a scale that words name, lowest first: its boxes if they cover it, else about thirds."""
    boxes = sorted(scale.boxes, key=lambda box: box.low)
    covered = [score for box in boxes for score in range(box.low, box.high + 1)]
    if len(boxes) > 1 and covered == list(scale.points):
        return tuple(Span(box.low, box.high) for box in boxes)
    return _thirds(scale.low, scale.high)


def _thirds(low: int, high: int) -> tuple[Span, ...]:
    """Two ends of equal length, and what is between them, if anything is."""
    end = max(1, (high - low + 2) // 3)
    between = (Span(low + end, high - end),) if low + end <= high - end else ()
    return Span(low, low + end - 1), *between, Span(high - end + 1, high)


def shape_of(counts: Sequence[int], *, low: int, spans: Sequence[Span]) -> Shape:
    """The pattern of one group's counts (for each point from `low` up), judged over `spans` (lowest first).

    In this order: all in one point or span; a third or more at each end; more than half in one span; spread.
    """
    n = sum(counts)
    chosen = [score for score, count in enumerate(counts, start=low) if count]
    sizes = [sum(counts[span.low - low : span.high - low + 1]) for span in spans]
    pattern, named = _pattern(n, chosen=chosen, sizes=sizes, spans=spans)
    return Shape(pattern=pattern, spans=named, n=n, few=0 < n < FEW_ANSWERS)


def _pattern(
    n: int, *, chosen: Sequence[int], sizes: Sequence[int], spans: Sequence[Span]
) -> tuple[Pattern, tuple[Span, ...]]:
    if not n:
        return Pattern.NOBODY, ()
    if len(chosen) == 1:
        return Pattern.ALL, (Span(chosen[0], chosen[0]),)
    largest = max(sizes)
    fullest = spans[sizes.index(largest)]
    if largest == n:
        return Pattern.ALL, (fullest,)
    if 3 * sizes[0] >= n and 3 * sizes[-1] >= n:
        return Pattern.SPLIT, (spans[0], spans[-1])
    if 2 * largest > n:
        return Pattern.MOST, (fullest,)
    return Pattern.SPREAD, ()


def own_sentence(own: OwnAnswer | None) -> str:
    """A panellist's own earlier answer as a sentence; None or an empty answer: none was given."""
    if own is None or (own.score is None and own.missing is None):
        return "You did not answer this."
    if own.score is not None:
        return f"You chose {own.score}."
    return "You skipped this." if own.missing is Missing.SKIPPED else "You said that you cannot say."


def groups_sentence(shapes: Sequence[tuple[str, Shape]]) -> str:
    """How the groups answered, as one sentence; `shapes` are pairs of a group's label and its shape.

    Groups whose answers look the same share a clause, unless few answered. "" where there is no group.
    """
    together: dict[tuple[Pattern, tuple[Span, ...], int | None], list[str]] = {}
    for label, shape in shapes:
        key = (shape.pattern, shape.spans, shape.n if shape.few else None)
        together.setdefault(key, []).append(_lowered(label))
    clauses = [_clause(_listed(labels), *key) for key, labels in together.items()]
    if not clauses:
        return ""
    whole = "; ".join(clauses)
    return f"{whole[0].upper()}{whole[1:]}."


def _clause(people: str, pattern: Pattern, spans: tuple[Span, ...], few: int | None) -> str:
    match pattern:
        case Pattern.NOBODY:
            words = f"no {people} chose a number"
        case Pattern.ALL:
            words = f"all {people} chose {spans[0]}"
        case Pattern.MOST:
            words = f"most {people} chose {spans[0]}"
        case Pattern.SPLIT:
            words = f"{people} were split: some chose {spans[0]}, others {spans[-1]}"
        case Pattern.SPREAD:
            words = f"{people} chose many different numbers"
    return words if few is None else f"{words} (only {few} answered)"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _lowered(label: str) -> str:
    """The label inside a sentence; an abbreviation such as "NHS staff" keeps its capitals."""
    return label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"
