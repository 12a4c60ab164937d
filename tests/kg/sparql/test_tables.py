"""Tables: cut exactly at the limit, whatever their texts look like, with the columns of the query."""

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sparql.engine import Result, ResultTooLarge
from kg.sparql.formats import CSV, JSON, TSV, XML
from kg.sparql.limits import Limits
from kg.sparql.oxigraph import EmbeddedEngine

XSD = "http://www.w3.org/2001/XMLSchema#"
# Texts that look like the seams of the document.
TRAPS = [
    '},{"o":{',
    "]}}",
    '\\"},{\\"',
    '"o":{"type":"literal","value":"1","datatype":"' + XSD + 'integer"}',
    "\\",
    "}",
    "",
    "</result>",
    "\n\n",
    "\r\n,\t",
]
TEXTS = st.one_of(st.sampled_from(TRAPS), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
LITERALS = st.one_of(
    TEXTS.map(ox.Literal),
    TEXTS.map(lambda text: ox.Literal(text, language="en")),
    st.sampled_from(["7", "1", "-7", "x", "2014-06-10T00:00:00Z", "true", "1"]).map(
        lambda text: ox.Literal(text, datatype=ox.NamedNode(XSD + "integer"))
    ),
    st.sampled_from(["2.0", "1.5", "x"]).map(lambda text: ox.Literal(text, datatype=ox.NamedNode(XSD + "decimal"))),
)


def bindings(terms: list[ox.Literal]) -> list[dict[str, str]]:
    return sorted(
        (
            {"value": term.value}
            | ({"xml:lang": term.language} if term.language else {})
            | ({"datatype": term.datatype.value} if term.datatype.value.startswith(XSD) else {})
            for term in terms
        ),
        key=repr,
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(LITERALS, max_size=12, unique=True), st.integers(1, 6))
def test_rows_are_cut_and_keep_their_terms(literals: list[ox.Literal], most: int) -> None:
    data = [ox.Triple(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), value) for n, value in enumerate(literals)]
    for limits in (Limits(), Limits(rows=most)):
        engine = EmbeddedEngine(data, limits)
        result = engine.execute("SELECT ?s ?o { ?s <urn:p> ?o }", JSON)
        document = json.loads(result)
        rows = document["results"]["bindings"]
        assert document["head"]["vars"] == ["s", "o"]
        assert len(rows) == min(len(literals), limits.rows)
        assert result.truncated == (len(literals) > limits.rows)
        same = [dict(solution) for solution in engine.select("SELECT ?s ?o { ?s <urn:p> ?o }")][: len(rows)]
        found = [{key: value for key, value in row["o"].items() if key != "type"} for row in rows]
        for row in found:
            assert row.get("datatype") != XSD + "string"
            if "datatype" not in row and "xml:lang" not in row:
                row["datatype"] = XSD + "string"
        assert sorted(found, key=repr) == bindings([row["o"] for row in same])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?b <urn:p> ?a }", '{"head":{"vars":["b","a"]},"results":{"bindings":['
         '{"b":{"type":"uri","value":"urn:s"},"a":{"type":"literal","value":"1","datatype":"INTEGER"}}]}}'),
        ("SELECT ?a (1 AS ?o) { ?b <urn:p> ?a }", '{"head":{"vars":["a","o"]},"results":{"bindings":['
         '{"a":{"type":"literal","value":"1","datatype":"INTEGER"},'
         '"o":{"type":"literal","value":"1","datatype":"INTEGER"}}]}}'),
        ("SELECT * {}", '{"head":{"vars":[]},"results":{"bindings":[{}]}}'),
        ("SELECT ?no { VALUES ?no { UNDEF } }", '{"head":{"vars":["no"]},"results":{"bindings":[{}]}}'),
    ],
)  # fmt: skip
def test_columns_and_computed_values(query: str, expected: str) -> None:
    engine = EmbeddedEngine(f'<urn:s> <urn:p> "1"^^<{XSD}integer> .\n'.encode())
    found, wanted = json.loads(engine.execute(query, JSON)), json.loads(expected.replace("INTEGER", XSD + "integer"))
    assert found == wanted
    assert [list(row) for row in found["results"]["bindings"]] == [list(row) for row in wanted["results"]["bindings"]]


@pytest.mark.parametrize("text", ["},{", "x", '"},{"'])
def test_a_result_that_is_too_large_is_none(text: str) -> None:
    data = "".join(f"<urn:s> <urn:p> {ox.Literal(text * 1_000 + str(n))} .\n" for n in range(40)).encode()
    few, many = Limits(rows=5, result_bytes=38_000), Limits(rows=50, result_bytes=38_000)
    with pytest.raises(ResultTooLarge):
        EmbeddedEngine(data, many).execute("SELECT ?o { ?s ?p ?o }", JSON)
    result = EmbeddedEngine(data, few).execute("SELECT ?o { ?s ?p ?o }", JSON)
    assert (result.truncated, len(json.loads(result)["results"]["bindings"])) == (True, 5)


@settings(max_examples=100, deadline=None)
@given(st.lists(LITERALS, max_size=12, unique=True), st.integers(1, 6))
@pytest.mark.parametrize("media_type", [JSON, XML, CSV, TSV])
def test_every_format_is_cut_alike(media_type: str, literals: list[ox.Literal], most: int) -> None:
    values = [
        each for each in literals if media_type != XML or not set(each.value) - set('},{o:\\"]\n\r\t<>/result,1x')
    ]
    data = [ox.Triple(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), value) for n, value in enumerate(values)]
    query = "SELECT ?s ?o { ?s <urn:p> ?o } ORDER BY ?s"
    whole, cut = (EmbeddedEngine(data, limits).execute(query, media_type) for limits in (Limits(), Limits(rows=most)))
    assert cut.truncated == (len(values) > most)
    assert rows_of(cut) == rows_of(whole)[:most]


def rows_of(table: Result) -> list[object]:
    """Return what a reader of the format finds in each row."""
    if table.media_type == JSON:
        return list(json.loads(table)["results"]["bindings"])
    if table.media_type == XML:
        return [ElementTree.tostring(row) for row in ElementTree.fromstring(table)[1]]
    if table.media_type == CSV:
        return list(csv.reader(io.StringIO(table.decode(), newline="")))[1:]
    return list(table.decode().removesuffix("\n").split("\n")[1:])
