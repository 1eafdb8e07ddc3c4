"""Markup that is drawn once and filled in many times."""

import subprocess
import sys

from markupsafe import Markup

from delphi.web.stencils import Stencil, gap

PRINT_A_GAP = "from delphi.web.stencils import gap; print(gap('name'))"


def test_a_stencil_is_filled_in_as_often_as_one_likes() -> None:
    stencil = Stencil(Markup('<label for="{0}">{1}</label>').format(gap("id"), gap("words")))
    assert stencil.filled({"id": "a", "words": "Safety"}) == '<label for="a">Safety</label>'
    assert stencil.filled({"id": "b", "words": "Health"}) == '<label for="b">Health</label>'


def test_a_value_is_escaped_and_markup_is_not() -> None:
    stencil = Stencil(Markup("<p>{}</p>").format(gap("words")))
    assert stencil.filled({"words": "<b>"}) == "<p>&lt;b&gt;</p>"
    assert stencil.filled({"words": Markup("<b>")}) == "<p><b></p>"


def test_a_value_that_looks_like_a_gap_stays_text() -> None:
    stencil = Stencil(Markup("{} {}").format(gap("first"), gap("second")))
    assert stencil.filled({"first": gap("second"), "second": "2"}) == f"{gap('second')} 2"


def test_a_gap_without_a_value_stays_empty() -> None:
    assert Stencil(Markup("<input{}>").format(gap("checked"))).filled({}) == "<input>"


def test_no_text_can_look_like_a_gap_to_another_process() -> None:
    marks = {subprocess.check_output([sys.executable, "-c", PRINT_A_GAP], text=True) for _ in range(2)}
    assert len(marks) == 2
