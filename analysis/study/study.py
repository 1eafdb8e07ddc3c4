"""A whole study: the protocol and its tables, refused unless they fit together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.study.fit import problems_between
from analysis.study.protocol import Protocol
from analysis.study.published import Published
from analysis.study.records import (
    Comment,
    DigestLine,
    LineageStep,
    Outcome,
    Panellist,
    Ranking,
    Rating,
    StudyText,
    Vote,
    Wording,
)
from analysis.study.values import InvalidStudy


@dataclass(frozen=True, slots=True)
class Study:
    """A study as one value. Raises `InvalidStudy` with every problem between its parts.

    `documents` holds texts that travel with the study (README.md, synthetic.toml), by file name.
    """

    protocol: Protocol
    outcomes: tuple[Outcome, ...]
    lineage: tuple[LineageStep, ...] = ()
    panel: tuple[Panellist, ...] = ()
    ratings: tuple[Rating, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    ballots: tuple[Vote, ...] = ()
    comments: tuple[Comment, ...] = ()
    digest: tuple[DigestLine, ...] = ()
    wordings: tuple[Wording, ...] = ()
    texts: tuple[StudyText, ...] = ()
    published: Published = field(default_factory=Published)
    documents: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        by_language = sorted(self.wordings, key=lambda wording: wording.language)
        object.__setattr__(self, "wordings", tuple(by_language))  # as their files stand: one a language
        texts = sorted(self.texts, key=lambda text: text.language)
        object.__setattr__(self, "texts", tuple(texts))
        problems = problems_between(self)
        if problems:
            raise InvalidStudy(problems)

    def outcome(self, code: str) -> Outcome:
        """Return the outcome named `code`; KeyError if there is none."""
        for outcome in self.outcomes:
            if outcome.code == code:
                return outcome
        raise KeyError(code)

    @property
    def is_synthetic(self) -> bool:
        """Whether any table of the study is generated."""
        return bool(self.protocol.study.synthetic)
