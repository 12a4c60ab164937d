"""GraphML: the map as a graph with its places, for programs that count, compare and draw graphs.

GraphML (http://graphml.graphdrawing.org/), written by networkx and read again with `networkx.read_graphml`.
Concepts are nodes, propositions edges; x and y are px of the middle of a box, y grows downwards.

Each node and edge also has its looks in the words of yFiles, which yEd draws
(https://docs.yworks.com/yfiles/doc/developers-guide/graphml.html): places are those of a box's upper left corner, ends
of a line are told from the middle of the box, and words on a line from where it leaves its box. They come first in a
node or an edge, since networkx takes places and labels from them too, and from what follows after.
"""

import io
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import networkx as nx
from networkx.readwrite.graphml import GraphMLWriter

from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import Geometry, PlacedConcept, PlacedProposition, Point
from kg.maps.drawing.style import INK, PAPER, box_style, line_style
from kg.maps.text import clean

EXTENSION = "graphml"
MEDIA_TYPE = "application/graphml+xml"
NAME = "GraphML"
SPECIFICATION = "GraphML 1.0, written by networkx, with the looks of yFiles GraphML 1.1"
USE = "going on in yEd; counting and comparing: propositions are edges with status, speaker and quotations"
OPENS_WITH = "yEd (in its places and colours), networkx, Gephi, igraph"

YFILES = "http://www.yworks.com/xml/graphml"
_LOOKS = {"node": "nodegraphics", "edge": "edgegraphics"}


def write(geometry: Geometry, concept_map: ConceptMap) -> bytes:
    """A directed graph that may have several edges between two nodes; what is not known is left out."""
    known: dict[str, Any] = {
        "title": concept_map.title,
        "description": concept_map.description,
        "source_line": concept_map.source_line,
        "address": concept_map.address,
        "left_out": " ".join(concept_map.left_out),
    }
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**_filled(known))
    themes = dict(geometry.themes)
    for concept in geometry.concepts:
        box, theme = concept.box, concept.theme
        x, y = (round(place, 2) for place in box.middle)
        about = {"label": concept.label, "topic": theme and themes.get(theme, theme)}
        about |= {"definition": concept.definition, "kind_of": concept.kind_of}
        place = {"href": concept.href, "x": x, "y": y, "width": box.width, "height": box.height}
        graph.add_node(clean(concept.id), **_filled(about | place))
    for each in concept_map.propositions:
        said: dict[str, Any] = {
            "label": each.phrase,
            "status": each.status,
            "stance": each.stance,
            "credit": each.credit,
        }
        said["claimed"] = each.status != "broader"
        more = {"claim": each.text, "href": each.href, "number": each.number}
        quotations = " | ".join(dict.fromkeys(quote for claim in each.claims for quote in claim.quotations))
        attributes = _filled(said | more | {"quotations": quotations})
        graph.add_edge(clean(each.source), clean(each.target), clean(each.id), **attributes)
    # Not write_graphml, whose bytes depend on whether lxml happens to be installed.
    writer = GraphMLWriter()
    writer.add_graph_element(graph)
    _name_keys(writer.xml)
    _add_looks(writer.xml, geometry, concept_map.topics)
    file = io.BytesIO()
    writer.dump(file)
    return file.getvalue()


def _name_keys(root: Element) -> None:
    """Give keys ids that no reader knows: Gephi takes any "d3" and "d7" for labels, as yEd once numbered them."""
    for name, tag in (("id", "key"), ("key", "data")):
        for each in root.iter(tag):
            each.set(name, each.get(name, "").replace("d", "attribute", 1))


def _add_looks(root: Element, geometry: Geometry, topics: tuple[str, ...]) -> None:
    """Give each node and edge its looks in the words of yFiles."""
    root.set("xmlns:y", YFILES)
    for place, (kind, looks) in enumerate(_LOOKS.items()):
        root.insert(place, Element("key", {"id": looks, "for": kind, "yfiles.type": looks}))
    nodes = {each.get("id"): each for each in root.iter("node")}
    edges = {each.get("id"): each for each in root.iter("edge")}
    for concept in geometry.concepts:
        nodes[clean(concept.id)].insert(0, _node_looks(concept, topics))
    middles = {concept.id: concept.box.middle for concept in geometry.concepts}
    for each in geometry.propositions:
        edges[clean(each.id)].insert(0, _edge_looks(each, middles[each.source], middles[each.target]))


def _node_looks(concept: PlacedConcept, topics: tuple[str, ...]) -> Element:
    box, style = concept.box, box_style(concept.theme, topics)
    data = Element("data", key=_LOOKS["node"])
    node = SubElement(data, "y:ShapeNode")
    SubElement(node, "y:Geometry", _numbers(x=box.x, y=box.y, width=box.width, height=box.height))
    SubElement(node, "y:Fill", color=style.fill, transparent="false")
    line = "dashed" if style.dash else "line"
    SubElement(node, "y:BorderStyle", {"color": style.border, "type": line, **_numbers(width=style.border_width)})
    words = {"modelName": "internal", "modelPosition": "c", "fontStyle": "bold", "textColor": INK}
    label = SubElement(node, "y:NodeLabel", {**words, **_lettering(box.font_size)})
    label.text = "\n".join(map(clean, box.lines))
    SubElement(node, "y:Shape", type="rectangle" if style.radius < 0.1 else "roundrectangle")
    return data


def _edge_looks(each: PlacedProposition, source: Point, target: Point) -> Element:
    (x0, y0), *bends, (x1, y1) = each.path
    style = line_style(each.status, each.stance)
    data = Element("data", key=_LOOKS["edge"])
    edge = SubElement(data, "y:PolyLineEdge")
    ends = _numbers(sx=x0 - source[0], sy=y0 - source[1], tx=x1 - target[0], ty=y1 - target[1])
    path = SubElement(edge, "y:Path", ends)
    for x, y in bends:
        SubElement(path, "y:Point", _numbers(x=x, y=y))
    line = {"color": style.colour, "type": "dashed" if style.dash else "line"}
    SubElement(edge, "y:LineStyle", {**line, **_numbers(width=style.width)})
    SubElement(edge, "y:Arrows", source="none", target="standard")
    if not each.fan:  # else its words stand with another edge
        box = each.label
        place = _numbers(x=box.x - x0, y=box.y - y0, width=box.width, height=box.height)
        words = {"modelName": "free", "modelPosition": "anywhere", "preferredPlacement": "anywhere"}
        words |= {"backgroundColor": PAPER, "hasLineColor": "false", "textColor": style.colour}
        label = SubElement(edge, "y:EdgeLabel", {**words, **place, **_lettering(box.font_size)})
        label.text = "\n".join(map(clean, box.lines))
    SubElement(edge, "y:BendStyle", smoothed="false")
    return data


def _lettering(font_size: float) -> dict[str, str]:
    """The font of words: yEd draws with the reader's own sans serif, and in whole sizes."""
    return {"alignment": "center", "fontFamily": "Dialog", "fontSize": str(max(1, round(font_size)))}


def _numbers(**lengths: float) -> dict[str, str]:
    return {name: f"{length:.2f}" for name, length in lengths.items()}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {k: clean(v) if isinstance(v, str) else v for k, v in values.items() if v not in (None, "")}
