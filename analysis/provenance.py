"""How firmly a stage's counts stand: the weakest of what they rest on."""

from collections.abc import Iterable

from analysis.study.protocol import Protocol
from analysis.study.rounds import Round
from analysis.study.values import Provenance
from analysis.verdicts import rests_on_synthetic_answers

# From the firmest to the weakest.
_ORDER = (Provenance.PUBLISHED, Provenance.DERIVED, Provenance.ASSUMED, Provenance.SYNTHETIC)


def weakest(provenances: Iterable[Provenance]) -> Provenance:
    """Return the weakest: published, derived, assumed, synthetic, in this order; published if none."""
    return max(provenances, key=_ORDER.index, default=Provenance.PUBLISHED)


def stage_provenance(
    protocol: Protocol, round_: Round, rows: Iterable[Provenance], *, computed: bool
) -> Provenance:
    """Return the provenance of a stage from that of the list before it, its lineage and its outcomes.

    Where verdicts were `computed` they rest on the definition, the weights and the answers as well, which
    are synthetic when the study says so of the tables that decide.
    """
    found = list(rows)
    if computed:
        definition = protocol.definition_of(round_)
        found += [definition.provenance] if definition else []
        found += [protocol.weights_of(round_).provenance] if round_.weights else []
        found += [Provenance.SYNTHETIC] if rests_on_synthetic_answers(protocol, round_) else []
    return weakest(found)
