"""Where things stand in the picture of the lineage."""

from itertools import pairwise

import pytest

from delphi.reports.lineage_layout import FULL
from delphi.reports.lineage_order import Flow, Lists, ordered
from delphi.reports.lineage_picture import Emphasis, Picture, Strand, draw

# a and b are merged into m; c is dropped, x and d go on, n is added
DOMAINS = {"a": "One", "c": "One", "x": "Two", "b": "One", "d": "Three", "m": "One", "n": "Two"}
LISTS = Lists(
    columns=(("a", "c", "x", "b", "d"), ("m", "x", "d", "n")),
    flows=((Flow("a", "m"), Flow("b", "m"), Flow("x", "x"), Flow("d", "d")),),
    domains=DOMAINS,
)
LABELS = {code: f"The outcome named {code}" for code in DOMAINS}
CAPTIONS = (("Starting list",), ("after Round 1", "8 people"))


def picture(chosen: str | None = None, related: frozenset[str] = frozenset()) -> Picture:
    return draw(LISTS, labels=LABELS, captions=CAPTIONS, chosen=chosen, related=related)


def strand(code: str, drawn: Picture | None = None) -> Strand:
    return next(strand for strand in (drawn or picture()).strands if strand.code == code)


def test_outcomes_of_a_domain_stand_together_and_those_that_join_side_by_side() -> None:
    assert ordered(LISTS).columns == (("a", "b", "c", "x", "d"), ("m", "x", "n", "d"))


def test_bars_never_overlap_in_a_list() -> None:
    for x in {bar.x for strand in picture().strands for bar in strand.bars}:
        bars = sorted(
            (bar for strand in picture().strands for bar in strand.bars if bar.x == x), key=lambda b: b.y
        )
        assert all(above.y + above.height < below.y for above, below in pairwise(bars))


def test_what_is_dropped_ends_with_a_cap_and_what_is_added_begins_with_one() -> None:
    assert len(strand("c").caps) == 1
    assert strand("c").bars[0].ends
    assert len(strand("n").starts) == 1
    assert not strand("d").caps


def test_a_merged_outcome_gets_a_ribbon_from_each_source_and_they_share_its_bar() -> None:
    ends = [strand(code).ribbons[0].split("V")[0].split()[-1] for code in ("a", "b")]
    middle = strand("m").bars[0].y + strand("m").bars[0].height / 2
    assert float(ends[0]) == strand("m").bars[0].y
    assert float(ends[1]) == pytest.approx(middle, abs=0.1)


def test_what_is_in_the_last_list_has_its_name() -> None:
    name = strand("m").name
    assert name is not None
    assert " ".join(line for _, line in name.lines) == LABELS["m"]


def test_each_list_says_how_long_it_is() -> None:
    assert [head.number for head in picture().heads] == [5, 4]


def test_the_chosen_outcome_and_its_kin_stand_out_and_lie_on_top() -> None:
    drawn = picture("m", frozenset("ab"))
    assert strand("m", drawn).emphasis is Emphasis.CHOSEN
    assert strand("a", drawn).emphasis is Emphasis.RELATED
    assert strand("d", drawn).emphasis is Emphasis.MUTED
    assert drawn.strands[-1].code == "m"
    assert [one.code for one in drawn.strands if one.name] == ["m"]


def test_a_study_that_has_not_begun_has_one_list() -> None:
    only = Lists(columns=(("a", "b"),), flows=(), domains=DOMAINS)
    drawn = draw(only, labels=LABELS, captions=CAPTIONS[:1])
    assert [head.number for head in drawn.heads] == [2]
    assert not any(strand.caps for strand in drawn.strands)


def test_everything_stands_inside_the_picture() -> None:
    drawn = picture()
    for one in drawn.strands:
        assert all(bar.y >= 0 and bar.y + bar.height <= drawn.height for bar in one.bars)
        assert all(bar.x <= drawn.width - FULL.words_right for bar in one.bars)


def test_flows_that_do_not_fit_the_lists_are_refused() -> None:
    with pytest.raises(ValueError, match="flows"):
        Lists(columns=(("a",),), flows=((),), domains=DOMAINS)
