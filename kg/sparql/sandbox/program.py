"""What a query process runs: it loads the data, then answers one query after the other.

Its first message holds the data; each further one is a query that was let through. Where the first message says so,
the process is a template: it answers nothing itself but forks a child for each socket that it is handed, and no child
outlives it. Every process ends when its parent closes the connection, or has ended.

What comes from the parent is pickled. What goes to it is not, since a query might have taken over the process: a line
of JSON, and a body of bytes.
"""

import gc
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Final, NamedTuple

from kg.sparql.admission import Request
from kg.sparql.engine import EngineUnavailable, QueryError, QueryTooComplex
from kg.sparql.limits import Limits
from kg.sparql.oxigraph import EmbeddedEngine
from kg.sparql.sandbox.confinement import (
    deny_network,
    end_with_connection,
    end_with_parent,
    give_memory_back,
    ignore_terminal,
    limit_memory,
    peak_memory,
    volunteer,
)

if sys.platform != "win32":
    from multiprocessing.reduction import recv_handle

GROWTH: Final = 16 * 1024**2
"""Bytes of memory beyond what it had at first after which a child says that it is spent."""


class Settings(NamedTuple):
    """The first message.

    Attributes:
        data: the data, as N-Quads.
        limits: the limits on queries and results.
        base: what relative IRIs in a query belong to, as for `EmbeddedEngine`.
        memory: bytes a query may use beyond what the data needs.
        forks: whether the process is a template.
    """

    data: bytes
    limits: Limits
    base: str | None
    memory: int
    forks: bool


def main() -> None:
    """Serve the parent at the other end of standard input until it closes the connection."""
    ignore_terminal()
    give_memory_back()
    connection = _connection()
    deny_network()
    with suppress(EOFError, OSError):
        settings: Settings = connection.recv()
        try:
            engine = EmbeddedEngine(settings.data, settings.limits, settings.base)
        except (SyntaxError, ValueError, OSError) as error:
            _send(connection, _failure(EngineUnavailable(f"The data cannot be loaded: {error}.")))
            return
        memory, forks = settings.memory, settings.forks
        del settings
        _send(connection, {})
        if forks:
            _fork_children(connection, engine, memory)
        else:
            end_with_connection(connection.fileno())
            _answer_queries(connection, engine, memory)


def _answer_queries(connection: Connection, engine: EmbeddedEngine, memory: int) -> None:
    """Answer queries until the connection is closed."""
    limit_memory(memory)
    volunteer()
    most = peak_memory() + GROWTH
    with suppress(EOFError, OSError):
        while True:
            header, body = _answer(engine, connection.recv())
            if peak_memory() > most:
                header["spent"] = True
            _send(connection, header, body)


def _fork_children(connection: Connection, engine: EmbeddedEngine, memory: int) -> None:
    """Obey the parent until it is gone; then no child is left.

    An empty order comes with a socket for a new child, whose process id is the reply. A process id is that of a child
    to end: it is not waited for before, so that no other process can have been given its id, nor at once, since on a
    busy machine a process of the lowest priority takes long to end. With "?" before it, it is that of a child which
    has closed its connection: the reply is how it ended, as `subprocess.Popen.returncode` says it.
    """
    gc.collect()
    gc.freeze()  # what is never looked at again by the collector stays shared with the children
    template = os.getpid()
    ending: set[int] = set()
    try:
        while True:
            order = connection.recv_bytes()
            ending = {pid for pid in ending if os.waitpid(pid, os.WNOHANG) == (0, 0)}
            if order:
                pid = int(order.removeprefix(b"?"))
                os.kill(pid, signal.SIGKILL)
                if order.startswith(b"?"):
                    _send(connection, {"status": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])})
                else:
                    ending.add(pid)
                continue
            handle = recv_handle(connection)
            pid = os.fork()
            if pid == 0:
                try:
                    connection.close()
                    end_with_parent(template)
                    if sys.platform != "linux":
                        end_with_connection(handle)
                    _answer_queries(Connection(handle), engine, memory)
                finally:
                    os._exit(0)
            os.close(handle)
            _send(connection, {"pid": pid})
    finally:
        os.killpg(0, signal.SIGKILL)


def _connection() -> Connection:
    if sys.platform == "win32":
        return Connection(socket.fromshare(sys.stdin.buffer.read()).detach())
    return Connection(sys.stdin.fileno())


def _send(connection: Connection, header: dict[str, Any], body: bytes = b"") -> None:
    connection.send_bytes(json.dumps(header).encode() + b"\n" + body)


def _answer(engine: EmbeddedEngine, request: Request) -> tuple[dict[str, Any], bytes]:
    try:
        result = engine.answer(request)
    except QueryError as error:
        return _failure(error), b""
    except MemoryError:
        return _failure(QueryTooComplex()), b""
    return {"truncated": True} if result.truncated else {}, result


def _failure(error: QueryError) -> dict[str, Any]:
    return {"error": type(error).__name__, "args": error.args}
