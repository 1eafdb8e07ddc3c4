"""What the pages about changes show: frozen, ready for a template."""

from dataclasses import dataclass

from analysis.study.records import LineageAction
from delphi.models import TextKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An outcome's wording in the language of the page."""

    label: str
    descriptor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was made of texts: `before` became `now`, either may be empty. `reason` is the team's."""

    action: LineageAction
    before: tuple[Text, ...]
    now: tuple[Text, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameReason:
    """Texts that were added or dropped for one and the same reason."""

    texts: tuple[Text, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """What changed since the last round that the panellist could answer: `kept` texts stayed as they were.

    `digest`: what people wrote about the whole of it, put together by the team.
    """

    round_label: str
    merged: tuple[Change, ...]
    reworded: tuple[Change, ...]
    split: tuple[Change, ...]
    added: tuple[SameReason, ...]
    dropped: tuple[SameReason, ...]
    kept: int
    digest: tuple[str, ...]
    has_words: bool

    @property
    def changed(self) -> bool:
        """Whether any text did not stay as it was."""
        return bool(self.merged or self.reworded or self.split or self.added or self.dropped)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """A text that the panellist wrote, and what became of what it was about.

    `about` None: it was about the whole round. `story` is empty where what it was about stayed as it was.
    `is_decided`: a later round has opened. `digest`: what people wrote about the same.
    """

    round_label: str
    kind: TextKind
    text: str
    about: Text | None
    story: tuple[Change, ...]
    is_decided: bool
    digest: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YourWordsPage:
    """Everything that the panellist wrote in rounds that have closed, in the order of the rounds."""

    words: tuple[OwnWords, ...]
