"""The path of the list."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from analysis.figures.palette import DARK
from analysis.figures.path_flow import PathStage, path_flow
from tests.figures.gallery import CAPTION
from tests.figures.reading import corners_of, patches_of, svg_of, words_of

# The MSCOS study: Jannesari and others 2024, doi 10.1177/15248380231211955, as accounted for in
# studies/mscos_2022/README.md: in, kept, merged, into, dropped, added, out.
MSCOS = {
    "Round Zero": (74, 69, 4, 2, 1, 1, 72),
    "Round 1": (72, 24, 20, 10, 28, 0, 34),
    "Round 2": (34, 14, 0, 0, 20, 0, 14),
    "Workshop": (14, 7, 0, 0, 7, 0, 7),
}
FIELDS = ("outcomes_in", "kept", "merged", "merged_into", "dropped", "added", "outcomes_out")


def stage(label: str, *numbers: int, split: int = 0, split_into: int = 0) -> PathStage:
    """A stage from its numbers in the order of `FIELDS`."""
    named = dict(zip(FIELDS, numbers, strict=True))
    return PathStage(label=label, note="", split=split, split_into=split_into, **named)


def mscos() -> Figure:
    """The path 74 → 72 → 34 → 14 → 7."""
    return path_flow(tuple(stage(label, *numbers) for label, numbers in MSCOS.items()), caption=CAPTION)


def test_every_number_of_the_path_is_written() -> None:
    words = words_of(mscos())
    for number in (74, 72, 34, 14, 7):
        assert f"{number} outcomes" in words
    for part in ("69 kept", "4 merged into 2", "1 dropped", "1 added", "20 merged into 10", "28 dropped"):
        assert part in words
    assert "split" not in words


def test_lists_are_as_wide_as_they_are_long() -> None:
    bars = [patch for patch in patches_of(mscos()) if to_hex(patch.get_facecolor()) == DARK.colour]
    widths = [np.ptp(corners_of(bar)[:, 0]) for bar in bars]
    assert [width / widths[-1] * 7 for width in widths] == pytest.approx([74, 72, 34, 14, 7])


def test_the_description_tells_the_path() -> None:
    assert "from 74 to 72 to 34 to 14 to 7 outcomes in 4 stages" in (svg_of(mscos())[1].text or "")


def test_one_outcome_is_not_outcomes() -> None:
    words = words_of(path_flow((stage("Round 1", 2, 1, 0, 0, 1, 0, 1),), caption=CAPTION))
    assert words.endswith(" 1 outcome")


def test_split_outcomes_are_told() -> None:
    only = stage("Round 1", 3, 2, 0, 0, 0, 0, 4, split=1, split_into=2)
    assert "1 split into 2" in words_of(path_flow((only,), caption=CAPTION))


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((74, 69, 4, 2, 2, 1, 72), "^outcomes_in: 74 of 'Round 1'"),
        ((74, 69, 4, 2, 1, 1, 73), "^outcomes_out: 73 of 'Round 1'"),
        ((2, 3, 0, 0, -1, 0, 3), "^kept: a number of 'Round 1' is negative"),
    ],
)
def test_a_stage_whose_numbers_do_not_add_up_is_refused(numbers: tuple[int, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        stage("Round 1", *numbers)


def test_a_gap_between_two_stages_is_refused() -> None:
    first, second = stage("Round 1", *MSCOS["Round 1"]), stage("Workshop", *MSCOS["Workshop"])
    with pytest.raises(
        ValueError, match=r"^stages: 'Round 1' ends with 34 outcomes, 'Workshop' begins with 14"
    ):
        path_flow((first, second), caption=CAPTION)


@pytest.mark.parametrize("stages", [(), (stage("Round 1", 0, 0, 0, 0, 0, 0, 0),)])
def test_a_path_of_nothing_is_refused(stages: tuple[PathStage, ...]) -> None:
    with pytest.raises(ValueError, match=r"^stages: there is no"):
        path_flow(stages, caption=CAPTION)
