"""What the page shows on which the team puts comments together."""

from dataclasses import dataclass

from delphi.models import TextKind


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenText:
    """A text of a panellist's, without a code and without a group."""

    kind: TextKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestBox:
    """What people wrote about an outcome, or about the whole round, and a box for the team's lines.

    `label` None: the whole round. `fault`: what is wrong with what was typed.
    """

    field: str
    label: str | None
    texts: tuple[WrittenText, ...]
    typed: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPage:
    """A round's comments, outcome by outcome. `shown_in`: the later rounds that show the digest."""

    study: str
    study_title: str
    synthetic: str
    round_code: str
    round_label: str
    smallest_group: int
    shown_in: tuple[str, ...]
    boxes: tuple[DigestBox, ...]

    @property
    def faults(self) -> tuple[DigestBox, ...]:
        """The boxes with something wrong."""
        return tuple(box for box in self.boxes if box.fault)
