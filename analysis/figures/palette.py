"""Fills that keep apart in greyscale, for colour-blind readers, and on a poor printer."""

from dataclasses import dataclass
from functools import lru_cache

INK = "#1c1c1c"
SOFT_INK = "#4a4a4a"
RULE = "#9a9a9a"
OUTLINE = "#6e6e6e"
HAIRLINE = "#d4d4d4"
PAPER = "#ffffff"

# Neighbours in a bar differ by at least this much in CIE lightness (0 black to 100 white).
LEAST_STEP = 8.0

_BLUE = (31, 84, 148)
_OCHRE = (201, 124, 42)
_GREY = (150, 150, 150)


@dataclass(frozen=True, slots=True)
class Fill:
    """How an area is filled: a colour, a hatch over it, and the colour of words that stand in it."""

    colour: str
    hatch: str = ""
    hatch_colour: str = INK

    @property
    def ink(self) -> str:
        """Black or white, whichever reads better on it."""
        return INK if lightness(self.colour) > 58 else PAPER


def lightness(colour: str) -> float:
    """Return the CIE lightness L* of "#rrggbb", which is also how dark it prints in grey."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


@lru_cache(maxsize=256)
def shade(hue: tuple[int, int, int], light: float) -> str:
    """Return `hue` (red, green, blue) mixed with black or white until its lightness is `light`."""
    low, high = -1.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if lightness(_mixed(hue, middle)) < light else (low, middle)
    return _mixed(hue, high)


def _mixed(hue: tuple[int, int, int], toward_white: float) -> str:
    end, part = (255, toward_white) if toward_white > 0 else (0, -toward_white)
    return "#" + "".join(f"{round(value + (end - value) * part):02x}" for value in hue)


# From dark to light, each at least `LEAST_STEP` from the next.
DARK = Fill(shade(_BLUE, 32))
MEDIUM = Fill(shade(_BLUE, 58))
PALE = Fill(shade(_BLUE, 74))
LIGHT = Fill(shade(_BLUE, 88))
BLANK = Fill(PAPER)
CLEAR = Fill("none")
HATCHED = Fill(shade(_OCHRE, 66), "////", shade(_OCHRE, 40))
OPEN_HATCHED = Fill(PAPER, "\\\\\\\\", shade(_BLUE, 58))


def diverging_fills(below: int, middle: int, above: int) -> tuple[Fill, ...]:
    """Return a fill for each category of a scale, lowest first.

    The lower side is ochre and hatched, the upper blue, the middle grey; each side grows darker outward.
    Neighbours are `LEAST_STEP` apart with up to five categories a side and three in the middle.
    """
    lower = _steps(below, 46, 78) if below > 1 else [66.0] * below
    upper = _steps(above, 78, 28) if above > 1 else [34.0] * above
    half = _steps((middle + 1) // 2, 86, 95) if middle > 1 else [88.0] * middle
    centre = half + half[::-1][middle % 2 :] if middle != 2 else [86.0, 95.0]
    return (
        *(Fill(shade(_OCHRE, light), "////", shade(_OCHRE, light - 26)) for light in lower),
        *(Fill(shade(_GREY, light)) for light in centre),
        *(Fill(shade(_BLUE, light)) for light in upper),
    )


def _steps(number: int, first: float, last: float) -> list[float]:
    if number == 1:
        return [last]
    return [first + (last - first) * at / (number - 1) for at in range(number)]
