"""Results as Python values."""

from __future__ import annotations

import builtins
import pickle
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef

from kg.api import Library, open_library
from kg.results import MissingExtraError, Rows
from kg.store import QuerySyntaxError


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


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
        ("'<b>'^^rdf:XMLLiteral", "<b>"),
        ("?unbound", None),
    ],
)
def test_terms_become_python_values(library: Library, term: str, value: object) -> None:
    row = library.query(f"SELECT ?value ?unbound {{ BIND({term} AS ?value) }}")[0]
    assert (row["value"], type(row["value"])) == (value, type(value))
    assert row["unbound"] is None


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


def test_the_graph_holds_every_triple_as_it_is_written(library: Library) -> None:
    graph = library.graph()
    assert len(graph) == len(library.data.triples)
    written = {triple.object.value for triple in library.data.triples if hasattr(triple.object, "datatype")}
    assert written == {str(each) for each in graph.objects() if isinstance(each, Literal)}
    assert graph.namespace_manager.expand_curie("concept:culture") == URIRef(
        "https://w3id.org/seminar-kg/concept/culture"
    )
