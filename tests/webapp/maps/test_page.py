"""Maps: the page, the files, the pictures of other pages, and drawings that are kept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kg.library import Library
from kg.maps.concept_map import ConceptMap, MapConcept
from kg.maps.formats import FORMATS
from kg.maps.layout import placement
from kg.maps.layout.boxes import Boxes
from kg.maps.layout.local_search import Arrangement
from kg.maps.selection import Selection
from webapp import create_app
from webapp.lru_cache import OVERHEAD
from webapp.maps.drawing_cache import BYTES_A_MARK, DrawingCache
from webapp.threads import NoThreadError, Queue


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


@pytest.mark.parametrize(
    ("path", "disposition"),
    [
        ("/map.png?focus=culture", "inline; filename=map-culture.png"),
        ("/map.html?theme=staff", "inline; filename=map-staff.html"),
        ("/map.cxl?speaker=Michael+West", "attachment; filename=map-michael-west.cxl"),
        ("/map.pdf?title=%22;%20x=y%0d%0aX:%20y&focus=culture", "inline; filename=map-culture.pdf"),
        ("/map.mmd?question=Who+creates+culture%3F", "attachment; filename=map.mmd"),
    ],
)
def test_a_file_has_a_name_to_save_it_by(client: FlaskClient, path: str, disposition: str) -> None:
    assert client.get(path).headers["Content-Disposition"] == disposition


@pytest.mark.parametrize("extension", sorted(FORMATS))
def test_a_file_that_is_known_is_not_sent_again(client: FlaskClient, extension: str) -> None:
    first = client.get(f"/map.{extension}?focus=culture")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(f"/map.{extension}?focus=culture", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_web_page_may_run_its_script_and_nothing_else(client: FlaskClient) -> None:
    policy = client.get("/map.html?focus=culture").headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'sha256-" in policy
    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy


def test_the_source_line_of_a_page_has_the_full_address() -> None:
    client = create_app({"BASE_URL": "https://example.org"}).test_client()
    page = BeautifulSoup(client.get("/map?focus=culture").data, "html.parser")
    lines = [line.get_text() for line in page.select("svg .source-line text")]
    assert lines[-1] == "https://example.org/map?focus=culture"


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
    steps = {f"map-p{n}": str(each["step"]) for n, each in enumerate(data["propositions"], 1)}
    assert {item["data-line"]: item["data-step"] for item in listed} == steps
    assert [int(item["data-step"]) for item in listed] == sorted(each["step"] for each in data["propositions"])
    assert not page.find("details", class_="map__words"), "no click stands before the words"
    assert page.select_one("#choose-depth option[selected]")["value"] == "2"  # type: ignore[index]


def test_each_step_has_an_address_and_links_to_its_neighbours(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/map?focus=culture&step=2&numbers=1").data, "html.parser")
    links = {link.get_text(): link["href"] for link in page.select(".step-links a")}
    shared = "/map?focus=culture&numbers=1"
    assert links == {"Back": f"{shared}&step=1", "Next": f"{shared}&step=3", "Whole map": shared}
    assert page.select_one(".step-links span").get_text() == "Step 2 of 5"  # type: ignore[union-attr]
    stage = page.select_one(".stage")
    assert stage is not None
    assert (stage["data-steps"], stage["data-step"], stage["data-begin"]) == ("5", "2", "Culture")
    pale = page.select("svg .pale")
    assert pale
    assert all(group["aria-hidden"] == "true" for group in pale)
    assert len(page.select("svg .proposition.newest")) == 1
    assert page.find("a", href="/map.svg?focus=culture&numbers=1&step=2")
    assert page.find("a", href="/map.tsv?focus=culture&numbers=1"), "data has the whole map"
    assert page.find("a", href="/map.pdf?focus=culture&numbers=1&build-up=1")
    ends = [client.get(f"/map?focus=culture&step={step}").get_data(as_text=True) for step in (0, 5)]
    assert ">Back</a>" not in ends[0]
    assert ">Next</a>" not in ends[1]


def test_a_pdf_has_a_page_a_step_on_request(client: FlaskClient) -> None:
    one, many = (client.get(f"/map.pdf?focus=culture{more}").data for more in ("", "&build-up=1"))
    assert (one.count(b"/MediaBox"), many.count(b"/MediaBox")) == (1, 6)


def test_the_maps_of_other_pages_are_not_told_step_by_step(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/concepts/culture").data, "html.parser")
    assert page.select_one(".stage svg")
    assert not page.select(".walk")


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
        ("focus=culture&scale=9", 200),
        ("focus=culture&step=0", 200),
        ("focus=culture&step=5&numbers=1", 200),
        ("focus=culture&step=6", 400),
        ("focus=culture&step=two", 400),
        ("focus=culture&step=-1", 400),
    ],
)
def test_options_are_checked(client: FlaskClient, query: str, status: int) -> None:
    for path in ("/map", "/map.json"):
        assert client.get(f"{path}?{query}").status_code == status


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 200), ("scale=1", 200), ("scale=3&transparent=1", 200), ("scale=", 200)]
    + [(f"scale={wrong}", 400) for wrong in ("0", "4", "1000000", "1.5", "-1", "two", "%00")],
)
def test_the_scale_of_a_png_is_1_to_3(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/map.png?focus=compassion&{query}").status_code == status


def test_a_png_that_cannot_be_painted_is_refused_politely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.maps.formats.png._CHILD", "raise SystemExit(1)")
    response = create_app().test_client().get("/map.png?focus=compassion")
    assert response.status_code == 503
    assert "could not be painted; try a smaller scale" in response.get_data(as_text=True)


def test_files_that_took_work_are_kept_within_bounds() -> None:
    drawings, made = DrawingCache(cast(Library, None), room=2 * (10 + OVERHEAD)), []
    for key in ("a", "b", "b", "c", "a"):
        assert drawings.file(key, lambda key=key: made.append(key) or key.encode() * 10) == key.encode() * 10  # type: ignore[misc]
    assert made == ["a", "b", "c", "a"]


def test_a_choice_that_nothing_fits_is_said_to_be_empty(client: FlaskClient) -> None:
    query = "speaker=ian-cumming&theme=staff"
    page = client.get(f"/map?{query}")
    assert page.status_code == 200
    assert "No claim that can be drawn fits this choice" in page.get_data(as_text=True)
    assert client.get(f"/map.svg?{query}").status_code == 404


@pytest.mark.parametrize(("weight", "status"), [("regular", 200), ("semibold", 200), ("black", 404)])
def test_the_font_of_the_maps_is_served(client: FlaskClient, weight: str, status: int) -> None:
    assert client.get(f"/fonts/Inter-{weight}.woff").status_code == status


class CountingLibrary(SimpleNamespace):
    """Draws a map of one concept, and counts how often."""

    def concept_map(self, selection: Selection, base_url: str) -> ConceptMap:
        self.count += 1
        drawn = ConceptMap(title=str(selection))
        drawn.add_concept(MapConcept("a", "A"))
        return drawn


def test_drawings_are_made_once_and_the_oldest_dropped() -> None:
    library = CountingLibrary(count=0)
    drawings = DrawingCache(cast(Library, library), room=2 * (2 * BYTES_A_MARK + OVERHEAD))
    for focus in ("a", "b", "b", "a", "c", "b"):
        drawings.selected(Selection(focus=focus))
    assert library.count == 4


def test_a_map_that_another_process_has_drawn_is_not_arranged_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also under another title: the cache folder has where the boxes stand, and none of the words."""
    arranged: list[int] = []
    search = placement.arrange

    def counted(boxes: Boxes, room: tuple[float, float], seed: int, start: Arrangement | None) -> Arrangement:
        arranged.append(seed)
        return search(boxes, room, seed, start)

    monkeypatch.setattr(placement, "arrange", counted)
    path = "/map.svg?focus=culture&page=square&title="
    one, other, again = (create_app().test_client().get(path + title).data for title in "ABA")
    assert arranged == [1]
    assert one == again
    assert re.sub(rb"\bB\b", b"A", other) == re.sub(rb"\bB\b", b"A", one)
    written = b"".join(file.read_bytes() for file in cache.rglob("*.kept"))
    assert written
    assert b"culture" not in written.lower()


def test_too_many_who_wait_for_a_drawing_are_sent_away() -> None:
    queue = Queue(1, "Please try again.")
    with queue.turn(), pytest.raises(NoThreadError, match="try again"), queue.turn():
        pass
    with queue.turn():
        pass


def test_a_reader_who_is_sent_away_is_told_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app()

    def busy(selection: Selection) -> None:
        raise NoThreadError("Other maps are being drawn; please try again in a few seconds.")

    monkeypatch.setattr(app.extensions["drawings"], "selected", busy)
    response = app.test_client().get("/map")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
