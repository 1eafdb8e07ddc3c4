"""Pages out of templates."""

from flask import Flask, Response, make_response, render_template
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

COMPONENTS = ("govuk_frontend_jinja", "govuk_frontend_wtf")


class PageTemplate(Template):
    """A template whose imports are looked up at once.

    Jinja compares all globals of both templates at each `{% from … import … %}`, in case a template was given
    globals of its own; ours never are.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


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
    app.jinja_env.template_class = PageTemplate
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    WTFormsHelpers(app)


def load_templates(app: Flask) -> None:
    """Compile our templates now, so that processes which are forked later need not do it one by one."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        if not name.startswith(COMPONENTS):
            app.jinja_env.get_template(name)
