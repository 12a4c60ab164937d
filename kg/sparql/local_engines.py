"""The engines of a data set: one for our own queries and one for queries from outside."""

from functools import cached_property
from typing import Protocol

from kg.sparql.engine import QueryEngine
from kg.sparql.limits import MEMORY_FOR_WHOLE, UNLIMITED, WHOLE
from kg.sparql.oxigraph import Data, EmbeddedEngine, n_quads
from kg.sparql.sandbox.sandboxed_engine import SandboxedEngine


class Engines(Protocol):
    """What answers the queries over one data set. `whole` asks for results with all rows, not the first 10,000."""

    def inside(self, *, whole: bool = False) -> QueryEngine:
        """Return the engine for our own queries, which may do without a deadline."""
        ...

    def outside(self, *, whole: bool = False) -> QueryEngine:
        """Return the engine for queries from outside: it can be stopped, and reaches no network."""
        ...


class LocalEngines:
    """Engines over statements in memory, each made when it is first asked for. Pickled, they are the statements alone.

    Args:
        data: triples, and quads for named graphs, as for `EmbeddedEngine`.
        base: what relative IRIs in a query belong to; None to refuse them.
    """

    def __init__(self, data: Data, base: str | None = None) -> None:
        self._data = n_quads(data)
        self._base = base

    def __reduce__(self) -> tuple[type["LocalEngines"], tuple[bytes, str | None]]:
        return type(self), (self._data, self._base)

    def inside(self, *, whole: bool = False) -> QueryEngine:
        """Return the engine in this process; see `Engines.inside`."""
        return self._embedded.with_limits(UNLIMITED) if whole else self._embedded

    def outside(self, *, whole: bool = False) -> QueryEngine:
        """Return child processes that can be ended, and for whole results others with more memory."""
        return self._sandboxed_for_whole if whole else self._sandboxed

    @cached_property
    def _embedded(self) -> EmbeddedEngine:
        return EmbeddedEngine(self._data, base=self._base)

    @cached_property
    def _sandboxed(self) -> SandboxedEngine:
        return SandboxedEngine(self._data, base=self._base)

    @cached_property
    def _sandboxed_for_whole(self) -> SandboxedEngine:
        return SandboxedEngine(self._data, limits=WHOLE, base=self._base, memory=MEMORY_FOR_WHOLE)
