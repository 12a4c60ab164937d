"""The child process of the sandbox: loads the data, then answers one request after the other.

Its first message holds the data; each further one a query that was let through. It ends when its parent
closes the connection, or a second after a query's deadline if the parent is not there to end it.
"""

import socket
import sys
from contextlib import suppress
from typing import Final

from kg.store.admission import Request
from kg.store.confinement import deny_network, end_after, ignore_terminal, limit_memory
from kg.store.embedded import EmbeddedEngine
from kg.store.engine import Limits
from kg.store.errors import EngineUnavailable, QueryError, QueryTooComplex
from kg.store.frames import Connection, Header

GRACE: Final = 1.0
"""Seconds after its deadline at which a query ends this process by itself; the parent does so earlier."""


def main() -> None:
    """Serve the parent at the other end of standard input until it closes the connection."""
    ignore_terminal()
    connection = Connection(_socket())
    offline = deny_network()
    with suppress(EOFError, ConnectionError):
        header, data = connection.receive()
        end_after(header["seconds"] + GRACE)
        engine = _load(connection, header, data, offline)
        del data
        while engine is not None:
            end_after(0)
            header, query = connection.receive()
            end_after(header["seconds"] + GRACE)
            connection.send(*_answer(engine, header, query))
    connection.close()


def _socket() -> socket.socket:
    if sys.platform == "win32":
        return socket.fromshare(sys.stdin.buffer.read())
    return socket.socket(fileno=sys.stdin.fileno())


def _load(connection: Connection, header: Header, data: bytes, offline: bool) -> EmbeddedEngine | None:
    try:
        engine = EmbeddedEngine(data, Limits(**header["limits"]))
        limited = limit_memory(header["memory"])
    except (SyntaxError, ValueError, OSError) as error:
        connection.send(_failure(EngineUnavailable(f"The data cannot be loaded: {error}.")), b"")
        return None
    connection.send({"statements": len(engine), "offline": offline, "limited": limited}, b"")
    return engine


def _answer(engine: EmbeddedEngine, header: Header, query: bytes) -> tuple[Header, bytes]:
    reply: Header = {"id": header["id"]}
    try:
        result = engine.answer(Request.from_wire(header["request"], query))
    except QueryError as error:
        return reply | _failure(error), b""
    except MemoryError:
        return reply | _failure(QueryTooComplex("The query needs more memory than a query may have.")), b""
    return reply | {"truncated": result.truncated}, bytes(result)


def _failure(error: QueryError) -> Header:
    return {"error": type(error).__name__, "args": error.args}
