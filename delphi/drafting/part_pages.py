"""A page of a draft: its fields with what was typed, its faults, and what another page has saved since."""

from dataclasses import dataclass

from delphi.dataset.sheet import SheetFault
from delphi.drafting.answers import Answers, InRows, Outcomes, PartAnswers
from delphi.drafting.cautions import cautions_of
from delphi.drafting.faults import PartFault, faults_of_part
from delphi.drafting.in_words import RuleInWords, rule_in_words
from delphi.drafting.outcome_table import HEADERS
from delphi.drafting.queries import HeldDraft
from delphi.drafting.questions import PAGES, PartWords, Question
from delphi.models import Part

FEWEST_ROWS = 3  # and there is always an empty one


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOnPage:
    """A field as it is drawn. `saved`: what another page has saved for it since, None where it has not."""

    name: str
    question: Question
    value: str
    fault: str
    saved: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSet:
    """Fields that stand together; `legend` "" where they are the whole page."""

    legend: str
    fields: tuple[FieldOnPage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPage:
    """One page. `seen` is the number of the newest save, which the next one follows."""

    draft_id: int
    draft_title: str
    part: Part
    words: PartWords
    seen: int
    sets: tuple[FieldSet, ...]
    faults: tuple[PartFault, ...]
    cautions: tuple[str, ...]
    sheet_faults: tuple[SheetFault, ...]
    saved_meanwhile: bool
    outcomes: Outcomes | None
    rule: RuleInWords | None
    following: Part | None
    former: Part | None

    @property
    def headers(self) -> tuple[str, ...]:
        """The columns of a table of outcomes."""
        return tuple(HEADERS.values())

    @property
    def has_more_rows(self) -> bool:
        """Whether the page can have more rows than it shows."""
        return len(self.sets) < self.words.most_rows


def part_page(
    held: HeldDraft,
    part: Part,
    *,
    typed: PartAnswers | None = None,
    sheet_faults: tuple[SheetFault, ...] = (),
) -> PartPage:
    """The page. `typed`: what was sent and not saved, because another page had saved in between."""
    saved = held.answers.part(part)
    faults = faults_of_part(held.answers, part) if part in held.answers.saved and typed is None else ()
    parts = list(Part)
    at = parts.index(part)
    return PartPage(
        draft_id=held.draft_id,
        draft_title=held.title,
        part=part,
        words=PAGES[part],
        seen=held.numbers[part],
        sets=tuple(_sets(part, typed or saved, saved if typed else None, faults)),
        faults=faults,
        cautions=cautions_of(held.answers, part) if part in held.answers.saved else (),
        sheet_faults=sheet_faults,
        saved_meanwhile=typed is not None,
        outcomes=saved if isinstance(saved, Outcomes) else None,
        rule=_rule(part, held.answers),
        following=parts[at + 1] if at + 1 < len(parts) else None,
        former=parts[at - 1] if at else None,
    )


def _rule(part: Part, answers: Answers) -> RuleInWords | None:
    return rule_in_words(answers) if part is Part.CONSENSUS else None


def _sets(
    part: Part, shown: PartAnswers, saved: PartAnswers | None, faults: tuple[PartFault, ...]
) -> list[FieldSet]:
    words = PAGES[part]
    if not words.most_rows:
        return [FieldSet(legend="", fields=_fields(words, shown, saved, "", faults))]
    rows = shown.rows if isinstance(shown, InRows) else ()
    saved_rows = saved.rows if isinstance(saved, InRows) else None
    return [
        FieldSet(
            legend=f"{words.row} {at + 1}",
            fields=_fields(
                words,
                rows[at] if at < len(rows) else None,
                None if saved_rows is None else (saved_rows[at : at + 1] or ("",))[0],
                f"-{at}",
                faults,
            ),
        )
        for at in range(min(words.most_rows, max(FEWEST_ROWS, len(rows) + 1, len(saved_rows or ()) + 1)))
    ]


def _fields(
    words: PartWords, shown: object, saved: object, ending: str, faults: tuple[PartFault, ...]
) -> tuple[FieldOnPage, ...]:
    return tuple(
        _field(question, f"{question.name}{ending}", shown, saved, faults) for question in words.questions
    )


def _field(
    question: Question, name: str, shown: object, saved: object, faults: tuple[PartFault, ...]
) -> FieldOnPage:
    value = _value(question, shown)
    other = None if saved is None else _value(question, saved)
    fault = next((each.words for each in faults if each.field == _id_of(question, name)), "")
    return FieldOnPage(
        name=name, question=question, value=value, fault=fault, saved=None if other == value else other
    )


def _value(question: Question, answers: object) -> str:
    found = getattr(answers, question.name, None)
    return str(found) if found is not None else ""


def _id_of(question: Question, name: str) -> str:
    """The id of a field, or of the first of its choices: where a link in the summary leads."""
    return f"{name}-{question.choices[0][0]}" if question.kind == "choice" else name
