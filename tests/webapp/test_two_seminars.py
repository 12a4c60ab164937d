"""Two seminars that share nobody, and every page of both: what is shown under one is of that one."""

from __future__ import annotations

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


def walk(client: FlaskClient) -> dict[str, BeautifulSoup]:
    """Return every page that links lead to from the home page, by its address."""
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
        for link in found[address].find_all("a", href=True):
            target = urlsplit(urljoin(f"http://localhost{address}", str(link["href"])))
            path = target.path + (f"?{target.query}" if target.query else "")
            is_file = "." in target.path.rsplit("/", 1)[-1]
            if target.netloc != "localhost" or path.startswith(NOT_WALKED) or is_file or path in seen:
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


def test_no_page_of_one_names_what_is_of_the_other(both: Library, client: FlaskClient) -> None:
    seminars = {seminar.slug: seminar for seminar in both.catalogue.seminars()}
    own = {slug: telling(both, seminar) for slug, seminar in seminars.items()}
    pages = walk(client)
    of = {address: seminar_of(both, address) for address in pages}
    assert {slug for slug in of.values() if slug} == {GARDEN, INQUIRY}
    assert sum(slug is not None for slug in of.values()) > 100
    for address, page in pages.items():
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
