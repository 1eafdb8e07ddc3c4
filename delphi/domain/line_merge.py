"""What two people made of the same lines at the same time: joined line by line, nothing is dropped unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Generic, TypeVar

Line = TypeVar("Line")


class Choice(StrEnum):
    """What is kept of a line that both changed."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Conflict(Generic[Line]):
    """A line that both changed; None: taken away."""

    ours: Line | None
    theirs: Line | None

    def chosen(self, choice: Choice) -> tuple[Line, ...]:
        """The lines that a choice keeps."""
        kept = {
            Choice.OURS: (self.ours,),
            Choice.THEIRS: (self.theirs,),
            Choice.BOTH: (self.theirs, self.ours),
        }
        return tuple(line for line in kept[choice] if line is not None)


@dataclass(frozen=True, slots=True)
class Joined(Generic[Line]):
    """Both versions in one: lines that are settled, and conflicts in their places."""

    pieces: tuple[Line | Conflict[Line], ...]

    @property
    def conflicts(self) -> tuple[Conflict[Line], ...]:
        """What somebody has to choose, from the top."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Conflict))

    def settled(self, choices: Mapping[int, Choice]) -> tuple[Line, ...]:
        """The lines with a choice for each conflict, by its number from 0; KeyError where one is missing."""
        lines: list[Line] = []
        number = 0
        for piece in self.pieces:
            if isinstance(piece, Conflict):
                lines += piece.chosen(choices[number])
                number += 1
            else:
                lines.append(piece)
        return tuple(lines)


@dataclass(slots=True)
class _Edits(Generic[Line]):
    """One version as edits of the base: what became of each of its lines, and what was put before each."""

    lines: list[Line | None]
    added: list[tuple[Line, ...]] = field(default_factory=list)

    @classmethod
    def of(cls, base: Sequence[Line], new: Sequence[Line]) -> "_Edits[Line]":
        edits = cls(lines=list(base), added=[()] * (len(base) + 1))
        for action, start, end, new_start, new_end in SequenceMatcher(None, base, new, False).get_opcodes():
            if action == "equal":
                continue
            # The first lines of a stretch stand for those that they replace; what is over is new, or gone.
            paired = min(end - start, new_end - new_start)
            edits.lines[start : start + paired] = new[new_start : new_start + paired]
            edits.lines[start + paired : end] = [None] * (end - start - paired)
            edits.added[end] += tuple(new[new_start + paired : new_end])
        return edits


def join_lines(base: Sequence[Line], *, ours: Sequence[Line], theirs: Sequence[Line]) -> Joined[Line]:
    """Join two versions that were made from `base`.

    What only one of them added, changed or took away is done. What both added stands once, theirs first. A
    line that both changed, or that one changed and the other took away, is a conflict.
    """
    mine, other = _Edits.of(base, ours), _Edits.of(base, theirs)
    pieces: list[Line | Conflict[Line]] = []
    for place in range(len(base) + 1):
        pieces += other.added[place]
        pieces += (line for line in mine.added[place] if line not in other.added[place])
        if place < len(base):
            pieces += _became(base[place], mine.lines[place], other.lines[place])
    return Joined(tuple(pieces))


def _became(base: Line, ours: Line | None, theirs: Line | None) -> tuple[Line | Conflict[Line], ...]:
    if base not in (ours, theirs) and ours != theirs:
        return (Conflict(ours, theirs),)
    settled = theirs if ours == base else ours
    return () if settled is None else (settled,)
