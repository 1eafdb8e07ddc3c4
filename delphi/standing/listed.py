"""A round's list in a panellist's language and in the order that was drawn for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import and_, bindparam, select

from analysis.study.rounds import SectionOrder
from analysis.study.translation import domain_in_language
from delphi.extensions import ask, db
from delphi.models import ListedOutcome, Outcome, ShownOrder, Wording
from delphi.standing.facts import RoundFacts, Standing
from delphi.web.language import note_untranslated

LISTS_KEPT = 64  # lists in words, one a round and language
_IN_WORDS = select(
    Outcome.id,
    Outcome.domain,
    Outcome.label,
    Outcome.descriptor,
    Outcome.plain,
    Wording.label,
    Wording.descriptor,
    Wording.plain,
).outerjoin(Wording, and_(Wording.outcome_id == Outcome.id, Wording.language == bindparam("language")))
_LIST = (
    _IN_WORDS.join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
    .where(ListedOutcome.round_id == bindparam("round_id"))
    .order_by(ListedOutcome.position)
)
_PLANNED = _IN_WORDS.where(Outcome.id.in_(bindparam("outcome_ids", expanding=True)))


class _Row(NamedTuple):
    """An outcome in the study's first language, and as far as there is one in the language of the page."""

    outcome_id: int
    domain: str
    label: str
    descriptor: str
    plain: str
    their_label: str | None
    their_descriptor: str | None
    their_plain: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An outcome in a round's list. `plain` says in plainer words what `descriptor` says, or is ""."""

    outcome_id: int
    label: str
    descriptor: str
    domain: str
    plain: str = ""


def list_of(standing: Standing, round_: RoundFacts) -> tuple[Listed, ...]:
    """The list of a round as a panellist sees it; in their own order if one was drawn for them."""
    if round_.planned is not None:
        rows, domains = _planned_rows(round_.planned, language=standing.language)
    else:
        rows, domains = _rows(
            round_.round_id,
            language=standing.language,
            opened_at=round_.opened_at,
            wordings_version=standing.wordings_version,
        )
    shown = frozenset((domain, domain_in_language(domain, standing.texts)) for domain in domains)
    listed, untranslated = _in_words(rows, shown)
    if standing.is_translated:
        note_untranslated(untranslated)
    return _in_own_order(listed, standing=standing, round_=round_)


@lru_cache(maxsize=LISTS_KEPT)
def _rows(
    round_id: int, *, language: str, opened_at: datetime | None, wordings_version: str
) -> tuple[tuple[_Row, ...], frozenset[str]]:
    """The list and its domains, read once: a round's list stays as it is from the moment when it opens."""
    rows = tuple(map(_Row._make, ask(_LIST, {"language": language, "round_id": round_id}).all()))
    return rows, frozenset(row.domain for row in rows)


def _planned_rows(outcome_ids: tuple[int, ...], *, language: str) -> tuple[tuple[_Row, ...], frozenset[str]]:
    """The list that a round would have, for a preview; read anew: it may change until it opens."""
    rows = map(_Row._make, ask(_PLANNED, {"language": language, "outcome_ids": outcome_ids}).all())
    by_id = {row.outcome_id: row for row in rows}
    in_order = tuple(by_id[outcome_id] for outcome_id in outcome_ids)
    return in_order, frozenset(row.domain for row in in_order)


@lru_cache(maxsize=LISTS_KEPT)
def _in_words(
    rows: tuple[_Row, ...], domains: frozenset[tuple[str, str]]
) -> tuple[tuple[Listed, ...], frozenset[str]]:
    """The list, and those of its texts that are not translated.

    Kept by the texts themselves, so that one which changes makes another list.
    """
    shown = dict(domains)
    untranslated: set[str] = set()
    listed = []
    for row in rows:
        pairs = [
            (row.label, row.their_label),
            (row.descriptor, row.their_descriptor),
            (row.plain, row.their_plain),
            (row.domain, shown[row.domain] if shown[row.domain] != row.domain else ""),
        ]
        untranslated |= {own for own, theirs in pairs if own and not theirs}
        label, descriptor, plain, domain = (theirs or own for own, theirs in pairs)
        listed.append(
            Listed(outcome_id=row.outcome_id, label=label, descriptor=descriptor, plain=plain, domain=domain)
        )
    return tuple(listed), frozenset(untranslated)


def _in_own_order(listed: Sequence[Listed], *, standing: Standing, round_: RoundFacts) -> tuple[Listed, ...]:
    if round_.definition.order is not SectionOrder.SHUFFLED:
        return tuple(listed)
    drawn = db.session.get(ShownOrder, (round_.round_id, standing.panellist_id))
    places = {outcome_id: place for place, outcome_id in enumerate(drawn.outcome_ids if drawn else ())}
    return tuple(sorted(listed, key=lambda outcome: places.get(outcome.outcome_id, len(places))))
