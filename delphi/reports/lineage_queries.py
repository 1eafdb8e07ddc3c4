"""What the page of the lineage shows: the picture, and in words what each round did."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.path import Stage
from analysis.study.records import LineageAction
from delphi.reports.lineage_facts import Decision, LineageFacts, Named, lineage_facts
from delphi.reports.lineage_picture import Picture, draw

MADE_ANEW = (LineageAction.MERGED, LineageAction.SPLIT, LineageAction.REWORDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageOnPage:
    """What one round did to the list, in names. `remade`: merged, split, reworded."""

    code: str
    label: str
    people: int
    before: int
    after: int
    kept: tuple[Named, ...]
    remade: tuple[Decision, ...]
    dropped: tuple[Named, ...]
    added: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLine:
    """An outcome in the table behind the picture: how it came into the lists, and what became of it."""

    code: str
    label: str
    domain: str
    began: str
    became: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineagePage:
    """The whole lineage so far. `names`: what the picture's links say; `last`: the list at the end."""

    study: str
    study_title: str
    synthetic: str
    path: tuple[int, ...]
    picture: Picture
    names: Mapping[str, str]
    last: tuple[Named, ...]
    stages: tuple[StageOnPage, ...]
    outcomes: tuple[OutcomeLine, ...]
    disagreements: tuple[str, ...]


def lineage_page(study_id: int) -> LineagePage:
    """Return the page of the lineage over all rounds that have closed."""
    facts = lineage_facts(study_id)
    study = facts.protocol.study
    return LineagePage(
        study=study.code,
        study_title=study.title,
        synthetic=study.note if study.synthetic else "",
        path=facts.path.path,
        picture=draw(facts.lists, labels=facts.labels, captions=facts.captions),
        names=facts.names,
        last=facts.named(facts.path.final),
        stages=tuple(_stage(facts, stage) for stage in facts.path.stages),
        outcomes=tuple(_line(facts, code) for code in facts.fates),
        disagreements=tuple(row.sentence for row in facts.path.disagreements),
    )


def _stage(facts: LineageFacts, stage: Stage) -> StageOnPage:
    numbers, out = stage.arithmetic, set(stage.listed_out)
    remade = [
        step for step in facts.steps_after(stage) if step.action in MADE_ANEW and out & set(step.results)
    ]
    return StageOnPage(
        code=stage.code,
        label=stage.label,
        people=stage.respondents,
        before=stage.outcomes_in,
        after=stage.outcomes_out,
        kept=facts.named(numbers.kept),
        remade=tuple(facts.decision(step) for step in remade),
        dropped=facts.named(numbers.dropped),
        added=facts.named(numbers.added),
    )


def _line(facts: LineageFacts, code: str) -> OutcomeLine:
    outcome = facts.outcomes[code]
    return OutcomeLine(
        code=code,
        label=outcome.label,
        domain=outcome.domain,
        began=facts.beginning(code),
        became=facts.fates[code],
    )
