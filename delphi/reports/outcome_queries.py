"""What the page of one outcome shows: its kin, the decisions about them, figures, its way in the picture."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.lineage import LineageGraph
from delphi.reports.lineage_facts import Decision, LineageFacts, Named, lineage_facts
from delphi.reports.lineage_layout import SMALL
from delphi.reports.lineage_picture import Picture, draw
from delphi.reports.outcome_figures import RoundFigures, figures_by_round
from delphi.reports.words import PROVENANCE_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeStory:
    """One outcome: what it is, where it comes from, what became of it, and why."""

    study: str
    study_title: str
    synthetic: str
    code: str
    label: str
    descriptor: str
    domain: str
    provenance: str
    provenance_reason: str
    began: str
    became: str
    ancestors: tuple[Named, ...]
    descendants: tuple[Named, ...]
    decisions: tuple[Decision, ...]
    rounds: tuple[RoundFigures, ...]
    picture: Picture
    names: Mapping[str, str]


def outcome_story(study_id: int, code: str) -> OutcomeStory | None:
    """Return the page of one outcome, None if it has been in no list of the study so far."""
    facts = lineage_facts(study_id)
    if code not in facts.fates:
        return None
    ancestors, descendants = _kin(facts, code)
    outcome, study = facts.outcomes[code], facts.protocol.study
    return OutcomeStory(
        study=study.code,
        study_title=study.title,
        synthetic=study.note if study.synthetic else "",
        code=code,
        label=outcome.label,
        descriptor=outcome.descriptor,
        domain=outcome.domain,
        provenance=PROVENANCE_WORDS[outcome.provenance],
        provenance_reason=outcome.reason,
        began=facts.beginning(code),
        became=facts.fates[code],
        ancestors=facts.named(ancestors),
        descendants=facts.named(descendants),
        decisions=tuple(facts.decisions_about(frozenset((code, *ancestors, *descendants)))),
        rounds=figures_by_round(
            facts.protocol, facts.path, facts.evidence, codes=(code, *ancestors), labels=facts.labels
        ),
        picture=_picture(facts, code, related=frozenset((*ancestors, *descendants))),
        names=facts.names,
    )


def _picture(facts: LineageFacts, code: str, *, related: frozenset[str]) -> Picture:
    return draw(
        facts.lists,
        labels=facts.labels,
        captions=facts.captions,
        chosen=code,
        related=related,
        size=SMALL,
    )


def _kin(facts: LineageFacts, code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return ancestors and descendants that have been listed so far, the nearest first."""
    graph = LineageGraph.of(tuple(facts.outcomes.values()), facts.lineage, facts.protocol.rounds)
    ancestors = (other for other in graph.ancestors(code) if other in facts.fates)
    descendants = (other for other in graph.descendants(code) if other in facts.fates)
    return tuple(ancestors), tuple(descendants)
