"""The receipt as a PDF, and the text whose sum it carries."""

import re
import shutil
import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from delphi.models import Role
from tests.data.small_study import small_study
from tests.setup.round_actions import member
from tests.studies_on_app import StudyOnApp, load_study

URL = "/studies/small/rounds/2/receipt"
MARKUP = '#panic("no") *Bold* $x$ @ref <label> [a] \\ `raw` // c'


def pdf_of(app: Flask, study: StudyOnApp) -> bytes:
    response = member(app, study, Role.ANALYST).http.get(f"{URL}.pdf")
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    return response.data


def words_in(pdf: bytes, folder: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not here")
    path = folder / "receipt.pdf"
    path.write_bytes(pdf)
    found = subprocess.run([program, "-layout", path, "-"], capture_output=True, check=True)
    return re.sub(r"\s+", " ", found.stdout.decode())


def test_the_text_file_has_the_sum_that_is_printed(app: Flask, study: StudyOnApp) -> None:
    client = member(app, study)
    text = client.http.get(f"{URL}.txt").data
    assert sha256(text).hexdigest() in client.get(URL).text


def test_the_pdf_is_tagged_and_the_same_each_time(app: Flask, study: StudyOnApp) -> None:
    pdf = pdf_of(app, study)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in pdf
    assert b"/Marked true" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert pdf_of(app, study) == pdf


def test_the_pdf_says_what_was_fixed(app: Flask, study: StudyOnApp, tmp_path: Path) -> None:
    text = member(app, study).http.get(f"{URL}.txt").data
    words = words_in(pdf_of(app, study), tmp_path)
    for said in (
        sha256(text).hexdigest(),
        "A small study (small)",
        "In: at least 70 % of everyone rated it 7 to 9 (agree).",
        "Survivors count twice; everyone else counts once.",
        "Hyndman and Fan, type 7",
        "The list: 4 outcomes",
        "English",
    ):
        assert said in words


def test_markup_and_code_in_a_title_are_printed_as_they_are(app: Flask, tmp_path: Path) -> None:
    small = small_study()
    identity = replace(small.protocol.study, title=MARKUP, synthetic=("ratings",), note="Made up by #import.")
    marked = replace(small, protocol=replace(small.protocol, study=identity))
    words = words_in(pdf_of(app, load_study(app, marked, open_round="2")), tmp_path)
    assert MARKUP in words
    assert "Synthetic data. Made up by #import." in words


def test_letters_of_every_script_make_a_whole_pdf(app: Flask) -> None:
    small = small_study()
    identity = replace(small.protocol.study, title="مرحبا, привет, 你好, हैलो 🙂")
    foreign = replace(small, protocol=replace(small.protocol, study=identity))
    assert b"/StructTreeRoot" in pdf_of(app, load_study(app, foreign, open_round="2"))


@pytest.mark.parametrize("sign", ["\x01", "\x7f", "\ufffe"])
def test_a_sign_that_no_pdf_can_hold_is_printed_as_another(app: Flask, sign: str, tmp_path: Path) -> None:
    small = small_study()
    ethics = replace(small.protocol.ethics, welcome=f"Wel{sign}come")
    odd = replace(small, protocol=replace(small.protocol, ethics=ethics))
    study = load_study(app, odd, open_round="2")
    assert "cannot be printed" in words_in(pdf_of(app, study), tmp_path)
