"""What protects readers: response headers on every answer, and the limits on what is read from a request.

Everything a page needs comes from its own address; nothing is inline. Frames are for `/embed/` alone.
"""

from __future__ import annotations

from flask import Flask, Response, request

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


def policy(path: str) -> str:
    """Return the Content-Security-Policy for the page at `path`."""
    directives = dict(POLICY)
    if path.startswith("/embed/"):
        directives["frame-ancestors"] = "*"
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def init_app(app: Flask) -> None:
    """Add the headers to every response of the application, errors included."""

    @app.after_request
    def _protect(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy(request.path))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
