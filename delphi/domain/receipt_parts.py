"""A receipt's text taken apart again, to be set on paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from delphi.domain.receipt import RULE

# What was fixed about deciding comes before the list, which may be long; the rest stays in its order.
FIRST = ("Consensus definition", "Weights", "Quantiles", "Groups", "Feedback", "What is asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPart:
    """A part of a receipt; `lines` as they stand in its text, with their indentation."""

    title: str
    lines: tuple[str, ...]


def parts_of_receipt(text: str) -> tuple[ReceiptPart, ...]:
    """Return every part that has a title, those about deciding first.

    A line of a study's author is indented, marked or begins with words of ours, so none passes for a title.
    """
    parts = tuple(_parts(text.split("\n")))
    places = {title: place for place, title in enumerate(FIRST)}
    return tuple(sorted(parts, key=lambda part: places.get(part.title, len(FIRST))))


def head_of_receipt(text: str) -> tuple[tuple[str, str], ...]:
    """Return what stands before the parts, such as the study and the round, as pairs of name and words."""
    head = text.split(f"\n\n{RULE}\n", 1)[0].split("\n")
    pairs = (line.partition(": ") for line in "\n".join(head).replace("\n| ", " ").split("\n"))
    return tuple((name, words) for name, colon, words in pairs if colon)


def _parts(lines: list[str]) -> Iterator[ReceiptPart]:
    starts = [
        place
        for place in range(len(lines) - 2)
        if lines[place] == RULE == lines[place + 2] and lines[place + 1] not in ("", RULE)
    ]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield ReceiptPart(title=lines[start + 1], lines=_trimmed(lines[start + 3 : end]))


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    while lines and not lines[-1]:
        lines = lines[:-1]
    return tuple(lines)
