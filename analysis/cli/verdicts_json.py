"""A verdict table as JSON: the same floats as its CSV."""

from fractions import Fraction

from analysis.study.study import Study
from analysis.tabulation import GroupFigures, PooledFigures
from analysis.verdicts import VerdictRow, VerdictTable

Number = int | float | None


def table_as_json(study: Study, table: VerdictTable) -> dict[str, object]:
    """Return the whole table; shares and means are floats, None where not computable."""
    return {
        "study": study.protocol.study.code,
        "round": table.round,
        "criterion": table.criterion,
        "rules": list(table.rule_sentences),
        "weighting": table.weighting_sentence,
        "minimum_group_size": table.minimum_group_size,
        "ties": list(table.tie_sentences),
        "synthetic": table.synthetic,
        "outcomes": [_row(study, row) for row in table.rows],
    }


def _row(study: Study, row: VerdictRow) -> dict[str, object]:
    return {
        "outcome": row.outcome,
        "label": study.outcome(row.outcome).label,
        "groups": {figures.group: _figures(figures) for figures in row.groups},
        "unweighted": _figures(row.unweighted),
        "weighted": _figures(row.weighted),
        "verdict_weighted": row.verdict_weighted.value if row.verdict_weighted else None,
        "verdict_unweighted": row.verdict_unweighted.value if row.verdict_unweighted else None,
        "changed_by_weights": row.changed_by_weights,
        "ranks": [
            {"rule": rank.rule, "group": rank.group, "weighted": rank.weighted, "unweighted": rank.unweighted}
            for rank in row.ranks
        ],
        "sentence": row.sentence,
    }


def _figures(figures: GroupFigures | PooledFigures) -> dict[str, object]:
    if figures.suppressed:
        return {"suppressed": True}
    found: dict[str, object] = {
        "suppressed": False,
        "n": _number(figures.n),
        "k": {code: _number(value) for code, value in figures.k.items()},
        "share": {code: _decimal(value) for code, value in figures.share.items()},
        "mean": _decimal(figures.mean),
    }
    if figures.points:
        found["points"] = {code: _number(value) for code, value in figures.points.items()}
    if isinstance(figures, GroupFigures):
        found["missing"] = {kind.value: number for kind, number in figures.missing.items()}
    return found


def _number(value: Fraction | int | None) -> Number:
    if value is None:
        return None
    return int(value) if Fraction(value).denominator == 1 else float(value)


def _decimal(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
