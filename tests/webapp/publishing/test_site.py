"""A small seminar as a site of files: every link leads to a file, under an address with a path and from a disk."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from kg.library import Library, open_library
from kg.maps.formats import FORMATS
from webapp import create_app
from webapp.publishing.folder import LIST
from webapp.publishing.site import publish

SITE = "https://web.example.org/deep/garden"
FIXTURE = Path(__file__).parents[2] / "fixtures" / "check" / "seminar.ttl"
KEPT = ("svg", "html", "cxl")
LINKS = ("href", "xlink:href", "src", "srcset", "action", "poster", "data")


@dataclass(frozen=True)
class Made:
    """What was published: where, from what, and its pages as they were read, by their places."""

    root: Path
    library: Library
    pages: dict[str, BeautifulSoup]


def write(library: Library, root: Path) -> None:
    publish(library, root, SITE, [name for name in FORMATS if name not in KEPT])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("published") / "site"
    library = open_library([FIXTURE])
    write(library, root)
    files = sorted(root.rglob("index.html"))
    read = {file.relative_to(root).as_posix(): BeautifulSoup(file.read_bytes(), "html.parser") for file in files}
    return Made(root, library, read)


def links(page: BeautifulSoup) -> list[str]:
    named = [str(each[name]) for each in page.find_all(True) for name in LINKS if each.has_attr(name)]
    return [link for link in named if not link.startswith(("data:", "mailto:"))]


def test_every_link_leads_to_a_file(made: Made) -> None:
    """On the web as on a disk: no link begins with a slash or names a folder, and what is on the web has no query."""
    dead = []
    for place, page in made.pages.items():
        for link in links(page):
            whole = urlsplit(urljoin(f"{SITE}/{place}", link))
            if whole.netloc != urlsplit(SITE).netloc:
                continue
            target = made.root / unquote(whole.path.removeprefix(f"{urlsplit(SITE).path}/"))
            if link.startswith(("/", "http")) or whole.query or not target.is_file():
                dead.append((place, link))
    assert not dead
    assert len(made.pages) > 50


def test_every_anchor_is_there(made: Made) -> None:
    for place, page in made.pages.items():
        for link in links(page):
            whole = urlsplit(urljoin(f"{SITE}/{place}", link))
            target = unquote(whole.path.removeprefix(f"{urlsplit(SITE).path}/"))
            if whole.fragment and target in made.pages:
                assert made.pages[target].find(id=unquote(whole.fragment)), (place, link)


def test_there_is_a_page_for_everything(made: Made) -> None:
    catalogue = made.library.catalogue
    for folder, slugs in (
        ("claims", [claim.slug for claim in catalogue.claims()]),
        ("concepts", [concept.slug for concept in catalogue.concepts()]),
        ("people", [agent.slug for agent in catalogue.agents()]),
        ("seminars", [seminar.slug for seminar in catalogue.seminars()]),
    ):
        named = [str(page.select_one("h1")) for place, page in made.pages.items() if place.startswith(f"{folder}/")]
        assert len(named) > len(slugs), folder
    for name in ("data.ttl", "data.csv", "data.jsonld", "map.svg", "map.html", "map.cxl", "map/index.html"):
        assert (made.root / name).is_file()


def test_ready_made_questions_have_their_answers(made: Made) -> None:
    for question in made.library.suggestions(10):
        pages = [page for place, page in made.pages.items() if place.startswith("ask/")]
        (page,) = [page for page in pages if page.select("h1")[0].get_text() == question]
        assert made.library.ask(question).lead in page.get_text()


def test_pages_are_those_of_the_website(made: Made) -> None:
    """But for links and what takes a server, a page has the words of the one that is served."""
    client = create_app({"LIBRARY": made.library, "BASE_URL": SITE}).test_client()
    for claim in made.library.catalogue.claims()[:3]:
        served = BeautifulSoup(client.get(f"/claims/{claim.slug}").data, "html.parser").select("#maincontent")[0]
        (page,) = [each for each in made.pages.values() if each.select("h1")[0].get_text() == claim.text]
        assert page.select("#maincontent")[0].get_text().split()[:40] == served.get_text().split()[:40]


def test_nothing_asks_for_a_server(made: Made) -> None:
    for place, page in made.pages.items():
        for form in page.select("form"):
            assert urljoin(f"{SITE}/{place}", str(form["action"])) == f"{SITE}/search/index.html"
        scripts = {Path(str(script["src"])).name for script in page.select("script[src]")}
        assert not scripts & {"suggest.js", "editor.js"}
        assert "/sparql" not in " ".join(links(page))


def test_what_is_taken_along_names_the_address_of_its_page(made: Made) -> None:
    page = made.pages["map/index.html"]
    assert f"{SITE}/map/index.html" in page.select(".taking")[0].get_text()
    for name in ("map.svg", "map.html", "map.cxl"):
        text = (made.root / name).read_text(encoding="utf-8")
        places = re.findall(rf'{SITE}/([^"<>#\s]+)', text)
        assert places
        assert all((made.root / unquote(place)).is_file() for place in places), name


def test_the_search_knows_claims_concepts_people_and_questions(made: Made) -> None:
    script = (made.root / "search" / "entries.js").read_text(encoding="utf-8")
    entries = json.loads(script.removeprefix("var searchEntries = ").rstrip(";\n"))
    assert {kind for kind, *_ in entries} == {"Question", "Claim", "Concept", "Person or organisation"}
    for kind, title, *_, place in entries:
        assert (made.root / "search" / unquote(place)).resolve().is_file(), (kind, title)
    assert {"entries.js", "search.js"} <= {
        Path(str(each["src"])).name for each in made.pages["search/index.html"].select("script[src]")
    }


def test_published_again_it_is_the_same(made: Made) -> None:
    before = (made.root / LIST).read_bytes()
    write(made.library, made.root)
    assert (made.root / LIST).read_bytes() == before, "the list has the SHA-256 of every file"
    assert [each.name for each in made.root.parent.iterdir()] == ["site"], "nothing is left beside"
