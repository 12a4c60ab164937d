"""How the threads of a worker process are shared out, so that those who wait never hold all of them.

A thread waits for a body that is being received, for a query, for a map that is being drawn, or for the turn of a long
question. Each of these may hold so many threads and no more; the next request of that kind is refused at once, and
pages are answered by the rest.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Final

THREADS: Final = 48
"""Requests that a worker answers at the same time."""
READING: Final = 8
QUERYING: Final = 14
DRAWING: Final = 16
ANSWERING: Final = 8
"""Threads that may wait for each; together less than there are."""


class NoThreadError(Exception):
    """As many requests of a kind wait as may; the message is one sentence."""


class Share:
    """The threads that requests of one kind may hold; `with` takes one. Threads may share it.

    Arguments:
        threads: how many they are.
        sentence: what to say when all are taken.
    """

    def __init__(self, threads: int, sentence: str):
        self._free = threading.BoundedSemaphore(threads)
        self._sentence = sentence

    def __enter__(self) -> None:
        if not self._free.acquire(blocking=False):
            raise NoThreadError(self._sentence)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._free.release()


class Queue:
    """Work for the processor, done one at a time: more at once would only take longer, and pages with it.

    Arguments:
        waiting: how many threads may work or wait for their turn.
        sentence: what to say to the next.
    """

    def __init__(self, waiting: int, sentence: str):
        self._turn = threading.Lock()
        self._share = Share(waiting, sentence)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn; raises NoThreadError where too many wait already."""
        with self._share, self._turn:
            yield
