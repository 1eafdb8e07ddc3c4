"""`reproduce`: computed beside published, figure by figure."""

import click

from analysis.cli.bundle_argument import bundle_argument, json_option
from analysis.cli.exits import FINDING, end_with
from analysis.cli.printing import print_json, print_lines, print_table
from analysis.reproduce import Comparison, Computed, Status, compare
from analysis.study.published import Source
from analysis.study.study import Study

_HEADER = ("figure", "source", "published", "computed", "status", "note")
_STATUS_WORDS = {
    Status.REPRODUCED: "reproduced",
    Status.DIFFERS: "differs",
    Status.NOT_COMPUTABLE: "cannot be computed",
}


@click.command()
@bundle_argument
@json_option
def reproduce(study: Study, *, as_json: bool) -> None:
    """Compare what is computed with what is published.

    Ends with 1 where a figure that should be reproduced is not.
    """
    comparisons = compare(study)
    failed = [one for one in comparisons if one.fails]
    if as_json:
        figures = [_as_json(one) for one in comparisons]
        note = study.protocol.study.note if study.is_synthetic else ""
        code = study.protocol.study.code
        print_json({"study": code, "figures": figures, "failed": len(failed), "synthetic": note})
    else:
        print_table(_HEADER, [_row(one) for one in comparisons], text_columns=(0, 1, 4, 5))
        print_lines("", *(_difference(one) for one in failed), _summary(comparisons, failed))
        print_lines("Sources:", *(f"  {_source(source)}" for source in study.published.sources))
        if study.is_synthetic:
            print_lines(
                f"Synthetic ({', '.join(study.protocol.study.synthetic)}): {study.protocol.study.note}"
            )
    if failed:
        end_with(FINDING)


def _row(one: Comparison) -> tuple[str, ...]:
    status = _STATUS_WORDS[one.status] + (" (should be reproduced)" if one.fails else "")
    note = "" if one.status is Status.REPRODUCED else one.why
    return one.figure.code, one.source.code, _shown(one.figure.value), _shown(one.computed), status, note


def _shown(value: Computed | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{len(value)} names"


def _source(source: Source) -> str:
    return " ".join(
        part for part in (f"{source.code}: {source.title}.", source.reference, source.url) if part
    )


def _difference(one: Comparison) -> str:
    published, computed = one.figure.value, one.computed
    if isinstance(published, int) or isinstance(computed, int) or computed is None:
        return f"{one.figure.code}: published {_shown(published)}, computed {_shown(computed) or 'nothing'}."
    missing = ", ".join(name for name in published if name not in computed) or "none"
    beyond = ", ".join(name for name in computed if name not in published) or "none"
    return f"{one.figure.code}: published and not computed: {missing}; computed and not published: {beyond}."


def _summary(comparisons: tuple[Comparison, ...], failed: list[Comparison]) -> str:
    counts = {status: sum(one.status is status for one in comparisons) for status in Status}
    parts = (
        f"Reproduced: {counts[Status.REPRODUCED]}, different: {counts[Status.DIFFERS]}, "
        f"not computable: {counts[Status.NOT_COMPUTABLE]}"
    )
    wanted = sum(one.figure.should_reproduce for one in comparisons)
    return f"{parts}. Of {wanted} that should be reproduced, {wanted - len(failed)} are."


def _as_json(one: Comparison) -> dict[str, object]:
    return {
        "figure": one.figure.code,
        "stage": one.figure.stage,
        "measure": one.figure.measure.value,
        "published": _plain(one.figure.value),
        "computed": _plain(one.computed),
        "status": one.status.value,
        "should_reproduce": one.figure.should_reproduce,
        "source": {"code": one.source.code, "title": one.source.title, "url": one.source.url},
        "why": one.why,
    }


def _plain(value: Computed | None) -> object:
    return list(value) if isinstance(value, tuple) else value
