"""SPARQL: the protocol at `/sparql`. A browser gets the page of `webapp.sparql.editor`.

A query from outside runs in the data set's sandboxed engine, under the deadline. What a request asks for is read
in `protocol`; what was answered before is kept by `webapp.response_cache`.
"""

from __future__ import annotations

from importlib.metadata import version as version_of
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app, make_response, request

from kg.sparql.engine import (
    EngineBusy,
    EngineUnavailable,
    QueryError,
    QueryRefused,
    QueryTimeout,
    QueryTooComplex,
    Refusal,
    Result,
)
from kg.sparql.formats import MEDIA_TYPES
from kg.sparql.lexer import shape_of
from webapp.context import HTML, dataset, has_pages, preferred, typed, vary_on_accept
from webapp.response_cache import etag, matches
from webapp.security import open_to_all
from webapp.sparql import editor
from webapp.sparql.description import DESCRIPTIONS, service
from webapp.sparql.protocol import ProtocolError, QueryRequest, query_request, wanted

pages = Blueprint("sparql", __name__)

METHODS = "GET, HEAD, POST, OPTIONS"
SOFTWARE = version_of("seminar-kg")
STATUSES = {
    Refusal.SERVICE: 403,
    Refusal.LENGTH: 413,
    Refusal.MEDIA_TYPE: 406,
}
"""The HTTP status of a query that is refused, where it is not 400."""


@pages.route("/sparql", methods=["GET", "POST"], provide_automatic_options=False)
def endpoint() -> Response:
    """Run the query of the request; without one, show the editor or describe the service."""
    asked = None
    try:
        asked = query_request()
        nothing = asked is None or (not asked.query.strip() and _wants_page())
        response = _without_query() if asked is None or nothing else _answered(asked)
    except (ProtocolError, QueryError) as error:
        response = _refused(asked.query if asked else "", error)
    return vary_on_accept(open_to_all(response))


@pages.route("/sparql", methods=["OPTIONS"])
def preflight() -> Response:
    """Tell a browser on another site what it may send (Fetch standard, CORS preflight)."""
    response = vary_on_accept(open_to_all(make_response("", 204)))
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _answered(asked: QueryRequest) -> Response:
    """Run the query and give its result in the format that was asked for."""
    shape = shape_of(asked.query)
    media_type, name = wanted(MEDIA_TYPES[shape.form or "SELECT"], has_pages())

    def execute(query: str, media_type: str) -> Result:
        deadline = float(current_app.config["DEADLINE"])
        return dataset().outside_engine.execute(query, media_type, deadline, asked.graphs)

    if media_type == HTML:
        return editor.answered(asked.query, execute)
    tag = "" if shape.volatile else etag(SOFTWARE, dataset().version, asked, name)
    known = request.headers.get("If-None-Match") if request.method != "POST" else None
    # With `*` the query is run all the same: one without a result has nothing that a client could have kept.
    if known != "*" and matches(known, tag):
        return Response(status=304, headers={"ETag": tag, "Cache-Control": "no-cache"})
    result = execute(asked.query, media_type)
    response = typed(bytes(result), name)
    if tag:
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache" if tag else "no-store"
    if result.truncated:
        response.headers["X-Truncated"] = "1"
    return response


def _wants_page() -> bool:
    return (
        has_pages()
        and request.method != "POST"
        and request.args.get("format", HTML) in ("html", HTML)
        and preferred([*DESCRIPTIONS, HTML]) == HTML
    )


def _without_query() -> Response:
    if _wants_page():
        return editor.page("")
    return service()


def _refused(query: str, error: Exception) -> Response:
    status = _status(error)
    if has_pages() and preferred(["text/plain", HTML]) == HTML:
        response = editor.page(query, status, problem=error)
    elif isinstance(error, QueryRefused) and error.reason == Refusal.UNWRITABLE:
        # Whoever reads answers as XML can read that there is none.
        body = f'<?xml version="1.0"?><error>{escape(str(error))}</error>\n'
        response = Response(body, status, content_type="application/xml")
    else:
        response = Response(f"{error}\n", status, content_type="text/plain; charset=utf-8")
    if isinstance(error, QueryTimeout | EngineUnavailable):
        response.headers["Retry-After"] = str(error.retry_after if isinstance(error, EngineBusy) else 5)
    response.headers["Cache-Control"] = "no-store"
    return response


def _status(error: Exception) -> int:
    """Return the HTTP status for a query that has no result."""
    if isinstance(error, ProtocolError):
        return error.status
    if isinstance(error, QueryTimeout | QueryTooComplex | EngineUnavailable):
        return 503
    if isinstance(error, QueryRefused):
        return STATUSES.get(error.reason, 400)
    return 400
