"""DOT: the map for Graphviz, with each box and phrase where it stands.

The DOT language (https://graphviz.org/doc/info/lang.html). `dot -Tsvg` draws the same picture, since the graph
asks for neato and every place is pinned; without the line `layout=neato`, Graphviz arranges the map itself.
Linking phrases are nodes without a border, which keeps them clear of the boxes.
"""

from collections.abc import Iterator

from kg.english.telling import maps as english
from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import Geometry, LegendEntry, TextBox
from kg.maps.drawing.style import INK, MUTED, PAPER, BoxStyle, LineStyle, box_style, line_style
from kg.maps.text import clean

EXTENSION = "dot"
MEDIA_TYPE = "text/vnd.graphviz"
NAME = "Graphviz DOT"
SPECIFICATION = "The DOT language, Graphviz"
USE = "pipelines that draw with Graphviz, in the same places"
OPENS_WITH = "Graphviz"

POINTS = 0.75
"""Points in a px; Graphviz places in points and measures in inches of 72 points."""


def write(geometry: Geometry, concept_map: ConceptMap) -> bytes:
    """A directed graph; concepts are c1, c2 ..., linking phrases p1, p2 ..., in the order of the map.

    Arrows of a fan lead from one linking phrase, so that not every number is there.
    """
    return ("\n".join(_statements(geometry, concept_map)) + "\n").encode()


def _statements(geometry: Geometry, concept_map: ConceptMap) -> Iterator[str]:
    high, topics = geometry.height, concept_map.topics
    yield f"digraph {_quoted(concept_map.title or 'Concept map')} {{"
    yield " layout=neato"
    yield ' graph [inputscale=72, splines=line, overlap=true, outputorder=edgesfirst, bgcolor="#ffffff"]'
    yield ' node [shape=plaintext, fontname="Inter,Arial", fixedsize=true, margin=0]'
    yield " edge [arrowhead=none, arrowsize=0.6]"
    if geometry.title:
        yield _node("title", geometry.title, high, fontcolor=INK)
    ids = {concept.id: f"c{number}" for number, concept in enumerate(geometry.concepts, 1)}
    for concept in geometry.concepts:
        looks = _box_looks(box_style(concept.theme, topics))
        told = concept.definition or concept.label
        yield _node(ids[concept.id], concept.box, high, **looks, URL=concept.href, tooltip=told)
        if concept.kind:
            frame = {"shape": "box", "style": "rounded,filled", "fillcolor": PAPER, "fontcolor": MUTED}
            yield _node(f"kind{ids[concept.id][1:]}", concept.kind, high, **frame, color=MUTED)
    phrases: dict[str, str] = {}
    for number, each in enumerate(geometry.propositions, 1):
        style = line_style(each.status, each.stance)
        sentence = concept_map.sentence(concept_map.proposition(each.id))
        phrases[each.id] = phrases.get(each.fan or "", f"p{number}")
        if not each.fan:
            yield _node(f"p{number}", each.label, high, fontcolor=style.colour, URL=each.href, tooltip=sentence)
            yield _edge(ids[each.source], f"p{number}", style)
        how = english.how_and_who(each.status, each.stance, each.credit)
        yield _edge(phrases[each.id], ids[each.target], style, arrowhead="normal", tooltip=sentence, comment=how)
        if each.tag:
            frame = {"shape": "box", "style": "rounded", "color": style.colour, "fontcolor": style.colour}
            yield _node(f"tag{number}", each.tag, high, **frame, tooltip=sentence)
    for number, entry in enumerate((*geometry.topics, *geometry.legend), 1):
        yield from _legend_entry(number, entry, high, topics)
    if geometry.notes:
        yield _node("notes", geometry.notes, high, fontcolor=INK, tooltip=" ".join(concept_map.notes))
    if geometry.source_line:
        yield _node("source", geometry.source_line, high, fontcolor=MUTED, URL=concept_map.address)
    yield "}"


def _legend_entry(number: int, entry: LegendEntry, high: float, topics: tuple[str, ...]) -> Iterator[str]:
    """The words in a small box, or beside an arrow between two nodes that are not seen."""
    x, y, width, height = entry.sample
    if entry.kind == "theme":
        box = TextBox(entry.text.lines, x, y, width, height, entry.text.font_size)
        yield _node(f"legend{number}", box, high, **_box_looks(box_style(entry.theme, topics)))
        return
    yield _node(f"legend{number}", entry.text, high, fontcolor=INK)
    for name, left in (("start", x), ("end", x + width)):
        end = TextBox((), left, y + height / 2, 0.1, 0.1, 1)
        yield _node(f"{name}{number}", end, high, shape="point", style="invis")
    style = line_style(entry.status, entry.stance)
    yield _edge(f"start{number}", f"end{number}", style, arrowhead="normal")


def _node(name: str, box: TextBox, page: float, **attributes: str | None) -> str:
    x, y = box.middle
    placed = {
        "label": "\n".join(clean(line) for line in box.lines),
        "pos": f"{x * POINTS:.2f},{(page - y) * POINTS:.2f}!",
        "width": f"{box.width / 96:.4f}",
        "height": f"{box.height / 96:.4f}",
        "fontsize": f"{box.font_size * POINTS:.2f}",
    }
    return f" {name} [{_attributes(placed | attributes)}]"


def _edge(start: str, end: str, style: LineStyle, **attributes: str) -> str:
    looks = {"color": style.colour, "penwidth": f"{style.width * POINTS:.2f}"}
    if style.dash:
        looks["style"] = "dotted" if len(style.dash) == 2 and max(style.dash) < 4 else "dashed"
    return f" {start} -> {end} [{_attributes(looks | attributes)}]"


def _box_looks(style: BoxStyle) -> dict[str, str]:
    kinds = ["filled", *(["rounded"] if style.radius > 0.1 else []), *(["dashed"] if style.dash else [])]
    colours = {"fillcolor": style.fill, "color": style.border, "fontcolor": INK}
    return {"shape": "box", "style": ",".join(kinds), "penwidth": f"{style.border_width * POINTS:.2f}", **colours}


def _attributes(values: dict[str, str | None] | dict[str, str]) -> str:
    return ", ".join(f"{name}={_quoted(value)}" for name, value in values.items() if value or name == "label")


def _quoted(text: str | None) -> str:
    """A quoted string; an ampersand is written as an entity, since Graphviz reads entities in it."""
    lines = [clean(line) for line in (text or "").split("\n")]
    escaped = "\n".join(lines).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return '"' + escaped.replace("\n", "\\n") + '"'
