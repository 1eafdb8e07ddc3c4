"""The pages for anybody: what Chorus is, and whether it is well."""

from importlib.metadata import version

from flask import Blueprint, Response
from sqlalchemy import text

from delphi.access import guard
from delphi.extensions import db
from delphi.web import pages
from delphi.web.headers import answers_plain_http

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
@guard.public
def home() -> Response:
    """What Chorus is; nothing about any study."""
    return pages.render("front/home.html")


@blueprint.get("/about")
@guard.public
def about() -> Response:
    """What Chorus keeps and does not keep, who made it, which version this is."""
    return pages.render("front/about.html", version=version("chorus-delphi"))


@blueprint.get("/healthz")
@guard.public
@answers_plain_http
def health() -> Response:
    """For machines: whether the app answers and reaches its database."""
    db.session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")
