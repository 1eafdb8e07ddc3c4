"""What an e-mail address looks like: one shape, wherever an address is taken in or written to."""

import re

LONGEST_ADDRESS = 254
PIECE = r"[^\s@.,;:<>\"()\[\]\\]+"  # none of the signs with which mail headers list and name addresses
ADDRESS_SHAPE = re.compile(rf"{PIECE}(\.{PIECE})*@{PIECE}(\.{PIECE})+")
ENCODED_WORD = "=?"  # mail programs would read another address out of it


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address that a message can be written to, with no blanks around it."""
    is_readable = len(text) <= LONGEST_ADDRESS and text.isprintable() and ENCODED_WORD not in text
    return is_readable and ADDRESS_SHAPE.fullmatch(text) is not None
