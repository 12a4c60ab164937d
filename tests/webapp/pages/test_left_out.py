"""The pages say which files the check rejected, by name and as text, and nothing else of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kg import open_library
from webapp import create_app

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    bad = tmp_path_factory.mktemp("folder of the curator") / "<b>bad & worse.ttl"
    text = (FIXTURES / "check" / "seminar.ttl").read_text(encoding="utf-8")
    bad.write_text(text.replace("sk:stance sk:criticises", "sk:stance sk:shouts"), encoding="utf-8")
    library = open_library([FIXTURES / "second" / "seminar.ttl", bad], check=True)
    return create_app({"LIBRARY": library}).test_client()


@pytest.mark.parametrize("path", ["/", "/about", "/seminars"])
def test_the_pages_about_the_data_say_what_is_left_out(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 200
    note = BeautifulSoup(page.text, "html.parser").find(attrs={"role": "note"})
    assert note is not None
    words = " ".join(note.get_text(" ").split())
    assert "The file <b>bad & worse.ttl is left out here: the check finds 1 problem in it." in words
    assert note.find("b") is None
    assert "curator" not in page.text


def test_nothing_else_speaks_of_what_is_left_out(client: FlaskClient) -> None:
    for path in ("/claims", "/concepts", "/people"):
        page = client.get(path, headers={"Accept": "text/html"}).text
        assert "left out" not in page
        assert "Ada Fern" not in page
    assert "growing-2021" not in client.get("/data.nt").text


def test_where_nothing_is_left_out_nothing_is_said() -> None:
    page = create_app().test_client().get("/about", headers={"Accept": "text/html"})
    assert "left out" not in page.text
