"""What protects readers: response headers on every answer, and which answers other sites may read.

Everything a page needs comes from its own address; nothing is inline but what the query editor writes under a
nonce. Frames are for `/embed/` alone.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, g, request

if TYPE_CHECKING:
    pass

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
EXPOSED = "ETag, Retry-After, X-Hint, X-Truncated"
"""The headers that scripts of other sites may read."""
OPEN_HEADERS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": EXPOSED}
"""The headers by which scripts of other sites may read an answer (Fetch standard, CORS protocol)."""


def nonce() -> str:
    """Return the word by which a script of this response may add styles and fetch from this site.

    Asking for it is what allows it (Content Security Policy Level 3, 2.3.1 and 8.1), so only the page of the editor
    does: CodeMirror writes its style sheet itself.
    """
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def open_to_all(response: Response) -> Response:
    """Return the response, which scripts of other sites may then read (Fetch standard, CORS protocol)."""
    response.headers.update(OPEN_HEADERS)
    return response


def ancestors() -> str:
    """Return who may frame what is under `/embed/`: sources as in Content Security Policy Level 3, 6.4.2."""
    return " ".join(current_app.config["EMBED_ANCESTORS"]) or "'none'"


def policy(path: str, word: str | None = None, framed_by: str = "*") -> str:
    """Return the Content-Security-Policy for the page at `path`.

    `word` is the nonce of the response, if it has one; `framed_by` are those who may frame what is for frames.
    """
    directives = dict(POLICY)
    if path.startswith("/embed/"):
        directives["frame-ancestors"] = framed_by
    if word:
        directives["style-src"] += f" 'nonce-{word}'"
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def preflight() -> Response | None:
    """Return the response to a request that asks what may be sent to an address; None for any other request.

    A script of another site may send any header (Fetch standard, CORS preflight): what is not known is not read. `*`
    does not stand for Authorization there. A browser follows no redirect of this request, so an address with a slash
    too many is answered too.
    """
    if request.method != "OPTIONS" or (routes := current_app.create_url_adapter(request)) is None:
        return None
    methods = ", ".join(sorted(routes.allowed_methods(request.path.rstrip("/") or "/")))
    if not methods:
        return None
    response = open_to_all(Response(status=204))
    response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = methods
    response.headers["Access-Control-Allow-Headers"] = "*, Accept, Authorization, Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def init_app(app: Flask) -> None:
    """Add the headers to every response of the application, errors included, and answer preflights."""
    app.before_request(preflight)

    @app.after_request
    def _protect(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy(request.path, g.get("nonce"), ancestors()))
        response.headers.extend(HEADERS)
        return response
