"""From a study's design and parameters to its four answer tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.bundle.columns import BALLOTS, COMMENTS, PANEL, RATINGS, Record, Table
from analysis.bundle.tables import table_text
from analysis.study.records import Comment, Panellist, Rating, Vote
from analysis.study.rounds import Round, RoundKind
from analysis.synthetic.ballots import draw_ballots
from analysis.synthetic.comments import draw_comments
from analysis.synthetic.design import Design, read_design
from analysis.synthetic.draws import Draws
from analysis.synthetic.panel import Attendance, draw_panel
from analysis.synthetic.parameters import Parameters, read_parameters
from analysis.synthetic.ratings import RatingTask, draw_ratings


@dataclass(frozen=True, slots=True)
class Answers:
    """A synthetic panel and all that it said."""

    panel: tuple[Panellist, ...]
    ratings: tuple[Rating, ...]
    ballots: tuple[Vote, ...]
    comments: tuple[Comment, ...]


def synthesise(folder: Path) -> None:
    """Write `panel.csv`, `ratings.csv`, `ballots.csv` and `comments.csv` of the study in `folder`.

    The same design and `synthetic.toml` give the same bytes. Raises ValueError where they do not fit.
    """
    answers = draw_answers(read_design(folder), parameters=read_parameters(folder))
    _write(folder, PANEL, answers.panel)
    _write(folder, RATINGS, answers.ratings)
    _write(folder, BALLOTS, answers.ballots)
    _write(folder, COMMENTS, answers.comments)


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


def _round_ballots(
    design: Design, round_: Round, attendance: Attendance, parameters: Parameters
) -> list[Vote]:
    draws = Draws(parameters.seeds[round_.code])
    outcomes = design.lists[round_.code]
    return draw_ballots(round_, outcomes=outcomes, attendance=attendance, parameters=parameters, draws=draws)


def _write(folder: Path, table: Table[Record], records: Iterable[Record]) -> None:
    (folder / table.file).write_bytes(table_text(table, records).encode())
