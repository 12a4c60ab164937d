"""CXL: the map for CmapTools, the program of the Institute for Human and Machine Cognition, and back again.

Concept Mapping Extensible Language (http://cmap.ihmc.us/xml/cxl.html): concepts and linking phrases are nodes,
connections lead from concept to phrase and from phrase to concept, appearances say where the nodes are. Sizes
are whole px, places are those of a node's middle.
"""

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from kg.english.telling import maps as english
from kg.maps.concept_map import ConceptMap, MapConcept, MapError, MapProposition
from kg.maps.drawing.geometry import Geometry, TextBox
from kg.maps.drawing.style import INK, MUTED, BoxStyle, box_style, line_style
from kg.maps.text import clean, control_characters

EXTENSION = "cxl"
MEDIA_TYPE = "application/xml"
NAME = "CmapTools"
SPECIFICATION = "Concept Mapping Extensible Language (CXL), IHMC"
USE = "going on with the map in CmapTools"
OPENS_WITH = "CmapTools, `seminar-kg map --propositions`"

NAMESPACES = {
    "xmlns": "http://cmap.ihmc.us/xml/cmap/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
}
NOTES, SOURCE_LINE = "notes", "source-line"
"""The ids of boxes without a border for what stands under the map, since CmapTools draws nothing but boxes."""


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
        _node(concepts, "concept", identifier, "\n".join(box.lines), {})
    phrases, lines = SubElement(drawn, "linking-phrase-list"), SubElement(drawn, "connection-list")
    for number, each in enumerate(concept_map.propositions, 1):
        how = english.how_and_who(each.status, each.stance, each.credit)
        told = {"short-comment": concept_map.sentence(each), "long-comment": "; ".join(filter(None, (how, each.href)))}
        _node(phrases, "linking-phrase", f"p{number}", each.words, told)
        for end, attributes in (
            ("from", {"from-id": ids[each.source], "to-id": f"p{number}"}),
            ("to", {"from-id": f"p{number}", "to-id": ids[each.target]}),
        ):
            SubElement(lines, "connection", {"id": f"p{number}-{end}", **attributes})


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
        SubElement(phrases, "linking-phrase-appearance", place)
        stroke = {"type": "straight", "style": "dashed" if style.dash else "solid", "color": colour}
        for end, head in (("from", "no"), ("to", "yes")):
            ends = {"id": f"p{number}-{end}", "from-pos": "center", "to-pos": "center", "arrowhead": head}
            SubElement(lines, "connection-appearance", {**ends, **stroke})


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


def read(text: str, title: str = "", source_line: str = "") -> ConceptMap:
    """The map in a CXL file. A linking phrase with several lines makes a proposition of each pair of ends.

    What cannot be drawn is left out, and said in `ConceptMap.undrawn`: a concept without a name, a line without words,
    a linking phrase that lacks an end, leads to another one or links a concept to itself.

    Arguments:
        text: the file. Places and looks are passed over; comments become definitions and sentences.
        title: the map's title, instead of the file's.
        source_line: where the propositions come from, instead of the file's own.

    Raises:
        MapError: the text is not CXL.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise MapError("This CXL declares a document type, which CmapTools never does; remove the declaration.")
    try:
        root = ElementTree.fromstring(text.removeprefix("\ufeff"))
    except ElementTree.ParseError as error:
        line, column = error.position
        wrong = control_characters(text)
        reason = f"it has the control character {wrong[0]}" if wrong else str(error).partition(":")[0]
        raise MapError(f"Line {line}, column {column + 1}: this is not CXL in UTF-8 ({reason}).") from None
    if _tag(root) != "cmap":
        raise MapError(f"This is not CXL: its first element is <{_tag(root)}> instead of <cmap>.")
    nodes = {each.get("id", ""): each for each in _all(root, "concept")}
    own_source, notes = nodes.pop(SOURCE_LINE, None), nodes.pop(NOTES, None)
    if own_source is not None and not source_line:
        source_line = own_source.get("label", "")
    told = next((each.text or "" for each in _all(root, "description")), "")
    own_title = next((each.text or "" for each in _all(root, "title")), "")
    left_out = [notes.get("label", "")] if notes is not None else []
    concept_map = ConceptMap(title or own_title, told, source_line, left_out=left_out)
    links = _Links(root, nodes)
    for identifier, node in nodes.items():
        if _label(node):
            concept_map.add_concept(MapConcept(identifier, _label(node), definition=node.get("short-comment")))
    for proposition in links.propositions():
        concept_map.add_proposition(proposition)
    concept_map.undrawn = tuple(dict.fromkeys(links.undrawn))
    return concept_map


class _Links:
    """The lines of a map: what leads to each linking phrase and what from it, and what of them cannot be drawn."""

    def __init__(self, root: Element, concepts: dict[str, Element]):
        self._concepts = concepts
        self._phrases = {each.get("id", ""): each for each in _all(root, "linking-phrase")}
        self._before: dict[str, list[str]] = {identifier: [] for identifier in self._phrases}
        self._after: dict[str, list[str]] = {identifier: [] for identifier in self._phrases}
        self._chained: set[str] = set()
        self.undrawn: list[str] = []
        for tag in ("concept", "linking-phrase"):
            ids = Counter(each.get("id", "") for each in _all(root, tag))
            for identifier in (each for each, times in ids.items() if times > 1):
                self.undrawn.append(f"Several things have the id {identifier!r}, of which only the last is drawn.")
        for line in _all(root, "connection"):
            self._add(line.get("from-id", ""), line.get("to-id", ""))
        for identifier, concept in concepts.items():
            if not _label(concept):
                near = [self._name(each) for phrase in self._phrases for each in self._beside(phrase, identifier)]
                where = f", linked with {' and '.join(dict.fromkeys(near))}," if near else ""
                self.undrawn.append(f"A concept without a name{where} is not drawn; give it a name.")

    def _add(self, start: str, end: str) -> None:
        if start in self._concepts and end in self._phrases:
            self._before[end].append(start)
        elif start in self._phrases and end in self._concepts:
            self._after[start].append(end)
        elif start in self._phrases and end in self._phrases:
            self._chained |= {start, end}
            ends = f"from {self._name(start)} to {self._name(end)}"
            self.undrawn.append(f"The line {ends}, two linking phrases, is not drawn; put a concept between them.")
        elif start in self._concepts and end in self._concepts:
            ends = f"from {self._name(start)} to {self._name(end)}"
            self.undrawn.append(f"The line {ends} has no words and is not drawn; put a linking phrase between them.")
        else:
            known = next((each for each in (start, end) if each in self._concepts or each in self._phrases), None)
            at = f"at {self._name(known)}" if known is not None else "between two things"
            self.undrawn.append(f"A line {at} is not drawn: it leads to or from something that is not there.")

    def propositions(self) -> Iterator[MapProposition]:
        """Yield what can be drawn, and note what cannot."""
        for identifier, phrase in self._phrases.items():
            before, after = self._before[identifier], self._after[identifier]
            drawn = 0
            for source, target in ((a, b) for a in before for b in after):
                if not (_label(self._concepts[source]) and _label(self._concepts[target])):
                    continue  # the concept is said not to be drawn
                ends = f"from {self._name(source)} to {self._name(target)}"
                if not _label(phrase):
                    self.undrawn.append(f"The line {ends} has no words and is not drawn; write its linking phrase.")
                elif source == target:
                    what = f"The linking phrase {self._name(identifier)} links {self._name(source)} to itself"
                    self.undrawn.append(f"{what} and is not drawn there.")
                else:
                    drawn += 1
                    name = identifier if drawn == 1 else f"{identifier}-{drawn}"
                    yield MapProposition(name, source, target, _label(phrase), text=phrase.get("short-comment"))
            if not (before and after) and identifier not in self._chained:
                self.undrawn.append(self._half(identifier))

    def _half(self, phrase: str) -> str:
        """Return what is wrong with a phrase that lacks an end."""
        words = f"The linking phrase {self._name(phrase)}"
        if self._before[phrase]:
            return f"{words} leads from {self._names(self._before[phrase])} to nothing and is not drawn."
        if self._after[phrase]:
            return f"{words} leads to {self._names(self._after[phrase])} from nothing and is not drawn."
        return f"{words} links nothing and is not drawn."

    def _beside(self, phrase: str, concept: str) -> list[str]:
        ends = [*self._before[phrase], *self._after[phrase]]
        return [each for each in ends if each != concept and _label(self._concepts[each])] if concept in ends else []

    def _names(self, identifiers: list[str]) -> str:
        return " and ".join(map(self._name, identifiers))

    def _name(self, identifier: str) -> str:
        if identifier in self._concepts:
            label = _label(self._concepts[identifier])
            return f"“{label}”" if label else "a concept without a name"
        label = _label(self._phrases[identifier])
        return f"“{label}”" if label else "without words"


def _all(root: Element, tag: str) -> Iterator[Element]:
    return (each for each in root.iter() if _tag(each) == tag)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _label(node: Element) -> str:
    return clean(node.get("label", ""))
