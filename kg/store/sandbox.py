"""Queries from outside: run in one child process that can be ended at the deadline and cannot reach out."""

import os
import threading
import time
import weakref
from dataclasses import asdict
from itertools import count
from typing import Final, Self

from kg.store.admission import Request, admit
from kg.store.child import Child
from kg.store.engine import DEFAULT_LIMITS, Limits, Result
from kg.store.errors import ERRORS, EngineBusy, EngineUnavailable, QueryError, QueryTimeout, QueryTooComplex
from kg.store.frames import Header
from kg.store.statements import Data, n_quads

_GIB: Final = 1024**3
_ENGINES: Final[weakref.WeakSet["SandboxedEngine"]] = weakref.WeakSet()


class SandboxedEngine:
    """A read-only data set that anyone may query; threads may share it, and forks, each with its own child.

    The child is started by the first query (or `start()`), again whenever a query ended it or had to be
    ended, and it ends with this process. On Linux (x86-64, ARM64) the kernel denies it new connections and
    limits its memory; everywhere SERVICE is refused before it sees a query, and the deadline holds.

    A query waits for the one before it, and no longer than its own deadline.

    Args:
        data: triples, N-Triples or N-Quads, as for `EmbeddedEngine`.
        deadline: seconds a query may take if it does not say.
        limits: the limits on queries and results.
        memory: bytes a query may use beyond what the data needs; at least 1 GiB, or the child cannot work.
        start_limit: seconds the child may take to load the data.
    """

    def __init__(
        self,
        data: Data,
        *,
        deadline: float = 3.0,
        limits: Limits = DEFAULT_LIMITS,
        memory: int = _GIB,
        start_limit: float = 60.0,
    ) -> None:
        self._data = n_quads(data)
        self._deadline = deadline
        self._limits = limits
        self._memory = memory
        self._start_limit = start_limit
        self._ids = count(1)
        self._closed = False
        self._live: set[Child] = set()
        self._idle: Child | None = None
        self._starter: threading.Thread | None = None
        self._fault: str | None = None
        self._changed = threading.Condition()
        self._finalizer = weakref.finalize(self, _end_all, self._live)
        _ENGINES.add(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def execute(self, query: str, media_type: str, deadline: float | None = None) -> Result:
        """Answer a query; see `QueryEngine.execute` for arguments, result and errors."""
        request = admit(query, media_type, self._limits)
        seconds = self._deadline if deadline is None else deadline
        until = time.monotonic() + seconds
        try:
            reply, body = self._exchange(request, until, seconds)
        except (EOFError, OSError, ValueError) as error:
            raise self._explained(error, seconds) from None
        if "error" in reply:
            raise ERRORS[reply["error"]](*reply["args"])
        return Result(body, request.form, request.media_type, reply["truncated"])

    def start(self) -> None:
        """Start the child in the background, so that the first query need not wait for it."""
        with self._changed:
            if not self._closed and not self._live and self._starter is None:
                self._begin()

    def close(self) -> None:
        """End the child and refuse further queries. Closing twice does no harm."""
        with self._changed:
            self._closed = True
            idle, self._idle = self._idle, None
            for child in list(self._live):
                child.kill()
            starter = self._starter
            self._changed.notify_all()
        if idle is not None:
            self._end(idle)
        if starter is not None:
            starter.join()

    def _forget(self) -> None:
        """Begin anew in a fork: the child belongs to the parent, and a lock may be held by no thread."""
        for child in self._live:
            child.forget()
        self._live.clear()
        self._idle = self._starter = self._fault = None
        self._changed = threading.Condition()

    def _exchange(self, request: Request, until: float, seconds: float) -> tuple[Header, bytes]:
        """Ask an idle child, and once more if it turns out to have ended before it read the query."""
        for last_time in (False, True):
            child = self._take(until, seconds)
            try:
                answer = self._ask(child, request, until)
            except BaseException as error:
                self._drop(child)
                if last_time or not isinstance(error, ConnectionError):
                    raise
            else:
                self._give(child)
                return answer
        raise AssertionError("the last time raises or returns")

    def _ask(self, child: Child, request: Request, until: float) -> tuple[Header, bytes]:
        wire, body = request.to_wire()
        header = {"id": next(self._ids), "seconds": until - time.monotonic(), "request": wire}
        return child.exchange(header, body, until, self._limits.result_bytes)

    def _explained(self, error: Exception, seconds: float) -> QueryError:
        if isinstance(error, TimeoutError):
            return QueryTimeout(f"The query did not finish within the time limit of {seconds:g} s.")
        if self._closed:
            return EngineUnavailable("The query engine has been closed.")
        return QueryTooComplex("The query needs more memory or nests deeper than a query may.")

    def _take(self, until: float, seconds: float) -> Child:
        """Wait for the child to be idle, and start it where there is none."""
        with self._changed:
            while True:
                if self._closed:
                    raise EngineUnavailable("The query engine has been closed.")
                left = until - time.monotonic()
                if self._idle is not None and not self._idle.alive:
                    self._end(self._idle)
                    self._idle = None
                if self._idle is not None and left > 0:
                    child, self._idle = self._idle, None
                    return child
                if not self._live and self._starter is None:
                    self._begin()
                if not self._changed.wait(left):
                    raise EngineBusy(
                        f"The query engine was busy or starting for the whole time limit of {seconds:g} s; "
                        "try again in a moment."
                    )
                if self._fault is not None:
                    raise EngineUnavailable(self._fault)

    def _give(self, child: Child) -> None:
        with self._changed:
            if not self._closed:
                self._idle = child
                self._changed.notify()
                return
        self._end(child)

    def _drop(self, child: Child) -> None:
        """End a child whose state is unknown, and start the next at once: somebody will ask again."""
        self._end(child)
        self.start()

    def _end(self, child: Child) -> None:
        self._live.discard(child)
        child.end()

    def _begin(self) -> None:
        self._fault = None
        self._starter = threading.Thread(target=self._start, name="kg-sandbox-start", daemon=True)
        self._starter.start()

    def _start(self) -> None:
        child: Child | None = None
        try:
            child = Child()
            with self._changed:
                self._live.add(child)
            # If close() did not see this child, this thread sees that it is closed.
            fault = "The query engine has been closed." if self._closed else self._load(child)
        except (EOFError, OSError) as error:
            fault = f"The query engine could not be started: {error}."
        with self._changed:
            self._starter = None
            self._fault = fault
            if fault is None and not self._closed:
                self._idle, child = child, None
            self._changed.notify_all()
        if child is not None:
            self._end(child)

    def _load(self, child: Child) -> str | None:
        """Hand the data to a new child; return what is wrong with it."""
        header = {"limits": asdict(self._limits), "memory": self._memory, "seconds": self._start_limit}
        reply, _ = child.exchange(header, self._data, time.monotonic() + self._start_limit)
        return str(reply["args"][0]) if "error" in reply else None


def _end_all(children: set[Child]) -> None:
    while children:
        children.pop().end()


def _forget_all() -> None:
    for engine in list(_ENGINES):
        engine._forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
