"""What a reader of a figure finds in it."""

from xml.etree.ElementTree import Element, fromstring

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from numpy.typing import NDArray

from analysis.figures.drawing import rendered

SVG = "{http://www.w3.org/2000/svg}"


def svg_of(figure: Figure) -> Element:
    """The parsed SVG."""
    return fromstring(rendered(figure, "svg"))  # noqa: S314  # our own


def words_of(figure: Figure) -> str:
    """Everything written in the SVG, line after line."""
    return " ".join(text.text or "" for text in svg_of(figure).iter(f"{SVG}text"))


def texts_of(figure: Figure) -> list[Text]:
    """The lines of words that a figure draws."""
    return [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]


def boxes_of(figure: Figure) -> NDArray[np.float64]:
    """The box (left, bottom, right, top) of each line of words, in points."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [text.get_window_extent(renderer).extents for text in texts_of(figure)]
    return np.array(boxes) * 72 / figure.dpi


def overlaps(boxes: NDArray[np.float64], *, slack: float) -> list[tuple[int, int]]:
    """Pairs of boxes that share more than `slack` points in both directions."""
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    shared = np.triu((high - low > slack).all(axis=-1), k=1)
    return [(int(first), int(second)) for first, second in np.argwhere(shared)]
