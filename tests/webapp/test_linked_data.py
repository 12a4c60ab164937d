"""Pages about things: RDF for those who ask for it, the other forms named, and JSON-LD in the words of schema.org."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from rdflib import RDF, Graph, Literal, URIRef

from kg.library import open_library
from kg.sparql.formats import DUMPS
from kg.vocabulary import SCHEMA
from webapp import create_app

#: rdflib's reader of JSON-LD uses a class of its own that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SEMINAR = "https://w3id.org/seminar-kg/seminar/leading-by-example-2014"
CLAIM, PERSON, EVENT = (URIRef(f"{SEMINAR}#{name}") for name in ("m3-1", "michael-west", "seminar"))
CONCEPT = URIRef("https://w3id.org/seminar-kg/concept/culture")
PAGES = {
    "/claims/leading-by-example-2014-m3-1": (CLAIM, "Claim"),
    "/people/michael-west": (PERSON, "Person"),
    "/seminars/leading-by-example-2014": (EVENT, "Event"),
    "/concepts/culture": (CONCEPT, "DefinedTerm"),
}
SITE = "https://kg.example.org"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"BASE_URL": SITE}).test_client()


def linked_data(client: FlaskClient, path: str) -> Graph:
    """Return what rdflib reads from the JSON-LD of a page, which needs no network."""
    page = BeautifulSoup(client.get(path, headers={"Accept": "text/html"}).data, "html.parser")
    graph = Graph()
    for script in page.select('script[type="application/ld+json"]'):
        graph.parse(data=str(script.string), format="json-ld")
    return graph


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("name", DUMPS)
def test_a_page_answers_in_rdf(client: FlaskClient, path: str, name: str) -> None:
    iri, _ = PAGES[path]
    by_header = client.get(path, headers={"Accept": DUMPS[name]})
    by_name = client.get(path, query_string={"format": name}, headers={"Accept": "text/html"})
    assert by_header.data == by_name.data
    assert by_header.mimetype == DUMPS[name]
    assert "Accept" in by_header.headers["Vary"]
    assert by_header.headers["Access-Control-Allow-Origin"] == "*"
    subjects = {quad.subject for quad in ox.parse(by_header.data, format=ox.RdfFormat.from_media_type(DUMPS[name]))}
    assert ox.NamedNode(str(iri)) in subjects


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_its_other_forms(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.mimetype == "text/html"
    assert "Accept" in response.headers["Vary"]
    expected = {f'<{path}?format={name}>; rel="alternate"; type="{kind}"' for name, kind in DUMPS.items()}
    assert set(response.headers.getlist("Link")) == expected
    links = BeautifulSoup(response.data, "html.parser").select('link[rel="alternate"]')
    named = {str(link["href"]): link["type"] for link in links if "oembed" not in str(link["type"])}
    assert named == {f"{path}?format={name}": kind for name, kind in DUMPS.items()}


def test_pages_and_rdf_are_kept_apart(client: FlaskClient) -> None:
    path = "/people/michael-west"
    kinds = ["text/html", "text/turtle", "text/html", "application/ld+json", "text/turtle", "*/*"]
    found = [client.get(path, headers={"Accept": kind}).mimetype for kind in kinds]
    assert found == [*kinds[:-1], "text/html"]


@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_shows_is_said_in_schema_org(client: FlaskClient, path: str) -> None:
    iri, kind = PAGES[path]
    graph = linked_data(client, path)
    assert (iri, RDF.type, URIRef(f"https://schema.org/{kind}")) in graph
    assert (iri, SCHEMA.url, URIRef(f"{SITE}{path}")) in graph


def test_a_claim_has_its_words_and_its_source(client: FlaskClient) -> None:
    graph = linked_data(client, "/claims/leading-by-example-2014-m3-1")
    assert graph.value(CLAIM, SCHEMA.text) == Literal("Leaders create culture.")
    quotation = graph.value(CLAIM, URIRef("https://schema.org/isBasedOn"))
    assert graph.value(quotation, SCHEMA.text) == Literal("Culture is created by leaders")
    assert graph.value(quotation, URIRef("https://schema.org/spokenByCharacter")) is None, "the report names nobody"
    article = graph.value(quotation, URIRef("https://schema.org/isPartOf"))
    assert str(graph.value(article, SCHEMA.url)).startswith("http://nhsconfed.org/")


def test_words_have_a_speaker_where_the_source_names_one(client: FlaskClient) -> None:
    named = next(c for c in client.application.config["LIBRARY"].catalogue.claims() if c.attribution.kind == "named")
    graph = linked_data(client, f"/claims/{named.slug}")
    speakers = set(graph.objects(None, URIRef("https://schema.org/spokenByCharacter")))
    agents = map(client.application.config["LIBRARY"].catalogue.agent, named.attribution.agents)
    assert speakers == {URIRef(agent.iri) for agent in agents}


def test_the_home_page_tells_of_the_event(client: FlaskClient) -> None:
    graph = linked_data(client, "/")
    assert (EVENT, SCHEMA.performer, PERSON) in graph
    assert not list(linked_data(client, "/about"))


def test_the_name_of_a_seminar_gives_what_is_named_within_it(client: FlaskClient) -> None:
    """A client asks for the name of a claim without what follows "#"."""
    response = client.get("/seminar/leading-by-example-2014", headers={"Accept": "text/turtle"})
    subjects = set(Graph().parse(data=response.data, format="turtle").subjects())
    assert {CLAIM, PERSON, EVENT, URIRef(f"{SEMINAR}#quote-M3-1")} <= subjects


def test_no_text_of_the_data_ends_the_script(tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "fixtures" / "check" / "seminar.ttl").read_text(encoding="utf-8")
    claim = open_library([Path(__file__).parents[1] / "fixtures" / "check" / "seminar.ttl"]).catalogue.claims()[0]
    hostile = "</script><script>alert(1)</script>"
    (tmp_path / "seminar.ttl").write_text(text.replace(f'"{claim.text}"', f'"{hostile}"'), encoding="utf-8")
    client = create_app({"LIBRARY": open_library([tmp_path / "seminar.ttl"])}).test_client()
    page = BeautifulSoup(client.get(f"/claims/{claim.slug}").data, "html.parser")
    assert [json.loads(str(each.string))["text"] for each in page.select('script[type="application/ld+json"]')] == [
        hostile
    ]
    assert not [each for each in page.select("script") if "alert" in str(each.string) and not each.get("type")]


def test_an_unknown_name_is_not_found_in_any_form(client: FlaskClient) -> None:
    for kind in ("text/html", "text/turtle"):
        assert client.get("/people/nobody", headers={"Accept": kind}).status_code == 404
