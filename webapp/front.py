"""What stands before the application at `/sparql`: it answers by itself what it has learned to answer.

A request seen before gets the answer it got before. A new query in a request that is otherwise like one seen
before is run here too, and sent with the headers that the application gave then: so that two requests are
treated alike by what they are, and the application decides what that treatment is. Everything else goes to
the application: pages, POST, errors, compressed answers, requests with a validator for a query not yet seen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_plus

from kg.store.errors import QueryError
from kg.store.syntax import read
from webapp.shelf import Answer, Asked, Shelf, lasts, matches

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
MANNERS = 256 * 1024
"""Room for what was learned, in bytes."""


class Lesson(NamedTuple):
    """What a response teaches: its validator, and the media type that the engine wrote."""

    tag: str
    media_type: str


class Ready(NamedTuple):
    """A response as it was sent."""

    headers: list[tuple[str, str]]
    body: bytes
    tag: str


class Manner(NamedTuple):
    """All of a request but its query, as far as it bears on the answer."""

    others: tuple[tuple[str, str], ...]
    accept: str | None
    encoding: str | None
    host: str | None


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
        self._manners: Shelf[tuple[str, list[tuple[str, str]]]] = Shelf(MANNERS)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        method = environ["REQUEST_METHOD"]
        if environ.get("PATH_INFO") != PATH or method not in ("GET", "HEAD"):
            return self._behind(environ, start_response)
        headers = [environ.get(name) for name in ("HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_HOST")]
        key = (environ.get("QUERY_STRING"), *headers)
        ready = self._ready.get(key)
        if ready is not None:
            return _sent(ready, environ, start_response)
        plain = _plain(environ.get("QUERY_STRING", ""), headers)
        if plain is None or method != "GET":
            return self._behind(environ, start_response)
        query, manner = plain
        ready = None
        if "HTTP_IF_NONE_MATCH" not in environ and "gzip" not in (manner.encoding or ""):
            ready = self._run(query, manner, environ)
        if ready is None:
            return self._learn(environ, start_response, key, query, manner)
        self._ready.put(key, ready, len(ready.body) + len(query))
        return _sent(ready, environ, start_response)

    def _run(self, query: str, manner: Manner, environ: WSGIEnvironment) -> Ready | None:
        """Run a query for a request whose like was seen before; None leaves it to the application."""
        known = self._manners.get((manner, read(query).form))
        if known is None or not lasts(query):
            return None
        media_type, headers = known
        asked = Asked(query)
        try:
            answer = self._answer(asked, media_type)
        except QueryError as error:
            environ[FAILED] = error
            return None
        tag = self._tag(asked, _value(headers, "content-type"))
        own = [("ETag", tag), ("Content-Length", str(len(answer.body)))]
        if answer.truncated:
            own.append(("X-Truncated", "1"))
        return Ready(headers + own, answer.body, tag)

    def _learn(
        self, environ: WSGIEnvironment, start_response: StartResponse, key: Hashable, query: str, manner: Manner
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
        self._ready.put(key, Ready(headers, body, lesson.tag), len(body) + len(query))
        if not _value(headers, "content-encoding"):
            shared = [pair for pair in headers if pair[0].lower() not in ("etag", "content-length", "x-truncated")]
            self._manners.put((manner, read(query).form), (lesson.media_type, shared), len(str(manner)))
        return [body]


def _plain(query_string: str, headers: list[str | None]) -> tuple[str, Manner] | None:
    """Take a request apart into its query and its manner, if it is one query over the data as they are."""
    if query_string.count("&") >= MOST_PARAMETERS:
        return None
    try:
        pairs = [_pair(part) for part in query_string.split("&") if part]
    except ValueError:
        return None
    queries = [value for name, value in pairs if name == "query"]
    others = tuple(pair for pair in pairs if pair[0] != "query")
    if len(queries) != 1 or not queries[0].strip() or WEIGHTY.intersection(name for name, _ in others):
        return None
    if "\ufffd" in queries[0] or "\x00" in queries[0]:
        return None
    return queries[0], Manner(others, *headers)


def _pair(part: str) -> tuple[str, str]:
    """Return name and value of a parameter, which are UTF-8; as parse_qsl does, in less time."""
    name, _, value = part.partition("=")
    if "%" in name or "+" in name:
        name = unquote_plus(name, errors="strict")
    return name, unquote_plus(value, errors="strict")


def _sent(ready: Ready, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    if matches(environ.get("HTTP_IF_NONE_MATCH"), ready.tag):
        start_response("304 NOT MODIFIED", [pair for pair in ready.headers if not _describes_body(pair[0])])
        return [b""]
    start_response("200 OK", list(ready.headers))
    return [ready.body if environ["REQUEST_METHOD"] == "GET" else b""]


def _describes_body(name: str) -> bool:
    return name.lower() in ("content-type", "content-length", "content-encoding", "x-truncated")


def _value(headers: list[tuple[str, str]], name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")
