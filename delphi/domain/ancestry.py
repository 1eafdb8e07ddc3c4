"""Which outcomes of an earlier list became an outcome of today's."""

from collections.abc import Collection, Iterable, Sequence

from analysis.study.records import LineageStep


def earlier_forms(
    code: str, *, lineage: Iterable[LineageStep], between: Sequence[str], listed: Collection[str]
) -> tuple[str, ...]:
    """The outcomes in the earlier list `listed` that an outcome comes from, in the lineage's order.

    `between` names the rounds from the earlier one up to, without, today's, in their order. An outcome that was added
    since has none; one that was kept has itself; a merged one has each of those that went into it.
    """
    steps = tuple(lineage)
    forms = [code]
    for after in reversed(between):
        forms = [source for form in forms for source in _sources(form, steps=steps, after=after)]
    return tuple(dict.fromkeys(form for form in forms if form in listed))


def _sources(code: str, *, steps: Sequence[LineageStep], after: str) -> tuple[str, ...]:
    """What became `code` after a round; itself where no decision speaks of it."""
    making = [step for step in steps if step.after == after and code in step.results]
    return tuple(source for step in making for source in step.sources) if making else (code,)
