"""The web app, put together."""

from flask import Flask

from delphi.access import front, guard, languages, second_step
from delphi.access import routes as access
from delphi.changes import routes as changes
from delphi.config import Config
from delphi.drafting import bundle_routes as drafting_bundle
from delphi.drafting import routes as drafting
from delphi.drafting.longlist import routes as longlist
from delphi.enrolling import person_routes as contacts
from delphi.enrolling import routes as enrolling
from delphi.exploring import routes as exploring
from delphi.extensions import compress, csrf, db, limiter, migrate
from delphi.inviting import routes as inviting
from delphi.inviting import stopping, text_routes
from delphi.joining import invitations
from delphi.joining import routes as joining
from delphi.leaving import elsewhere
from delphi.leaving import routes as leaving
from delphi.models.sqlite import make_durable
from delphi.panel import messages
from delphi.panel import routes as panel
from delphi.previewing import routes as previewing_routes
from delphi.ranking import routes as ranking
from delphi.rating import routes as rating
from delphi.reports import routes as reports
from delphi.settings import flask_settings
from delphi.setup import digest_routes as digest
from delphi.setup import routes as setup
from delphi.synthesis import list_routes, similar_routes
from delphi.synthesis import routes as synthesis
from delphi.team import account, audit_routes, invited
from delphi.team import routes as team
from delphi.themes import routes as comments
from delphi.themes import theme_routes as themes
from delphi.timing import routes as timing
from delphi.translating import routes as translating
from delphi.translating import table_routes as translators_table
from delphi.watching import routes as watching
from delphi.watching import what_if_routes as what_if
from delphi.web import (
    assets,
    clock,
    errors,
    headers,
    language,
    pages,
    previewing,
    proxies,
    redaction,
    stencils,
    uploads,
)

BLUEPRINTS = (
    front.blueprint,
    access.blueprint,
    languages.blueprint,
    invitations.blueprint,
    joining.blueprint,
    rating.blueprint,
    ranking.blueprint,
    leaving.blueprint,
    elsewhere.blueprint,
    changes.blueprint,
    setup.blueprint,
    drafting_bundle.blueprint,
    drafting.blueprint,
    longlist.blueprint,
    digest.blueprint,
    previewing_routes.blueprint,
    panel.blueprint,
    enrolling.blueprint,
    contacts.blueprint,
    messages.blueprint,
    inviting.blueprint,
    text_routes.blueprint,
    stopping.blueprint,
    reports.blueprint,
    second_step.blueprint,
    team.blueprint,
    invited.blueprint,
    account.blueprint,
    audit_routes.blueprint,
    watching.blueprint,
    timing.blueprint,
    what_if.blueprint,
    exploring.blueprint,
    translating.blueprint,
    translators_table.blueprint,
    synthesis.blueprint,
    list_routes.blueprint,
    similar_routes.blueprint,
    comments.blueprint,
    themes.blueprint,
)


def create_app(config: Config) -> Flask:
    """The app with these settings; raises UnguardedView if a view does not say whom it is for."""
    app = Flask("delphi", static_folder=None)
    app.config.from_mapping(flask_settings(config))
    redaction.hide_tokens_in_logs()
    uploads.keep_uploads_in_memory(app)

    headers.set_headers(app, is_production=config.is_production)
    db.init_app(app)
    migrate.init_app(app, db, directory=f"{app.root_path}/migrations")
    with app.app_context():
        make_durable(db.engine)

    access.prepare_sessions(app)
    guard.keep_watch(app)
    csrf.init_app(app)
    limiter.init_app(app)
    compress.init_app(app)

    pages.prepare_templates(app)
    language.prepare_languages(app, select=languages.language_of_page, offered=languages.languages_offered)
    clock.offer_to_templates(app)
    stencils.offer_stencils(app)
    previewing.offer_to_templates(app)
    errors.answer_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    guard.refuse_unmarked_views(app)
    assets.serve_assets(app)
    proxies.believe_proxies(app, number=config.trusted_proxies)
    return app
