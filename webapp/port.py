"""The address of a server, which it has alone."""

from __future__ import annotations

import errno
import os
import socket
import sys
from typing import Any, Final, Self

BACKLOG: Final = 1024
"""Connections that wait for a worker to take them."""
SHARED: Final = sys.platform == "linux"
"""Whether workers have sockets of their own at one port, among which the system shares out the connections."""


class CannotListenError(OSError):
    """The address cannot be listened on; the message is one sentence that says why."""


class Port:
    """An address that no other server listens on.

    Connections are refused until `listen` is called. On Linux each worker has a socket of its own, among which the
    system shares out the connections (SO_REUSEPORT in socket(7)): of one for all, the first to wake takes what there
    is. Since that option lets other servers in too, a name in the abstract namespace of unix(7) tells them apart.

    Arguments:
        host: the name or address.
        port: 0 becomes a free one.

    Raises:
        CannotListenError: the host is unknown, the port is taken, or listening there is not allowed.

    Attributes:
        address: the numeric address.
        number: the port.
    """

    def __init__(self, host: str, port: int):
        self._host = host
        self._sockets: list[socket.socket] = []
        try:
            if not 0 <= port <= 65_535:
                raise OverflowError("ports go from 0 to 65535")
            family, _, _, _, wanted = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            self._found = self._bound(family, wanted, shared=False).getsockname()
            self.address, self.number = str(self._found[0]), int(self._found[1])
            if SHARED:
                self._take_name()
        except (OSError, OverflowError, UnicodeError) as error:
            self.close()
            raise self._refusal(port, error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the address to others."""
        for each in self._sockets:
            each.close()

    def listen(self, workers: int) -> list[socket.socket]:
        """Return a socket for each worker, which listens; raises CannotListenError if the port has been taken."""
        try:
            if SHARED:
                trial = self._sockets.pop(0)
                trial.close()
                listening = [self._bound(trial.family, self._found, shared=True) for _ in range(workers)]
            else:
                listening = [self._sockets[0]] * workers
            for each in listening:
                each.listen(BACKLOG)
        except OSError as error:
            raise self._refusal(self.number, error) from None
        return listening

    def _take_name(self) -> None:
        """Hold the name of the address; raises OSError if another server does. Systems that forbid names do without."""
        name = socket.socket(socket.AF_UNIX)
        self._sockets.append(name)
        try:
            name.bind(f"\0seminar-kg at {self.address} {self.number}")
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise

    def _bound(self, family: int, address: Any, *, shared: bool) -> socket.socket:
        made = socket.socket(family, socket.SOCK_STREAM)
        self._sockets.append(made)
        # On Windows SO_REUSEADDR lets others in. Elsewhere a port is free again though connections to the last server
        # there have not timed out.
        option = "SO_REUSEADDR" if os.name == "posix" else "SO_EXCLUSIVEADDRUSE"
        made.setsockopt(socket.SOL_SOCKET, getattr(socket, option), 1)
        # As granian sets it: no part of a response waits until the part before it has been acknowledged.
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if shared:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind(address)
        return made

    def _refusal(self, port: int, error: Exception) -> CannotListenError:
        reason = getattr(error, "strerror", None) or str(error)
        return CannotListenError(f"Cannot listen on {self._host} port {port}: {reason}; try another with --port.")
