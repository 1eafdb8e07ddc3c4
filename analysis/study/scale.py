"""The rating scale, its words and its boxes."""

from dataclasses import dataclass

from analysis.study.values import Requirements, repeated

SHORTEST_SCALE, LONGEST_SCALE = 2, 11


@dataclass(frozen=True, slots=True)
class Box:
    """A run of neighbouring points, such as 7 to 9, that a rule counts together."""

    code: str
    low: int
    high: int
    label: str

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            require(self.low <= self.high, "high", self.high, f"at least low, {self.low}")
            require(bool(self.label.strip()), "label", self.label, "the box in words")

    def holds(self, score: int) -> bool:
        """Say whether `score` lies in the box."""
        return self.low <= score <= self.high


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole numbers from `low` to `high`, one `word` for each point ("" where a point has none)."""

    code: str
    low: int
    high: int
    words: tuple[str, ...]
    cannot_say: str
    boxes: tuple[Box, ...] = ()

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            length = self.high - self.low + 1
            fits = SHORTEST_SCALE <= length <= LONGEST_SCALE
            require(fits, "high", self.high, f"a scale of {SHORTEST_SCALE} to {LONGEST_SCALE} points")
            require(
                len(self.words) == length, "words", len(self.words), f"{length} words, one for each point"
            )
            require(bool(self.words[0] and self.words[-1]), "words", self.words, "words for both ends")
            twice = repeated(box.code for box in self.boxes)
            require(not twice, "boxes", twice, "each box's code once")
            for box in self.boxes:
                inside = self.low <= box.low and box.high <= self.high
                require(inside, "boxes", f"{box.code} {box.low}-{box.high}", f"within {self.low}-{self.high}")

    @property
    def points(self) -> tuple[int, ...]:
        """Every point of the scale, lowest first."""
        return tuple(range(self.low, self.high + 1))

    def box(self, code: str) -> Box:
        """Return the box named `code`; KeyError if the scale has none."""
        for box in self.boxes:
            if box.code == code:
                return box
        raise KeyError(code)

    def word(self, score: int) -> str:
        """Return the word for `score`, "" where the point has none."""
        return self.words[score - self.low]
