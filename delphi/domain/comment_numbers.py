"""A number for a comment that stays, and tells nothing of who wrote it or when."""

import base64
import hashlib
from datetime import datetime

LENGTH = 8


def comment_number(comment_id: int, written_at: datetime) -> str:
    """Return the number: letters and digits.

    Rows of the database stand in the order of writing, so their own numbers would put one person's comments
    side by side. The moment of writing, which no file tells, keeps anybody from counting back.
    """
    digest = hashlib.sha256(f"{comment_id} {written_at.isoformat()}".encode()).digest()
    return base64.b32encode(digest).decode("ascii")[:LENGTH].lower()
