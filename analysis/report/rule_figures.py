"""The figures of a consensus definition: other rules, other weights."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from matplotlib.figure import Figure

from analysis.consensus.verdict_codes import VERDICTS
from analysis.figures.drawing import Caption
from analysis.figures.flip_weight import FlipWeights, OutcomeWeights, flip_weight
from analysis.figures.sensitivity_heat_map import OutcomeVerdicts, Sensitivity, sensitivity_heat_map
from analysis.report.firmness_tables import (
    Decided,
    alternatives_of,
    runs_of,
    weights_note,
)
from analysis.report.parts import Draw
from analysis.report.sheets import Sheet, in_sheets
from analysis.sensitivity import rule_grid
from analysis.sentences import definition_sentences
from analysis.study.rules import Verdict

_LARGEST_WEIGHT = 10.0


def figures_of_rule(decided: Decided, where: str, *, n: str, synthetic: str) -> Iterator[tuple[str, Draw]]:
    """Return the figures about a rule and its weights; `where`: the round, as within a sentence."""
    title = f"Would other rules have kept other outcomes in {where}?"
    rules = rule_caption(decided, title, n=n, synthetic=synthetic)
    size = len(decided.labels)
    yield from in_sheets("rules", size, lambda sheet: rules_figure(decided, rules, sheet))
    if decided.focus is not None and decided.only_focus_is_weighted:
        title = f"If {decided.words.group(decided.focus)} counted more or less, which outcomes would stay in?"
        tried = rule_caption(decided, title, n=n, synthetic=synthetic, note=weights_note(decided))
        yield from in_sheets("weights", size, lambda sheet: weights_figure(decided, tried, sheet))


def rules_figure(decided: Decided, caption: Caption, sheet: Sheet) -> Figure:
    """Draw the verdicts under other rules."""
    grid = rule_grid(decided.answers, alternatives_of(decided))
    outcomes = tuple(
        OutcomeVerdicts(label, tuple(VERDICTS[code] for code in codes))
        for label, codes in zip(decided.labels, grid.codes.T.tolist(), strict=True)
    )
    return sensitivity_heat_map(Sensitivity(grid.labels, outcomes[sheet.rows]), caption=sheet.titled(caption))


def weights_figure(decided: Decided, caption: Caption, sheet: Sheet) -> Figure:
    """Draw for which weights of the group in focus each outcome is in."""
    if decided.focus is None:
        raise ValueError("decided: no group is in focus")
    flips = decided.flips
    if flips is not None:
        ranges = [[(one.low, one.high) for one in flip.ranges if one.verdict is Verdict.IN] for flip in flips]
    else:
        scan = decided.scan
        ranges = [
            [(low, high) for low, high, code in runs_of(scan, at) if VERDICTS[code] is Verdict.IN]
            for at in range(len(decided.labels))
        ]
    outcomes = tuple(
        OutcomeWeights(label, tuple(_floats(span)))
        for label, span in zip(decided.labels, ranges, strict=True)
    )
    group = decided.words.group(decided.focus)
    own = float(decided.own_weight)
    shown = outcomes[sheet.rows]
    weights = FlipWeights(shown, group, of_study=own, most=max(_LARGEST_WEIGHT, own))
    return flip_weight(weights, caption=sheet.titled(caption))


def _floats(spans: Sequence[tuple[Fraction, Fraction | None]]) -> Iterator[tuple[float, float | None]]:
    for low, high in spans:
        yield float(low), None if high is None else float(high)


def rule_caption(decided: Decided, title: str, *, n: str, synthetic: str, note: str = "") -> Caption:
    """Return the caption of a figure about a rule."""
    rule = " ".join(definition_sentences(decided.definition, words=decided.words))
    return Caption(title, n, rule, synthetic=synthetic, note=note)
