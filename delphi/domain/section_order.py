"""The order in which one person meets a round's list: domains in an order of their own."""

from collections.abc import Sequence
from random import Random


def drawn_order(listed: Sequence[tuple[int, str]], *, seed: int) -> tuple[int, ...]:
    """Return the outcomes of a list of (outcome, domain) with its domains shuffled.

    Inside a domain the list's own order stays, since its texts may build on one another. The same seed gives
    the same order.
    """
    by_domain: dict[str, list[int]] = {}
    for outcome_id, domain in listed:
        by_domain.setdefault(domain, []).append(outcome_id)
    domains = list(by_domain)
    Random(seed).shuffle(domains)  # noqa: S311  # nothing is kept secret by it
    return tuple(outcome_id for domain in domains for outcome_id in by_domain[domain])
