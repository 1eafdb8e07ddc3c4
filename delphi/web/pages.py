"""Pages out of templates."""

from flask import Flask, Response, make_response, render_template
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

COMPONENTS = ("govuk_frontend_jinja", "govuk_frontend_wtf")


def render(template: str, *, ribbon: str | None = None, status: int = 200, **page: object) -> Response:
    """The page that `template` makes of `page`.

    `ribbon` is the note on synthetic data that runs along the top, None when nothing is synthetic.
    """
    return make_response(render_template(template, ribbon=ribbon, **page), status)


def own_page(path: str) -> str | None:
    """The path, if it is a page of ours for certain; browsers read `//host` and `/\\host` as other sites."""
    is_ours = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if is_ours else None


def prepare_templates(app: Flask) -> None:
    """Let our templates use the components' macros."""
    components = PrefixLoader({name: PackageLoader(name) for name in COMPONENTS})
    app.jinja_loader = ChoiceLoader([PackageLoader("delphi"), components])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    WTFormsHelpers(app)
