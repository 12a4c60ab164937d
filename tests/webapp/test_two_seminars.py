"""Two seminars that share nobody, and every page of both: what is shown under one is of that one."""

from __future__ import annotations

import csv
import io
from collections import deque
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kg.graph.records import Seminar
from kg.library import Library, open_library
from webapp import create_app

FIXTURES = Path(__file__).parents[1] / "fixtures"
GARDEN, INQUIRY = "growing-2021", "francis-report-2013"
#: Left out of the walk: queries, which ask all data, and files.
NOT_WALKED = ("/sparql", "/data", "/questions.ttl", "/oembed", "/static", "/fonts", "/maps/", "/.well-known")


@pytest.fixture(scope="module")
def both() -> Library:
    return open_library([FIXTURES / "check" / "seminar.ttl", FIXTURES / "second" / "seminar.ttl"])


@pytest.fixture(scope="module")
def client(both: Library) -> FlaskClient:
    return create_app({"LIBRARY": both}).test_client()


def telling(library: Library, seminar: Seminar) -> set[str]:
    """Return what belongs to one seminar alone: the names of its people, its claims, its quotations."""
    catalogue = library.catalogue
    named = [agent for agent in catalogue.agents() if agent.kind != "unnamed"]  # "the debate" is no name
    people = {agent.name for agent in named if catalogue.seminars_naming(agent) == (seminar,)}
    claims = catalogue.claims(seminar=seminar.slug)
    quotations = {p.quote for p in catalogue.passages(seminar.slug)}
    return {" ".join(text.split()) for text in (*people, *(claim.text for claim in claims), *quotations)}


def words(found: BeautifulSoup) -> str:
    return " ".join(found.get_text(" ").split())


def walk(client: FlaskClient, left_out: tuple[str, ...]) -> dict[str, BeautifulSoup]:
    """Return every page that links lead to from the home page, by its address, but for some beginnings of addresses."""
    found: dict[str, BeautifulSoup] = {}
    ahead = deque(["/"])
    seen = {"/"}
    while ahead:
        address = ahead.popleft()
        response = client.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
        assert response.status_code == 200, address
        if response.mimetype != "text/html":
            continue
        found[address] = BeautifulSoup(response.get_data(as_text=True), "html.parser")
        offering = ".browse__form, form.filters" if "seminar=" in address else ".browse__form"
        for form in found[address].select(offering):
            form.decompose()  # it offers what may be chosen instead
        for link in found[address].find_all("a", href=True):
            target = urlsplit(urljoin(f"http://localhost{address}", str(link["href"])))
            path = target.path + (f"?{target.query}" if target.query else "")
            is_file = "." in target.path.rsplit("/", 1)[-1] or "format=" in target.query
            if target.netloc != "localhost" or path.startswith(left_out) or is_file or path in seen:
                continue
            seen.add(path)
            ahead.append(path)
    return found


def seminar_of(library: Library, address: str) -> str | None:
    """Return the seminar that a page is of, by its address; None for one of both."""
    catalogue = library.catalogue
    parts, query = urlsplit(address).path.strip("/").split("/"), parse_qs(urlsplit(address).query)
    if "seminar" in query:
        return query["seminar"][0]
    kind, slug = parts[0], parts[-1]
    if len(parts) < 2:
        return None
    if kind == "seminars":
        return slug
    if kind == "claims":
        return catalogue.claim(slug).seminar
    if kind == "people":
        naming = catalogue.seminars_naming(catalogue.agent(slug))
        return naming[0].slug if len(naming) == 1 else None
    if kind in ("concepts", "embed") and slug != "map":
        seminars = {claim.seminar for claim in catalogue.claims(concept=slug)}
        return seminars.pop() if len(seminars) == 1 else None
    return None


def test_they_share_nobody(both: Library) -> None:
    garden, inquiry = (telling(both, both.catalogue.seminar(slug)) for slug in (GARDEN, INQUIRY))
    assert len(garden) > 20
    assert len(inquiry) > 60
    assert not garden & inquiry
    assert all(len(both.catalogue.seminars_naming(agent)) == 1 for agent in both.catalogue.agents())


@pytest.mark.parametrize(
    "left_out",
    [
        pytest.param((*NOT_WALKED, "/map?", "/embed", "/questions/", "/claims?seminar="), id="without maps of a part"),
        pytest.param(NOT_WALKED, id="all", marks=pytest.mark.thorough),
    ],
)
def test_no_page_of_one_names_what_is_of_the_other(
    both: Library, client: FlaskClient, left_out: tuple[str, ...]
) -> None:
    seminars = {seminar.slug: seminar for seminar in both.catalogue.seminars()}
    own = {slug: telling(both, seminar) for slug, seminar in seminars.items()}
    pages = walk(client, left_out)
    of = {address: seminar_of(both, address) for address in pages}
    assert {slug for slug in of.values() if slug} == {GARDEN, INQUIRY}
    assert sum(slug is not None for slug in of.values()) > 80
    for address, page in pages.items():
        for choices in page.select("select"):  # what a form offers is of all data
            choices.decompose()
        text = words(page)
        named = {slug for slug in seminars if any(each in text for each in own[slug])}
        if of[address]:
            others = [each for slug in named - {of[address]} for each in own[slug] if each in text]
            assert not others, address
        elif len(named) > 1:
            assert all(seminar.document.title in text or seminar.name in text for seminar in seminars.values()), address
        for card in page.select(".claim"):
            shown = words(card)
            home = next(slug for slug in seminars if any(each in shown for each in own[slug] if each.endswith(".")))
            assert seminars[home].document.title in shown, address
        for each in page.select(".quote"):
            home = next(slug for slug in seminars if any(text in words(each) for text in own[slug]))
            assert seminars[home].document.title in words(each), address


# ── One page each, quickly ──


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 200, address
    return words(BeautifulSoup(response.get_data(as_text=True), "html.parser"))


@pytest.mark.parametrize(
    ("address", "named", "unnamed"),
    [
        (f"/seminars/{GARDEN}", ["Ada Fern", "Garden Club"], ["Robert Francis", "the seminar-kg tests"]),
        (f"/seminars/{INQUIRY}", ["Robert Francis", "6 February 2013"], ["Ada Fern", "Garden Club", "12.00am"]),
        (f"/claims?seminar={GARDEN}", ["Good gardens need time."], ["Robert Francis"]),
        (
            f"/claims?seminar={INQUIRY}&how=criticises",
            ["The Francis report"],
            ["Meetings are weeds and are not water."],
        ),
        (
            "/people",
            ["Ada Fern presented the seminar Growing together", "presented the seminar The Francis report"],
            ["chaired"],
        ),
        ("/people/ada-fern", ["presented the seminar (Growing together)"], ["Francis report"]),
        ("/claims", ["Growing together", "The Francis report"], []),
        ("/about", ["Growing together", " said …”", "such as"], ["Michael West", "such as culture"]),
        (f"/who?seminar={GARDEN}", ["Ada Fern’s talk", "Gardens"], ["Francis"]),
        (f"/criticism?seminar={INQUIRY}", ["The Francis report"], ["Ada Fern"]),
        ("/questions/post", ["Ada Fern (Growing together)"], []),
        ("/", ["What was said at 2 seminars", "Growing together", "The Francis report"], ["Who creates culture"]),
    ],
)
def test_what_a_page_names(client: FlaskClient, address: str, named: list[str], unnamed: list[str]) -> None:
    text = page(client, address)
    assert [each for each in named if each not in text] == []
    assert [each for each in unnamed if each in text] == []


def test_ready_made_questions_are_shown_with_what_the_data_have(client: FlaskClient) -> None:
    found = BeautifulSoup(client.get("/questions").get_data(as_text=True), "html.parser")
    examples = [str(link["href"]) for link in found.select(".question-list .small a")]
    assert len(examples) > 20
    assert "Michael West" not in words(found)
    for address in examples:
        shown = BeautifulSoup(client.get(address).get_data(as_text=True), "html.parser")
        assert shown.select(".claim"), address


def test_the_map_of_one_seminar_stays_so(client: FlaskClient) -> None:
    found = BeautifulSoup(client.get(f"/map?seminar={GARDEN}").get_data(as_text=True), "html.parser")
    chosen = found.select_one('select[name="seminar"] option[selected]')
    assert chosen is not None
    assert chosen["value"] == GARDEN
    words_of_map = words(found)
    assert "Patience feeds growth." in words_of_map
    assert "Robert Francis" not in words_of_map.replace(words(found.select_one("form.filters")), "")


def test_filters_within_one_seminar_offer_what_is_of_it(client: FlaskClient) -> None:
    found = BeautifulSoup(client.get(f"/claims?seminar={GARDEN}").get_data(as_text=True), "html.parser")
    offered = [words(each) for each in found.select(".browse__form select:not([name=seminar])")]
    assert len(offered) == 5
    assert "Ada Fern’s talk (6)" in offered[0]
    assert not [each for each in offered if "Francis" in each or "Cameron" in each or "NHS" in each]


def test_a_map_of_both_says_at_which_seminar_something_was_said(both: Library) -> None:
    credits = {claim.credit for p in both.concept_map().propositions for claim in p.claims}
    assert "Ada Fern, at “Growing together, 3 March 2021”" in credits
    alone = both.concept_map(seminar=GARDEN)
    assert "Ada Fern" in {claim.credit for p in alone.propositions for claim in p.claims}


def test_tables_name_the_seminar_of_each_claim(client: FlaskClient, both: Library) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/data.csv").get_data(as_text=True))))
    names = {claim.iri: both.catalogue.seminar(claim.seminar).name for claim in both.catalogue.claims()}
    assert {row["claim"]: row["seminar"] for row in rows} == names


# ── Seminars that lack something, or share a name ──


def altered(folder: Path, *changes: tuple[str, str]) -> Library:
    """Return a library of the garden seminar with some of its text changed."""
    text = (FIXTURES / "check" / "seminar.ttl").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "seminar.ttl").write_text(text, encoding="utf-8")
    return open_library([folder])


CONCEPT_CLUB = (
    ':garden-club a prov:Agent ; rdfs:label "Garden Club"@en .',
    'concept:garden-club a skos:Concept , schema:Organization , prov:Agent ; skos:prefLabel "Garden Club"@en .',
)


@pytest.mark.parametrize(
    "changes",
    [
        [CONCEPT_CLUB, (" :garden-club", " concept:garden-club")],
        [(':seminar schema:startDate "2021-03-03T09:00:00"^^xsd:dateTime .', "")],
        [('2021-03-03T09:00:00"^^xsd:dateTime .', '2021-03-03"^^xsd:date .')],
    ],
    ids=["published by a concept", "without a date", "on a day without a time"],
)
def test_no_seminar_vanishes(tmp_path: Path, changes: list[tuple[str, str]]) -> None:
    library = altered(tmp_path, *changes)
    assert [seminar.slug for seminar in library.catalogue.seminars()] == [GARDEN]
    assert "Garden Club" in library.concept_map().source_line
    client = create_app({"LIBRARY": library}).test_client()
    for address in ("/", "/claims", "/seminars", f"/seminars/{GARDEN}", "/about", f"/claims/{GARDEN}-m1-1", "/map"):
        text = page(client, address)
        assert "9.00am" not in text or any(CONCEPT_CLUB in change for change in [changes])
        assert "None" not in text


def test_a_stranger_takes_nobodys_page(tmp_path: Path) -> None:
    stranger = '<https://a.example/x/ada-fern> a schema:Person , prov:Agent ; rdfs:label "Ada Thorn"@en .'
    nameless = '<https://a.example/people/> a schema:Person , prov:Agent ; rdfs:label "Nobody"@en .'
    library = altered(
        tmp_path, ("# ── Claims ──", f"{stranger}\n{nameless}\n"), (":i1-1", "<https://a.example/claims/>")
    )
    client = create_app({"LIBRARY": library}).test_client()
    assert "Ada Fern" in page(client, "/people/ada-fern")
    found = BeautifulSoup(client.get("/people").get_data(as_text=True), "html.parser")
    addresses = [str(link["href"]) for link in found.select(".entry__title a")]
    assert len(set(addresses)) == len(library.catalogue.agents())
    for address in (*addresses, *(f"/claims/{claim.slug}" for claim in library.catalogue.claims())):
        page(client, address)
