"""CXL, GraphML, DOT and Mermaid: what is written is read again, and no label breaks out of its quotation marks."""

import io
import re
from itertools import pairwise
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.maps.concept_map import ConceptMap, MapClaim, MapConcept, MapProposition
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


def test_gephi_takes_no_attribute_of_graphml_for_a_label(geometry: Geometry, concept_map: ConceptMap) -> None:
    """In its ImporterGraphML "d3" of a node and "d7" of an edge are labels, whatever their names."""
    root = ElementTree.fromstring(graphml.write(geometry, concept_map))
    ids = [key.get("id") for key in root.iter("{http://graphml.graphdrawing.org/xmlns}key")]
    assert len(ids) == len(set(ids)) > 8
    assert not {"d3", "d7"} & set(ids)


def test_graphml_opens_in_yed_as_it_is_drawn(geometry: Geometry, concept_map: ConceptMap) -> None:
    """Each node and edge has its looks first, in the order of yFiles' schema."""
    root = ElementTree.fromstring(graphml.write(geometry, concept_map))
    ns, y = "{http://graphml.graphdrawing.org/xmlns}", "{http://www.yworks.com/xml/graphml}"
    keys = {key.get("for"): key.get("id") for key in root.iter(f"{ns}key") if key.get("yfiles.type")}
    assert {key.get("yfiles.type") for key in root.iter(f"{ns}key")} >= {"nodegraphics", "edgegraphics"}
    nodes = {node.get("id"): node[0] for node in root.iter(f"{ns}node")}
    for concept in geometry.concepts:
        data, box = nodes[concept.id], concept.box
        assert data.get("key") == keys["node"]
        shape = data[0]
        assert [each.tag.removeprefix(y) for each in shape] == ["Geometry", "Fill", "BorderStyle", "NodeLabel", "Shape"]
        place = [float(shape[0].get(side, "")) for side in ("x", "y", "width", "height")]
        assert place == pytest.approx([box.x, box.y, box.width, box.height], abs=0.01)
        assert (shape[3].text or "").split("\n") == [line.strip() for line in box.lines]
    edges = {edge.get("id"): edge for edge in root.iter(f"{ns}edge")}
    middles = {concept.id: concept.box.middle for concept in geometry.concepts}
    for proposition in geometry.propositions:
        edge = edges[proposition.id]
        assert edge[0].get("key") == keys["edge"]
        path, *others = edge[0][0]
        assert [each.tag.removeprefix(y) for each in others] == ["LineStyle", "Arrows", "EdgeLabel", "BendStyle"]
        (sx, sy), (tx, ty) = middles[proposition.source], middles[proposition.target]
        ends = [float(path.get(name, "")) for name in ("sx", "sy", "tx", "ty")]
        drawn = [sx + ends[0], sy + ends[1], tx + ends[2], ty + ends[3]]
        assert drawn == pytest.approx([*proposition.path[0], *proposition.path[-1]], abs=0.02)
        assert len(path) == len(proposition.path) - 2
        label = others[2]
        at = [float(label.get("x", "")) + drawn[0], float(label.get("y", "")) + drawn[1]]
        assert at == pytest.approx([proposition.label.x, proposition.label.y], abs=0.02)


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
