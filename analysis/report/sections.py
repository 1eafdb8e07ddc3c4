"""The report of a study, part by part."""

from collections.abc import Iterator
from fractions import Fraction

from analysis.attrition import flow
from analysis.consensus.answers import answers_of
from analysis.evidence import evidence_of, respondents_of
from analysis.path import Stage, path_of
from analysis.report.firmness_tables import Decided, left_out_table, rules_table, weights_note, weights_table
from analysis.report.parts import Draw, Reporting, Section, rating_data
from analysis.report.rating_data import RatingData
from analysis.report.rating_figures import rule_caption, rules_figure, weights_figure
from analysis.report.rating_section import rating_section
from analysis.report.study_figures import attrition_figure, ballots_figure, path_figure
from analysis.report.study_tables import attrition_table, final_table, path_table, published_table
from analysis.report.verdict_tables import every_figure_table, verdicts_table
from analysis.report.workshop_tables import CastBallot, ballot_table, best_worst_table, cast_ballots
from analysis.reproduce import Status, compare
from analysis.sentences import Words
from analysis.study.rounds import BallotList, Round, RoundKind
from analysis.study.study import Study
from analysis.tables import Table
from analysis.verdicts import verdict_table
from analysis.weights import group_weights


def sections_of(study: Study, *, replicates: int, seed: int) -> Iterator[Section]:
    """Return the parts of the report: the whole study, each round that was held, what is published."""
    reporting = Reporting(study, path_of(study), replicates, seed)
    yield _whole_study(reporting)
    earlier: dict[str, RatingData] = {}
    for stage in reporting.path.stages:
        round_ = study.protocol.round(stage.code)
        if round_.kind is RoundKind.RATING:
            for criterion in round_.criteria:
                data = rating_data(reporting, stage, criterion.code)
                yield rating_section(reporting, data, earlier.get(criterion.code))
                earlier[criterion.code] = data
        elif round_.kind is RoundKind.WORKSHOP:
            yield _workshop_section(reporting, stage, round_)
        else:
            yield _other_section(study, stage, round_)
    if study.published.figures:
        yield _published_section(study)


def _whole_study(reporting: Reporting) -> Section:
    study, path = reporting.study, reporting.path
    steps = flow(study)
    return Section(
        "study",
        "The whole study",
        done=(f"The list went {' → '.join(map(str, path.path))}.",),
        not_done=tuple(f"{row.sentence} {row.reason}" for row in path.disagreements),
        tables=(path_table(path), final_table(study, path), attrition_table(study, steps)),
        figures=(
            ("path", lambda: path_figure(study, path)),
            ("attrition", lambda: attrition_figure(study, steps)),
        ),
    )


def _workshop_section(reporting: Reporting, stage: Stage, round_: Round) -> Section:
    study, listed = reporting.study, stage.listed_in
    labels = [reporting.labels[code] for code in listed]
    cast = cast_ballots(round_, study.ballots, listed=listed, weight_of=_weight_of_voters(study, round_))
    tables: list[Table] = [ballot_table(one, listed, labels) for one in cast]
    top, bottom = _first_pair(cast)
    if top is not None and bottom is not None:
        tables.append(best_worst_table(top, bottom, listed, labels))
    part = Section(
        f"round_{round_.code}",
        round_.label,
        done=(f"{stage.respondents} people voted about {len(listed)} outcomes.",),
        not_done=("Resampling and attrition: a workshop has ballots, not ratings.",),
        tables=tuple(tables),
    )
    return _with_ballot_rule(reporting, stage, round_, part, cast)


def _with_ballot_rule(
    reporting: Reporting, stage: Stage, round_: Round, part: Section, cast: tuple[CastBallot, ...]
) -> Section:
    study, listed = reporting.study, stage.listed_in
    definition = study.protocol.definition_of(round_)
    if definition is None:
        return part
    evidence, words = evidence_of(study, round_.code), Words.of(study.protocol, round_)
    weighting = study.protocol.weights_of(round_)
    labels = [reporting.labels[code] for code in listed]
    named = [rule.group for rule in definition.rules if rule.group is not None]
    focus = next(iter([*named, *weighting.values]), None)
    answers = answers_of(study.protocol, evidence, outcomes=listed)
    one = study.protocol.group(focus).one if focus else ""
    decided = Decided(answers, definition, weighting, words, labels, None, focus, one)
    verdicts = verdict_table(study.protocol, round_.code, evidence, listed)
    weights = weights_table(decided, listed)
    tables = [verdicts_table(verdicts, reporting.labels), every_figure_table(verdicts)]
    tables += [weights] if weights else []
    tables += [rules_table(decided), left_out_table(decided)]
    return Section(
        part.code,
        part.title,
        part.done,
        part.not_done,
        (*tables, *part.tables),
        tuple(_workshop_figures(reporting, stage, round_, decided, cast)),
    )


def _workshop_figures(
    reporting: Reporting, stage: Stage, round_: Round, decided: Decided, cast: tuple[CastBallot, ...]
) -> Iterator[tuple[str, Draw]]:
    n, synthetic = f"{stage.respondents} people voted", reporting.synthetic(round_)
    title = f"Would other rules have kept other outcomes in the {round_.label.lower()}?"
    rules = rule_caption(decided, title, n=n, synthetic=synthetic)
    yield "rules", lambda: rules_figure(decided, rules)
    if decided.focus is not None:
        group = decided.words.group(decided.focus)
        title = f"If {group} counted more or less, which outcomes would stay in?"
        tried = rule_caption(decided, title, n=n, synthetic=synthetic, note=weights_note(decided))
        yield "weights", lambda: weights_figure(decided, tried)
    if sum(one.ballot.list is not BallotList.BOTTOM for one in cast) > 1:
        goes_on = [code in stage.listed_out for code in stage.listed_in]
        moved = rule_caption(
            decided, "How did the outcomes' places move from ballot to ballot?", n=n, synthetic=synthetic
        )
        yield "ballots", lambda: ballots_figure(cast, decided.labels, goes_on=goes_on, caption=moved)


def _first_pair(cast: tuple[CastBallot, ...]) -> tuple[CastBallot | None, CastBallot | None]:
    """Return the first bottom list and the top list that was cast with it, the last one before."""
    for at, one in enumerate(cast):
        if one.ballot.list is BallotList.BOTTOM and at:
            return cast[at - 1], one
    return None, None


def _weight_of_voters(study: Study, round_: Round) -> dict[str, Fraction]:
    voters = respondents_of(study, round_.code)
    group_of = {person.code: person.group for person in study.panel if person.code in voters}
    numbers = {group: list(group_of.values()).count(group) for group in study.protocol.group_codes}
    weights = group_weights(study.protocol.weights_of(round_), numbers)
    return {person: weights[group] for person, group in group_of.items()}


def _other_section(study: Study, stage: Stage, round_: Round) -> Section:
    comments = sum(comment.round == round_.code for comment in study.comments)
    done = [f"{stage.respondents} people took part and wrote {comments} comments."]
    words = {RoundKind.COMMENT: "Comments are read by people, not counted here.", RoundKind.RANKING: ""}
    not_done = words.get(round_.kind, "")
    return Section(f"round_{round_.code}", round_.label, tuple(done), (not_done,) if not_done else ())


def _published_section(study: Study) -> Section:
    found = compare(study)
    failed = [one.figure.code for one in found if one.fails]
    out = sum(one.status is Status.REPRODUCED for one in found)
    done = f"{out} of {len(found)} published figures come out."
    return Section(
        "published",
        "What is published",
        done=(done,),
        not_done=tuple(f"{code} should come out, and does not." for code in failed),
        tables=(published_table(found),),
    )
