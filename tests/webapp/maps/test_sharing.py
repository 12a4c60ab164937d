"""Taking a map along: every text shows the same view, and the command line makes the same bytes as the site."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient

from kg.cli.command_line import commands
from kg.library import open_library
from kg.maps.formats import FORMATS
from webapp import create_app

SITE = "https://maps.example.org"
VIEWS = [
    "focus=compassion",
    "focus=leaders&depth=1&hide=staff&hide=culture&title=Who+leads%3F&page=a4",
    "question=Who+creates+culture%3F&title=-+My+title+-&page=square",
    "overview=1&page=4:3",
    "speaker=michael-west&most=4",
    "stance=criticises&hide=form-filling",
    "theme=regulation&title=%27%22%24HOME+%60x%60+%5C+%E2%80%9Cq%E2%80%9D",
]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"BASE_URL": SITE}).test_client()


def page_of(client: FlaskClient, view: str) -> BeautifulSoup:
    response = client.get(f"/map?{view}")
    assert response.status_code == 200, response.get_data(as_text=True)
    return BeautifulSoup(response.data, "html.parser")


def taken(page: BeautifulSoup, name: str) -> str:
    found = page.find("summary", string=lambda text: bool(text) and str(text).startswith(name))
    assert found is not None, name
    assert found.parent is not None
    code = found.parent.select_one("[data-copy] code")
    assert code is not None
    return code.get_text()


def written(line: str, target: Path) -> bytes:
    """Run the command line as a shell would, writing elsewhere, and return the file."""
    words = shlex.split(line)
    assert words[:2] == ["seminar-kg", "map"]
    assert words[-2:] == ["-o", f"map{target.suffix}"]
    ended = CliRunner().invoke(commands, [*words[1:-1], str(target)])
    assert ended.exit_code == 0, ended.output
    return target.read_bytes()


@pytest.mark.parametrize("view", VIEWS)
def test_the_command_line_makes_the_same_bytes(client: FlaskClient, view: str, tmp_path: Path) -> None:
    page = page_of(client, view)
    link = page.find("a", string="SVG (.svg)")
    assert link is not None
    response = client.get(str(link["href"]))
    assert written(taken(page, "For programmers"), tmp_path / "map.svg") == response.data


@pytest.mark.parametrize("extension", sorted(FORMATS))
def test_so_it_does_in_every_format(client: FlaskClient, extension: str, tmp_path: Path) -> None:
    line = taken(page_of(client, "focus=compassion&page=a4"), "For programmers")
    line = line.strip().removesuffix("svg") + extension
    response = client.get(f"/map.{extension}?focus=compassion&page=a4")
    assert written(line, tmp_path / f"map.{extension}") == response.data


def test_other_seminars_are_named_in_the_command() -> None:
    app = create_app({"LIBRARY": open_library([Path(__file__).parents[3] / "tests" / "fixtures/second/seminar.ttl"])})
    line = taken(page_of(app.test_client(), "most=2"), "For programmers")  # the whole map takes long to arrange
    assert "--data SEMINARS" in line


@pytest.mark.parametrize("view", VIEWS)
def test_every_text_leads_to_the_same_view(client: FlaskClient, view: str) -> None:
    page = page_of(client, view)
    address = page.select_one(".taking > p a")
    assert address is not None
    href = str(address["href"])
    again = page_of(client, urlsplit(href).query)
    assert again.select_one("svg.concept-map") == page.select_one("svg.concept-map")
    frame = BeautifulSoup(taken(page, "Frame"), "html.parser").find("iframe")
    assert frame is not None
    assert str(frame["title"]).startswith("Concept map: ")
    assert str(frame["src"]) == href.replace(f"{SITE}/map", f"{SITE}/embed/map")
    inner = BeautifulSoup(client.get(str(frame["src"]).removeprefix(SITE)).data, "html.parser")
    title = page.select_one("svg.concept-map title")
    assert title is not None
    assert inner.title is not None
    assert title.get_text() == inner.title.get_text() == str(frame["title"]).removeprefix("Concept map: ")
    assert href in taken(page, "Markdown")


def test_the_figure_is_the_picture_with_its_words(client: FlaskClient) -> None:
    page = page_of(client, "focus=culture")
    figure = BeautifulSoup(taken(page, "For Moodle"), "html.parser")
    picture = figure.select_one("figure > svg")
    assert picture is not None
    assert (picture.get("width"), picture.get("height")) == ("100%", None)
    assert not figure.find(["script", "style"])
    assert figure.select("figcaption details li")
    links = [str(a["href"]) for a in figure.select("a")]
    assert links
    assert all(link.startswith(SITE) for link in links)
    other = BeautifulSoup(taken(page_of(client, "focus=leaders"), "For Moodle"), "html.parser")
    ids = [{str(each["id"]) for each in made.select("[id]")} for made in (figure, other)]
    assert not ids[0] & ids[1], "two figures can stand on one page"


def test_markdown_survives_a_title_full_of_its_marks(client: FlaskClient) -> None:
    page = page_of(client, "focus=compassion&title=a+%5Bb%5D(c)+*d*+%3Cscript%3E")
    markdown = taken(page, "Markdown")
    assert markdown.startswith(r"[![Concept map: a \[b\](c) \*d\* \<script\>](https://maps.example.org/map.png?")
    assert len(re.findall(r"(?<!\\)\]\(", markdown)) == 2, "the picture and its link"


def test_the_panel_changes_the_view(client: FlaskClient) -> None:
    page = page_of(client, "focus=leaders&hide=staff&title=Mine&page=a4")
    form = page.select_one("form.view-form")
    assert form is not None
    assert form["action"] == "/map#picture"
    assert form.select_one("[name=title]")["value"] == "Mine"  # type: ignore[index]
    assert form.select_one("[name=page] [selected]")["value"] == "a4"  # type: ignore[index]
    assert form.select_one("[name=focus] [selected]")["value"] == "leaders"  # type: ignore[index]
    assert [box["value"] for box in form.select("[name=hide][checked]")] == ["staff"]
    offered = {str(box["value"]) for box in form.select("[name=hide]")}
    assert "culture" in offered


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_sizes_of_the_png_are_offered(client: FlaskClient, scale: int) -> None:
    page = page_of(client, "focus=culture")
    link = page.find("a", string=f"{1280 * scale} × {720 * scale} pixels")
    assert link is not None
    assert link["href"] == f"/map.png?focus=culture&scale={scale}"


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:9000"])
def test_what_is_taken_from_a_local_site_leads_nowhere_local(host: str, tmp_path: Path) -> None:
    client = create_app().test_client()
    site = f"http://{host}"
    page = BeautifulSoup(client.get("/map?focus=compassion", base_url=site).data, "html.parser")
    assert "--base-url" in page.select("#local")[0].get_text()
    named = site.removeprefix("http://")
    assert named not in taken(page, "For Moodle")
    for extension in ("svg", "html", "pdf", "cxl"):
        assert named.encode() not in client.get(f"/map.{extension}?focus=compassion", base_url=site).data
    picture = client.get("/map.svg?focus=compassion", base_url=site).data
    assert "NHS Confederation" in picture.decode(), "the foot names the source"
    assert written(taken(page, "For programmers"), tmp_path / "map.svg") == picture


def test_a_site_with_an_address_says_nothing_of_this_computer(client: FlaskClient) -> None:
    page = page_of(client, "focus=compassion")
    assert not page.select("#local")
    assert SITE.encode() in client.get("/map.svg?focus=compassion").data


def test_what_works_anywhere_comes_first(client: FlaskClient) -> None:
    page = page_of(client, "focus=compassion")
    assert page.select(".files a")[0].get_text() == "Web page (.html)"
    assert page.select("#embed ~ .takes summary")[0].get_text().startswith("For Moodle")


def test_a_frame_keeps_its_shape(client: FlaskClient) -> None:
    frame = BeautifulSoup(taken(page_of(client, "focus=compassion"), "Frame"), "html.parser").select("iframe")[0]
    assert f"aspect-ratio: {frame['width']} / {frame['height']}" in str(frame["style"])
    assert "height: auto" in str(frame["style"])
