"""Which outcomes of an earlier list became an outcome of today's."""

from collections.abc import Collection, Mapping, Sequence

Sources = Mapping[int, Sequence[int]]


def earlier_forms(
    outcome_id: int, *, decisions: Sequence[Sources], listed: Collection[int]
) -> tuple[int, ...]:
    """The outcomes in the earlier list `listed` that an outcome comes from, in the order of the decisions.

    `decisions`, one mapping for each round since (earliest first), tell what was made into what: outcome to
    its sources. An outcome that they don't speak of went on as it was; one that was added since has no
    earlier form; a merged one has each of those that went into it.
    """
    forms: list[int] = [outcome_id]
    for sources in reversed(decisions):
        forms = [source for form in forms for source in sources.get(form, (form,))]
    return tuple(dict.fromkeys(form for form in forms if form in listed))


def all_forms(outcome_id: int, *, decisions: Sequence[Sources]) -> tuple[int, ...]:
    """An outcome and every form that it had on its way through the decisions, today's first."""
    forms, found = [outcome_id], [outcome_id]
    for sources in reversed(decisions):
        forms = [source for form in forms for source in sources.get(form, (form,))]
        found += forms
    return tuple(dict.fromkeys(found))
