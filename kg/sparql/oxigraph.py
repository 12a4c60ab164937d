"""Oxigraph in this process: for our own queries, whose texts we wrote, and inside the sandbox."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, cast

import pyoxigraph as ox

from kg.sparql.admission import Request, admit
from kg.sparql.engine import DEFAULT_LIMITS, Dataset, Limits, QueryError, QueryRefused, Refusal, Result
from kg.sparql.faults import syntax_error
from kg.sparql.formats import JSON, Row, Term, write_graph, write_table, write_truth
from kg.sparql.json_rows import forms, write_bindings
from kg.sparql.spelling import spellings
from kg.sparql.statements import Data, n_quads

_MERGES: Final = 4  # combinations of graphs for which the merge is kept


class EmbeddedEngine:
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
        data = n_quads(data)
        self._limits = limits
        self._base = base
        self._store = ox.Store()
        self._merges: dict[tuple[tuple[str, ...], tuple[str, ...]], ox.Store] = {}
        # Not bulk_load(), which renames blank nodes: equal queries shall have equal results in every process.
        self._store.bulk_extend(ox.parse(data, format=ox.RdfFormat.N_QUADS))
        self._spellings = spellings(data)
        self._forms = forms(self._spellings)
        self.graphs = frozenset(graph.value for graph in self._store.named_graphs() if isinstance(graph, ox.NamedNode))

    def __len__(self) -> int:
        """Return the number of statements, to compare with what was meant to be loaded."""
        return len(self._store)

    def execute(
        self, query: str, media_type: str, deadline: float | None = None, dataset: Dataset | None = None
    ) -> Result:
        """Answer a query; see `QueryEngine.execute`.

        The deadline is **not** kept: nothing can stop Oxigraph within a process. Use `SandboxedEngine` for
        queries from outside.
        """
        return self.answer(admit(query, media_type, self._limits, dataset))

    def select(self, query: str) -> list[dict[str, Term]]:
        """Return every solution of a SELECT as name -> term, without the unbound variables and without a cut.

        Raises:
            QueryError: as `execute`; another form than SELECT is refused.
        """
        request = admit(query, None, self._limits)
        if request.form != "SELECT":
            raise QueryRefused(f"A table was asked for, and {request.form} has none.", Refusal.UNSUPPORTED)
        try:
            names, rows = self._table(request, cast(ox.QuerySolutions, self._query(request)))
            return [{name: term for name, term in zip(names, row, strict=True) if term is not None} for row in rows]
        except (RuntimeError, OSError, ValueError) as error:
            raise _unsupported(error) from error

    def answer(self, request: Request) -> Result:
        """Answer a query that was let through; raises as `execute`."""
        try:
            body, truncated = self._write(request, self._query(request))
        except (RuntimeError, OSError, ValueError) as error:
            raise _unsupported(error) from error
        return Result(body, request.form, request.media_type, truncated)

    def _query(self, request: Request) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            if not (request.chosen or request.default_graphs or request.named_graphs):
                return self._store.query(request.query, base_iri=self._base)
            self._check_graphs(request)
            return self._chosen(request)
        except SyntaxError as error:
            raise syntax_error(request.query, str(error), self._parse) from None

    def _parse(self, text: str) -> None:
        self._store.query(text, base_iri=self._base)

    def _check_graphs(self, request: Request) -> None:
        """Refuse graphs after FROM that are not loaded; those that the caller chose are then empty."""
        for graph in (*request.default_graphs, *request.named_graphs):
            if graph not in self.graphs and not request.chosen:
                raise QueryRefused(f"FROM names a graph that is not loaded here: <{graph}>.", Refusal.GRAPH)

    def _chosen(self, request: Request) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Ask the graphs of the request; several default graphs are merged first.

        Oxigraph does not merge graphs: a triple that stands in two of them would count twice.
        """
        default = tuple(sorted(self.graphs.intersection(request.default_graphs)))
        named = tuple(sorted(self.graphs.intersection(request.named_graphs)))
        if len(default) < 2:
            store, graphs = self._store, _nodes(default)
        else:
            store, graphs = self._merged(default, named), [ox.DefaultGraph()]
        return store.query(request.query, base_iri=self._base, default_graph=graphs, named_graphs=_nodes(named))

    def _merged(self, default: tuple[str, ...], named: tuple[str, ...]) -> ox.Store:
        """Return a store of some graphs' merge as the default graph, and of some named graphs."""
        if (default, named) not in self._merges:
            store = ox.Store()
            for graph in default:
                store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in self._quads_of(graph))
            for graph in named:
                store.extend(self._quads_of(graph))
            while len(self._merges) >= _MERGES:
                self._merges.pop(next(iter(self._merges)), None)
            self._merges[default, named] = store
        return self._merges[default, named]

    def _quads_of(self, graph: str) -> Iterator[ox.Quad]:
        return self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph))

    def _write(
        self, request: Request, found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
    ) -> tuple[bytes, bool]:
        limits = self._limits
        match found:
            case ox.QueryBoolean():
                return write_truth(bool(found), request.media_type), False
            case ox.QuerySolutions():
                if request.media_type == JSON:
                    return write_bindings(found, _columns(request, found), limits, self._forms, request.computed)
                names, rows = self._table(request, found)
                return write_table(names, rows, request.media_type, limits)
        triples = [self._respelt(triple) for triple in islice(found, limits.rows + 1)]
        prefixes = {name: iri for name, iri in request.prefixes if _is_absolute(iri)}
        body = write_graph(triples[: limits.rows], request.media_type, prefixes, limits)
        return body, len(triples) > limits.rows

    def _table(self, request: Request, solutions: ox.QuerySolutions) -> tuple[list[str], Iterator[Row]]:
        """Return columns and rows: SELECT * in the order of the query, literals as written in the data.

        A column bound by AS is left as it is: a count of 5 is no "05", even if the data has one.
        """
        names = [variable.value for variable in solutions.variables]
        order = _columns(request, solutions)
        rows: Iterator[Row] = map(tuple, solutions)
        if order != names:
            places = [names.index(name) for name in order]
            rows = (tuple(row[place] for place in places) for row in rows)
        if self._spellings:
            kept = [name in request.computed for name in order]
            rows = (self._respelt_row(row, kept) for row in rows)
        return order, rows

    def _respelt_row(self, row: Row, kept: Sequence[bool]) -> Row:
        forms = self._spellings
        return tuple(
            term if keep or not isinstance(term, ox.Literal) else forms.get(term, term)
            for term, keep in zip(row, kept, strict=True)
        )

    def _respelt(self, triple: ox.Triple) -> ox.Triple:
        value = triple.object
        if not isinstance(value, ox.Literal) or value not in self._spellings:
            return triple
        return ox.Triple(triple.subject, triple.predicate, self._spellings[value])


def _columns(request: Request, solutions: ox.QuerySolutions) -> list[str]:
    """Return the names of the columns, for SELECT * in the order of the query."""
    names = [variable.value for variable in solutions.variables]
    return [name for name in request.variables if name in names] or names


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
