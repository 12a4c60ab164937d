"""How the time of a request grows with what a visitor sends: each input at half of its bound and at the bound.

`python benchmarks/growth.py` prints, for everything that a visitor can make long, the processor time at both sizes and
their ratio: 2 is linear, 4 grows with the square. It closes with the number of inputs beyond a ratio of 2.8 that take
more than 50 ms at the bound, which is the exit code.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient

from kg.library import open_library
from webapp import create_app
from webapp.bodies import MOST_BYTES, MOST_PARAMETERS

TOO_STEEP = 2.8
NOTICED = 0.05
ROUNDS = 3
HTML = {"Accept": "text/html"}
KIB = 1024
Send = Callable[[FlaskClient, int], Any]


def query(make: Callable[[int], str], **headers: str) -> Send:
    """Return what sends a query of so many characters by POST."""

    def send(client: FlaskClient, size: int) -> Any:
        kind = "application/sparql-query"
        return client.post("/sparql", data=make(size), content_type=kind, headers={**HTML, **headers})

    return send


def get(path: Callable[[int], str], headers: Callable[[int], dict[str, str]] = lambda size: HTML) -> Send:
    """Return what asks for an address that is made for a size."""
    return lambda client, size: client.get(path(size), headers=headers(size))


def repeated(text: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return what makes a text of about so many characters."""
    return lambda size: before + text * (size // len(text)) + after


INPUTS: dict[str, tuple[int, Send]] = {
    "query: blank lines": (60 * KIB, query(repeated("\n", "ASK", "{}"))),
    "query: spaces": (60 * KIB, query(repeated(" ", "ASK", "{}"))),
    "query: PREFIX lines": (60 * KIB, query(repeated("PREFIX a: <urn:a>\n", "", "ASK {}"))),
    "query: used prefixes": (60 * KIB, query(repeated("a:b ", "ASK { ", "}"))),
    "query: <": (60 * KIB, query(repeated("< ", "ASK { FILTER(1", ")}"))),
    "query: <'": (60 * KIB, query(repeated("<'> ", "ASK { ", "}"))),
    "query: service": (60 * KIB, query(repeated("service ", "ASK { <'> '", "' }"))),
    "query: brackets": (60 * KIB, query(repeated("(", "ASK { FILTER"))),
    "query: open strings": (60 * KIB, query(repeated('"a\n', "ASK { "))),
    "query: comments": (60 * KIB, query(repeated("#a\n", "ASK { ", "}"))),
    "query: backslashes": (60 * KIB, query(repeated("\\u0041", "ASK { ?", " ?p ?o }"))),
    "query: variables": (
        60 * KIB,
        query(lambda size: "SELECT * {" + " ".join(f"?v{n}" for n in range(size // 7)) + "}"),
    ),
    "query: repeats": (60 * KIB, query(repeated("{9}", 'ASK { FILTER REGEX("a", "', '") }'))),
    "query: values": (60 * KIB, query(repeated("1 ", "SELECT ?x { VALUES ?x {", "}}"))),
    "query: VALUES blocks": (60 * KIB, query(repeated("VALUES ?x {1}\n", "ASK {", "}"))),
    "query: too long": (MOST_BYTES, query(repeated("x", "ASK {} #"))),
    "form: parameters": (
        MOST_PARAMETERS,
        lambda client, size: client.post("/sparql", data="query=ASK{}" + "&a=1" * (size - 1), headers=HTML),
    ),
    "script: query": (
        16 * KIB,
        get(lambda size: "/sparql/script?query=" + quote("ASK {} #" + "\"'\\\n" * (size // 4))),
    ),
    "address: hide": (MOST_PARAMETERS, get(lambda size: "/map.json?focus=culture" + "&hide=leader" * (size - 1))),
    "address: hide, spelt in many ways": (
        MOST_PARAMETERS,
        get(lambda size: "/map.json?focus=culture" + "".join(f"&hide={'+' * n}leader" for n in range(size - 1))),
    ),
    "address: title": (64 * KIB, get(lambda size: "/map.json?focus=culture&title=" + "a+" * (size // 2))),
    "address: focus": (64 * KIB, get(lambda size: "/map.json?focus=" + "culture+" * (size // 8))),
    "address: concept": (64 * KIB, get(lambda size: "/concepts/" + "culture-" * (size // 8))),
    "address: path": (64 * KIB, get(lambda size: "/" + "a/" * (size // 2))),
    "address: slashes": (64 * KIB, get(lambda size: "/" * size + "claims")),
    "ask: words": (64 * KIB, get(lambda size: "/ask?q=" + "culture+" * (size // 8))),
    "ask: 500 characters": (
        500,
        get(lambda size: "/ask?q=" + quote(("what creates culture and leaders " * 20)[:size])),
    ),
    "ask: 500 letters": (500, get(lambda size: "/ask?q=" + "a" * size)),
    "ask: 500 signs": (500, get(lambda size: "/ask?q=" + quote("?!’-" * (size // 4)))),
    "suggest": (64 * KIB, get(lambda size: "/suggest?q=" + "culture+" * (size // 8))),
    "suggest: 500 characters": (500, get(lambda size: "/suggest?q=" + quote(("culture leaders staff " * 40)[:size]))),
    "claims: speaker": (64 * KIB, get(lambda size: "/claims?speaker=" + "a" * size)),
    "oembed: url": (
        64 * KIB,
        get(lambda size: "/oembed?url=http://localhost/map?" + "hide%3Dleader%26" * (size // 16)),
    ),
    "ready-made: slots": (
        MOST_PARAMETERS,
        get(lambda size: "/questions/said-by.rq?a=1" + "&agent=michael-west" * (size - 1)),
    ),
    "header: Accept": (64 * KIB, get(lambda size: "/claims", lambda size: {"Accept": "a/b;q=0.5," * (size // 10)})),
    "header: Accept-Encoding": (
        64 * KIB,
        get(lambda size: "/claims", lambda size: {**HTML, "Accept-Encoding": "a;q=0.5," * (size // 8)}),
    ),
    "header: If-None-Match": (
        64 * KIB,
        get(lambda size: "/claims", lambda size: {**HTML, "If-None-Match": '"a",' * (size // 4)}),
    ),
}
"""What can be made long: its bound (the server's own where it has one), and what sends it."""


def seconds(client: FlaskClient, send: Send, size: int) -> float:
    """Return the processor time of a request, the least of a few."""
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        send(client, size).close()
        found.append(time.process_time() - began)
    return min(found)


def main() -> int:
    """Print the table; return how many inputs grow too steeply."""
    chosen = sys.argv[1:]
    client = create_app({"LIBRARY": open_library(), "RESPONSE_CACHE": False}).test_client()
    client.get("/ask?q=culture", headers=HTML)
    client.get("/map.json?focus=culture")
    steep = 0
    print(f"{'input':36} {'bound':>9} {'half ms':>9} {'bound ms':>9} {'ratio':>6}")
    for name, (bound, send) in INPUTS.items():
        if chosen and not any(word in name for word in chosen):
            continue
        half, whole = (seconds(client, send, size) for size in (bound // 2, bound))
        wrong = whole > NOTICED and whole / half > TOO_STEEP
        steep += wrong
        print(f"{name:36} {bound:9,} {half * 1000:9.1f} {whole * 1000:9.1f} {whole / half:6.1f}{' !' if wrong else ''}")
    return steep


if __name__ == "__main__":
    sys.exit(main())
