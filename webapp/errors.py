"""Pages for what goes wrong: each says what happened in one sentence and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from flask import Flask, Response, current_app, jsonify, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from kg.graph.name_lookup import UnknownName
from webapp.context import HTML, preferred, vary_on_accept
from webapp.security import open_to_all

TITLES = {
    400: "This address could not be understood",
    403: "This cannot be done here",
    404: "Page not found",
    405: "This page cannot be used in that way",
    500: "Something went wrong here",
}
STARTS = {
    "concept": "/concepts/",
    "claim": "/claims/",
    "person or organisation": "/people/",
    "seminar": "/seminars/",
    "topic": "/claims?topic=",
    "way of saying": "/claims?how=",
    "way of crediting": "/claims?credit=",
}
"""Where the pages of things begin, by the kind of an unknown name."""
WRITING = ("POST", "PUT", "PATCH", "DELETE")
FALLBACK = "Sorry, there is a problem"


def explain(status: int, message: str, near: tuple[tuple[str, str], ...] = (), *, bare: bool = False) -> Response:
    """Return the error in the form that the caller reads: a page for a browser, JSON for a script, of any site.

    Arguments:
        status: the HTTP status.
        message: one sentence.
        near: (address, label) pairs of what may have been meant.
        bare: whether a page has this sentence alone: where the site's own frame may be what fails.
    """
    liked = preferred(["application/json", HTML, "text/plain"])
    if liked in (None, HTML) and request.args.get("format") != "json":
        # In a frame of another page there is room for a sentence, and no use for our links.
        template = "bare_error.html" if bare or request.path.startswith("/embed/") else "error.html"
        page = render_template(template, title=TITLES.get(status, FALLBACK), message=message, near=near, status=status)
        return vary_on_accept(open_to_all(make_response(page, status)))
    answer = jsonify(error=message, near=[label for _, label in near])
    return vary_on_accept(open_to_all(make_response(answer, status)))


def init_app(app: Flask) -> None:
    """Answer every error, expected or not, with a page that helps."""

    @app.errorhandler(UnknownName)
    def _unknown(error: UnknownName) -> Response:
        start = STARTS[error.kind]
        return explain(404, error.message, tuple((f"{start}{slug}", label) for slug, label in error.near))

    app.register_error_handler(HTTPException, partial(_response, _explained))


def init_plain(app: Flask) -> None:
    """Answer every error with one sentence of plain text, where there are no pages."""
    app.register_error_handler(HTTPException, partial(_response, _plain))


def _response(written: Callable[[int, HTTPException], Response], error: HTTPException) -> Response:
    """Return the response to an error as it is written here; what only leads elsewhere stays as it is."""
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    if error.code == 404 and (address := _without_slash()):
        return open_to_all(make_response(redirect(address, 308)))
    response = written(error.code, error)
    for name, value in error.get_headers(request.environ):
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _without_slash() -> str:
    """Return the address of this request without the slash that its path ends with, if there is something there."""
    path, routes = request.path.rstrip("/"), current_app.create_url_adapter(request)
    if path in ("", request.path) or routes is None or not routes.test(path, request.method):
        return ""
    query = request.query_string.decode("latin-1")
    return f"{quote(request.root_path + path)}{'?' if query else ''}{query}"


def _explained(status: int, error: HTTPException) -> Response:
    if status == 404 and request.method in WRITING:
        return explain(403, "Nothing on this site can be changed over the web; change the seminar's file instead.")
    return explain(status, _message(error), bare=isinstance(error, SecurityError | InternalServerError))


def _plain(status: int, error: HTTPException) -> Response:
    message = "SPARQL is served here, at /sparql, and nothing else." if status == 404 else _message(error)
    return open_to_all(Response(f"{message}\n", status, content_type="text/plain; charset=utf-8"))


def _message(error: HTTPException) -> str:
    if isinstance(error, SecurityError):
        return "This site does not answer to the name by which it was asked for."
    if isinstance(error, InternalServerError):
        return "The page could not be made. It is our fault, not yours; please try again or report it."
    if error.code == 404 and error.description == type(error).description:
        return "There is nothing at this address. Search for it below, or start from one of these lists."
    return str(error.description)
