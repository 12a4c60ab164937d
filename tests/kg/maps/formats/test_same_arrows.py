"""Every format has the same arrows with their status and their speaker, and says what the map leaves out."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import networkx as nx
import pytest
from bs4 import BeautifulSoup

from kg.library import Library
from kg.maps.concept_map import ConceptMap, MapConcept, MapProposition
from kg.maps.drawing.geometry import Geometry, PlacedProposition, TextBox
from kg.maps.drawing.marks import painted_parts
from kg.maps.drawing.tags import with_tags
from kg.maps.formats import FORMATS, propositions_tsv
from kg.maps.layout.archive import draw
from kg.maps.layout.placement import layout

Arrow = tuple[str, str, str, str, str]
"""Concept, linking phrase, concept, status, and who said it."""

LEFT_OUT = "2 finer concepts, with 3 claimed arrows, are on the topic maps: tea and biscuits."
DRAWN = ("svg", "png", "pdf")
CXL = "{http://cmap.ihmc.us/xml/cmap/}"
SVG = "{http://www.w3.org/2000/svg}"


def small() -> ConceptMap:
    made = ConceptMap("Who leads?", "A map.", "A seminar", [("t", "Topic")], left_out=[LEFT_OUT])
    for name in ("Leaders", "Culture", "Forms", "Trust"):
        made.add_concept(MapConcept(name, name, "t", kind_of="things" if name == "Trust" else None))
    for number, (ends, phrase, status, stance, credit, tag) in enumerate(
        [
            ("Leaders Culture", "create", "asserted", "describes", "the published summary", None),
            ("Leaders Forms", "are not concerned with", "denied", "criticises", "a delegate", "a delegate"),
            ("Culture Trust", "engages if it feels", "condition", "describes", "Michael West", "West"),
            ("Forms Culture", "is meant to serve", "goal", "recommends", "the debate (no speaker named)", "debate"),
            ("Trust Forms", "noted it was made by", "content", "exemplifies", "Michael West", "West"),
            ("Forms Trust", "is a kind of", "broader", None, None, None),
        ],
        1,
    ):
        source, target = ends.split()
        made.add_proposition(
            MapProposition(f"p{number}", source, target, phrase, status, stance, credit, tag=tag)  # type: ignore[arg-type]
        )
    return made


def fan() -> ConceptMap:
    """Three arrows with the same words, of which two are said by the same delegate, and two that alone are so."""
    made = ConceptMap("Who leads?", "A map.", "A seminar", left_out=[LEFT_OUT])
    for name in ("Leaders", "Culture", "Forms", "Trust", "Care", "Staff"):
        made.add_concept(MapConcept(name, name))
    for number, (target, status, stance, credit) in enumerate(
        [
            ("Culture", "asserted", "describes", "a delegate"),
            ("Forms", "asserted", "describes", "a delegate"),
            ("Trust", "asserted", "describes", "Michael West"),
            ("Care", "denied", "describes", "a delegate"),
            ("Staff", "asserted", "recommends", "a delegate"),
        ],
        1,
    ):
        tag = "West" if credit == "Michael West" else credit
        made.add_proposition(MapProposition(f"p{number}", "Leaders", target, "shape", status, stance, credit, tag=tag))  # type: ignore[arg-type]
    return made


@pytest.fixture(scope="module", params=["small", "fan", "regulators"])
def drawn(request: pytest.FixtureRequest, library: Library) -> tuple[Geometry, ConceptMap]:
    made = {"small": small, "fan": fan}.get(request.param)
    concept_map = made() if made else library.concept_map(focus="regulators", hide=["monitor"])
    geometry = draw(concept_map).geometry
    assert [each.id for each in geometry.propositions if each.fan == "p1"] == (["p2"] if made is fan else [])
    assert sum(bool(each.fan) for each in geometry.propositions) == (made is fan)
    return geometry, concept_map


def of(concept_map: ConceptMap) -> list[Arrow]:
    label = {concept.id: concept.label for concept in concept_map.concepts}
    return sorted(
        (label[p.source], p.phrase, label[p.target], p.status, p.credit or "") for p in concept_map.propositions
    )


def comment(text: str) -> tuple[str, str]:
    """The status and the speaker in a comment."""
    said = dict(part.split(": ", 1) for part in text.split("; ") if ": " in part)
    return said["status"].replace("editor's link", "broader"), said.get("who said it", "")


def from_json(body: bytes) -> list[Arrow]:
    data = json.loads(body)
    label = {each["id"]: each["label"] for each in data["concepts"]}
    return [
        (label[p["from"]], p["phrase"], label[p["to"]], p["status"], p["credit"] or "") for p in data["propositions"]
    ]


def from_tsv(body: bytes) -> list[Arrow]:
    return of(propositions_tsv.read(body.decode()))


def from_graphml(body: bytes) -> list[Arrow]:
    graph = nx.read_graphml(io.BytesIO(body), force_multigraph=True)
    label = dict(graph.nodes(data="label"))
    assert all(each["claimed"] == (each["status"] != "broader") for *_, each in graph.edges(data=True))
    return [
        (label[a], each["label"], label[b], each["status"], each.get("credit", ""))
        for a, b, each in graph.edges(data=True)
    ]


def from_cxl(body: bytes) -> list[Arrow]:
    root = ElementTree.fromstring(body)
    label = {each.get("id"): each.get("label", "") for each in root.iter(f"{CXL}concept")}
    lines = [(line.get("from-id", ""), line.get("to-id", "")) for line in root.iter(f"{CXL}connection")]
    return [
        (label[before], each.get("label", ""), label[after], *comment(each.get("long-comment", "")))
        for each in root.iter(f"{CXL}linking-phrase")
        for before, to in lines
        for start, after in lines
        if to == start == each.get("id")
    ]


def from_dot(body: bytes) -> list[Arrow]:
    text = body.decode()
    nodes = dict(re.findall(r'^ ([cp]\d+) \[label="((?:[^"\\]|\\.)*)"', text, re.MULTILINE))
    words = {name: label.replace("\\n", " ") for name, label in nodes.items()}
    starts = {b: a for a, b in re.findall(r"^ (c\d+) -> (p\d+)", text, re.MULTILINE)}
    ends = re.findall(r'^ (p\d+) -> (c\d+) .*comment="([^"]*)"', text, re.MULTILINE)
    return [(words[starts[p]], words[p], words[c], *comment(how)) for p, c, how in ends]


def from_mmd(body: bytes) -> list[Arrow]:
    def plain(text: str) -> str:
        return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text).replace("\u00a0", " ")

    text = body.decode()
    words = {name: plain(label) for name, label in re.findall(r'^  (c\d+)\["([^"]*)"\]', text, re.MULTILINE)}
    arrows = re.findall(r'^  %% (.*)\n  (c\d+) -->\|"([^"]*)"\| (c\d+)', text, re.MULTILINE)
    found = []
    for how, source, phrase, target in arrows:
        seen, mark, tag = plain(phrase).partition(" (")
        assert not mark or tag.rstrip(")") in ("a delegate", "West", "debate")
        found.append((words[source], seen, words[target], *comment(how)))
    return found


def seen(lines: list[str]) -> str:
    """The words on an arrow without the name that stands on it."""
    return re.sub(r" (a delegate|West|debate)$", "", " ".join(lines))


def from_html(body: bytes) -> list[Arrow]:
    page = BeautifulSoup(body, "html.parser")
    found = []
    for item in page.select("li[data-line]"):
        source, target, line = (page.select(f"#{item[name]}")[0] for name in ("data-from", "data-to", "data-line"))
        words = page.select(f"#{line['data-words']}")[0] if line.has_attr("data-words") else line
        shown = item.select_one(".who")
        said = re.search(r"[Ss]aid by (.*)(:|\)[.])$", (shown or item).get_text())
        who = said[1] if said else ""
        phrase = seen([each.get_text() for each in words.select("text")])
        ends = [end.select("title")[0].get_text().partition(".")[0] for end in (source, target)]
        found.append((ends[0], phrase, ends[1], line["class"][1], who))
    return found


def from_svg(body: bytes) -> list[Arrow]:
    found, groups = [], list(ElementTree.fromstring(body).iter(f"{SVG}g"))
    named = {group.get("id"): group for group in groups}
    for group in groups:
        kind, *kinds = (group.get("class") or "").split()
        if kind == "proposition":
            said = re.search(r"said by (.*)\)[.]$", group.findtext(f"{SVG}title") or "")
            words = named[group.get("data-words", group.get("id"))]
            phrase = seen([each.text or "" for each in words.iter(f"{SVG}text")])
            found.append(("", phrase, "", kinds[0], said[1] if said else ""))
    return found


READERS: dict[str, Callable[[bytes], list[Arrow]]] = {
    "json": from_json,
    "tsv": from_tsv,
    "graphml": from_graphml,
    "cxl": from_cxl,
    "dot": from_dot,
    "mmd": from_mmd,
    "html": from_html,
    "svg": from_svg,
}


def test_no_format_is_forgotten() -> None:
    assert {*READERS, *DRAWN} == {*FORMATS}


@pytest.mark.parametrize("extension", sorted(READERS))
def test_arrows_with_status_and_speaker(drawn: tuple[Geometry, ConceptMap], extension: str) -> None:
    expected = of(drawn[1])
    if extension == "svg":  # an arrow says where it leads in its sentence alone
        expected = [("", phrase, "", status, who) for _, phrase, _, status, who in expected]
    assert sorted(READERS[extension](FORMATS[extension].write(*drawn))) == sorted(expected)


@pytest.mark.parametrize("extension", sorted(READERS))
def test_what_is_left_out_is_said(drawn: tuple[Geometry, ConceptMap], extension: str) -> None:
    written = FORMATS[extension].write(*drawn).decode()
    said = " ".join(re.sub(r"#(\d+);", lambda found: chr(int(found[1])), written).split())
    said = re.sub(r"</text> ?<text[^>]*>|&#10;|&#xa;|\\n|\",? \"", " ", said)
    assert drawn[1].left_out
    # What is drawn has what stands under the picture, and nothing else in words.
    for note in drawn[1].short_notes if extension == "json" else drawn[1].left_out:
        assert note in said


def test_pictures_show_who_said_it(drawn: tuple[Geometry, ConceptMap]) -> None:
    geometry, concept_map = drawn
    for part in painted_parts(geometry, concept_map):
        if part.kind == "proposition":
            assert isinstance(part.about, PlacedProposition)
            tag = "" if part.about.fan else concept_map.proposition(part.about.id).tag
            assert not tag or part.seen.endswith(tag)
    (notes,) = [part.seen for part in painted_parts(geometry, concept_map) if part.kind == "notes"]
    assert all(note in notes for note in concept_map.short_notes)


def test_a_concept_says_what_it_is_a_kind_of_where_no_arrow_does() -> None:
    concept_map = small()
    geometry = layout(concept_map)
    (trust,) = [each for each in geometry.concepts if each.kind_of]
    assert trust.kind is None, "its box is too narrow"
    told = [part.told for part in painted_parts(geometry, concept_map) if part.about == trust]
    assert told == ["Trust. A kind of things, by the editor's word. Topic: Topic"]
    assert "By the editor's word, and no claims: Trust – a kind of things." in concept_map.as_text()
    wide = ConceptMap()
    wide.add_concept(MapConcept("a", "Leaders who are held up as examples", kind_of="leaders"))
    (box,) = layout(wide).concepts
    assert box.kind
    assert box.kind.lines == ("a kind of leaders",)
    assert box.box.x < box.kind.x < box.kind.x + box.kind.width < box.box.x + box.box.width


def test_no_line_shows_between_words_and_the_name_beside_them() -> None:
    words, name = (
        TextBox((text,), 50.0, y, 100.0, high, 20.0) for text, y, high in (("make", 100, 25), ("West", 126, 26))
    )
    path = ((100.0, 0.0), (100.0, 112.5), (100.0, 300.0))
    line = PlacedProposition("p", "a", "b", "make", path, words)
    assert [start[1] for start, _ in line.pieces()] == [0.0, 125.0]
    (_, above), (below, _) = replace(line, tag=name).pieces()
    assert (above[1], below[1]) == (100.0, 151.5)


def test_a_name_stands_on_no_other_line() -> None:
    concept_map = ConceptMap()
    for each in ("a", "b"):
        concept_map.add_concept(MapConcept(each, each))
    concept_map.add_proposition(MapProposition("p", "a", "b", "make", tag="West"))
    concept_map.add_proposition(MapProposition("q", "a", "b", "take"))
    words, far = (TextBox((text,), x, 300.0, 100.0, 25.0, 20.0) for text, x in (("make", 300.0), ("take", 700.0)))
    own = PlacedProposition("p", "a", "b", "make", ((350.0, 0.0), (350.0, 312.5), (350.0, 600.0)), words)
    other = PlacedProposition("q", "a", "b", "take", ((0.0, 335.0), (600.0, 335.0), (1200.0, 335.0)), far)
    below = with_tags(Geometry("16:9", 1280, 720, propositions=(own,)), concept_map).propositions[0].tag
    above = with_tags(Geometry("16:9", 1280, 720, propositions=(own, other)), concept_map).propositions[0].tag
    assert below
    assert above
    assert below.y == 326.0 > above.y + above.height


def test_no_room_for_a_name_is_said() -> None:
    concept_map = small()
    placed = layout(concept_map)
    crowded = ConceptMap("Who leads?", left_out=[LEFT_OUT])
    for number in range(12):
        much = f"Concept number {number} of many, which takes a great deal of room, as long ones do " * 7
        crowded.add_concept(MapConcept(f"c{number}", much))
    for number in range(11):
        crowded.add_proposition(
            MapProposition(f"p{number}", f"c{number}", f"c{number + 1}", "leads on to", credit="West", tag="West")
        )
    geometry = draw(crowded).geometry
    assert all(each.tag for each in placed.propositions if concept_map.proposition(each.id).tag)
    assert not any(each.tag for each in geometry.propositions), "too small to be read"
    assert geometry.notes
    assert " ".join(geometry.notes.lines).startswith("Said by others, with no room for a name: West (11 arrows).")
