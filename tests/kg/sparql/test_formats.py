"""What is written in each format is read back, mostly by rdflib's parsers, as the terms that the data has."""

import csv
import io

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.query import Result

from kg.sparql.formats import CSV, JSON, JSON_LD, N_TRIPLES, RDF_XML, TSV, TURTLE, XML
from kg.sparql.oxigraph import EmbeddedEngine

XSD = "http://www.w3.org/2001/XMLSchema#"
# XML has no other control characters, and reads CR as LF.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("\"'\\<>&,;\t\n ?_:@^"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=10,
)
NUMBERS = [("1", "integer"), ("1.5", "decimal"), ("1000", "double"), ("2014-06-10", "date"), ("TRUE", "boolean")]
TERMS = st.one_of(
    TEXTS.map(ox.Literal),
    st.tuples(TEXTS, st.sampled_from(["en", "en-gb", "zh-hant"])).map(
        lambda pair: ox.Literal(pair[0], language=pair[1])
    ),
    st.sampled_from(NUMBERS).map(lambda pair: ox.Literal(pair[0], datatype=ox.NamedNode(XSD + pair[1]))),
    TEXTS.map(lambda text: ox.Literal(text, datatype=ox.NamedNode("urn:own"))),
    st.sampled_from(["urn:x", "http://x/é?a=b&c='d'#e", "http://x/(y),;z"]).map(ox.NamedNode),
)
QUERY = "SELECT ?none ?o ?s { ?s <urn:p> ?o }"


@pytest.fixture(autouse=True)
def as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def engine_with(terms: list[ox.NamedNode | ox.Literal]) -> EmbeddedEngine:
    return EmbeddedEngine([ox.Triple(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), o) for n, o in enumerate(terms)])


def plain(term: object) -> tuple[str, str, str]:
    """Return a term of either library as text, language and datatype."""
    match term:
        case ox.Literal():
            language = term.language or ""
            datatype = "" if language or term.datatype.value == XSD + "string" else term.datatype.value
            return term.value, language, datatype
        case ox.NamedNode():
            return term.value, "iri", ""
        case rdflib.Literal():
            return str(term), term.language or "", str(term.datatype or "")
    assert isinstance(term, rdflib.URIRef)
    return str(term), "iri", ""


@settings(max_examples=100, deadline=None)
@given(st.lists(TERMS, min_size=1, max_size=6))
@pytest.mark.parametrize(("media_type", "name"), [(JSON, "json"), (XML, "xml")])
def test_tables(media_type: str, name: str, terms: list[ox.NamedNode | ox.Literal]) -> None:
    result = Result.parse(io.BytesIO(engine_with(terms).execute(QUERY, media_type)), format=name)
    assert [str(variable) for variable in result.vars or ()] == ["none", "o", "s"]
    rows = [{str(name): term for name, term in row.items()} for row in result.bindings]
    found = {str(row["s"]): plain(row["o"]) for row in rows}
    assert found == {f"urn:s{n}": plain(term) for n, term in enumerate(terms)}
    assert not any("none" in row for row in rows)


@settings(max_examples=100, deadline=None)
@given(st.lists(TERMS, min_size=1, max_size=6))
def test_csv(terms: list[ox.NamedNode | ox.Literal]) -> None:
    text = engine_with(terms).execute(QUERY, CSV).decode()
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == ["none", "o", "s"]
    assert {s: (none, o) for none, o, s in rows} == {f"urn:s{n}": ("", term.value) for n, term in enumerate(terms)}


@settings(max_examples=100, deadline=None)
@given(st.lists(TERMS, min_size=1, max_size=6))
def test_tsv(terms: list[ox.NamedNode | ox.Literal]) -> None:
    head, *rows = engine_with(terms).execute(QUERY, TSV).decode().removesuffix("\n").split("\n")
    assert head == "?none\t?o\t?s"
    found = {}
    for row in rows:
        none, written, subject = row.split("\t")
        assert none == ""
        (triple,) = ox.parse(f"<urn:a> <urn:b> {written} .", ox.RdfFormat.TURTLE)
        found[subject] = plain(triple.object)
    assert found == {f"<urn:s{n}>": plain(term) for n, term in enumerate(terms)}


@settings(max_examples=60, deadline=None)
@given(st.lists(TERMS, min_size=1, max_size=6))
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(
    ("media_type", "name"), [(TURTLE, "turtle"), (N_TRIPLES, "nt"), (JSON_LD, "json-ld"), (RDF_XML, "xml")]
)
def test_graphs(media_type: str, name: str, terms: list[ox.NamedNode | ox.Literal]) -> None:
    query = "CONSTRUCT { ?s <urn:ns#q> ?o } { ?s <urn:p> ?o }"
    written = bytes(engine_with(terms).execute(query, media_type))
    if media_type == TURTLE:  # where rdflib spells numbers in its own way
        found = {triple.subject.value: plain(triple.object) for triple in ox.parse(written, ox.RdfFormat.TURTLE)}
    else:
        found = {str(s): plain(o) for s, _, o in rdflib.Graph().parse(data=written, format=name)}
    assert found == {f"urn:s{n}": plain(term) for n, term in enumerate(terms)}
