"""The web application: pages for people, SPARQL and data for machines.

`create_app` and `create_sparql_app` are the public names. A view is request -> one call -> response; what the graph
holds and how a question is answered is the business of `kg`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import jinja2
from flask import Flask

from kg.library import open_library
from webapp import context, errors, linked_data, response_cache, security, trusted_hosts
from webapp.bodies import BodyReader
from webapp.claims import files
from webapp.maps import embed, oembed, page
from webapp.pages import (
    ask,
    claims,
    concepts,
    data,
    health,
    home,
    people,
    questions,
    seminars,
    suggest,
    who,
)
from webapp.sparql import description, editor, endpoint

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

BLUEPRINTS = (
    home.pages,
    ask.pages,
    suggest.pages,
    concepts.pages,
    claims.pages,
    files.pages,
    people.pages,
    who.pages,
    seminars.pages,
    page.pages,
    embed.pages,
    oembed.pages,
    editor.pages,
    questions.pages,
    data.pages,
)
DEFAULTS = {
    "BASE_URL": None,
    "DEADLINE": 3.0,
    "EMBED_ANCESTORS": ("*", "file:"),
    "PUBLISHED_AS": None,
    "RESPONSE_CACHE": True,
    "UNANSWERED_LOG": None,
    "SEND_FILE_MAX_AGE_DEFAULT": 3600,
}
"""The configuration that applies where nothing else is said."""


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the WSGI application.

    Keys of `config` (all optional): LIBRARY, a `kg` Library (default: the packaged seminar); BASE_URL, the
    public address, for whatever is taken elsewhere (default: that of the request); PUBLISHED_AS, what turns an address
    into its place in a site of files (`webapp.publishing`; default: there is none); TRUSTED_HOSTS, the host names
    that are answered (default: any); EMBED_ANCESTORS, the sites that may frame what is under `/embed/`, as
    Content-Security-Policy writes them (default: any); DEADLINE, the seconds that a SPARQL query from outside may
    take; UNANSWERED_LOG, the file that questions without an answer are written to (default: none are);
    RESPONSE_CACHE, whether responses are kept and given again (default: they are).
    """
    app = Flask(__name__)
    app.config.from_mapping(DEFAULTS)
    app.config.from_mapping(config or {})
    if app.config.get("LIBRARY") is None:
        app.config["LIBRARY"] = open_library()
    app.config["DATA"] = app.config["LIBRARY"].data
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.sort_keys = False  # type: ignore[attr-defined]
    context.init_app(app)
    _init_both(app)
    errors.init_app(app)
    linked_data.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def create_sparql_app(config: Mapping[str, Any]) -> Flask:
    """Return the WSGI application that serves RDF of any kind for SPARQL alone; every other address is 404.

    Keys of `config`: DATA, the data set; BASE_URL, TRUSTED_HOSTS and DEADLINE as for `create_app`.
    """
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(DEFAULTS)
    app.config.from_mapping(config)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    _init_both(app)
    errors.init_plain(app)
    return app


def _init_both(app: Flask) -> None:
    """Give an application what both have: bodies read, responses kept and protected, the SPARQL endpoint."""
    kept = response_cache.init_app(app)
    answers: WSGIApplication = endpoint.SparqlEndpoint(app.wsgi_app, app.config, kept)
    if app.config["RESPONSE_CACHE"]:
        answers = response_cache.ResponseCache(answers, kept)
    app.wsgi_app = BodyReader(answers)  # type: ignore[method-assign]
    trusted_hosts.init_app(app)
    security.init_app(app)
    for blueprint in (health.pages, description.pages, endpoint.pages):
        app.register_blueprint(blueprint)
