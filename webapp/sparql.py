"""SPARQL: the protocol at `/sparql`, and the page that writes and runs queries in a browser.

SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), the query operation: GET, POST as a form, POST
directly. A query from outside runs in the library's sandboxed engine, under the deadline.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, render_template, request

from kg.store import DeadlineExceeded, QueryError, query_form
from webapp import results
from webapp.context import HTML, library, preferred, vary_on_accept
from webapp.description import service_description

pages = Blueprint("sparql", __name__)

TURTLE = "text/turtle"
ROWS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS = {
    "ttl": TURTLE,
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "xml": "application/rdf+xml",
}
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


class BadRequest(ValueError):
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
    except (BadRequest, QueryError, DeadlineExceeded) as error:
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
        BadRequest: two queries, an update, a data set of the caller's choice, the wrong type or not UTF-8.
    """
    given = request.args
    if request.method == "POST":
        if request.mimetype == DIRECT:
            return _text(request.get_data())
        if request.mimetype != FORM:
            raise BadRequest(f"Send the query as {FORM} or as {DIRECT}.", 415)
        given = request.form
    if "update" in given:
        raise BadRequest("This endpoint is read-only: it answers queries and takes no updates.")
    for values in (request.args, request.form):
        if "default-graph-uri" in values or "named-graph-uri" in values:
            raise BadRequest("This endpoint has one graph; leave out default-graph-uri and named-graph-uri.")
    queries = given.getlist("query")
    if len(queries) > 1 or (request.method == "POST" and "query" in request.args):
        raise BadRequest("Send one query, not several.")
    if not queries or (not queries[0].strip() and _wants_page()):
        if request.method == "POST":
            raise BadRequest("There is no query in this request.")
        return None
    return _text(queries[0].encode("utf-8", "surrogateescape"))


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest("The query is not UTF-8 text.") from None
    if "\ufffd" in text or "\x00" in text:
        raise BadRequest("The query is not UTF-8 text.")
    return text


def _wants_page() -> bool:
    return request.args.get("format", HTML) in ("html", HTML) and preferred([TURTLE, HTML]) == HTML


def _answered(query: str) -> Response:
    """Run the query and give its result in the format that was asked for: by `format`, else by Accept."""
    graph = query_form(query) in ("CONSTRUCT", "DESCRIBE")
    offered = GRAPHS if graph else ROWS
    media_type = _media_type(offered)
    engine = library().outside_engine()
    deadline = current_app.config["DEADLINE"]
    if media_type == HTML:
        result = engine.execute(query, TURTLE if graph else ROWS["json"], deadline)
        page = render_template("sparql.html", query=query, problem=None, result=results.shown(result.body, graph))
        return make_response(page)
    result = engine.execute(query, media_type, deadline)
    response = Response(result.body, content_type=_content_type(media_type))
    if result.truncated:
        response.headers["X-Truncated"] = "1"
    return response


def _media_type(offered: dict[str, str]) -> str:
    wanted = request.values.get("format", "")
    if wanted == "html":
        return HTML
    if wanted in offered:
        return offered[wanted]
    found = wanted if wanted in offered.values() else preferred([*offered.values(), HTML])
    if found is None:
        raise BadRequest(f"This result comes as {', '.join(offered.values())}.", 406)
    return found


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _without_query() -> Response:
    if _wants_page():
        return make_response(render_template("sparql.html", query="", problem=None, result=None))
    return Response(service_description(), content_type=_content_type(TURTLE))


def _refused(query: str | None, error: Exception) -> Response:
    status = getattr(error, "status", 400)
    if isinstance(error, DeadlineExceeded):
        status = 503
    if preferred(["text/plain", HTML]) == HTML:
        page = render_template("sparql.html", query=query or "", problem=str(error), result=None)
        return make_response(page, status)
    return Response(f"{error}\n", status=status, content_type="text/plain; charset=utf-8")


def _open(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "X-Truncated"
    return vary_on_accept(response)
