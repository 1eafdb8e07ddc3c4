"""From a draft to a study: the definitions of `analysis.study` are made, and refuse what cannot be right."""

from dataclasses import replace
from fractions import Fraction

from analysis.bundle.toml_reader import read_toml
from analysis.study.protocol import Ethics, FeedbackPolicy, Group, Identity, Protocol
from analysis.study.records import Outcome
from analysis.study.rounds import Criterion, FeedbackShown, Round, RoundKind, SectionOrder
from analysis.study.rules import Comparator, ConsensusDefinition, Of, ShareRule, ShareTest, Verdict
from analysis.study.scale import Box, Scale
from analysis.study.study import Study
from analysis.study.values import DefinitionError, InvalidStudy, Problem, Provenance
from analysis.study.weighting import Weighting, WeightScheme
from delphi.drafting.answers import WORDLESS, Answers, Consensus, RoundRow
from delphi.drafting.faults import PartFault, count_in, faults_of, number_in
from delphi.drafting.forms import FIRST_CRITERION
from delphi.drafting.taking_part import joining_of, leaving_of, lines_in, profile_of, support_of
from delphi.models import Part

SCALE, WEIGHTS, RULE = "scale", "weights", "consensus"
LOW, MIDDLE, HIGH = "low", "middle", "high"
_LIKERT, _ENDS_OF_LIKERT = 5, 2  # of five points two agree and two do not; elsewhere an end is a third
_DECIDED = "The study's team decided it when the study was set up."
_PARTS = {
    "outcomes": Part.OUTCOMES,
    "groups": Part.GROUPS,
    "weights": Part.GROUPS,
    "scales": Part.SCALE,
    "rounds": Part.ROUNDS,
    "profile": Part.PROFILE,
    "joining": Part.JOINING,
    "leaving": Part.JOINING,
    "support": Part.SUPPORT,
    "definitions": Part.CONSENSUS,
    "ethics": Part.TEXTS,
    "feedback": Part.FEEDBACK,
}


class DraftRefused(ValueError):
    """A draft that is no study yet; `faults` says what to do."""

    def __init__(self, faults: tuple[PartFault, ...]) -> None:
        super().__init__(f"{len(faults)} fault(s)")
        self.faults = faults


def study_of(answers: Answers) -> Study:
    """Return the study that the draft describes; raises `DraftRefused` with all that is missing."""
    faults = faults_of(answers)
    if faults:
        raise DraftRefused(faults)
    try:
        outcomes = tuple(_outcomes(answers))
        domains = {outcome.domain for outcome in outcomes}
        protocol = protocol_of(answers)
        notes = tuple(domain for domain in protocol.domains if domain.name in domains)
        return Study(replace(protocol, domains=notes), outcomes, documents={"README.md": _readme(answers)})
    except DefinitionError as error:
        wrong = [error, *error.others]
        raise DraftRefused(tuple(_told(each.field, each.found, each.expected) for each in wrong)) from None
    except InvalidStudy as error:
        raise DraftRefused(tuple(_problem(each) for each in error.problems)) from None


def _told(field: str, found: str, expected: str) -> PartFault:
    part = _PARTS.get(field.partition("[")[0].partition(".")[0], Part.ABOUT)
    return PartFault(part, "", f"{field}: found “{found[:80]}”, expected {expected}.")


def _problem(problem: Problem) -> PartFault:
    field = "outcomes" if problem.table.startswith("outcomes") else problem.field
    return _told(field, problem.found, problem.expected)


def protocol_of(answers: Answers) -> Protocol:
    """The protocol; what a copied study had, and no page asks for, stays as it was."""
    scale, weights = scale_of(answers), weighting_of(answers)
    made = Protocol(
        study=_identity(answers),
        ethics=_ethics(answers),
        groups=_groups(answers),
        rounds=_rounds(answers, weighted=weights is not None),
        scales=(scale,),
        weights=(weights,) if weights else (),
        definitions=(definition_of(answers.consensus),),
        feedback=FeedbackPolicy(count_in(answers.feedback.minimum_group_size) or 0),
        profile=profile_of(answers.profile),
        support=support_of(answers.support),
        joining=joining_of(answers.joining),
        leaving=leaving_of(answers.joining),
    )
    former = copied_protocol(answers)
    if former is None:
        return made
    kept = ("quantiles", "domains")
    return replace(made, **{name: getattr(former, name) for name in kept})


def copied_protocol(answers: Answers) -> Protocol | None:
    """The protocol of the study that the draft was copied from."""
    if not answers.protocol:
        return None
    read = read_toml(answers.protocol, file="study.toml", kind=Protocol).value
    return read.part if read else None


def _groups(answers: Answers) -> tuple[Group, ...]:
    former = copied_protocol(answers)
    told = {group.code: group.description for group in former.groups} if former else {}
    return tuple(
        Group(row.code, row.label.strip(), row.one.strip(), told.get(row.code, ""))
        for row in answers.groups.rows
    )


def _identity(answers: Answers) -> Identity:
    about, former = answers.about, copied_protocol(answers)
    languages = former.study.languages[:1] if former else ("en",)
    return Identity(about.code.strip(), about.title.strip(), about.question.strip(), languages)


def _ethics(answers: Answers) -> Ethics:
    texts = answers.texts
    return Ethics(
        welcome=texts.welcome,
        consent=texts.consent,
        comment_readers=texts.comment_readers,
        thanks=texts.thanks,
        private_readers=texts.private_readers.strip(),
        team_contact=texts.team_contact,
    )


def scale_of(answers: Answers) -> Scale:
    """The scale, with a box for its low and high points, and for the middle where some are left."""
    scale = answers.scale
    points = count_in(scale.points) or 0
    ends = max(1, points // 3) if points != _LIKERT else _ENDS_OF_LIKERT
    between = ["" if word == WORDLESS else word for word in lines_in(scale.between)] or [""] * (points - 2)
    middle = (Box(MIDDLE, ends + 1, points - ends, scale.middle_label.strip()),) if points > 2 * ends else ()
    return Scale(
        code=SCALE,
        low=1,
        high=points,
        words=(scale.lowest.strip(), *between, scale.highest.strip()),
        cannot_say=scale.cannot_say.strip(),
        boxes=(
            Box(LOW, 1, ends, scale.low_label.strip()),
            *middle,
            Box(HIGH, points - ends + 1, points, scale.high_label.strip()),
        ),
    )


def weighting_of(answers: Answers) -> Weighting | None:
    """How often people count; None where everyone counts once."""
    values = {row.code: number_in(row.weight) or Fraction(1) for row in answers.groups.rows}
    other = {code: weight for code, weight in values.items() if weight != 1}
    if not other:
        return None
    return Weighting(WEIGHTS, WeightScheme.MULTIPLIER, other, Provenance.ASSUMED, _DECIDED)


def definition_of(rule: Consensus) -> ConsensusDefinition:
    """The consensus definition, put together from its parts."""
    tests = [ShareTest(HIGH, Comparator.AT_LEAST, number_in(rule.in_percent) or Fraction(0))]
    below = number_in(rule.in_low)
    if below is not None:
        tests.append(ShareTest(LOW, Comparator.LESS_THAN, below))
    rules = [ShareRule(Verdict.IN, tuple(tests), Of(rule.in_of))]
    if rule.out_of != "never":
        out = ShareTest(LOW, Comparator.AT_LEAST, number_in(rule.out_percent) or Fraction(0))
        rules.append(ShareRule(Verdict.OUT, (out,), Of(rule.out_of)))
    return ConsensusDefinition(RULE, tuple(rules), minimum_n=count_in(rule.minimum_n) or 0, reason=_DECIDED)


def _rounds(answers: Answers, *, weighted: bool) -> tuple[Round, ...]:
    rating = [row.code for row in answers.rounds.rows if row.kind == "rating"]
    return tuple(_round(answers, row, rating, weighted=weighted) for row in answers.rounds.rows)


def _round(answers: Answers, row: RoundRow, rating: list[str], *, weighted: bool) -> Round:
    kind, label, question = RoundKind(row.kind), row.label.strip(), row.question.strip()
    if kind is not RoundKind.RATING:
        places = count_in(row.places) if kind is RoundKind.RANKING else None
        return Round(
            row.code,
            kind,
            label,
            question,
            order=SectionOrder(row.order or SectionOrder.LISTED),
            places=places,
        )
    feedback, later = answers.feedback, row.code != rating[0]
    further = (Criterion(each.code, each.question.strip()) for each in answers.criteria.rows)
    decides = answers.consensus.decides == "every" or row.code == rating[-1]
    return Round(
        row.code,
        kind,
        label,
        question,
        scale=SCALE,
        criteria=(Criterion(FIRST_CRITERION, question), *further),
        weights=WEIGHTS if weighted else None,
        definition=RULE if decides else None,
        feedback=FeedbackShown(feedback.shown) if later else FeedbackShown.NONE,
        ask_why_changed=later and feedback.shown != "none" and feedback.ask_why_changed == "yes",
        order=SectionOrder(row.order or SectionOrder.LISTED),
        live_feedback=later and feedback.shown == "groups" and feedback.live == "yes",
        show_digest=later and feedback.show_digest == "yes",
    )


def _outcomes(answers: Answers) -> list[Outcome]:
    return [
        Outcome(
            row.code,
            row.label,
            row.descriptor,
            row.domain,
            Provenance.ASSUMED,
            row.reason or "Named by the study's team.",
            row.plain,
        )
        for row in answers.outcomes.rows
    ]


def _readme(answers: Answers) -> str:
    lines = [f"# {answers.about.title.strip()}", "", answers.about.question.strip(), ""]
    hoped = [(row.label.strip(), count_in(row.target)) for row in answers.groups.rows]
    lines += [f"- Hoped for: {number} of {label}." for label, number in hoped if number]
    return "\n".join(lines) + "\n"
