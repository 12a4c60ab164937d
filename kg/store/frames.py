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
_PATIENCE: Final = 5.0  # seconds in which a process takes a few bytes, however busy the machine
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
            until: when to give up, on the clock of `time.monotonic`; None to wait for ever. What has come by
                then is kept, so that another `receive` goes on waiting for the same message.
            at_most: the longest body to accept, in bytes.

        Raises:
            TimeoutError: `until` has passed.
            EOFError: the other side closed the connection.
            OSError: the connection broke, or the lengths make no sense.
        """
        buffer = self._buffer
        self._fill(_LENGTHS.size, until)
        head_length, body_length = _LENGTHS.unpack_from(buffer)
        if head_length > _LONGEST_HEADER or (at_most is not None and body_length > at_most):
            raise OSError("a message is longer than it may be")
        begin = _LENGTHS.size + head_length
        end = begin + body_length
        self._fill(end, until)
        header: Header = json.loads(buffer[_LENGTHS.size : begin])
        with memoryview(buffer) as view:
            body = bytes(view[begin:end])
        del buffer[:end]
        return header, body

    def hand_over(self, order: bytes, stream: socket.socket, length: int, seconds: float) -> bytes:
        """Send a few bytes with a socket of ours (unix(7), SCM_RIGHTS) and return the reply of so many bytes.

        Raises:
            TimeoutError, EOFError, OSError: as `receive`.
        """
        until = time.monotonic() + seconds
        self._socket.settimeout(seconds)
        socket.send_fds(self._socket, [order], [stream.fileno()])
        self._fill(length, until)
        reply = bytes(self._buffer[:length])
        del self._buffer[:length]
        return reply

    def post(self, order: bytes) -> None:
        """Send a few bytes that nobody answers; raises OSError when the other side is gone."""
        self._socket.settimeout(_PATIENCE)
        self._socket.sendall(order)

    @property
    def open(self) -> bool:
        """Whether the other side is there still; to be asked only while no message is awaited."""
        try:
            self._socket.settimeout(0)
            return bool(self._socket.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def close(self) -> None:
        """Close the connection; the other side sees its end."""
        self._socket.close()

    def _fill(self, length: int, until: float | None) -> None:
        """Wait until the buffer holds so many bytes."""
        buffer = self._buffer
        while len(buffer) < length:
            self._socket.settimeout(_left(until))
            part = self._socket.recv(_CHUNK)
            if not part:
                raise EOFError("the other side closed the connection")
            buffer += part


def _left(until: float | None) -> float | None:
    if until is None:
        return None
    left = until - time.monotonic()
    if left <= 0:  # to a socket zero means "do not wait", which fails in another way
        raise TimeoutError("the deadline has passed")
    return left
