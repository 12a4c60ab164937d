"""SPARQL: the protocol at `/sparql`. A browser gets the page of `webapp.sparql.editor`.

A query from outside runs in the data set's sandboxed engine, under the deadline. What a request asks for is read
in `protocol`; what was answered before is kept on a `shelf`.
"""

from __future__ import annotations

from importlib.metadata import version as version_of
from typing import cast
from xml.sax.saxutils import escape

from flask import Blueprint, Flask, Response, current_app, make_response, request

from kg.graph.load import DataSet
from kg.sparql.engine import (
    EngineBusy,
    EngineUnavailable,
    QueryError,
    QueryRefused,
    QueryTimeout,
    QueryTooComplex,
    Refusal,
)
from kg.sparql.formats import MEDIA_TYPES, content_type
from kg.sparql.lexer import shape_of
from webapp.context import HTML, dataset, has_pages, preferred, vary_on_accept
from webapp.sparql import editor
from webapp.sparql.description import DESCRIPTIONS, described, service_description
from webapp.sparql.lru import Answer, Asked, Shelf, etag, lasts, matches
from webapp.sparql.protocol import ProtocolError, asked, wanted
from webapp.sparql.response_cache import FAILED, TAUGHT, Front, Lesson, pack, packs

pages = Blueprint("sparql", __name__)

METHODS = "GET, HEAD, POST, OPTIONS"
SOFTWARE = version_of("seminar-kg")
VARY = "Accept, Accept-Encoding"
ANYTHING = "*"
STATUSES = {
    Refusal.SERVICE: 403,
    Refusal.LENGTH: 413,
    Refusal.MEDIA_TYPE: 406,
}
"""The HTTP status of a query that is refused, where it is not 400."""


class Answers:
    """Runs queries over a data set, and keeps the answers.

    Arguments:
        data: the data set.
        deadline: seconds that a query may take.
    """

    def __init__(self, data: DataSet, deadline: float):
        self._data = data
        self._deadline = deadline
        self._shelf: Shelf[Answer] = Shelf()

    def tag(self, question: Asked, name: str) -> str:
        """Return the validator of an answer under a Content-Type."""
        return etag(SOFTWARE, self._data.version, question, name)

    def run(self, question: Asked, media_type: str) -> Answer:
        """Return the answer; raises QueryError."""
        if not lasts(question.query):
            return self.fresh(question, media_type)
        key = question, media_type
        answer = self._shelf.get(key)
        if answer is None:
            answer = self.fresh(question, media_type)
            self._shelf.put(key, answer, len(answer.body) + len(question.query))
        return answer

    def fresh(self, question: Asked, media_type: str) -> Answer:
        """Return the answer without keeping it; raises QueryError."""
        engine = self._data.outside_engine
        found = engine.execute(question.query, media_type, self._deadline, question.dataset)
        return Answer(bytes(found), found.truncated)


@pages.route("/sparql", methods=["GET", "POST"], provide_automatic_options=False)
def endpoint() -> Response:
    """Run the query of the request; without one, show the editor or describe the service."""
    question = None
    try:
        question = asked()
        if question is None or (not question.query.strip() and _wants_page()):
            response = _without_query()
        else:
            response = _answered(question)
    except (ProtocolError, QueryError) as error:
        response = _refused(question.query if question else "", error)
    return _open(response)


@pages.route("/sparql", methods=["OPTIONS"])
def preflight() -> Response:
    """Tell a browser on another site what it may send (Fetch standard, CORS preflight)."""
    response = _open(make_response("", 204))
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _answered(question: Asked) -> Response:
    """Run the query and give its result in the format that was asked for."""
    offered = MEDIA_TYPES[shape_of(question.query).form or "SELECT"]
    media_type, name = wanted(offered, has_pages())
    if media_type == HTML:
        engine, deadline = dataset().outside_engine, _deadline()
        return editor.answered(
            question.query, lambda whole, kind: engine.execute(whole, kind, deadline, question.dataset)
        )
    failed = request.environ.get(FAILED)
    if failed is not None:
        raise failed
    if not lasts(question.query):
        response = _response(answers().run(question, media_type), name)
        response.headers["Cache-Control"] = "no-store"
        return response
    tag = answers().tag(question, content_type(name))
    known = request.headers.get("If-None-Match") if request.method != "POST" else None
    if known == ANYTHING:
        answers().run(question, media_type)  # a query without an answer has nothing that a client could have kept
    if matches(known, tag):
        response = Response(status=304, headers={"Vary": VARY})
    else:
        response = _response(answers().run(question, media_type), name)
        request.environ[TAUGHT] = Lesson(tag, media_type, _takes_gzip())
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    return response


def answers() -> Answers:
    """Return what runs the queries of this application."""
    return cast(Answers, current_app.extensions["answers"])


def _deadline() -> float:
    return float(current_app.config["DEADLINE"])


def _response(answer: Answer, media_type: str) -> Response:
    """Return the answer, compressed where the caller takes that and it is worth it."""
    packed = packs(answer.body, _takes_gzip())
    body = pack(answer.body) if packed else answer.body
    response = Response(body, content_type=content_type(media_type))
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = VARY
    if answer.truncated:
        response.headers["X-Truncated"] = "1"
    return response


def _takes_gzip() -> bool:
    accepted = request.accept_encodings
    liked = max(accepted["gzip"], accepted["x-gzip"])
    return "Accept-Encoding" in request.headers and liked > 0 and liked >= accepted["identity"]


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
    return described(service_description())


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


def _open(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After, X-Truncated"
    return vary_on_accept(response)


def init_app(app: Flask) -> None:
    """Give an application the endpoint, the shelf for its answers, and a front that gives them again."""
    kept = app.extensions["answers"] = Answers(app.config["DATA"], float(app.config["DEADLINE"]))
    app.wsgi_app = Front(app.wsgi_app, kept.fresh, kept.tag)  # type: ignore[method-assign]
    app.register_blueprint(pages)
