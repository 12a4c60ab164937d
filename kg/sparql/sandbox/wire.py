"""Messages between a parent and its child process: a JSON header and a body of bytes, each with its length.

A header that says nothing is left out. A reply belongs to the request before it.
"""

import json
import socket
import struct
import sys
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

Header = Mapping[str, Any]
"""What JSON can hold; messages with the same header share it, so nobody may change it."""

_LENGTHS: Final = struct.Struct("!IQ")
_LONGEST_HEADER: Final = 1024 * 1024
_COMMON: Final = 200  # bytes of a header that is likely to come again
_CHUNK: Final = 64 * 1024
_SMALL: Final = 4 * 1024  # bytes for which there is always room in a socket that was emptied
_PATIENCE: Final = 5.0  # seconds in which a process takes a few bytes, however busy the machine
_TICK: Final = 0.02
_to_json: Final = json.JSONEncoder(separators=(",", ":")).encode


class Connection:
    """A connected stream socket that carries messages. It belongs to one thread at a time.

    Args:
        stream: the socket, of which nobody has set a timeout; closed with the connection.
        hurried: whether replies are awaited with a time limit. Then the system wakes a waiting thread now and then,
            which takes a third of the system calls that a limit of Python's takes, and so hands the interpreter's
            lock over less often.
    """

    def __init__(self, stream: socket.socket, hurried: bool = False) -> None:
        self._socket = stream
        self._buffer = bytearray()
        self._timeout: float | None = None
        self._ticks = hurried and sys.platform != "win32"
        if self._ticks:
            tick = struct.pack("@ll", 0, int(_TICK * 1_000_000))
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, tick)

    def send(self, header: Header | bytes, body: bytes, until: float | None = None) -> None:
        """Send a message.

        Args:
            header: what JSON can hold, or what `packed` made of it.
            body: any bytes.
            until: when to give up, on the clock of `time.monotonic`; None to wait for ever.

        Raises:
            TimeoutError: `until` has passed.
            OSError: the other side is gone.
        """
        head = header if isinstance(header, bytes) else packed(header)
        message = _LENGTHS.pack(len(head), len(body)) + head + body
        self._limit(None if len(message) <= _SMALL else _left(until))
        self._socket.sendall(message)

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
        with memoryview(buffer) as view:
            head, body = bytes(view[_LENGTHS.size : begin]), bytes(view[begin:end])
        del buffer[:end]
        return _common(head) if head_length <= _COMMON else _unpacked(head), body

    def hand_over(self, order: bytes, stream: socket.socket, length: int, seconds: float) -> bytes:
        """Send a few bytes with a socket of ours (unix(7), SCM_RIGHTS) and return the reply of so many bytes.

        Raises:
            TimeoutError, EOFError, OSError: as `receive`.
        """
        until = time.monotonic() + seconds
        self._limit(seconds)
        socket.send_fds(self._socket, [order], [stream.fileno()])
        self._fill(length, until)
        reply = bytes(self._buffer[:length])
        del self._buffer[:length]
        return reply

    def post(self, order: bytes) -> None:
        """Send a few bytes that nobody answers; raises OSError when the other side is gone."""
        self._limit(_PATIENCE)
        self._socket.sendall(order)

    @property
    def open(self) -> bool:
        """Whether the other side is there still; to be asked only while no message is awaited."""
        try:
            self._limit(0)
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
        while len(self._buffer) < length:
            part = self._next(until)
            if not part:
                raise EOFError("the other side closed the connection")
            self._buffer += part

    def _next(self, until: float | None) -> bytes:
        """Wait for bytes; there are none when the other side has closed the connection."""
        while self._ticks:
            left = _left(until)
            if left is not None and left < _TICK:
                break
            self._limit(None)
            try:
                return self._socket.recv(_CHUNK)
            except BlockingIOError:
                continue
        self._limit(_left(until))
        return self._socket.recv(_CHUNK)

    def _limit(self, seconds: float | None) -> None:
        if seconds != self._timeout:
            self._socket.settimeout(seconds)
            self._timeout = seconds


def packed(header: Header) -> bytes:
    """Return a header as it is sent."""
    return _to_json(header).encode() if header else b""


def _unpacked(head: bytes) -> Header:
    header: Header = json.loads(head) if head else {}
    return header


_common = lru_cache(maxsize=64)(_unpacked)


def _left(until: float | None) -> float | None:
    if until is None:
        return None
    left = until - time.monotonic()
    if left <= 0:  # to a socket zero means "do not wait", which fails in another way
        raise TimeoutError("the deadline has passed")
    return left
