"""Synthetic ratings: each score strays around what the person's group thinks of the outcome."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.study.records import Missing, Rating
from analysis.study.rounds import Round
from analysis.study.scale import Scale
from analysis.synthetic.draws import Draws
from analysis.synthetic.panel import Attendance
from analysis.synthetic.parameters import Habits, Parameters

LEAST_DONE, MOST_DONE = (
    0.25,
    0.9,
)  # how much of the list somebody has done who stops part-way, or is late with the rest

Earlier = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True, slots=True)
class RatingTask:
    """A rating round and what its answers depend on; `earlier`: scores by panellist, outcome, criterion."""

    round: Round
    scale: Scale
    outcomes: tuple[str, ...]
    earlier: Earlier


def draw_ratings(
    task: RatingTask, *, attendance: Attendance, parameters: Parameters, draws: Draws
) -> list[Rating]:
    """Draw everyone's answers, person by person, outcomes in the list's order."""
    group_of = attendance.group_of()
    code = task.round.code
    tardy = set(attendance.late[code])
    liked = {
        group: parameters.appeal(code, outcomes=task.outcomes, group=group)
        for group in sorted(set(group_of.values()))
    }
    ratings: list[Rating] = []
    for person in sorted((*attendance.respondents[code], *tardy)):
        middle = {o: a + attendance.leniency[person] for o, a in liked[group_of[person]].items()}
        ratings += _one_persons(task, person, middle, person in tardy, parameters.habits, draws)
    return ratings


def _one_persons(
    task: RatingTask, person: str, middle: Mapping[str, float], tardy: bool, habits: Habits, draws: Draws
) -> Iterator[Rating]:
    in_time, done = _stops(task, tardy, habits, draws)
    for outcome in task.outcomes:
        for criterion in (criterion.code for criterion in task.round.criteria):
            missing = _missing(habits, draws)
            score = _score(task, (person, outcome, criterion), middle[outcome], habits, draws)
            if outcome in done:
                kept = None if missing else score
                late = tardy or outcome not in in_time
                yield Rating(task.round.code, person, outcome, criterion, kept, missing, late)


def _stops(task: RatingTask, tardy: bool, habits: Habits, draws: Draws) -> tuple[set[str], set[str]]:
    """Draw which outcomes a person has done in time, and which at all; each starts elsewhere in the list."""
    start = int(draws.share() * len(task.outcomes))
    order = task.outcomes[start:] + task.outcomes[:start]
    fate, progress = draws.share(), draws.share()
    part = set(order[: int(len(order) * (LEAST_DONE + (MOST_DONE - LEAST_DONE) * progress))])
    everything = set(order)
    if fate < habits.breaks_off:
        return part, part
    if not tardy and fate < habits.breaks_off + habits.part_late.get(task.round.code, 0.0):
        return part, everything
    return everything, everything


def _missing(habits: Habits, draws: Draws) -> Missing | None:
    point = draws.share()
    for kind, share in (
        (Missing.CANNOT_SAY, habits.cannot_say),
        (Missing.NO_OPINION, habits.no_opinion),
        (Missing.SKIPPED, habits.skipped),
    ):
        if point < share:
            return kind
        point -= share
    return None


def _score(task: RatingTask, key: tuple[str, str, str], middle: float, habits: Habits, draws: Draws) -> int:
    again, fresh = draws.happens(habits.repeats), middle + draws.spread(habits.noise)
    if again and key in task.earlier:
        return task.earlier[key]
    return max(task.scale.low, min(task.scale.high, int(fresh + 0.5)))
