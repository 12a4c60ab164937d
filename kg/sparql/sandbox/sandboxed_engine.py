"""Queries from outside: run in child processes that can be ended at the deadline and cannot reach out."""

import os
import pickle
import time
import weakref
from typing import Final, Self

from kg.sparql.admission import admit
from kg.sparql.engine import (
    ERRORS,
    ChosenGraphs,
    EngineUnavailable,
    QueryEngine,
    QueryError,
    QueryTimeout,
    QueryTooComplex,
    Result,
)
from kg.sparql.limits import DEFAULT_LIMITS, MEMORY, Limits
from kg.sparql.oxigraph import Data, n_quads
from kg.sparql.sandbox.pool import Pool
from kg.sparql.sandbox.processes import CAN_FORK, CLOSED, Processes
from kg.sparql.sandbox.program import Settings

_ENGINES: Final[weakref.WeakSet["SandboxedEngine"]] = weakref.WeakSet()


class SandboxedEngine(QueryEngine):
    """A read-only data set that anyone may query; threads may share it, and forks, each with its own children.

    The children are started by the first query (or `start()`), again whenever a query ended one or had to be ended;
    all end with this process. On Linux (x86-64, ARM64) the kernel denies them new connections and limits their
    memory; everywhere SERVICE is refused before they see a query, and the deadline holds. `Pool` says which query
    runs where.

    Args:
        data: triples, N-Triples or N-Quads, as for `EmbeddedEngine`.
        deadline: seconds a query may take if it does not say.
        limits: the limits on queries and results.
        base: what relative IRIs in a query belong to, as for `EmbeddedEngine`.
        memory: bytes a query may use beyond what the data needs.
        start_limit: seconds a child may take to load the data.
        short: how many queries run at a time while they are short; further ones wait.
        long: how many long queries may run beside them, at the lowest priority; further ones are refused.
        long_after: seconds of processor time after which a query is a long one, as for `Pool`.
        fork: whether children are forks of one process that has loaded the data; never on Windows.
    """

    def __init__(
        self,
        data: Data,
        *,
        deadline: float = 3.0,
        limits: Limits = DEFAULT_LIMITS,
        base: str | None = None,
        memory: int = MEMORY,
        start_limit: float = 60.0,
        short: int = 2,
        long: int = 8,
        long_after: float = 0.1,
        fork: bool = CAN_FORK,
    ) -> None:
        self._deadline = deadline
        self._limits = limits
        settings = Settings(n_quads(data), limits, base, memory, forks=fork and CAN_FORK)
        self._pool = Pool(Processes(settings, start_limit), short, long, long_after)
        self._finalizer = weakref.finalize(self, self._pool.close)
        _ENGINES.add(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def execute(
        self, query: str, media_type: str, deadline: float | None = None, graphs: ChosenGraphs | None = None
    ) -> Result:
        """Answer a query; see `QueryEngine.execute` for arguments, result and errors."""
        request = admit(query, media_type, self._limits, graphs)
        seconds = self._deadline if deadline is None else deadline
        try:
            header, body = self._pool.run(pickle.dumps(request), time.monotonic() + seconds, self._limits.result_bytes)
        except (EOFError, OSError, ValueError) as error:
            raise self._explained(error, seconds) from None
        if "error" in header:
            raise ERRORS[header["error"]](*header["args"])
        return Result(body, request.form, request.media_type, header.get("truncated", False))

    def start(self) -> None:
        """Start the children in the background, so that the first query need not wait for them."""
        self._pool.start()

    def close(self) -> None:
        """End the children and refuse further queries. Closing twice does no harm."""
        self._finalizer()

    def _explained(self, error: Exception, seconds: float) -> QueryError:
        if isinstance(error, TimeoutError):
            return QueryTimeout(f"The query did not finish within the time limit of {seconds:g} s.")
        if self._pool.closed:
            return EngineUnavailable(CLOSED)
        return QueryTooComplex()


def _forget_all() -> None:
    for engine in list(_ENGINES):
        engine._pool.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
