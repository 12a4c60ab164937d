"""Answers that are kept: a result depends on the edition of the data, the query and the format, and on nothing else.

So it can be kept as long as the server runs, and has a validator (ETag) that is known before the query is run.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, NamedTuple, TypeVar

from kg.sparql.engine import ChosenGraphs
from kg.sparql.lexer import read

ROOM = 2 * 1024 * 1024
LARGEST = 512 * 1024
OVERHEAD = 1024
Value = TypeVar("Value")


class Asked(NamedTuple):
    """A query and the graphs it is to be asked of: None for those that the query itself names."""

    query: str
    dataset: ChosenGraphs | None = None


class Answer(NamedTuple):
    """The result of a query as it is kept: its bytes, and whether rows were left out."""

    body: bytes
    truncated: bool


def lasts(query: str) -> bool:
    """Whether a query has the same result each time."""
    return not read(query).volatile


def etag(*parts: object) -> str:
    """Return a weak validator (RFC 9110, section 8.8.3) for what depends on nothing but these parts.

    Weak, because the order of rows without ORDER BY may differ between two processes, and because a
    compressed answer has the same.
    """
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'


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
