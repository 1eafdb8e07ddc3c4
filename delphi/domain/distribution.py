"""The small picture of how a group answered: where each bar stands, in units of the picture's viewBox."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH = 200.0
HEIGHT = 92.0
SIDE = 10.0
TOP = 4.0
BASELINE = 56.0
GAP_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One point of the scale. `share` is of the group's scores; `own` marks the viewer's own answer."""

    score: int
    count: int
    share: float
    x: float
    y: float
    width: float
    height: float
    own: bool
    emphasised: bool

    @property
    def middle(self) -> float:
        """Where the point's number is centred."""
        return round(self.x + self.width / 2, 2)

    @property
    def outline(self) -> str:
        """The bar as a piece of an SVG path."""
        return f"M{self.x:g} {self.y:g}h{self.width:g}v{self.height:g}h-{self.width:g}z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """A group's answers as bars from the lowest to the highest point; `n` counts the scores."""

    bars: tuple[Bar, ...]
    n: int
    width: float = WIDTH
    height: float = HEIGHT
    baseline: float = BASELINE

    @property
    def own(self) -> Bar | None:
        """The bar of the viewer's own answer, None where there is none to mark."""
        return next((bar for bar in self.bars if bar.own), None)

    @property
    def plain_outline(self) -> str:
        """The bars that are not emphasised, as one SVG path."""
        return "".join(bar.outline for bar in self.bars if bar.count and not bar.emphasised)

    @property
    def emphasised_outline(self) -> str:
        """The emphasised bars, as one SVG path."""
        return "".join(bar.outline for bar in self.bars if bar.count and bar.emphasised)


def tallest_share(counts: Sequence[Sequence[int]]) -> Fraction:
    """The largest share that one point has in any of the groups; 0 where nobody answered.

    Pictures that stand side by side are drawn against it, so that equal bars mean equal shares.
    """
    return max((Fraction(max(row), sum(row)) for row in counts if sum(row)), default=Fraction(0))


def distribution_of(
    counts: Sequence[int],
    *,
    low: int,
    own: int | None = None,
    emphasised: range = range(0),
    tallest: Fraction | None = None,
) -> Distribution:
    """Draw one group's counts, one for each point from `low` up.

    `own` is the viewer's own score; scores in `emphasised` are drawn stronger; a bar of the share `tallest`
    fills the picture's height (None: the largest share of these counts). Raises ValueError for a negative
    count or for no point at all.
    """
    if not counts or min(counts) < 0:
        raise ValueError("counts: one whole number from 0 up for each point of the scale")
    n = sum(counts)
    full = tallest if tallest is not None else tallest_share([counts])
    slot = (WIDTH - 2 * SIDE) / len(counts)
    bars = tuple(
        _bar(
            score,
            count,
            place=SIDE + place * slot,
            slot=slot,
            rise=_rise(count, n, full),
            n=n,
            marks=(own, emphasised),
        )
        for place, (score, count) in enumerate(enumerate(counts, start=low))
    )
    return Distribution(bars=bars, n=n)


def _rise(count: int, n: int, full: Fraction) -> float:
    """How much of the picture's height a bar fills, from 0 to 1."""
    if not count or not full:
        return 0.0
    return float(min(Fraction(count, n) / full, Fraction(1)))


def _bar(
    score: int, count: int, *, place: float, slot: float, rise: float, n: int, marks: tuple[int | None, range]
) -> Bar:
    own, emphasised = marks
    height = round(rise * (BASELINE - TOP), 2)
    gap = slot * GAP_SHARE
    return Bar(
        score=score,
        count=count,
        share=count / n if n else 0.0,
        x=round(place + gap / 2, 2),
        y=round(BASELINE - height, 2),
        width=round(slot - gap, 2),
        height=height,
        own=score == own,
        emphasised=score in emphasised,
    )
