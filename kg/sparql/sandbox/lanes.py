"""Two lanes for queries, so that long ones do not keep short ones waiting.

A query begins in the fast lane. If it has not finished within its slice (200 ms; less when others wait) its
child goes on as the one slow child, with the lowest priority, and another takes its place. While there is a
slow child already, the query is ended and waits for its turn in a queue; where that is full, it is refused.
A query of the same make as one that was slow a short time ago gets a short trial in the fast lane (20 ms) while
there is a slow child, and else starts as the slow one: so that a client that sends the same heavy query again and
again soon costs the fast lane little, and another's light query that looks like it is answered.

Children of the fast lane answer one query after the other, until one says that its memory has grown. One of them
works at a time, and another beside it once somebody has waited for a while. A slow child is not used again: its
memory has grown, and its priority cannot be raised.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any, Final, cast

from kg.sparql.engine import EngineBusy, EngineUnavailable, QueryError
from kg.sparql.sandbox.child import Child
from kg.sparql.sandbox.jobs import Job, Rules, Waiter
from kg.sparql.sandbox.wire import Header

CLOSED: Final = "The query engine has been closed."
_REMEMBERED: Final = 1_000
_SHORTEST: Final = 0.05  # seconds of a slice, however many wait
_PATIENCE: Final = 8  # slices that may pass on the clock while the processor has worked for less than one


class Lanes:
    """The children of an engine and who may use them. Threads may share it.

    Args:
        bear: makes a child that knows the data.
        rules: see `Rules`.
    """

    def __init__(self, bear: Callable[[], Child], rules: Rules) -> None:
        self._bear = bear
        self._rules = rules
        self._closed = False
        self.live: set[Child] = set()
        self._begin()

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._waiting: deque[Waiter] = deque()
        self._fast = 0  # children of the fast lane, those that are being made included
        self._makers: set[threading.Thread] = set()
        self._fault: QueryError | None = None
        self._slow_taken = False
        self._slow_waiting: deque[Waiter] = deque()
        self._slow_kinds: OrderedDict[int, float] = OrderedDict()

    def run(self, job: Job) -> tuple[Header, bytes]:
        """Run a query in the lane that fits it and return the reply of its child.

        Raises:
            TimeoutError: it was running when its time was up.
            EngineBusy: it never ran, or was ended because too many long queries wait.
            EngineUnavailable: there is no child, or the lanes are closed.
            EOFError, OSError: it ended its child.
        """
        allowed = self._rules.slice
        if self._slow_kinds and self._was_slow(job.kind()):
            if not self._slow_taken:
                return self._run_slow(job)
            allowed = self._rules.trial
        try:
            return self._run_fast(job, allowed)
        except ConnectionError:  # the child had ended before it read the query, and others may have
            self._sort_out()
            return self._run_fast(job, allowed)

    def start(self) -> None:
        """Make a first child in the background, so that the first query need not wait for it."""
        with self._lock:
            if not self._closed and self._fast == 0:
                self._grow()

    def close(self) -> None:
        """End all children and refuse further queries. Closing twice does no harm."""
        with self._lock:
            self._closed = True
            self._idle.clear()
            waiting = [*self._waiting, *self._slow_waiting]
            self._waiting.clear()
            self._slow_waiting.clear()
            makers = list(self._makers)
        for waiter in waiting:
            waiter.wake(EngineUnavailable(CLOSED))
        for child in list(self.live):
            child.kill()
        for maker in makers:
            maker.join()
        for child in list(self.live):
            self._end(child)

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    def forget(self) -> None:
        """Begin anew in a fork: the children belong to the parent, and a lock may be held by no thread."""
        for child in self.live:
            child.forget()
        self.live.clear()
        self._begin()

    # ── the fast lane ──────────────────────────────────────────────────────────────────────────────────────

    def _run_fast(self, job: Job, allowed: float) -> tuple[Header, bytes]:
        child = self._take(job)
        try:
            reply = self._within_slice(child, job, allowed)
        except BaseException as error:
            if not isinstance(error, ConnectionError):
                self._remember(job.kind())
            self._drop(child)
            raise
        if reply is not None:
            self._give(child, "spent" in reply[0])
            return reply
        return self._move(child, job)

    def _within_slice(self, child: Child, job: Job, slice_: float) -> tuple[Header, bytes] | None:
        """Return the reply, or None when the slice (seconds) is used up.

        A slice is time of the processor where the system tells it: on a busy machine a short query may take long.
        It is shorter as soon as others wait, who may have come later.
        """
        used, began = child.worked(), time.monotonic()
        child.connection.send(*job.message(), job.until)
        step = min(slice_, _SHORTEST)
        while True:
            try:
                return child.connection.receive(min(job.until, time.monotonic() + step), job.at_most)
            except TimeoutError:
                if job.left() <= 0:
                    raise
                allowed = max(step, slice_ / (1 + len(self._waiting)))
                if child.worked() - used >= 0.9 * allowed:
                    self._remember(job.kind())
                    return None
                if time.monotonic() - began >= _PATIENCE * allowed:
                    return None

    def _take(self, job: Job) -> Child:
        """Wait for a child of the fast lane."""
        with self._lock:
            if self._closed:
                raise EngineUnavailable(CLOSED)
            if self._idle and not self._at_work():
                return self._idle.pop()
            waiter = Waiter()
            self._waiting.append(waiter)
            self._assign()
        if not waiter.wait(min(self._rules.patience, job.left())):
            with self._lock:
                self._assign(late=True)
        return cast(Child, self._awaited(waiter, self._waiting, job))

    def _at_work(self) -> int:
        """Return how many children of the fast lane have a query; the lock is held."""
        return self._fast - len(self._idle) - len(self._makers)

    def _assign(self, late: bool = False) -> None:
        """Give children to those who wait, the first of them `late` or not yet; the lock is held.

        One child works at a time, and more where the first who waits has done so for long.
        """
        while self._waiting:
            late = late or time.monotonic() - self._waiting[0].since >= self._rules.patience
            if self._at_work() and not late:
                return
            if not self._idle:
                if not self._makers:
                    self._grow()
                return
            self._waiting.popleft().wake(self._idle.pop())
            late = False

    def _awaited(self, waiter: Waiter, queue: deque[Waiter], job: Job) -> Any:
        if not waiter.wait(job.left()):
            with self._lock:
                if waiter.given is None:
                    queue.remove(waiter)
                    raise EngineBusy(
                        "The query engine was busy or starting for the whole time limit of this query; "
                        "try again in a moment.",
                        self._retry_after(),
                    )
        if isinstance(waiter.given, QueryError):
            raise waiter.given
        return waiter.given

    def _give(self, child: Child, spent: bool = False) -> None:
        with self._lock:
            child.uses += 1
            if spent or child.uses > self._rules.uses:
                self._leave()
            elif not self._closed:
                self._idle.append(child)
                self._assign()
                return
        self._end(child)

    def _drop(self, child: Child) -> None:
        """End a child of the fast lane whose state is unknown, and see to the next."""
        with self._lock:
            self._leave()
        self._end(child)

    def _sort_out(self) -> None:
        """Let go of children that ended while they were idle."""
        with self._lock:
            dead = [child for child in self._idle if not child.alive]
            self._idle = [child for child in self._idle if child not in dead]
            for _ in dead:
                self._leave()
        for child in dead:
            self._end(child)

    def _leave(self) -> None:
        """Count a child out of the fast lane, and see that there is another: somebody waits, or will soon."""
        self._fast -= 1
        if self._fast == 0:
            self._grow()
        self._assign()

    def _grow(self) -> None:
        """Make a child in the background where one may be added; the lock is held."""
        if self._fast < self._rules.fast and not self._closed:
            self._fast += 1
            self._fault = None
            maker = threading.Thread(target=self._make, name="kg-sandbox-start", daemon=True)
            self._makers.add(maker)
            maker.start()

    def _make(self) -> None:
        child, fault = self._born()
        with self._lock:
            self._makers.discard(threading.current_thread())
            if fault is not None:
                self._fast -= 1
                while self._waiting and self._fast == 0:
                    self._waiting.popleft().wake(fault)
        if child is not None:
            self._give(child)

    def _born(self) -> tuple[Child | None, QueryError | None]:
        try:
            child = self._bear()
        except EngineUnavailable as error:
            return None, error
        except (EOFError, OSError) as error:
            return None, EngineUnavailable(f"The query engine could not be started: {error}.")
        self.live.add(child)
        return child, None

    def _end(self, child: Child) -> None:
        self.live.discard(child)
        child.end()

    # ── the slow lane ──────────────────────────────────────────────────────────────────────────────────────

    def _move(self, child: Child, job: Job) -> tuple[Header, bytes]:
        """Let a child go on as the slow one if there is none; else end it and let its query wait."""
        with self._lock:
            self._leave()
            promoted = not self._slow_taken
            self._slow_taken = True
        if not promoted:
            self._end(child)
            return self._run_slow(job)
        try:
            child.step_back()
            return child.connection.receive(job.until, job.at_most)
        finally:
            self._end(child)
            self._leave_slow()

    def _run_slow(self, job: Job) -> tuple[Header, bytes]:
        self._enter_slow(job)
        child: Child | None = None
        try:
            child, fault = self._born()
            if child is None:
                raise fault or EngineUnavailable(CLOSED)
            child.step_back()
            began = time.monotonic()
            child.connection.send(*job.message(), job.until)
            reply = child.connection.receive(job.until, job.at_most)
            if time.monotonic() - began < self._rules.slice:
                self._slow_kinds.pop(job.kind(), None)
            return reply
        finally:
            if child is not None:
                self._end(child)
            self._leave_slow()

    def _enter_slow(self, job: Job) -> None:
        """Wait for the slow lane to be free."""
        with self._lock:
            if self._closed:
                raise EngineUnavailable(CLOSED)
            if not self._slow_taken:
                self._slow_taken = True
                return
            if len(self._slow_waiting) >= self._rules.queue:
                raise EngineBusy(
                    "Too many long queries are waiting here; try again in a moment, or ask for less.",
                    self._retry_after(),
                )
            waiter = Waiter()
            self._slow_waiting.append(waiter)
        self._awaited(waiter, self._slow_waiting, job)

    def _leave_slow(self) -> None:
        with self._lock:
            if self._slow_waiting:
                self._slow_waiting.popleft().wake(True)
            else:
                self._slow_taken = False

    def _retry_after(self) -> int:
        return 1 + len(self._slow_waiting)

    def _was_slow(self, kind: int) -> bool:
        since = self._slow_kinds.get(kind)
        return since is not None and time.monotonic() - since < self._rules.memory

    def _remember(self, kind: int) -> None:
        with self._lock:
            self._slow_kinds[kind] = time.monotonic()
            self._slow_kinds.move_to_end(kind)
            while len(self._slow_kinds) > _REMEMBERED:
                self._slow_kinds.popitem(last=False)
