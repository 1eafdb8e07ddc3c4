"""What every figure shares: its caption, its sheet of paper, and the files that it becomes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from analysis.figures.caption_lines import foot_block, head_block
from analysis.figures.lettering import FAMILY, LINE_PITCH, TEXT_SIZE, printable
from analysis.figures.palette import INK, PAPER, Fill
from analysis.figures.paper import INCH, MARGIN, WIDTH, Box, Point
from analysis.figures.svg import page_ready

FORMATS = ("svg", "pdf", "png")
PNG_DPI = 200

_SYNTHETIC = Fill("#efefef")
_HALF_A_CAPITAL = 0.365  # of the size of the letters

# DejaVu Sans descends from Verdana: a reader without it sees words of nearly the same width.
_SVG_FAMILIES = f"{FAMILY}, Verdana, Geneva, sans-serif"

# What Matplotlib reads when it writes a file, whatever the program around us has set.
_WRITING: dict[Any, Any] = {
    # Words stay words: they can be searched, selected and enlarged, the file is smaller, and a script that
    # our font lacks is shown in the reader's. Outlines would look the same everywhere, but only that.
    "svg.fonttype": "none",
    "svg.hashsalt": "chorus",
    "svg.id": None,
    "pdf.fonttype": 42,  # TrueType: journals refuse the other kind
    "pdf.compression": 6,
    "pdf.use14corefonts": False,
    "pdf.inheritcolor": False,
    "path.simplify": True,
    "path.simplify_threshold": 1 / 9,
    "path.snap": True,
    "text.hinting": "none",
    "savefig.bbox": None,
    "savefig.transparent": False,
}
# Those settings belong to the whole process, so that figures are written one at a time.
_WRITING_LOCK = Lock()

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Caption:
    """What every figure says in its picture; ValueError where the title, n or the rule is empty.

    `title`: the question that it answers, in plain words. `n`: of whom, in words ("64 people rated").
    `rule`: the sentence of the definition behind it. `synthetic`: why its data are not real; empty where
    they are. `note`: anything else.
    """

    title: str
    n: str
    rule: str
    synthetic: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "n", "rule"):
            if not printable(getattr(self, name)):
                raise ValueError(f"{name}: no figure goes without it")

    def described(self, summary: str) -> str:
        """Return what stands for the picture where it cannot be seen; `summary` is one sentence."""
        synthetic = f"Synthetic: {self.synthetic}" if printable(self.synthetic) else ""
        parts = map(printable, (synthetic, summary, self.n, f"Rule: {self.rule}", self.note))
        return " ".join(part if part[-1] in ".!?" else f"{part}." for part in parts if part)


class Sheet(Figure):
    """A sheet 16 cm wide with its caption; what is drawn on it is placed in points from the top left.

    The figure's own drawing begins at `top` and ends at `bottom`. Every property of what is drawn is
    given here, so that the settings of the program around us change nothing.
    """

    def __init__(self, caption: Caption, *, summary: str, body: float) -> None:
        """Take the height of the figure's own drawing; the caption makes its own room."""
        head = head_block(title=caption.title, n=caption.n, synthetic=caption.synthetic)
        self.top, self.bottom = head.end, head.end + body
        foot = foot_block(self.bottom, rule=caption.rule, note=caption.note)
        self.height = foot.end + MARGIN
        super().__init__(
            figsize=(WIDTH / INCH, self.height / INCH),
            dpi=PNG_DPI,
            facecolor=PAPER,
            edgecolor=PAPER,
            linewidth=0.0,
            frameon=True,
        )
        self.set_layout_engine("none")
        _as_given(self.patch)
        self.caption, self.summary = caption, summary
        self._points = Affine2D().scale(1 / WIDTH, -1 / self.height).translate(0, 1) + self.transFigure
        if head.frame:
            self.box(head.frame, _SYNTHETIC, edge=INK, edge_width=0.8)
        for line in (*head.lines, *foot.lines):
            self.write(line.x, line.y, line.text, bold=line.bold, size=line.size)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        align: Align = "left",
        bold: bool = False,
        size: float = TEXT_SIZE,
        colour: str = INK,
        upright: bool = False,
    ) -> None:
        """Write one line of words whose letters' middle is at `y`, or, `upright`, upwards from `y`."""
        if not text:
            return
        down = size * _HALF_A_CAPITAL
        words = Text(
            x + down if upright else x,
            y if upright else y + down,
            text,
            color=colour,
            fontproperties=FontProperties(family=[FAMILY], size=size, weight="bold" if bold else "normal"),
            horizontalalignment=align,
            verticalalignment="baseline",
            rotation=90 if upright else 0,
            rotation_mode="anchor",
            parse_math=False,
            usetex=False,
            antialiased=True,
        )
        self._place(words, 3)

    def paragraph(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        align: Align = "left",
        bold: bool = False,
        colour: str = INK,
    ) -> None:
        """Write lines, one below the other, with the middle of them all at `y`."""
        first = y - (len(lines) - 1) * LINE_PITCH / 2
        for at, line in enumerate(lines):
            self.write(x, first + at * LINE_PITCH, line, align=align, bold=bold, colour=colour)

    def upright(self, x: float, y: float, lines: Sequence[str], *, bold: bool = False) -> None:
        """Write lines upwards from `y`, one beside the other, with the middle of them all at `x`."""
        first = x - (len(lines) - 1) * LINE_PITCH / 2
        for at, line in enumerate(lines):
            self.write(first + at * LINE_PITCH, y, line, bold=bold, upright=True)

    def boxes(
        self,
        boxes: Iterable[Box],
        fill: Fill,
        *,
        edge: str | None = None,
        edge_width: float = 0.5,
        order: float = 1,
    ) -> None:
        """Fill rectangles, each (left, top, right, bottom), all in one way."""
        corners = [
            [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
            for left, top, right, bottom in boxes
        ]
        if corners:
            codes = [Outline.MOVETO, *[Outline.LINETO] * 3, Outline.CLOSEPOLY] * len(corners)
            outline = Outline([point for box in corners for point in box], codes)
            self.area(outline, fill, edge=edge, edge_width=edge_width, order=order)

    def box(self, box: Box, fill: Fill, *, edge: str | None = None, edge_width: float = 0.5) -> None:
        """Fill one rectangle (left, top, right, bottom)."""
        self.boxes([box], fill, edge=edge, edge_width=edge_width)

    def area(
        self,
        outline: Outline,
        fill: Fill,
        *,
        edge: str | None = None,
        edge_width: float = 0.5,
        order: float = 1,
    ) -> None:
        """Fill an outline."""
        patch = PathPatch(
            outline,
            facecolor=fill.colour,
            edgecolor=edge or "none",
            linewidth=edge_width if edge else 0.0,
            antialiased=True,
            capstyle="butt",
            joinstyle="miter",
        )
        if fill.hatch:
            patch.set_hatch(fill.hatch)
            patch.set_hatch_linewidth(0.6)
            patch.set_hatchcolor(fill.hatch_colour)
        self._place(patch, order)

    def line(
        self,
        points: Sequence[Point],
        *,
        colour: str = INK,
        width: float = 0.8,
        dashes: Sequence[float] = (),
        order: float = 2,
    ) -> None:
        """Draw a line through `points`; `dashes`: lengths on and off, in points."""
        stroke = _marks(points, colour)
        stroke.set_linewidth(width)
        stroke.set_linestyle((0, tuple(dashes)) if dashes else "-")
        self._place(stroke, order)

    def marks(
        self,
        points: Sequence[Point],
        *,
        marker: str = "o",
        size: float = 5.0,
        colour: str = INK,
        hollow: bool = False,
        edge_width: float = 1.0,
        order: float = 2.5,
    ) -> None:
        """Set one mark at each point; a hollow one shows the paper within."""
        if not points:
            return
        stroke = _marks(points, colour)
        stroke.set_linestyle("none")
        stroke.set_marker(marker)
        stroke.set_markersize(size)
        stroke.set_markeredgewidth(edge_width)
        stroke.set_markeredgecolor(colour)
        stroke.set_markerfacecolor(PAPER if hollow else colour)
        self._place(stroke, order)

    def _place(self, artist: Artist, order: float) -> None:
        artist.set_zorder(order)
        artist.set_transform(self._points)
        _as_given(artist)
        self.add_artist(artist)


def rendered(figure: Figure, file_format: str) -> bytes:
    """Return the file that `figure` becomes, the same bytes every time.

    Parameters
    ----------
    figure : Figure
        As the functions of this package return it; another's is written without title and description.
    file_format : {"svg", "pdf", "png"}

    Returns
    -------
    bytes
        An SVG has no XML declaration, no style attribute and ids of its own, and may stand in a page.

    Raises
    ------
    ValueError
        For another format.

    Notes
    -----
    No date, no version and no random name is written; another version of Matplotlib may still write other
    bytes. Figures are written one at a time, since Matplotlib's settings belong to the process. A script
    that DejaVu Sans lacks, such as Chinese, shows as boxes in PDF and PNG, of which Matplotlib warns.
    """
    if file_format not in FORMATS:
        raise ValueError(f"file_format: {file_format!r} is not one of {', '.join(FORMATS)}")
    title, description = "", ""
    if isinstance(figure, Sheet):
        title, description = printable(figure.caption.title), figure.caption.described(figure.summary)
    metadata: dict[str, dict[str, str | None]] = {
        "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
        "pdf": {
            "Creator": None,
            "Producer": None,
            "CreationDate": None,
            "Title": title,
            "Subject": description,
        },
        "png": {"Software": None, "Title": title, "Description": description},
    }
    file = BytesIO()
    with _WRITING_LOCK, mpl.rc_context(_WRITING):
        FigureCanvasAgg(figure)  # a used canvas remembers widths that it measured under other settings
        figure.savefig(
            file,
            format=file_format,
            dpi=PNG_DPI,
            facecolor=PAPER,
            edgecolor=PAPER,
            metadata=metadata[file_format],
        )
    if file_format == "svg":
        return page_ready(file.getvalue(), title=title, description=description, families=_SVG_FAMILIES)
    return file.getvalue()


def save(figure: Figure, path_without_suffix: Path | str, *, formats: Sequence[str] = FORMATS) -> None:
    """Write `figure` as files that differ in their suffix only.

    Parameters
    ----------
    figure : Figure
    path_without_suffix : Path or str
        Where to; the format is added to the name, even to one that has a dot.
    formats : sequence of {"svg", "pdf", "png"}

    Raises
    ------
    ValueError
        For another format; nothing is written then.
    """
    path = Path(path_without_suffix)
    files = {file_format: rendered(figure, file_format) for file_format in formats}
    for file_format, content in files.items():
        path.with_name(f"{path.name}.{file_format}").write_bytes(content)


def _as_given(artist: Artist) -> None:
    """Drop the effects that the program around us may have asked for, such as lines as if by hand."""
    artist.set_path_effects([])
    artist.set_sketch_params(None)


def _marks(points: Sequence[Point], colour: str) -> Line2D:
    return Line2D(
        [x for x, _ in points],
        [y for _, y in points],
        color=colour,
        linewidth=0.0,
        linestyle="-",
        marker="none",
        antialiased=True,
        solid_capstyle="butt",
        dash_capstyle="butt",
        solid_joinstyle="round",
        dash_joinstyle="round",
        drawstyle="default",
        fillstyle="full",
    )
