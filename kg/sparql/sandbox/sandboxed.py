"""Queries from outside: run in child processes that can be ended at the deadline and cannot reach out."""

import os
import time
import weakref
from dataclasses import asdict
from typing import Final, Self

from kg.sparql.admission import admit
from kg.sparql.engine import (
    DEFAULT_LIMITS,
    ERRORS,
    ChosenGraphs,
    EngineUnavailable,
    Limits,
    QueryEngine,
    QueryError,
    QueryTimeout,
    QueryTooComplex,
    Result,
)
from kg.sparql.lexer import make
from kg.sparql.oxigraph import Data, n_quads
from kg.sparql.sandbox.jobs import Job, Rules
from kg.sparql.sandbox.lanes import CLOSED, Lanes
from kg.sparql.sandbox.nursery import CAN_FORK, Nursery

MEMORY: Final = 256 * 1024**2
_ENGINES: Final[weakref.WeakSet["SandboxedEngine"]] = weakref.WeakSet()


class SandboxedEngine(QueryEngine):
    """A read-only data set that anyone may query; threads may share it, and forks, each with its own children.

    The first child is started by the first query (or `start()`), others when they are needed, again whenever a
    query ended one or had to be ended; all end with this process. On Linux (x86-64, ARM64) the kernel denies
    them new connections and limits their memory; everywhere SERVICE is refused before they see a query, and
    the deadline holds. `lanes` says which query runs when.

    Args:
        data: triples, N-Triples or N-Quads, as for `EmbeddedEngine`.
        deadline: seconds a query may take if it does not say.
        limits: the limits on queries and results.
        base: what relative IRIs in a query belong to, as for `EmbeddedEngine`.
        memory: bytes a query may use beyond what the data needs.
        start_limit: seconds a child may take to load the data.
        rules: how long and short queries share the children.
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
        rules: Rules = Rules(),  # noqa: B008 (it cannot be changed)
        fork: bool = CAN_FORK,
    ) -> None:
        self._deadline = deadline
        self._limits = limits
        settings = {"limits": asdict(limits), "memory": memory, "base": base}
        forks = fork and CAN_FORK
        self._nursery = Nursery(n_quads(data), settings, start_limit, forks)
        self._lanes = Lanes(self._nursery.bear, rules)
        self._finalizer = weakref.finalize(self, _end_all, self._lanes, self._nursery)
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
        header, body = request.to_wire()
        job = Job(
            header=header,
            body=body,
            kind=lambda: make(query),
            until=time.monotonic() + seconds,
            at_most=self._limits.result_bytes,
        )
        try:
            reply, body = self._lanes.run(job)
        except (EOFError, OSError, ValueError) as error:
            raise self._explained(error, seconds) from None
        if "error" in reply:
            raise ERRORS[reply["error"]](*reply["args"])
        return Result(body, request.form, request.media_type, reply.get("truncated", False))

    def start(self) -> None:
        """Start a child in the background, so that the first query need not wait for it."""
        self._lanes.start()

    def close(self) -> None:
        """End the children and refuse further queries. Closing twice does no harm."""
        self._finalizer()

    def _forget(self) -> None:
        """Begin anew in a fork of this process."""
        self._lanes.forget()
        self._nursery.forget()

    def _explained(self, error: Exception, seconds: float) -> QueryError:
        if isinstance(error, TimeoutError):
            return QueryTimeout(f"The query did not finish within the time limit of {seconds:g} s.")
        if self._lanes.closed:
            return EngineUnavailable(CLOSED)
        return QueryTooComplex()


def _end_all(lanes: Lanes, nursery: Nursery) -> None:
    lanes.close()
    nursery.close()


def _forget_all() -> None:
    for engine in list(_ENGINES):
        engine._forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
