"""The order of outcomes in each list of the lineage picture: by domain, with few crossings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean


@dataclass(frozen=True, slots=True)
class Flow:
    """An outcome of one list goes on as an outcome of the next; the same code where it is kept."""

    source: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The lists of a study, first to last, and what flows between neighbours.

    `domains` names each outcome's domain; its order is the order of the study's table of outcomes.
    `flows[i]` leads from `columns[i]` to `columns[i + 1]`.
    """

    columns: tuple[tuple[str, ...], ...]
    flows: tuple[tuple[Flow, ...], ...]
    domains: Mapping[str, str]

    def __post_init__(self) -> None:
        if len(self.flows) != max(len(self.columns) - 1, 0):
            raise ValueError("flows must be one fewer than columns")

    def sources(self, column: int) -> Mapping[str, tuple[str, ...]]:
        """Return, for each outcome of a list, the outcomes of the list before that flow into it."""
        flows = self.flows[column - 1] if column else ()
        found: dict[str, list[str]] = {code: [] for code in self.columns[column]}
        for flow in flows:
            found[flow.result].append(flow.source)
        return {code: tuple(codes) for code, codes in found.items()}


def domains_in_order(lists: Lists) -> tuple[str, ...]:
    """Return the domains of all outcomes that are listed anywhere, in the order of the table of outcomes."""
    listed = {code for column in lists.columns for code in column}
    return tuple(dict.fromkeys(domain for code, domain in lists.domains.items() if code in listed))


def ordered(lists: Lists) -> Lists:
    """Return the same lists, each in the order of the picture.

    First list: by domain; within it, outcomes that join stand together, those that go furthest come first.
    Later lists: where their sources stand; an added outcome follows the last of its domain.
    """
    if not lists.columns:
        return lists
    columns = [_first_in_order(lists)]
    for index in range(1, len(lists.columns)):
        columns.append(_next_in_order(lists, index, columns[-1]))
    return Lists(columns=tuple(columns), flows=lists.flows, domains=lists.domains)


def place_of_added(code: str, before: Sequence[str], domains: Mapping[str, str]) -> int:
    """Return the place in `before` of the last outcome of the same domain, or else the last place."""
    same = [place for place, other in enumerate(before) if domains[other] == domains[code]]
    return same[-1] if same else len(before) - 1


def _first_in_order(lists: Lists) -> tuple[str, ...]:
    position = {code: place for place, code in enumerate(lists.domains)}
    rank = {domain: place for place, domain in enumerate(domains_in_order(lists))}
    joined = _families(lists)
    reach = {joined[code]: index for index, column in enumerate(lists.columns) for code in column}

    def key(code: str) -> tuple[int, int, int, int]:
        family = joined[code]
        return rank[lists.domains[code]], -reach[family], position[family], position[code]

    return tuple(sorted(lists.columns[0], key=key))


def _next_in_order(lists: Lists, index: int, before: tuple[str, ...]) -> tuple[str, ...]:
    rank = {code: place for place, code in enumerate(before)}
    position = {code: place for place, code in enumerate(lists.domains)}
    sources = lists.sources(index)

    def key(code: str) -> tuple[float, int]:
        if sources[code]:
            return fmean(rank[source] for source in sources[code]), position[code]
        return place_of_added(code, before, lists.domains) + 0.5, position[code]

    return tuple(sorted(lists.columns[index], key=key))


def _families(lists: Lists) -> Mapping[str, str]:
    """Return, for each outcome, the first of those that it is connected with by any flows."""
    family: dict[str, str] = {code: code for column in lists.columns for code in column}
    position = {code: place for place, code in enumerate(lists.domains)}

    def first(code: str) -> str:
        while family[code] != code:
            code = family[code]
        return code

    for flow in _all(lists.flows):
        older, younger = sorted((first(flow.source), first(flow.result)), key=position.__getitem__)
        family[younger] = older
    return {code: first(code) for code in family}


def _all(flows: Iterable[Iterable[Flow]]) -> Iterable[Flow]:
    return (flow for between in flows for flow in between)
