"""The rows of a study: outcomes, lineage, panel, answers."""

from dataclasses import dataclass
from enum import StrEnum

from analysis.study.values import Provenance, Requirements, require, require_code


class Missing(StrEnum):
    """Why there is no score. No row at all: did not answer."""

    CANNOT_SAY = "cannot_say"
    NO_OPINION = "no_opinion"
    SKIPPED = "skipped"


class LineageAction(StrEnum):
    """What became of outcomes after a round."""

    KEPT = "kept"
    REWORDED = "reworded"
    MERGED = "merged"
    SPLIT = "split"
    ADDED = "added"
    DROPPED = "dropped"


class Evidence(StrEnum):
    """What a decision rests on; comments and judgement may stand over the rule."""

    RULE = "rule"
    BALLOTS = "ballots"
    COMMENTS = "comments"
    JUDGEMENT = "judgement"


class CommentKind(StrEnum):
    """What a free text is for."""

    COMMENT = "comment"
    PROPOSAL = "proposal"
    REASON = "reason"
    DISSENT = "dissent"


class EntryMode(StrEnum):
    """Who put something in: the panellist, somebody who helped them, or the team from paper."""

    SELF = "self"
    HELPER = "helper"
    PAPER = "paper"


class AnswersAfterLeaving(StrEnum):
    """What became of the answers of somebody who left."""

    KEPT = "kept"
    REMOVED = "removed"


class TranslationState(StrEnum):
    """Whether someone who speaks the language has read a translation."""

    DRAFT = "draft"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is rated: `label` is its name, `descriptor` what it means, `domain` its section.

    `plain` says it in plainer words, "" where the descriptor is plain enough.
    """

    code: str
    label: str
    descriptor: str
    domain: str
    provenance: Provenance
    reason: str = ""
    plain: str = ""

    def __post_init__(self) -> None:
        with Requirements() as require:
            require.code(self.code)
            require(bool(self.label.strip()), "label", self.label, "a name")
            require(bool(self.domain.strip()), "domain", self.domain, "a domain")
            explained = self.provenance is not Provenance.ASSUMED or bool(self.reason.strip())
            require(explained, "reason", self.reason, "the reason for what is assumed")


@dataclass(frozen=True, slots=True)
class Wording:
    """An outcome's texts in another language."""

    language: str
    code: str
    label: str
    descriptor: str
    plain: str = ""
    state: TranslationState = TranslationState.DRAFT


@dataclass(frozen=True, slots=True)
class StudyText:
    """A text of the protocol, or a domain's name, in another language; `key` as in `study.translation`."""

    language: str
    key: str
    text: str
    state: TranslationState = TranslationState.DRAFT


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A point that the team put together from a round's comments; `outcome` None: on the whole round.

    `language` "": the study's first.
    """

    round: str
    outcome: str | None
    line: str
    language: str = ""

    def __post_init__(self) -> None:
        require(bool(self.line.strip()), "line", self.line, "some text")


_FROM_TO = {
    LineageAction.KEPT: ((1, 1), (1, 1)),
    LineageAction.REWORDED: ((1, 1), (1, 1)),
    LineageAction.MERGED: ((2, None), (1, 1)),
    LineageAction.SPLIT: ((1, 1), (2, None)),
    LineageAction.ADDED: ((0, 0), (1, 1)),
    LineageAction.DROPPED: ((1, 1), (0, 0)),
}


@dataclass(frozen=True, slots=True)
class LineageStep:
    """One decision after the round `after`: what was made of the outcomes `sources`, and why.

    `told`: the reason as panellists read it; "": the reason itself.
    """

    after: str
    action: LineageAction
    sources: tuple[str, ...]
    results: tuple[str, ...]
    reason: str
    evidence: Evidence
    provenance: Provenance
    told: str = ""

    def __post_init__(self) -> None:
        with Requirements() as require:
            for codes, (least, most), name in zip(
                (self.sources, self.results), _FROM_TO[self.action], ("from", "to"), strict=True
            ):
                fits = (
                    len(codes) >= least
                    and (most is None or len(codes) <= most)
                    and len(set(codes)) == len(codes)
                )
                wanted = (
                    f"{least} different codes" if most is not None else f"at least {least} different codes"
                )
                require(fits, name, " ".join(codes), f"{wanted} for {self.action}")
            if self.action is LineageAction.KEPT:
                require(self.sources == self.results, "to", " ".join(self.results), "the same code as from")
            require(bool(self.reason.strip()), "reason", self.reason, "why")


@dataclass(frozen=True, slots=True)
class Panellist:
    """One pseudonymous person: group, the round they joined in, the round they withdrew in.

    `withdrawal_entered`: who put that in, `withdrawal_answers`: what became of the answers; None: not known.
    """

    code: str
    group: str
    joined: str
    withdrew: str | None = None
    withdrawal_entered: EntryMode | None = None
    withdrawal_answers: AnswersAfterLeaving | None = None

    def __post_init__(self) -> None:
        require_code(self.code, "panellist")
        entered, answers = self.withdrawal_entered, self.withdrawal_answers
        fits = entered is None or self.withdrew is not None
        require(fits, "withdrawal_entered", entered or "", "nothing for who has not withdrawn")
        together = (entered is None) == (answers is None)
        require(
            together, "withdrawal_answers", answers or "", "both who entered it and what became of answers"
        )


@dataclass(frozen=True, slots=True)
class Rating:
    """One answer to one criterion of one outcome: a score, or why there is none."""

    round: str
    panellist: str
    outcome: str
    criterion: str
    score: int | None
    missing: Missing | None = None
    late: bool = False

    def __post_init__(self) -> None:
        one = (self.score is None) != (self.missing is None)
        found = "" if self.score is None else f"{self.score} and {self.missing}"
        require(one, "score", found, "either a score or the kind of missing")


@dataclass(frozen=True, slots=True)
class Ranking:
    """A panellist's place for an outcome in a ranking round, 1 = first."""

    round: str
    panellist: str
    position: int
    outcome: str

    def __post_init__(self) -> None:
        require(self.position >= 1, "position", self.position, "1 or more")


@dataclass(frozen=True, slots=True)
class Vote:
    """A panellist's place for an outcome on a ballot of a workshop, 1 = first."""

    round: str
    ballot: str
    panellist: str
    position: int
    outcome: str

    def __post_init__(self) -> None:
        require(self.position >= 1, "position", self.position, "1 or more")


@dataclass(frozen=True, slots=True)
class Comment:
    """Free text about an outcome, or about the whole round (`outcome` None)."""

    round: str
    panellist: str
    outcome: str | None
    comment: str
    kind: CommentKind = CommentKind.COMMENT

    def __post_init__(self) -> None:
        require(bool(self.comment.strip()), "comment", self.comment, "some text")
