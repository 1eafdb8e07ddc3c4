"""Reads what the pages about decisions show."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.study.protocol import Protocol
from delphi.dataset import protocol_of
from delphi.domain.deciding import (
    BY_RULE,
    Decided,
    DecisionKind,
    OutcomeText,
    newest,
    standing_decisions,
    words_changed,
)
from delphi.domain.receipt import sha256_of
from delphi.domain.rounds import RoundState
from delphi.domain.similar import similarities
from delphi.extensions import db
from delphi.models import Study
from delphi.synthesis.comments import Comments, Written, comments_of_round
from delphi.synthesis.figures import (
    NO_FIGURES,
    NOT_KNOWN,
    RoundFigures,
    figures_of_outcome,
    figures_of_round,
)
from delphi.synthesis.history import Listed, RoundInView, history_of, list_of_round, round_in_view
from delphi.synthesis.list_text import list_text
from delphi.synthesis.pages import (
    DecisionLine,
    Difference,
    Head,
    ListPage,
    NewWording,
    OutcomePage,
    OutcomeRow,
    SignatureLine,
)
from delphi.synthesis.signing import remarks_on, signatures_under
from delphi.synthesis.words import headline, state_words, verdict_words, warning

UNDECIDED, AGAINST, WEIGHTS = "undecided", "against", "weights"
FIELDS = (
    ("Name", "label"),
    ("Description", "descriptor"),
    ("Plainer words", "plain"),
    ("Section", "domain"),
)

Texts = Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A round's list and its decisions, as every page about them needs them."""

    study_id: int
    protocol: Protocol
    round: RoundInView
    listed: dict[str, Listed]
    history: tuple[Decided, ...]

    @property
    def head(self) -> Head:
        """What every page says first."""
        study = self.protocol.study
        return Head(
            study=study.code,
            study_title=study.title,
            synthetic=study.note if study.synthetic else "",
            round_code=self.round.code,
            round_label=self.label,
            closed_words=state_words(self.round),
        )

    @property
    def label(self) -> str:
        """The round's name."""
        return self.protocol.round(self.round.code).label

    @cached_property
    def text(self) -> str:
        """The list as it would be signed now."""
        title = self.protocol.study.title
        return list_text(self.history, listed=self.listed, study=title, round_label=self.label)

    @cached_property
    def standing(self) -> dict[int, Decided]:
        """The decisions that stand, by number."""
        return {each.number: each for each in standing_decisions(self.history)}

    @cached_property
    def by_outcome(self) -> dict[str, Decided]:
        """The decision that stands on each outcome."""
        return {code: each for each in self.standing.values() for code in each.sources}

    def figures(self) -> RoundFigures:
        """The round's figures; none before it has closed, when nobody is to be swayed by them."""
        if self.round.state is not RoundState.CLOSED:
            return NO_FIGURES
        return figures_of_round(
            self.study_id,
            self.round.round_id,
            protocol=self.protocol,
            round_code=self.round.code,
            listed=tuple(self.listed),
        )

    def line(self, decided: Decided, figures: RoundFigures, texts: Texts) -> DecisionLine:
        """Return a decision for the eye."""
        against = (warning(decided.kind, figures.verdict(code)) for code in decided.sources)
        return DecisionLine(
            number=decided.number,
            headline=headline(decided, self.listed),
            against=next((words for words in against if words), ""),
            reason=decided.reason,
            told="" if decided.told == decided.reason else decided.told,
            by=decided.by,
            at=decided.at,
            stands=decided.number in self.standing,
            is_undo=decided.kind is DecisionKind.UNDO,
            cited=tuple(texts[id_] for id_ in decided.cited if id_ in texts),
            wordings=tuple(self._wordings(decided)),
        )

    def _wordings(self, decided: Decided) -> Iterable[NewWording]:
        # What is merged is compared with the outcome that it was begun from.
        old = self.listed[decided.sources[0]].text if decided.sources else None
        for text in decided.results:
            yield NewWording(
                text=text,
                compared_with=old.label if old else "",
                differences=_differences(old, text) if old else (),
            )


def ground_of(study_id: int, round_code: str) -> Ground | None:
    """Return a round's list and decisions, None if the study has no such round."""
    round_ = round_in_view(study_id, round_code)
    if round_ is None:
        return None
    return Ground(
        study_id=study_id,
        protocol=protocol_of(db.session.get_one(Study, study_id)),
        round=round_,
        listed=list_of_round(round_.round_id),
        history=history_of(round_.round_id),
    )


def list_page(ground: Ground, *, show: str, reads_comments: bool) -> ListPage:
    """Return every outcome with its decision; `show`: only the undecided, those against the rule, …"""
    figures, closed = ground.figures(), ground.round.state is RoundState.CLOSED
    comments = comments_of_round(ground.round.round_id) if closed else {}
    remarks, text = remarks_on(ground.round.round_id), ground.text
    texts = _texts(comments) if reads_comments else {}
    decided, said = ground.by_outcome, Counter(remark.code for remark in remarks)
    lines = {each.number: ground.line(each, figures, texts) for each in ground.standing.values()}
    rows = [
        _row(
            ground.listed[code],
            figures,
            decision=lines[decided[code].number] if code in decided else None,
            comments=comments.get(code, ()),
            remarks=said[code],
            reads_comments=reads_comments,
        )
        for code in ground.listed
    ]
    undecided = [code for code in ground.listed if code not in decided]
    sha256 = sha256_of(text)
    return ListPage(
        head=ground.head,
        rows=tuple(row for row in rows if _is_asked(row, show)),
        show=show,
        columns=_columns(figures),
        shown=figures.shown,
        rule=figures.rule,
        has_hidden=figures.has_hidden,
        smallest_group=figures.smallest_group,
        listed=len(rows),
        undecided=len(undecided),
        against=sum(bool(row.decision and row.decision.against) for row in rows),
        ruled=sum(figures.verdict(code) in BY_RULE for code in undecided),
        added=tuple(
            lines[each.number] for each in standing_decisions(ground.history) if each.kind is DecisionKind.ADD
        ),
        on_the_round=comments.get(None, ()) if reads_comments else (),
        remarks=remarks,
        signatures=tuple(
            SignatureLine(by=one.by, at=one.at, sha256=one.sha256, is_of_today=one.sha256 == sha256)
            for one in signatures_under(ground.round.round_id)
        ),
        sha256=sha256,
        text=text,
        next_label=_next_label(ground),
    )


def outcome_page(ground: Ground, code: str, *, reads_comments: bool, to_merge: bool = False) -> OutcomePage:
    """Return one outcome of the list with everything that bears on it; `to_merge`: with all others too."""
    history = [each for each in ground.history if code in each.sources]
    figures, firmness = NO_FIGURES, NOT_KNOWN
    comments: Comments = {}
    if ground.round.state is RoundState.CLOSED:
        figures, firmness = figures_of_outcome(
            ground.study_id,
            ground.round.round_id,
            protocol=ground.protocol,
            round_code=ground.round.code,
            listed=tuple(ground.listed),
            code=code,
            kin=ground.listed if to_merge else {other for each in history for other in each.sources},
        )
        comments = comments_of_round(ground.round.round_id)
    texts = _texts(comments) if reads_comments else {}
    decided, listed = ground.by_outcome, ground.listed[code]
    remarks = tuple(one for one in remarks_on(ground.round.round_id) if one.code == code)
    standing = decided.get(code)
    row = _row(
        listed,
        figures,
        decision=ground.line(standing, figures, texts) if standing else None,
        comments=comments.get(code, ()),
        remarks=len(remarks),
        reads_comments=reads_comments,
    )
    found, following = figures.outcomes.get(code), _next_undecided(ground, code)
    return OutcomePage(
        head=ground.head,
        row=row,
        columns=_columns(figures),
        shown=figures.shown,
        sentence=found.sentence if found else "",
        firmness=firmness,
        history=tuple(ground.line(each, figures, texts) for each in reversed(history)),
        remarks=remarks,
        seen=newest(ground.history),
        next_code=following,
        next_label=ground.listed[following].text.label if following else "",
        so_far=headline(standing, ground.listed) if standing else "",
        takes_apart=bool(standing and len(standing.sources) > 1),
        others=_others(ground, code, figures) if to_merge else (),
        warnings={kind.value: warning(kind, figures.verdict(code)) for kind in DecisionKind},
    )


def clash_lines(ground: Ground, newer: Iterable[Decided]) -> tuple[DecisionLine, ...]:
    """Return what somebody else decided meanwhile."""
    return tuple(ground.line(each, NO_FIGURES, {}) for each in newer)


def _row(
    listed: Listed,
    figures: RoundFigures,
    *,
    decision: DecisionLine | None,
    comments: tuple[Written, ...],
    remarks: int,
    reads_comments: bool,
) -> OutcomeRow:
    found = figures.outcomes.get(listed.code)
    return OutcomeRow(
        code=listed.code,
        text=listed.text,
        figures=(*found.groups, found.unweighted, found.weighted) if found else (),
        verdict=verdict_words(found.verdict) if found else "",
        changed_by_weights=bool(found and found.changed_by_weights),
        written=len(comments),
        comments=comments if reads_comments else (),
        remarks=remarks,
        decision=decision,
    )


def _texts(comments: Comments) -> Texts:
    return {one.comment_id: one.text for each in comments.values() for one in each}


def _columns(figures: RoundFigures) -> tuple[str, ...]:
    return (*figures.groups, "All, unweighted", "All, weighted") if figures.outcomes else ()


def _is_asked(row: OutcomeRow, show: str) -> bool:
    if show == UNDECIDED:
        return row.decision is None
    if show == AGAINST:
        return bool(row.decision and row.decision.against)
    return row.changed_by_weights if show == WEIGHTS else True


def _next_label(ground: Ground) -> str:
    codes = [round_.code for round_ in ground.protocol.rounds]
    following = codes.index(ground.round.code) + 1
    return ground.protocol.rounds[following].label if following < len(codes) else ""


def _next_undecided(ground: Ground, code: str) -> str:
    codes = list(ground.listed)
    place = codes.index(code)
    decided = ground.by_outcome
    behind = (other for other in (*codes[place + 1 :], *codes[:place]) if other not in decided)
    return next(behind, "")


def _others(ground: Ground, code: str, figures: RoundFigures) -> tuple[tuple[str, str], ...]:
    """Return every other outcome with what to read of it, the most alike first."""
    listed, decided = list(ground.listed.values()), ground.by_outcome
    found = similarities([each.said for each in listed], to=list(ground.listed).index(code))
    order = sorted(range(len(listed)), key=lambda at: -found[at])
    others = [listed[at] for at in order if listed[at].code != code]

    def words(each: Listed) -> str:
        so_far = decided.get(each.code)
        parts = (
            f"{each.text.label}. {each.text.descriptor}".strip(),
            warning(DecisionKind.MERGE, figures.verdict(each.code)),
            f"Decided so far: {headline(so_far, ground.listed)}." if so_far else "",
        )
        return " ".join(filter(None, parts))

    return tuple((each.code, words(each)) for each in others)


def _differences(old: OutcomeText, new: OutcomeText) -> tuple[Difference, ...]:
    pairs = ((field, getattr(old, name), getattr(new, name)) for field, name in FIELDS)
    return tuple(
        Difference(field=field, pieces=words_changed(before, after))
        for field, before, after in pairs
        if before or after
    )
