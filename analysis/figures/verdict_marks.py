"""How a verdict looks: a letter and a shade that say the same."""

from collections.abc import Iterable

from analysis.figures.key import Entry
from analysis.figures.palette import BLANK, DARK, OPEN_HATCHED, PALE, Fill
from analysis.study.rules import Verdict

# Dark for what goes on, white for what ends; the letters carry it alone where there is no shade.
LETTERS = {Verdict.IN: "I", Verdict.NONE: "N", Verdict.OUT: "O", Verdict.NOT_COMPUTABLE: "?"}
FILLS: dict[Verdict, Fill] = {
    Verdict.IN: DARK,
    Verdict.NONE: PALE,
    Verdict.OUT: BLANK,
    Verdict.NOT_COMPUTABLE: OPEN_HATCHED,
}
_WORDS = {
    Verdict.IN: "in",
    Verdict.NONE: "no consensus",
    Verdict.OUT: "out",
    Verdict.NOT_COMPUTABLE: "not computable",
}


def verdict_entries(verdicts: Iterable[Verdict]) -> list[Entry]:
    """Return the key of those verdicts that occur."""
    seen = set(verdicts)
    return [
        Entry(_WORDS[verdict], fill=FILLS[verdict], letter=LETTERS[verdict])
        for verdict in LETTERS
        if verdict in seen
    ]
