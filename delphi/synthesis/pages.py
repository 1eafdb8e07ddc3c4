"""What the pages about decisions show."""

from dataclasses import dataclass
from datetime import datetime

from delphi.domain.deciding import OutcomeText, Piece
from delphi.synthesis.comments import Written
from delphi.synthesis.figures import Firmness
from delphi.synthesis.signing import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field of a wording, before and after, word by word."""

    field: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWording:
    """A wording that a decision makes, and how it differs from the outcome `compared_with`, "" if new."""

    text: OutcomeText
    compared_with: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """A decision for the eye. `against`: what it goes against, "" where nothing; `stands`: not replaced."""

    number: int
    headline: str
    against: str
    reason: str
    told: str
    by: str
    at: datetime
    stands: bool
    is_undo: bool
    cited: tuple[str, ...]
    wordings: tuple[NewWording, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """An outcome in the list. `comments` is empty for those who may not read them; `written` counts them."""

    code: str
    text: OutcomeText
    figures: tuple[str, ...]
    verdict: str
    changed_by_weights: bool
    written: int
    comments: tuple[Written, ...]
    remarks: int
    decision: DecisionLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """A name under a list; `is_of_today`: the list is still the one that was signed."""

    by: str
    at: datetime
    sha256: str
    is_of_today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every page about a round's decisions says first. `closed_words`: why nothing can be decided."""

    study: str
    study_title: str
    synthetic: str
    round_code: str
    round_label: str
    closed_words: str

    @property
    def may_decide(self) -> bool:
        """Whether decisions can be made now."""
        return not self.closed_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """Every outcome of a round with its decision so far; `rows` are those that were asked for."""

    head: Head
    rows: tuple[OutcomeRow, ...]
    show: str
    columns: tuple[str, ...]
    shown: str
    rule: tuple[str, ...]
    has_hidden: bool
    smallest_group: int
    listed: int
    undecided: int
    against: int
    ruled: int
    added: tuple[DecisionLine, ...]
    on_the_round: tuple[Written, ...]
    remarks: tuple[Remark, ...]
    signatures: tuple[SignatureLine, ...]
    sha256: str
    text: str
    next_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomePage:
    """One outcome with its evidence and the history of decisions on it. `seen`: for forms."""

    head: Head
    row: OutcomeRow
    columns: tuple[str, ...]
    shown: str
    sentence: str
    firmness: Firmness
    history: tuple[DecisionLine, ...]
    remarks: tuple[Remark, ...]
    seen: int
    next_code: str
    next_label: str
    so_far: str
    takes_apart: bool
    others: tuple[tuple[str, str], ...]
    warnings: dict[str, str]
