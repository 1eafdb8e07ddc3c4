"""A round's list in a panellist's language and in the order that was drawn for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select

from analysis.study.rounds import SectionOrder
from analysis.study.translation import domain_in_language
from delphi.extensions import db
from delphi.models import ListedOutcome, Outcome, ShownOrder, Wording
from delphi.standing.facts import RoundFacts, Standing
from delphi.web.language import note_untranslated


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
    own = (Outcome.label, Outcome.descriptor, Outcome.plain)
    theirs = (Wording.label, Wording.descriptor, Wording.plain)
    query = (
        select(Outcome.id, Outcome.domain, *own, *theirs)
        .join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
        .outerjoin(Wording, and_(Wording.outcome_id == Outcome.id, Wording.language == standing.language))
        .where(ListedOutcome.round_id == round_.round_id)
        .order_by(ListedOutcome.position)
    )
    listed = tuple(_listed(standing, *row) for row in db.session.execute(query))
    return _in_own_order(listed, standing=standing, round_=round_)


def _listed(standing: Standing, outcome_id: int, domain: str, *texts: str | None) -> Listed:
    """One outcome; of `texts` the first half is in the study's first language, the second in the page's."""
    pairs = [(own or "", theirs or "") for own, theirs in zip(texts[:3], texts[3:], strict=True)]
    shown_domain = domain_in_language(domain, standing.texts)
    if standing.is_translated:
        pairs_and_domain = (*pairs, (domain, shown_domain if shown_domain != domain else ""))
        note_untranslated(own for own, theirs in pairs_and_domain if not theirs)
    label, descriptor, plain = (theirs or own for own, theirs in pairs)
    return Listed(outcome_id=outcome_id, label=label, descriptor=descriptor, plain=plain, domain=shown_domain)


def _in_own_order(listed: Sequence[Listed], *, standing: Standing, round_: RoundFacts) -> tuple[Listed, ...]:
    if round_.definition.order is not SectionOrder.SHUFFLED:
        return tuple(listed)
    drawn = db.session.get(ShownOrder, (round_.round_id, standing.panellist_id))
    places = {outcome_id: place for place, outcome_id in enumerate(drawn.outcome_ids if drawn else ())}
    return tuple(sorted(listed, key=lambda outcome: places.get(outcome.outcome_id, len(places))))
