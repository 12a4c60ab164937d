"""Mermaid: the map as text that wikis and code sites draw in their pages, each in its own arrangement.

Mermaid flowcharts (https://mermaid.js.org/syntax/flowchart.html). The places are Mermaid's own; the words,
colours, dashes, legend and source line are the map's.
"""

import re
from collections.abc import Iterator

from kg.english.telling import maps as english
from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import Geometry
from kg.maps.drawing.style import INK, MUTED, BoxStyle, LineStyle, box_style, line_style
from kg.maps.text import clean

EXTENSION = "mmd"
MEDIA_TYPE = "text/vnd.mermaid"
NAME = "Mermaid"
SPECIFICATION = "Mermaid flowchart syntax, version 11"
USE = "wikis and code sites that draw from text, in an arrangement of their own"
OPENS_WITH = "Mermaid 11, GitHub, GitLab, Obsidian"

LOOKALIKES = str.maketrans({"&": "＆", "<": "‹", ">": "›"})
"""For the title that is seen, where Mermaid 11 reads markup but no entities, not even its own."""


def write(geometry: Geometry, concept_map: ConceptMap) -> bytes:
    """A flowchart; concepts are c1, c2 ... in the order of the map."""
    return ("\n".join(_lines(geometry, concept_map)) + "\n").encode()


def _lines(geometry: Geometry, concept_map: ConceptMap) -> Iterator[str]:
    ids = {concept.id: f"c{number}" for number, concept in enumerate(geometry.concepts, 1)}
    topics = concept_map.topics
    if concept_map.title:
        yield from ("---", f"title: {_yaml(concept_map.title.translate(LOOKALIKES))}", "---")
    yield "flowchart TD"
    if concept_map.title:
        yield f"  accTitle: {_text(concept_map.title)}"
    if concept_map.description:
        yield f"  accDescr: {_text(concept_map.description)}"
    for concept in geometry.concepts:
        named = f":::topic{topics.index(concept.theme) + 1}" if concept.theme else ""
        yield f'  {ids[concept.id]}["{_text(concept.label)}"]{named}'
    styles: list[LineStyle] = []
    for each in concept_map.propositions:
        styles.append(line_style(each.status, each.stance))
        yield f"  %% {clean(english.how_and_who(each.status, each.stance, each.credit))}"
        words = f"{each.words} ({each.tag})" if each.tag else each.words
        yield f'  {ids[each.source]} -->|"{_text(words)}"| {ids[each.target]}'
    yield from _legend(geometry, topics, styles)
    notes = [("notes", " ".join(concept_map.notes))] if concept_map.notes else []
    if geometry.source_line:
        line = " ".join(part for part in (concept_map.source_line, concept_map.address) if part)
        notes.append(("source", line))
    yield from (f'  {name}["{_text(line)}"]:::source' for name, line in notes)
    if notes:
        yield f"  classDef source fill:none,stroke:none,color:{MUTED}"
    used = {concept.theme for concept in geometry.concepts if concept.theme}
    yield from (f"  classDef topic{n} {_box(box_style(t, topics))}" for n, t in enumerate(topics, 1) if t in used)
    yield from (f"  linkStyle {number} {_line(style)}" for number, style in enumerate(styles))
    for concept in geometry.concepts:
        if concept.href and concept.href.startswith(("http://", "https://")):
            yield f"  click {ids[concept.id]} href {_yaml(concept.href)}"


def _legend(geometry: Geometry, topics: tuple[str, ...], styles: list[LineStyle]) -> Iterator[str]:
    """The legend as a part of the chart; the looks of its arrows are added to `styles`, in their order."""
    if not (geometry.legend or geometry.topics):
        return
    yield '  subgraph legend ["Legend"]'
    for number, entry in enumerate((*geometry.topics, *geometry.legend), 1):
        words = _text(" ".join(entry.text.lines))
        if entry.kind == "theme":
            yield f'    k{number}["{words}"]:::topic{topics.index(entry.theme or "") + 1}'
        else:
            styles.append(line_style(entry.status, entry.stance))
            yield f'    k{number}[" "] -->|"{words}"| k{number}b[" "]'
    yield "  end"


def _box(style: BoxStyle) -> str:
    dash = f",stroke-dasharray:{_dashes(style.dash)}" if style.dash else ""
    return f"fill:{style.fill},stroke:{style.border},color:{INK},stroke-width:{style.border_width}px{dash}"


def _line(style: LineStyle) -> str:
    dash = f",stroke-dasharray:{_dashes(style.dash)}" if style.dash else ""
    return f"stroke:{style.colour},stroke-width:{style.width}px,color:{style.colour}{dash}"


def _dashes(dashes: tuple[float, ...]) -> str:
    return " ".join(f"{dash:g}" for dash in dashes)


def _text(text: str) -> str:
    """A text in which nothing is syntax: Mermaid's entities for what it, HTML or Markdown would read."""
    escaped = re.sub(r"""["#&<>;\\`*_{}\[\]|~$]""", lambda found: f"#{ord(found[0])};", clean(text))
    # “1. has” would be read as a list of Markdown; a no-break space is no list's.
    return re.sub(r"^(\d+[.)]|[-+]) ", "\\1\u00a0", escaped)


def _yaml(text: str) -> str:
    return '"' + clean(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
