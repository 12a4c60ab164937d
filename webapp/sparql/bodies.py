"""Reading what is sent with a request, so that bodies which never come to their end stop nobody else.

The server waits for a body in a thread of its own, for as long as the client likes, and no limit of granian's ends
that. So no more than half of the threads read at the same time: whatever half-sent requests there are, the others
answer what needs no body.
"""

from __future__ import annotations

import threading
from typing import IO, Final

READING: Final = 8
"""Threads of a process that may read bodies at the same time (webapp/server.py starts twice as many)."""
TURN: Final = 0.25
"""Seconds that a request may wait for being one of them."""


class TooManyBodies(Exception):
    """So many requests are being received that this one is not; the message is one sentence."""

    def __init__(self) -> None:
        super().__init__("Too many requests are still being received; try again in a moment.")


class Bodies:
    """Reads bodies. Threads may share it."""

    def __init__(self) -> None:
        self._turns = threading.BoundedSemaphore(READING)

    def read(self, stream: IO[bytes], length: int) -> bytes:
        """Return so many bytes of a stream, or fewer where it ends before; raises TooManyBodies."""
        if not self._turns.acquire(timeout=TURN):
            raise TooManyBodies
        try:
            return stream.read(length)
        finally:
            self._turns.release()
