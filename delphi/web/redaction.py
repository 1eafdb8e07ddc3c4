"""No log line holds the token of a personal link, whoever writes it."""

import logging
import re
from typing import Any

TOKEN_IN_A_PATH = re.compile(r"(/enter/)[^\s/?#\"']+")
HIDDEN = r"\1[hidden]"


class RedactedRecord(logging.LogRecord):
    """A log record whose message has no token in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # whatever logging passes
        super().__init__(*args, **kwargs)
        message = super().getMessage() if "/enter/" in f"{self.msg}{self.args}" else ""
        if message:
            self.msg, self.args = TOKEN_IN_A_PATH.sub(HIDDEN, message), ()


def hide_tokens_in_logs() -> None:
    """Make every logger of this process hide tokens."""
    logging.setLogRecordFactory(RedactedRecord)
