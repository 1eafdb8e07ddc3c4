"""Reads which outcomes and comments look alike: suggestions for whoever merges, no more."""

from collections.abc import Iterable
from dataclasses import dataclass

from delphi.dataset.passing_on import HELD_BACK
from delphi.domain.deciding import OutcomeText
from delphi.domain.rounds import RoundState
from delphi.domain.similar import BEGINS_AT, Likeness, likeness, similar_pairs, similarities
from delphi.synthesis.comments import Comments, comments_of_round
from delphi.synthesis.history import Listed
from delphi.synthesis.pages import Head
from delphi.synthesis.queries import Ground
from delphi.synthesis.words import headline

MOST_SHOWN = 20
MOST_PAIRS = 100
PAIRS_FROM = dict(BEGINS_AT)[Likeness.MUCH]


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeOutcome:
    """An outcome that looks like another. `likeness` in words; `so_far`: what is decided on it."""

    code: str
    text: OutcomeText
    likeness: str
    so_far: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeComment:
    """A comment that looks like an outcome. `about`: the outcome that it was written on, "" if none."""

    kind: str
    text: str
    about: str
    likeness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarPage:
    """What looks like one outcome. `reads_comments`: the reader may read them, and the round has closed."""

    head: Head
    code: str
    text: OutcomeText
    outcomes: tuple[LikeOutcome, ...]
    comments: tuple[LikeComment, ...]
    reads_comments: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LikePair:
    """Two outcomes of the list that look alike."""

    one: LikeOutcome
    other: LikeOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsPage:
    """The pairs of a list that look alike, the most alike first. `left_out`: how many more there are."""

    head: Head
    pairs: tuple[LikePair, ...]
    left_out: int


def similar_page(ground: Ground, code: str, *, reads_comments: bool) -> SimilarPage:
    """Return what looks like an outcome of the list."""
    reads = reads_comments and ground.round.state is RoundState.CLOSED
    comments = comments_of_round(ground.round.round_id) if reads else {}
    return SimilarPage(
        head=ground.head,
        code=code,
        text=ground.listed[code].text,
        outcomes=tuple(_like_outcomes(ground, code))[:MOST_SHOWN],
        comments=tuple(_like_comments(ground, code, comments))[:MOST_SHOWN],
        reads_comments=reads,
    )


def pairs_page(ground: Ground) -> PairsPage:
    """Return the pairs of the list that look alike."""
    listed = tuple(ground.listed.values())
    found = similar_pairs([each.said for each in listed], at_least=PAIRS_FROM)
    pairs = tuple(
        LikePair(
            one=_like(ground, listed[pair.one], pair.similarity),
            other=_like(ground, listed[pair.other], pair.similarity),
        )
        for pair in found[:MOST_PAIRS]
    )
    return PairsPage(head=ground.head, pairs=pairs, left_out=len(found) - len(pairs))


def _like_outcomes(ground: Ground, code: str) -> Iterable[LikeOutcome]:
    listed = list(ground.listed.values())
    found = similarities([each.said for each in listed], to=list(ground.listed).index(code))
    for at in sorted(range(len(listed)), key=lambda at: -found[at]):
        if listed[at].code != code and likeness(found[at]):
            yield _like(ground, listed[at], found[at])


def _like_comments(ground: Ground, code: str, comments: Comments) -> Iterable[LikeComment]:
    # What was written on the outcome itself stands on its own page.
    elsewhere = ((about, one) for about, each in comments.items() if about != code for one in each)
    texts = [(about, one) for about, one in elsewhere if one.text != HELD_BACK]
    found = similarities([ground.listed[code].said, *(one.text for _, one in texts)], to=0)[1:]
    for at in sorted(range(len(texts)), key=lambda at: (-found[at], texts[at][1].text)):
        about, one = texts[at]
        words = likeness(found[at])
        if words:
            label = ground.listed[about].text.label if about in ground.listed else ""
            yield LikeComment(kind=one.kind, text=one.text, about=label, likeness=words)


def _like(ground: Ground, listed: Listed, similarity: float) -> LikeOutcome:
    decided = ground.by_outcome.get(listed.code)
    return LikeOutcome(
        code=listed.code,
        text=listed.text,
        likeness=likeness(similarity) or "",
        so_far=headline(decided, ground.listed) if decided else "",
    )
