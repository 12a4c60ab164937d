"""A query that finds nothing is told which of its terms the data has not, and what is near."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.sparql import unknown_terms as module
from kg.sparql.formats import JSON, MEDIA_TYPES
from kg.sparql.lexer import shape_of
from kg.sparql.oxigraph import EmbeddedEngine
from kg.sparql.unknown_terms import as_header, unknown_terms
from kg.spreadsheet import XLSX

DATA = b"""
<urn:c1> <https://schema.org/text> "Leaders create culture."@en <urn:named> .
<urn:c1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Claim> .
<urn:c1> <http://www.w3.org/2004/02/skos/core#prefLabel> "Culture"@en .
<urn:c1> <http://www.w3.org/2004/02/skos/core#altLabel> "Kultur"@de .
<urn:c1> <urn:ns#size> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .
"""
NO = " occurs nowhere in the data"
NEAR = f"{NO}; near it is "
PREFIXES = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX schema: <https://schema.org/> "


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    return EmbeddedEngine(DATA, base="https://w3id.org/seminar-kg/")


def said(engine: EmbeddedEngine, query: str, media_type: str | None = None) -> list[str]:
    media_type = media_type or MEDIA_TYPES[shape_of(query).form or "SELECT"][0]
    return [str(each) for each in unknown_terms(query, engine.execute(query, media_type), engine)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "PREFIX s: <http://schema.org/> SELECT * { ?c s:text ?t }",
            [f"<http://schema.org/text>{NEAR}<https://schema.org/text>"],
        ),
        (
            "SELECT * { ?c skos:preflabel ?l }",
            [f"skos:preflabel{NEAR}skos:prefLabel"],
        ),
        ("SELECT * { ?c schema:txt ?l }", [f"schema:txt{NEAR}schema:text"]),
        ('SELECT * { ?c ?p "Culture" }', [f'"Culture"{NEAR}"Culture"@en']),
        ('SELECT * { ?c ?p "culture"@en }', [f'"culture"@en{NEAR}"Culture"@en']),
        (
            "SELECT * { ?c ?p 'Cultur'@en }",
            [f'"Cultur"@en{NEAR}"Culture"@en or "Kultur"@de'],
        ),
        (
            'SELECT * { ?c ?p ?l FILTER(?l = "Culture") }',
            [f'"Culture"{NEAR}"Culture"@en'],
        ),
        (
            'SELECT * { ?c ?p ?l FILTER("Culture"@de = ?l) }',
            [f'"Culture"@de{NEAR}"Culture"@en'],
        ),
        (
            "ASK { ?c a <https://schema.org/claim> }",
            [f"schema:claim{NEAR}schema:Claim"],
        ),
        ("DESCRIBE <urn:nothing-like-it>", [f"<urn:nothing-like-it>{NO}"]),
        (
            "CONSTRUCT { ?c <urn:own> ?t } { ?c schema:Text ?t }",
            [f"schema:Text{NEAR}schema:text"],
        ),
        ("SELECT * { <concept/x> ?p ?o }", [f"<https://w3id.org/seminar-kg/concept/x>{NO}"]),
        # Nothing that has to be in the data:
        ('SELECT * { ?c schema:text ?t FILTER(CONTAINS(?t, "no such words")) }', []),
        ("SELECT * { ?c <urn:ns#size> ?n FILTER(<http://www.w3.org/2001/XMLSchema#date>(?n) = ?n) }", []),
        ("SELECT * { GRAPH <urn:none> { ?s ?p ?o } }", []),
        # What was found is not explained:
        ("SELECT * { ?c a schema:Claim OPTIONAL { ?c schema:txt ?t } }", []),
        ("ASK { ?c a schema:Claim OPTIONAL { ?c schema:txt ?t } }", []),
        ("SELECT * { GRAPH <urn:named> { ?c schema:text ?t } }", []),
    ],
)
def test_what_is_said(engine: EmbeddedEngine, query: str, expected: list[str]) -> None:
    assert said(engine, PREFIXES + query) == [f"{each}." for each in expected]


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_in_every_format(engine: EmbeddedEngine, form: str) -> None:
    head = {"SELECT": "SELECT *", "CONSTRUCT": "CONSTRUCT { ?c <urn:ns#p> ?o }", "DESCRIBE": "DESCRIBE ?c"}.get(
        form, form
    )
    for media_type in {*MEDIA_TYPES[form]} - {XLSX}:  # type: ignore[index]
        assert said(engine, f"{head} {{ ?c <urn:ns#sizes> ?o }}", media_type), media_type
        assert not said(engine, f"{head} {{ ?c <urn:ns#size> ?o }}", media_type), media_type


@pytest.mark.parametrize("media_type", sorted({*MEDIA_TYPES["SELECT"]} - {XLSX}))
def test_a_count_of_nothing_is_explained_too(engine: EmbeddedEngine, media_type: str) -> None:
    for values, is_said in (
        ("(COUNT(*) AS ?n)", True),
        ("(COUNT(?c) AS ?n) (COUNT(DISTINCT ?o) AS ?m)", True),
        ("(COUNT(*) AS ?n) (1 AS ?m)", False),
        ("(COUNT(*) AS ?n) ('0,0' AS ?m)", False),
        ("(COUNT(*) AS ?n) (MAX(?o) AS ?m)", False),
    ):
        assert bool(said(engine, f"SELECT {values} {{ ?c <urn:ns#sizes> ?o }}", media_type)) is is_said, values
    assert not said(engine, "SELECT ?n { VALUES ?n { 0 0 } OPTIONAL { ?c <urn:ns#sizes> ?o } }", media_type)


def test_much_is_not_listed_and_long_is_cut(engine: EmbeddedEngine) -> None:
    triples = " . ".join(f"?c <urn:{'x' * 200}{number}> ?o" for number in range(9))
    found = said(engine, f"SELECT * {{ {triples} }}")
    assert len(found) == module.MOST_NAMED
    assert all(len(each) < 200 for each in found)


def test_large_data_gives_no_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TERMS", 4)
    assert said(EmbeddedEngine(DATA), "SELECT * { ?c <urn:ns#sizes> ?o }") == []


def test_a_header_holds_ascii_alone() -> None:
    engine = EmbeddedEngine([ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("नाम"))])
    query = 'SELECT * { ?s ?p "नाम\\n"@hi }'
    header = as_header(unknown_terms(query, engine.execute(query, JSON), engine))
    assert header.isascii()
    assert header.isprintable()
    assert header.startswith('"%E0%A4%A8')
    long = " ".join(f'?s ?p "{each * 200}"@hi .' for each in "😀😁😂")
    header = as_header(unknown_terms(f"SELECT * {{ {long} }}", engine.execute("SELECT * { ?s ?p 1 }", JSON), engine))
    assert 0 < len(header) <= module.MOST_HEADER
