"""What a reader of a figure finds in it."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, fromstring

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from numpy.typing import NDArray

from analysis.figures.drawing import rendered

SVG = "{http://www.w3.org/2000/svg}"


def svg_of(figure: Figure | bytes) -> Element:
    """The parsed SVG, of a figure or of its file."""
    content = rendered(figure, "svg") if isinstance(figure, Figure) else figure
    return fromstring(content)  # noqa: S314  # our own


def words_of(figure: Figure | bytes) -> str:
    """Everything written in the SVG, line after line."""
    return " ".join(text.text or "" for text in svg_of(figure).iter(f"{SVG}text"))


def texts_of(figure: Figure) -> list[Text]:
    """The lines of words that a figure draws."""
    return [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]


def lines_of(figure: Figure) -> list[Line2D]:
    """The lines and rows of marks that a figure draws, in the order in which it was given them."""
    return [line for line in figure.findobj(Line2D) if isinstance(line, Line2D)]


def patches_of(figure: Figure) -> list[PathPatch]:
    """The areas that a figure draws."""
    return [patch for patch in figure.findobj(PathPatch) if isinstance(patch, PathPatch)]


def corners_of(patch: PathPatch) -> NDArray[np.float64]:
    """The corners of an area, (N, 2), in points."""
    return np.asarray(patch.get_path().vertices, dtype=np.float64)


def marks_in(lines: Iterable[Line2D]) -> list[tuple[float, float]]:
    """Where each mark of these lines stands, in points from the top left corner."""
    return [(float(x), float(y)) for line in lines for x, y in np.asarray(line.get_xydata())]


def boxes_of(figure: Figure) -> NDArray[np.float64]:
    """The box (left, bottom, right, top) of each line of words, in points."""
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]  # Matplotlib's
    boxes = [text.get_window_extent(renderer).extents for text in texts_of(figure)]
    return np.array(boxes) * 72 / figure.dpi


def overlaps(boxes: NDArray[np.float64], *, slack: float) -> list[tuple[int, int]]:
    """Pairs of boxes that share more than `slack` points in both directions."""
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    shared = np.triu((high - low > slack).all(axis=-1), k=1)
    return [(int(first), int(second)) for first, second in np.argwhere(shared)]
