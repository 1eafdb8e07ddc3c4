"""How firmly a round's verdicts stand: other people, other weights, other rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analysis.consensus.answers import Answers
from analysis.consensus.verdict_codes import VERDICTS, VerdictCodes
from analysis.report.rating_data import RatingData
from analysis.report.rating_tables import OUTCOME
from analysis.sensitivity import (
    Alternative,
    FlipWeight,
    WeightScan,
    flip_sentence,
    flip_weight,
    leave_one_group_out,
    rule_grid,
    usual_alternatives,
    verdicts_by_weight,
    worst_and_best_case,
)
from analysis.sentences import VERDICT_WORDS, Words, exact_number
from analysis.study.rules import ConsensusDefinition, Of, ShareRule
from analysis.study.scale import Box, Scale
from analysis.study.weighting import Weighting, WeightScheme
from analysis.tables import HIDDEN, Cell, Column, Kind, Table, plain_number, table
from analysis.uncertainty import BootstrapShares, VerdictStability, bootstrap_shares, verdict_stability

# Weights that a reader may want to try, from nothing to ten times.
TRIED_WEIGHTS = tuple(
    Fraction(one) for one in ("0", "1/4", "1/2", "3/4", "1", "3/2", "2", "5/2", "3", "4", "5", "7", "10")
)
_LARGE_PANEL = 2000  # people; up to it drawing them one by one is quicker
_VERDICT = Column("verdict", "Verdict", Kind.TEXT)


@dataclass(frozen=True)
class Decided:
    """Answers with the rule that decides on them, and the words for both: of a rating round or a workshop."""

    answers: Answers
    definition: ConsensusDefinition
    weighting: Weighting
    words: Words
    labels: Sequence[str]
    scale: Scale | None
    focus: str | None
    one: str  # what a single person of the group in focus is called
    hides_a_group: bool  # some group is too small to be shown

    @property
    def own_weight(self) -> Fraction:
        """What one of the group in focus counts for in the study; 1 where weights are of another kind."""
        if self.weighting.scheme is not WeightScheme.MULTIPLIER or self.focus is None:
            return Fraction(1)
        return Fraction(self.weighting.values.get(self.focus, 1))

    @property
    def only_focus_is_weighted(self) -> bool:
        """Whether moving the weight of the group in focus passes through the study's own weights."""
        others = [weight for group, weight in self.weighting.values.items() if group != self.focus]
        known = (WeightScheme.NONE, WeightScheme.MULTIPLIER)
        return self.weighting.scheme in known and all(weight == 1 for weight in others)

    @cached_property
    def flips(self) -> tuple[FlipWeight, ...] | None:
        """The flip weights of the group in focus; None where the rule is on lists or names nobody."""
        ratings = self.answers.ratings
        only_shares = all(isinstance(rule, ShareRule) for rule in self.definition.rules)
        if self.focus is None or ratings is None or not only_shares:
            return None
        return flip_weight(ratings, self.focus, self.definition, boxes=self.answers.boxes)

    @cached_property
    def scan(self) -> WeightScan:
        """The verdicts at the weights tried, the study's own among them."""
        weights = sorted({*TRIED_WEIGHTS, self.own_weight})
        focus = self.focus or self.answers.groups[0]
        return verdicts_by_weight(self.answers, self.definition, group=focus, weights=weights)


def focus_is_hidden(data: RatingData) -> bool:
    """Say whether the group in focus is too small to be shown: its flip weights would give it away."""
    return data.focus is not None and bool(data.hidden[data.counts.groups.index(data.focus)].any())


def decided_of(data: RatingData) -> Decided | None:
    """Return a rating round's answers with its rule; None where no rule decides."""
    if data.definition is None:
        return None
    labels = [data.label(outcome) for outcome in data.listed]
    focus = None if focus_is_hidden(data) else data.focus
    return Decided(
        answers=data.answers,
        definition=data.definition,
        weighting=data.weighting,
        words=data.words,
        labels=labels,
        scale=data.scale,
        focus=focus,
        one=data.protocol.group(focus).one if focus else "",
        hides_a_group=data.hides_a_group,
    )


def verdict_word(code: int) -> str:
    """Return the verdict behind a code, in words."""
    return VERDICT_WORDS[VERDICTS[code]].lower() if code >= 0 else ""


@dataclass(frozen=True, slots=True)
class Firmness:
    """What drawing the panel again showed: of the share in the deciding box, and of the verdicts."""

    box: Box
    shares: BootstrapShares
    stays: VerdictStability


def firmness_of(data: RatingData, *, replicates: int, rng: np.random.Generator) -> Firmness | None:
    """Draw the panel again; None where no rule decides or the scale has no box."""
    box = data.deciding_box
    if box is None or data.definition is None:
        return None
    shares = bootstrap_shares(data.counts, box, weighting=data.weighting, replicates=replicates, rng=rng)
    only_shares = all(isinstance(rule, ShareRule) for rule in data.definition.rules)
    by_counts = only_shares and len(data.matrix.panellists) > _LARGE_PANEL
    stays = verdict_stability(
        data.counts
        if by_counts
        else data.matrix,  # the same; the cost of counts does not grow with the panel
        data.definition,
        boxes=data.answers.boxes,
        weighting=data.weighting,
        categories=data.scale.points,
        groups=data.protocol.group_codes,
        replicates=replicates,
        rng=rng,
    )
    return Firmness(box, shares, stays)


def firmness_table(data: RatingData, firmness: Firmness) -> Table:
    """Return each outcome's weighted share with its interval, and how often its verdict stays."""
    box, shares, stays = firmness.box, firmness.shares, firmness.stays
    rows = []
    for at, outcome in enumerate(data.listed):
        measures = (shares.share, shares.low, shares.high, shares.effective_n)
        cells = [plain_number(one[at]) for one in measures]
        hides = bool(data.hidden_weighted[at] or data.hidden[-1, at])
        verdict = VERDICT_WORDS[stays.verdicts[at]].lower()
        shown: list[Cell] = [HIDDEN] * len(cells) if hides else list(cells)
        rows.append([outcome, data.label(outcome), *shown, verdict, plain_number(stays.stays[at])])
    joined = [" and ".join(data.words.group(one) for one in names) for names in stays.joined]
    return table(
        "firmness",
        "How firmly the verdicts stand",
        (
            *OUTCOME,
            Column("share", f"Rated {box.label}, weighted", Kind.SHARE),
            Column("low", "From", Kind.SHARE),
            Column("high", "To", Kind.SHARE),
            Column("effective_n", "Effective n"),
            _VERDICT,
            Column("stays", "Verdict stays", Kind.SHARE),
        ),
        rows,
        f"{stays.replicates:,} panels drawn from these people, with replacement within each group, all of a "
        "person's answers together. From, to: 95 % of panels lie between.",
        "A panel is no random sample: this is sensitivity to who was on it.",
        "The interval takes every panel that could be drawn into account."
        if shares.replicates is None
        else "",
        *(f"Too few to be drawn from alone, and so drawn from together: {names}." for names in joined),
    )


def weights_table(decided: Decided, outcomes: Sequence[str]) -> Table | None:
    """Return for which weights of the group in focus each outcome keeps its verdict; None without a group."""
    if decided.focus is None or not decided.only_focus_is_weighted:
        return None
    group = decided.words.group(decided.focus)
    flips = decided.flips
    if flips is not None:
        sentences = [flip_sentence(one, weight=decided.own_weight) for one in flips]
        note = "Exact: a share moves one way with the weight, so it meets a threshold once."
    else:
        scan, note = decided.scan, weights_note(decided)
        sentences = [_scan_sentence(scan, at) for at in range(len(outcomes))]
    return table(
        "weights",
        f"If {group} counted more, or less",
        (*OUTCOME, Column("sentence", f"Where one {decided.one} counts …", Kind.TEXT)),
        zip(outcomes, decided.labels, sentences, strict=True),
        _own_weight_sentence(decided),
        note,
    )


def _own_weight_sentence(decided: Decided) -> str:
    if decided.weighting.scheme is not WeightScheme.MULTIPLIER:
        return "Everyone else counts once."
    times = exact_number(decided.own_weight)
    return f"In the study one {decided.one} counts {times} times, and everyone else once."


def weights_note(decided: Decided) -> str:
    """Say that a list's verdicts are known at the weights tried only; "" for share rules, which are exact."""
    if decided.flips is not None:
        return ""
    tried = ", ".join(exact_number(weight) for weight in decided.scan.weights)
    return f"At the weights tried: {tried}. Between them it is not computed: a list compares outcomes."


def runs_of(scan: WeightScan, at: int) -> Iterator[tuple[Fraction, Fraction, int]]:
    """Return runs of neighbouring weights with the same verdict on one outcome: first, last, code."""
    start = 0
    codes = scan.codes[:, at].tolist()
    for place in range(1, len(codes) + 1):
        if place == len(codes) or codes[place] != codes[start]:
            yield scan.weights[start], scan.weights[place - 1], codes[start]
            start = place


def _scan_sentence(scan: WeightScan, at: int) -> str:
    runs = list(runs_of(scan, at))
    if len(runs) == 1:
        return f"{verdict_word(runs[0][2])} at every weight tried"
    parts = []
    for low, high, code in runs:
        span = exact_number(low) if low == high else f"{exact_number(low)} to {exact_number(high)}"
        parts.append(f"{span}: {verdict_word(code)}")
    return "; ".join(parts)


def alternatives_of(decided: Decided) -> tuple[Alternative, ...]:
    """Return the study's own rule and others to hold it against."""
    own, *others = usual_alternatives(decided.definition, decided.weighting, scale=decided.scale)
    return (own, *(one for one in others if not (decided.hides_a_group and _asks_each_group(one))))


def _asks_each_group(one: Alternative) -> bool:
    """Say whether a rule lets small groups speak alone: its verdict would tell what they said."""
    each = (Of.EVERY, Of.ANY, Of.AT_LEAST)
    by_group = any(isinstance(rule, ShareRule) and rule.of in each for rule in one.definition.rules)
    return by_group or one.weighting.scheme is WeightScheme.EQUAL_GROUPS


def rules_table(decided: Decided) -> Table:
    """Return each outcome's verdict under other rules."""
    grid = rule_grid(decided.answers, alternatives_of(decided))
    columns = [Column(f"rule_{at}", label, Kind.TEXT) for at, label in enumerate(grid.labels)]
    rows: list[list[Cell]] = [
        [outcome, label, *map(verdict_word, codes), plain_number(same)]
        for outcome, label, codes, same in zip(
            grid.outcomes, decided.labels, grid.codes.T.tolist(), grid.same_verdict, strict=True
        )
    ]
    rows.append(["", "Outcomes that are in", *map(int, grid.kept), None])
    return table(
        "rules",
        "Under other rules",
        (*OUTCOME, *columns, Column("same_verdict", "Other rules that agree", Kind.SHARE)),
        rows,
        "Rules in use give widely different lists. This shows by how much, and is no reason to choose "
        "another rule now.",
    )


def left_out_table(decided: Decided) -> Table:
    """Return each outcome's verdict without one group."""
    found = leave_one_group_out(decided.answers, decided.definition, weighting=decided.weighting)
    columns = [
        Column(f"without_{group}", f"Without {decided.words.group(group)}", Kind.TEXT)
        for group in found.without
    ]
    codes: list[VerdictCodes] = [found.own, *found.without.values()]
    rows = (
        [outcome, label, *(verdict_word(int(one[at])) for one in codes)]
        for at, (outcome, label) in enumerate(zip(found.outcomes, decided.labels, strict=True))
    )
    named = ", ".join(decided.words.group(group) for group in sorted(found.named))
    return table(
        "groups_left_out",
        "Had one group not been asked",
        (*OUTCOME, _VERDICT, *columns),
        rows,
        f"The rule names {named}: without them, its list is empty, and a share of theirs not computable."
        if named
        else "",
    )


def cases_table(data: RatingData, decided: Decided, lost: NDArray[np.int64]) -> Table:
    """Return the verdicts had those who gave no score rated lowest, or highest; `lost` is (G,), see below.

    Absent are those who answered the round without a score here, and those who answered the rating round
    before and not this one.
    """
    heads = np.bincount(
        [data.counts.groups.index(group) for group in data.matrix.groups], minlength=len(data.counts.groups)
    )
    absent = heads[:, None] - data.counts.n + lost[:, None]
    found = worst_and_best_case(
        decided.answers, decided.definition, absent=absent, weighting=decided.weighting
    )
    rows = (
        [
            outcome,
            data.label(outcome),
            int(absent[:, at].sum()),
            verdict_word(int(found.own[at])),
            verdict_word(int(found.worst[at])),
            verdict_word(int(found.best[at])),
            "yes" if found.is_robust[at] else "",
        ]
        for at, outcome in enumerate(data.listed)
    )
    return table(
        "missing_people",
        "Had those who are missing rated it lowest, or highest",
        (
            *OUTCOME,
            Column("absent", "Missing", Kind.COUNT),
            _VERDICT,
            Column("worst", "Worst case", Kind.TEXT),
            Column("best", "Best case", Kind.TEXT),
            Column("robust", "The same in both", Kind.TEXT),
        ),
        rows,
        "Missing: those who answered this round and gave no score here, and those who answered the rating "
        "round before and not this one.",
    )
