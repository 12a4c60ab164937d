"""Prefixes that are left out, and values given as text."""

from __future__ import annotations

import pytest

from kg.shorthand import bound, run, term
from kg.store import QuerySyntaxError
from kg.vocabulary import PREFIXES

CULTURE = "<https://w3id.org/seminar-kg/concept/culture>"
XSD = PREFIXES["xsd"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("concept:culture", CULTURE),
        (CULTURE, CULTURE),
        ("https://w3id.org/seminar-kg/concept/culture", CULTURE),
        ("12", f'"12"^^<{XSD}integer>'),
        ("-3", f'"-3"^^<{XSD}integer>'),
        ("1.50", f'"1.50"^^<{XSD}decimal>'),
        ("1" * 30, f'"{"1" * 30}"'),
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


@pytest.mark.parametrize("value", ["<not an iri>", "concept:a{b}", "http://a<b>"])
def test_a_broken_iri_is_one_sentence(value: str) -> None:
    with pytest.raises(ValueError, match=r"^Invalid IRI: .*\.$"):
        term(value)


def test_a_value_without_its_block() -> None:
    with pytest.raises(ValueError, match=r"no VALUES \?x \{ \} block: write VALUES \?x \{ \} .*\.$"):
        bound("SELECT * {}", {"x": ["1"]})


def test_prefixes_are_put_in_front_and_not_counted() -> None:
    def fail(query: str) -> str:
        assert query.startswith("PREFIX schema: <https://schema.org/>\nPREFIX skos:")
        raise QuerySyntaxError("Syntax error at line 4, column 3, at “x”.", 4, 3)

    with pytest.raises(QuerySyntaxError) as raised:
        run("SELECT ?x\n{ ?x schema:name/skos:note ?y", fail)
    assert (str(raised.value), raised.value.line) == ("Syntax error at line 2, column 3, at “x”.", 2)
