"""Error pages: what happened, what to do, and that nothing saved is lost."""

from dataclasses import dataclass

from flask import Flask, Response
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from delphi.web import pages


@dataclass(frozen=True, kw_only=True)
class ErrorWords:
    """The words of an error page."""

    heading: str
    happened: str
    advice: str


BAD_REQUEST = ErrorWords(
    heading="We could not read what was sent",
    happened="Something in the request was missing or was not as we expect it.",
    advice="Go back, reload the page and try again.",
)
PAGE_TOO_OLD = ErrorWords(
    heading="This page has gone out of date",
    happened="It was opened before you last signed in or out, so we did not accept what it sent.",
    advice="Go back, copy anything that you have just written, reload the page, and send it again.",
)
WORDS = {
    400: BAD_REQUEST,
    401: ErrorWords(
        heading="You are not signed in",
        happened="You may have signed out, or it has been a long time since you signed in.",
        advice="Panellists: open your personal link. If it has been used, ask the study team for a new one. "
        "If you have just written something, go back and copy it first.",
    ),
    403: ErrorWords(
        heading="This page is not for you",
        happened="You are signed in, but not as somebody who may see this page.",
        advice="If you think that you should be able to, ask the study team.",
    ),
    404: ErrorWords(
        heading="Page not found",
        happened="There is no page at this address, or not for you.",
        advice="If you typed or copied the address, check that it is whole.",
    ),
    405: ErrorWords(
        heading="That cannot be done here",
        happened="There is a page at this address, but not for this kind of request.",
        advice="Go back and use the buttons and links on the page.",
    ),
    413: ErrorWords(
        heading="That was too much at once",
        happened="What was sent is larger than we accept.",
        advice="Go back and send a shorter text or a smaller file.",
    ),
    429: ErrorWords(
        heading="Too many attempts",
        happened="Somebody at your internet address has tried to sign in many times.",
        advice="Wait five minutes, then try again. A personal link that is good still works.",
    ),
    500: ErrorWords(
        heading="Something went wrong",
        happened="The fault is ours, and it has been written down.",
        advice="Try again in a few minutes. If it happens again, tell the study team what you were doing.",
    ),
}


def answer_errors(app: Flask) -> None:
    """Give every error a page of its own."""
    app.register_error_handler(HTTPException, _error_page)
    app.register_error_handler(CSRFError, _page_too_old)
    app.register_error_handler(SecurityError, _host_unknown)


def _page_too_old(error: CSRFError) -> ResponseReturnValue:
    return pages.render("errors/error.html", status=400, words=PAGE_TOO_OLD, show_account=True)


def _host_unknown(error: SecurityError) -> ResponseReturnValue:
    # No page: its links would need a host name that can be trusted.
    return Response("This is not the name of this site.\n", status=400, mimetype="text/plain")


def _error_page(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error  # a redirect
    words = WORDS.get(status, WORDS[500] if status >= 500 else BAD_REQUEST)
    # When the fault is ours the database may be out of reach: the page does without it.
    show_account = not isinstance(error, InternalServerError)
    response = pages.render("errors/error.html", status=status, words=words, show_account=show_account)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response
