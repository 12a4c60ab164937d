"""SPARQL: the protocol at `/sparql`.

A query from outside runs in the data set's sandboxed engine, under the deadline. What a request asks for is read in
`protocol`, once, and before Flask, which would take longer than most queries do; what a person looks at, and what
describes the service, is left to the application behind: to `webapp.sparql.editor` and `webapp.sparql.description`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.sax.saxutils import escape

from flask import Blueprint, current_app, request
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from kg.graph.load import DataSet
from kg.sparql.engine import (
    EngineBusy,
    EngineUnavailable,
    QueryError,
    QueryRefused,
    QueryTimeout,
    QueryTooComplex,
    Refusal,
    Result,
    ResultTooLarge,
)
from kg.sparql.formats import LINKED, MEDIA_TYPES, content_type, with_link
from kg.sparql.lexer import shape_of
from kg.sparql.limits import DEFAULT_LIMITS
from kg.sparql.unknown_terms import as_header, unknown_terms
from kg.spreadsheet import XLSX
from webapp.context import HTML, address_of, best_of, has_pages, vary_on_accept
from webapp.lru_cache import LruCache
from webapp.response_cache import Kept, etag, finish, matches
from webapp.security import HEADERS, OPEN_HEADERS, open_to_all, policy
from webapp.sparql import editor
from webapp.sparql.description import DESCRIPTIONS, service
from webapp.sparql.protocol import ProtocolError, ProtocolRequest, read_request, wanted
from webapp.threads import QUERYING, NoThreadError, Share
from webapp.trusted_hosts import is_trusted

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

pages = Blueprint("sparql", __name__)

PATH: Final = "/sparql"
SOFTWARE: Final = version_of("seminar-kg")
STATUSES: Final = {
    Refusal.SERVICE: 403,
    Refusal.LENGTH: 413,
    Refusal.MEDIA_TYPE: 406,
}
"""The HTTP status of a query that is refused, where it is not 400."""
LIMITS: Final = f"{PATH}#limits"
"""Where a person reads how much of a result is given; templates/sparql/ has the text."""
CUT: Final = (
    f"The result has more than {DEFAULT_LIMITS.rows:,} rows or triples, and its format has no place to say that some "
    "are missing: take it in parts with ORDER BY, LIMIT and OFFSET, or accept the beginning of it with truncate=1."
)
COMMON: Final = {**HEADERS, **OPEN_HEADERS, "Content-Security-Policy": policy(PATH), "Vary": "Accept"}
"""The headers of every response from here."""
WAITING: Final = Share(QUERYING, "Too many queries are being answered here; try again in a moment.")
LEFT: Final = "seminar_kg.sparql"
"""Where the environment of a request that is left to the application has what was read of it."""


class CutResult(ResultTooLarge):
    """Rows would be left out, in a format that cannot say so."""


class LeftRequest(NamedTuple):
    """What is known of a request that is left to the application: what it says, and why that has no result."""

    said: ProtocolRequest
    problem: Exception | None = None


class SparqlEndpoint:
    """A WSGI application before another (PEP 3333): it answers the queries of programs.

    Arguments:
        behind: the application, for every other request.
        config: that of the Flask application.
        kept: where responses are kept.
    """

    def __init__(self, behind: WSGIApplication, config: Mapping[str, Any], kept: LruCache[Kept]):
        self._behind = behind
        self._config = config
        self._kept = kept
        self._pages = "LIBRARY" in config
        self._data: DataSet = config["DATA"]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        asks = environ["PATH_INFO"] == PATH and environ["REQUEST_METHOD"] in ("GET", "HEAD", "POST")
        if not asks or not is_trusted(environ, self._config):
            return self._behind(environ, start_response)
        response = self._response(environ)
        if response is None:
            return self._behind(environ, start_response)
        if response.status_code != 200 or "Content-Length" not in response.headers:
            return response(environ, start_response)
        # Without Werkzeug's copy of the headers, which takes as long as to read the request.
        start_response(response.status, response.headers.to_wsgi_list())
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else response.get_data()]

    def _response(self, environ: WSGIEnvironment) -> Response | None:
        """Return the response to a query, or to what is none; None for a request that is left to the application."""
        said, problem, response = ProtocolRequest(), None, None
        try:
            said = read_request(environ)
            response = self._answered(environ, said)
        except (ProtocolError, QueryError) as error:
            problem = error
            response = None if _as_page(environ, self._pages) else refused(error)
        if response is None:
            environ[LEFT] = LeftRequest(said, problem)
        return response

    def _answered(self, environ: WSGIEnvironment, said: ProtocolRequest) -> Response | None:
        """Run the query and give its result in the format that was asked for; None where that is a page."""
        if said.query is None or (not said.query.strip() and _wants_page(said, self._pages)):
            return None
        shape = shape_of(said.query)
        media_type, name = wanted(said, MEDIA_TYPES[shape.form or "SELECT"], self._pages)
        if media_type == HTML:
            return None
        tag = "" if shape.volatile else etag(SOFTWARE, self._data.version, said.query, said.graphs, said.truncate, name)
        known = environ.get("HTTP_IF_NONE_MATCH") if said.method != "POST" else None
        # With `*` the query is run all the same: one without a result has nothing that a client could have kept.
        if known != "*" and matches(known, tag):
            return Response(status=304, headers={**COMMON, "ETag": tag, "Cache-Control": "no-cache"})
        result = execute(self._config, said, said.query, media_type)
        headers = {**COMMON, "Cache-Control": "no-cache" if tag else "no-store"}
        if tag:
            headers["ETag"] = tag
        body = bytes(result)
        if result.truncated:
            headers["X-Truncated"] = "1"
            if media_type in LINKED:
                body = with_link(body, media_type, address_of(environ, self._config, LIMITS))
            elif not said.truncate:
                raise CutResult(CUT)
        if media_type == XLSX:
            headers["Content-Disposition"] = "attachment; filename=result.xlsx"
        if hint := as_header(unknown_terms(said.query, result, self._data.engine)):
            headers["X-Hint"] = hint
        return finish(self._kept, environ, Response(body, 200, headers, content_type=content_type(name)))


def execute(config: Mapping[str, Any], said: ProtocolRequest, query: str, media_type: str) -> Result:
    """Run a query from outside; raises QueryError.

    Arguments:
        config: that of the Flask application.
        said: what the request says beside the query.
        query: the whole text.
        media_type: that of the result.
    """
    data: DataSet = config["DATA"]
    try:
        with WAITING:
            return data.outside_engine.execute(query, media_type, float(config["DEADLINE"]), said.graphs)
    except NoThreadError as error:
        raise EngineBusy(str(error)) from None


def refused(error: Exception) -> Response:
    """Return the response to a program whose query has no result."""
    headers = {**COMMON, **_lifetime(error)}
    if isinstance(error, QueryRefused) and error.reason == Refusal.UNWRITABLE:
        # Whoever reads answers as XML can read that there is none.
        body = f'<?xml version="1.0"?><error>{escape(str(error))}</error>\n'
        return Response(body, status_of(error), headers, content_type="application/xml")
    return Response(f"{error}\n", status_of(error), headers, content_type="text/plain; charset=utf-8")


def _lifetime(error: Exception) -> dict[str, str]:
    """Return the headers that say how long there will be no result."""
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, QueryTimeout | EngineUnavailable):
        headers["Retry-After"] = str(error.retry_after if isinstance(error, EngineBusy) else 5)
    return headers


def status_of(error: Exception) -> int:
    """Return the HTTP status for a query that has no result."""
    if isinstance(error, ProtocolError):
        return error.status
    if isinstance(error, CutResult):
        return 413
    if isinstance(error, QueryTimeout | QueryTooComplex | EngineUnavailable):
        return 503
    if isinstance(error, QueryRefused):
        return STATUSES.get(error.reason, 400)
    return 400


def _as_page(environ: WSGIEnvironment, pages: bool) -> bool:
    """Whether what is wrong is shown in the editor."""
    return pages and best_of(environ.get("HTTP_ACCEPT"), ("text/plain", HTML)) == HTML


def _wants_page(said: ProtocolRequest, pages: bool) -> bool:
    """Whether a request without a query is for the editor, and not for a description of the service."""
    return (
        pages
        and said.method != "POST"
        and said.format in ("", "html", HTML)
        and best_of(said.accept, (*DESCRIPTIONS, HTML)) == HTML
    )


@pages.route(PATH, methods=["GET", "POST"])
def endpoint() -> FlaskResponse:
    """Answer what `SparqlEndpoint` left: show the editor, with what is asked or wrong, or describe the service."""
    left: LeftRequest = request.environ[LEFT]
    query = left.said.query or ""
    if left.problem is not None:
        response = _problem_page(query, left.problem)
    elif query.strip():
        response = _result_page(left.said, query)
    else:
        response = editor.page("") if _wants_page(left.said, has_pages()) else service()
    return vary_on_accept(open_to_all(response))


def _result_page(said: ProtocolRequest, query: str) -> FlaskResponse:
    try:
        return editor.answered(query, partial(execute, current_app.config, said))
    except QueryError as error:
        return _problem_page(query, error)


def _problem_page(query: str, problem: Exception) -> FlaskResponse:
    response = editor.page(query, status_of(problem), problem=problem)
    response.headers.update(_lifetime(problem))
    return response
