"""The tests run without the outside world."""

import socket

import pytest

SOMEWHERE_ELSE = "192.0.2.1"  # an address that is reserved for documentation


def test_a_test_cannot_reach_another_machine() -> None:
    # pytest-socket warns before it raises, and a warning is an error here.
    with (
        socket.socket() as outgoing,
        pytest.raises(UserWarning, match=r"tried to use socket\.socket\.connect"),
    ):
        outgoing.connect((SOMEWHERE_ELSE, 80))
