"""The SPARQL endpoint and its page."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from rdflib import Graph

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
def test_the_result_comes_as_it_is_accepted(
    client: FlaskClient, query: str, accept: str | None, expected: str
) -> None:
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


def test_other_sites_may_ask(client: FlaskClient) -> None:
    preflight = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    for query in (SELECT, "SELECT nonsense"):
        response = client.get("/sparql", query_string={"query": query})
        assert response.headers["Access-Control-Allow-Origin"] == "*"


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


def test_every_ready_made_query_runs(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/sparql", headers={"Accept": BROWSER}).data, "html.parser")
    links = [str(link["href"]) for link in page.select("section[aria-labelledby=examples] a")]
    assert links
    for link in links:
        assert client.get(link.split("#")[0], headers={"Accept": BROWSER}).status_code == 200
