"""What stands before the application at `/sparql`: it answers by itself what it has learned to answer.

A request seen before gets the answer it got before. A new query in a request that is otherwise like one seen
before is run here too, and sent with the headers that the application gave then: so that two requests are
treated alike by what they are, and the application decides what that treatment is. Everything else goes to
the application: pages, errors, requests with a validator for a query not yet seen, and whatever is sent in a
way that the protocol has not.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_plus

from kg.sparql.engine import QueryError
from kg.sparql.lexer import shape_of
from webapp.sparql.bodies import Bodies, TooManyBodies
from webapp.sparql.lru import Answer, Asked, Shelf, lasts, matches
from webapp.sparql.protocol import DIRECT, FORM

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

TAUGHT = "seminar_kg.taught"
"""Where a view leaves, in the environment of a request, what may be learned from its response: a `Lesson`."""
FAILED = "seminar_kg.failed"
"""Where the front leaves the error of a query that it ran, for the view to explain."""
WEIGHTY = frozenset({"default-graph-uri", "named-graph-uri", "update"})
"""Parameters beside `query` that change what is asked."""
PATH = "/sparql"
MOST_PARAMETERS = 20
LONGEST_BODY = 256 * 1024
"""Bytes of a body that may be answered here: the longest query, with each character encoded."""
MOST_BYTES = 1024 * 1024
"""Bytes of a body that is read at all."""
WORTH_PACKING = 1024
MANNERS = 256 * 1024
"""Room for what was learned, in bytes."""


class Lesson(NamedTuple):
    """What a response teaches: its validator, the media type that the engine wrote, and whether gzip is taken."""

    tag: str
    media_type: str
    takes_gzip: bool


class Ready(NamedTuple):
    """A response as it was sent."""

    headers: list[tuple[str, str]]
    body: bytes
    tag: str


class Sent(NamedTuple):
    """A request as it came, as far as it bears on the answer; `body` is empty with GET and HEAD."""

    query_string: str
    body: bytes
    content_type: str | None
    accept: str | None
    encoding: str | None
    host: str | None


class Manner(NamedTuple):
    """All of a request but its query: parameters in the address, in the body, and headers."""

    others: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    headers: tuple[str | None, ...]


class Learned(NamedTuple):
    """How requests of a manner are answered: the engine's media type, the common headers, whether gzip is taken."""

    media_type: str
    headers: list[tuple[str, str]]
    takes_gzip: bool


class Front:
    """A WSGI application before another.

    Arguments:
        behind: the application; its views teach by TAUGHT.
        answer: runs a query; raises QueryError.
        tag: returns the validator of a query's answer under a Content-Type.
    """

    def __init__(
        self,
        behind: WSGIApplication,
        answer: Callable[[Asked, str], Answer],
        tag: Callable[[Asked, str], str],
    ):
        self._behind = behind
        self._answer = answer
        self._tag = tag
        self._ready: Shelf[Ready] = Shelf()
        self._manners: Shelf[Learned] = Shelf(MANNERS)
        self._bodies = Bodies()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        if environ.get("PATH_INFO") != PATH:
            return self._behind(environ, start_response)
        try:
            body = self._body(environ)
        except TooManyBodies as error:
            return _refused(error, start_response)
        sent = _sent(environ, body)
        if sent is None:
            return self._behind(environ, start_response)
        ready = self._ready.get(sent)
        if ready is not None:
            return _again(ready, environ, start_response)
        plain = _plain(sent)
        if plain is None or environ["REQUEST_METHOD"] == "HEAD":
            return self._behind(environ, start_response)
        query, manner = plain
        if "HTTP_IF_NONE_MATCH" not in environ:
            ready = self._run(query, manner, environ)
        if ready is None:
            return self._learn(environ, start_response, sent, query, manner)
        self._keep(sent, ready)
        return _again(ready, environ, start_response)

    def _body(self, environ: WSGIEnvironment) -> bytes:
        """Return what was sent with a POST, and leave it to be read again; with other methods nothing is read.

        Raises:
            TooManyBodies: see `Bodies.read`.
        """
        length, body = environ.get("CONTENT_LENGTH") or "", b""
        if environ["REQUEST_METHOD"] == "POST":
            if not _is_length(length) and "HTTP_TRANSFER_ENCODING" not in environ:
                return b""  # for the application to refuse unread
            most = int(length) if _is_length(length) else MOST_BYTES + 1
            body = self._bodies.read(environ["wsgi.input"], most) if most else b""
        else:
            environ["CONTENT_LENGTH"] = "0"
        environ["wsgi.input"] = BytesIO(body)
        return body

    def _run(self, query: str, manner: Manner, environ: WSGIEnvironment) -> Ready | None:
        """Run a query for a request whose like was seen before; None leaves it to the application."""
        known = self._manners.get((manner, shape_of(query).form))
        if known is None or not lasts(query):
            return None
        asked = Asked(query)
        try:
            answer = self._answer(asked, known.media_type)
        except QueryError as error:
            environ[FAILED] = error
            return None
        tag = self._tag(asked, _value(known.headers, "content-type"))
        packed = packs(answer.body, known.takes_gzip)
        body = pack(answer.body) if packed else answer.body
        own = [("ETag", tag), ("Content-Length", str(len(body)))]
        if packed:
            own.append(("Content-Encoding", "gzip"))
        if answer.truncated:
            own.append(("X-Truncated", "1"))
        return Ready(known.headers + own, body, tag)

    def _learn(
        self, environ: WSGIEnvironment, start_response: StartResponse, sent: Sent, query: str, manner: Manner
    ) -> Iterable[bytes]:
        """Let the application answer, and keep what can be learned from it."""
        seen: list[tuple[str, list[tuple[str, str]]]] = []

        def started(status: str, headers: list[tuple[str, str]], *rest: object) -> Callable[[bytes], object]:
            seen.append((status, headers))
            return start_response(status, headers, *rest)  # type: ignore[arg-type]

        parts = self._behind(environ, started)
        lesson: Lesson | None = environ.get(TAUGHT)
        status, headers = seen[-1] if seen else ("", [])
        if lesson is None or not status.startswith("200"):
            return parts
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        self._keep(sent, Ready(headers, body, lesson.tag))
        shared = [pair for pair in headers if pair[0].lower() not in OWN]
        learned = Learned(lesson.media_type, shared, lesson.takes_gzip)
        self._manners.put((manner, shape_of(query).form), learned, len(str(manner)))
        return [body]

    def _keep(self, sent: Sent, ready: Ready) -> None:
        self._ready.put(sent, ready, len(ready.body) + len(sent.query_string) + len(sent.body))


OWN = frozenset({"etag", "content-length", "content-encoding", "x-truncated"})
"""Headers that each answer has for itself."""


def packs(body: bytes, takes_gzip: bool) -> bool:
    """Whether a body is sent compressed to somebody who takes that or not."""
    return takes_gzip and len(body) >= WORTH_PACKING


def pack(body: bytes) -> bytes:
    """Return a body compressed (RFC 1952), the same bytes each time."""
    return gzip.compress(body, 5, mtime=0)


def _sent(environ: WSGIEnvironment, body: bytes) -> Sent | None:
    """Return a request that may carry a query."""
    method, content_type = environ["REQUEST_METHOD"], None
    if method == "POST":
        content_type = environ.get("CONTENT_TYPE", "")
        if "HTTP_TRANSFER_ENCODING" in environ or "HTTP_CONTENT_ENCODING" in environ:
            return None
        if len(body) > LONGEST_BODY or str(len(body)) != environ.get("CONTENT_LENGTH"):
            return None
    elif method not in ("GET", "HEAD"):
        return None
    if "HTTP_IF_MATCH" in environ:
        return None
    headers = environ.get("HTTP_ACCEPT"), environ.get("HTTP_ACCEPT_ENCODING"), environ.get("HTTP_HOST")
    return Sent(environ.get("QUERY_STRING", ""), body, content_type, *headers)


def _is_length(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10 and int(text) <= MOST_BYTES


def _plain(sent: Sent) -> tuple[str, Manner] | None:
    """Take a request apart into its query and its manner, if it is one query over the data as they are."""
    if not sent.query_string.isascii():
        return None
    kind = FORM if sent.content_type is None else sent.content_type.partition(";")[0].strip().lower()
    if kind not in (FORM, DIRECT):
        return None
    try:
        others = _pairs(sent.query_string)
        text = sent.body.decode()
        fields = _pairs(text) if kind == FORM else []
    except ValueError:
        return None
    queries = [value for name, value in others if name == "query"]
    if sent.content_type is not None:
        if queries:
            return None
        queries = [value for name, value in fields if name == "query"] if kind == FORM else [text]
    if len(queries) != 1 or not queries[0].strip():
        return None
    if queries[0].startswith("\ufeff") or "\x00" in queries[0]:
        return None
    if WEIGHTY.intersection(name for name, _ in (*others, *fields)):
        return None
    manner = Manner(
        tuple(pair for pair in others if pair[0] != "query"),
        tuple(pair for pair in fields if pair[0] != "query"),
        sent[2:],
    )
    return queries[0], manner


def _pairs(encoded: str) -> list[tuple[str, str]]:
    """Return names and values of parameters; raises ValueError where they are not UTF-8, or many."""
    if encoded.count("&") >= MOST_PARAMETERS:
        raise ValueError("too many parameters")
    return [_pair(part) for part in encoded.split("&") if part]


def _pair(part: str) -> tuple[str, str]:
    """Return name and value of a parameter, which are UTF-8; as parse_qsl does, in less time."""
    name, _, value = part.partition("=")
    if "%" in name or "+" in name:
        name = unquote_plus(name, errors="strict")
    return name, unquote_plus(value, errors="strict")


def _again(ready: Ready, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    posted = environ["REQUEST_METHOD"] == "POST"
    if not posted and matches(environ.get("HTTP_IF_NONE_MATCH"), ready.tag):
        start_response("304 NOT MODIFIED", [pair for pair in ready.headers if not _describes_body(pair[0])])
        return [b""]
    start_response("200 OK", list(ready.headers))
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else ready.body]


def _refused(error: TooManyBodies, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a request whose body is not read."""
    body = f"{error}\n".encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    headers += [("Access-Control-Allow-Origin", "*"), ("Cache-Control", "no-store"), ("Retry-After", "5")]
    start_response("503 SERVICE UNAVAILABLE", headers)
    return [body]


def _describes_body(name: str) -> bool:
    return name.lower() in ("content-type", "content-length", "content-encoding", "x-truncated")


def _value(headers: list[tuple[str, str]], name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")
