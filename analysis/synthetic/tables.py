"""From a study's design and parameters to its four answer tables."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.study.records import Comment, Panellist, Rating, Vote
from analysis.study.rounds import Round, RoundKind
from analysis.synthetic.ballots import draw_ballots
from analysis.synthetic.comments import draw_comments
from analysis.synthetic.design import Design, read_design
from analysis.synthetic.draws import Draws
from analysis.synthetic.panel import Attendance, draw_panel
from analysis.synthetic.parameters import Parameters, read_parameters
from analysis.synthetic.ratings import RatingTask, draw_ratings

PANEL_COLUMNS = ("panellist", "group", "joined", "withdrew")
RATING_COLUMNS = ("round", "panellist", "outcome", "criterion", "score", "missing", "late")
BALLOT_COLUMNS = ("round", "ballot", "panellist", "position", "outcome")
COMMENT_COLUMNS = ("round", "panellist", "outcome", "comment")


@dataclass(frozen=True, slots=True)
class Answers:
    """A synthetic panel and all that it said."""

    panel: tuple[Panellist, ...]
    ratings: tuple[Rating, ...]
    ballots: tuple[Vote, ...]
    comments: tuple[Comment, ...]


def synthesise(folder: Path) -> None:
    """Write `panel.csv`, `ratings.csv`, `ballots.csv` and `comments.csv` of the study in `folder`.

    The same design and the same `synthetic.toml` give the same bytes. Raises ValueError where they do not fit.
    """
    answers = draw_answers(read_design(folder), parameters=read_parameters(folder))
    _write(folder / "panel.csv", PANEL_COLUMNS, map(_panel_row, answers.panel))
    _write(folder / "ratings.csv", RATING_COLUMNS, map(_rating_row, answers.ratings))
    _write(folder / "ballots.csv", BALLOT_COLUMNS, map(_ballot_row, answers.ballots))
    _write(folder / "comments.csv", COMMENT_COLUMNS, map(_comment_row, answers.comments))


def draw_answers(design: Design, *, parameters: Parameters) -> Answers:
    """Draw a panel and its answers. Nothing here looks at a rule or at a published figure."""
    rounds = tuple(round_.code for round_ in design.rounds)
    draws = Draws(parameters.seeds["panel"])
    attendance = draw_panel(parameters, rounds=rounds, groups=design.groups, draws=draws)
    ratings: list[Rating] = []
    ballots: list[Vote] = []
    for round_ in design.rounds:
        if round_.kind is RoundKind.RATING:
            ratings += _round_ratings(design, round_, ratings, attendance, parameters)
        elif round_.kind is RoundKind.WORKSHOP:
            ballots += _round_ballots(design, round_, attendance, parameters)
    draws = Draws(parameters.seeds["comments"])
    comments = draw_comments(design, attendance=attendance, parameters=parameters, draws=draws)
    return Answers(attendance.panel, tuple(ratings), tuple(ballots), tuple(comments))


def _round_ratings(
    design: Design, round_: Round, so_far: Sequence[Rating], attendance: Attendance, parameters: Parameters
) -> list[Rating]:
    earlier = {(r.panellist, r.outcome, r.criterion): r.score for r in so_far if r.score is not None}
    task = RatingTask(round_, design.scales[round_.scale or ""], design.lists[round_.code], earlier)
    draws = Draws(parameters.seeds[round_.code])
    return draw_ratings(task, attendance=attendance, parameters=parameters, draws=draws)


def _round_ballots(design: Design, round_: Round, attendance: Attendance, parameters: Parameters) -> list[Vote]:
    draws = Draws(parameters.seeds[round_.code])
    outcomes = design.lists[round_.code]
    return draw_ballots(round_, outcomes=outcomes, attendance=attendance, parameters=parameters, draws=draws)


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _panel_row(person: Panellist) -> Sequence[str]:
    return person.code, person.group, person.joined, person.withdrew or ""


def _rating_row(rating: Rating) -> Sequence[str]:
    score = "" if rating.score is None else str(rating.score)
    late = "late" if rating.late else ""
    return rating.round, rating.panellist, rating.outcome, rating.criterion, score, rating.missing or "", late


def _ballot_row(vote: Vote) -> Sequence[str]:
    return vote.round, vote.ballot, vote.panellist, str(vote.position), vote.outcome


def _comment_row(comment: Comment) -> Sequence[str]:
    return comment.round, comment.panellist, comment.outcome or "", comment.comment
