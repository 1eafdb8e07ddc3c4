"""Outcomes by rules: what the frozen rule says beside what rules in use would, those that differ first."""

from dataclasses import dataclass

from analysis.sentences import definition_sentences, weighting_sentence
from analysis.tables import Kind, Table, shown
from delphi.exploring.held import Explored
from delphi.exploring.pages import RoundInView, in_view, verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """An outcome: its frozen verdict, and each other rule's with whether it is another one."""

    code: str
    label: str
    frozen: str
    others: tuple[tuple[str, bool], ...]
    agree: str

    @property
    def differ(self) -> int:
        """How many of the rules give another verdict than the frozen one."""
        return sum(differs for _, differs in self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesPage:
    """`kept`: outcomes that are in, by rule, the frozen one first. `differing`: rows with another verdict."""

    round: RoundInView
    rule: tuple[str, ...]
    weights: str
    labels: tuple[str, ...]
    rows: tuple[RuleRow, ...]
    kept: tuple[int, ...]
    listed: int
    differing: int
    only_differing: bool
    left_out: str


def rules_page(study: Explored, round_code: str, *, only_differing: bool) -> RulesPage | None:
    """Return the page; None unless a rating round with a rule has closed and somebody answered it."""
    rated = study.round_(round_code)
    if rated is None or rated.rules is None or rated.data.definition is None:
        return None
    data, table = rated.data, rated.rules
    rows = _rows(table)
    differing = [row for row in rows if row.differ]
    same = () if only_differing else tuple(row for row in rows if not row.differ)
    small = "Rules that ask each group are left out: a small group could be told by them."
    return RulesPage(
        round=in_view(study, rated),
        rule=definition_sentences(rated.data.definition, words=data.words),
        weights=weighting_sentence(data.weighting, words=data.words),
        labels=tuple(verdict(column.heading) for column in table.columns[3:-1]),
        rows=(*sorted(differing, key=lambda row: -row.differ), *same),
        kept=tuple(int(number or 0) for number in table.rows[-1][2:-1]),
        listed=len(rows),
        differing=len(differing),
        only_differing=only_differing,
        left_out=small if data.hides_a_group else "",
    )


def _rows(table: Table) -> tuple[RuleRow, ...]:
    return tuple(
        RuleRow(
            code=str(code),
            label=str(label),
            frozen=verdict(frozen),
            others=tuple((verdict(one), one != frozen) for one in others),
            agree=shown(same, Kind.SHARE),
        )
        for code, label, frozen, *others, same in table.rows[:-1]
    )
