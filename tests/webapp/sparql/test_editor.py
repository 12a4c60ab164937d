"""The page of the editor: results in each view, mistakes at their place, what it completes, and scripts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kg.vocabulary import PREFIXES
from webapp import create_app

ROOT = Path(__file__).parents[3]
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
TRIPLES = "SELECT ?s ?p ?o { VALUES ?p { relation:create } ?s ?p ?o }"
CLAIMS = "SELECT ?claim { ?claim a schema:Claim ; schema:about concept:culture } ORDER BY ?claim LIMIT 3"
GRAPH = "CONSTRUCT { ?s relation:create ?o } WHERE { ?s relation:create ?o }"
LABELS = "SELECT ?label { ?c skos:prefLabel ?label } LIMIT 3"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def page(client: FlaskClient, query: str, status: int = 200, **parameters: str) -> BeautifulSoup:
    response = client.get("/sparql", query_string={"query": query, **parameters}, headers=BROWSER)
    assert response.status_code == status
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


@pytest.mark.parametrize(
    ("query", "views", "first"),
    [
        (TRIPLES, ["Table", "Raw", "Map"], "Table"),
        (CLAIMS, ["Table", "Raw", "Map"], "Table"),
        (GRAPH, ["Table", "Raw", "Map"], "Raw"),
        (LABELS, ["Table", "Raw"], "Table"),
        ("DESCRIBE concept:culture", ["Table", "Raw", "Map"], "Raw"),
        ("ASK {}", [], None),
        ("SELECT ?x { ?x a schema:Nothing }", [], None),
    ],
)
def test_a_result_is_looked_at_in_the_ways_that_suit_it(
    client: FlaskClient, query: str, views: list[str], first: str | None
) -> None:
    shown = page(client, query)
    links = shown.select(".views a")
    assert [link.text for link in links] == views
    assert [link.text for link in links if link.get("aria-current")] == ([first] if first else [])
    for link in links:
        assert client.get(str(link["href"]).split("#")[0], headers=BROWSER).status_code == 200


@pytest.mark.parametrize("view", ["table", "raw", "map"])
@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { <urn:a> <urn:b> <<( ?s ?p ?o )>> } WHERE { ?s ?p ?o } LIMIT 2",
        "SELECT ?s ?p (<<( ?s ?p ?o )>> AS ?object) { ?s ?p ?o } LIMIT 2",
        "SELECT (<<( ?s ?p ?o )>> AS ?claim) { ?s ?p ?o } LIMIT 2",
    ],
)
def test_triple_terms_are_shown(client: FlaskClient, query: str, view: str) -> None:
    shown = page(client, query, view=view)
    if view == "table":
        assert "<<( _:" in shown.select("section[aria-labelledby=results]")[0].text


@pytest.mark.parametrize("query", [TRIPLES, CLAIMS, GRAPH])
def test_a_map_says_who_claimed_what_it_draws(client: FlaskClient, query: str) -> None:
    shown = page(client, query, view="map")
    assert shown.select("svg.concept-map")
    sentences = [each.text for each in shown.select(".map__words li")]
    assert sentences
    assert all("said by" in each.lower() or "an editor's link" in each for each in sentences)
    assert shown.select(".map__words a[href^='/claims/']")


def test_too_large_a_map_says_what_to_do(client: FlaskClient) -> None:
    shown = page(client, "SELECT ?s ?p ?o { ?s ?p ?o }", view="map")
    assert not shown.select("svg.concept-map")
    assert "LIMIT" in shown.select("section[aria-labelledby=results] p")[-1].text


def test_raw_is_the_file_itself(client: FlaskClient) -> None:
    document = json.loads(page(client, LABELS, view="raw").select("pre")[0].text)
    assert len(document["results"]["bindings"]) == 3
    assert "relation:create" in page(client, GRAPH, view="raw").select("pre")[0].text


@pytest.mark.parametrize("query", [LABELS, "ASK {}", GRAPH])
def test_files_of_a_result_declare_their_prefixes(client: FlaskClient, query: str) -> None:
    links = [str(link["href"]) for link in page(client, query).select(".downloads a") if "format=" in str(link["href"])]
    assert links
    for link in links:
        found = client.get(link, headers={"Accept": "*/*"})
        assert found.status_code == 200
        assert found.mimetype != "text/html"


def test_prefixes_may_be_left_out_on_the_page_alone(client: FlaskClient) -> None:
    assert page(client, LABELS).select("table.results")
    assert client.get("/sparql", query_string={"query": LABELS}).status_code == 400


@pytest.mark.parametrize(
    ("query", "line", "column", "marked"),
    [
        ("SELECT ?x\nWHERE { ?x skos:prefLabel ?y\nLIMIT 5", 3, 1, "LIMIT"),
        ("SELECT ?x WHERE {\n  ?x a schema:Claim ..\n} LIMIT 5", 2, 22, "."),
        ("SELECT ?x {\n  ?x nowhere:at ?y }", 2, 6, "nowhere"),
        ("\nSELECT ?x nonsense {}", 2, 11, "nonsense"),
        ("SELECT ?x {", 1, 12, " "),
    ],
)
def test_a_mistake_is_marked_where_it_stands(
    client: FlaskClient, query: str, line: int, column: int, marked: str
) -> None:
    shown = page(client, query, 400)
    form = shown.select_one("form.editor")
    assert form is not None
    assert (form["data-line"], form["data-column"]) == (str(line), str(column))
    assert f"line {line}" in str(form["data-message"])
    mark = shown.select_one(".problem mark")
    assert mark is not None
    assert mark.text == marked


@pytest.mark.parametrize(
    ("query", "status"),
    [("DELETE WHERE { ?s ?p ?o }", 400), ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", 403)],
)
def test_what_has_no_place_is_a_sentence(client: FlaskClient, query: str, status: int) -> None:
    shown = page(client, query, status)
    assert shown.select("[role=alert]")
    assert not shown.select("form[data-line]")


def test_what_a_query_shows_is_its_text_and_nothing_else(client: FlaskClient) -> None:
    hostile = "</textarea><script>alert(1)</script>\n${x}{{7*7}}"
    for path in ("/sparql", "/sparql/script"):
        text = client.get(path, query_string={"query": hostile}, headers=BROWSER).get_data(as_text=True)
        assert "<script>alert" not in text
        assert BeautifulSoup(text, "html.parser").find(string=re.compile(re.escape("{{7*7}}")))


def test_a_line_feed_at_the_start_stays(client: FlaskClient) -> None:
    text = client.get("/sparql", query_string={"query": "\nASK {}"}, headers=BROWSER).get_data(as_text=True)
    # A browser drops the first line feed within a text area.
    assert "required>\n\nASK {}</textarea>" in text


def test_the_editor_alone_may_add_styles_and_a_nonce_is_used_once(client: FlaskClient) -> None:
    words = set()
    for _ in range(2):
        response = client.get("/sparql", headers=BROWSER)
        policy = response.headers["Content-Security-Policy"]
        word = re.search(r"style-src 'self' 'nonce-([\w-]{20,})'", policy)
        assert word
        assert f'nonce="{word[1]}"' in response.get_data(as_text=True)
        assert "connect-src 'self'" in policy
        assert "script-src 'self';" in policy
        words.add(word[1])
    assert len(words) == 2
    assert "nonce" not in client.get("/about").headers["Content-Security-Policy"]


@pytest.fixture(scope="module")
def offered() -> dict[str, dict[str, object]]:
    document = create_app().test_client().get("/sparql/terms.json").get_json()
    assert document["prefixes"] == PREFIXES
    names = [term["name"] for term in document["terms"]]
    assert len(names) == len(set(names))
    return {term["name"]: term for term in document["terms"]}


class TestCompletion:
    @pytest.mark.parametrize(
        ("name", "kind", "label"),
        [
            ("concept:culture", "concept", "Culture"),
            ("theme:culture", "topic", "Culture"),
            ("schema:Claim", "class", ""),
            ("dcterms:isPartOf", "property", ""),
            ("relation:create", "relation", "create"),
            ("relation:influences", "relation", "influence"),
            ("sk:criticises", "value", "criticised"),
        ],
    )
    def test_words_of_the_vocabulary_and_of_the_data(
        self, offered: dict[str, dict[str, object]], name: str, kind: str, label: str
    ) -> None:
        assert (offered[name]["kind"], offered[name]["label"]) == (kind, label)

    def test_concepts_go_by_their_other_labels_too(self, offered: dict[str, dict[str, object]]) -> None:
        assert "CQC" in offered["concept:care-quality-commission"]["others"]  # type: ignore[operator]

    def test_every_name_stands_in_a_query_as_it_is(self, client: FlaskClient, offered: dict[str, object]) -> None:
        values = " ".join(offered)
        assert page(client, f"SELECT (COUNT(*) AS ?n) {{ VALUES ?term {{ {values} }} }}").select("table.results")


class TestScripts:
    def test_every_script_is_for_this_query_and_this_site(self) -> None:
        client = create_app({"BASE_URL": "https://example.org/"}).test_client()
        response = client.get("/sparql/script", query_string={"query": LABELS})
        scripts = [each.text for each in BeautifulSoup(response.data, "html.parser").select("section pre")]
        assert len(scripts) == 10
        for text in scripts:
            assert "https://example.org/sparql" in text
            assert "PREFIX skos:" in text
            assert "LIMIT 3" in text

    def test_without_a_query_there_is_an_example(self, client: FlaskClient) -> None:
        assert "SELECT" in client.get("/sparql/script").get_data(as_text=True)

    def test_one_client_is_chosen(self, client: FlaskClient) -> None:
        shown = BeautifulSoup(client.get("/sparql/script?client=curl").data, "html.parser")
        assert [each.text for each in shown.select("section h2")] == ["curl"]
        refused = client.get("/sparql/script?client=cobol")
        assert refused.status_code == 400
        assert "python-with-requests, " in refused.get_data(as_text=True)

    def test_what_is_no_text_is_refused(self, client: FlaskClient) -> None:
        assert client.get("/sparql/script?query=ASK%00").status_code == 400


class TestBundle:
    FOLDER = ROOT / "webapp" / "static" / "vendor" / "sparql-editor"

    def test_every_package_in_it_has_its_licence(self) -> None:
        lock = json.loads((ROOT / "editor" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        notices = (self.FOLDER / "LICENSES.txt").read_text(encoding="utf-8")
        carried = {
            name.removeprefix("node_modules/"): each for name, each in lock.items() if name and not each.get("dev")
        }
        for name, each in carried.items():
            assert f"{name} {each['version']} ({each['license']})" in notices
            assert each["license"] in ("MIT", "ISC")

    def test_nothing_names_where_packages_were_fetched_from(self) -> None:
        for path in (ROOT / "editor").glob("*.json"):
            assert "resolved" not in path.read_text(encoding="utf-8")

    def test_it_reaches_out_nowhere(self) -> None:
        text = (self.FOLDER / "editor.js").read_text(encoding="utf-8")
        assert set(re.findall(r"https?://[\w.]+", text)) <= {"http://www.w3.org"}


@pytest.mark.parametrize(
    "query",
    [
        'SELECT (CONCAT("<&", STR(?x)) AS ?y) { VALUES ?x { "' + "x'" * 20_000 + '" } }',
        "SELECT * { ?a ?b ?c . ?d ?e ?f }",
        "SELECT (IRI(CONCAT('urn:', ?x)) AS ?y) { VALUES ?x { '" + "x" * 40_000 + "' } }",
    ],
)
def test_a_page_of_results_is_bounded(client: FlaskClient, query: str) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert len(response.data) < 3_000_000
