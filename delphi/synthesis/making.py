"""The next round's list: decisions become steps of the lineage and outcomes, all in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update

from analysis.study.protocol import Protocol
from analysis.study.rules import Verdict
from analysis.study.values import Provenance
from delphi import audit
from delphi.domain.deciding import (
    ACTION_OF,
    Decided,
    DecisionKind,
    OutcomeText,
    evidence_for,
    new_code,
    standing_decisions,
)
from delphi.domain.receipt import sha256_of
from delphi.extensions import db
from delphi.models import LineageMember, LineageStep, MadeList, Outcome, Side, Study
from delphi.models.study import new_version
from delphi.synthesis.actions import Who, begin_deciding
from delphi.synthesis.figures import RoundFigures
from delphi.synthesis.history import Listed
from delphi.synthesis.list_text import list_text
from delphi.synthesis.signing import AnotherList

GENERATED = frozenset({"panel", "ratings", "ballots", "rankings", "comments"})


class StillUndecided(Exception):
    """Some outcomes have no decision; nothing was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How many steps were written, and how many outcomes are new."""

    steps: int
    new: int


def make_list(
    study_id: int, round_code: str, *, protocol: Protocol, figures: RoundFigures, sha256: str, by: Who
) -> Made:
    """Turn the decisions with this sum into the study's lineage: from then on they stand.

    Raises NotNow, AnotherList if somebody has decided since the page was made, StillUndecided.
    """
    listed, history, round_id = begin_deciding(study_id, round_code)
    label, title = protocol.round(round_code).label, protocol.study.title
    text = list_text(history, listed=listed, study=title, round_label=label)
    decisions = standing_decisions(history)
    refused = _refusal(decisions, listed=listed, is_other=sha256_of(text) != sha256)
    if refused is not None:
        db.session.rollback()
        raise refused
    provenance = Provenance.SYNTHETIC if GENERATED & set(protocol.study.synthetic) else Provenance.DERIVED
    outcomes = _NewOutcomes.of(study_id, provenance=provenance)
    made = [(each, outcomes.results_of(each, listed)) for each in decisions]
    db.session.flush()
    _write_steps(study_id, round_id, made, listed=listed, figures=figures, provenance=provenance)
    db.session.add(MadeList(round_id=round_id, user_id=by.user_id, sha256=sha256, text=text, made_at=by.now))
    db.session.execute(update(Study).where(Study.id == study_id).values(wordings_version=new_version()))
    result = Made(steps=len(made), new=outcomes.made)
    audit.record(
        db.session,
        at=by.now,
        actor=by.actor,
        action="next list made",
        study_id=study_id,
        round=round_code,
        steps=result.steps,
        new_outcomes=result.new,
        sha256=sha256,
    )
    db.session.commit()
    return result


def _refusal(
    decisions: Sequence[Decided], *, listed: Collection[str], is_other: bool
) -> AnotherList | StillUndecided | None:
    if is_other:
        return AnotherList()
    decided = {code for each in decisions for code in each.sources}
    return StillUndecided() if set(listed) - decided else None


@dataclass(slots=True)
class _NewOutcomes:
    """Makes outcomes, each with a code of its own and beside its kin in the study's table."""

    study_id: int
    provenance: Provenance
    codes: set[str]
    positions: dict[str, int]
    last_in_domain: dict[str, int]
    made: int = 0

    @classmethod
    def of(cls, study_id: int, *, provenance: Provenance) -> "_NewOutcomes":
        query = select(Outcome.code, Outcome.position, Outcome.domain).where(Outcome.study_id == study_id)
        rows = db.session.execute(query.order_by(Outcome.position, Outcome.id)).all()
        return cls(
            study_id=study_id,
            provenance=provenance,
            codes={row.code for row in rows},
            positions={row.code: row.position for row in rows},
            last_in_domain={row.domain: row.position for row in rows},
        )

    def results_of(self, decided: Decided, listed: Mapping[str, Listed]) -> list[Outcome | int]:
        """Return what a decision leads to: outcomes that it makes, or the id of the one that it keeps."""
        if decided.kind is DecisionKind.KEEP:
            return [listed[decided.sources[0]].outcome_id]
        return [self._new(text, decided) for text in decided.results]

    def _new(self, text: OutcomeText, decided: Decided) -> Outcome:
        # Rows with one position stand in the order in which they were made: right behind their first source.
        beside = self.positions[decided.sources[0]] if decided.sources else None
        end = max(self.positions.values(), default=0) + 1
        position = self.last_in_domain.get(text.domain, end) if beside is None else beside
        code = new_code(text.label, taken=self.codes)
        self.codes.add(code)
        self.made += 1
        outcome = Outcome(
            study_id=self.study_id,
            code=code,
            position=position,
            label=text.label,
            descriptor=text.descriptor,
            plain=text.plain,
            domain=text.domain,
            provenance=self.provenance,
            reason=decided.reason,
        )
        db.session.add(outcome)
        return outcome


def _write_steps(
    study_id: int,
    round_id: int,
    made: Sequence[tuple[Decided, Sequence[Outcome | int]]],
    *,
    listed: Mapping[str, Listed],
    figures: RoundFigures,
    provenance: Provenance,
) -> None:
    last = select(func.max(LineageStep.position)).where(LineageStep.study_id == study_id)
    first = (db.session.scalar(last) or 0) + 1
    rows = [
        {
            "study_id": study_id,
            "round_id": round_id,
            "position": place,
            "action": ACTION_OF[decided.kind],
            "reason": decided.reason,
            "told": "" if decided.told == decided.reason else decided.told,
            "evidence": evidence_for(decided, _verdict_on(decided, figures), by_ballots=figures.by_ballots),
            "provenance": provenance,
        }
        for place, (decided, _) in enumerate(made, start=first)
    ]
    if not rows:
        return
    db.session.execute(insert(LineageStep), rows)
    written = select(LineageStep.id).where(LineageStep.study_id == study_id, LineageStep.position >= first)
    ids = db.session.scalars(written.order_by(LineageStep.position)).all()
    members = [
        {"step_id": step_id, "side": side, "position": place, "outcome_id": outcome_id}
        for step_id, (decided, results) in zip(ids, made, strict=True)
        for side, outcome_ids in _sides(decided, results, listed)
        for place, outcome_id in enumerate(outcome_ids)
    ]
    db.session.execute(insert(LineageMember), members)


def _verdict_on(decided: Decided, figures: RoundFigures) -> Verdict | None:
    return figures.verdict(decided.sources[0]) if decided.sources else None


def _sides(
    decided: Decided, results: Sequence[Outcome | int], listed: Mapping[str, Listed]
) -> tuple[tuple[Side, list[int]], ...]:
    to = [each if isinstance(each, int) else each.id for each in results]
    return (Side.FROM, [listed[code].outcome_id for code in decided.sources]), (Side.TO, to)
