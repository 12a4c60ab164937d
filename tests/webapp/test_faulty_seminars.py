"""Seminars that the check would reject, taken unchecked: every page, file and answer of each, and none of them fails.

A small seminar is damaged one property at a time: a triple is taken away, or its object becomes something else. Some
properties are damaged in one way here, and each in all ways by `make test-all`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg import Library
from kg.cli.ask import explained_lines
from kg.library import open_any
from kg.vocabulary import RDF, SCHEMA, SK, XSD
from webapp import create_app

FIXTURE = Path(__file__).parents[1] / "fixtures" / "check" / "seminar.ttl"
TRIPLES = sorted((quad.triple for quad in ox.parse(path=str(FIXTURE), format=ox.RdfFormat.TURTLE)), key=str)
PROPERTIES = sorted({triple.predicate.value for triple in TRIPLES})
QUESTIONS = ("What needs light?", "What did Ada Fern say?", "Is patience good?", "What is recommended?", "Who won?")
PAGES = (
    "/ /concepts /claims /people /seminars /about /questions /sparql /map /map?overview=1 /embed/map /data.csv "
    "/data.ttl /data.jsonld /data.nt /map.svg /map.json /map.tsv /map.cxl /map.dot /map.mmd /map.graphml /map.html "
    "/healthz /.well-known/void /suggest?q=gr /claims?how=describes /claims?topic=growing /map?stance=criticises"
).split()
NOTHING = ox.NamedNode("https://example.org/nothing-there")


def without_one(triple: ox.Triple) -> list[ox.Triple]:
    return [each for each in TRIPLES if each != triple]


def without_any(triple: ox.Triple) -> list[ox.Triple]:
    return [each for each in TRIPLES if each.predicate != triple.predicate]


def another_thing(triple: ox.Triple) -> list[ox.Triple]:
    return [*without_one(triple), ox.Triple(triple.subject, triple.predicate, NOTHING)]


def a_text(triple: ox.Triple) -> list[ox.Triple]:
    return [*without_one(triple), ox.Triple(triple.subject, triple.predicate, ox.Literal("nonsense"))]


def no_time(triple: ox.Triple) -> list[ox.Triple]:
    wrong = ox.Literal("the 13th", datatype=ox.NamedNode(str(XSD.dateTime)))
    return [*without_one(triple), ox.Triple(triple.subject, triple.predicate, wrong)]


def a_blank_object(triple: ox.Triple) -> list[ox.Triple]:
    return [*without_one(triple), ox.Triple(triple.subject, triple.predicate, ox.BlankNode("blank"))]


def a_blank_subject(triple: ox.Triple) -> list[ox.Triple]:
    def renamed(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        return ox.BlankNode("blank") if term == triple.subject else term

    return [ox.Triple(renamed(t.subject), t.predicate, renamed(t.object)) for t in TRIPLES]  # type: ignore[arg-type]


def two_objects(triple: ox.Triple) -> list[ox.Triple]:
    others = (t.object for t in TRIPLES if t.predicate == triple.predicate and t.object != triple.object)
    return [*TRIPLES, ox.Triple(triple.subject, triple.predicate, next(others, ox.Literal("another")))]


WAYS = (
    without_one,
    without_any,
    another_thing,
    a_text,
    no_time,
    a_blank_object,
    a_blank_subject,
    two_objects,
)


def damages() -> Iterator[object]:
    """Yield each property with each way to damage it: each way twice now, the others if thorough."""
    for n, name in enumerate(PROPERTIES):
        for k, way in enumerate(WAYS):
            short = re.split(r"[/#]", name)[-1]
            marks = [] if k == n % (4 * len(WAYS)) else [pytest.mark.thorough]
            yield pytest.param(name, way, id=f"{short}-{way.__name__}", marks=marks)


def opened(triples: list[ox.Triple], folder: Path) -> Library:
    file = folder / "damaged.nt"
    file.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    return open_any(file)


def linked(page: str, text: str) -> Iterator[str]:
    """Yield what a page leads to on this site.

    Pictures in other formats, other maps, files of some claims and lists by several filters at once are left out.
    """
    for reference in re.findall(r'(?:href|src)="([^"]+)"', text):
        found = urlsplit(urljoin(f"http://localhost{page}", html.unescape(reference)))
        if found.netloc != "localhost" or found.path.startswith(("/static", "/sparql")):
            continue
        others = found.path.startswith(("/map", "/ask", "/embed", "/claims.")) and found.query
        if not found.path.endswith((".png", ".pdf")) and not others and "&" not in found.query:
            yield found.path + (f"?{found.query}" if found.query else "")


def failing(client: FlaskClient) -> dict[str, int]:
    """Return the status of each page that fails, or that a page leads to and that is not there."""
    known = {*PAGES, *(f"/ask?format={form}&q={text}" for text in QUESTIONS for form in ("html", "json"))}
    ahead, wrong = list(known), dict[str, int]()
    while ahead:
        page = ahead.pop()
        answer = client.get(page, headers={"Accept": "text/html"})
        if answer.status_code >= 500 or (answer.status_code == 404 and page not in known):
            wrong[page] = answer.status_code
        if answer.status_code == 200 and answer.content_type.startswith("text/html"):
            more = set(linked(page, answer.text)) - known
            known |= more
            ahead += more
    assert len(known) > len(PAGES) + 2 * len(QUESTIONS)
    return wrong


@pytest.mark.parametrize(("name", "way"), list(damages()))
def test_no_page_fails_whatever_is_wrong(name: str, way: object, tmp_path: Path) -> None:
    own = [triple for triple in TRIPLES if triple.predicate.value == name]
    library = opened(way(own[len(own) // 2]), tmp_path)  # type: ignore[operator]
    if not library.data.has_claims:  # as without any rdf:type: it is for SPARQL alone
        assert not library.ask(QUESTIONS[0]).answered
        return
    app = create_app({"LIBRARY": library})
    assert failing(app.test_client()) == {}
    for question in QUESTIONS:
        assert list(explained_lines(library.ask(question), library))


def test_what_has_not_enough_to_be_a_claim_is_found_by_sparql_alone(tmp_path: Path) -> None:
    seminar = "https://w3id.org/seminar-kg/seminar/growing-2021#"
    claim = ox.NamedNode(f"{seminar}d1-1")
    stance = ox.NamedNode(str(SK.stance))
    invented = ox.Triple(claim, stance, ox.NamedNode(f"{SK}shouts"))
    library = opened([*(t for t in TRIPLES if (t.subject, t.predicate) != (claim, stance)), invented], tmp_path)
    client = create_app({"LIBRARY": library}).test_client()
    assert len(library.catalogue.claims()) == 10
    assert client.get("/claims/growing-2021-d1-1").status_code == 404
    found = library.query(f"SELECT ?c {{ ?c <{RDF.type}> <{SCHEMA.Claim}> }}")
    assert len(found) == 11


def test_a_claim_with_two_texts_has_the_first_everywhere(tmp_path: Path) -> None:
    claim = next(t.subject for t in TRIPLES if t.predicate.value == str(SCHEMA.text))
    more = [ox.Triple(claim, ox.NamedNode(str(SCHEMA.text)), ox.Literal(text)) for text in ("Zebras.", "Aardvarks.")]
    library = opened([*TRIPLES, *more], tmp_path)
    assert library.catalogue.claim(claim.value).text == "Aardvarks."
    assert len(library.catalogue.claims()) == 11
