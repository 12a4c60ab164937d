"""CXL, GraphML, DOT and Mermaid: what is written is read again, and no label breaks out of its quotation marks."""

import io
import re
from itertools import pairwise
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.maps.concept_map import ConceptMap, MapClaim, MapConcept, MapError, MapProposition
from kg.maps.drawing.geometry import Geometry
from kg.maps.formats import cxl, dot, graphml, mermaid
from kg.maps.layout.placement import layout

HARD = [
    'A "right" <culture> & more',
    "<script>alert('x')</script>",
    "back\\slash, pipe |, brackets ]] }} -->",
    "`code` #35; *stars* _lines_ ~tilde~ $sums$",
    "- 1. a list",
    "文化很重要",
    "مرحبا بالعالم",
    "👩‍⚕️ staff",
    "x" * 300,
    "The behaviours of leaders " * 12,
]


@pytest.fixture(scope="module")
def concept_map() -> ConceptMap:
    made = ConceptMap(
        title='Who <leads> & "how"?',
        description="About leaders & culture.",
        source_line="Claimed at a seminar, June 2014",
        themes=[("people", "People"), ("values", "Values")],
        address="https://example.org/map?focus=leaders&depth=2",
    )
    made.add_concept(MapConcept("leaders", "Leaders", "people", "https://example.org/c?a=1&b=2", "People who lead."))
    for number, label in enumerate(HARD):
        made.add_concept(MapConcept(f"h{number}", label, "values"))
        claims = (MapClaim("A claim.", "Michael West", ("in these words", "and these")),)
        made.add_proposition(
            MapProposition(
                f"p{number}",
                "leaders",
                f"h{number}",
                f"1. say {label[:40]}",
                ("asserted", "denied", "condition")[number % 3],  # type: ignore[arg-type]
                ("describes", "criticises")[number % 2],
                "a delegate",
                number=number,
                claims=claims,
            )
        )
    made.add_proposition(MapProposition("again", "leaders", "h0", "shape"))
    return made


@pytest.fixture(scope="module")
def geometry(concept_map: ConceptMap) -> Geometry:
    return layout(concept_map)


def labels(concept_map: ConceptMap) -> list[str]:
    return [" ".join(concept.label.split()) for concept in concept_map.concepts]


def arrows(concept_map: ConceptMap) -> list[tuple[str, str, str]]:
    found = concept_map.propositions
    ends = [(concept_map.concept(each.source).label, concept_map.concept(each.target).label) for each in found]
    return [(a.strip(), each.words, b.strip()) for each, (a, b) in zip(found, ends, strict=True)]


def test_cxl_is_read_as_written(geometry: Geometry, concept_map: ConceptMap) -> None:
    read = cxl.read(cxl.write(geometry, concept_map).decode())
    assert labels(read) == labels(concept_map)
    assert arrows(read) == arrows(concept_map)
    assert (read.title, read.description) == (concept_map.title, concept_map.description)
    assert read.source_line == f"{concept_map.source_line} {concept_map.address}"
    assert read.concepts[0].definition == "People who lead."
    again = cxl.read(cxl.write(layout(read), read).decode())
    assert (labels(again), arrows(again)) == (labels(read), arrows(read))


def test_cxl_has_what_cmaptools_draws(geometry: Geometry, concept_map: ConceptMap) -> None:
    root = ElementTree.fromstring(cxl.write(geometry, concept_map))
    ns = "{http://cmap.ihmc.us/xml/cmap/}"
    nodes = {e.get("id") for tag in ("concept", "linking-phrase") for e in root.iter(ns + tag)}
    placed = {e.get("id") for tag in ("concept", "linking-phrase") for e in root.iter(f"{ns}{tag}-appearance")}
    assert nodes == placed
    lines = list(root.iter(f"{ns}connection"))
    assert {line.get("id") for line in lines} == {e.get("id") for e in root.iter(f"{ns}connection-appearance")}
    assert all({line.get("from-id"), line.get("to-id")} <= nodes for line in lines)
    first = next(root.iter(f"{ns}concept-appearance"))
    x, y = geometry.concepts[0].box.middle
    assert (first.get("x"), first.get("y")) == (str(round(x)), str(round(y)))
    colours = [e.get("background-color") for e in root.iter(f"{ns}concept-appearance")]
    assert len(set(colours)) == 3, "two topics, and the source line without a colour"


MANY = """<?xml version="1.0" encoding="UTF-8"?>
<cmap xmlns="http://cmap.ihmc.us/xml/cmap/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<res-meta><dc:title>Plants</dc:title></res-meta>
<map width="500" height="300">
<concept-list><concept id="1" label="Plants&#xa;of all kinds"/><concept id="2" label="roots"/>
<concept id="3" label="stems"/>
<concept id="4" label="alone"/></concept-list>
<linking-phrase-list><linking-phrase id="a" label="have"/><linking-phrase id="b" label="unused"/></linking-phrase-list>
<connection-list><connection id="x" from-id="1" to-id="a"/><connection id="y" from-id="a" to-id="2"/>
<connection id="z" from-id="a" to-id="3"/><connection id="w" from-id="1" to-id="b"/></connection-list>
<style-sheet-list><style-sheet id="_Default_"/></style-sheet-list>
</map></cmap>"""


def test_a_phrase_with_several_lines_makes_several_propositions() -> None:
    read = cxl.read("\ufeff" + MANY)
    assert read.title == "Plants"
    assert labels(read) == ["Plants of all kinds", "roots", "stems", "alone"]
    assert arrows(read) == [("Plants of all kinds", "have", "roots"), ("Plants of all kinds", "have", "stems")]
    (undrawn,) = read.undrawn
    assert undrawn == "The linking phrase “unused” leads from “Plants of all kinds” to nothing and is not drawn."
    assert cxl.read(MANY, "Mine", "From me").title == "Mine"


def one(inside: str) -> str:
    return f'<cmap xmlns="http://cmap.ihmc.us/xml/cmap/"><map>{inside}</map></cmap>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A\tmakes\tB", "Line 1, column 1: this is not CXL in UTF-8"),
        ("<cmap>", "this is not CXL in UTF-8"),
        (one('<concept id="1" label="a\x07"/>'), "control character U[+]0007"),
        ("<html/>", "first element is <html> instead of <cmap>"),
        ('<!DOCTYPE cmap [<!ENTITY a "aa">]><cmap/>', "declares a document type"),
    ],
)
def test_cxl_that_is_refused(text: str, message: str) -> None:
    with pytest.raises(MapError, match=message) as caught:
        cxl.read(text)
    assert str(caught.value).endswith(".")


TWO = '<concept id="1" label="One"/><concept id="2" label="Two"/><linking-phrase id="p" label="makes"/>'
INTO, OUT = '<connection id="a" from-id="1" to-id="p"/>', '<connection id="b" from-id="p" to-id="2"/>'
GOES = INTO + OUT


@pytest.mark.parametrize(
    ("inside", "propositions", "said"),
    [
        (TWO + GOES, 1, []),
        ('<concept id="0" label=" "/>' + TWO, 0, ["A concept without a name is not", "“makes” links nothing"]),
        (TWO.replace("One", "") + GOES, 0, ["A concept without a name, linked with “Two”, is not drawn"]),
        (TWO.replace("makes", "") + GOES, 0, ["from “One” to “Two” has no words and is not drawn"]),
        (TWO + '<connection from-id="1" to-id="2"/>' + GOES, 1, ["from “One” to “Two” has no words and is not drawn"]),
        (TWO + GOES + '<connection from-id="p" to-id="9"/>', 1, ["A line at “makes” is not drawn"]),
        (TWO + GOES + '<connection from-id="8" to-id="9"/>', 1, ["A line between two things is not drawn"]),
        (TWO + INTO, 0, ["“makes” leads from “One” to nothing"]),
        (TWO + OUT, 0, ["“makes” leads to “Two” from nothing"]),
        (TWO, 0, ["The linking phrase “makes” links nothing"]),
        (TWO + GOES + '<connection from-id="p" to-id="1"/>', 1, ["“makes” links “One” to itself and is not drawn"]),
        (
            TWO + '<linking-phrase id="q" label="of"/><connection from-id="1" to-id="p"/>'
            '<connection from-id="p" to-id="q"/><connection from-id="q" to-id="2"/>',
            0,
            ["The line from “makes” to “of”, two linking phrases, is not drawn"],
        ),
        (TWO + GOES + '<concept id="2" label="Three"/>', 1, ["Several things have the id '2'"]),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_said(inside: str, propositions: int, said: list[str]) -> None:
    read = cxl.read(one(inside))
    assert len(read.propositions) == propositions
    assert len(read.undrawn) == len(said)
    for sentence, words in zip(read.undrawn, said, strict=True):
        assert words in sentence
        assert sentence.endswith(".")


def test_graphml_is_read_as_written(geometry: Geometry, concept_map: ConceptMap) -> None:
    read = nx.read_graphml(io.BytesIO(graphml.write(geometry, concept_map)), force_multigraph=True)
    graph = concept_map.graph
    assert list(read.nodes) == list(graph.nodes)
    assert sorted(read.edges(keys=True)) == sorted(graph.edges(keys=True))
    assert [data["label"] for _, data in read.nodes(data=True)] == labels(concept_map)
    assert read.graph["source_line"] == concept_map.source_line
    first = read.edges["leaders", "h1", "p1"]
    assert (first["status"], first["stance"], first["credit"], first["number"]) == (
        "denied",
        "criticises",
        "a delegate",
        1,
    )
    assert first["quotations"] == "in these words | and these"
    for concept in geometry.concepts:
        assert (read.nodes[concept.id]["x"], read.nodes[concept.id]["y"]) == pytest.approx(concept.box.middle, abs=0.01)


TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|->|[\w.]+|[\[\]{}=,]|\s+')


def tokens(text: str) -> list[str]:
    """The tokens of a DOT file as its grammar has them; fails where something stands outside of them."""
    found, end = [], 0
    while end < len(text):
        match = TOKEN.match(text, end)
        assert match, text[end : end + 60]
        end = match.end()
        if not match[0].isspace():
            found.append(match[0])
    return found


def test_dot_keeps_every_label_in_quotation_marks(geometry: Geometry, concept_map: ConceptMap) -> None:
    text = dot.write(geometry, concept_map).decode()
    read = tokens(text)
    assert read.count("{") == read.count("}") == 1
    assert read.count("->") == 2 * len(concept_map.propositions) + sum(e.kind == "line" for e in geometry.legend)
    shown = [t[1:-1] for before, t in pairwise(read) if before == "="]
    flat = [re.sub(r"\s+", " ", t.replace("\\n", " ")).replace("\\\\", "\\").replace('\\"', '"') for t in shown]
    for label in (HARD[0], HARD[1], HARD[2]):
        assert label.replace("&", "&amp;") in flat
    assert any(concept_map.source_line in line for line in flat)
    assert "&depth" not in text.replace("&amp;depth", "")


def test_dot_is_the_same_picture(geometry: Geometry, concept_map: ConceptMap) -> None:
    text = dot.write(geometry, concept_map).decode()
    box = geometry.concepts[0].box
    x, y = box.middle
    line = next(line for line in text.splitlines() if line.startswith(" c1 ["))
    assert f'pos="{x * 0.75:.2f},{(geometry.height - y) * 0.75:.2f}!"' in line
    assert f'width="{box.width / 96:.4f}"' in line


def decoded(text: str) -> str:
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)


def test_mermaid_keeps_every_label_in_quotation_marks(geometry: Geometry, concept_map: ConceptMap) -> None:
    lines = mermaid.write(geometry, concept_map).decode().splitlines()
    nodes = [re.fullmatch(r'  c\d+\["([^"]*)"\]:::topic\d', line) for line in lines]
    assert [" ".join(decoded(node[1]).split()) for node in nodes if node] == labels(concept_map)
    edges = [re.fullmatch(r'  c\d+ -->\|"([^"]*)"\| c\d+', line) for line in lines]
    assert [decoded(edge[1]).replace("\u00a0", " ") for edge in edges if edge] == [a[1] for a in arrows(concept_map)]
    assert sum(line.startswith("  linkStyle") for line in lines) == len(concept_map.propositions) + sum(
        entry.kind == "line" for entry in geometry.legend
    )
    assert any(concept_map.source_line in line for line in lines)
    assert '  click c1 href "https://example.org/c?a=1&b=2"' in lines
    assert lines[1] == 'title: "Who ‹leads› ＆ \\"how\\"?"'
