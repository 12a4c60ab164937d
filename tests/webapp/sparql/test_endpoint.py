"""The SPARQL endpoint and its page."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from rdflib import RDFS, Graph, URIRef
from spreadsheets import cells_of

from webapp import create_app

PREFIXES = (
    "PREFIX concept: <https://w3id.org/seminar-kg/concept/> "
    "PREFIX relation: <https://w3id.org/seminar-kg/relation/> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
SELECT = PREFIXES + "SELECT ?who WHERE { ?who relation:create concept:culture }"
ASK = PREFIXES + "ASK { concept:leaders relation:create concept:culture }"
CONSTRUCT = PREFIXES + "CONSTRUCT WHERE { concept:culture skos:prefLabel ?label }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
LEADERS = "https://w3id.org/seminar-kg/concept/leaders"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def rows(body: bytes) -> list[dict[str, Any]]:
    return list(json.loads(body)["results"]["bindings"])


def test_a_query_can_be_sent_in_three_ways(client: FlaskClient) -> None:
    accept = {"Accept": "application/sparql-results+json"}
    answers = [
        client.get("/sparql", query_string={"query": SELECT}, headers=accept),
        client.post("/sparql", data={"query": SELECT}, headers=accept),
        client.post("/sparql", data=SELECT, content_type="application/sparql-query", headers=accept),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.content_type == "application/sparql-results+json"
        assert [row["who"]["value"] for row in rows(answer.data)] == [LEADERS]


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, None, "application/sparql-results+json"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        (SELECT, "application/rdf+xml, application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, BROWSER, "text/html; charset=utf-8"),
        (ASK, "*/*", "application/sparql-results+json"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, "*/*", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/rdf+xml, application/sparql-results+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, BROWSER, "text/html; charset=utf-8"),
    ],
)
def test_the_result_comes_as_it_is_accepted(client: FlaskClient, query: str, accept: str | None, expected: str) -> None:
    headers = {"Accept": accept} if accept else {}
    response = client.get("/sparql", query_string={"query": query}, headers=headers)
    assert response.status_code == 200
    assert response.content_type == expected
    assert "Accept" in response.headers["Vary"].split(", ")


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        (SELECT, "csv", "text/csv; charset=utf-8"),
        (SELECT, "json", "application/sparql-results+json"),
        (SELECT, "xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "html", "text/html; charset=utf-8"),
        (SELECT, "JSON", "application/sparql-results+json"),
        (CONSTRUCT, "xml", "application/rdf+xml"),
        (CONSTRUCT, "json", "application/ld+json"),
        (CONSTRUCT, "nt", "application/n-triples"),
    ],
)
def test_format_says_it_shortly(client: FlaskClient, query: str, name: str, expected: str) -> None:
    response = client.get("/sparql", query_string={"query": query, "format": name, "output": name})
    assert response.content_type == expected


@pytest.mark.parametrize(
    ("query", "name", "status"), [(SELECT, "ttl", 406), (SELECT, "nonsense", 400), (CONSTRUCT, "csv", 406)]
)
def test_a_format_that_does_not_fit(client: FlaskClient, query: str, name: str, status: int) -> None:
    """Whoever names a type in Accept beside it, as SPARQLWrapper does, gets that."""
    refused = client.get("/sparql", query_string={"query": query, "format": name}, headers={"Accept": "*/*"})
    assert refused.status_code == status
    assert f"format={name}; ask for " in refused.text
    accepted = "text/turtle" if query == CONSTRUCT else "text/csv"
    found = client.get("/sparql", query_string={"query": query, "format": name}, headers={"Accept": accepted})
    assert (found.status_code, found.mimetype) == (200, accepted)


def test_csv_and_rdf_can_be_read_by_others(client: FlaskClient) -> None:
    found = client.get("/sparql", query_string={"query": SELECT, "format": "csv"}).get_data(as_text=True)
    assert list(csv.reader(io.StringIO(found))) == [["who"], [LEADERS]]
    for name, syntax in (("ttl", "turtle"), ("xml", "xml"), ("nt", "nt")):
        body = client.get("/sparql", query_string={"query": CONSTRUCT, "format": name}).data
        assert len(Graph().parse(data=body, format=syntax)) == 1


@pytest.mark.parametrize(
    ("request_options", "status"),
    [
        ({"method": "GET", "query_string": {"query": "SELECT nonsense"}}, 400),
        ({"method": "GET", "query_string": [("query", SELECT), ("query", ASK)]}, 400),
        ({"method": "POST", "data": {"update": "DELETE WHERE { ?s ?p ?o }"}}, 400),
        ({"method": "GET", "query_string": {"query": "DELETE WHERE { ?s ?p ?o }"}}, 400),
        ({"method": "POST", "data": "CLEAR ALL", "content_type": "application/sparql-update"}, 400),
        ({"method": "POST", "data": {}, "content_type": "application/x-www-form-urlencoded"}, 400),
        ({"method": "POST", "data": SELECT, "content_type": "text/plain"}, 415),
        ({"method": "POST", "data": SELECT}, 415),
        (
            {"method": "POST", "data": b"ASK { ?s ?p '\xff' }", "content_type": "application/sparql-query"},
            400,
        ),
        ({"method": "POST", "data": "", "content_type": "application/sparql-query"}, 400),
        ({"method": "PUT", "data": SELECT, "content_type": "application/sparql-query"}, 405),
        ({"method": "GET", "query_string": {"query": SELECT}, "headers": {"Accept": "image/png"}}, 406),
        (
            {
                "method": "GET",
                "query_string": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"},
            },
            403,
        ),
    ],
)
def test_what_is_not_a_query_is_refused_in_one_sentence(
    client: FlaskClient, request_options: dict[str, Any], status: int
) -> None:
    response = client.open("/sparql", **request_options)
    assert response.status_code == status
    text = response.get_data(as_text=True)
    assert "Traceback" not in text
    if response.mimetype == "text/plain":
        assert text.strip().endswith((".", "?"))
        assert "\n" not in text.strip()


def test_a_query_is_stopped_at_the_deadline() -> None:
    client = create_app({"DEADLINE": 0.5}).test_client()
    slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    response = client.get("/sparql", query_string={"query": slow})
    assert response.status_code == 503
    assert client.get("/sparql", query_string={"query": ASK}).status_code == 200


def test_more_rows_than_are_given_are_announced(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"})
    assert response.headers["X-Truncated"] == "1"
    assert len(rows(response.data)) == 10_000
    assert json.loads(response.data)["head"] == {"vars": [*"abcdef"], "link": ["http://localhost/sparql#limits"]}


MANY = "{ ?a ?b ?c . ?d ?e ?f }"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("query", "name"),
    [
        (f"SELECT * {MANY}", "csv"),
        (f"SELECT * {MANY}", "tsv"),
        (f"SELECT ?a {MANY}", "xlsx"),
        (f"CONSTRUCT {{ ?a ?e ?f }} {MANY}", "ttl"),
        (f"CONSTRUCT {{ ?a ?e ?f }} {MANY}", "nt"),
        (f"CONSTRUCT {{ ?a ?e ?f }} {MANY}", "jsonld"),
        (f"CONSTRUCT {{ ?a <urn:p> ?f }} {MANY}", "xml"),
    ],
)
def test_what_cannot_say_that_rows_are_missing_is_refused(
    client: FlaskClient, query: str, name: str, method: str
) -> None:
    def ask(**more: str) -> Any:
        place = {"query_string" if method == "GET" else "data": {"query": query, "format": name, **more}}
        return client.open("/sparql", method=method, **place)  # type: ignore[arg-type]

    for refused in (ask(), ask(truncate="0")):
        assert (refused.status_code, refused.mimetype) == (413, "text/plain")
        assert all(word in refused.text for word in ("LIMIT", "OFFSET", "ORDER BY", "truncate=1"))
    accepted = ask(truncate="1")
    assert (accepted.status_code, accepted.headers["X-Truncated"]) == (200, "1")
    assert ask().status_code == 413, "what was accepted once is not what is given without being accepted"


def test_xml_says_in_its_head_that_rows_are_missing() -> None:
    client = create_app({"BASE_URL": "https://example.org/kg&x"}).test_client()
    response = client.get("/sparql", query_string={"query": f"SELECT * {MANY}", "format": "xml"})
    assert response.headers["X-Truncated"] == "1"
    head, results = ElementTree.fromstring(response.data)
    assert [each.tag.partition("}")[2] for each in head] == ["variable"] * 6 + ["link"]
    assert head[-1].attrib == {"href": "https://example.org/kg&x/sparql#limits"}
    assert len(results) == 10_000
    whole = client.get("/sparql", query_string={"query": "SELECT * { ?a ?b ?c } LIMIT 3", "format": "xml"})
    assert len(ElementTree.fromstring(whole.data)[0]) == 3


def test_the_link_leads_to_words_about_the_limit(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/sparql", headers={"Accept": BROWSER}).data, "html.parser")
    there = page.find(id="limits")
    assert there is not None
    assert "10,000 rows" in there.text
    description = Graph().parse(data=client.get("/sparql").text, format="turtle")
    said = description.value(URIRef("http://localhost/sparql#limits"), RDFS.comment)
    assert "10,000 rows" in str(said)


def test_files_of_a_page_that_shows_the_beginning_can_be_taken(client: FlaskClient) -> None:
    shown = client.get("/sparql", query_string={"query": f"SELECT * {MANY}"}, headers={"Accept": BROWSER})
    links = BeautifulSoup(shown.data, "html.parser").select(".downloads a[href*='format=']")
    assert len(links) >= 4
    for link in links:
        assert client.get(str(link["href"])).status_code == 200


def test_a_spreadsheet_has_the_values_and_no_formulas(client: FlaskClient) -> None:
    query = """SELECT ?text ?number { VALUES (?text ?number) { ('=HYPERLINK("http://x")' 7) ("नाम" 1.5) } }"""
    found = client.get("/sparql", query_string={"query": query, "format": "xlsx"})
    assert found.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert "filename=result.xlsx" in found.headers["Content-Disposition"]
    assert cells_of(found.data) == [["text", "number"], ['=HYPERLINK("http://x")', 7.0], ["नाम", 1.5]]
    refused = client.get("/sparql", query_string={"query": "ASK {}", "format": "xlsx"})
    assert refused.status_code == 406
    raw = client.get("/sparql", query_string={"query": query, "format": "csv"}).text
    assert list(csv.reader(io.StringIO(raw)))[1] == ['=HYPERLINK("http://x")', "7"]


NOTHING = "PREFIX s: <http://schema.org/> SELECT * { ?claim s:text ?text }"
WHY = "<http://schema.org/text> occurs nowhere in the data; near it is <https://schema.org/text>."


def test_a_result_without_rows_says_what_the_data_has_not(client: FlaskClient) -> None:
    for name in ("json", "xml", "csv", "tsv"):
        response = client.get("/sparql", query_string={"query": NOTHING, "format": name})
        assert response.headers["X-Hint"] == WHY
        assert "X-Hint" in response.headers["Access-Control-Expose-Headers"]
    assert "X-Hint" not in client.get("/sparql", query_string={"query": SELECT}).headers
    page = client.get("/sparql", query_string={"query": NOTHING}, headers={"Accept": BROWSER})
    assert [each.text for each in BeautifulSoup(page.data, "html.parser").select(".hint")] == [WHY]


def test_a_page_says_where_the_engine_differs(client: FlaskClient) -> None:
    query = 'SELECT (BNODE("x") AS ?node) { VALUES ?number { 1 2 } }'
    page = client.get("/sparql", query_string={"query": query}, headers={"Accept": BROWSER})
    (hint,) = BeautifulSoup(page.data, "html.parser").select(".hint")
    assert "BIND(BNODE() AS ?node)" in hint.text


def test_other_sites_may_ask(client: FlaskClient) -> None:
    for path in ("/sparql", "/sparql/", "/ask", "/oembed", "/questions/about-concept.csv", "/data.ttl"):
        preflight = client.options(path, headers={"Origin": "https://example.org"})
        assert preflight.status_code == 204
        assert preflight.headers["Access-Control-Allow-Origin"] == "*"
        assert ("POST" in preflight.headers["Access-Control-Allow-Methods"]) == path.startswith("/sparql")
        assert "GET" in preflight.headers["Access-Control-Allow-Methods"]
        assert preflight.headers["Access-Control-Allow-Headers"].split(", ")[:3] == ["*", "Accept", "Authorization"]
    for query in (SELECT, "SELECT nonsense"):
        response = client.get("/sparql", query_string={"query": query})
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("send", ["GET", "POST"])
def test_a_slash_too_many_leads_to_the_endpoint(client: FlaskClient, send: str) -> None:
    where = "query_string" if send == "GET" else "data"
    moved = client.open("/sparql/", method=send, **{where: {"query": ASK}})  # type: ignore[arg-type]
    assert (moved.status_code, moved.headers["Access-Control-Allow-Origin"]) == (308, "*")
    there = moved.headers["Location"]
    assert there.partition("?")[0] == "/sparql"
    followed = client.get(there) if send == "GET" else client.post(there, data={"query": ASK})
    assert json.loads(followed.data)["boolean"] is True


def test_without_a_query_browsers_get_the_editor_and_programs_the_description(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/sparql", headers={"Accept": BROWSER}).data, "html.parser")
    assert page.find("textarea", attrs={"name": "query"})
    for accept in ("text/turtle", "*/*"):
        response = client.get("/sparql", headers={"Accept": accept})
        assert response.content_type == "text/turtle; charset=utf-8"
        assert b"sd:Service" in response.data
        assert len(Graph().parse(data=response.data, format="turtle")) > 5


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/rdf+xml, text/html;q=0.5", "application/rdf+xml"),
        ("text/turtle;q=0.5, application/n-triples", "application/n-triples"),
        ("image/png", "text/turtle"),
    ],
)
def test_the_description_comes_in_the_format_that_is_accepted(
    client: FlaskClient, accept: str, media_type: str
) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    assert (response.mimetype, response.headers["Vary"]) == (media_type, "Accept, Accept-Encoding")
    written = set(ox.parse(response.data, format=ox.RdfFormat.from_media_type(media_type)))
    assert written == set(ox.parse(client.get("/sparql").data, format=ox.RdfFormat.TURTLE))


def test_the_page_shows_rows_truth_graphs_and_mistakes(client: FlaskClient) -> None:
    def shown(query: str, status: int = 200) -> BeautifulSoup:
        response = client.get("/sparql", query_string={"query": query}, headers={"Accept": BROWSER})
        assert response.status_code == status
        page = BeautifulSoup(response.data, "html.parser")
        area = page.find("textarea")
        assert area is not None
        assert area.text == query
        return page

    table = shown(SELECT)
    assert table.select_one("table.results td a[href='/concepts/leaders']")
    assert table.find("a", href=lambda href: bool(href) and "format=csv" in href)
    assert "Yes" in shown(ASK).get_text()
    assert "prefLabel" in shown(CONSTRUCT).select("pre")[0].text
    assert "Nothing matches" in shown("SELECT * WHERE { <http://example.org/none> ?p ?o }").get_text()
    assert shown("SELECT nonsense", 400).select_one("[role=alert]")
