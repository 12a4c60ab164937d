"""Responses that are kept and given again: which are, to whom, and which never."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg import Library, open_library
from webapp import create_app
from webapp.response_cache import ResponseCache

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HTML = {"Accept": "text/html"}
SELECT = {"query": "SELECT ?s { ?s ?p ?o } LIMIT 3"}


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


class Counted:
    """An application, its client, and how many requests got past the cache."""

    def __init__(self, library: Library, **config: Any):
        self.app: Flask = create_app({"LIBRARY": library, **config})
        self.client: FlaskClient = self.app.test_client()
        self.passed = 0
        before = self.app.wsgi_app
        if isinstance(before._behind, ResponseCache):
            before = before._behind
        self._behind, before._behind = before._behind, self._count

    def _count(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.passed += 1
        return self._behind(environ, start_response)


@pytest.fixture
def counted(library: Library) -> Counted:
    return Counted(library)


@pytest.mark.parametrize(
    ("path", "headers", "parameters"),
    [
        ("/", HTML, {}),
        ("/claims", HTML, {"how": "recommends"}),
        ("/concepts/culture", {"Accept": "text/turtle"}, {}),
        ("/ask", HTML, {"q": "Who creates culture?"}),
        ("/sparql", {"Accept": "text/csv"}, SELECT),
        ("/map.svg", {}, {"focus": "culture"}),
        ("/data.csv", {"Accept-Encoding": "gzip"}, {}),
    ],
)
def test_the_second_time_a_response_is_the_same_and_from_the_cache(
    counted: Counted, path: str, headers: dict[str, str], parameters: dict[str, str]
) -> None:
    first, second = (counted.client.get(path, query_string=parameters, headers=headers) for _ in range(2))
    head = counted.client.head(path, query_string=parameters, headers=headers)
    assert counted.passed == 1
    assert (first.status_code, second.status_code, head.status_code) == (200, 200, 200)
    assert (first.data, list(first.headers)) == (second.data, list(second.headers))
    assert (head.data, list(head.headers)) == (b"", list(first.headers))


def test_a_validator_is_answered_without_the_application(counted: Counted) -> None:
    tag = counted.client.get("/about").headers["ETag"]
    for known in (tag, f'"other", {tag}', "*", tag.removeprefix("W/")):
        again = counted.client.get("/about", headers={"If-None-Match": known})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        assert not {"Content-Type", "Content-Length", "Content-Encoding"} & set(again.headers.keys())
    assert counted.client.get("/about", headers={"If-None-Match": '"other"'}).status_code == 200
    assert counted.passed == 1
    assert counted.client.get("/about", headers={"If-Match": '"other"'}).status_code == 412


@pytest.mark.parametrize(
    "other",
    [
        {"headers": {"Accept": "application/json"}},
        {"headers": {"Accept-Encoding": "gzip"}},
        {"base_url": "https://localhost"},
        {"base_url": "http://other.example"},
        {"query_string": {"q": "Who creates culture?", "format": "json"}},
        {"path": "//ask"},
        {"method": "POST", "data": {"q": "Who creates culture?"}},
    ],
)
def test_another_request_has_another_response(counted: Counted, other: dict[str, Any]) -> None:
    plain = {"path": "/ask", "query_string": {"q": "Who creates culture?"}}
    counted.client.open(**plain)
    counted.client.open(**{**plain, **other})
    assert counted.passed == 2


def editor(client: FlaskClient) -> Any:
    return client.get("/sparql", headers=HTML)


@pytest.mark.parametrize(
    "send",
    [
        editor,
        lambda client: client.get("/healthz"),
        lambda client: client.get("/sparql", query_string={"query": "SELECT (NOW() AS ?now) {}"}),
        lambda client: client.get("/sparql", query_string={"query": "SELECT nonsense"}),
        lambda client: client.get("/nothing"),
        lambda client: client.get("/concept/culture"),
        lambda client: client.get("/ask"),
        lambda client: client.options("/sparql"),
    ],
)
def test_what_is_not_complete_public_and_lasting_is_not_kept(
    counted: Counted, send: Callable[[FlaskClient], Any]
) -> None:
    for _ in range(2):
        send(counted.client).close()
    assert counted.passed == 2


def test_style_sheets_are_compressed_and_kept(counted: Counted) -> None:
    plain = counted.client.get("/static/site.css").data
    packed = [counted.client.get("/static/site.css", headers={"Accept-Encoding": "gzip"}) for _ in range(2)]
    assert [gzip.decompress(each.data) for each in packed] == [plain, plain]
    assert counted.passed == 2
    tag = packed[0].headers["ETag"]
    again = counted.client.get("/static/site.css", headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert "max-age" in packed[1].headers["Cache-Control"]


def test_every_editor_page_has_a_nonce_of_its_own(counted: Counted) -> None:
    policies = {editor(counted.client).headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_a_host_that_is_not_trusted_finds_nothing(library: Library) -> None:
    client = Counted(library, TRUSTED_HOSTS=["example.org"]).client
    for _ in range(2):
        assert client.get("/about", base_url="http://example.org").status_code == 200
        for host in ("evil.example", "[::1]", "example.org.evil.example", ""):
            assert client.get("/about", headers={"Host": host}).status_code == 400


def test_queries_by_post_are_kept_by_their_body(counted: Counted) -> None:
    def post(body: Iterable[Any], content_type: str, **headers: str) -> int:
        return counted.client.post("/sparql", data=body, content_type=content_type, headers=headers).status_code

    direct = "application/sparql-query"
    assert [post("ASK {}", direct) for _ in range(2)] == [200, 200]
    assert counted.passed == 1
    assert post("ASK { }", direct) == 200
    assert post("ASK {}", "text/plain") == 415
    assert post("ASK {}", direct, **{"Content-Encoding": "gzip"}) == 415
    assert counted.passed == 4


def test_an_unanswered_question_is_logged_each_time(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    client = Counted(library, UNANSWERED_LOG=str(file)).client
    for headers in (HTML, HTML, {"Accept": "application/json"}, {"Accept": "application/json"}):
        client.get("/ask?q=Who+won+the+cup%3F", headers=headers)
    assert [json.loads(line)["question"] for line in file.read_text().splitlines()] == ["Who won the cup?"] * 4


def test_a_switch_turns_it_off(library: Library) -> None:
    counted = Counted(library, RESPONSE_CACHE=False)
    tag = [counted.client.get("/about") for _ in range(2)][1].headers["ETag"]
    assert counted.client.get("/about", headers={"If-None-Match": tag}).status_code == 304
    assert counted.passed == 3


def test_texts_are_compressed_for_those_who_take_it(counted: Counted) -> None:
    def encoded(path: str, encoding: str) -> Any:
        return counted.client.get(path, headers={"Accept-Encoding": encoding})

    query = "/sparql?query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+20"
    for path, encoding in (("/about", "br, gzip;q=0.5"), ("/map.svg?focus=culture", "*"), ("/data.nt", "gzip")):
        packed, plain = encoded(path, encoding), encoded(path, "identity")
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert packed.headers["ETag"] == plain.headers["ETag"]
        assert "Accept-Encoding" in plain.headers["Vary"]
    assert gzip.decompress(encoded(query, "gzip").data) == encoded(query, "identity").data
    for path in ("/map.png?focus=culture", "/fonts/Inter-regular.woff", "/sparql?query=ASK%7B%7D"):
        assert "Content-Encoding" not in encoded(path, "gzip").headers
    assert "Content-Encoding" not in encoded("/about", "gzip;q=0").headers
