"""What runs in the lanes: queries on their way, those who wait, and the rules for both."""

import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

SECONDS: Final = struct.Struct("!d")
"""What stands before the text of a query on its way to a child: the seconds that it may take."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How the lanes are run.

    Attributes:
        fast: most children in the fast lane.
        patience: seconds that a query waits for the child at work before another one is put beside it. Servers have
            a process a core, each with its lanes: with more children at work than cores some wait for long.
        slice: seconds a query may take there.
        trial: seconds it may take there where one like it was slow.
        queue: most queries that wait for the slow child.
        memory: seconds for which a kind of query is remembered as slow.
        uses: queries after which a child is replaced in any case; one that has grown says so.
    """

    fast: int = 2
    patience: float = 0.02
    slice: float = 0.2
    trial: float = 0.02
    queue: int = 6
    memory: float = 10.0
    uses: int = 20_000


class Job(NamedTuple):
    """A query on its way through the lanes.

    Attributes:
        header: what the child is told beside its time, as `Request.to_wire` writes it.
        body: the text of the query.
        kind: returns what queries of the same make have in common; called only when it matters.
        until: when to give up, on the clock of `time.monotonic`.
        at_most: the longest reply, in bytes.
    """

    header: bytes
    body: bytes
    kind: Callable[[], int]
    until: float
    at_most: int

    def message(self) -> tuple[bytes, bytes]:
        """Return the header and the body to send: the seconds that are left, then the text of the query."""
        return self.header, SECONDS.pack(max(self.left(), 0.0)) + self.body

    def left(self) -> float:
        """Return the seconds that are left."""
        return self.until - time.monotonic()


class Waiter:
    """A thread that waits until another one gives it something."""

    __slots__ = ("_lock", "given", "since")

    def __init__(self) -> None:
        self.since = time.monotonic()
        self._lock = threading.Lock()
        self._lock.acquire()
        self.given: Any = None

    def wait(self, seconds: float) -> bool:
        """Return whether something was given in time."""
        return self.given is not None or self._lock.acquire(timeout=max(seconds, 0))

    def wake(self, given: Any) -> None:
        """Give it; called once, under the lock of the queue that the waiter has left."""
        self.given = given
        self._lock.release()
