"""The children of an engine, and which query runs where: long queries do not keep short ones waiting.

Short queries take turns at a few children, in the order in which they came: a client that comes again and again
overtakes nobody. One that is not done after a while goes on in its child at the lowest priority, and another child
takes its place for short ones. Only so many may go on; the next is refused. The child of a long query is not used
again: its memory has grown, and its priority cannot be raised.
"""

import threading
import time
from collections import deque
from queue import Empty, SimpleQueue
from typing import Final, NamedTuple

from kg.sparql.engine import EngineBusy, EngineUnavailable, QueryError
from kg.sparql.sandbox.processes import CLOSED, Child, Processes, Reply

_TRIES: Final = 3
"""How often a query is run while somebody ends its children. Two idle ones may have ended together, unnoticed."""
_PATIENCE: Final = 2
"""How many times as long a query is short by the clock, on a machine that is too busy to run it."""


class _Fault(NamedTuple):
    """Why there is no child, and when that was, on the clock of `time.monotonic`."""

    error: QueryError
    time: float


class _Ready:
    """Children that are ready, handed out in the order in which they are asked for. Threads may share it.

    Of the children the last used comes first, since its memory is in the caches. The queues of Python keep no order
    among the threads that wait.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._items: list[Child | _Fault] = []
        self._waiting: deque[SimpleQueue[Child | _Fault]] = deque()

    def __len__(self) -> int:
        return len(self._items)

    def put(self, item: Child | _Fault) -> None:
        """Hand it to the thread that has waited longest, or keep it."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().put(item)
            else:
                self._items.append(item)

    def get(self, seconds: float) -> Child | _Fault:
        """Wait for an item; raises `queue.Empty` when the time is up."""
        with self._lock:
            if self._items:
                return self._items.pop()
            mine: SimpleQueue[Child | _Fault] = SimpleQueue()
            self._waiting.append(mine)
        try:
            return mine.get(timeout=seconds)
        except Empty:
            with self._lock:
                if mine in self._waiting:
                    self._waiting.remove(mine)
                    raise
            return mine.get()  # it was handed over just now


class Pool:
    """Runs queries in the children of an engine. Threads may share it.

    Args:
        processes: makes children.
        short: how many children short queries take turns at.
        long: how many long queries may go on at a time.
        long_after: seconds of processor time after which a query is a long one; twice as many by the clock.
    """

    def __init__(self, processes: Processes, short: int, long: int, long_after: float) -> None:
        self._processes = processes
        self._short = short
        self._most_long = long
        self._long_after = long_after
        self.closed = False
        self.live: set[Child] = set()
        self._begin()

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._started = False
        self._ready = _Ready()
        self._long = threading.Semaphore(self._most_long)

    def start(self) -> None:
        """Make children in the background, once."""
        with self._lock:
            started, self._started = self._started, True
        if not started:
            for _ in range(self._short):
                self._replace()

    def run(self, request: bytes, until: float, at_most: int) -> Reply:
        """Run a query and return the reply of its child.

        Args:
            request: the query, pickled.
            until: when to give up, on the clock of `time.monotonic`.
            at_most: the longest body of a reply, in bytes.

        Raises:
            TimeoutError: it was running when its time was up.
            EngineBusy: it never ran, or was ended because too many long queries run.
            EngineUnavailable: there is no child, its children were killed one after the other, or `close` was called.
            EOFError, OSError, ValueError: it ended its child.
        """
        began = time.monotonic()
        for _ in range(_TRIES):
            reply = self._reply(self._take(began, until), request, until, at_most)
            if reply is not None:
                return reply
        raise EngineUnavailable("The processes that ran this query were ended by somebody else; try again in a moment.")

    def close(self) -> None:
        """End all children and refuse further queries. Closing twice does no harm."""
        self.closed = True
        self._processes.close()
        while self._ready:
            item = self._ready.get(0)
            if isinstance(item, Child):
                self._end(item)
        self._ready.put(_Fault(EngineUnavailable(CLOSED), 0))

    def forget(self) -> None:
        """Begin anew in a fork: the children belong to the parent, and a lock may be held by no thread."""
        for child in self.live:
            child.connection.close()
        self.live.clear()
        self._processes.forget()
        self._begin()

    def _take(self, began: float, until: float) -> Child:
        """Wait for a child for short queries; no fault counts that is older than the query."""
        self.start()
        while True:
            try:
                item = self._ready.get(max(until - time.monotonic(), 0))
            except Empty:
                raise EngineBusy(
                    "The query engine was busy or starting for the whole time limit of this query; "
                    "try again in a moment."
                ) from None
            if self.closed:
                self._ready.put(item)  # for the next who waits
                raise EngineUnavailable(CLOSED)
            if isinstance(item, _Fault):
                self._replace()
                if item.time >= began:
                    raise item.error
            elif item.has_reply(0):  # nobody asked it anything: it has ended
                self._end(item)
                self._replace()
            else:
                return item

    def _reply(self, child: Child, request: bytes, until: float, at_most: int) -> Reply | None:
        """Run a query in a child and see to what becomes of that; None if somebody else ended it. Raises as `run`."""
        again = long = False
        try:
            child.connection.send_bytes(request)
            reply = self._soon(child, until, at_most)
            if reply is None:
                long = True
                self._replace()
                return self._go_on(child, until, at_most)
            again = "spent" not in reply[0]
            return reply
        except (EOFError, ConnectionError):
            if self.closed or not child.was_killed():
                raise
            return None
        finally:
            if again:
                self._ready.put(child)
            else:
                self._end(child)
                if not long:
                    self._replace()

    def _soon(self, child: Child, until: float, at_most: int) -> Reply | None:
        """Wait for a reply while the query is a short one; None if it is not, or the time is up.

        The clock does not tell: on a busy machine a child may wait for longer than a short query takes.
        """
        last = min(until, time.monotonic() + _PATIENCE * self._long_after)
        at_most_used = child.used() + self._long_after
        left = self._long_after
        while left > 0 and time.monotonic() < last:
            reply = child.reply(min(last, time.monotonic() + left), at_most)
            if reply is not None:
                return reply
            left = at_most_used - child.used()
        return None

    def _go_on(self, child: Child, until: float, at_most: int) -> Reply:
        """Let a long query go on, if not too many others do."""
        if time.monotonic() >= until:
            raise TimeoutError
        if not self._long.acquire(blocking=False):
            raise EngineBusy("Too many long queries are running here; try again in a moment, or ask for less.")
        try:
            child.step_back()
            reply = child.reply(until, at_most)
        finally:
            self._long.release()
        if reply is None:
            raise TimeoutError
        return reply

    def _replace(self) -> None:
        """Make a child for short queries in the background."""
        if not self.closed:
            threading.Thread(target=self._make, name="kg-sandbox-start", daemon=True).start()

    def _make(self) -> None:
        try:
            child = self._processes.child()
        except (QueryError, EOFError, OSError) as error:
            if not isinstance(error, QueryError):
                error = EngineUnavailable(f"The query engine could not be started: {error}.")
            self._ready.put(_Fault(error, time.monotonic()))
            return
        self.live.add(child)
        if self.closed:
            self._end(child)
        else:
            self._ready.put(child)

    def _end(self, child: Child) -> None:
        self.live.discard(child)
        child.end()
