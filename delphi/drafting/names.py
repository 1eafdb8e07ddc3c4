"""Codes made from names."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 40


def code_from(name: str, *, taken: Collection[str], otherwise: str) -> str:
    """A code such as `feeling_safe` for a name, that is not `taken`; `otherwise` where no letter is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    start = re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_")[:LONGEST].strip("_") or otherwise
    code, number = start, 1
    while code in taken:
        number += 1
        code = f"{start[: LONGEST - 6]}_{number}"
    return code
