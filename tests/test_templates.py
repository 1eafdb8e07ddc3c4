"""Templates by themselves, before any page is asked for."""

import re

from flask import Flask

from delphi.web.assets import load_assets

ASSET = re.compile(r"\basset\(\s*[\"']([^\"']+)[\"']")


def sources(app: Flask) -> dict[str, str]:
    """Each template of ours, by its name."""
    loader = app.jinja_env.loader
    assert loader is not None
    names = [name for name in app.jinja_env.list_templates() if not name.startswith("govuk_frontend_")]
    return {name: loader.get_source(app.jinja_env, name)[0] for name in names}


def test_every_template_is_valid(app: Flask) -> None:
    templates = sources(app)
    assert templates
    for name in templates:
        app.jinja_env.get_template(name)


def test_every_asset_that_a_template_names_was_built(app: Flask) -> None:
    named = {asset for source in sources(app).values() for asset in ASSET.findall(source)}
    assert named
    assert named <= set(load_assets().files)
