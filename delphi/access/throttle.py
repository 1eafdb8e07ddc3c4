"""How often somebody may try to sign in: counted by where they are, never by whom they name.

A count by account would let anybody lock somebody else out. Only failures count, and a good personal link is
let through however many bad ones came from the same address. A code is not: it is short enough to be guessed,
were there no end to guessing.
"""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from flask import Response, request
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response as AnyResponse

from delphi.access.links import find_link
from delphi.extensions import limiter
from delphi.web import clock

IPV6_NETWORK_BITS = 64  # one customer usually has all of these addresses


def network_of_visitor() -> str:
    """The visitor's address; for IPv6 the network that they choose their addresses from."""
    address = get_remote_address()
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    return str(IPv6Address(int(parsed) >> (128 - IPV6_NETWORK_BITS) << (128 - IPV6_NETWORK_BITS)))


def _failed(response: Response) -> bool:
    return response.status_code >= 400


def _went_on(response: Response) -> bool:
    return 300 <= response.status_code < 400


def _link_is_good() -> bool:
    link = find_link((request.view_args or {})["token"], now=clock.now())
    return link is not None and link.is_good


View = Callable[..., AnyResponse]
Decorator = Callable[[View], View]
few_wrong_passwords: Decorator = limiter.limit(
    "6 per 5 minutes", key_func=network_of_visitor, methods=["POST"], deduct_when=_failed
)
# An open link lets anybody in, so what is counted here is success: a class of students can join at once, a
# script that fills a panel with people cannot.
few_new_people: Decorator = limiter.limit(
    "20 per hour", key_func=network_of_visitor, methods=["POST"], deduct_when=_went_on
)
few_wrong_codes: Decorator = limiter.limit(
    "30 per 5 minutes", key_func=network_of_visitor, methods=["POST"], deduct_when=_failed
)
few_wrong_links: Decorator = limiter.limit(
    "30 per 5 minutes", key_func=network_of_visitor, deduct_when=_failed, exempt_when=_link_is_good
)


def few_wrong_codes_of_one(key: Callable[[], str]) -> Decorator:
    """Few wrong codes for one account, from wherever they come.

    Only who has given the password comes this far, so nobody else can lock the account's owner out.
    """
    return limiter.limit("10 per 15 minutes", key_func=key, methods=["POST"], deduct_when=_failed)
