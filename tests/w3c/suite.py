"""The W3C's rdf-tests (https://github.com/w3c/rdf-tests): what its manifests say, and what its results are."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

import pyoxigraph as ox

from kg.sparql.formats import CSV, JSON, N_TRIPLES, TSV, XML

MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SITE: Final = "https://w3c.github.io/rdf-tests/"
"""What relative IRIs of the suite belong to: every file has the address of its path there."""

READERS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
}
RESULTS: Final = {".srx": XML, ".srj": JSON, ".csv": CSV, ".tsv": TSV, ".ttl": JSON, ".rdf": JSON}
"""The format that a table is asked for, by the ending of the file that has the expected one."""


@dataclass(frozen=True)
class Case:
    """A test of a manifest.

    Attributes:
        name: the folder of its manifest and its own name: `sparql11/bind#bind01`.
        kind: its type, as `QueryEvaluationTest`.
        action: the file that is read: a query, or RDF.
        result: the file with what is expected; None where it only has to be read, or refused.
        data: the files of the default graph.
        graphs: those of the named graphs.
        reduced: whether rows may come more or less often (REDUCED).
    """

    name: str
    kind: str
    action: Path
    result: Path | None
    data: tuple[Path, ...] = ()
    graphs: tuple[Path, ...] = ()
    reduced: bool = False


def cases(root: Path, manifest: str) -> Iterator[Case]:
    """Yield the tests of a manifest, and of those that it includes; `root` is the folder of the copy."""
    path = root / manifest
    graph = _Graph(read(root, path))
    for included in graph.items(ox.NamedNode(address(root, path)), f"{MF}include"):
        yield from cases(root, file_at(root, included).relative_to(root).as_posix())
    folder = path.parent.relative_to(root).as_posix().partition("/")[2]
    for test in graph.items(ox.NamedNode(address(root, path)), f"{MF}entries"):
        action = graph.one(test, f"{MF}action")
        query = graph.one(action, f"{QT}query") or action
        result = graph.one(test, f"{MF}result")
        yield Case(
            f"{folder}#{re.split('[#/]', test.value)[-1]}",
            re.split("[#/]", graph.one(test, f"{RDF}type").value)[-1],
            file_at(root, query),
            file_at(root, result) if result else None,
            tuple(file_at(root, each) for each in graph.all(action, f"{QT}data")),
            tuple(file_at(root, each) for each in graph.all(action, f"{QT}graphData")),
            graph.one(test, f"{MF}resultCardinality") is not None,
        )


def address(root: Path, path: Path) -> str:
    """Return the address that a file of the suite has."""
    return SITE + quote(path.relative_to(root).as_posix())


def file_at(root: Path, iri: Any) -> Path:
    """Return the file of the suite that has an address."""
    return root / unquote(iri.value.removeprefix(SITE))


def read(root: Path, path: Path) -> list[ox.Quad]:
    """Return the statements of a file of the suite."""
    form = READERS[path.suffix]
    return list(ox.parse(path=str(path), format=form, base_iri=address(root, path), rename_blank_nodes=True))


def data_of(root: Path, case: Case) -> list[ox.Quad]:
    """Return the data of a query: its graphs, and those that its FROM names by their files."""
    text = case.action.read_text(encoding="utf-8")
    after_from = (case.action.parent / name for name in re.findall(r"FROM\s+(?:NAMED\s+)?<([^>]*)>", text))
    quads = [quad for path in case.data for quad in read(root, path)]
    for path in (*case.graphs, *dict.fromkeys(each for each in after_from if each.is_file())):
        graph = ox.NamedNode(address(root, path))
        quads += [ox.Quad(*quad.triple, graph) for quad in read(root, path)]
    return quads


def same(root: Path, case: Case, found: bytes, media_type: str) -> bool:
    """Whether a result in a media type is the expected one, whatever its blank nodes are called."""
    assert case.result is not None
    if media_type == N_TRIPLES:
        return canonical(ox.parse(found, format=ox.RdfFormat.N_TRIPLES)) == canonical(read(root, case.result))
    if media_type == CSV:
        return _lines(found) == _lines(case.result.read_bytes())
    expected: Any
    if case.result.suffix in READERS:
        expected = _result_set(_Graph(read(root, case.result)))
    else:
        expected = _parsed(case.result.read_bytes(), RESULTS[case.result.suffix])
    ours = _parsed(found, media_type)
    if isinstance(expected, bool) or isinstance(ours, bool):
        return expected is ours
    if sorted(expected[0]) != sorted(ours[0]):
        return False
    expected_rows, rows = ([_row(row) for row in table[1]] for table in (expected, ours))
    if expected[2]:
        return bool(expected_rows == rows)
    if case.reduced:
        return set(expected_rows) == set(rows)
    return Counter(expected_rows) == Counter(rows) or _as_graph(expected[1]) == _as_graph(ours[1])


def canonical(statements: Iterable[ox.Quad | ox.Triple]) -> set[ox.Quad]:
    """Return statements as a set in which blank nodes are named by what is said of them."""
    found = ox.Dataset(each if isinstance(each, ox.Quad) else ox.Quad(*each) for each in statements)
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(found)


class _Graph:
    """The statements of a file, to be looked up."""

    def __init__(self, quads: Iterable[ox.Quad]):
        self._found: dict[tuple[Any, str], list[Any]] = {}
        self.subjects: dict[str, list[Any]] = {}
        for quad in quads:
            self._found.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)
            self.subjects.setdefault(quad.predicate.value, []).append(quad.subject)

    def all(self, subject: Any, predicate: str) -> list[Any]:
        return self._found.get((subject, predicate), [])

    def one(self, subject: Any, predicate: str) -> Any:
        return next(iter(self.all(subject, predicate)), None)

    def items(self, subject: Any, predicate: str) -> Iterator[Any]:
        rest = self.one(subject, predicate)
        while rest is not None and rest.value != f"{RDF}nil":
            yield self.one(rest, f"{RDF}first")
            rest = self.one(rest, f"{RDF}rest")


def _lines(table: bytes) -> tuple[list[str], Counter[tuple[str, ...]]]:
    head, *rows = csv.reader(io.StringIO(table.decode(), newline=""))
    return head, Counter(tuple(re.sub("^_:.*", "_:", cell) for cell in row) for row in rows)


def _parsed(table: bytes, media_type: str) -> Any:
    form = ox.QueryResultsFormat.from_media_type(media_type)
    assert form is not None
    found = ox.parse_query_results(table, format=form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return names, [dict(zip(names, row, strict=True)) for row in found], False


def _result_set(graph: _Graph) -> Any:
    """Return a result that is written in the vocabulary of result sets."""
    if f"{RS}boolean" in graph.subjects:
        return bool(graph.one(graph.subjects[f"{RS}boolean"][0], f"{RS}boolean").value == "true")
    top = next(each for each in graph.subjects[f"{RDF}type"] if graph.one(each, f"{RDF}type").value == f"{RS}ResultSet")
    names = [each.value for each in graph.all(top, f"{RS}resultVariable")]
    ordered = f"{RS}index" in graph.subjects
    solutions = graph.all(top, f"{RS}solution")
    if ordered:
        solutions.sort(key=lambda each: int(graph.one(each, f"{RS}index").value))
    rows = []
    for one in solutions:
        bindings = graph.all(one, f"{RS}binding")
        rows.append({graph.one(each, f"{RS}variable").value: graph.one(each, f"{RS}value") for each in bindings})
    return names, rows, ordered


def _row(row: dict[str, Any]) -> frozenset[tuple[str, str]]:
    return frozenset((name, str(term)) for name, term in row.items() if term is not None)


def _as_graph(rows: list[dict[str, Any]]) -> set[ox.Quad]:
    """Return rows as statements, each row about a blank node of its own."""
    return canonical(
        ox.Quad(node, ox.NamedNode(f"urn:name:{quote(name)}"), term)
        for node, row in ((ox.BlankNode(), row) for row in rows)
        for name, term in (row.items() if row else [("", ox.Literal(""))])
        if term is not None
    )
