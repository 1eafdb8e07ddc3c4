"""A synthetic panel: who joins, answers, misses a round, comes back, answers late, leaves."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.study.records import Panellist
from analysis.synthetic.draws import Draws
from analysis.synthetic.parameters import PARAMETERS_FILE, Habits, Parameters, Turnout


@dataclass(frozen=True, slots=True)
class Attendance:
    """The panel with each person's leniency, and by round who answers in time and who only answers late."""

    panel: tuple[Panellist, ...]
    leniency: Mapping[str, float]
    respondents: Mapping[str, tuple[str, ...]]
    late: Mapping[str, tuple[str, ...]]

    def group_of(self) -> dict[str, str]:
        """Return each person's group."""
        return {person.code: person.group for person in self.panel}


@dataclass(slots=True)
class _Person:
    code: str
    group: str
    joined: str
    withdrew: str | None = None
    answered_last: bool = False


def draw_panel(
    parameters: Parameters, *, rounds: tuple[str, ...], groups: tuple[str, ...], draws: Draws
) -> Attendance:
    """Draw the panel round by round, in exactly the numbers that the parameters give."""
    people: list[_Person] = []
    respondents: dict[str, tuple[str, ...]] = {}
    late: dict[str, tuple[str, ...]] = {}
    for round_code in rounds:
        turnout = parameters.turnout_of(round_code)
        _add_newcomers(people, turnout, groups, draws)
        present = [_come(people, turnout, group, parameters.habits, draws) for group in groups]
        respondents[round_code] = tuple(sorted(code for answering, _ in present for code in answering))
        late[round_code] = tuple(sorted(code for _, tardy in present for code in tardy))
        for person in people:
            person.answered_last = person.code in respondents[round_code]
    panel = tuple(Panellist(p.code, p.group, p.joined, p.withdrew) for p in people)
    leniency = {person.code: draws.spread(parameters.habits.leniency) for person in panel}
    return Attendance(panel=panel, leniency=leniency, respondents=respondents, late=late)


def _add_newcomers(people: list[_Person], turnout: Turnout, groups: tuple[str, ...], draws: Draws) -> None:
    joining = [group for group in groups for _ in range(turnout.joins.get(group, 0))]
    for group in draws.sample(joining, size=len(joining)):  # in a drawn order, so that a code tells no group
        people.append(_Person(code=f"p{len(people) + 1:03d}", group=group, joined=turnout.round))


def _come(
    people: list[_Person], turnout: Turnout, group: str, habits: Habits, draws: Draws
) -> tuple[list[str], list[str]]:
    answers, late = turnout.answers.get(group, 0), turnout.late.get(group, 0)
    leaving = turnout.withdraws.get(group, 0)
    invited = [person for person in people if person.group == group and person.withdrew is None]
    if len(invited) < answers + late + leaving:
        raise ValueError(f"{PARAMETERS_FILE}: turnout: round {turnout.round}: too few {group} have joined")
    keen = {person.code: _keenness(person, turnout.round, habits, draws) for person in invited}
    invited.sort(key=lambda person: keen[person.code], reverse=True)
    for person in invited[len(invited) - leaving :]:
        person.withdrew = turnout.round
    codes = [person.code for person in invited]
    return codes[:answers], codes[answers : answers + late]


def _keenness(person: _Person, round_code: str, habits: Habits, draws: Draws) -> float:
    loyalty = habits.loyalty if person.answered_last else 0.0
    curiosity = habits.curiosity if person.joined == round_code else 0.0
    return draws.share() + loyalty + curiosity
