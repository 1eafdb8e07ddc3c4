"""How alike short texts are: TF-IDF over their words and over pieces of words, and the cosine between them.

The weights are those of scikit-learn's TfidfVectorizer, which the tests compare with. It is not imported: it
would add more than 100 MB to each process of the app, most of which serve panellists.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

SHORTEST_PIECE, LONGEST_PIECE = 3, 4
AT_ONCE = 500  # texts that are compared with all others in one go: what is held at once stays small


class Likeness(StrEnum):
    """How alike two texts are, in words."""

    SAME = "almost the same words"
    MUCH = "many words in common"
    SOME = "some words in common"


# Where each begins, from the 54 named wordings of the MSCOS study: of its 19 pairs from 0.3 on, 18 became one
# outcome or one of the other; of its 40 pairs from 0.2 on, 21. They only sort suggestions.
BEGINS_AT = ((Likeness.SAME, 0.75), (Likeness.MUCH, 0.3), (Likeness.SOME, 0.2))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by their places, the earlier first, and how alike they are: 0 to 1."""

    one: int
    other: int
    similarity: float


def likeness(similarity: float) -> Likeness | None:
    """Return a similarity in words; None where it is too small to speak of."""
    return next((words for words, begins in BEGINS_AT if similarity >= begins), None)


def similarities(texts: Sequence[str], *, to: int) -> NDArray[np.float64]:
    """Return how alike each text is to one of them, 0 to 1. An empty text is like nothing."""
    parts = [vectors[[to]] @ vectors.T for vectors in _vectors(texts)]
    return np.asarray(sum(part.toarray()[0] for part in parts) / len(parts))


def similar_pairs(texts: Sequence[str], *, at_least: float) -> tuple[Pair, ...]:
    """Return the pairs that are as alike as that, the most alike first."""
    by_words, by_pieces = _vectors(texts)
    found: list[Pair] = []
    for start in range(0, len(texts), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        both = ((by_words[some] @ by_words.T + by_pieces[some] @ by_pieces.T) / 2).tocoo()
        one, other = both.row + start, both.col
        alike = (one < other) & (both.data >= at_least)
        places = zip(one[alike].tolist(), other[alike].tolist(), both.data[alike].tolist(), strict=True)
        found += [Pair(*each) for each in places]
    return tuple(sorted(found, key=lambda pair: (-pair.similarity, pair.one, pair.other)))


def _vectors(texts: Sequence[str]) -> tuple[csr_array, csr_array]:
    """Return the texts as rows of length 1, by words and by pieces of words.

    Pieces find "safely" beside "safety", and the texts of languages that put no spaces between words.
    """
    lower = [text.lower() for text in texts]
    return _weighed(lower, _words), _weighed(lower, _pieces)


def _words(text: str) -> Iterable[str]:
    return re.findall(r"\w\w+", text)


def _pieces(text: str) -> Iterable[str]:
    for word in text.split():
        padded = f" {word} "
        for length in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
            yield from (padded[at : at + length] for at in range(max(1, len(padded) - length + 1)))
            if len(padded) <= length:
                break  # a short word has one piece, not one for each length


def _weighed(texts: Sequence[str], features: Callable[[str], Iterable[str]]) -> csr_array:
    place: dict[str, int] = {}
    starts, columns, counts = [0], list[int](), list[int]()
    for text in texts:
        for feature, count in Counter(features(text)).items():
            columns.append(place.setdefault(feature, len(place)))
            counts.append(count)
        starts.append(len(columns))
    at = np.asarray(columns, dtype=np.intp)
    in_texts = np.bincount(at, minlength=len(place))
    weights = np.asarray(counts) * (np.log((1 + len(texts)) / (1 + in_texts)) + 1)[at]
    rows = np.repeat(np.arange(len(texts)), np.diff(starts))
    lengths = np.sqrt(np.bincount(rows, weights=weights**2, minlength=len(texts)))
    return csr_array((weights / lengths[rows], at, starts), shape=(len(texts), max(1, len(place))))
