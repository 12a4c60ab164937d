"""Maps: the page, the files, the pictures of other pages, and drawings that are kept."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kg.api import Library
from kg.maps.concept_map import ConceptMap, MapConcept
from kg.maps.formats import FORMATS
from webapp import create_app
from webapp.drawings import DrawingBusyError, Drawings, Queue


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


@pytest.mark.parametrize("extension", sorted(FORMATS))
def test_every_registered_format_can_be_downloaded(client: FlaskClient, extension: str) -> None:
    response = client.get(f"/map.{extension}?focus=culture")
    assert response.status_code == 200
    assert response.mimetype == FORMATS[extension].MEDIA_TYPE
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.data
    assert response.data == client.get(f"/map.{extension}?focus=culture").data
    page = BeautifulSoup(client.get("/map?focus=culture").data, "html.parser")
    assert page.find("a", href=f"/map.{extension}?focus=culture")


def test_a_file_of_a_map_links_to_full_addresses() -> None:
    client = create_app({"BASE_URL": "https://example.org"}).test_client()
    drawn = ElementTree.fromstring(client.get("/map.svg?focus=culture").data)
    links = {link.get("href") for link in drawn.iter("{http://www.w3.org/2000/svg}a")}
    assert "https://example.org/concepts/culture" in links
    assert all(link and link.startswith("https://example.org/") for link in links)


def test_the_page_has_the_picture_and_its_words(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/map?focus=culture&depth=2").data, "html.parser")
    picture = page.find("svg", class_="concept-map")
    assert picture is not None
    assert picture.find("a", href="/concepts/culture")
    listed = page.select(".map__words li")
    data = json.loads(client.get("/map.json?focus=culture&depth=2").data)
    assert len(listed) == len({p["text"] or p["id"] for p in data["propositions"]})
    assert page.select_one("#choose-depth option[selected]")["value"] == "2"  # type: ignore[index]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("focus=culture", 200),
        ("focus=Culture", 200),
        ("focus=culture&unknown=1", 200),
        ("focus=culture&hide=leaders&hide=", 200),
        ("focus=&theme=staff", 200),
        ("speaker=delegate", 200),
        ("stance=criticises&seminar=leading-by-example-2014", 200),
        ("focus=nowhere", 404),
        ("hide=nowhere", 404),
        ("speaker=nobody", 404),
        ("theme=nowhere", 404),
        ("stance=shouted", 404),
        ("seminar=nowhere", 404),
        ("focus=culture&page=a4", 200),
        ("focus=culture&title=Mine", 200),
        ("question=Who+creates+culture%3F", 200),
        ("focus=culture&page=a7", 400),
        (f"focus=culture&title={'x' * 201}", 400),
        (f"question={'x' * 501}", 400),
        ("focus=culture&depth=0", 400),
        ("focus=culture&depth=4", 400),
        ("focus=culture&depth=two", 400),
    ],
)
def test_options_are_checked(client: FlaskClient, query: str, status: int) -> None:
    for path in ("/map", "/map.json"):
        assert client.get(f"{path}?{query}").status_code == status


def test_a_choice_that_nothing_fits_is_said_to_be_empty(client: FlaskClient) -> None:
    query = "speaker=ian-cumming&theme=staff"
    page = client.get(f"/map?{query}")
    assert page.status_code == 200
    assert "Nothing was claimed that fits" in page.get_data(as_text=True)
    assert client.get(f"/map.svg?{query}").status_code == 404


@pytest.mark.parametrize(("weight", "status"), [("regular", 200), ("semibold", 200), ("black", 404)])
def test_the_font_of_the_maps_is_served(client: FlaskClient, weight: str, status: int) -> None:
    assert client.get(f"/fonts/Inter-{weight}.woff").status_code == status


class CountingLibrary(SimpleNamespace):
    """Draws a map of one concept, and counts how often."""

    def concept_map(self, **options: Any) -> ConceptMap:
        self.count += 1
        drawn = ConceptMap(title=str(options))
        drawn.add_concept(MapConcept("a", "A"))
        return drawn


def test_drawings_are_made_once_and_the_oldest_dropped() -> None:
    library = CountingLibrary(count=0)
    drawings = Drawings(cast(Library, library), kept=2)
    for focus in ("a", "b", "a", "c", "b", "a"):
        drawings.draw(focus=focus)
    assert library.count == 4


def test_too_many_who_wait_for_a_drawing_are_sent_away() -> None:
    queue = Queue(waiting=1)
    with queue.turn(), pytest.raises(DrawingBusyError, match="try again"), queue.turn():
        pass
    with queue.turn():
        pass


def test_a_reader_who_is_sent_away_is_told_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app()

    def busy(**options: Any) -> None:
        raise DrawingBusyError("Other maps are being drawn; please try again in a few seconds.")

    monkeypatch.setattr(app.extensions["drawings"], "draw", busy)
    response = app.test_client().get("/map")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
