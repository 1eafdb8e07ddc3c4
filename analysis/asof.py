"""A study as it stood while a round was open."""

from collections.abc import Set
from dataclasses import replace

from analysis.study.lineage_fit import made_codes
from analysis.study.records import Panellist
from analysis.study.study import Study

NOBODY: frozenset[str] = frozenset()


def as_of(study: Study, round_code: str, *, without: Set[str] = NOBODY) -> Study:
    """Return `study` as it stood while `round_code` was open; KeyError for an unknown round.

    Left out: answers of later rounds, answers of this round that came late, lineage rows after this and later
    rounds and the outcomes that they make, people who joined later, and later withdrawals. Answers that the
    panellists in `without` gave in this round are left out too; their earlier ones stay. The protocol,
    the published figures and the documents stay as they are.
    """
    study.protocol.round(round_code)
    order = {round_.code: place for place, round_ in enumerate(study.protocol.rounds)}
    now = order[round_code]
    not_yet = made_codes(tuple(step for step in study.lineage if order[step.after] >= now))

    def is_there(round_: str, panellist: str) -> bool:
        return order[round_] < now or (round_ == round_code and panellist not in without)

    def as_they_were(person: Panellist) -> Panellist:
        later = person.withdrew is not None and order[person.withdrew] > now
        stays = replace(person, withdrew=None, withdrawal_entered=None, withdrawal_answers=None)
        return stays if later else person

    return replace(
        study,
        outcomes=tuple(outcome for outcome in study.outcomes if outcome.code not in not_yet),
        wordings=tuple(wording for wording in study.wordings if wording.code not in not_yet),
        lineage=tuple(step for step in study.lineage if order[step.after] < now),
        panel=tuple(as_they_were(person) for person in study.panel if order[person.joined] <= now),
        ratings=tuple(
            rating
            for rating in study.ratings
            if is_there(rating.round, rating.panellist) and not (rating.late and rating.round == round_code)
        ),
        rankings=tuple(ranking for ranking in study.rankings if is_there(ranking.round, ranking.panellist)),
        ballots=tuple(vote for vote in study.ballots if is_there(vote.round, vote.panellist)),
        comments=tuple(comment for comment in study.comments if is_there(comment.round, comment.panellist)),
    )
