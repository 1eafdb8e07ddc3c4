"""What the page shows on which the team puts comments together."""

from dataclasses import dataclass

from delphi.models import TextKind


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenText:
    """A text of a panellist's, without a code and without a group."""

    kind: TextKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoTexts:
    """A line that was changed on two pages; "": taken away. `field`: the name of the choice."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestBox:
    """What people wrote about an outcome, or about the whole round, and a box for the team's lines.

    `label` None: the whole round. `fault`: what is wrong with what was typed, which was written from the
    edition `base` (None: the page's). `two_texts`: lines to choose between, where `theirs` is the edition of
    the others.
    """

    field: str
    label: str | None
    texts: tuple[WrittenText, ...]
    typed: str
    fault: str = ""
    base: int | None = None
    theirs: int | None = None
    two_texts: tuple[TwoTexts, ...] = ()

    @property
    def first_field(self) -> str:
        """Where what is wrong can be put right."""
        return f"{self.two_texts[0].field}-theirs" if self.two_texts else self.field


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPage:
    """A round's comments, outcome by outcome. `shown_in`: the later rounds that show the digest.

    `seen`: the edition that the page shows. `languages`: those of the study, the first of them first;
    `language`: the one that new lines are written in.
    """

    study: str
    study_title: str
    synthetic: str
    round_code: str
    round_label: str
    smallest_group: int
    shown_in: tuple[str, ...]
    seen: int
    languages: tuple[str, ...]
    language: str
    boxes: tuple[DigestBox, ...]

    @property
    def faults(self) -> tuple[DigestBox, ...]:
        """The boxes with something wrong."""
        return tuple(box for box in self.boxes if box.fault)
