"""The files that figures become: whole, the same every time, and fit for a page."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from analysis.figures.drawing import FORMATS, Caption, rendered, save
from analysis.figures.verdict_stability import StableVerdict, verdict_stability
from analysis.study.rules import Verdict
from tests.figures.gallery import CAPTION, FIGURES
from tests.figures.reading import SVG, boxes_of, svg_of, words_of

ROOT = Path(__file__).parents[2]
BEGINNINGS = {"svg": b"<svg ", "pdf": b"%PDF-", "png": b"\x89PNG\r\n"}


@pytest.fixture(params=sorted(FIGURES))
def name(request: pytest.FixtureRequest) -> str:
    """Each figure in turn."""
    one: str = request.param
    return one


@cache
def files_of(name: str) -> dict[str, bytes]:
    """A figure in every format, drawn once for all tests."""
    return drawn_anew(name, FORMATS)


def drawn_anew(name: str, formats: Sequence[str]) -> dict[str, bytes]:
    """A figure drawn now."""
    figure = FIGURES[name](3)
    return {file_format: rendered(figure, file_format) for file_format in formats}


@pytest.fixture
def strange_settings(name: str) -> Iterator[None]:
    """A program around us that likes large white serif letters on black, drawn as if by hand."""
    files_of(name)  # before the settings change
    settings: dict[Any, Any] = {
        "font.size": 30.0,
        "font.family": ["serif"],
        "text.color": "white",
        "text.hinting": "native",
        "figure.facecolor": "black",
        "figure.autolayout": True,
        "savefig.bbox": "tight",
        "savefig.facecolor": "black",
        "savefig.transparent": True,
        "svg.fonttype": "path",
        "svg.hashsalt": "other",
        "pdf.fonttype": 3,
        "path.sketch": (3, 100, 2),
        "lines.linewidth": 9.0,
        "lines.marker": "x",
        "hatch.linewidth": 5.0,
        "hatch.color": "pink",
        "patch.edgecolor": "pink",
        "patch.force_edgecolor": True,
    }
    with mpl.rc_context(settings):
        yield


def test_every_figure_becomes_a_file_of_each_format(name: str) -> None:
    for file_format, content in files_of(name).items():
        assert content.startswith(BEGINNINGS[file_format])


@pytest.mark.usefixtures("strange_settings")
def test_a_figure_drawn_again_has_the_same_bytes_whatever_the_settings_around(name: str) -> None:
    # PDF and PNG take long, and letters and areas get into them the same way: two figures stand for all.
    formats = FORMATS if name in ("path_flow", "sensitivity_heat_map") else ("svg",)
    assert drawn_anew(name, formats) == {kind: files_of(name)[kind] for kind in formats}


def test_another_process_with_other_hashes_writes_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.figures.gallery import FIGURES; "
        "from analysis.figures.drawing import FORMATS, rendered; "
        "print(*(hashlib.sha256(rendered(FIGURES['path_flow'](3), f)).hexdigest() for f in FORMATS))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77", "SOURCE_DATE_EPOCH": "77"}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    here = files_of("path_flow")
    assert run.stdout.split() == [hashlib.sha256(here[kind]).hexdigest() for kind in FORMATS]


def test_threads_write_the_same_bytes_as_one_alone() -> None:
    names = ["path_flow", "leavers", "attrition_flow"] * 4
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda name: rendered(FIGURES[name](3), "svg"), names))
    assert together == [files_of(name)["svg"] for name in names]


def test_a_figure_that_was_measured_or_written_before_has_the_same_bytes() -> None:
    figure = FIGURES["ballot_bump"](3)
    boxes_of(figure)
    first = rendered(figure, "png")
    assert first == files_of("ballot_bump")["png"]
    assert rendered(figure, "svg") == files_of("ballot_bump")["svg"]
    assert rendered(figure, "png") == first


def test_no_file_says_when_or_by_which_version_it_was_written() -> None:
    for content in files_of("path_flow").values():
        assert b"atplotlib" not in content
        assert b"Date" not in content


def test_title_n_rule_synthetic_mark_and_note_stand_in_the_picture(name: str) -> None:
    words = words_of(files_of(name)["svg"])
    for part in (CAPTION.title, CAPTION.n, f"Rule {CAPTION.rule}", f"Note {CAPTION.note}"):
        assert part in words
    assert f"Synthetic {CAPTION.synthetic}" in words


def test_real_data_carry_no_synthetic_mark() -> None:
    caption = Caption("Which?", "64 people rated", "In: all of them.", synthetic=" ")
    figure = verdict_stability((StableVerdict("A", Verdict.IN, 1.0),), resamples=9, caption=caption)
    assert "ynthetic" not in rendered(figure, "svg").decode()


def test_an_svg_is_an_image_with_a_title_and_a_description(name: str) -> None:
    root = svg_of(files_of(name)["svg"])
    title, description = root[0], root[1]
    assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
    assert (title.tag, title.text, description.tag) == (f"{SVG}title", CAPTION.title, f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    for part in ("Synthetic: ", CAPTION.n, CAPTION.rule, CAPTION.note):
        assert part in (description.text or "")


def test_pictures_on_one_page_share_no_id_and_need_no_inline_style() -> None:
    roots = [svg_of(files_of(name)["svg"]) for name in FIGURES]
    ids = [element.get("id") for root in roots for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) > 2 * len(FIGURES)
    for root in roots:
        assert not list(root.iter(f"{SVG}style"))
        assert not [element for element in root.iter() if "style" in element.attrib]
        assert not [group for group in root.iter(f"{SVG}g") if not group.attrib]


def test_whatever_an_svg_refers_to_is_in_it() -> None:
    text = files_of("diverging_bars")["svg"].decode()
    referred = {part.split(")")[0] for part in text.split("url(#")[1:]}
    assert referred
    assert all(f'id="{name}"' in text for name in referred)


def test_dollars_and_control_characters_are_only_words() -> None:
    name = "Costs of $x^2$ & <5\t€\x07 \\alpha"
    verdicts = (StableVerdict(name, Verdict.IN, 1.0),)
    figure = verdict_stability(verdicts, resamples=9, caption=CAPTION)
    assert "Costs of $x^2$ & <5 € \\alpha" in words_of(figure)
    assert rendered(figure, "png")


def test_save_writes_one_file_a_format_beside_the_path(tmp_path: Path) -> None:
    figure = FIGURES["path_flow"](3)
    save(figure, tmp_path / "round.1", formats=("svg", "png"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "round.1.svg": rendered(figure, "svg"),
        "round.1.png": rendered(figure, "png"),
    }


def test_an_unknown_format_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^file_format: 'gif'"):
        save(FIGURES["path_flow"](3), tmp_path / "path", formats=("svg", "gif"))
    assert not list(tmp_path.iterdir())


def test_a_figure_of_somebody_else_can_be_written_too() -> None:
    assert b"<title" in rendered(Figure(figsize=(1, 1)), "svg")


@pytest.mark.parametrize("empty", ["title", "n", "rule"])
def test_no_figure_goes_without_title_n_and_rule(empty: str) -> None:
    words = {"title": "Which?", "n": "64 people rated", "rule": "In: all."} | {empty: " \n"}
    with pytest.raises(ValueError, match=f"^{empty}:"):
        Caption(**words)
