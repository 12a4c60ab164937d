"""Whole responses, kept: the data do not change while a server runs, so the same request has the same response.

A response is kept under all of the request that it may depend on, the host among it: so a request finds only
what was answered to the same host, and a host that is not trusted, whose requests are refused, finds nothing.
Only what is complete, public and lasting is kept: status 200, no stream, no nonce, no `Cache-Control: no-store`.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from flask import Flask, g, request
from flask import Response as FlaskResponse
from werkzeug.http import parse_accept_header, parse_etags, remove_entity_headers
from werkzeug.wrappers import Response

from webapp.lru_cache import LruCache

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROOM = 16 * 1024 * 1024
"""Bytes that the responses kept in one process may take."""
LARGEST = 1024 * 1024
WORTH_PACKING = 1024
"""Bytes from which on a text is sent compressed."""
TEXT = re.compile(r"text/|application/(.*[+/-])?(json|xml|javascript|n-triples|sparql-query)\b|image/svg")
"""The media types of texts."""
Answer = TypeVar("Answer", bound=Response)
KEY = "seminar_kg.response_key"
"""Where the key of a response to be kept stands in the environment of its request."""
PARTS = (
    "wsgi.url_scheme",
    "HTTP_HOST",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "CONTENT_TYPE",
    "CONTENT_LENGTH",
    "HTTP_CONTENT_ENCODING",
    "HTTP_TRANSFER_ENCODING",
)
"""What of a request, besides its method and its body, a response may depend on."""


class Kept(NamedTuple):
    """A response as it is kept: its headers, its body as it is sent, its validator ("" for none)."""

    headers: list[tuple[str, str]]
    body: bytes
    tag: str


class ResponseCache:
    """A WSGI application before another (PEP 3333): it answers what is kept, and passes on everything else.

    Arguments:
        behind: the application, which gets bodies that were read (`webapp.bodies`).
        kept: the responses, put there by `init_app` under the KEY of the request.
    """

    def __init__(self, behind: WSGIApplication, kept: LruCache[Kept]):
        self._behind = behind
        self._kept = kept

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        method = environ["REQUEST_METHOD"]
        # A request without a host has that of the server, which is not always the same.
        if method not in ("GET", "HEAD", "POST") or "HTTP_HOST" not in environ or "HTTP_IF_MATCH" in environ:
            return self._behind(environ, start_response)
        body = environ["wsgi.input"].getvalue() if method == "POST" else None
        key = environ[KEY] = (body, *map(environ.get, PARTS))
        kept = self._kept.get(key)
        if kept is None:
            return self._behind(environ, start_response)
        headers = kept.headers.copy()
        if body is None and matches(environ.get("HTTP_IF_NONE_MATCH"), kept.tag):
            remove_entity_headers(headers)
            start_response("304 NOT MODIFIED", headers)
            return [b""]
        start_response("200 OK", headers)
        return [b"" if method == "HEAD" else kept.body]


def etag(*parts: object) -> str:
    """Return a weak validator (RFC 9110, section 8.8.3) for what depends on nothing but these parts.

    Weak, because the order of rows without ORDER BY may differ between two processes, and because a
    compressed response has the same.
    """
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'


def matches(header: str | None, tag: str) -> bool:
    """Whether an If-None-Match header names a validator; `*` names any."""
    return bool(header and tag) and parse_etags(header).contains_weak(tag.removeprefix("W/").strip('"'))


def init_app(app: Flask) -> LruCache[Kept]:
    """Finish every response of the application, and return where they are kept.

    To be called before all that adds headers: functions after a request are called in the opposite order.
    """
    kept: LruCache[Kept] = LruCache(ROOM, LARGEST)

    @app.after_request
    def _finish(response: FlaskResponse) -> FlaskResponse:
        return finish(kept, request.environ, response, lasting="nonce" not in g)

    return kept


def finish(kept: LruCache[Kept], environ: WSGIEnvironment, response: Answer, *, lasting: bool = True) -> Answer:
    """Give a response its validator, compress it, keep it, and make it 304 where the client has it.

    Arguments:
        kept: where it is kept, if `ResponseCache` stands before the application.
        environ: that of the request.
        response: the response.
        lasting: whether it may be given again.
    """
    if response.status_code == 200 and response.direct_passthrough and TEXT.match(response.content_type or ""):
        _read(response)
    if response.status_code != 200 or response.is_streamed:
        return response
    conditional = environ["REQUEST_METHOD"] in ("GET", "HEAD")
    if conditional:
        if "ETag" not in response.headers:
            response.add_etag(weak=True)
        response.headers.setdefault("Cache-Control", "no-cache")
    _pack(environ, response)
    if KEY in environ and lasting and "no-store" not in response.headers.get("Cache-Control", ""):
        _keep(kept, environ[KEY], response)
    if conditional and not {"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"}.isdisjoint(environ):
        response.make_conditional(environ)
    return response


def _read(response: Response) -> None:
    """Read the file that a response would pass through, a style sheet or a script, so that it is compressed too."""
    response.direct_passthrough = False
    file = response.response
    response.get_data()
    file.close()  # type: ignore[union-attr]
    response.set_etag(response.get_etag()[0] or "", weak=True)
    response.headers.pop("Accept-Ranges", None)


def _keep(cache: LruCache[Kept], key: tuple[bytes | None, ...], response: Response) -> None:
    body = response.get_data()
    response.headers["Content-Length"] = str(len(body))
    kept = Kept(response.headers.to_wsgi_list(), body, response.headers.get("ETag", ""))
    cache.put(key, kept, len(body) + sum(len(part) for part in key if part))


def _pack(environ: WSGIEnvironment, response: Response) -> None:
    """Compress a text (RFC 1952) for those who take that; the same bytes each time."""
    if not TEXT.match(response.content_type or ""):
        return
    known = response.headers.get("Vary")
    response.headers["Vary"] = f"{known}, Accept-Encoding" if known else "Accept-Encoding"
    if not _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING")):
        return
    body = response.get_data()
    if len(body) >= WORTH_PACKING:
        response.set_data(gzip.compress(body, 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


@lru_cache(maxsize=256)
def _takes_gzip(header: str | None) -> bool:
    if header is None:
        return False
    accepted = parse_accept_header(header)
    liked = max(accepted["gzip"], accepted["x-gzip"])
    return liked > 0 and liked >= accepted["identity"]
