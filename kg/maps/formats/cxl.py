"""CXL: the map for CmapTools, the program of the Institute for Human and Machine Cognition, and back again.

Concept Mapping Extensible Language (http://cmap.ihmc.us/xml/cxl.html): concepts and linking phrases are nodes,
connections lead from concept to phrase and from phrase to concept, appearances say where the nodes are. Sizes
are whole px, places are those of a node's middle.
"""

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from kg.english.telling import maps as english
from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import Geometry, TextBox
from kg.maps.drawing.style import INK, MUTED, BoxStyle, box_style, line_style
from kg.maps.formats.cxl_reader import NOTES, SOURCE_LINE, read
from kg.maps.text import clean

EXTENSION = "cxl"
MEDIA_TYPE = "application/xml"
NAME = "CmapTools"
SPECIFICATION = "Concept Mapping Extensible Language (CXL), IHMC"
USE = "going on with the map in CmapTools"
OPENS_WITH = "CmapTools, `seminar-kg map --propositions`"

__all__ = ["read", "write"]

NAMESPACES = {
    "xmlns": "http://cmap.ihmc.us/xml/cmap/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
}


def write(geometry: Geometry, concept_map: ConceptMap) -> bytes:
    """The map with the places, colours and comments that CmapTools shows."""
    root = Element("cmap", NAMESPACES)
    about = SubElement(root, "res-meta")
    for tag, text in (
        ("dc:title", concept_map.title),
        ("dc:description", concept_map.description),
        ("dc:source", concept_map.address),
        ("dc:language", "en"),
        ("dc:format", "x-cmap/x-storable"),
    ):
        if text:
            SubElement(about, tag).text = text
    drawn = SubElement(root, "map", width=_whole(geometry.width), height=_whole(geometry.height))
    _write_nodes(drawn, geometry, concept_map)
    _write_places(drawn, geometry, concept_map)
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'.encode()


def _write_nodes(drawn: Element, geometry: Geometry, concept_map: ConceptMap) -> None:
    ids = {concept.id: f"c{number}" for number, concept in enumerate(concept_map.concepts, 1)}
    concepts = SubElement(drawn, "concept-list")
    for concept in concept_map.concepts:
        told = {"short-comment": concept.definition, "long-comment": concept.href}
        _node(concepts, "concept", ids[concept.id], concept.label, told)
    for identifier, box in _below(geometry):
        told = {"short-comment": " ".join(concept_map.notes)} if identifier == NOTES else {}
        _node(concepts, "concept", identifier, "\n".join(box.lines), told)
    phrases, lines = SubElement(drawn, "linking-phrase-list"), SubElement(drawn, "connection-list")
    names = _phrases(geometry)
    for number, each in enumerate(concept_map.propositions, 1):
        phrase = names[each.id]
        if phrase == f"p{number}":
            same = [other for other in concept_map.propositions if names[other.id] == phrase]
            how = english.how_and_who(each.status, each.stance, each.credit)
            comment = dict.fromkeys(filter(None, (how, *(other.href for other in same))))
            sentences = dict.fromkeys(concept_map.sentence(other) for other in same)
            told = {"short-comment": " ".join(sentences), "long-comment": "; ".join(comment)}
            _node(phrases, "linking-phrase", phrase, each.words, told)
            SubElement(lines, "connection", {"id": f"p{number}-from", "from-id": ids[each.source], "to-id": phrase})
        SubElement(lines, "connection", {"id": f"p{number}-to", "from-id": phrase, "to-id": ids[each.target]})


def _node(parent: Element, tag: str, identifier: str, label: str, comments: dict[str, str | None]) -> None:
    told = {name: clean(text) for name, text in comments.items() if text}
    lines = "\n".join(clean(line) for line in label.split("\n"))
    SubElement(parent, tag, {"id": identifier, "label": lines, **told})


def _write_places(drawn: Element, geometry: Geometry, concept_map: ConceptMap) -> None:
    topics = concept_map.topics
    concepts = SubElement(drawn, "concept-appearance-list")
    for number, concept in enumerate(geometry.concepts, 1):
        looks = _looks(box_style(concept.theme, topics))
        SubElement(concepts, "concept-appearance", {"id": f"c{number}", **_place(concept.box), **looks})
    for identifier, box in _below(geometry):
        looks = {"background-color": _colour("#ffffff", 0), "border-color": _colour("#ffffff", 0)}
        looks |= {"font-color": _colour(MUTED), "shadow-color": "none"}
        SubElement(concepts, "concept-appearance", {"id": identifier, **_place(box), **looks})
    phrases = SubElement(drawn, "linking-phrase-appearance-list")
    lines = SubElement(drawn, "connection-appearance-list")
    for number, each in enumerate(geometry.propositions, 1):
        style = line_style(each.status, each.stance)
        colour = _colour(style.colour)
        place = {"id": f"p{number}", **_place(each.label), "font-color": colour}
        if not each.fan:
            SubElement(phrases, "linking-phrase-appearance", place)
        stroke = {"type": "straight", "style": "dashed" if style.dash else "solid", "color": colour}
        for end, head in (("from", "no"), ("to", "yes"))[1 if each.fan else 0 :]:
            ends = {"id": f"p{number}-{end}", "from-pos": "center", "to-pos": "center", "arrowhead": head}
            SubElement(lines, "connection-appearance", {**ends, **stroke})


def _phrases(geometry: Geometry) -> dict[str, str]:
    """The linking phrase of each proposition: arrows of a fan have one."""
    names: dict[str, str] = {}
    for number, each in enumerate(geometry.propositions, 1):
        names[each.id] = names.get(each.fan or "", f"p{number}")
    return names


def _below(geometry: Geometry) -> Iterator[tuple[str, TextBox]]:
    """What stands under the map."""
    for identifier, box in ((NOTES, geometry.notes), (SOURCE_LINE, geometry.source_line)):
        if box:
            yield identifier, box


def _place(box: TextBox) -> dict[str, str]:
    x, y = box.middle
    sizes = {"x": x, "y": y, "width": box.width, "height": box.height}
    # CmapTools may draw with a wider font than Inter.
    return {**{name: _whole(size) for name, size in sizes.items()}, "font-size": _whole(box.font_size * 0.75)}


def _looks(style: BoxStyle) -> dict[str, str]:
    return {
        "font-color": _colour(INK),
        "background-color": _colour(style.fill),
        "border-color": _colour(style.border),
        "border-thickness": _whole(style.border_width),
        "border-style": "dashed" if style.dash else "solid",
        "border-shape": "rectangle" if style.radius < 0.1 else "rounded-rectangle",
        "shadow-color": "none",
    }


def _colour(name: str, opacity: int = 255) -> str:
    return ",".join(str(int(name[i : i + 2], 16)) for i in (1, 3, 5)) + f",{opacity}"


def _whole(size: float) -> str:
    return str(max(1, round(size)))
