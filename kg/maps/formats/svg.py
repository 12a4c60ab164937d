"""SVG: the map as a picture that scales, with links, names and a text alternative.

Scalable Vector Graphics 1.1 (https://www.w3.org/TR/SVG11/) with the roles of the SVG Accessibility API
Mappings (https://www.w3.org/TR/svg-aam-1.0/). Arrowheads are polygons, since converters fail on markers;
looks are presentation attributes, since pages with a strict Content-Security-Policy ignore style attributes
and style elements.
"""

from base64 import b64encode
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from kg.maps.concept_map import ConceptMap
from kg.maps.geometry import Geometry, LegendEntry, PlacedConcept, PlacedProposition, Point, TextBox
from kg.maps.style import INK, MUTED, PAPER, BoxStyle, LineStyle, box_style, line_style
from kg.maps.text import LINE_HEIGHT, Weight, clean, font_bytes

EXTENSION = "svg"
MEDIA_TYPE = "image/svg+xml"
NAME = "SVG"
SPECIFICATION = "Scalable Vector Graphics (SVG) 1.1, W3C 2011"

FONT_FAMILY = "Inter, Arial, Helvetica, sans-serif"
HALF_CAPITAL = 0.36
"""From the middle of a line of text down to its baseline, in font sizes: half of Inter's capitals."""

_FACES: tuple[tuple[Weight, int], ...] = (("regular", 400), ("semibold", 600))


def write(geometry: Geometry, concept_map: ConceptMap) -> bytes:
    """A file of its own: Inter is embedded, and every proposition is in the description."""
    faces = "".join(
        f"@font-face{{font-family:Inter;font-weight:{number};"
        f"src:url(data:font/woff;base64,{b64encode(font_bytes(weight)).decode()}) format('woff')}}"
        for weight, number in _FACES
    )
    description = concept_map.as_text()
    head = f"<style>{faces}</style>\n"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + _svg(geometry, concept_map, "map", description, head)
    ).encode()


def inline(geometry: Geometry, concept_map: ConceptMap, id_prefix: str = "map") -> str:
    """An <svg> element for an HTML page, which brings the font and lists the propositions itself.

    Arguments:
        geometry: the drawn map.
        concept_map: the map that was drawn.
        id_prefix: every id in the element begins with it, so that a page may hold several maps.

    Returns:
        Markup without style elements, style attributes or scripts.
    """
    return _svg(geometry, concept_map, id_prefix, concept_map.description or _summary(geometry), "")


def _svg(geometry: Geometry, concept_map: ConceptMap, prefix: str, description: str, head: str) -> str:
    linked = any(c.href for c in geometry.concepts) or any(p.href for p in geometry.propositions)
    width, height = _number(geometry.width), _number(geometry.height)
    title = concept_map.title or "Concept map"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}"'
        f' class="concept-map" role="{"graphics-document" if linked else "img"}"'
        f" aria-labelledby={quoteattr(prefix + '-title')} aria-describedby={quoteattr(prefix + '-desc')}"
        f' font-family="{FONT_FAMILY}">\n',
        f"<title id={quoteattr(prefix + '-title')}>{_text(title)}</title>\n",
        f"<desc id={quoteattr(prefix + '-desc')}>{_lines(description)}</desc>\n",
        head,
        f'<rect class="page" width="{width}" height="{height}" fill="{PAPER}"/>\n',
    ]
    if geometry.title:
        parts.append(_words(geometry.title, INK, 600, 'class="map-title"') + "\n")
    parts += [_proposition(p, concept_map, f"{prefix}-p{i}") for i, p in enumerate(geometry.propositions, 1)]
    parts += [_concept(c, geometry, f"{prefix}-c{i}") for i, c in enumerate(geometry.concepts, 1)]
    if geometry.legend:
        parts.append(
            '<g class="legend">\n' + "".join(_legend_entry(e, geometry) for e in geometry.legend) + "</g>\n"
        )
    if geometry.source_line:
        parts.append(_words(geometry.source_line, MUTED, 400, 'class="source-line"') + "\n")
    return "".join(parts) + "</svg>\n"


def _summary(geometry: Geometry) -> str:
    return (
        f"A concept map of {len(geometry.concepts)} concepts and {len(geometry.propositions)} propositions."
    )


def _concept(concept: PlacedConcept, geometry: Geometry, element_id: str) -> str:
    """A box with its label: a link when the concept has a page."""
    topic = dict(geometry.themes).get(concept.theme or "")
    told = [clean(concept.definition or ""), f"Topic: {topic}" if topic else ""]
    title = ". ".join([concept.label, *(part.rstrip(".") for part in told if part)])
    box = concept.box
    style = box_style(concept.theme, geometry.themes)
    inside = f"<title>{_text(title)}</title>" + _box(
        box.x, box.y, box.width, box.height, style, box.font_size
    )
    return _group("concept", element_id, concept.href, concept.label, inside + _words(box, INK, 600))


def _proposition(proposition: PlacedProposition, concept_map: ConceptMap, element_id: str) -> str:
    """The line in its two visible pieces, its arrowhead and the phrase, named by its sentence and speaker."""
    style = line_style(proposition.status, proposition.stance)
    sentence = concept_map.sentence(concept_map.proposition(proposition.id))
    scale = proposition.label.font_size / 15
    strokes = "".join(_stroke([start, end], style, scale) for start, end in proposition.pieces())
    if style.strike:
        strokes += _stroke(list(proposition.strike()), LineStyle(style.colour, 2.2), scale)
    head = f'<polygon points="{_points(proposition.arrowhead())}" fill="{style.colour}"/>'
    inside = (
        f"<title>{_text(sentence)}</title>" + strokes + head + _words(proposition.label, style.colour, 400)
    )
    kind = f"proposition {proposition.status}" + (
        f" {clean(proposition.stance)}" if proposition.stance else ""
    )
    return _group(kind, element_id, proposition.href, sentence, inside)


def _group(kind: str, element_id: str, href: str | None, name: str, inside: str) -> str:
    """A named group of shapes, inside a link when there is somewhere to go."""
    names = f'role="graphics-symbol" aria-label={_quoted(name)}'
    group = f"<g id={quoteattr(element_id)} class={quoteattr(kind)} {names}>"
    if href:
        return f"<a href={_quoted(href)} aria-label={_quoted(name)}>{group}{inside}</g></a>\n"
    return f"{group}{inside}</g>\n"


def _legend_entry(entry: LegendEntry, geometry: Geometry) -> str:
    x, y, width, height = entry.sample
    if entry.kind == "theme":
        sample = _box(x + 4, y, width - 8, height, box_style(entry.theme, geometry.themes), height * 0.9)
    else:
        sample = _line_sample(entry)
    return sample + _words(entry.text, INK, 400, anchor="start") + "\n"


def _line_sample(entry: LegendEntry) -> str:
    """A short arrow drawn as the lines that the entry explains, by the rules for all arrows."""
    x, y, width, height = entry.sample
    middle = round(y + height / 2, 2)
    nothing = TextBox((), x, y - 99, 0, 0, 13)
    arrow = PlacedProposition(
        "", "", "", "", ((x, middle), (x + width, middle)), nothing, entry.status, entry.stance
    )
    style = line_style(entry.status, entry.stance)
    strokes = "".join(_stroke([start, end], style, 0.8) for start, end in arrow.pieces())
    if style.strike:
        strokes += _stroke(list(arrow.strike()), LineStyle(style.colour, 2.2), 0.8)
    return strokes + f'<polygon points="{_points(arrow.arrowhead())}" fill="{style.colour}"/>'


def _box(x: float, y: float, width: float, height: float, style: BoxStyle, font_size: float) -> str:
    corner = min(style.radius * font_size, height / 2)
    dash = (
        f' stroke-dasharray="{" ".join(_number(d * font_size / 18) for d in style.dash)}"'
        if style.dash
        else ""
    )
    return (
        f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
        f' rx="{_number(corner)}" fill="{style.fill}" stroke="{style.border}"'
        f' stroke-width="{_number(max(style.border_width * font_size / 18, 0.8))}"{dash}/>'
    )


def _stroke(points: Sequence[Point], style: LineStyle, scale: float) -> str:
    dash = f' stroke-dasharray="{" ".join(_number(d * scale) for d in style.dash)}"' if style.dash else ""
    return (
        f'<polyline points="{_points(points)}" fill="none" stroke="{style.colour}"'
        f' stroke-width="{_number(style.width * scale)}"{dash}/>'
    )


def _words(box: TextBox, colour: str, weight: int, attributes: str = "", anchor: str = "middle") -> str:
    """The lines of a text box, each a text element, set in the middle of it or from its left edge."""
    x = box.middle[0] if anchor == "middle" else box.x
    step = box.font_size * LINE_HEIGHT
    first = box.middle[1] - step * (len(box.lines) - 1) / 2 + HALF_CAPITAL * box.font_size
    head = (
        f'text-anchor="{anchor}" font-size="{_number(box.font_size)}" font-weight="{weight}" fill="{colour}"'
        f"{' ' if attributes else ''}{attributes}"
    )
    return "".join(
        f'<text x="{_number(x)}" y="{_number(first + number * step)}" {head}>{_text(line)}</text>'
        for number, line in enumerate(box.lines)
    )


def _lines(text: str) -> str:
    return "\n".join(_text(line) for line in text.strip().split("\n"))


def _text(text: str) -> str:
    return escape(clean(text))


def _quoted(text: str) -> str:
    return quoteattr(clean(text))


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    """A length to a hundredth of a px, without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
