"""Ready-made questions as forms, as files and as RDF."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from rdflib import RDF, Graph, URIRef
from rdflib.term import Identifier
from spreadsheets import cells_of

from kg import Library
from kg.questions.as_rdf import QUESTION, SH
from kg.questions.templates import USES, read_templates
from kg.vocabulary import local_name
from webapp import create_app

NAMES = [template.name for template in read_templates()]
DELEGATE = "/questions/said-by-about{}?agent=delegate&concept=CQC"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def soup(client: FlaskClient, path: str, status: int = 200) -> BeautifulSoup:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == status, path
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def test_the_list_has_every_question_with_an_example_that_finds_claims(client: FlaskClient) -> None:
    items = soup(client, "/questions").select(".question-list li")
    assert len(items) == len(NAMES)
    for item in items:
        title, example = (str(link["href"]) for link in item.select("a"))
        assert title.removeprefix("/questions/") in NAMES
        assert soup(client, example).select("article.claim"), example


@pytest.mark.parametrize("name", NAMES)
def test_each_question_is_a_form_with_a_labelled_field_for_each_slot(client: FlaskClient, name: str) -> None:
    template = next(each for each in read_templates() if each.name == name)
    page = soup(client, f"/questions/{name}")
    fields = {str(field["name"]): field for field in page.select("main select")}
    assert list(fields) == list(template.slots)
    labels = [label.text for label in page.select("main label")]
    assert len(set(labels)) == len(labels) == len(fields)
    for field in fields.values():
        assert len(field.select("option[value]:not([value=''])")) > 1
        assert len(field.select("option[selected]")) == 1
    assert bool(page.select("article.claim")) == (not template.slots)


def test_the_page_and_the_files_have_the_same_claims(client: FlaskClient, library: Library) -> None:
    page = soup(client, DELEGATE.format(""))
    shown = [str(link["href"]).removeprefix("/claims/") for link in page.select(".claim__text a")]
    rows = list(csv.DictReader(io.StringIO(client.get(DELEGATE.format(".csv")).get_data(as_text=True), newline="")))
    found = client.get(DELEGATE.format(".json")).get_json()
    assert shown
    assert [row["address"].rpartition("/")[2] for row in rows] == shown
    assert [claim["iri"] for claim in found["claims"]] == [row["claim"] for row in rows]
    assert found["slots"] == {"agent": "delegate", "concept": "care-quality-commission"}
    assert {passage["id"] for passage in found["passages"]} == {id_ for c in found["claims"] for id_ in c["passages"]}
    assert found["version"] == library.version


def test_the_query_runs_unchanged_and_finds_the_same(client: FlaskClient) -> None:
    response = client.get(DELEGATE.format(".rq"))
    assert response.mimetype == "application/sparql-query"
    sparql = response.get_data(as_text=True)
    found = client.get("/sparql", query_string={"query": sparql, "format": "csv"}).get_data(as_text=True)
    claims = client.get(DELEGATE.format(".json")).get_json()["claims"]
    assert found.split()[1:] == [claim["iri"] for claim in claims]


def test_without_values_the_query_is_the_template_itself(client: FlaskClient) -> None:
    text = client.get("/questions/about-concept.rq").get_data(as_text=True)
    assert "VALUES ?concept { concept:compassion }" in text


@pytest.mark.parametrize("ending", ["csv", "json", "rq"])
def test_files_may_be_read_from_other_sites(client: FlaskClient, ending: str) -> None:
    response = client.get(f"/questions/about-concept.{ending}?concept=culture")
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/questions/nothing-like-it", 404, "no ready-made question called “nothing-like-it”"),
        ("/questions/about-concepts", 404, "Did you mean about-concept"),
        ("/questions/about-concepts.csv?concept=culture", 404, "Did you mean about-concept"),
        ("/questions/about-concept.pdf?concept=culture", 404, "It comes as xlsx, csv, json, rq"),
        ("/questions/about-concept?concept=cultrue", 400, "“concept” names no concept called “cultrue”; did you mean"),
        ("/questions/about-concept.csv?concept=cultrue", 400, "did you mean Culture"),
        ("/questions/about-concept.csv", 400, "“concept” is missing"),
        ("/questions/about-concept.csv?concpet=culture", 400, "“concept” is missing"),
        ("/questions/about-concept.json?concept=", 400, "“concept” is missing"),
        ("/questions/list-item.rq?list=three-steps&number=7", 400, "“number” is a number from 1 to 3"),
        ("/questions/said-by-about?agent=delegate", 400, "“concept” is missing"),
    ],
)
def test_what_is_wrong_is_one_sentence_that_names_it(client: FlaskClient, path: str, status: int, words: str) -> None:
    assert words in soup(client, path, status).select("main")[0].get_text()
    if "." in path:
        told = client.get(path, headers={"Accept": "application/json"})
        assert (told.status_code, told.mimetype) == (status, "application/json")
        assert words in told.get_json()["error"]


def test_near_names_are_links_to_the_question_with_them(client: FlaskClient) -> None:
    links = soup(client, "/questions/said-by-about?agent=delegate&concept=cultrue", 400).select(".problem a")
    assert "Culture" in [link.text for link in links]
    for link in links:
        assert "agent=delegate" in urlsplit(str(link["href"])).query
        soup(client, str(link["href"]))


@pytest.mark.parametrize(
    ("path", "accept", "number"),
    [
        ("/questions.ttl", "*/*", len(NAMES)),
        ("/questions", "text/turtle", len(NAMES)),
        ("/questions/about-concept", "text/turtle", 1),
    ],
)
def test_questions_are_executables_for_other_tools(client: FlaskClient, path: str, accept: str, number: int) -> None:
    response = client.get(path, headers={"Accept": accept})
    assert response.content_type == "text/turtle; charset=utf-8"
    graph = Graph().parse(data=response.data, format="turtle")
    assert len(set(graph.subjects(RDF.type, SH.SPARQLSelectExecutable))) == number


@pytest.fixture(scope="module")
def exported(client: FlaskClient) -> Graph:
    return Graph().parse(data=client.get("/questions.ttl").data, format="turtle")


@pytest.fixture(scope="module")
def data(client: FlaskClient) -> Graph:
    return Graph().parse(data=client.get("/data.nt").data, format="nt")


def run(exported: Graph, data: Graph, name: str, values: dict[str, Identifier]) -> set[str]:
    """Return the claims that an executable finds with these values bound to its parameters before it runs."""
    (prefixes,) = exported.objects(QUESTION[name], SH.prefixes)
    namespaces = {
        str(exported.value(each, SH.prefix)): str(exported.value(each, SH.namespace))
        for each in exported.objects(prefixes, SH.declare)
    }
    query = str(exported.value(QUESTION[name], SH.select))
    return {str(row["claim"]) for row in data.query(query, initNs=namespaces, initBindings=values)}


def claims(client: FlaskClient, name: str, chosen: dict[str, str]) -> set[str]:
    found = client.get(f"/questions/{name}.json", query_string=chosen).get_json()
    return {claim["iri"] for claim in found["claims"]}


@pytest.mark.parametrize("name", NAMES)
def test_an_executable_finds_what_the_question_finds(
    client: FlaskClient, exported: Graph, data: Graph, name: str
) -> None:
    values = {
        local_name(str(parameter)): exported.value(parameter, SH.defaultValue)
        for parameter in exported.objects(QUESTION[name], SH.parameter)
    }
    chosen = {slot: local_name(str(value)) for slot, value in values.items()}
    library = client.application.config["LIBRARY"]
    template = next(each for each in library.questions() if each.name == name)
    if template.slots.keys() == chosen.keys():
        expected = claims(client, name, chosen)
    else:  # a slot of several things is no parameter: it keeps those of the template
        expected = {row["claim"] for row in library.query(template.sparql)}
    assert expected
    assert run(exported, data, name, values) == expected


def test_an_executable_finds_what_is_claimed_of_another_thing(
    client: FlaskClient, exported: Graph, data: Graph
) -> None:
    culture = URIRef("https://w3id.org/seminar-kg/concept/culture")
    expected = claims(client, "about-concept", {"concept": "culture"})
    assert run(exported, data, "about-concept", {"concept": culture}) == expected != set()


def test_questions_are_grouped_by_use(client: FlaskClient) -> None:
    page = soup(client, "/questions")
    headings = [heading.get_text() for heading in page.select("main section h2")]
    assert headings == list(USES.values())
    shown = {str(link["href"]).rpartition("/")[2] for link in page.select("main section .question-list__title")}
    assert shown == {template.name for template in read_templates() if template.use}
    assert len(page.select("main details .question-list__title")) == len(NAMES) - len(shown)


def test_a_question_comes_as_a_spreadsheet(client: FlaskClient) -> None:
    rows = cells_of(client.get(DELEGATE.format(".xlsx")).data)
    assert rows[0][:3] == ["No.", "In our words", "Word for word"]
    assert len(rows) > 1
