"""Prefixes that are left out, and values given as text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.sparql.engine import QuerySyntaxError
from kg.sparql.query_text import bind
from kg.sparql.terms import bound, run, term
from kg.vocabulary import PREFIXES

CULTURE = "<https://w3id.org/seminar-kg/concept/culture>"
XSD = PREFIXES["xsd"]


def test_names_and_prefixes_are_of_any_script() -> None:
    query = "PREFIX ना: <urn:n/> SELECT ?ชื่อ { VALUES ?ชื่อ { } }"
    assert "{ <urn:n/x> }" in bound(query, {"?ชื่อ": "ना:x"})
    assert "{ <urn:n/x> }" in bound(query, {"ชื่อ": "<urn:n/x>"})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("concept:culture", CULTURE),
        (CULTURE, CULTURE),
        ("https://w3id.org/seminar-kg/concept/culture", CULTURE),
        ("12", f'"12"^^<{XSD}integer>'),
        ("-3", f'"-3"^^<{XSD}integer>'),
        ("1.50", f'"1.50"^^<{XSD}decimal>'),
        ("1" * 30, f'"{"1" * 30}"^^<{XSD}integer>'),
        (".5", f'".5"^^<{XSD}decimal>'),
        ("1e3", f'"1e3"^^<{XSD}double>'),
        ("-1.5E-3", f'"-1.5E-3"^^<{XSD}double>'),
        ("1.", '"1."'),
        ("1e", '"1e"'),
        ("१२", '"१२"'),
        ("urn:x:y", "<urn:x:y>"),
        ("mailto:a@example.org", "<mailto:a@example.org>"),
        ("ftp://example.org/", "<ftp://example.org/>"),
        ("<concept/culture>", CULTURE),
        ("<urn:x>", "<urn:x>"),
        ("10:30", '"10:30"'),
        ("Note:", '"Note:"'),
        ("see https://example.org", '"see https://example.org"'),
        ('"foo:bar"', '"foo:bar"'),
        ("'foo:bar'", '"foo:bar"'),
        ("'tis", '"\'tis"'),
        ("culture", '"culture"'),
        ("note: this", '"note: this"'),
        ("concept:a culture", '"concept:a culture"'),
        ("", '""'),
        ('"Culture"@en', '"Culture"@en'),
        ('"12"', '"12"'),
        ('"2014-06-06"^^xsd:date', f'"2014-06-06"^^<{XSD}date>'),
        ('say "hi"', '"say \\"hi\\""'),
        ('"a" . <urn:x> <urn:y> "b"', '"\\"a\\" . <urn:x> <urn:y> \\"b\\""'),
        ('" } ?a ?b ?c . { "', '" } ?a ?b ?c . { "'),
    ],
)
def test_a_text_stands_for_a_term(value: str, expected: str) -> None:
    assert str(term(value)) == expected


@pytest.mark.parametrize("value", ["<not an iri>", "concept:a{b}", "http://a<b>", "urn:a{b}"])
def test_a_broken_iri_is_one_sentence(value: str) -> None:
    with pytest.raises(ValueError, match=r"^Invalid IRI: .*\.$"):
        term(value)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("foo:bar", r'^Unknown prefix “foo:”: known are cito:, .*; write <foo:bar> for .*"foo:bar" in its .*\.$'),
        ('"x"^^foo:bar', r"^Unknown prefix “foo:”: known are cito:, .*xsd:\.$"),
        ("_:b1", r"is a blank node, .*\.$"),
        ('"a\\q"', r"is not a literal as SPARQL writes one; .*\.$"),
        ('"a"@', r"is not a literal as SPARQL writes one; .*\.$"),
    ],
)
def test_what_looks_like_a_term_and_is_none(value: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        term(value)


def test_the_prefixes_of_the_query_count_too() -> None:
    query = "PREFIX foo: <urn:foo:>\nPREFIX concept: <urn:concept:>\nSELECT * { VALUES ?x { } }"
    assert "{ <urn:foo:bar> }" in bound(query, {"x": "foo:bar"})
    assert '{ "a"^^<urn:foo:bar> }' in bound(query, {"x": '"a"^^foo:bar'})
    assert "{ <urn:concept:culture> }" in bound(query, {"x": "concept:culture"})
    assert f"{{ {CULTURE} }}" in bound(query, {"x": CULTURE})  # concept:culture would be another here


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (rdflib.URIRef("urn:x"), "<urn:x>"),
        (rdflib.Literal("concept:culture"), '"concept:culture"'),
        (rdflib.Literal("Culture", lang="en"), '"Culture"@en'),
        (rdflib.Literal("01", datatype=XSD + "integer", normalize=False), f'"01"^^<{XSD}integer>'),
        (ox.NamedNode("urn:x"), "<urn:x>"),
        (ox.Literal("concept:culture"), '"concept:culture"'),
        (True, f'"true"^^<{XSD}boolean>'),
        (2**80, f'"{2**80}"^^<{XSD}integer>'),
        (1.5, f'"1.5"^^<{XSD}double>'),
        (float("-inf"), f'"-INF"^^<{XSD}double>'),
        (float("nan"), f'"NaN"^^<{XSD}double>'),
        (Decimal("1.50"), f'"1.50"^^<{XSD}decimal>'),
        (Decimal("1E+3"), f'"1000"^^<{XSD}decimal>'),
        (date(2014, 6, 6), f'"2014-06-06"^^<{XSD}date>'),
        (datetime(2014, 6, 6, 9, 15), f'"2014-06-06T09:15:00"^^<{XSD}dateTime>'),
        (
            datetime(2014, 6, 6, 9, 15, tzinfo=timezone(timedelta(hours=1))),
            f'"2014-06-06T09:15:00+01:00"^^<{XSD}dateTime>',
        ),
        (time(9, 15), f'"09:15:00"^^<{XSD}time>'),
        (["a", rdflib.URIRef("urn:x"), 1], f'"a" <urn:x> "1"^^<{XSD}integer>'),
        ((1, 2), f'"1"^^<{XSD}integer> "2"^^<{XSD}integer>'),
        ([], ""),
    ],
)
def test_a_python_value_stands_for_a_term(value: object, expected: str) -> None:
    for name in ("x", "?x", "$x"):
        assert bound("SELECT * { VALUES ?x { } }", {name: value}) == f"SELECT * {{ VALUES ?x {{ {expected} }} }}"


def test_several_values_may_come_one_by_one() -> None:
    assert bound("VALUES ?x { }", {"x": (word for word in ("a", "b"))}) == 'VALUES ?x { "a" "b" }'


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        (None, TypeError, "None stands for no term"),
        (b"x", TypeError, "a value of type bytes stands for no term"),
        ({"a": 1}, TypeError, "a value of type dict"),
        ([["a"]], TypeError, "a value of type list"),
        (timedelta(1), TypeError, "a value of type timedelta"),
        (Path("x"), TypeError, "stands for no term"),
        (rdflib.Variable("y"), TypeError, "a variable"),
        (rdflib.BNode("b"), ValueError, "a blank node"),
        (ox.BlankNode(), ValueError, "a blank node"),
        (rdflib.URIRef("relative"), ValueError, "Invalid IRI"),
        (Decimal("NaN"), ValueError, "xsd:decimal has no NaN"),
        ("\ud800", ValueError, "surrogate"),
        ("<not an iri>", ValueError, "Invalid IRI"),
    ],
)
def test_what_stands_for_no_term_is_a_sentence_that_names_the_binding(
    value: object, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=rf"^\?c: .*{message}.*\.$"):
        bound("SELECT * { VALUES ?c { } }", {"c": value})


@pytest.mark.parametrize("names", [{"x": 1, "?x": 2}, {"a b": 1}, {"": 1}, {3: 1}])
def test_names_of_bindings(names: dict[str, int]) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^[^.]*\.$"):
        bound("SELECT * { VALUES ?x { } }", names)


def test_a_value_without_its_block() -> None:
    with pytest.raises(ValueError, match=r"no VALUES \?x \{ \} block: write VALUES \?x \{ \} .*\.$"):
        bound("SELECT * {}", {"x": ["1"]})


FILLED = 'VALUES ?x { "a" }'


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ VALUES ?x { } }", f"{{ {FILLED} }}"),
        ("{ values?x{1 2}}", f"{{ {FILLED}}}"),
        ("{ VALUES $x { } }", f"{{ {FILLED} }}"),
        ("{ VALUES (?x) { (1) (UNDEF) } }", f"{{ {FILLED} }}"),
        ("{ VALUES # VALUES ?x { }\n ?x # {\n { '}' # }\n \"{\" } }", f"{{ {FILLED} }}"),
        ("{ VALUES ?x { } VALUES ?y { } } VALUES ?x { 1 }", f"{{ {FILLED} VALUES ?y {{ }} }} {FILLED}"),
        ("{ ?s ?p 'VALUES ?x { }' VALUES ?x { } }", f"{{ ?s ?p 'VALUES ?x {{ }}' {FILLED} }}"),
        ("# VALUES ?x { }\n{ VALUES ?x { } }", f"# VALUES ?x {{ }}\n{{ {FILLED} }}"),
    ],
)
def test_blocks_are_found_where_they_are_blocks(query: str, expected: str) -> None:
    assert bind(query, {"x": [ox.Literal("a")]}) == expected


@pytest.mark.parametrize(
    "query",
    ["{ ?s ?p 'VALUES ?x { }' }", "# VALUES ?x { }", "VALUES ?xy { }", "VALUES (?x ?y) { }", "VALUES ?x {", "VALUES"],
)
def test_what_is_no_block(query: str) -> None:
    with pytest.raises(KeyError, match=r"no VALUES \?x \{ \} block"):
        bind(query, {"x": [ox.Literal("a")]})


def test_a_term_that_looks_like_a_block_is_not_filled() -> None:
    filled = bind("VALUES ?x { } VALUES ?ü { }", {"x": [ox.Literal("VALUES ?ü { }")], "ü": [ox.Literal("b")]})
    assert filled == 'VALUES ?x { "VALUES ?ü { }" } VALUES ?ü { "b" }'


def test_prefixes_are_put_in_front_and_not_counted() -> None:
    def fail(query: str) -> str:
        assert query.startswith("PREFIX schema: <https://schema.org/>\nPREFIX skos:")
        raise QuerySyntaxError("Syntax error at line 4, column 3, at “x”.", 4, 3)

    with pytest.raises(QuerySyntaxError) as raised:
        run("SELECT ?x\n{ ?x schema:name/skos:note ?y", fail)
    assert (str(raised.value), raised.value.line) == ("Syntax error at line 2, column 3, at “x”.", 2)
