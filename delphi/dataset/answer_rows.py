"""Answers of a study as rows of the tables."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from analysis.study.records import Comment, Panellist, Ranking, Rating, Vote
from delphi.dataset.writing import Codes, Row
from delphi.models import TextKind


def rating_rows(ratings: Iterable[Rating], codes: Codes, *, now: datetime) -> list[Row]:
    """Return a row for each rating, all answered `now`."""
    return [
        {
            **_who_and_what(rating, codes),
            "criterion": rating.criterion,
            "score": rating.score,
            "missing": rating.missing,
            "late": rating.late,
            "answered_at": now,
        }
        for rating in ratings
    ]


def comment_rows(comments: Iterable[Comment], codes: Codes, *, now: datetime) -> list[Row]:
    """Return a row for each comment, all written `now` and on time: a bundle holds no late ones."""
    return [
        {
            "round_id": codes.rounds[comment.round],
            "panellist_id": codes.panellists[comment.panellist],
            "outcome_id": codes.outcomes[comment.outcome] if comment.outcome else None,
            "text": comment.comment,
            "kind": TextKind(comment.kind),
            "late": False,
            "written_at": now,
        }
        for comment in comments
    ]


def vote_rows(votes: Iterable[Vote], codes: Codes) -> list[Row]:
    """Return a row for each place on a ballot."""
    return [
        {**_who_and_what(vote, codes), "ballot": vote.ballot, "position": vote.position} for vote in votes
    ]


def ranking_rows(rankings: Iterable[Ranking], codes: Codes, *, now: datetime) -> list[Row]:
    """Return a row for each person's order, all given `now`."""
    whose = dict.fromkeys((place.round, place.panellist) for place in rankings)
    return [
        {
            "round_id": codes.rounds[round_],
            "panellist_id": codes.panellists[panellist],
            "late": False,
            "answered_at": now,
        }
        for round_, panellist in whose
    ]


def place_rows(
    rankings: Iterable[Ranking], codes: Codes, *, ranking_ids: Mapping[tuple[int, int], int]
) -> list[Row]:
    """Return a row for each place; `ranking_ids`: the id of each order by its round's and panellist's ids."""
    return [
        {
            "ranking_id": ranking_ids[codes.rounds[place.round], codes.panellists[place.panellist]],
            "position": place.position,
            "outcome_id": codes.outcomes[place.outcome],
        }
        for place in rankings
    ]


def withdrawal_rows(panel: Iterable[Panellist], codes: Codes, *, now: datetime) -> list[Row]:
    """Return a row for each person of whom it is known how they left; a bundle holds no receipts."""
    return [
        {
            "panellist_id": codes.panellists[person.code],
            "answers": person.withdrawal_answers,
            "receipt": None,
            "withdrew_at": now,
            "entered": person.withdrawal_entered,
        }
        for person in panel
        if person.withdrawal_entered is not None
    ]


def _who_and_what(answer: Rating | Vote, codes: Codes) -> Row:
    return {
        "round_id": codes.rounds[answer.round],
        "panellist_id": codes.panellists[answer.panellist],
        "outcome_id": codes.outcomes[answer.outcome],
    }
