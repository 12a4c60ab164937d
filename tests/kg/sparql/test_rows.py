"""Results as Python values."""

from __future__ import annotations

import builtins
import logging
import pickle
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rdflib import XSD, Graph, Literal, URIRef

from kg.graph.export import all_triples
from kg.library import Library, open_library
from kg.sparql.engine import QuerySyntaxError
from kg.sparql.rows import MissingExtraError, Rows
from kg.vocabulary import CONCEPT


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("'text'", "text"),
        ("'text'@en", "text"),
        ("concept:culture", "https://w3id.org/seminar-kg/concept/culture"),
        ("5", 5),
        ("'05'^^xsd:nonNegativeInteger", 5),
        ("1.50", Decimal("1.5")),
        ("1.5e0", 1.5),
        ("true", True),
        ("'2014-06-06'^^xsd:date", date(2014, 6, 6)),
        ("'2014-06-06T09:15:00'^^xsd:dateTime", datetime(2014, 6, 6, 9, 15)),
        (
            "'2014-06-06T09:15:00+01:00'^^xsd:dateTime",
            datetime(2014, 6, 6, 9, 15, tzinfo=timezone(timedelta(hours=1))),
        ),
        ("'09:15:00'^^xsd:time", time(9, 15)),
        ("'2014'^^xsd:gYear", "2014"),
        ("'five'^^xsd:integer", "five"),
        ("'0x10'^^xsd:integer", "0x10"),
        ("'1_000'^^xsd:integer", "1_000"),
        ("' 5 '^^xsd:integer", " 5 "),
        ("'٥'^^xsd:integer", "٥"),
        ("'1e3'^^xsd:decimal", "1e3"),
        ("'-INF'^^xsd:double", float("-inf")),
        ("'yes'^^xsd:boolean", "yes"),
        ("'20140606'^^xsd:date", "20140606"),
        ("'2014-06-31'^^xsd:date", "2014-06-31"),
        ("'2014-06-06 09:15:00'^^xsd:dateTime", "2014-06-06 09:15:00"),
        ("'<b>'^^rdf:XMLLiteral", "<b>"),
        ("?unbound", None),
    ],
)
def test_terms_become_python_values(library: Library, term: str, value: object) -> None:
    row = library.query(f"SELECT ?value ?unbound {{ BIND({term} AS ?value) }}")[0]
    assert (row["value"], type(row["value"])) == (value, type(value))
    assert row["unbound"] is None


def test_ill_typed_literals_are_no_news(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    query = "CONSTRUCT { <urn:a> <urn:b> ?x } WHERE { VALUES ?x { '0x10'^^xsd:integer 'abc'^^xsd:hexBinary } }"
    found = library.query(query)
    assert sorted(row["object"] for row in found) == ["0x10", "abc"]
    assert len(found.to_graph()) == 2
    assert not caplog.records
    with caplog.at_level(logging.WARNING):
        assert Literal("0x10", datatype=XSD.integer).value is None
    assert caplog.records  # what others make of rdflib is theirs to hear of


def test_a_blank_node_is_the_same_in_rows_of_each_form(tmp_path: Path) -> None:
    file = tmp_path / "blank.ttl"
    file.write_text("<urn:a> <urn:b> [ <urn:c> 1 ] .", "utf-8")
    library = open_library(file)
    ((node,),) = library.query("SELECT ?x { <urn:a> <urn:b> ?x }")
    ((_, _, same),) = library.query("CONSTRUCT WHERE { <urn:a> <urn:b> ?x }")
    assert node.startswith("_:")
    assert same == node


@pytest.fixture(scope="module")
def rows(library: Library) -> Rows:
    found = library.query("SELECT ?label ?n { concept:culture skos:prefLabel ?label BIND(1 AS ?n) }")
    assert isinstance(found, Rows)
    return found


class TestRows:
    def test_a_row_goes_by_name_by_number_and_as_a_tuple(self, rows: Rows) -> None:
        (row,) = rows
        assert (row["label"], row[0], row[-1], row[:1]) == ("Culture", "Culture", 1, ("Culture",))
        assert tuple(row) == ("Culture", 1)
        assert row.as_dict() == {"label": "Culture", "n": 1}
        label, number = row
        assert (label, number) == ("Culture", 1)

    def test_rows_can_be_sent_to_another_process(self, rows: Rows) -> None:
        again = pickle.loads(pickle.dumps(rows))
        assert (list(again), again[0]["label"]) == (list(rows), "Culture")

    def test_rows_are_a_sequence(self, rows: Rows) -> None:
        assert (rows.columns, len(rows), bool(rows)) == (("label", "n"), 1, True)
        assert rows[:1] == [rows[0]]
        assert repr(rows) == "<Rows: 1 of label, n>"

    def test_a_column_that_is_not_there(self, rows: Rows) -> None:
        with pytest.raises(KeyError, match="the columns are label, n"):
            rows[0]["text"]

    def test_no_rows_are_false(self, library: Library) -> None:
        assert not library.query("SELECT ?x { ?x a schema:Nothing }")

    def test_columns_without_a_row(self, library: Library) -> None:
        assert library.query("SELECT ?b ?a { ?a a ?b FILTER(false) }").columns == ("b", "a")

    def test_a_dataframe_has_the_same_columns_and_types(self, library: Library) -> None:
        frame = library.query("SELECT ?label (STRLEN(?label) AS ?n) { ?c skos:prefLabel ?label }").to_dataframe()
        assert list(frame.columns) == ["label", "n"]
        assert frame["n"].dtype.kind == "i"
        assert len(frame) > 50

    def test_without_pandas_the_message_names_the_extra(self, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
        kept = builtins.__import__

        def without(name: str, *rest: Any) -> Any:
            if name == "pandas":
                raise ImportError(name)
            return kept(name, *rest)

        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(MissingExtraError, match=r"pip install 'seminar-kg\[pandas\]'"):
            rows.to_dataframe()

    def test_select_has_no_graph(self, rows: Rows) -> None:
        with pytest.raises(TypeError, match="write CONSTRUCT or DESCRIBE"):
            rows.to_graph()


class TestForms:
    def test_ask_is_a_bool(self, library: Library) -> None:
        assert library.query("ASK { concept:leaders relation:create concept:culture }") is True
        assert library.query("ASK { concept:culture relation:create concept:leaders }") is False

    @pytest.mark.parametrize("query", ["DESCRIBE concept:culture", "CONSTRUCT WHERE { concept:culture ?p ?o }"])
    def test_a_graph_is_rows_and_an_rdflib_graph(self, library: Library, query: str) -> None:
        found = library.query(query)
        assert found.columns == ("subject", "predicate", "object")
        graph = found.to_graph()
        assert isinstance(graph, Graph)
        assert len(graph) == len(found) > 3
        graph.remove((None, None, None))
        assert len(found.to_graph()) == len(found)

    def test_all_rows_come_however_many(self, library: Library) -> None:
        query = "{ ?a ?b ?c . ?d a ?e } LIMIT 12345"
        assert len(library.query(f"SELECT ?a ?d {query}")) == 12_345

    def test_all_triples_come_however_many(self, library: Library) -> None:
        query = "CONSTRUCT { ?a <urn:x> ?d } WHERE { { SELECT DISTINCT ?a ?d { ?a ?b ?c . ?d a ?e } LIMIT 11000 } }"
        assert len(library.query(query).to_graph()) == 11_000

    def test_a_mistake_is_where_it_stands_in_the_query(self, library: Library) -> None:
        with pytest.raises(QuerySyntaxError, match="line 2") as raised:
            library.query("SELECT ?x\n{ ?x schema:name ?y")
        assert raised.value.line == 2

    def test_terms_are_bound(self, library: Library) -> None:
        query = "SELECT ?label { VALUES ?c { } ?c skos:prefLabel ?label } ORDER BY ?label"
        assert [row[0] for row in library.query(query, {"c": "concept:culture"})] == ["Culture"]
        two = ["concept:culture", "<https://w3id.org/seminar-kg/concept/leaders>"]
        assert [row[0] for row in library.query(query, {"c": two})] == ["Culture", "Leaders"]
        assert [row[0] for row in library.query(query, {"?c": CONCEPT["leaders"]})] == ["Leaders"]

    def test_values_reach_the_data_and_nothing_else(self, library: Library) -> None:
        query = 'SELECT ?l ("use VALUES ?c { } here" AS ?hint) { VALUES ?c { } ?c skos:prefLabel ?l }'
        ((label, hint),) = library.query(query, {"c": "concept:culture"})
        assert (label, hint) == ("Culture", "use VALUES ?c { } here")
        assert not library.query(query, {"c": 'a" AS ?q) (1'})

    @pytest.mark.parametrize("value", ["a", 5, 1.5, True, Decimal("1.5"), date(2014, 6, 6), datetime(2014, 6, 6, 9)])
    def test_values_come_back_as_they_went(self, library: Library, value: object) -> None:
        ((found,),) = library.query("SELECT ?x { VALUES ?x { } }", {"x": value})
        assert (found, type(found)) == (value, type(value))

    @pytest.mark.parametrize("query", [None, b"ASK {}", 3, Path("query.rq")])
    def test_a_query_is_text(self, library: Library, query: Any) -> None:
        with pytest.raises(TypeError, match=r"^A query is text \(str\), not [^.]*\.$"):
            library.query(query)

    @pytest.mark.parametrize("bindings", [["x"], "x", 3])
    def test_bindings_are_a_mapping(self, library: Library, bindings: Any) -> None:
        with pytest.raises(TypeError, match=r"^bindings is a mapping [^.]*\.$"):
            library.query("ASK {}", bindings)


def test_the_graph_holds_every_triple_as_it_is_written(library: Library) -> None:
    graph = library.graph()
    triples = list(all_triples(library.data))
    assert len(graph) == len(triples) > 1000
    written = {triple.object.value for triple in triples if hasattr(triple.object, "datatype")}
    assert written == {str(each) for each in graph.objects() if isinstance(each, Literal)}
    assert graph.namespace_manager.expand_curie("concept:culture") == URIRef(
        "https://w3id.org/seminar-kg/concept/culture"
    )


TRIPLE_TERM = "<<( concept:culture rdfs:label 'x'@ar--rtl )>>"
WRITTEN = (
    '<<( <https://w3id.org/seminar-kg/concept/culture> <http://www.w3.org/2000/01/rdf-schema#label> "x"@ar--rtl )>>'
)


def test_a_triple_term_is_text(library: Library) -> None:
    assert library.query(f"SELECT ({TRIPLE_TERM} AS ?t) {{}}")[0]["t"] == WRITTEN
    rows = library.query(f"CONSTRUCT {{ concept:culture rdf:reifies {TRIPLE_TERM} }} WHERE {{}}")
    assert [row["object"] for row in rows] == [WRITTEN]
    with pytest.raises(TypeError, match="rdflib 7 has no term"):
        rows.to_graph()
    assert pickle.loads(pickle.dumps(rows))[0]["object"] == WRITTEN
