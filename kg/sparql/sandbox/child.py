"""A child process that runs queries: how it is started, talked to and ended."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from kg.sparql.sandbox.wire import Connection, Header

# The child needs this package alone: an empty stand-in for `kg` spares it what kg/__init__.py imports, which
# takes longer than all else together.
_START: Final = """\
import json, sys, types
sys.path[:], package = json.loads(sys.argv[1])
kg = types.ModuleType("kg")
kg.__path__ = [package]
sys.modules["kg"] = kg
from kg.sparql.sandbox.worker import main
main()
"""
_PACKAGE: Final = str(Path(__file__).resolve().parents[2])

_LAST: Final = 19  # the lowest of the priorities that setpriority(2) knows

# What the interpreter itself may need to be loaded; nothing else of the server's environment is passed on.
_ENVIRONMENT: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "PATH")


class Child:
    """A process that runs queries, at the other end of a socket.

    Args:
        stream: the connection to it.
        pid: its process id.
        kill: ends the process at once and leaves no zombie.
        forget: lets go of it in a fork of the parent, whose child it is not.
    """

    def __init__(
        self,
        stream: socket.socket,
        pid: int,
        kill: Callable[[], None],
        forget: Callable[[], None] = lambda: None,
    ) -> None:
        self.connection = Connection(stream, hurried=True)
        self.pid = pid
        self.uses = 0
        self._kill = kill
        self._forget = forget

    @property
    def alive(self) -> bool:
        """Whether it is there still, as far as its connection shows; asked while it is idle."""
        return self.connection.open

    def worked(self) -> float:
        """Return the seconds that the processor has worked for it; on the clock where the system does not tell."""
        if sys.platform == "linux":
            with suppress(OSError):
                return time.clock_gettime(~self.pid << 3 | 2)  # CPUCLOCK_SCHED of a process, clock_getcpuclockid(3)
        return time.monotonic()

    def exchange(
        self, header: Mapping[str, Any], body: bytes, until: float, at_most: int | None = None
    ) -> tuple[Header, bytes]:
        """Send a message and wait for the reply; see `frames`.

        Raises:
            TimeoutError: `until` has passed; the reply may still come: await it, or end this child.
            EOFError, OSError: the process is gone.
        """
        self.connection.send(header, body, until)
        return self.connection.receive(until, at_most)

    def step_back(self) -> None:
        """Let every other process go before this one, for good, where the system knows of such manners."""
        if sys.platform != "win32":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, _LAST)

    def kill(self) -> None:
        """End the process at once; a thread that waits for a reply sees its end."""
        self._kill()

    def end(self) -> None:
        """End the process and close the connection."""
        self._kill()
        self.connection.close()

    def forget(self) -> None:
        """Let go of it in a fork of the parent, whose child it is not."""
        self.connection.close()
        self._forget()


def spawn() -> Child:
    """Start a process of the same interpreter, in its own process group.

    It is a new process rather than a fork: servers have threads, and Windows has no fork.

    Raises:
        OSError: it could not be started.
    """
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            process = _spawn(theirs)
    except BaseException:
        ours.close()
        raise

    def kill() -> None:
        process.kill()
        process.wait()

    def forget() -> None:
        process.returncode = 0

    return Child(ours, process.pid, kill, forget)


def _spawn(theirs: socket.socket) -> subprocess.Popen[bytes]:
    paths = [os.path.abspath(path) for path in sys.path]
    command = [sys.executable, "-I", "-c", _START, json.dumps([paths, _PACKAGE])]
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
