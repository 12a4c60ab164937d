"""SPARQL that the engine does not read, or should not, is read as SPARQL 1.1 says."""

from __future__ import annotations

import json
import re

import pyoxigraph as ox
import pytest

from kg.sparql.engine import QuerySyntaxError
from kg.sparql.formats import JSON
from kg.sparql.grammar import respelt
from kg.sparql.oxigraph import EmbeddedEngine

DATA = """
<http://e/1.1.1.353> <http://e/a.b.c.d> "1.2.3" .
<http://e/1.1> <http://e/truth> true .
""".replace(" true ", ' "true"^^<http://www.w3.org/2001/XMLSchema#boolean> ').encode()
EC = "PREFIX ec: <http://e/> PREFIX : <http://e/> "


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    return EmbeddedEngine(DATA)


def column(engine: EmbeddedEngine, query: str) -> list[str]:
    found = json.loads(engine.execute(EC + query, JSON))
    return [term["value"] for row in found["results"]["bindings"] for term in row.values()]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (TRUE AS ?a) (False AS ?b) {}", ["true", "false"]),
        ("SELECT ?s { ?s ec:truth TRUE }", ["http://e/1.1"]),
        ("SELECT ?s { ?s ec:truth ?t FILTER(?t=TRUE&&!FALSE) }", ["http://e/1.1"]),
        ("SELECT ('TRUE' AS ?a) { }# TRUE", ["TRUE"]),
        ("SELECT ?o { ec:1.1.1.353 ?p ?o }", ["1.2.3"]),
        ("SELECT ?o {ec:1.1.1.353 ec:a.b.c.d ?o.}", ["1.2.3"]),
        ("SELECT ?o { :1.1.1.353 :a\\.b.c.d ?o }", ["1.2.3"]),
        ("SELECT ?x { VALUES ?x { ec:1.1.1.353 } }", ["http://e/1.1.1.353"]),
        ("SELECT (ec:a:b.c:d.e AS ?x) (ec:a.b:c.d AS ?y) {}", ["http://e/a:b.c:d.e", "http://e/a.b:c.d"]),
        ("SELECT (ec:1.1.1.353 AS ?x) {}", ["http://e/1.1.1.353"]),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?s IN (ec:1.1.1.353)) }", ["1"]),
        ("SELECT ?s { ?s ec:truth ?o . _:a.b.c ec:a.b.c.d '1.2.3' }", ["http://e/1.1"]),
    ],
)
def test_what_the_engine_does_not_read(engine: EmbeddedEngine, query: str, expected: list[str]) -> None:
    assert column(engine, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s <http://a.b.c/d.e> 'TRUE', \"x:a.b.c\", '''False''' } # TRUE x:a.b.c",
        "SELECT ?TRUE { ?s ?p true . FILTER(?s = false) }",
        "SELECT * { ?s ?p ec:a.b, ec:a\\.b\\.c . ?s ?p 1.5 }",
    ],
)
def test_what_is_read_as_it_stands_is_left(query: str) -> None:
    assert respelt(query) == query


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT * { ec:1.1.1.353 ?p ?o ?x }", 31),
        ("SELECT * { ?s ?p TRUE ; & }", 25),
        ("SELECT * { ec:a.b.c ec:a.b.c ec:a.b.c ec:a.b.c }", 39),
    ],
)
def test_errors_keep_their_place(engine: EmbeddedEngine, query: str, place: int) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        engine.execute(EC + query, JSON)
    assert (caught.value.line, caught.value.column) == (1, len(EC) + place)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("SELECT (COUNT(?o) AS ?o) { ?s ?p ?o }", "?o"),
        ("SELECT ?s (SUM(?o) AS ?p) { ?s ?p ?o } GROUP BY ?s", "?p"),
        ("SELECT ?s (1 AS ?p) { ?s ?p ?o } GROUP BY ?s", "?p"),
        ("SELECT ?n { { SELECT (COUNT(*) AS ?n) { GRAPH ?n { ?s ?p ?o } } } }", "?n"),
        ("SELECT (COUNT(*) AS ?n) FROM <urn:g> WHERE { { SELECT ?n { ?n ?p ?o } } }", "?n"),
        ("SELECT (SAMPLE(?o) AS ?o) { ?s ec:a.b.c.d ?o }", "?o"),
    ],
)
def test_a_name_in_use_is_refused(name: str, query: str) -> None:
    engine = EmbeddedEngine([ox.Quad(*[ox.NamedNode("urn:g")] * 4)])
    with pytest.raises(QuerySyntaxError, match=re.escape(f"at “{name}” (the pattern has a variable")) as caught:
        engine.execute(EC + query, JSON)
    assert caught.value.column == len(EC) + query.index(f"AS {name}") + 4


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(?o) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?x) { { SELECT ?s { ?s ?p ?x } } }",
        "SELECT (COUNT(*) AS ?x) { ?s ?p ?o MINUS { ?s ?p ?x } FILTER NOT EXISTS { ?x ?p ?o } }",
        "SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } FILTER(?n > 0) }",
        "SELECT (EXISTS { ?s ?p ?n BIND(1 AS ?m) } AS ?e) (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(?o) > 0)",
    ],
)
def test_a_new_name_is_none(engine: EmbeddedEngine, query: str) -> None:
    engine.execute(query, JSON)
