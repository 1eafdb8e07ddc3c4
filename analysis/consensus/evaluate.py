"""Apply a consensus definition: its rules in order, the first that matches wins."""

from analysis.consensus.answers import Answers
from analysis.consensus.list_rules import apply_list_rule
from analysis.consensus.outcome_verdict import Consensus, Finding, OutcomeVerdict, TieAtCut
from analysis.consensus.share_rules import apply_share_rule
from analysis.sentences import Words, verdict_sentence
from analysis.shares import Pooler
from analysis.study.rules import ConsensusDefinition, Rule, ShareRule, Verdict
from analysis.study.weighting import Weighting


def evaluate(
    definition: ConsensusDefinition, answers: Answers, *, weighting: Weighting, words: Words
) -> Consensus:
    """Return one verdict for each outcome of `answers`, in its order.

    All arithmetic is exact. An outcome that fewer than the definition's `minimum_n` answered (of a rule on
    one group: of that group), or whose answers all weigh nothing, is not computable, unless a rule before
    the one that asks has matched.
    `words` gives the sentences their labels. Raises ValueError where a rule needs answers that are not there.
    """
    pooler = Pooler(weighting, answers.groups)
    by_rule: list[list[Finding]] = []
    ties: list[TieAtCut] = []
    for number, rule in enumerate(definition.rules):
        findings, tied = _apply(rule, answers, place=number, pooler=pooler, minimum_n=definition.minimum_n)
        by_rule.append(findings)
        ties.extend(tied)
    sentences: dict[tuple[Verdict, int | None], str] = {}
    verdicts = []
    for at, outcome in enumerate(answers.outcomes):
        found = tuple(findings[at] for findings in by_rule)
        verdict, place = _decide(definition, found)
        if (verdict, place) not in sentences:
            sentences[verdict, place] = verdict_sentence(definition, verdict, rule=place, words=words)
        matched = None if verdict is Verdict.NOT_COMPUTABLE else place
        verdicts.append(OutcomeVerdict(outcome, verdict, matched, sentences[verdict, place], found))
    return Consensus(tuple(verdicts), tuple(ties))


def _apply(
    rule: Rule, answers: Answers, *, place: int, pooler: Pooler, minimum_n: int
) -> tuple[list[Finding], list[TieAtCut]]:
    if isinstance(rule, ShareRule):
        return apply_share_rule(rule, answers, pooler=pooler, minimum_n=minimum_n), []
    return apply_list_rule(rule, answers, place=place, pooler=pooler, minimum_n=minimum_n)


def _decide(definition: ConsensusDefinition, findings: tuple[Finding, ...]) -> tuple[Verdict, int | None]:
    """Return the verdict and the rule that it comes from; None: from `otherwise`."""
    for place, finding in enumerate(findings):
        if not finding.computable:
            return Verdict.NOT_COMPUTABLE, place
        if finding.holds:
            return definition.rules[place].verdict, place
    return definition.otherwise, None
