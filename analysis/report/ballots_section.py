"""The parts of a workshop and of a ranking round: ballots and orders."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from analysis.consensus.answers import answers_of
from analysis.evidence import evidence_of, respondents_of
from analysis.path import Stage
from analysis.report.firmness_tables import Decided, left_out_table, rules_table, weights_table
from analysis.report.parts import Draw, Reporting, Section
from analysis.report.rating_data import hidden_rows
from analysis.report.rule_figures import figures_of_rule, rule_caption
from analysis.report.study_figures import ballots_figure
from analysis.report.verdict_tables import every_figure_table, verdicts_table
from analysis.report.workshop_tables import (
    CastBallot,
    ballot_table,
    best_worst_table,
    cast_ballots,
    cast_order,
)
from analysis.sentences import Words
from analysis.study.rounds import BallotList, Round
from analysis.study.study import Study
from analysis.study.weighting import UNWEIGHTED
from analysis.verdicts import verdict_table
from analysis.weights import group_weights


def ballots_section(reporting: Reporting, stage: Stage, round_: Round) -> Section:
    """Return the part of a workshop or of a ranking round."""
    study, listed = reporting.study, stage.listed_in
    people = f"{stage.respondents} people {'voted' if round_.ballots else 'ranked'}"
    part = Section(
        f"round_{round_.code}",
        round_.label,
        done=(f"{people} about {len(listed)} outcomes.",),
        not_done=("Resampling and change: ballots and orders are not ratings.",),
    )
    minimum = study.protocol.feedback.minimum_group_size
    if stage.respondents < minimum:
        hidden = f"Nothing is shown of fewer than {minimum} people."
        return replace(part, not_done=(*part.not_done, hidden))
    cast = _cast(reporting, stage, round_, weighted=True)
    shown = [one for one in cast if len(one.voters) >= minimum]
    safe = not any(_hidden_voters(study, round_, one.voters) for one in cast)
    if not safe:
        shown = [replace(one, weights=(Fraction(1),) * len(one.voters)) for one in shown]
    labels = [reporting.labels[code] for code in listed]
    tables = [ballot_table(one, listed, labels, weighted=safe) for one in shown]
    top, bottom = _first_pair(shown)
    if top is not None and bottom is not None:
        tables.append(best_worst_table(top, bottom, listed, labels, weighted=safe))
    part = replace(part, tables=tuple(tables), not_done=(*part.not_done, *_why_not(cast, shown, safe)))
    return _with_rule(reporting, stage, round_, part, tuple(shown), safe=safe)


def _why_not(cast: Sequence[CastBallot], shown: Sequence[CastBallot], safe: bool) -> Iterator[str]:
    if len(shown) < len(cast):
        yield "Ballots that too few people cast are not counted out."
    if not safe:
        yield "Weighted ballots: a small group could be worked out, so everyone counts once in them."
        yield "Other weights, and verdicts without one group: they would tell what a small group voted."


def _hidden_voters(study: Study, round_: Round, voters: Sequence[str]) -> bool:
    """Say whether some group of those who cast a ballot is not shown."""
    group_of = {person.code: person.group for person in study.panel}
    hides = hidden_rows(Counter(group_of[voter] for voter in voters), study.protocol, round_)
    return bool(hides.groups)


def _cast(reporting: Reporting, stage: Stage, round_: Round, *, weighted: bool) -> tuple[CastBallot, ...]:
    study, listed = reporting.study, stage.listed_in
    weight_of = _weight_of_voters(study, round_, weighted=weighted)
    if round_.ballots:
        return cast_ballots(round_, study.ballots, listed=listed, weight_of=weight_of)
    return (cast_order(round_, study.rankings, listed=listed, weight_of=weight_of),)


def _with_rule(
    reporting: Reporting,
    stage: Stage,
    round_: Round,
    part: Section,
    cast: tuple[CastBallot, ...],
    *,
    safe: bool,
) -> Section:
    study, listed = reporting.study, stage.listed_in
    definition = study.protocol.definition_of(round_)
    if definition is None:
        return part
    evidence, words = evidence_of(study, round_.code), Words.of(study.protocol, round_)
    weighting = study.protocol.weights_of(round_)
    labels = [reporting.labels[code] for code in listed]
    named = [rule.group for rule in definition.rules if rule.group is not None]
    focus = next(iter([*named, *weighting.values]), None) if safe else None
    answers = answers_of(study.protocol, evidence, outcomes=listed)
    one = study.protocol.group(focus).one if focus else ""
    decided = Decided(answers, definition, weighting, words, labels, None, focus, one, not safe)
    verdicts = verdict_table(study.protocol, round_.code, evidence, listed)
    weights = weights_table(decided, listed)
    tables = [verdicts_table(verdicts, reporting.labels, definition.rules), every_figure_table(verdicts)]
    tables += [weights] if weights else []
    tables += [rules_table(decided)] + ([left_out_table(decided)] if safe else [])
    figures = tuple(_figures(reporting, stage, round_, decided, cast))
    return replace(part, tables=(*tables, *part.tables), figures=figures)


def _figures(
    reporting: Reporting, stage: Stage, round_: Round, decided: Decided, cast: tuple[CastBallot, ...]
) -> Iterator[tuple[str, Draw]]:
    n, synthetic = f"{stage.respondents} people voted", reporting.synthetic(round_)
    yield from figures_of_rule(decided, f"the {round_.label.lower()}", n=n, synthetic=synthetic)
    if sum(one.ballot.list is not BallotList.BOTTOM for one in cast) > 1:
        goes_on = [code in stage.listed_out for code in stage.listed_in]
        moved = rule_caption(
            decided, "How did the outcomes' places move from ballot to ballot?", n=n, synthetic=synthetic
        )
        yield "ballots", lambda: ballots_figure(cast, decided.labels, goes_on=goes_on, caption=moved)


def _first_pair(cast: Sequence[CastBallot]) -> tuple[CastBallot | None, CastBallot | None]:
    """Return the first bottom list that follows a top list, and that top list."""
    for before, one in pairwise(cast):
        if one.ballot.list is BallotList.BOTTOM and before.ballot.list is not BallotList.BOTTOM:
            return before, one
    return None, None


def _voters(study: Study, round_: Round) -> Counter[str]:
    """Count those who took part, by group."""
    there = respondents_of(study, round_.code)
    return Counter(person.group for person in study.panel if person.code in there)


def _weight_of_voters(study: Study, round_: Round, *, weighted: bool) -> dict[str, Fraction]:
    there = respondents_of(study, round_.code)
    group_of = {person.code: person.group for person in study.panel if person.code in there}
    numbers = _voters(study, round_)
    n_by_group = {group: numbers[group] for group in study.protocol.group_codes}
    weights = group_weights(study.protocol.weights_of(round_) if weighted else UNWEIGHTED, n_by_group)
    return {person: weights[group] for person, group in group_of.items()}
