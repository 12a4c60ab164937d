"""The child process of the sandbox: loads the data, then answers one request after the other.

Its first message holds the data; each further one a query that was let through. It ends when its parent
closes the connection, or a second after a query's deadline if the parent is not there to end it. Where the
first message says so, the process is a mother: she answers nothing herself but forks a child for each socket
that she is handed.
"""

import gc
import os
import signal
import socket
import sys
from contextlib import suppress
from typing import Final

from kg.sparql.admission import Request
from kg.sparql.engine import EngineUnavailable, Limits, QueryError, QueryTooComplex
from kg.sparql.oxigraph import EmbeddedEngine
from kg.sparql.sandbox.confinement import (
    deny_network,
    end_after,
    file_memory,
    give_memory_back,
    ignore_terminal,
    limit_memory,
    peak_memory,
    volunteer,
)
from kg.sparql.sandbox.jobs import SECONDS
from kg.sparql.sandbox.nursery import BEAR, ORDER, PID
from kg.sparql.sandbox.wire import Connection, Header

GRACE: Final = 1.0
"""Seconds after its deadline at which a query ends this process by itself; the parent does so earlier."""
GROWTH: Final = 6 * 1024**2
"""Bytes of memory beyond what it had at first after which a child says that it is spent."""


def main() -> None:
    """Serve the parent at the other end of standard input until it closes the connection."""
    ignore_terminal()
    give_memory_back()
    stream = _socket()
    connection = Connection(stream)
    offline = deny_network()
    with suppress(EOFError, ConnectionError):
        header, data = connection.receive()
        end_after(header["seconds"] + GRACE)
        engine = _load(connection, header, data, offline)
        del data
        end_after(0)
        if engine is not None and header["forks"]:
            _bear(stream, engine, header["memory"])
        elif engine is not None:
            _serve(connection, engine, header["memory"])
    connection.close()


def _serve(connection: Connection, engine: EmbeddedEngine, memory: int) -> None:
    """Answer queries until the connection is closed."""
    limit_memory(memory)
    volunteer()
    most, files = peak_memory() + GROWTH, file_memory()
    with suppress(EOFError, ConnectionError):
        while True:
            end_after(0)
            header, message = connection.receive()
            end_after(SECONDS.unpack_from(message)[0] + GRACE)
            reply, body = _answer(engine, header, message[SECONDS.size :])
            # What a fork reads of its program with the first queries is no growth.
            if peak_memory() > most and peak_memory() - max(0, file_memory() - files) > most:
                reply = {**reply, "spent": True}
            connection.send(reply, body)


def _bear(stream: socket.socket, engine: EmbeddedEngine, memory: int) -> None:
    """Fork a child for each socket handed over, until the parent is gone; then no child is left."""
    children: set[int] = set()
    gc.collect()
    gc.freeze()  # what is never looked at again by the collector stays shared with the children
    stream.settimeout(None)
    while True:
        order, handed, _, _ = socket.recv_fds(stream, ORDER.size, 1)
        if len(order) < ORDER.size:
            break
        kind, pid = ORDER.unpack(order)
        if kind != BEAR:
            children.discard(pid)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)
            continue
        pid = os.fork()
        if pid == 0:
            try:
                stream.close()
                _serve(Connection(socket.socket(fileno=handed[0])), engine, memory)
            finally:
                os._exit(0)
        os.close(handed[0])
        children.add(pid)
        stream.sendall(PID.pack(pid))
    for pid in children:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _socket() -> socket.socket:
    if sys.platform == "win32":
        return socket.fromshare(sys.stdin.buffer.read())
    return socket.socket(fileno=sys.stdin.fileno())


def _load(connection: Connection, header: Header, data: bytes, offline: bool) -> EmbeddedEngine | None:
    try:
        engine = EmbeddedEngine(data, Limits(**header["limits"]), header["base"])
    except (SyntaxError, ValueError, OSError) as error:
        connection.send(_failure(EngineUnavailable(f"The data cannot be loaded: {error}.")), b"")
        return None
    connection.send({"statements": len(engine), "offline": offline}, b"")
    return engine


def _answer(engine: EmbeddedEngine, header: Header, query: bytes) -> tuple[Header, bytes]:
    try:
        result = engine.answer(Request.from_wire(header, query))
    except QueryError as error:
        return _failure(error), b""
    except MemoryError:
        return _failure(QueryTooComplex()), b""
    return {"truncated": True} if result.truncated else {}, bytes(result)


def _failure(error: QueryError) -> Header:
    return {"error": type(error).__name__, "args": error.args}
