"""Error pages: what happened, what to do, and that nothing saved is lost."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
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
    heading=lazy_gettext("We could not read what was sent"),
    happened=lazy_gettext("Something in the request was missing or was not as we expect it."),
    advice=lazy_gettext("Go back, reload the page and try again."),
)
PAGE_TOO_OLD = ErrorWords(
    heading=lazy_gettext("This page has gone out of date"),
    happened=lazy_gettext(
        "It was opened before you last signed in or out, so we did not accept what it sent."
    ),
    advice=lazy_gettext(
        "Go back, copy anything that you have just written, reload the page, and send it again."
    ),
)
WORDS = {
    400: BAD_REQUEST,
    401: ErrorWords(
        heading=lazy_gettext("You are not signed in"),
        happened=lazy_gettext(
            "You may have signed out, here or from another device, or you were away for a while."
        ),
        advice=lazy_gettext("If you have just written something, go back and copy it first."),
    ),
    403: ErrorWords(
        heading=lazy_gettext("This page is not for you"),
        happened=lazy_gettext("You are signed in, but not as somebody who may see this page."),
        advice=lazy_gettext("If you think that you should be able to, ask the study team."),
    ),
    404: ErrorWords(
        heading=lazy_gettext("Page not found"),
        happened=lazy_gettext("There is no page at this address, or not for you."),
        advice=lazy_gettext("If you typed or copied the address, check that it is whole."),
    ),
    405: ErrorWords(
        heading=lazy_gettext("That cannot be done here"),
        happened=lazy_gettext("There is a page at this address, but not for this kind of request."),
        advice=lazy_gettext("Go back and use the buttons and links on the page."),
    ),
    409: ErrorWords(
        heading=lazy_gettext("This could not be saved"),
        happened=lazy_gettext("You have left the study since this page was opened. It takes nothing more."),
        advice=lazy_gettext("Go back and copy what you wrote if you want to keep it. Then close the page."),
    ),
    413: ErrorWords(
        heading=lazy_gettext("That was too much at once"),
        happened=lazy_gettext("What was sent is larger than we accept."),
        advice=lazy_gettext("Go back and send a shorter text or a smaller file."),
    ),
    429: ErrorWords(
        heading=lazy_gettext("Too many attempts"),
        happened=lazy_gettext("Many attempts have come from your internet address in a short time."),
        advice=lazy_gettext(
            "Wait five minutes, then try again. At times it takes up to an hour. "
            "A personal link that is good still works."
        ),
    ),
    500: ErrorWords(
        heading=lazy_gettext("Something went wrong"),
        happened=lazy_gettext("The fault is ours, and it has been written down."),
        advice=lazy_gettext(
            "Try again in a few minutes. If it happens again, tell the study team what you were doing."
        ),
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
    response = pages.render(
        "errors/error.html",
        status=status,
        words=words,
        show_account=show_account,
        signs_in=status == HTTPStatus.UNAUTHORIZED,
    )
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response
