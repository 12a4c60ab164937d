"""The SPARQL endpoint to the letter: graphs, formats, validators, compression, errors, and what is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, VOID, Namespace
from werkzeug.test import TestResponse

from kg.graph.export import all_triples
from kg.graph.files import UnreadableData
from kg.graph.load import load, load_any
from kg.sparql.lexer import shape_of
from webapp import create_sparql_app
from webapp.lru_cache import LruCache
from webapp.response_cache import etag, matches

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
XSD = "http://www.w3.org/2001/XMLSchema#"
DIRECT = "application/sparql-query"
JSON = "application/sparql-results+json"
LONG = 'SELECT ?n ("' + "long " * 40 + '" AS ?text) { VALUES ?n { 1 2 3 4 5 6 7 8 } }'
FILES = {
    "1.nt": '<urn:a> <urn:p> "both" .\n<urn:a> <urn:p> "one" .\n',
    "2.nt": '<urn:a> <urn:p> "both" .\n<urn:a> <urn:p> "two" .\n',
    "3.ttl": f'<urn:a> <urn:q> "01"^^<{XSD}integer>, "1.0E6"^^<{XSD}double>, "x"@en-GB, "2014-06-10"^^<{XSD}date> .',
    "named.trig": '<urn:4> { <urn:a> <urn:p> "four" } <urn:a> <urn:p> "none" .',
}
ALL = "SELECT ?o { ?s <urn:p> ?o }"
GRAPHS = "SELECT ?o { GRAPH ?g { ?s <urn:p> ?o } }"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("data")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    graphs = {"urn:1": folder / "1.nt", "urn:2": folder / "2.nt"}
    data = load_any([folder / "3.ttl", folder / "named.trig"], graphs)
    yield create_sparql_app({"DATA": data})
    data.outside_engine.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def ask(client: FlaskClient, query: str, accept: str = "text/csv", **extra: Any) -> TestResponse:
    return client.get("/sparql", query_string={"query": query, **extra}, headers={"Accept": accept})


def values(response: TestResponse) -> list[str]:
    assert response.status_code == 200, response.text
    return sorted(response.text.split("\r\n")[1:-1])


# ── graphs ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "default", "named", "expected"),
    [
        (ALL, [], [], ["four", "none"]),
        (GRAPHS, [], [], ["both", "both", "four", "one", "two"]),
        (ALL, ["urn:1", "urn:2"], [], ["both", "one", "two"]),
        (ALL, ["urn:4"], [], ["four"]),
        (ALL, ["urn:nowhere"], [], []),
        (ALL, [], ["urn:1"], []),
        (GRAPHS, ["urn:1"], ["urn:2", "urn:4"], ["both", "four", "two"]),
        ("SELECT ?o FROM <urn:4> { ?s <urn:p> ?o }", ["urn:1"], [], ["both", "one"]),
        ("SELECT ?o FROM <urn:1> FROM <urn:2> { ?s <urn:p> ?o }", [], [], ["both", "one", "two"]),
    ],
)
def test_graphs_are_chosen_in_the_address_the_form_and_the_query(
    client: FlaskClient, query: str, default: list[str], named: list[str], expected: list[str]
) -> None:
    chosen = {"default-graph-uri": default, "named-graph-uri": named}
    csv = {"Accept": "text/csv"}
    direct = {"data": query, "content_type": DIRECT}
    for response in (
        client.get("/sparql", query_string={"query": query, **chosen}, headers=csv),
        client.post("/sparql", data={"query": query, **chosen}, headers=csv),
        client.post("/sparql", data={"query": query}, query_string=chosen, headers=csv),
        client.post("/sparql", query_string=chosen, headers=csv, **direct),
    ):
        assert values(response) == expected


def test_without_other_data_the_default_graph_is_the_merge_of_the_named_ones(tmp_path: Path) -> None:
    for name in ("1.nt", "2.nt"):
        (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    data = load_any(None, {"urn:1": tmp_path / "1.nt", "urn:2": tmp_path / "2.nt"})
    assert len(list(all_triples(data))) == 3
    assert data.graphs == ("urn:1", "urn:2")


def test_graphs_beside_seminars_change_the_edition_and_not_the_claims(tmp_path: Path) -> None:
    (tmp_path / "1.nt").write_text(FILES["1.nt"], encoding="utf-8")
    plain, more = load(), load(None, {"urn:1": tmp_path / "1.nt"})
    assert set(all_triples(more)) == set(all_triples(plain))
    assert more.version != plain.version
    assert len(more.engine.select("SELECT * { GRAPH <urn:1> { ?s ?p ?o } }")) == 2


def test_a_graph_needs_an_iri_and_a_file(tmp_path: Path) -> None:
    for graphs in ({"not an iri": tmp_path}, {"urn:1": tmp_path / "none.nt"}):
        with pytest.raises(UnreadableData, match=r"\.$"):
            load_any(None, graphs)


# ── formats ─────────────────────────────────────────────────────────────────────────────────────────────────

TYPED = "SELECT ?none ?o ?s { ?s <urn:q> ?o } ORDER BY str(?o)"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/csv", "none,o,s\r\n,1,urn:a\r\n,1000000,urn:a\r\n,2014-06-10,urn:a\r\n,x,urn:a\r\n"),
        (
            "text/tab-separated-values",
            f'?none\t?o\t?s\n\t1\t<urn:a>\n\t"1000000"^^<{XSD}double>\t<urn:a>\n\t"2014-06-10"^^<{XSD}date>\t<urn:a>\n\t"x"@en-gb\t<urn:a>\n',
        ),
    ],
)
def test_literals_have_the_form_of_their_value(client: FlaskClient, accept: str, expected: str) -> None:
    assert ask(client, TYPED, accept).text.replace("@en-GB", "@en-gb") == expected


def test_json_gives_types_languages_and_leaves_out_what_is_unbound(client: FlaskClient) -> None:
    found = json.loads(ask(client, TYPED, JSON).data)
    assert found["head"]["vars"] == ["none", "o", "s"]
    assert [row["o"] for row in found["results"]["bindings"]][:2] == [
        {"type": "literal", "value": "1", "datatype": XSD + "integer"},
        {"type": "literal", "value": "1000000", "datatype": XSD + "double"},
    ]
    assert all("none" not in row for row in found["results"]["bindings"])


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("application/json", "application/json"),
        ("application/json;q=0.5, text/csv;q=0.4", "application/json"),
        ("text/csv;q=0.1, text/tab-separated-values;q=0.2", "text/tab-separated-values; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/*;q=0.3, text/csv;q=0.2", JSON),
        ("text/html, */*;q=0.1", JSON),
        ("*/*;q=0.1, application/sparql-results+json;q=0", "application/sparql-results+xml"),
    ],
)
def test_q_values_and_wildcards_count(client: FlaskClient, accept: str, expected: str) -> None:
    assert ask(client, ALL, accept).content_type == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [(JSON, '{"head":{},"boolean":true}'), ("text/csv", "true\r\n"), ("text/tab-separated-values", "true\n")],
)
def test_yes_and_no_come_in_every_format_of_rows(client: FlaskClient, accept: str, expected: str) -> None:
    response = ask(client, "ASK {}", accept)
    assert response.mimetype == accept
    assert response.text == expected


def test_what_cannot_be_written_as_xml_is_said_in_xml(client: FlaskClient) -> None:
    response = ask(client, r'SELECT ("\u0001" AS ?x) {}', "application/sparql-results+xml")
    assert (response.status_code, response.mimetype) == (400, "application/xml")
    assert "XML cannot hold" in response.text


# ── validators, compression, what is kept ───────────────────────────────────────────────────────────────────


def test_an_answer_has_a_validator_that_spares_the_next_one(client: FlaskClient) -> None:
    first = ask(client, ALL)
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    for query, known in ((ALL, tag), (ALL, f'"other", {tag}'), (ALL, "*")):
        headers = {"Accept": "text/csv", "If-None-Match": known}
        again = client.get("/sparql", query_string={"query": query}, headers=headers)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    others = [
        ask(client, ALL, JSON),
        ask(client, ALL + " "),
        ask(client, ALL, **{"default-graph-uri": "urn:1"}),
        client.get("/sparql", query_string={"query": ALL}, headers={"Accept": "text/csv", "If-None-Match": '"no"'}),
    ]
    assert all(other.status_code == 200 for other in others)
    assert all(other.headers["ETag"] != tag for other in others[:3])


def test_a_validator_is_known_before_the_query_is_run(client: FlaskClient) -> None:
    tag = ask(client, ALL + "#1").headers["ETag"]
    fresh = create_sparql_app({"DATA": client.application.config["DATA"]}).test_client()
    again = fresh.get(
        "/sparql", query_string={"query": ALL + "#1"}, headers={"Accept": "text/csv", "If-None-Match": tag}
    )
    assert again.status_code == 304
    assert again.headers["ETag"] == tag


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "rand ( )"])
def test_what_differs_each_time_is_neither_kept_nor_validated(client: FlaskClient, function: str) -> None:
    first, second = (ask(client, f"SELECT ({function} AS ?x) {{}}") for _ in range(2))
    assert first.text != second.text
    assert "ETag" not in first.headers or first.headers["ETag"] != second.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-store"


def by_get(client: FlaskClient, query: str, encoding: str) -> TestResponse:
    return client.get("/sparql", query_string={"query": query}, headers={"Accept-Encoding": encoding})


def by_form(client: FlaskClient, query: str, encoding: str) -> TestResponse:
    return client.post("/sparql", data={"query": query, "x": "1"}, headers={"Accept-Encoding": encoding})


def directly(client: FlaskClient, query: str, encoding: str) -> TestResponse:
    headers = {"Content-Type": f"{DIRECT}; charset=utf-8", "Accept-Encoding": encoding}
    return client.post("/sparql", data=query.encode(), headers=headers)


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/sparql", {"data": {"query": ALL, "default-graph-uri": "urn:none"}}),
        ("/sparql?default-graph-uri=urn:none", {"data": {"query": ALL}}),
        ("/sparql?default-graph-uri=urn:none", {"data": ALL, "content_type": DIRECT}),
        ("/sparql", {"data": {"query": ALL, "update": "CLEAR ALL"}}),
        ("/sparql", {"data": {"query": [ALL, ALL]}}),
        ("/sparql?query=ASK{}", {"data": {"query": ALL}}),
        ("/sparql?query=ASK{}", {"data": ALL, "content_type": DIRECT}),
        ("/sparql", {"data": ALL, "content_type": "text/plain"}),
        ("/sparql", {"data": ALL, "content_type": DIRECT, "headers": {"Content-Encoding": "gzip"}}),
        ("/sparql", {"data": b"query=ASK%7B%7D%FF", "content_type": "application/x-www-form-urlencoded"}),
        ("/sparql", {"data": b"ASK {} # \xff", "content_type": DIRECT}),
        ("/sparql", {"data": b"", "content_type": DIRECT}),
        ("/sparql", {"data": b"x" * 300_000, "content_type": DIRECT}),
        ("/sparql", {"data": {"query": "SELECT (NOW() AS ?o) {}"}}),
    ],
)
def test_no_request_gets_what_was_kept_for_another(client: FlaskClient, address: str, sent: Any) -> None:
    """The same status each time, and no answer that was meant for another request."""
    for _ in range(2):
        good = (by_form(client, ALL, "identity"), directly(client, ALL, "identity"))
        assert {answer.data for answer in good} == {by_get(client, ALL, "identity").data}
        answer = client.post(address, **sent)
        assert answer.data not in {each.data for each in good}
    assert client.post(address, **sent).status_code == answer.status_code


@pytest.mark.parametrize("accept", ["text/csv; charset=utf-8", "text/csv;header=present, */*;q=0.1"])
def test_a_type_with_parameters_is_that_type(client: FlaskClient, accept: str) -> None:
    found = client.get("/sparql", query_string={"query": ALL}, headers={"Accept": accept})
    assert found.content_type == "text/csv; charset=utf-8"


def test_anything_is_a_validator_only_of_answers(client: FlaskClient) -> None:
    def status(query: str) -> int:
        headers = {"If-None-Match": "*"}
        return client.get("/sparql", query_string={"query": query}, headers=headers).status_code

    assert [status(query) for query in ("ASK { ?a ?b (", "SELEC", "ASK { SERVICE <urn:x> {} }")] == [400, 400, 403]
    assert status("ASK { ?never ?asked ?before }") == 304


def test_a_byte_order_mark_is_no_part_of_a_query(client: FlaskClient) -> None:
    for _ in range(2):
        assert directly(client, "\ufeff" + ALL, "identity").data == directly(client, ALL, "identity").data


def test_the_replacement_character_is_a_character(client: FlaskClient) -> None:
    query = 'SELECT ("\ufffd" AS ?x) {}'
    for send in (by_get, by_form, directly):
        assert "\ufffd" in send(client, query, "identity").get_data(as_text=True)


def test_a_post_has_no_validator_to_compare(client: FlaskClient) -> None:
    first = by_form(client, ALL, "identity")
    again = client.post("/sparql", data={"query": ALL, "x": "1"}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (200, first.data)


def test_a_cache_has_room_for_so_much_and_keeps_what_is_used() -> None:
    shelf: LruCache[int] = LruCache(room=10_000, largest=512 * 1024)
    for number in range(8):
        shelf.put(number, number, 1000)
        shelf.get(0)
    assert shelf.get(0) == 0
    assert shelf.get(1) is None
    assert len(shelf) == 4
    shelf.put("huge", 1, 10_000_000)
    assert shelf.get("huge") is None
    shelf.put(0, 1, 10)
    assert shelf.get(0) == 1


def test_validators() -> None:
    tag = etag("a", 1)
    assert tag == etag("a", 1) != etag("a", 2)
    assert matches(f'"x", {tag}', tag)
    assert matches(tag.removeprefix("W/"), tag)
    assert not matches(None, tag)
    assert not matches('"x"', tag)
    assert not shape_of("SELECT ?random { ?s ?now ?uuids }").volatile
    assert shape_of("SELECT (now() AS ?x) {}").volatile


# ── errors ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * {\n  ?s ?p }", 400, "Syntax error at line 2, column 9, at “}”"),
        ("SELECT * { ?s x:p ?o }", 400, "line 1, column 15: the prefix “x:” is not declared"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", 403, "SERVICE is disabled"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 400, "read-only"),
        ("SELECT * FROM <urn:none> {}", 400, "not loaded here: <urn:none>"),
        ("ASK {}" + " " * 70_000, 413, "too long"),
        ("ASK " + "{" * 60 + "}" * 60, 400, "nests"),
        ("SELECT (<urn:f>(1) AS ?x) {}", 400, "urn:f"),
        ("", 400, "Syntax error at line 1, column 1"),
    ],
)
def test_a_query_that_has_no_answer_is_told_why(client: FlaskClient, query: str, status: int, words: str) -> None:
    for _ in range(2):
        response = ask(client, query)
        assert (response.status_code, response.content_type) == (status, "text/plain; charset=utf-8")
        assert words in response.text
        assert response.text.count("\n") == 1
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"data": b"\x1f\x8b", "content_type": DIRECT, "headers": {"Content-Encoding": "gzip"}}, 415),
        ({"data": "ASK {}", "content_type": DIRECT, "query_string": {"query": "ASK {}"}}, 400),
        ({"data": {"query": "ASK {}", "default-graph-uri": [f"urn:{n}" for n in range(101)]}}, 400),
        ({"data": "x" * 2_000_000, "content_type": DIRECT}, 413),
        ({"data": {"query": ["ASK {}", "ASK {}"]}}, 400),
    ],
)
def test_a_request_that_is_no_query_is_refused(client: FlaskClient, options: dict[str, Any], status: int) -> None:
    response = client.post("/sparql", **options)
    assert response.status_code == status
    assert response.text.count("\n") == 1


def test_a_query_that_takes_too_long_can_be_tried_later(app: Flask) -> None:
    client = create_sparql_app({"DATA": app.config["DATA"], "DEADLINE": 0.3}).test_client()
    patterns = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(9))
    response = ask(client, f"SELECT (COUNT(*) AS ?n) {{ {patterns} }}")
    assert response.status_code == 503
    assert "time limit" in response.text
    assert int(response.headers["Retry-After"]) >= 1


# ── descriptions, and what else is there ────────────────────────────────────────────────────────────────────


def test_the_service_and_its_data_are_described(client: FlaskClient) -> None:
    service = Graph().parse(data=client.get("/sparql").text, format="turtle")
    endpoint = URIRef("http://localhost/sparql")
    assert (endpoint, RDF.type, SD.Service) in service
    assert {str(name) for name in service.objects(None, SD.name)} == {"urn:1", "urn:2", "urn:4"}
    assert client.get("/sparql").data == client.get("/sparql").data
    void = Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    data = URIRef("http://localhost/.well-known/void#data")
    assert void.value(data, VOID.sparqlEndpoint) == endpoint
    assert int(str(void.value(data, VOID.triples))) == 6


def test_there_is_nothing_but_sparql(client: FlaskClient) -> None:
    for path in ("/", "/ask?q=x", "/concepts", "/data.ttl", "/static/site.css"):
        response = client.get(path)
        assert (response.status_code, response.mimetype) == (404, "text/plain")
    assert client.get("/healthz").json["status"] == "ok"  # type: ignore[index]
    put = client.put("/sparql?default", data="<urn:a> <urn:b> <urn:c> .", content_type="text/turtle")
    assert put.status_code == 405
    assert "GET" in put.headers["Allow"]
