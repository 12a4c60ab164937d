"""The processes that run queries: how they are started, talked to and ended.

On Linux and macOS a template process, started once, loads the data, takes the network from itself and forks a child
whenever one is asked for: 2 to 5 ms, and the memory of the data is shared. It has one thread and does nothing else, so
that a fork copies no lock that is held. Windows has no fork: there each child is a new process that loads the data
itself.
"""

import ctypes
import json
import math
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from kg.sparql.engine import EngineUnavailable
from kg.sparql.sandbox.program import Settings

if sys.platform != "win32":
    from multiprocessing.reduction import send_handle

CAN_FORK: Final = sys.platform != "win32"
CLOSED: Final = "The query engine has been closed."

Reply = tuple[dict[str, Any], bytes]
"""What is said about a result, or the error, and the body of the result."""

_START: Final = """\
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from kg.sparql.sandbox.program import main
main()
"""
_ROOT: Final = str(Path(__file__).resolve().parents[3])

# What a process that another one ended returns; on Windows that is what who ends it says, which is 1 as a rule.
_FROM_OUTSIDE: Final = frozenset({1} if sys.platform == "win32" else {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP})
_LAST: Final = 19  # the lowest of the priorities that setpriority(2) knows
_LONGEST_HEADER: Final = 1024 * 1024

# What the interpreter itself may need to be loaded; nothing else of the server's environment is passed on.
_ENVIRONMENT: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "PATH")


def _processor_clock(pid: int) -> int | None:
    """Return the clock of a process's processor time, which takes less to read than a file of /proc; None without."""
    if sys.platform != "linux":
        return None
    clock = ctypes.c_int()
    failed = ctypes.CDLL(None).clock_getcpuclockid(pid, ctypes.byref(clock))  # POSIX.1-2001
    return None if failed else clock.value


class Child:
    """A process that runs queries, or a template, at the other end of a socket. It belongs to one thread at a time.

    Args:
        connection: the connection to it.
        pid: its process id.
        kill: ends the process at once.
        status: ends it too, and returns how it had ended before, as `subprocess.Popen.returncode`; called instead
            of `kill`. Raises EOFError or OSError if nobody knows.
    """

    def __init__(self, connection: Connection, pid: int, kill: Callable[[], object], status: Callable[[], int]) -> None:
        self.connection = connection
        self.pid = pid
        self._clock = _processor_clock(pid)
        self._poll = None
        if sys.platform != "win32":  # `Connection.poll` makes one for each call
            self._poll = select.poll()
            self._poll.register(connection.fileno(), select.POLLIN)
        self._kill: Callable[[], object] | None = kill
        self._status = status

    def reply(self, until: float, at_most: int = 0) -> Reply | None:
        """Wait for a reply.

        Args:
            until: when to give up, on the clock of `time.monotonic`; the reply may be waited for again.
            at_most: the longest body to accept, in bytes.

        Returns:
            The header and the body; None when the time is up.

        Raises:
            EOFError, OSError: the process is gone, or its reply is longer than it may be.
            ValueError: its reply is none.
        """
        if not self.has_reply(max(until - time.monotonic(), 0)):
            return None
        header, _, body = self.connection.recv_bytes(_LONGEST_HEADER + at_most).partition(b"\n")
        return json.loads(header), body

    def has_reply(self, seconds: float) -> bool:
        """Wait so long for a reply, or for the end of the process, and return whether there is one."""
        if self._poll is None:
            return self.connection.poll(seconds)
        return bool(self._poll.poll(seconds * 1000))

    def used(self) -> float:
        """Return the seconds of processor time that the process has used; without Linux, those on the clock."""
        if self._clock is None:
            return time.monotonic()
        try:
            return time.clock_gettime(self._clock)
        except OSError:  # it has ended, which whoever waits for its reply is told
            return math.inf

    def step_back(self) -> None:
        """Let every other process go before this one, for good, where the system knows of priorities."""
        if sys.platform != "win32":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, _LAST)

    def was_killed(self) -> bool:
        """Return whether somebody else ended the process, whose connection has broken off; `end` is still to come.

        What a query does to its process, a crash or the end of its memory, makes other signals than those that
        processes send each other (signal(7)). Where its template is gone, the process went with it.
        """
        self._kill = None
        try:
            return self._status() in _FROM_OUTSIDE
        except (EOFError, OSError):
            return True

    def end(self) -> None:
        """End the process at once and close the connection."""
        if self._kill is not None:
            self._kill()
        self.connection.close()


class Processes:
    """The processes of an engine. Threads may share it.

    Args:
        settings: the data, and what a process is told beside it.
        start_limit: seconds that loading the data may take.
    """

    def __init__(self, settings: Settings, start_limit: float) -> None:
        self._settings = settings
        self._start_limit = start_limit
        self._template: _Template | None = None
        self._started: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._closed = False

    def child(self) -> Child:
        """Return a new child that is ready for queries.

        Raises:
            EngineUnavailable: the data cannot be loaded, or `close` was called.
            EOFError, OSError: no process could be started.
        """
        if not self._settings.forks:
            return self._start()
        with self._lock:
            template, self._template = self._template, None
            if template is not None:
                with suppress(EOFError, OSError):
                    child = template.fork(self._start_limit)
                    self._template = template
                    return child
                template.process.end()
            self._template = _Template(self._start())
            return self._template.fork(self._start_limit)

    def close(self) -> None:
        """End every process and start no other. Closing twice does no harm."""
        self._closed = True
        for process in list(self._started):
            self._end(process)

    def forget(self) -> None:
        """Begin anew in a fork of the server: the processes are the parent's, and a lock may be held by no thread."""
        self._lock = threading.Lock()
        if self._template is not None:
            self._template.process.connection.close()
        self._template = None
        for process in self._started:
            process.returncode = 0
        self._started.clear()

    def _start(self) -> Child:
        """Start a process and hand it the data."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            process = _spawn(theirs)
            self._started.add(process)
            end = partial(self._end, process)
            child = Child(Connection(ours.detach()), process.pid, end, end)
        try:
            if self._closed:
                raise EngineUnavailable(CLOSED)
            child.connection.send(self._settings)
            reply = child.reply(time.monotonic() + self._start_limit)
            if reply is None:
                raise TimeoutError(f"the data took more than {self._start_limit:g} s to load")
            if "error" in reply[0]:
                raise EngineUnavailable(str(reply[0]["args"][0]))
        except BaseException:
            child.end()
            raise
        return child

    def _end(self, process: subprocess.Popen[bytes]) -> int:
        """End a process that was started, and all its forks: they are of its group. Return how it ended."""
        if sys.platform == "win32":
            process.kill()
        else:
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        status = process.wait()
        self._started.discard(process)
        return status


class _Template:
    """A process that forks children, and ends them: see `program`. Threads may share it."""

    def __init__(self, process: Child) -> None:
        self.process = process
        self._lock = threading.Lock()

    def fork(self, seconds: float) -> Child:
        """Return a new child; raises EOFError or OSError if the template is gone."""
        ours, theirs = socket.socketpair()
        with ours, theirs, self._lock:
            connection = self.process.connection
            connection.send_bytes(b"")
            send_handle(connection, theirs.fileno(), self.process.pid)
            reply = self.process.reply(time.monotonic() + seconds)
            if reply is None:
                raise TimeoutError("a process was not forked in time")
            pid = int(reply[0]["pid"])
            return Child(Connection(ours.detach()), pid, partial(self._end, pid), partial(self._status, pid, seconds))

    def _end(self, pid: int) -> None:
        with suppress(OSError), self._lock:
            self.process.connection.send_bytes(b"%d" % pid)

    def _status(self, pid: int, seconds: float) -> int:
        """End a child and return how it had ended; raises EOFError or OSError if the template is gone."""
        with self._lock:
            self.process.connection.send_bytes(b"?%d" % pid)
            reply = self.process.reply(time.monotonic() + seconds)
            if reply is None:
                self.process.end()  # what it says later is no answer to what it is asked next
                raise TimeoutError("the end of a process was not told in time")
            return int(reply[0]["status"])


def _spawn(theirs: socket.socket) -> subprocess.Popen[bytes]:
    """Start a process of the same interpreter, in its own process group; raises OSError.

    It is a new process rather than a fork: servers have threads, and Windows has no fork.
    """
    paths = [*map(os.path.abspath, sys.path), _ROOT]
    command = [sys.executable, "-I", "-c", _START, json.dumps(paths)]
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    if sys.platform == "win32":
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW,
        )
        assert process.stdin is not None, "a pipe was asked for"
        with process.stdin as pipe:
            pipe.write(theirs.share(process.pid))
        return process
    return subprocess.Popen(
        command,
        stdin=theirs.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
