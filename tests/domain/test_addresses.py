"""One shape of an e-mail address: what a message can be written to, and no header reads otherwise."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from delphi.domain.addresses import is_address

GOOD = ("name@example.org", "a.b+c@mail.example.org", "o'neil@example.org", "n\u00e4me@example.org")
BAD = (
    *("s4@[example.org", "kate@[uni.example", "undisclosed:;@x.y", "a,b@c.d", "a;b@c.d", "(a@b.c", "a@b..c"),
    *(
        "<@b.c",
        "a b@c.d",
        "a@b",
        "a@",
        "@b.c",
        "a@b.c\n",
        "a\x00@b.c",
        "=?utf-8?q?a?=@b.c",
        "x" * 260 + "@b.c",
    ),
)


@pytest.mark.parametrize("address", GOOD)
def test_a_message_can_be_written_to_a_good_address(address: str) -> None:
    assert is_address(address)
    message = EmailMessage(policy=SMTP.clone(utf8=True))
    message["To"] = address
    assert message["To"].addresses[0].addr_spec == address


@pytest.mark.parametrize("address", BAD)
def test_what_a_header_would_read_otherwise_is_no_address(address: str) -> None:
    assert not is_address(address)
