"""What `synthetic.toml` says: how many people, how they answer, which outcomes are liked by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.bundle.faults import BundleError
from analysis.bundle.toml_reader import read_toml

PARAMETERS_FILE = "synthetic.toml"

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Turnout:
    """People by group in one round: who joins, who answers, who only answers late, who withdraws."""

    round: str
    joins: Counts
    answers: Counts
    late: Counts = field(default_factory=dict)
    withdraws: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Habits:
    """How people answer. Widths are on the scale's points; everything else is a share, 0 to 1.

    loyalty and curiosity: how much more likely those who answered last time, and newcomers, are to answer.
    leniency: how far a person lies above or below the others; noise: how far one answer strays.
    repeats: earlier answers given again. breaks_off: people who stop part-way; part_late: people whose
    last answers come after the round has closed.
    """

    loyalty: float
    curiosity: float
    leniency: float
    noise: float
    repeats: float
    cannot_say: float
    no_opinion: float
    skipped: float
    breaks_off: float
    part_late: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Voting:
    """How people vote. stands_by: how many times likelier an outcome of the person's last top list is."""

    stands_by: float
    leaves_a_place_empty: float
    leaves_early: float


@dataclass(frozen=True, slots=True)
class Tier:
    """Outcomes that are liked alike in `round`: the middle of the answers, or the pull on a ballot."""

    round: str
    tier: str
    appeal: float
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """How much more (less) `groups` like some outcomes in `round` than the tier says."""

    round: str
    groups: tuple[str, ...]
    by: float
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remarks:
    """Comments of one round: the share of people who write, on how many outcomes at most, and the phrases.

    merging, dropping, adding: phrases for steps of the lineage that rest on comments; `voices` people each.
    """

    round: str
    writers: float
    most: int
    on_outcomes: tuple[str, ...]
    on_the_round: tuple[str, ...]
    on_the_round_share: float
    voices: int = 0
    merging: tuple[str, ...] = ()
    dropping: tuple[str, ...] = ()
    adding: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameters:
    """All of `synthetic.toml`; `seeds` are for `panel`, for `comments` and for each round of answers."""

    seeds: Mapping[str, int]
    habits: Habits
    voting: Voting
    turnout: tuple[Turnout, ...]
    tiers: tuple[Tier, ...]
    shifts: tuple[Shift, ...]
    remarks: tuple[Remarks, ...]

    def turnout_of(self, round_code: str) -> Turnout:
        """Return who comes in a round; ValueError if the file does not say."""
        for turnout in self.turnout:
            if turnout.round == round_code:
                return turnout
        raise ValueError(f"{PARAMETERS_FILE}: turnout: nothing for round {round_code}")

    def appeal(self, round_code: str, *, outcomes: tuple[str, ...], group: str) -> dict[str, float]:
        """Return how much `group` likes each outcome of a round's list; ValueError if one is in no tier."""
        liked = {
            code: tier.appeal for tier in self.tiers if tier.round == round_code for code in tier.outcomes
        }
        shifts = [shift for shift in self.shifts if shift.round == round_code and group in shift.groups]
        named = (*outcomes, *(code for shift in shifts for code in shift.outcomes))
        unplaced = [code for code in dict.fromkeys(named) if code not in liked]
        if unplaced:
            fault = f"round {round_code} has no tier for {', '.join(unplaced)}"
            raise ValueError(f"{PARAMETERS_FILE}: tiers: {fault}")
        for shift in shifts:
            liked |= {code: liked[code] + shift.by for code in shift.outcomes}
        return {code: liked[code] for code in outcomes}


def read_parameters(folder: Path) -> Parameters:
    """Read the parameters beside a study; BundleError lists every field that is not right."""
    text = (folder / PARAMETERS_FILE).read_text(encoding="utf-8")
    reading = read_toml(text, file=PARAMETERS_FILE, kind=Parameters)
    if reading.value is None:
        raise BundleError(reading.faults)
    return reading.value.part
