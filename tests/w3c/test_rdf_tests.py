"""The W3C's rdf-tests, from a copy in the folder that RDF_TESTS names; docs/sparql.md says how to get one.

`deviations.toml` lists every test that we do not pass: what differs, and whose it is: the engine's, where Oxigraph
asked directly does not pass it either, else ours.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from w3c.suite import RESULTS, Case, address, canonical, cases, data_of, read, same

from kg.graph.load import UnreadableData, load_any
from kg.sparql.engine import QueryError, Refusal
from kg.sparql.formats import MEDIA_TYPES, N_TRIPLES
from kg.sparql.lexer import shape_of
from kg.sparql.limits import UNLIMITED
from kg.sparql.oxigraph import EmbeddedEngine

pytestmark = pytest.mark.thorough

LISTED = tomllib.loads(Path(__file__).with_name("deviations.toml").read_text(encoding="utf-8"))["deviation"]
SUITES = {
    "sparql10": ("sparql/sparql10/manifest-evaluation.ttl", "sparql/sparql10/manifest-syntax.ttl"),
    "sparql11": (
        "sparql/sparql11/manifest-sparql11-query.ttl",
        "sparql/sparql11/csv-tsv-res/manifest.ttl",
        "sparql/sparql11/json-res/manifest.ttl",
    ),
    "rdf11": tuple(f"rdf/rdf11/rdf-{name}/manifest.ttl" for name in ("n-triples", "n-quads", "turtle", "trig")),
}
"""The manifests of each suite; RDF/XML is not read here, and updates are refused."""
READ = (Refusal.GRAPH, Refusal.UNSUPPORTED)
"""Why a query is refused after it was read: tests of the syntax name graphs and functions that are nowhere."""


@pytest.fixture(scope="module")
def root() -> Path:
    given = os.environ.get("RDF_TESTS")
    if not given:
        pytest.skip("RDF_TESTS does not name a copy of https://github.com/w3c/rdf-tests (docs/sparql.md)")
    return Path(given).resolve()


@pytest.mark.parametrize("suite", SUITES)
def test_every_deviation_is_listed_and_none_that_is_none(root: Path, suite: str, tmp_path: Path) -> None:
    found = dict(deviations(root, suite, tmp_path))
    listed = {name: each["whose"] for each in LISTED for name in each["tests"] if name.startswith(suite)}
    assert found == listed


def deviations(root: Path, suite: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each test of a suite that is not passed, and whose deviation it is."""
    passed_by = readers(root, folder) if suite == "rdf11" else engines(root)
    for manifest in SUITES[suite]:
        for case in cases(root, manifest):
            ours, theirs = passed_by
            if not ours(case):
                yield case.name, "ours" if theirs(case) else "engine"


Passes = Callable[[Case], bool]


def engines(root: Path) -> tuple[Passes, Passes]:
    """Return how a query is answered here, and by Oxigraph asked directly, and whether that passes a test."""

    def here(case: Case, query: str, media_type: str) -> bytes:
        engine = EmbeddedEngine(data_of(root, case), UNLIMITED, address(root, case.action))
        return engine.execute(query, media_type)

    def there(case: Case, query: str, media_type: str) -> bytes:
        store = ox.Store()
        store.extend(data_of(root, case))
        found = store.query(query, base_iri=address(root, case.action))
        if isinstance(found, ox.QueryTriples):
            return ox.serialize(found, format=ox.RdfFormat.N_TRIPLES) or b""
        return found.serialize(format=ox.QueryResultsFormat.from_media_type(media_type)) or b""

    def passes(answer: Callable[[Case, str, str], bytes], case: Case) -> bool:
        query = case.action.read_bytes().decode("utf-8")
        form = shape_of(query).form or "SELECT"
        media_type = MEDIA_TYPES[form][0]
        if case.result is not None:
            media_type = N_TRIPLES if form in ("CONSTRUCT", "DESCRIBE") else RESULTS[case.result.suffix]
        try:
            found = answer(case, query, media_type)
        except (QueryError, SyntaxError, ValueError, RuntimeError) as error:
            was_read = isinstance(error, RuntimeError) or getattr(error, "reason", None) in READ
            return case.result is None and was_read != ("Negative" in case.kind)
        return "Negative" not in case.kind and (case.result is None or same(root, case, found, media_type))

    return (lambda case: passes(here, case)), (lambda case: passes(there, case))


def readers(root: Path, folder: Path) -> tuple[Passes, Passes]:
    """Return whether the reader of data passes a test, and whether Oxigraph's parser does."""

    def here(case: Case) -> set[ox.Quad]:
        data = case.action.read_bytes()
        if case.action.suffix in (".ttl", ".trig"):
            data = f"@base <{address(root, case.action)}> .\n".encode() + data
        path = folder / f"data{case.action.suffix}"
        path.write_bytes(data)
        engine = load_any([path]).engines.inside(whole=True)
        merged = engine.execute("CONSTRUCT WHERE { ?s ?p ?o }", N_TRIPLES)
        named = engine.select("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
        quads = [ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in named]  # type: ignore[arg-type]
        return canonical([*ox.parse(bytes(merged), format=ox.RdfFormat.N_TRIPLES), *quads])

    def there(case: Case) -> set[ox.Quad]:
        return whole(read(root, case.action))

    def whole(quads: list[ox.Quad]) -> set[ox.Quad]:
        """Return statements as a data set has them: numbers by value, and all triples in its default graph."""
        store = ox.Store()
        store.extend(quads)
        named = [quad for quad in store if quad.graph_name != ox.DefaultGraph()]
        return canonical([*(ox.Quad(*quad.triple) for quad in store), *named])

    def passes(found: Callable[[Case], set[ox.Quad]], case: Case) -> bool:
        try:
            statements = found(case)
        except (UnreadableData, SyntaxError, ValueError):
            return "Negative" in case.kind
        return "Negative" not in case.kind and (case.result is None or statements == whole(read(root, case.result)))

    return (lambda case: passes(here, case)), (lambda case: passes(there, case))
