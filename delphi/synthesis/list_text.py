"""The list of decisions as the text that advisers sign and that the next list is made from."""

from collections.abc import Mapping, Sequence

from delphi.domain.deciding import Decided, standing_decisions, text_of_list
from delphi.synthesis.history import Listed


def list_text(
    history: Sequence[Decided], *, listed: Mapping[str, Listed], study: str, round_label: str
) -> str:
    """Return the decisions that stand, with the outcomes in the order of the round's list."""
    places = {code: place for place, code in enumerate(listed)}
    last = len(places)
    standing = sorted(
        standing_decisions(history),
        key=lambda each: (places[each.sources[0]] if each.sources else last, each.number),
    )
    rows = [(each, [listed[code].text for code in each.sources]) for each in standing]
    return text_of_list(rows, study=study, round_=round_label)
