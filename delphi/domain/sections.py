"""How a round's list is cut into pages: one domain after another, none too long for a small screen."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONGEST_SECTION = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One page of a round: the outcomes `outcome_ids` of one domain, or of one part of a large domain."""

    number: int
    of: int
    domain: str
    part: int
    parts: int
    outcome_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of `of` outcomes have an answer to every question."""

    answered: int
    of: int

    @property
    def left(self) -> int:
        """How many have none yet."""
        return self.of - self.answered

    @property
    def complete(self) -> bool:
        """Whether nothing is left."""
        return self.answered >= self.of


def sections_of(listed: Iterable[tuple[int, str]], *, longest: int = LONGEST_SECTION) -> tuple[Section, ...]:
    """Cut a list of (outcome, domain) into sections.

    Domains follow each other in the order of their first outcome. A domain with more than `longest` outcomes
    is cut into parts that differ by one outcome at most. Raises ValueError if `longest` is below 1.
    """
    if longest < 1:
        raise ValueError("longest: 1 or more")
    by_domain: dict[str, list[int]] = {}
    for outcome_id, domain in listed:
        by_domain.setdefault(domain, []).append(outcome_id)
    pages = [page for domain, ids in by_domain.items() for page in _parts(domain, ids, longest=longest)]
    return tuple(
        Section(number=number, of=len(pages), domain=domain, part=part, parts=parts, outcome_ids=ids)
        for number, (domain, part, parts, ids) in enumerate(pages, start=1)
    )


def _parts(domain: str, ids: Sequence[int], *, longest: int) -> list[tuple[str, int, int, tuple[int, ...]]]:
    number_of_parts = -(-len(ids) // longest)
    size, larger = divmod(len(ids), number_of_parts)
    ends = [part * size + min(part, larger) for part in range(number_of_parts + 1)]
    return [
        (domain, part, number_of_parts, tuple(ids[start:end]))
        for part, (start, end) in enumerate(pairwise(ends), start=1)
    ]


def progress_of(outcome_ids: Collection[int], *, answered: Collection[int]) -> Progress:
    """How far one is with `outcome_ids`, when the outcomes `answered` are done."""
    return Progress(
        answered=sum(1 for outcome_id in outcome_ids if outcome_id in answered), of=len(outcome_ids)
    )


def section_holding(sections: Sequence[Section], outcome_id: int) -> Section | None:
    """The section that shows an outcome, None if none does."""
    return next((section for section in sections if outcome_id in section.outcome_ids), None)


def section_to_go_on_with(
    sections: Sequence[Section], *, answered: Collection[int], newest: int | None
) -> Section | None:
    """Where a panellist goes on who comes back: None if every outcome has an answer.

    The section of the `newest` answer if something is left there, else the next one with something left;
    after the last section comes the first.
    """
    here = section_holding(sections, newest) if newest is not None else None
    start = here.number - 1 if here else 0
    in_turn = [*sections[start:], *sections[:start]]
    return next((s for s in in_turn if not progress_of(s.outcome_ids, answered=answered).complete), None)
