"""Markup that is drawn once and filled in many times."""

import subprocess
import sys

from flask import Flask, g
from flask_babel import force_locale
from markupsafe import Markup

from delphi.web.language import note_untranslated
from delphi.web.stencils import Stencil, gap, stencil

PRINT_A_GAP = "from delphi.web.stencils import gap; print(gap('name'))"


class Drawing:
    """A macro that counts how often it draws."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, words: str) -> Markup:
        self.times += 1
        return Markup("<p>{} {}</p>").format(words, gap("name"))


def test_a_stencil_is_filled_in_as_often_as_one_likes() -> None:
    label = Stencil(Markup('<label for="{0}">{1}</label>').format(gap("id"), gap("words")))
    assert label.filled({"id": "a", "words": "Safety"}) == '<label for="a">Safety</label>'
    assert label.filled({"id": "b", "words": "Health"}) == '<label for="b">Health</label>'


def test_a_value_is_escaped_and_markup_is_not() -> None:
    paragraph = Stencil(Markup("<p>{}</p>").format(gap("words")))
    assert paragraph.filled({"words": "<b>"}) == "<p>&lt;b&gt;</p>"
    assert paragraph.filled({"words": Markup("<b>")}) == "<p><b></p>"


def test_a_value_that_looks_like_a_gap_stays_text() -> None:
    pair = Stencil(Markup("{} {}").format(gap("first"), gap("second")))
    assert pair.filled({"first": gap("second"), "second": "2"}) == f"{gap('second')} 2"


def test_a_gap_without_a_value_stays_empty() -> None:
    assert Stencil(Markup("<input{}>").format(gap("checked"))).filled({}) == "<input>"


def test_no_text_can_look_like_a_gap_to_another_process() -> None:
    marks = {subprocess.check_output([sys.executable, "-c", PRINT_A_GAP], text=True) for _ in range(2)}
    assert len(marks) == 2


def test_the_same_words_are_drawn_once(app: Flask) -> None:
    draw = Drawing()
    for _ in range(2):
        with app.test_request_context():
            assert stencil(draw, "Safety").filled({"name": "a"}) == "<p>Safety a</p>"
    assert draw.times == 1


def test_other_words_are_drawn_anew(app: Flask) -> None:
    draw = Drawing()
    with app.test_request_context():
        drawn = [stencil(draw, words).filled({}) for words in ("Safety", "Health", "Safety")]
    assert (drawn, draw.times) == (["<p>Safety </p>", "<p>Health </p>", "<p>Safety </p>"], 2)


def test_another_language_is_drawn_anew(app: Flask) -> None:
    draw = Drawing()
    for language in ("en_GB", "fr"):
        with app.test_request_context(), force_locale(language):
            stencil(draw, "Safety")
    assert draw.times == 2


def test_a_text_that_is_translated_meanwhile_is_drawn_anew(app: Flask) -> None:
    draw = Drawing()
    with app.test_request_context():
        note_untranslated(["Safety"])
        stencil(draw, "Safety")
        g.pop("untranslated")
        stencil(draw, "Safety")
    assert draw.times == 2
