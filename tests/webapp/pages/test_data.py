"""The data as files, descriptions for machines, and the names of things."""

from __future__ import annotations

import csv
import io
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS, VOID

from webapp import create_app
from webapp.pages import data

CULTURE = ox.NamedNode("https://w3id.org/seminar-kg/concept/culture")
TURTLE = ox.RdfFormat.TURTLE


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def test_the_dumps_hold_the_same_graph(client: FlaskClient) -> None:
    sizes = {
        len(list(ox.parse(client.get(f"/data.{name}").data, format=syntax)))
        for name, syntax in (
            ("ttl", TURTLE),
            ("nt", ox.RdfFormat.N_TRIPLES),
            ("jsonld", ox.RdfFormat.JSON_LD),
        )
    }
    assert len(sizes) == 1
    assert sizes.pop() > 1000


def test_a_dump_is_written_once_whatever_else_the_address_has(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get("/data.nt?1").data

    def again(*arguments: object) -> bytes:
        raise AssertionError("it is written again")

    monkeypatch.setattr(data, "data_as_rdf", again)
    assert client.get("/data.nt?2").data == first


def test_the_spreadsheet_has_a_row_for_each_claim(client: FlaskClient) -> None:
    response = client.get("/data.csv")
    assert response.content_type == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))
    assert len(rows) == len(client.application.config["LIBRARY"].catalogue.claims())
    row = next(row for row in rows if row["text"] == "Leaders create culture.")
    assert row["credit"] == "the published summary of Michael West’s presentation"
    assert row["passages"] == "M3"
    assert row["quotations"] == "Culture is created by leaders"
    assert row["address"] == "/claims/leading-by-example-2014-m3-1"


def test_other_formats_are_not_found(client: FlaskClient) -> None:
    response = client.get("/data.docx")
    assert response.status_code == 404
    assert "ttl, nt, jsonld and csv" in response.get_data(as_text=True)


def test_void_names_the_endpoint_and_the_dumps(client: FlaskClient) -> None:
    response = client.get("/.well-known/void")
    graph = Graph().parse(data=response.data, format="turtle")
    assert (None, VOID.sparqlEndpoint, URIRef("http://localhost/sparql")) in graph
    for dump in graph.objects(None, VOID.dataDump):
        assert client.get(str(dump).removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml, text/html;q=0.5", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
        ("text/html", "text/turtle"),
    ],
)
def test_void_comes_in_the_format_that_is_accepted(client: FlaskClient, accept: str, media_type: str) -> None:
    response = client.get("/.well-known/void", headers={"Accept": accept})
    assert (response.mimetype, response.headers["Vary"]) == (media_type, "Accept, Accept-Encoding")
    written = set(ox.parse(response.data, format=ox.RdfFormat.from_media_type(media_type)))
    assert written == set(ox.parse(client.get("/.well-known/void").data, format=TURTLE))


def test_health_names_the_edition(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert response.json == {"status": "ok", "version": client.application.config["LIBRARY"].version}
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("/concept/culture", "/concepts/culture"),
        ("/relation/create", "/claims?arrow=create"),
        ("/theme/staff", "/claims?topic=staff"),
        ("/vocab", "/about#words"),
        ("/seminar/leading-by-example-2014", "/seminars/leading-by-example-2014"),
    ],
)
def test_names_lead_to_pages(client: FlaskClient, name: str, page: str) -> None:
    for accept in ("text/html", "*/*"):
        response = client.get(name, headers={"Accept": accept})
        assert response.status_code == 303
        assert response.headers["Location"] == page
        assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    ("options", "syntax"),
    [
        ({"headers": {"Accept": "text/turtle"}}, TURTLE),
        ({"headers": {"Accept": "application/ld+json, text/html;q=0.1"}}, ox.RdfFormat.JSON_LD),
        ({"query_string": {"format": "nt"}}, ox.RdfFormat.N_TRIPLES),
    ],
)
def test_names_give_rdf_to_those_who_ask_for_it(
    client: FlaskClient, options: dict[str, Any], syntax: ox.RdfFormat
) -> None:
    response = client.get("/concept/culture", **options)
    assert response.status_code == 200
    assert response.headers["Vary"] == "Accept, Accept-Encoding"
    found = {(quad.subject, quad.predicate) for quad in ox.parse(response.data, format=syntax)}
    assert (CULTURE, ox.NamedNode(str(SKOS.prefLabel))) in found


def test_the_vocabulary_is_rdf(client: FlaskClient) -> None:
    response = client.get("/vocab", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=response.data, format="turtle")
    assert (URIRef("https://w3id.org/seminar-kg/vocab#stance"), None, None) in graph


@pytest.mark.parametrize("name", ["/concept/nowhere", "/relation/nowhere", "/theme/nowhere", "/seminar/nowhere"])
def test_unknown_names_are_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(name).status_code == 404
