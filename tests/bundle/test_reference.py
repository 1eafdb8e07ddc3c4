"""The manual of the format is current."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from analysis.bundle.columns import KNOWN_FILES
from analysis.bundle.reference import column_tables, with_current_columns
from analysis.study.protocol import Domain, Ethics, FeedbackPolicy, Group, Identity, Protocol, QuantilePolicy
from analysis.study.published import Figure, FigureMeasure, Source
from analysis.study.rounds import Ballot, Criterion, FeedbackShown, Round, RoundKind, SectionOrder
from analysis.study.rules import (
    BallotMeasure,
    ConsensusDefinition,
    EmptyGroups,
    MeanMeasure,
    Of,
    ShareMeasure,
    ShareRule,
    ShareTest,
    TopRule,
    TwoListRule,
)
from analysis.study.scale import Box, Scale
from analysis.study.taking_part import Joining, Leaving, ProfileKind, ProfileQuestion, SupportLine
from analysis.study.weighting import Weighting, WeightScheme

PAGE = Path(__file__).parents[2] / "docs" / "bundle.md"
PARTS = (
    Identity, Ethics, FeedbackPolicy, QuantilePolicy, Group, Scale, Box, Weighting, ConsensusDefinition,
    Round, Criterion, Ballot, ShareRule, ShareTest, TopRule, TwoListRule, ShareMeasure, MeanMeasure,
    BallotMeasure, Source, Figure, Joining, Leaving, ProfileQuestion, SupportLine,
    Domain,
)  # fmt: skip


def words_of_the_page() -> set[str]:
    return set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", PAGE.read_text(encoding="utf-8")))))


def test_the_pages_tables_of_columns_are_those_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_current_columns(page), "renew it: python -m analysis.bundle.reference docs/bundle.md"


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="needs"):
        with_current_columns("# A page\n")


@pytest.mark.parametrize("part", [Protocol, *PARTS])
def test_every_key_is_in_the_manual(part: type) -> None:
    assert {field.name for field in fields(part)} <= words_of_the_page()


@pytest.mark.parametrize(
    "choices",
    [RoundKind, FeedbackShown, Of, EmptyGroups, WeightScheme, FigureMeasure, SectionOrder, ProfileKind],
)
def test_every_choice_is_in_the_manual(choices: type) -> None:
    assert set(choices) <= words_of_the_page()


def test_every_file_is_in_the_manual() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in KNOWN_FILES)
    assert "### `outcomes.<language>.csv` (optional)" in column_tables()
