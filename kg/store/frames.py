"""Messages between a parent and its child process: a JSON header and a body of bytes, each with its length.

A header names what the message is for, and an `id` in a request comes back in its reply; nothing assumes that
there is one caller, one child, or one request at a time.
"""

import json
import socket
import struct
import time
from collections.abc import Mapping
from typing import Any, Final

Header = dict[str, Any]

_LENGTHS: Final = struct.Struct("!IQ")
_LONGEST_HEADER: Final = 1024 * 1024
_CHUNK: Final = 64 * 1024
_to_json: Final = json.JSONEncoder(separators=(",", ":")).encode


class Connection:
    """A connected stream socket that carries messages. It belongs to one thread at a time.

    Args:
        stream: the socket; closed with the connection.
    """

    def __init__(self, stream: socket.socket) -> None:
        self._socket = stream
        self._buffer = bytearray()

    def send(self, header: Mapping[str, Any], body: bytes, until: float | None = None) -> None:
        """Send a message.

        Args:
            header: what JSON can hold.
            body: any bytes.
            until: when to give up, on the clock of `time.monotonic`; None to wait for ever.

        Raises:
            TimeoutError: `until` has passed.
            OSError: the other side is gone.
        """
        head = _to_json(header).encode()
        self._socket.settimeout(_left(until))
        self._socket.sendall(_LENGTHS.pack(len(head), len(body)) + head + body)

    def receive(self, until: float | None = None, at_most: int | None = None) -> tuple[Header, bytes]:
        """Receive a message.

        Args:
            until: when to give up, on the clock of `time.monotonic`; None to wait for ever.
            at_most: the longest body to accept, in bytes.

        Raises:
            TimeoutError: `until` has passed.
            EOFError: the other side closed the connection.
            OSError: the connection broke, or the lengths make no sense.
        """
        head_length, body_length = _LENGTHS.unpack(self._take(_LENGTHS.size, until))
        if head_length > _LONGEST_HEADER or (at_most is not None and body_length > at_most):
            raise OSError("a message is longer than it may be")
        header: Header = json.loads(self._take(head_length, until))
        return header, self._take(body_length, until)

    def close(self) -> None:
        """Close the connection; the other side sees its end."""
        self._socket.close()

    def _take(self, length: int, until: float | None) -> bytes:
        buffer = self._buffer
        while len(buffer) < length:
            self._socket.settimeout(_left(until))
            part = self._socket.recv(_CHUNK)
            if not part:
                raise EOFError("the other side closed the connection")
            buffer += part
        taken = bytes(memoryview(buffer)[:length])
        del buffer[:length]
        return taken


def _left(until: float | None) -> float | None:
    if until is None:
        return None
    left = until - time.monotonic()
    if left <= 0:  # to a socket zero means "do not wait", which fails in another way
        raise TimeoutError("the deadline has passed")
    return left
