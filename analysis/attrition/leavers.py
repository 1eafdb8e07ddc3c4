"""Whether those who did not come back had rated differently: the scores of the round before, side by side."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.comparison import MannWhitney, mann_whitney
from analysis.evidence import respondents_of
from analysis.hodges_lehmann import HodgesLehmann, hodges_lehmann
from analysis.ratings import RatingMatrix
from analysis.study.study import Study


@dataclass(frozen=True, slots=True)
class LeaverComparison:
    """Those who stayed beside those who left, by each person's mean score in the earlier round.

    `group` None: everyone. n_stayed, n_left: people with a score; unscored_stayed, unscored_left: people
    without any, who are in no other figure. means_stayed, means_left: the mean scores, lowest first, so that
    they tell no person; to be plotted. test: stayed as x, left as y. difference: stayed less left, in points.
    A large p-value is no proof that they agreed, and one a group is many: report all or none.
    """

    group: str | None
    n_stayed: int
    n_left: int
    unscored_stayed: int
    unscored_left: int
    median_stayed: float | None
    median_left: float | None
    means_stayed: tuple[float, ...]
    means_left: tuple[float, ...]
    test: MannWhitney
    difference: HodgesLehmann


def compare_leavers(
    scores: ArrayLike, *, groups: Sequence[str], retained: ArrayLike, confidence: float = 0.95
) -> tuple[LeaverComparison, ...]:
    """Ask whether those who left had rated differently from those who stayed.

    Parameters
    ----------
    scores : (P, O) the ratings of the earlier round, panellists by outcomes; NaN where missing.
    groups : each panellist's group.
    retained : (P,) booleans, who answered the later round as well.
    confidence : of the interval of the difference, between 0 and 1.

    Returns
    -------
    One `LeaverComparison` for everyone, then one for each group in the order in which `groups` names them.

    Raises
    ------
    ValueError
        For shapes that do not fit, `retained` that are no booleans, an infinite score, a confidence outside
        0 to 1.

    Notes
    -----
    A person counts once, by the mean of the scores that they gave. With five leavers a test misses most
    differences that would matter: p > .05 is then silence, not reassurance. Put the difference, its interval
    and the plotted means first. How people had rated is compared, not why they left.

    References
    ----------
    Williamson and others (2017), Trials 18 suppl. 3, 280, doi 10.1186/s13063-017-1978-4 (attrition bias in
    Delphi rounds). `mann_whitney` and `hodges_lehmann` name theirs.
    """
    ratings, stayed = _checked(scores, groups, retained)
    means = _mean_scores(ratings)
    found = [_compared(None, means, stayed, confidence)]
    for group in dict.fromkeys(groups):
        members = np.array([name == group for name in groups], dtype=np.bool_)
        found.append(_compared(group, means[members], stayed[members], confidence))
    return tuple(found)


def leavers_of(study: Study, earlier: str, later: str) -> tuple[LeaverComparison, ...]:
    """Return `compare_leavers` for the ratings of round `earlier`, by who answered round `later`.

    The scores are those of the earlier round's first criterion, on time. Whoever answered that round in
    another way (a comment, "cannot say" alone) is there without a score. An answer of any kind on time to the
    later round counts as staying. Groups are in the protocol's order; one of whom nobody came is not there.
    Raises KeyError for an unknown round; ValueError where `earlier` asks for no ratings or `later` does not
    come after it.
    """
    codes = [round_.code for round_ in study.protocol.rounds]
    study.protocol.round(earlier)
    study.protocol.round(later)
    if codes.index(later) <= codes.index(earlier):
        raise ValueError(f"later: round {later} does not come after round {earlier}")
    came = respondents_of(study, earlier)
    group_of = {one.code: one.group for one in study.panel if one.code in came}
    return leavers_among(
        RatingMatrix.of(study, earlier),
        group_of=group_of,
        stayed=respondents_of(study, later),
        groups=study.protocol.group_codes,
    )


def leavers_among(
    matrix: RatingMatrix, *, group_of: Mapping[str, str], stayed: Set[str], groups: Sequence[str]
) -> tuple[LeaverComparison, ...]:
    """Return `compare_leavers` for those who came to a round, whose scores are `matrix`.

    `group_of`: the group of everyone who came, in the panel's order, with scores or without. `stayed`: who
    came to the later round. `groups`: the order to tell them in. KeyError for a group that is not in it.
    """
    place = {group: at for at, group in enumerate(groups)}
    people = sorted(group_of, key=lambda code: place[group_of[code]])
    row_of = {code: at for at, code in enumerate(matrix.panellists)}
    scores = np.full((len(people), len(matrix.outcomes)), np.nan)
    for at, code in enumerate(people):
        if code in row_of:
            scores[at] = matrix.scores[row_of[code]]
    retained = np.array([code in stayed for code in people], dtype=np.bool_)
    return compare_leavers(scores, groups=[group_of[code] for code in people], retained=retained)


def _mean_scores(ratings: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each row's mean over what it has; NaN where it has nothing."""
    given = ~np.isnan(ratings)
    number = given.sum(axis=1)
    total = np.where(given, ratings, 0.0).sum(axis=1)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def _compared(
    group: str | None, means: NDArray[np.float64], stayed: NDArray[np.bool_], confidence: float
) -> LeaverComparison:
    scored = ~np.isnan(means)
    of_stayed, of_left = np.sort(means[stayed & scored]), np.sort(means[~stayed & scored])
    return LeaverComparison(
        group=group,
        n_stayed=of_stayed.size,
        n_left=of_left.size,
        unscored_stayed=int((stayed & ~scored).sum()),
        unscored_left=int((~stayed & ~scored).sum()),
        median_stayed=_median(of_stayed),
        median_left=_median(of_left),
        means_stayed=tuple(of_stayed.tolist()),
        means_left=tuple(of_left.tolist()),
        test=mann_whitney(of_stayed, of_left),
        difference=hodges_lehmann(of_stayed, of_left, confidence=confidence),
    )


def _median(means: NDArray[np.float64]) -> float | None:
    return float(np.median(means)) if means.size else None


def _checked(
    scores: ArrayLike, groups: Sequence[str], retained: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    ratings, stayed = np.asarray(scores, dtype=np.float64), np.asarray(retained)
    if ratings.ndim != 2:
        raise ValueError(f"scores: {ratings.ndim} dimensions, expected panellists by outcomes")
    people = ratings.shape[0]
    if np.isinf(ratings).any():
        raise ValueError("scores: an infinite score")
    if len(groups) != people:
        raise ValueError(f"groups: {len(groups)}, expected one for each of {people} panellists")
    if stayed.shape != (people,) or stayed.dtype != np.bool_:
        raise ValueError(f"retained: {stayed.dtype} {stayed.shape}, expected {people} booleans")
    return ratings, stayed
