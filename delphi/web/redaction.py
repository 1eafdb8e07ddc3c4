"""No log line holds the token of a link, whoever writes it."""

import logging
import re
from typing import Any

TOKEN_IN_A_PATH = re.compile(r"(/(?:enter|join|no-thank-you|invitation|stop-reminders)/)[^\s/?#\"']+")
HIDDEN = r"\1[hidden]"
TOKEN_FOLLOWS = ("/enter/", "/join/", "/no-thank-you/", "/invitation/", "/stop-reminders/")


class RedactedRecord(logging.LogRecord):
    """A log record whose message has no token in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # whatever logging passes
        super().__init__(*args, **kwargs)
        written = f"{self.msg}{self.args}"
        if any(begins in written for begins in TOKEN_FOLLOWS):
            self.msg, self.args = TOKEN_IN_A_PATH.sub(HIDDEN, super().getMessage()), ()


def hide_tokens_in_logs() -> None:
    """Make every logger of this process hide tokens."""
    logging.setLogRecordFactory(RedactedRecord)
