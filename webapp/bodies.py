"""What is sent with a request: its bounds, and its body, which is read here before anything else looks at it.

The server waits for a body in a thread of its own, for as long as the client likes, and no limit of granian's ends
that. So only some of the threads read at the same time (`webapp.threads`). What is too long, or breaks off, is refused;
so is a body in chunks (RFC 9112, section 7.1), since granian does not tell whether the last of them came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Final

from werkzeug.wrappers import Response

from webapp.security import OPEN_HEADERS
from webapp.threads import READING, NoThreadError, Share

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_BYTES: Final = 1024 * 1024
"""Bytes of a body that is read at all."""
MOST_PARAMETERS: Final = 1_000
"""Parameters that an address may have."""
TOO_MANY_PARAMETERS: Final = f"The address is too long: it can have at most {MOST_PARAMETERS:,} parameters."
TOO_MANY: Final = "Too many requests are still being received; try again in a moment."
TOO_LONG: Final = f"The request is too long: at most {MOST_BYTES:,} bytes are read."
IN_CHUNKS: Final = "The request does not say how long it is: send it with a Content-Length and not in chunks."
BROKEN_OFF: Final = "The request broke off before its end; send it again."
SLASHES: Final = re.compile("//+")


class BodyReader:
    """A WSGI application before another (PEP 3333), which gets the body of a POST read, and of others none.

    The path comes with single slashes: routes take several for one, and what stands before them must not differ.
    """

    def __init__(self, behind: WSGIApplication):
        self._behind = behind
        self._share = Share(READING, TOO_MANY)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        environ["PATH_INFO"] = SLASHES.sub("/", environ["PATH_INFO"])
        if environ.get("QUERY_STRING", "").count("&") >= MOST_PARAMETERS:
            return _refused(414, TOO_MANY_PARAMETERS)(environ, start_response)
        body = b""
        if environ["REQUEST_METHOD"] != "POST":
            environ["CONTENT_LENGTH"] = "0"
        else:
            try:
                body = self._body(environ)
            except NoThreadError as error:
                return _refused(503, error, {"Retry-After": "5"})(environ, start_response)
            except _BodyError as error:
                return _refused(error.status, error)(environ, start_response)
        environ["wsgi.input"] = BytesIO(body)
        return self._behind(environ, start_response)

    def _body(self, environ: WSGIEnvironment) -> bytes:
        """Return a whole body; raises NoThreadError or _BodyError."""
        if "HTTP_TRANSFER_ENCODING" in environ:
            raise _BodyError(400, IN_CHUNKS)
        length = int(environ.get("CONTENT_LENGTH") or 0)  # the server has refused what is no number
        if length > MOST_BYTES:
            raise _BodyError(413, TOO_LONG)
        if length == 0:
            return b""
        with self._share:
            try:
                body: bytes = environ["wsgi.input"].read(length)
            except OSError:
                body = b""
        if len(body) < length:
            raise _BodyError(400, BROKEN_OFF)
        return body


class _BodyError(Exception):
    """A body that is not read: the HTTP status and a sentence."""

    def __init__(self, status: int, sentence: str):
        super().__init__(sentence)
        self.status = status


def _refused(status: int, sentence: object, headers: dict[str, str] | None = None) -> Response:
    headers = {"Cache-Control": "no-store", **OPEN_HEADERS, **(headers or {})}
    return Response(f"{sentence}\n", status, headers, content_type="text/plain; charset=utf-8")
