"""What every page about a closed round shows: where it stands, and its questions where it has several."""

from dataclasses import dataclass
from math import isnan

from delphi.exploring.held import Explored, RatedRound


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A criterion of a round that has several."""

    code: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInView:
    """A closed round, as its pages name it. `criterion`: of the address, None where the round has one."""

    study: str
    study_title: str
    synthetic: str
    code: str
    label: str
    criterion: str | None
    questions: tuple[Question, ...]
    domains: tuple[str, ...]


def in_view(study: Explored, rated: RatedRound) -> RoundInView:
    """Return what the pages about a round name."""
    data, identity = rated.data, study.protocol.study
    questions = tuple(
        Question(code=one.code, words=one.question, chosen=one.code == data.criterion)
        for one in data.round.criteria
    )
    return RoundInView(
        study=identity.code,
        study_title=identity.title,
        synthetic=study.synthetic,
        code=data.round.code,
        label=data.round.label,
        criterion=data.criterion if len(questions) > 1 else None,
        questions=questions if len(questions) > 1 else (),
        domains=tuple(dict.fromkeys(study.outcomes[code].domain for code in data.listed)),
    )


def median_words(median: float) -> str:
    """Return a median without needless digits; "–" where there is none."""
    return "–" if isnan(median) else f"{median:g}"


def verdict(word: object) -> str:
    """Return a verdict of the report's tables as a page writes it."""
    text = str(word or "")
    return text[:1].upper() + text[1:]
