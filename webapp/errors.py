"""Pages for what goes wrong: each says what happened in one sentence and what to do next."""

from __future__ import annotations

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from kg.api import UnknownName
from webapp.context import HTML, preferred

TITLES = {
    400: "This address could not be understood",
    404: "Page not found",
    405: "This page cannot be used in that way",
    413: "Too much was sent",
    500: "Something went wrong here",
}
FALLBACK = "Sorry, there is a problem"


def explain(status: int, message: str, near: tuple[tuple[str, str], ...] = ()) -> Response:
    """Return the error in the form that the caller reads: a page for a browser, JSON for a script.

    `near` are (address, label) pairs of what may have been meant.
    """
    if request.args.get("format") != "json" and preferred(["application/json", HTML, "text/plain"]) in (None, HTML):
        page = render_template(
            "error.html", title=TITLES.get(status, FALLBACK), message=message, near=near, status=status
        )
        return make_response(page, status)
    return make_response(jsonify(error=message, near=[label for _, label in near]), status)


def init_app(app: Flask) -> None:
    """Answer every error, expected or not, with a page that helps."""

    @app.errorhandler(UnknownName)
    def _unknown(error: UnknownName) -> Response:
        family = request.path.rsplit("/", 1)[0]
        family = family if family in ("/concepts", "/claims", "/people", "/seminars") else "/concepts"
        return explain(404, error.message, tuple((f"{family}/{slug}", label) for slug, label in error.near))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        if error.code is None or error.code < 400:
            return make_response(error.get_response())
        response = explain(error.code, _message(error))
        for name, value in error.get_headers(request.environ):
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
        return response


def _message(error: HTTPException) -> str:
    if isinstance(error, InternalServerError):
        return "The page could not be made. It is our fault, not yours; please try again or report it."
    if error.code == 404 and error.description == type(error).description:
        return "There is nothing at this address. Search for it below, or start from one of these lists."
    return str(error.description)
