"""Answers that are kept: a result depends on the edition of the data, the query and the format, and on nothing else.

So it is kept as long as the server runs, has a validator (ETag) that can be known before the query is run, and
a request seen before is answered before the application is asked at all.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROOM = 4 * 1024 * 1024
LARGEST = 512 * 1024
OVERHEAD = 1024
KEEP = "seminar_kg.keep"
"""Set in a request's environment by a view whose response may be given again to the same request."""
VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
"""Functions whose values differ from one time to the next (SPARQL 1.1 Query, section 17.4)."""

Value = TypeVar("Value")


def lasts(query: str) -> bool:
    """Whether a query has the same result each time."""
    return VOLATILE.search(query) is None


def etag(*parts: object) -> str:
    """Return a weak validator (RFC 9110, section 8.8.3) for what depends on nothing but these parts.

    Weak, because the order of rows without ORDER BY may differ between two processes, and because a
    compressed answer has the same.
    """
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def matches(header: str | None, tag: str) -> bool:
    """Whether an If-None-Match header names a validator."""
    if header is None:
        return False
    return header.strip() == "*" or tag.removeprefix("W/") in [
        each.strip().removeprefix("W/") for each in header.split(",")
    ]


class Shelf(Generic[Value]):
    """The values last used, up to so many bytes. Threads may share it.

    Arguments:
        room: bytes, by the sizes that `put` is told.
    """

    def __init__(self, room: int = ROOM):
        self._room = room
        self._taken = 0
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        """Return what is kept under a key, or None."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep a value of so many bytes, in the place of those not used for longest; not a very large one."""
        size += OVERHEAD
        if size > LARGEST:
            return
        with self._lock:
            self._taken += size - self._values.pop(key, (None, 0))[1]
            self._values[key] = value, size
            while self._taken > self._room:
                self._taken -= self._values.popitem(last=False)[1][1]

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True, slots=True)
class Ready:
    """A response as it was sent: what a repeated request gets."""

    headers: list[tuple[str, str]]
    body: bytes
    tag: str


class Front:
    """A WSGI application in front of another, which answers what `path` was asked before by itself.

    Arguments:
        behind: the application; its views say by KEEP what may be kept.
        path: the address whose answers are kept.
    """

    def __init__(self, behind: WSGIApplication, path: str):
        self._behind = behind
        self._path = path
        self._shelf: Shelf[Ready] = Shelf()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        method = environ["REQUEST_METHOD"]
        if environ.get("PATH_INFO") != self._path or method not in ("GET", "HEAD"):
            return self._behind(environ, start_response)
        key = (
            environ.get("QUERY_STRING"),
            environ.get("HTTP_ACCEPT"),
            environ.get("HTTP_ACCEPT_ENCODING"),
            environ.get("HTTP_HOST"),
        )
        ready = self._shelf.get(key)
        if ready is None:
            return self._asked(environ, start_response, key)
        if matches(environ.get("HTTP_IF_NONE_MATCH"), ready.tag):
            headers = [pair for pair in ready.headers if not pair[0].lower().startswith("content-")]
            start_response("304 NOT MODIFIED", headers)
            return [b""]
        start_response("200 OK", list(ready.headers))
        return [ready.body if method == "GET" else b""]

    def _asked(
        self, environ: WSGIEnvironment, start_response: StartResponse, key: Hashable
    ) -> Iterable[bytes]:
        """Ask the application, and keep the response if it says so."""
        seen: list[tuple[str, list[tuple[str, str]]]] = []

        def started(status: str, headers: list[tuple[str, str]], *rest: object) -> Callable[[bytes], object]:
            seen.append((status, headers))
            return start_response(status, headers, *rest)  # type: ignore[arg-type]

        parts = self._behind(environ, started)
        tag = environ.get(KEEP)
        if tag is None or environ["REQUEST_METHOD"] != "GET" or not seen[-1][0].startswith("200"):
            return parts
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        self._shelf.put(key, Ready(seen[-1][1], body, tag), len(body) + len(str(key)))
        return [body]
