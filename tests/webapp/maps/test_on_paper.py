"""Maps on paper over HTTP: sizes, handouts and exercises, and their links."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from webapp import create_app


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


@pytest.mark.parametrize(
    ("path", "name", "pages"),
    [
        ("/map.pdf?focus=regulators&size=handout", "map-regulators-handout.pdf", 2),
        ("/map.pdf?focus=regulators&exercise=1", "map-regulators-exercise.pdf", 2),
        ("/map.pdf?theme=culture&most=12&exercise=1", "map-culture-exercise.pdf", 2),
        ("/map.pdf?focus=regulators&build-up=1", "map-regulators-build-up.pdf", 9),
        ("/map.pdf?focus=regulators&size=poster", "map-regulators.pdf", 1),
    ],
)
def test_files_on_paper(client: FlaskClient, path: str, name: str, pages: int) -> None:
    response = client.get(path)
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == f"inline; filename={name}"
    assert response.data == client.get(path).data
    assert len(re.findall(rb"/Type /Page\b", response.data)) == pages


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/map.svg?size=handout", "A handout has several pages, so it comes as .pdf and not as .svg."),
        ("/map.pdf?size=huge", "The size can be slide, handout, poster, not “huge”."),
        ("/map.pdf?size=poster&page=a4", "The size poster is the page a3-landscape; give one of the two."),
        ("/map.pdf?exercise=1", "An exercise has a map of up to 12 concepts, and this one has 46; choose fewer"),
        ("/map.pdf?size=handout&exercise=1&focus=regulators", "ask for one of them."),
        ("/map.pdf?build-up=1&exercise=1&focus=regulators", "ask for one of them."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(client: FlaskClient, path: str, words: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 400
    assert words in BeautifulSoup(response.data, "html.parser").get_text()


def test_a_size_is_the_short_word_for_a_page(client: FlaskClient) -> None:
    short, long = (client.get(f"/map.svg?focus=regulators&{how}").data for how in ("size=poster", "page=a3-landscape"))
    assert short == long
    assert b'width="420mm" height="297mm"' in short
    assert client.get("/map.svg?focus=regulators&size=slide").data == client.get("/map.svg?focus=regulators").data


def test_the_page_links_to_what_can_be_had(client: FlaskClient) -> None:
    def links(path: str) -> set[str]:
        page = BeautifulSoup(client.get(path).data, "html.parser")
        return {str(link["href"]) for link in page.select(".files a")}

    small = links("/map?focus=regulators&page=a4")
    assert {f"/map.pdf?focus=regulators&{how}" for how in ("size=handout", "exercise=1", "page=a3-landscape")} <= small
    large = links("/map")
    assert "/map.pdf?size=handout" in large
    assert "/map.pdf?exercise=1" not in large
    assert "/map.pdf?most=12&exercise=1" in large
    assert "/map.pdf?overview=1&exercise=1" not in links("/map?overview=1")


@pytest.mark.parametrize(
    ("question", "offered"),
    [("What are the three ingredients?", True), ("summary", False), ("capital of France", False)],
)
def test_an_answer_offers_the_exercise_of_its_map(client: FlaskClient, question: str, offered: bool) -> None:
    page = BeautifulSoup(client.get("/ask", query_string={"q": question}).data, "html.parser")
    link = page.find("a", string="Exercise")
    assert (link is not None) is offered
    if link is not None:
        assert client.get(str(link["href"])).mimetype == "application/pdf"
