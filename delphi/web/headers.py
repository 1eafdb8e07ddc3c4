"""What every answer tells the browser: take nothing from elsewhere, keep no copy, pass nothing on."""

from collections.abc import Callable
from typing import Any, TypedDict, TypeVar

from flask import Flask, Response
from flask_talisman import Talisman

View = TypeVar("View", bound=Callable[..., Any])
SELF = "'self'"
NONE = "'none'"
CONTENT_SECURITY_POLICY = {
    "default-src": NONE,
    "style-src": SELF,
    "script-src": SELF,
    "img-src": SELF,
    "connect-src": SELF,
    "form-action": SELF,
    "manifest-src": SELF,
    "base-uri": NONE,
    "frame-ancestors": NONE,
}
UNUSED_POWERS = (
    "camera",
    "geolocation",
    "microphone",
    "payment",
    "usb",
    "browsing-topics",
    "interest-cohort",
)

# A view that a machine asks over plain HTTP, such as a health check from next door.
answers_plain_http: Callable[[View], View] = Talisman()(force_https=False)


class SessionCookie(TypedDict):
    """Flask's settings of the session cookie."""

    SESSION_COOKIE_NAME: str
    SESSION_COOKIE_SECURE: bool
    SESSION_REFRESH_EACH_REQUEST: bool


def session_cookie(*, is_production: bool) -> SessionCookie:
    """Over HTTPS a cookie that no other host or path can set; a development machine has no HTTPS.

    A cookie that outlives the window is not sent anew with every answer: one that came late, after the
    session had ended, would bring it back.
    """
    return {
        "SESSION_COOKIE_NAME": "__Host-chorus" if is_production else "chorus",
        "SESSION_COOKIE_SECURE": is_production,
        "SESSION_REFRESH_EACH_REQUEST": False,
    }


def set_headers(app: Flask, *, is_production: bool) -> None:
    """Send security headers with every page; in production ask for HTTPS from now on."""
    Talisman(
        app,
        force_https=is_production,
        strict_transport_security=is_production,
        # Whoever hosts us may have other services beside us that are not ready for it.
        strict_transport_security_include_subdomains=False,
        session_cookie_secure=is_production,
        content_security_policy=CONTENT_SECURITY_POLICY,
        permissions_policy=dict.fromkeys(UNUSED_POWERS, "()"),
        referrer_policy="no-referrer",
        frame_options="DENY",
    )
    app.after_request(keep_no_copy)


def keep_no_copy(response: Response) -> Response:
    """Pages may be read on a shared computer, so no cache keeps them; assets don't come by here."""
    response.headers["Cache-Control"] = "no-store"
    return response
