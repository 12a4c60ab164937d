"""What holds on every page: headers, nothing inline, hostile input escaped, and links that lead somewhere."""

from __future__ import annotations

from collections import Counter, deque
from copy import copy
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from webapp import create_app

HTML = {"Accept": "text/html,*/*;q=0.8"}
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*191}}"
MOST_ALIKE = 12
MOST_WIDE = 4
EXAMPLES = {
    "slug": "culture",
    "extension": "svg",
    "weight": "regular",
    "filename": "site.css",
}


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app({"DEADLINE": 60})  # a busy machine may take long over a query


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def routes(app: Flask) -> list[str]:
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return [
            adapter.build(rule.endpoint, {name: EXAMPLES[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
        ]


def test_every_route_has_the_headers(app: Flask, client: FlaskClient) -> None:
    for path in [*routes(app), "/nothing"]:
        response = client.get(f"{path}?focus=culture", headers=HTML)
        response.close()
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'"), path
        assert response.headers["X-Content-Type-Options"] == "nosniff", path
        assert response.headers["Referrer-Policy"], path
        if response.mimetype == "text/html":
            framed = "* file:" if path.startswith("/embed/") else "'none'"
            assert policy.endswith(f"frame-ancestors {framed}"), path
            assert "unsafe" not in policy, path


def crawl(client: FlaskClient, most_alike: int | None = None) -> dict[str, BeautifulSoup]:
    """Return the pages that can be reached from the home page, parsed; fail on a link that leads nowhere.

    Of pages whose addresses begin alike, such as those of claims, only so many are opened where `most_alike` says so.

    Of the maps as PNG only the first is painted: the others take long, and are tried by `make test-all`. Of the maps
    two steps wide, which look like all others, some are opened, and their files are not written. Of the maps of chosen
    claims the first is drawn.
    """
    pages: dict[str, BeautifulSoup] = {}
    waiting, seen, painted, wide = deque([("/", "")]), {"/"}, False, 0
    alike: Counter[str] = Counter()
    while waiting:
        path, origin = waiting.popleft()
        kind = urlsplit(path).path.split("/")[1]
        alike[kind] += 1
        if most_alike is not None and alike[kind] > most_alike:
            continue
        if path.startswith("/map.png"):
            if painted:
                continue
            painted = True
        if path.startswith(("/claims.svg", "/claims.html")):
            if alike["drawn"]:
                continue
            alike["drawn"] += 1
        if path.startswith("/map") and "depth=2" in path:
            wide += 1
            if wide > MOST_WIDE or not path.startswith("/map?"):
                continue
        with client.get(path, headers=HTML) as response:
            assert response.status_code in (200, 303), f"{origin} links to {path}: {response.status_code}"
            if response.mimetype != "text/html" or response.status_code == 303:
                continue
            if path.startswith(("/map.html", "/claims.html")):
                continue  # a file to take away, all in one, under a stricter policy: see test_webapp_maps.py
            page = pages[path] = BeautifulSoup(response.get_data(as_text=True), "html.parser")
        for element in page.select("[href], [src]"):
            link = urljoin(path, str(element.get("href") or element.get("src")))
            target = urldefrag(link).url
            if urlsplit(link).netloc == "" and target not in seen:
                seen.add(target)
                waiting.append((target, path))
    return pages


@pytest.fixture(scope="module")
def pages(client: FlaskClient) -> dict[str, BeautifulSoup]:
    return crawl(client, MOST_ALIKE)


@pytest.fixture(scope="module")
def all_pages(client: FlaskClient) -> dict[str, BeautifulSoup]:
    return crawl(client)


@pytest.mark.parametrize(
    ("fixture", "least"), [("pages", 60), pytest.param("all_pages", 100, marks=pytest.mark.thorough)]
)
def test_every_link_leads_to_a_page_and_its_place(request: pytest.FixtureRequest, fixture: str, least: int) -> None:
    pages: dict[str, BeautifulSoup] = request.getfixturevalue(fixture)
    assert len(pages) > least
    ids = {path: {str(element["id"]) for element in page.select("[id]")} for path, page in pages.items()}
    for path, page in pages.items():
        for element in page.select("a[href*='#']"):
            target, fragment = urldefrag(urljoin(path, str(element["href"])))
            if target in ids:
                assert fragment in ids[target], f"{path} links to {target}#{fragment}"


@pytest.mark.thorough
def test_every_map_can_be_painted(client: FlaskClient, all_pages: dict[str, BeautifulSoup]) -> None:
    images = {str(link["href"]) for page in all_pages.values() for link in page.select("a[href^='/map.png']")}
    assert len(images) > 10
    for path in sorted(images):
        with client.get(path) as response:
            assert (response.status_code, response.mimetype) == (200, "image/png"), path


def test_nothing_is_inline_and_no_id_is_used_twice(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        assert not page.find_all("style"), path
        assert not page.select("[style]"), path
        run = [script for script in page.find_all("script") if script.get("type") != "application/ld+json"]
        assert all(script.get("src") for script in run), path
        assert not [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")], path
        found = [str(element["id"]) for element in page.select("[id]")]
        assert len(found) == len(set(found)), path


def test_everything_comes_from_this_site(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        for element in page.select("script[src], link[href]:not([rel=alternate]), img[src]"):
            address = str(element.get("src") or element.get("href"))
            assert urlsplit(address).netloc == "", f"{path} loads {address}"


def test_no_page_speaks_the_words_of_the_machine_room(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        spoken = copy(page)
        for code in spoken.find_all(["pre", "textarea", "code"]):
            code.decompose()  # SPARQL is spoken to the machine
        text = spoken.get_text(" ").lower()
        for word in ("traceback", "linking phrase", "stance", "data version", "undefined", "none,"):
            if not path.startswith("/sparql"):
                assert word not in text, f"{path} says {word!r}"


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/ask", "q"),
        ("/sparql", "query"),
        ("/map", "focus"),
        ("/map", "theme"),
        ("/map", "depth"),
        ("/claims", "topic"),
        ("/claims", "who"),
        ("/claims", "how"),
        ("/claims", "arrow"),
    ],
)
def test_hostile_input_is_shown_as_text(client: FlaskClient, path: str, parameter: str) -> None:
    response = client.get(path, query_string={parameter: HOSTILE, "focus": HOSTILE}, headers=HTML)
    text = response.get_data(as_text=True)
    page = BeautifulSoup(text, "html.parser")
    assert response.status_code < 500
    assert "<script>alert" not in text
    assert not page.select("img[src=x]")
    assert "1337" not in page.get_text()


@pytest.mark.parametrize("path", ["/concepts/", "/claims/", "/people/", "/seminars/", "/map.", "/data.", "/concept/"])
def test_hostile_paths_are_shown_as_text(client: FlaskClient, path: str) -> None:
    response = client.get(path + "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", headers=HTML)
    assert response.status_code == 404
    assert "<script>alert" not in response.get_data(as_text=True)


def test_only_trusted_hosts_are_answered() -> None:
    client = create_app({"TRUSTED_HOSTS": ["example.org"]}).test_client()
    assert client.get("/about", base_url="http://example.org").status_code == 200
    refused = client.get("/about", base_url="http://evil.example")
    assert refused.status_code == 400
    assert "evil" not in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "accept"),
    [("/about", "text/html"), ("/about", "application/json"), ("/sparql?query=ASK{}", "*/*"), ("/sparql", "text/html")],
)
@pytest.mark.parametrize(
    ("trusted", "answered", "refused"),
    [
        ("[::1]", ["[::1]", "[::1]:8080", "[0:0::0:1]:1"], ["[::2]", "[::1].evil.example", "::1", "[::1", "1", ""]),
        ("::1", ["[::1]", "[::1]:8080"], ["[::]"]),
        (
            "Example.org",
            ["example.org", "EXAMPLE.org:80"],
            ["a.example.org", "example.org.evil.example", "a@example.org"],
        ),
        (".example.org", ["example.org", "a.b.example.org:1"], ["evilexample.org", "example.org.", "x.org"]),
        ("127.0.0.1", ["127.0.0.1:8080"], ["127.0.0.2", "1.127.0.0.1", "[::ffff:127.0.0.1]"]),
        ("bücher.example", ["xn--bcher-kva.example"], ["bucher.example"]),
    ],
)
def test_hosts_are_told_apart(trusted: str, answered: list[str], refused: list[str], path: str, accept: str) -> None:
    client = create_app({"TRUSTED_HOSTS": [trusted]}).test_client()
    for hosts, status in ((answered, 200), (refused, 400)):
        for host in hosts:
            response = client.get(path, headers={"Host": host, "Accept": accept})
            assert (response.status_code, bool(response.data)) == (status, True), host
