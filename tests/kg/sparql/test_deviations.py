"""Each way in which the engine differs is named where a query meets it, and what is advised works."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.sparql.deviations import BACK_REFERENCE, BLANK_NODE, EMPTY_PATH, GRAPH_VARIABLE, REPLACEMENT, deviations
from kg.sparql.formats import JSON
from kg.sparql.oxigraph import EmbeddedEngine

DATA = b"<urn:s> <urn:p> 'a' <urn:g> .\n<urn:t> <urn:p> 'b' <urn:h> .\n".replace(b"'", b'"')


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('SELECT (REPLACE(?x, "(b)", "$1s") AS ?y) {}', [REPLACEMENT]),
        ('SELECT (REPLACE(?x, "(b)", "${1}s") AS ?y) {}', []),
        ('SELECT (REPLACE(?x, "(b)", "$1 s") AS ?y) {}', []),
        ('SELECT ("$1s" AS ?y) {}', []),
        (r'ASK { FILTER(REGEX(?x, "(a)\\1")) }', [BACK_REFERENCE]),
        (r'ASK { FILTER(REGEX(?x, "a\\d1")) }', []),
        ('SELECT (BNODE("x") AS ?b) {}', [BLANK_NODE]),
        ("SELECT (BNODE(?x) AS ?b) {}", [BLANK_NODE]),
        ("SELECT (BNODE() AS ?b) {}", []),
        ("SELECT * { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", [GRAPH_VARIABLE]),
        ("SELECT * { GRAPH ?g { ?s ?p ?o MINUS { ?s ?p 1 } } }", [GRAPH_VARIABLE]),
        ("SELECT * { GRAPH <urn:g> { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", []),
        ("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", []),
        ("SELECT * { ?s ?p ?o }", []),
    ],
)
def test_what_is_named(query: str, expected: list[str]) -> None:
    assert list(deviations(query)) == expected


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT * { ?s <urn:p>* <urn:x> }", True),
        ("SELECT * { ?s (<urn:p>/<urn:q>)? <urn:x> }", True),
        ("SELECT * { ?s a? <urn:x> }", True),
        ("SELECT * { ?s <urn:p> ?x }", False),
        ("SELECT (COUNT(*) AS ?n) { ?s <urn:p>+ <urn:x> BIND(2 * ?y AS ?z) }", False),
    ],
)
def test_paths_are_named_where_a_term_is_unknown(query: str, named: bool) -> None:
    assert (EMPTY_PATH in deviations(query, has_unknown_terms=True)) is named
    assert deviations(query) == ()


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ('SELECT (REPLACE("abc", "(b)", "${1}s") AS ?x) {}', [{"x": "absc"}]),
        (
            'SELECT (1 AS ?x) { FILTER(REPLACE("a-a", "^(a+)-(a+)$", "$1") = REPLACE("a-a", "^(a+)-(a+)$", "$2")) }',
            [{"x": "1"}],
        ),
        (
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
            [{"g": "urn:g", "n": "1"}, {"g": "urn:h", "n": "1"}],
        ),
        ("SELECT ?x { { BIND(<urn:none> AS ?x) } UNION { ?x <urn:p>+ <urn:none> } }", [{"x": "urn:none"}]),
        ("SELECT (COUNT(DISTINCT ?b) AS ?n) { VALUES ?v { 1 2 } BIND(BNODE() AS ?b) }", [{"n": "2"}]),
    ],
)
def test_what_is_advised_works(query: str, rows: list[dict[str, Any]]) -> None:
    found = json.loads(EmbeddedEngine(DATA).execute(query, JSON))["results"]["bindings"]
    assert [{name: term["value"] for name, term in row.items()} for row in found] == rows
