"""Reading what is sent with a request, so that bodies which never come to their end stop nobody else.

The server waits for a body in a thread of its own, for as long as the client likes, and no limit of granian's ends
that. So no more than half of the threads read at the same time: whatever half-sent requests there are, the others
answer what needs no body. All bodies are read here, whatever the address, before the application sees the request.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Final

from flask import Response

from webapp.security import open_to_all

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

READING: Final = 8
"""Threads of a process that may read bodies at the same time (webapp/server.py starts twice as many)."""
TURN: Final = 0.25
"""Seconds that a request may wait for being one of them."""
MOST_BYTES: Final = 1024 * 1024
"""Bytes of a body that is read at all."""
TOO_MANY = "Too many requests are still being received; try again in a moment.\n"


class BodyReader:
    """A WSGI application before another (PEP 3333), which gets the body of a POST read, and of others none.

    Where too many bodies are being read, it answers 503 by itself.
    """

    def __init__(self, behind: WSGIApplication):
        self._behind = behind
        self._turns = threading.BoundedSemaphore(READING)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        body = b""
        if environ["REQUEST_METHOD"] != "POST":
            environ["CONTENT_LENGTH"] = "0"
        elif most := _length(environ):
            if not self._turns.acquire(timeout=TURN):
                return _refused()(environ, start_response)
            try:
                body = environ["wsgi.input"].read(most)
            finally:
                self._turns.release()
        environ["wsgi.input"] = BytesIO(body)
        return self._behind(environ, start_response)


def _length(environ: WSGIEnvironment) -> int:
    """Return the bytes to read: 0 where the application will refuse the request for its length, or for having none."""
    text = environ.get("CONTENT_LENGTH") or ""
    if text.isascii() and text.isdecimal() and len(text) < 10 and int(text) <= MOST_BYTES:
        return int(text)
    return MOST_BYTES + 1 if "HTTP_TRANSFER_ENCODING" in environ else 0


def _refused() -> Response:
    headers = {"Cache-Control": "no-store", "Retry-After": "5"}
    return open_to_all(Response(TOO_MANY, 503, headers, content_type="text/plain; charset=utf-8"))
