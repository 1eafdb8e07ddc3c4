"""Earlier answers in words, in the language of the page: in English the very sentences of `analysis`."""

from collections.abc import Sequence
from functools import reduce

from flask_babel import gettext, ngettext
from markupsafe import Markup

from analysis.feedback_words import OwnAnswer, Pattern, Shape, Span
from analysis.study.records import Missing
from delphi.web.language import (
    ENGLISH,
    as_list_in_sentence,
    current_language,
    in_its_language,
    untranslated,
)


def own_sentence(own: OwnAnswer | None) -> str:
    """A panellist's own earlier answer as a sentence; None or an empty answer: none was given."""
    if own is None or (own.score is None and own.missing is None):
        return gettext("You did not answer this.")
    if own.score is not None:
        return gettext("You chose %(score)s.", score=own.score)
    if own.missing is Missing.SKIPPED:
        return gettext("You skipped this.")
    return gettext("You said that you cannot say.")


def part_name(labels: Sequence[str]) -> Markup:
    """The name of groups that are counted together, such as "Researchers and policymakers"; or of one."""
    first, *others = labels
    return as_list_in_sentence([in_its_language(first), *map(_inside_a_sentence, others)])


def groups_sentence(shapes: Sequence[tuple[str | tuple[str, ...], Shape]]) -> Markup:
    """How the groups answered, as one sentence; `shapes` are pairs of a group's label and its shape.

    Groups whose answers look the same share a clause, unless few answered. Those that are counted together
    (a tuple of labels) have a clause of their own. "" where there is no group.
    """
    together: dict[tuple[object, ...], tuple[Shape, list[Markup]]] = {}
    for label, shape in shapes:
        labels = (label,) if isinstance(label, str) else label
        alone = labels if len(labels) > 1 else None
        key = (shape.pattern, shape.spans, shape.n if shape.few else None, alone)
        together.setdefault(key, (shape, []))[1].extend(map(_inside_a_sentence, labels))
    clauses = [_clause(as_list_in_sentence(labels), shape) for shape, labels in together.values()]
    if not clauses:
        return Markup()
    whole = reduce(_after_another, clauses)
    return _marked(gettext("%(clauses)s.", clauses=_with_capital(whole)))


def _clause(people: Markup, shape: Shape) -> Markup:
    named = [_span(span) for span in shape.spans]
    match shape.pattern:
        case Pattern.NOBODY:
            words = gettext("no %(people)s chose a number", people=people)
        case Pattern.ALL:
            words = gettext("all %(people)s chose %(span)s", people=people, span=named[0])
        case Pattern.MOST:
            words = gettext("most %(people)s chose %(span)s", people=people, span=named[0])
        case Pattern.SPLIT:
            words = gettext(
                "%(people)s were split: some chose %(low)s, others %(high)s",
                people=people,
                low=named[0],
                high=named[-1],
            )
        case Pattern.SPREAD:
            words = gettext("%(people)s chose many different numbers", people=people)
    if shape.few:
        words = ngettext(
            "%(clause)s (only %(num)s answered)", "%(clause)s (only %(num)s answered)", shape.n, clause=words
        )
    return _marked(words)


def _span(span: Span) -> str:
    if span.low == span.high:
        return str(span.low)
    return gettext("%(low)s to %(high)s", low=span.low, high=span.high)


def _after_another(before: Markup, clause: Markup) -> Markup:
    return _marked(gettext("%(before)s; %(clause)s", before=before, clause=clause))


def _inside_a_sentence(label: str) -> Markup:
    """A group's label; English writes it small there, save an abbreviation such as "NHS staff"."""
    is_english = current_language() is ENGLISH and label not in untranslated()
    if not is_english or label[:2].isupper():
        return in_its_language(label)
    return in_its_language(f"{label[:1].lower()}{label[1:]}")


def _with_capital(words: Markup) -> Markup:
    return words if words.startswith(("<", "&")) else words[:1].upper() + words[1:]


def _marked(words: str) -> Markup:
    """Words of ours in which everything of the study's is escaped."""
    return Markup(words)  # noqa: S704  # see there
