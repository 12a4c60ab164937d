"""SPARQL: the protocol at `/sparql`. A browser gets the page of `webapp.editor`.

SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), the query operation: GET, POST as a form, POST
directly. A query from outside runs in the library's sandboxed engine, under the deadline.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, request

from kg.store.errors import (
    EngineUnavailable,
    QueryError,
    QueryRefused,
    QueryTimeout,
    QueryTooComplex,
    Refusal,
)
from kg.store.formats import MEDIA_TYPES
from kg.store.syntax import read
from webapp import editor
from webapp.context import HTML, library, preferred, vary_on_accept
from webapp.description import service_description

pages = Blueprint("sparql", __name__)

TURTLE = "text/turtle"
SHORT = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "ttl": (TURTLE,),
    "nt": ("application/n-triples",),
    "jsonld": ("application/ld+json",),
}
"""What `format` may say instead of a media type; the one that fits the form of the query counts."""
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


class ProtocolError(ValueError):
    """A request that the protocol does not allow: one sentence, and the HTTP status to answer with."""

    def __init__(self, message: str, status: int = 400):
        super().__init__(message)
        self.status = status


@pages.route("/sparql", methods=["GET", "POST"], provide_automatic_options=False)
def endpoint() -> Response:
    """Run the query of the request; without one, show the editor or describe the service."""
    query = None
    try:
        query = requested_query()
        response = _answered(query) if query is not None else _without_query()
    except (ProtocolError, QueryError) as error:
        response = _refused(query, error)
    return _open(response)


@pages.route("/sparql", methods=["OPTIONS"])
def preflight() -> Response:
    """Tell a browser on another site what it may send (Fetch standard, CORS preflight)."""
    response = _open(make_response("", 204))
    response.headers["Allow"] = "GET, HEAD, POST, OPTIONS"
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def requested_query() -> str | None:
    """Return the query that the request carries in one of the protocol's three ways, or None.

    Raises:
        ProtocolError: two queries, an update, a data set of the caller's choice, the wrong type or not UTF-8.
    """
    given = request.args
    if request.method == "POST":
        if request.mimetype == DIRECT:
            return _text(request.get_data())
        if request.mimetype != FORM:
            raise ProtocolError(f"Send the query as {FORM} or as {DIRECT}.", 415)
        given = request.form
    if "update" in given:
        raise ProtocolError("This endpoint is read-only: it answers queries and takes no updates.")
    for values in (request.args, request.form):
        if "default-graph-uri" in values or "named-graph-uri" in values:
            raise ProtocolError("There is one graph here: leave out default-graph-uri and named-graph-uri.")
    queries = given.getlist("query")
    if len(queries) > 1 or (request.method == "POST" and "query" in request.args):
        raise ProtocolError("Send one query, not several.")
    if not queries or (not queries[0].strip() and _wants_page()):
        if request.method == "POST":
            raise ProtocolError("There is no query in this request.")
        return None
    return _text(queries[0].encode("utf-8", "surrogateescape"))


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise ProtocolError("The query is not UTF-8 text.") from None
    if "\ufffd" in text or "\x00" in text:
        raise ProtocolError("The query is not UTF-8 text.")
    return text


def _wants_page() -> bool:
    return request.args.get("format", HTML) in ("html", HTML) and preferred([TURTLE, HTML]) == HTML


def _answered(query: str) -> Response:
    """Run the query and give its result in the format that was asked for: by `format`, else by Accept."""
    offered = MEDIA_TYPES[read(query).form or "SELECT"]
    media_type = _media_type(offered)
    engine, deadline = library().outside_engine(), current_app.config["DEADLINE"]
    if media_type == HTML:
        return editor.answered(query)
    found = engine.execute(query, media_type, deadline)
    response = Response(bytes(found), content_type=_content_type(media_type))
    if found.truncated:
        response.headers["X-Truncated"] = "1"
    return response


def _media_type(offered: tuple[str, ...]) -> str:
    wanted = request.values.get("format", "")
    if wanted in ("html", HTML):
        return HTML
    for media_type in (*SHORT.get(wanted, ()), wanted):
        if media_type in offered:
            return media_type
    found = preferred([*offered, HTML])
    if found is None:
        raise ProtocolError(f"This result comes as {', '.join(offered)}.", 406)
    return found


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _without_query() -> Response:
    if _wants_page():
        return editor.page("")
    return Response(service_description(), content_type=_content_type(TURTLE))


def _refused(query: str | None, error: Exception) -> Response:
    status = _status(error)
    if preferred(["text/plain", HTML]) == HTML:
        return editor.page(query or "", status, problem=error)
    return Response(f"{error}\n", status=status, content_type="text/plain; charset=utf-8")


def _status(error: Exception) -> int:
    """Return the HTTP status for a query that has no result."""
    if isinstance(error, ProtocolError):
        return error.status
    if isinstance(error, QueryTimeout | QueryTooComplex | EngineUnavailable):
        return 503
    if isinstance(error, QueryRefused) and error.reason == Refusal.MEDIA_TYPE:
        return 406
    return 400


def _open(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "X-Truncated"
    return vary_on_accept(response)
