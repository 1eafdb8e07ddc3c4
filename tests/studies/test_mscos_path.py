"""The MSCOS study gives its published path, computed from its answers, rules and lineage."""

from pathlib import Path

import pytest

from analysis.bundle.reader import read
from analysis.path import StudyPath, path_of
from analysis.reproduce import compare
from analysis.study.study import Study
from analysis.study.values import Provenance

BUNDLE = Path(__file__).parents[2] / "studies" / "mscos_2022"


@pytest.fixture(scope="module")
def study() -> Study:
    return read(BUNDLE)


@pytest.fixture(scope="module")
def path(study: Study) -> StudyPath:
    return path_of(study)


def test_the_path_is_74_72_34_14_7(path: StudyPath) -> None:
    # The toolkit's counts: before Round Zero, after each round, and the core set.
    assert path.path == (74, 72, 34, 14, 7)


def test_the_last_list_is_the_published_core_set(study: Study, path: StudyPath) -> None:
    # The toolkit's section headings, in sentence case.
    assert {study.outcome(code).label for code in path.final} == {
        "Secure and suitable housing",
        "Safety from any trafficker or other abuser",
        "Long-term, consistent support",
        "Compassionate, trauma-informed services",
        "Finding purpose in life and self-actualisation",
        "Access to medical treatment",
        "Access to education",
    }


def test_no_lineage_row_contradicts_the_rule_that_it_claims(path: StudyPath) -> None:
    assert path.disagreements == ()


def test_stages_that_synthetic_answers_decide_say_so(path: StudyPath) -> None:
    assert [stage.provenance for stage in path.stages] == [Provenance.ASSUMED, *[Provenance.SYNTHETIC] * 3]


def test_every_figure_that_should_be_reproduced_is(study: Study) -> None:
    assert [one.figure.code for one in compare(study) if one.fails] == []
