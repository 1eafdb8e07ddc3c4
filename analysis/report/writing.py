"""Writing the report: a file a table, a file a figure and format, one page, one manifest."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from analysis import __version__
from analysis.figures.drawing import FORMATS, rendered
from analysis.report.page import PageFigure, page_of
from analysis.report.parts import Draw, Section
from analysis.report.sections import sections_of
from analysis.study.study import Study

PAGE, MANIFEST = "report.html", "manifest.json"
_LIBRARIES = ("numpy", "scipy", "matplotlib")

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to compute: panels drawn, the seed of chance, the formats of figures (none: no figures)."""

    replicates: int = 2000
    seed: int = 1
    formats: tuple[str, ...] = FORMATS


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: every part of the report, and the files' names below the folder."""

    sections: tuple[Section, ...]
    files: tuple[str, ...]


def write_report(
    study: Study,
    out: Path,
    *,
    inputs: Sequence[Path],
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Written:
    """Write the whole analysis of `study` into the folder `out`.

    Parameters
    ----------
    study : the study, as read from `inputs`.
    out : a folder, made if it is not there; files of the same names are written over, others are left.
    inputs : the files that the study was read from, hashed into the manifest.
    settings : default: 2,000 panels drawn, seed 1, figures as SVG, PDF and PNG.
    progress : called with (done, all, what is next) as the work goes on.

    Returns
    -------
    Written

    Raises
    ------
    OSError
        Where a file cannot be written.

    Notes
    -----
    The same input, settings and versions of the libraries give the same bytes: no time and no path is
    written.
    """
    chosen = settings or Settings()
    sections = tuple(sections_of(study, replicates=chosen.replicates, seed=chosen.seed))
    drawings = sum(len(section.figures) for section in sections) if chosen.formats else 0
    files: dict[str, bytes] = {}
    pictures: dict[str, list[PageFigure]] = {}
    for at, (section, code, draw) in enumerate(_drawings(sections) if chosen.formats else ()):
        if progress:
            progress(at, drawings, f"{section.title}: {code}")
        name, figure = f"figures/{section.code}_{code}", draw()
        made = {fmt: rendered(figure, fmt) for fmt in dict.fromkeys((*chosen.formats, "svg"))}
        files |= {f"{name}.{fmt}": made[fmt] for fmt in chosen.formats}
        inline = made["svg"].decode("utf-8")
        pictures.setdefault(section.code, []).append(PageFigure(name, inline, chosen.formats))
    files |= {
        f"tables/{section.code}_{one.code}.csv": one.to_csv().encode("utf-8")
        for section in sections
        for one in section.tables
    }
    page = page_of(study, sections, pictures, version=__version__, replicates=chosen.replicates)
    files[PAGE] = page.encode("utf-8")
    files[MANIFEST] = _manifest(study, inputs, chosen, files).encode("utf-8")
    _write(out, files)
    if progress:
        progress(drawings, drawings, "written")
    return Written(sections, tuple(files))


def _drawings(sections: Sequence[Section]) -> Iterator[tuple[Section, str, Draw]]:
    for section in sections:
        for code, draw in section.figures:
            yield section, code, draw


def _manifest(study: Study, inputs: Sequence[Path], settings: Settings, files: dict[str, bytes]) -> str:
    """Return what the report was made from and by, and what came out, each file with its SHA-256."""
    found = {
        "study": study.protocol.study.code,
        "synthetic": study.protocol.study.note if study.is_synthetic else "",
        "analysis": __version__,
        "libraries": {name: version(name) for name in _LIBRARIES},
        "settings": {"replicates": settings.replicates, "seed": settings.seed},
        "inputs": [{"file": path.name, "sha256": _sha256(path.read_bytes())} for path in inputs],
        "outputs": [{"file": name, "sha256": _sha256(content)} for name, content in sorted(files.items())],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(out: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
