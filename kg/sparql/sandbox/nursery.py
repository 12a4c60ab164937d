"""Where child processes come from: each knows the data from the moment it is there.

On Linux and macOS a mother process, started once, loads the data, takes the network from itself and forks a
child whenever one is asked for: 2 to 5 ms, and the memory of the data is shared. She has one thread and does
nothing else, so that a fork copies no lock. Windows has no fork: there each child is a new process that loads
the data itself.
"""

import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from kg.sparql.engine import EngineUnavailable
from kg.sparql.sandbox.child import Child, spawn

CAN_FORK: Final = sys.platform != "win32"

ORDER: Final = struct.Struct("!cI")
"""What the mother is told: `BEAR` with a socket for the child, or `BURY` and the process id of a dead one."""
BEAR: Final = b"F"
BURY: Final = b"R"
PID: Final = struct.Struct("!I")


class Nursery:
    """The source of an engine's children. Threads may share it.

    Args:
        data: the data, as N-Quads.
        settings: what a child is told beside the data: limits, base, and bytes of memory.
        start_limit: seconds that loading the data may take.
        fork: whether children are forks of one process; False where the system has none.
    """

    def __init__(
        self, data: bytes, settings: Mapping[str, Any], start_limit: float, fork: bool = CAN_FORK
    ) -> None:
        self._data = data
        self._settings = settings
        self._start_limit = start_limit
        self._fork = fork
        self._mother: Child | None = None
        self._lock = threading.Lock()
        self._closed = False

    def bear(self) -> Child:
        """Return a new child that is ready for queries.

        Raises:
            EngineUnavailable: the data cannot be loaded, or the nursery is closed.
            EOFError, OSError: no process could be started.
        """
        if not self._fork:
            return self._loaded(forks=False)
        with self._lock:
            for last_time in (False, True):
                if self._mother is None:
                    self._mother = self._loaded(forks=True)
                try:
                    return self._fork_of(self._mother)
                except (EOFError, OSError):
                    self._mother.end()
                    self._mother = None
                    if last_time:
                        raise
        raise AssertionError("the last time raises or returns")

    def close(self) -> None:
        """End the mother, and with her every child that is left. Closing twice does no harm."""
        self._closed = True
        with self._lock:
            mother, self._mother = self._mother, None
        if mother is not None:
            mother.end()

    def forget(self) -> None:
        """Begin anew in a fork of the server: the mother belongs to the parent, as a lock may do."""
        self._lock = threading.Lock()
        mother, self._mother = self._mother, None
        if mother is not None:
            mother.forget()

    def _loaded(self, forks: bool) -> Child:
        """Start a process and hand it the data."""
        if self._closed:
            raise EngineUnavailable("The query engine has been closed.")
        child = spawn()
        try:
            header = {**self._settings, "forks": forks, "seconds": self._start_limit}
            reply, _ = child.exchange(header, self._data, time.monotonic() + self._start_limit)
        except BaseException:
            child.end()
            raise
        if "error" in reply:
            child.end()
            raise EngineUnavailable(str(reply["args"][0]))
        return child

    def _fork_of(self, mother: Child) -> Child:
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                pid = mother.connection.hand_over(ORDER.pack(BEAR, 0), theirs, PID.size, self._start_limit)
        except BaseException:
            ours.close()
            raise
        return _forked(ours, PID.unpack(pid)[0], mother, self._lock)


def _forked(stream: socket.socket, pid: int, mother: Child, lock: threading.Lock) -> Child:
    """Return the child of a mother, who keeps its process id from being used again until told to bury it."""
    ended = threading.Lock()

    def kill() -> None:
        if ended.acquire(blocking=False):
            with suppress(OSError):
                os.kill(pid, 9)
            with suppress(OSError), lock:
                mother.connection.post(ORDER.pack(BURY, pid))

    return Child(stream, pid, kill)
