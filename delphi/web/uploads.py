"""Files that are sent to us stay in memory."""

from io import BytesIO
from typing import IO

from flask import Flask, Request


class InMemoryRequest(Request):
    """A request whose files are never written to a disk, where what people's contacts were could be found.

    Their size is bounded by that of the request (`MAX_CONTENT_LENGTH`).
    """

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def keep_uploads_in_memory(app: Flask) -> None:
    """Take every request so."""
    app.request_class = InMemoryRequest
