"""Oxigraph in this process: for our own queries, whose texts we wrote, and inside the sandbox."""

import copy
import re
import threading
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, Self, cast

import pyoxigraph as ox

from kg.sparql.admission import Request, admit
from kg.sparql.engine import (
    ChosenGraphs,
    QueryEngine,
    QueryError,
    QueryRefused,
    Refusal,
    Result,
    Solution,
    no_table,
    solutions,
)
from kg.sparql.formats import write_graph, write_table, write_truth
from kg.sparql.grammar import name_in_use, respelt
from kg.sparql.lexer import VARNAME, position
from kg.sparql.limits import DEFAULT_LIMITS, Limits
from kg.sparql.syntax_errors import fault_at, furthest, syntax_error

Data = bytes | Iterable[ox.Triple | ox.Quad]
"""N-Triples or N-Quads (RDF 1.1), or the statements themselves: triples stand in the default graph."""

_MERGES: Final = 4  # combinations of graphs for which the merge is kept
_NOTHING: Final = ox.Store()  # for reading texts
_MENTION: Final = re.compile(rf"[?$]([{VARNAME}]+)")
_SERVICE: Final = re.compile("service", re.IGNORECASE | re.ASCII)
_Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def n_quads(data: Data) -> bytes:
    """Return data as N-Quads, one statement a line.

    Statements are sorted: a set has no order that lasts, and results without ORDER BY follow the data's.
    """
    if isinstance(data, bytes):
        return data
    return b"".join(sorted(f"{statement} .\n".encode() for statement in data))


class EmbeddedEngine(QueryEngine):
    """A read-only data set in memory, queried in this process. Threads may share it.

    Args:
        data: triples, N-Triples, or N-Quads with named graphs beside the default graph. A query sees the
            default graph alone unless it says GRAPH, FROM or FROM NAMED.
        limits: the limits on queries and results.
        base: what relative IRIs in a query without BASE belong to; None to refuse them.

    Raises:
        SyntaxError: the data is not N-Quads.
    """

    def __init__(self, data: Data, limits: Limits = DEFAULT_LIMITS, base: str | None = None) -> None:
        self._limits = limits
        self._base = base
        self._store = ox.Store()
        self._merges: dict[tuple[tuple[str, ...], tuple[str, ...]], ox.Store] = {}
        self._merging = threading.Lock()
        # Not bulk_load(), which renames blank nodes: equal queries shall have equal results in every process.
        self._store.bulk_extend(ox.parse(n_quads(data), format=ox.RdfFormat.N_QUADS))
        self.graphs = frozenset(graph.value for graph in self._store.named_graphs() if isinstance(graph, ox.NamedNode))

    def __len__(self) -> int:
        """Return the number of statements, to compare with what was meant to be loaded."""
        return len(self._store)

    def with_limits(self, limits: Limits) -> Self:
        """Return an engine over the same data in memory with other limits."""
        other = copy.copy(self)
        other._limits = limits
        return other

    def execute(
        self, query: str, media_type: str, deadline: float | None = None, graphs: ChosenGraphs | None = None
    ) -> Result:
        """Answer a query; see `QueryEngine.execute`.

        The deadline is **not** kept: nothing can stop Oxigraph within a process. Use `SandboxedEngine` for
        queries from outside.
        """
        return self.answer(admit(query, media_type, self._limits, graphs))

    def select(self, query: str) -> list[Solution]:
        """Return every solution of a SELECT query, however many they are; see `QueryEngine.select`."""
        request = admit(query, None, self._limits)
        if request.form != "SELECT":
            raise no_table(request.form)
        self._refuse_service(request.query)
        self._refuse_name_in_use(request.asked)
        try:
            return solutions(cast(ox.QuerySolutions, self._query(request)))
        except (RuntimeError, OSError, ValueError) as error:
            raise _unsupported(error) from error

    def answer(self, request: Request) -> Result:
        """Answer a query that was let through; raises as `execute`."""
        self._refuse_service(request.query)
        self._refuse_name_in_use(request.asked)
        try:
            body, truncated = self._written(request)
        except (RuntimeError, OSError, ValueError) as error:
            raise _unsupported(error) from error
        return Result(body, request.form, request.media_type, truncated)

    def _written(self, request: Request) -> tuple[bytes, bool]:
        """Return the result in its media type, and whether some of it was left out."""
        if request.form == "SELECT":
            request = self._with_columns(request)
            return write_table(lambda: cast(ox.QuerySolutions, self._query(request)), request.media_type, self._limits)
        found = self._query(request)
        if isinstance(found, ox.QueryBoolean):
            return write_truth(found, request.media_type), False
        limits = self._limits
        triples = list(islice(_distinct(cast(ox.QueryTriples, found)), limits.rows + 1))
        prefixes = {name: iri for name, iri in request.shape.prefixes if _is_absolute(iri)}
        body = write_graph(triples[: limits.rows], request.media_type, prefixes, limits)
        return body, len(triples) > limits.rows

    def _with_columns(self, request: Request) -> Request:
        """Return a SELECT * that names its columns: those of the engine, in the order of first mention in the text."""
        star, text = request.shape.star, request.query
        if star is None:
            return request
        names = [variable.value for variable in cast(ox.QuerySolutions, self._query(request)).variables]
        mentioned = dict.fromkeys([*_MENTION.findall(text), *names])
        columns = [name for name in mentioned if name in names]
        if columns == names:
            return request
        return request._replace(query=f"{text[:star]} ?{' ?'.join(columns)} {text[star + 1 :]}")

    def _query(self, request: Request) -> _Found:
        """Ask the graphs that the caller chose, or those that the query names; several default graphs are merged.

        Oxigraph does not merge graphs: a triple that stands in two of them would count twice. A graph after FROM that
        is not loaded is refused; one that the caller chose is empty.
        """
        try:
            graphs = request.graphs or self._graphs_named(request)
            if graphs is None:
                return self._store.query(request.query, base_iri=self._base)
            default = tuple(sorted(self.graphs.intersection(graphs.default)))
            named = tuple(sorted(self.graphs.intersection(graphs.named)))
            if len(default) < 2:
                store, asked = self._store, _nodes(default)
            else:
                store, asked = self._merged(default, named), [ox.DefaultGraph()]
            return store.query(request.query, base_iri=self._base, default_graph=asked, named_graphs=_nodes(named))
        except SyntaxError as error:
            raise syntax_error(request.asked, str(error), self._parse) from None

    def _parse(self, text: str) -> None:
        _NOTHING.query(text, base_iri=self._base)

    def _graphs_named(self, request: Request) -> ChosenGraphs | None:
        """Return the graphs after FROM and FROM NAMED, None without any; raises SyntaxError and QueryRefused.

        The engine reads their IRIs: prefixes, BASE upon BASE, escapes.
        """
        clauses = request.shape.graphs
        if not clauses:
            return None
        columns = " ".join(f"({iri} AS ?g{number})" for number, (iri, _) in enumerate(clauses))
        text = f"{request.query[: request.shape.body]}SELECT {columns} {{}}"
        (row,) = cast(ox.QuerySolutions, _NOTHING.query(text, base_iri=self._base))
        found = [(cast(ox.NamedNode, iri).value, named) for iri, (_, named) in zip(row, clauses, strict=True)]
        for iri, _ in found:
            if iri not in self.graphs:
                raise QueryRefused(f"FROM names a graph that is not loaded here: <{iri}>.", Refusal.GRAPH)
        return ChosenGraphs(
            tuple(iri for iri, named in found if not named), tuple(iri for iri, named in found if named)
        )

    def _refuse_service(self, query: str) -> None:
        """Raise QueryRefused for a query that calls a SERVICE; nothing of it is run before.

        The engine tells the keyword from the word in names, strings and comments, however they are spelt: where
        "service" is written otherwise throughout, a query stays one if none was the keyword. No keyword begins with
        the letter that is put there.
        """
        lower = query.lower()
        if "service" not in lower:
            return
        letter = next((each for each in "zqxjk" if f"{each}ervice" not in lower), "")
        respelt = _SERVICE.sub(lambda word: (letter.upper() if word[0][0] == "S" else letter) + word[0][1:], query)
        try:
            if letter:
                self._parse(respelt)
                return
        except SyntaxError:
            place, told = furthest(query, self._parse)
            if furthest(respelt, self._parse)[0] == place:  # it is no query, whatever the word
                raise syntax_error(query, told, self._parse) from None
        sentence = "SERVICE is disabled: this endpoint answers from its own data and calls no other server."
        raise QueryRefused(sentence, Refusal.SERVICE)

    def _refuse_name_in_use(self, query: str) -> None:
        """Raise QuerySyntaxError for a query in which AS gives a name that is in use."""

        def columns(text: str) -> list[str]:
            try:
                found = cast(ox.QuerySolutions, _NOTHING.query(respelt(text), base_iri=self._base))
            except SyntaxError:
                return []  # of the query, which is refused when it is asked
            return [variable.value for variable in found.variables]

        if token := name_in_use(query, columns):
            what = f", at “{token.text}” (the pattern has a variable of this name; choose another behind AS)"
            raise fault_at(*position(query, token.start), what)

    def _merged(self, default: tuple[str, ...], named: tuple[str, ...]) -> ox.Store:
        """Return a store of some graphs' merge as the default graph, and of some named graphs."""
        store = self._merges.get((default, named))
        if store is None:
            store = ox.Store()
            for graph in _nodes(default):
                quads = self._store.quads_for_pattern(None, None, None, graph)
                store.extend(ox.Quad(*quad.triple) for quad in quads)
            for graph in _nodes(named):
                store.extend(self._store.quads_for_pattern(None, None, None, graph))
            with self._merging:
                while len(self._merges) >= _MERGES:
                    self._merges.pop(next(iter(self._merges)))
                self._merges[default, named] = store
        return store


def _distinct(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield each triple once: a graph is a set, and Oxigraph gives what a template makes as often as it is made."""
    seen: set[ox.Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _nodes(iris: Iterable[str]) -> list[Any]:
    return [ox.NamedNode(iri) for iri in iris]


def _is_absolute(iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


def _unsupported(error: Exception) -> QueryError:
    return QueryRefused(f"The query cannot be answered here: {error}.", Refusal.UNSUPPORTED)
