"""Maps for frames, who may frame what, and oEmbed 1.0."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient

from kg.cli.command_line import commands
from webapp import create_app

SITE = "http://localhost"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


@pytest.mark.parametrize("path", ["/embed/map?focus=culture", "/embed/culture", "/embed/map?overview=1"])
def test_a_page_for_a_frame_needs_nothing_else(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    page = BeautifulSoup(response.data, "html.parser")
    assert page.select_one("svg.concept-map .concept")
    assert page.select(".words li[data-line]")
    assert not page.find(["form", "link", "img", "iframe", "header", "nav"])
    scripts = page.find_all("script")
    assert [script.attrs for script in scripts] == [{}], "one classic script, in the page"
    assert not re.search(r"fetch\(|XMLHttpRequest|localStorage|sessionStorage|document\.cookie|import ", str(scripts))
    assert "Set-Cookie" not in response.headers
    assert "X-Frame-Options" not in response.headers
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "frame-ancestors * file:" in policy


def test_links_of_a_frame_stay_in_frames_or_open_pages(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/embed/culture").data, "html.parser")
    for link in page.select("a[href]"):
        inside = str(link["href"]).startswith("/embed/")
        assert inside == (link.get("target") != "_blank"), link
    boxes = page.select("svg a")
    assert boxes
    assert all(client.get(str(box["href"])).status_code == 200 for box in boxes)
    topics = BeautifulSoup(client.get("/embed/map?overview=1").data, "html.parser").select("svg a")
    assert client.get(str(topics[0]["href"])).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/embed/nowhere", 404),
        ("/embed/map?focus=nowhere", 404),
        ("/embed/map?focus=culture&depth=99", 400),
        ("/embed/culture?depth=2", 200),
        ("/embed/culture?title=Mine&page=a4&hide=leaders", 200),
        ("/embed/map?question=", 200),
        (f"/embed/map?question={'x' * 501}", 400),
        ("/embed/map?speaker=ian-cumming&theme=staff", 404),
    ],
)
def test_errors_in_a_frame_are_a_sentence_without_the_site_around(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == status
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    if status != 200:
        page = BeautifulSoup(response.data, "html.parser")
        assert not page.find(["form", "header", "link", "a"])
        assert page.find("p")


@pytest.mark.parametrize(
    "path",
    ["/", "/map", "/map.svg?focus=culture", "/map.html?focus=culture", "/map.pdf?focus=culture", "/concepts/culture",
     "/oembed?url=x", "/nowhere", "/static/site.css", "/embedded", "/sparql", "/maps/stage.js"],
)  # fmt: skip
def test_nothing_else_may_be_framed(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_who_may_frame_can_be_chosen() -> None:
    client = create_app({"EMBED_ANCESTORS": ("https://learn.example.org",)}).test_client()
    for path in ("/embed/culture", "/embed/nowhere"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert policy.endswith("frame-ancestors https://learn.example.org")


@pytest.mark.parametrize("wrong", ["https://a.example; script-src *", "a b", "javascript:alert(1)", "", "https://x/\n"])
def test_a_site_that_could_add_rules_is_refused(wrong: str) -> None:
    ended = CliRunner().invoke(commands, ["serve", "--frame-ancestor", wrong])
    assert ended.exit_code == 2
    assert "is no site" in ended.stderr


# ── oEmbed ──────────────────────────────────────────────────────────────────────────────────────────────


def ask(client: FlaskClient, url: str, **more: Any) -> Any:
    return client.get(f"/oembed?{urlencode({'url': url, **more})}")


@pytest.mark.parametrize(
    ("address", "embed"),
    [
        ("/map", "/embed/map"),
        ("/map?focus=culture&depth=2&title=A+%22b%22&hide=staff&page=a4", None),
        ("/map.png?focus=culture&scale=3", "/embed/map?focus=culture"),
        ("/concepts/culture", "/embed/map?focus=culture"),
        ("/concepts/culture?utm_source=x#map", "/embed/map?focus=culture"),
        ("/concept/culture", "/embed/map?focus=culture"),
        ("/embed/culture", "/embed/map?focus=culture"),
        ("/embed/culture?depth=2", "/embed/map?focus=culture&depth=2"),
        ("/embed/map?overview=1", "/embed/map?overview=1"),
    ],
)
def test_maps_and_concepts_have_an_answer(client: FlaskClient, address: str, embed: str | None) -> None:
    response = ask(client, SITE + address)
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found = response.get_json()
    assert (found["version"], found["type"], found["provider_name"]) == ("1.0", "rich", "seminar-kg")
    frame = BeautifulSoup(found["html"], "html.parser").find("iframe")
    assert frame is not None
    assert (frame["width"], frame["height"]) == (str(found["width"]), str(found["height"]))
    assert frame["title"] == found["title"]
    if embed:
        assert frame["src"] == SITE + embed
    assert client.get(str(frame["src"]).removeprefix(SITE)).status_code == 200


def test_iris_of_concepts_are_known(client: FlaskClient) -> None:
    assert ask(client, "https://w3id.org/seminar-kg/concept/culture").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/concepts/culture",
        "http://localhost@evil.example/map",
        "http://localhost.evil.example/map",
        "http://localhost:81/map",
        "javascript:alert(1)//localhost/map",
        "//localhost/map",
        "/map",
        "http://[",
        "http://localhost/",
        "http://localhost/claims",
        "http://localhost/concepts/",
        "http://localhost/concepts/nowhere",
        'http://localhost/concepts/x"><script>alert(1)</script>',
        "http://localhost/map?focus=nowhere",
        "http://localhost/map?focus=culture&depth=99",
        "http://localhost/map?speaker=ian-cumming&theme=staff",
        "http://localhost/map.docx",
        f"http://localhost/map?question={'x' * 501}",
        "https://w3id.org/seminar-kg/concept/nowhere",
    ],
)
def test_everything_else_is_not_found(client: FlaskClient, address: str) -> None:
    response = ask(client, address)
    assert response.status_code == 404
    assert "<script>" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("url=", 400),
        ("url=http://localhost/map?focus=culture&maxwidth=wide", 400),
        ("url=http://localhost/map?focus=culture&maxwidth=0", 400),
        ("url=http://localhost/map?focus=culture&maxheight=-5", 400),
        ("url=http://localhost/map?focus=culture&maxheight=%D9%A3", 400),
        ("url=http://localhost/map?focus=culture&maxwidth=99999999999999999999", 200),
        ("url=http://localhost/map?focus=culture&maxwidth=", 200),
        ("url=http://localhost/map?focus=culture&format=yaml", 501),
        ("url=http://localhost/map?focus=culture&format=json", 200),
        ("url=http://localhost/map?focus=culture&format=xml", 200),
    ],
)
def test_statuses_of_the_specification(client: FlaskClient, query: str, status: int) -> None:
    response = client.get(f"/oembed?{query}")
    assert response.status_code == status
    if status != 200:
        assert json.loads(response.data)["error"]


@pytest.mark.parametrize("width", [None, 200, 320, 640, 1280, 4000])
@pytest.mark.parametrize("height", [None, 150, 420, 800])
@pytest.mark.parametrize("page", ["16:9", "a4"])
def test_limits_are_kept(client: FlaskClient, width: int | None, height: int | None, page: str) -> None:
    limits = {name: value for name, value in (("maxwidth", width), ("maxheight", height)) if value}
    found = ask(client, f"{SITE}/map?focus=compassion&page={page}", **limits).get_json()
    assert 0 < found["width"] <= (width or 960)
    assert 0 < found["height"] <= (height or 10_000)
    assert found.get("thumbnail_width", 0) <= (width or 10_000)
    assert found.get("thumbnail_height", 0) <= (height or 10_000)


def test_the_thumbnail_is_as_large_as_it_says(client: FlaskClient) -> None:
    found = ask(client, f"{SITE}/map?focus=compassion").get_json()
    picture = client.get(found["thumbnail_url"].removeprefix(SITE)).data
    size = (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24]))
    assert size == (found["thumbnail_width"], found["thumbnail_height"]) == (1280, 720)


def test_xml_says_the_same(client: FlaskClient) -> None:
    address = f"{SITE}/map?focus=compassion&title=%3Cb%3E+%26+%22c%22"
    found, response = ask(client, address).get_json(), ask(client, address, format="xml")
    assert response.mimetype == "text/xml"
    root = ElementTree.fromstring(response.data)
    assert root.tag == "oembed"
    assert {each.tag: each.text for each in root} == {name: str(value) for name, value in found.items()}
    frame = BeautifulSoup(found["html"], "html.parser").find("iframe")
    assert frame is not None
    assert frame["title"] == 'Concept map: <b> & "c"'


def test_behind_a_public_address_only_that_is_known() -> None:
    client = create_app({"BASE_URL": "https://example.org/kg"}).test_client()
    found = ask(client, "https://example.org/kg/map?focus=culture").get_json()
    assert 'src="https://example.org/kg/embed/map?focus=culture"' in found["html"]
    assert ask(client, "http://localhost/map?focus=culture").status_code == 404
    assert ask(client, "https://example.org/map?focus=culture").status_code == 404


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/map?hide=staff&focus=leaders&unknown=1", "/map?focus=leaders&hide=staff"),
        ("/map", "/map"),
        ("/map?overview=1", "/map?overview=1"),
        ("/concepts/culture", "/concepts/culture"),
    ],
)
def test_pages_say_where_their_answer_is(client: FlaskClient, path: str, named: str) -> None:
    page = BeautifulSoup(client.get(path).data, "html.parser")
    for kind, extension in (("application/json+oembed", "json"), ("text/xml+oembed", "xml")):
        link = page.select_one(f'head link[rel=alternate][type="{kind}"]')
        assert link is not None
        assert str(link["title"]).startswith("Concept map: ")
        assert link["href"] == f"{SITE}/oembed?{urlencode({'url': SITE + named, 'format': extension})}"
        assert client.get(str(link["href"]).removeprefix(SITE)).status_code == 200
