"""A group's answers as a row of tiny bars, small enough for a cell of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

BAR, GAP, HEIGHT = 5, 1, 20


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Outlines of the bars outside and inside the box that counts, as SVG path data."""

    width: int
    height: int
    outside: str
    inside: str


def sparkline(counts: Sequence[int], *, low: int, box: range, tallest: float) -> Sparkline:
    """Draw counts, one for each point from `low` up; a bar with the share `tallest` has the full height.

    An answer that somebody gave is never drawn lower than a pixel.
    """
    n = sum(counts)
    outlines: dict[bool, list[str]] = {True: [], False: []}
    for place, count in enumerate(counts):
        if count:
            height = max(1, round(HEIGHT * count / n / tallest))
            x = place * (BAR + GAP)
            outlines[low + place in box].append(f"M{x} {HEIGHT}v-{height}h{BAR}v{height}z")
    width = len(counts) * (BAR + GAP) - GAP
    return Sparkline(width, HEIGHT, "".join(outlines[False]), "".join(outlines[True]))
