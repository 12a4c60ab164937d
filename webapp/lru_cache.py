"""A cache of bounded size from which the values not used for longest are left out (LRU)."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

OVERHEAD = 1024
"""Bytes that a value takes besides its own."""
Value = TypeVar("Value")


class LruCache(Generic[Value]):
    """The values last used, up to so many bytes. Threads may share it.

    Arguments:
        room: bytes, by the sizes that `put` is told.
        largest: bytes of the largest value that is kept.
    """

    def __init__(self, room: int, largest: int):
        self._room = room
        self._largest = largest
        self._taken = 0
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        """Return what is kept under a key, or None."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep a value of so many bytes, in the place of those not used for longest; not a very large one."""
        size += OVERHEAD
        if size > self._largest:
            return
        with self._lock:
            self._taken += size - self._values.pop(key, (None, 0))[1]
            self._values[key] = value, size
            while self._taken > self._room:
                self._taken -= self._values.popitem(last=False)[1][1]

    def __len__(self) -> int:
        return len(self._values)
