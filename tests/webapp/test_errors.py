"""What readers and scripts get when something goes wrong."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from webapp import create_app

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/concepts/cultur", "/concepts/culture"),
        ("/people/micheal-west", "/people/michael-west"),
        ("/map?focus=cultur", "/concepts/culture"),
        ("/map?speaker=micheal-west", "/people/michael-west"),
        ("/claims?topic=cultur", "/claims?topic=culture"),
        ("/claims?how=criticised", "/claims?how=criticises"),
    ],
)
def test_a_name_that_is_nearly_right_is_helped(client: FlaskClient, path: str, near: str) -> None:
    response = client.get(path, headers=HTML)
    assert response.status_code == 404
    page = BeautifulSoup(response.data, "html.parser")
    assert page.find("a", href=near)
    assert page.find("form", action="/ask")


@pytest.mark.parametrize("path", ["/nothing", "/claims/nothing", "/seminars/nothing", "/map.docx", "/static/none.css"])
def test_pages_that_are_not_there_help_on(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers=HTML)
    assert response.status_code == 404
    page = BeautifulSoup(response.data, "html.parser")
    assert page.find("form", action="/ask")
    assert page.find("a", href="/concepts")


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/concepts/", "/concepts"),
        ("/concepts/culture/", "/concepts/culture"),
        ("/ask/?q=Who+creates+culture%3F&format=json", "/ask?q=Who+creates+culture%3F&format=json"),
        ("/data.csv//", "/data.csv"),
        ("/nothing/", None),
        ("/claims/\\evil.example/", "/claims/%5Cevil.example"),
    ],
)
def test_a_slash_too_many_leads_on(client: FlaskClient, path: str, address: str | None) -> None:
    response = client.get(path)
    assert response.status_code == (308 if address else 404)
    assert response.headers.get("Location") == address


@pytest.mark.parametrize(
    "path",
    [
        "/oembed",
        "/oembed?url=http://elsewhere.example/",
        "/oembed?format=yaml",
        "/oembed?url=x&maxwidth=no",
        "/questions/none.csv",
        "/questions/about-concept.csv",
        "/map.png?focus=cultur",
        "/concept/none",
    ],
)
def test_scripts_of_other_sites_read_what_is_wrong(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "application/json"})
    assert response.status_code >= 400
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_scripts_get_a_sentence(client: FlaskClient) -> None:
    response = client.get("/concepts/cultur", headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert response.json is not None
    assert "There is no concept called “cultur”" in response.json["error"]
    assert "Culture" in response.json["near"]


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    response = client.post("/concepts", headers=HTML)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_too_large_a_body_is_refused(client: FlaskClient) -> None:
    response = client.post("/sparql", data="x" * 1_100_000, content_type="application/sparql-query")
    assert response.status_code == 413


@pytest.mark.parametrize("path", ["/", "/claims", "/nowhere", "/map.svg", "/sparql?query=ASK{}", "/embed/culture"])
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_host_that_is_not_ours_is_told_so(path: str, accept: str) -> None:
    client = create_app({"TRUSTED_HOSTS": ["localhost"]}).test_client()
    response = client.get(path, headers={"Accept": accept, "Host": "evil.example"})
    assert response.status_code == 400
    assert "does not answer to the name" in response.text
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "evil" not in response.text


def test_a_page_that_cannot_be_made_is_still_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app({"PROPAGATE_EXCEPTIONS": False})
    monkeypatch.delitem(app.jinja_env.globals, "library")  # the frame of every page needs it
    response = app.test_client().get("/about", headers=HTML)
    assert (response.status_code, response.mimetype) == (500, "text/html")
    assert "our fault" in response.text


def test_a_mistake_of_ours_shows_no_traceback() -> None:
    app = create_app({"PROPAGATE_EXCEPTIONS": False})

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("secret detail")

    response = app.test_client().get("/broken", headers=HTML)
    text = response.get_data(as_text=True)
    assert response.status_code == 500
    assert "our fault" in text
    assert "Traceback" not in text
    assert "secret" not in text
