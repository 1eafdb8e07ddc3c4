"""How many had started and finished, day by day, as a picture: pure geometry, the template draws."""

from collections.abc import Sequence
from dataclasses import dataclass

from delphi.domain.funnel import Day

WIDTH, HEIGHT = 640.0, 160.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Two areas under steps, one step a day, as SVG path data; `top` people are as high as the picture."""

    width: float
    height: float
    top: int
    started: str
    finished: str


def timeline(days: Sequence[Day], *, top: int) -> Timeline:
    """Draw the days; `top`: how many there could be, or more where more have started."""
    highest = max([top, 1, *(day.started for day in days), *(day.finished for day in days)])
    return Timeline(
        width=WIDTH,
        height=HEIGHT,
        top=highest,
        started=_steps([day.started for day in days], highest=highest),
        finished=_steps([day.finished for day in days], highest=highest),
    )


def _steps(numbers: Sequence[int], *, highest: int) -> str:
    """Return the outline of the area under a row of steps."""
    step = WIDTH / max(1, len(numbers))
    heights = (HEIGHT * (1 - number / highest) for number in numbers)
    path = "".join(f"V{height:.1f}H{step * at:.1f}" for at, height in enumerate(heights, start=1))
    return f"M0 {HEIGHT:.1f}{path}V{HEIGHT:.1f}Z"
