"""SVG: the map as a picture that scales, with links, names and a text alternative.

Scalable Vector Graphics 1.1 (https://www.w3.org/TR/SVG11/) with the roles of the SVG Accessibility API
Mappings (https://www.w3.org/TR/svg-aam-1.0/). Arrowheads are polygons, since converters fail on markers;
looks are presentation attributes, since pages with a strict Content-Security-Policy ignore style attributes
and style elements.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from fontTools.pens.svgPathPen import SVGPathPen

from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.build_up import BuildUp, built_up, marks_of_newest
from kg.maps.drawing.geometry import Geometry, PlacedProposition, Point
from kg.maps.drawing.marks import Arrowhead, Box, Mark, Outlines, Part, Stroke, Words, painted_parts, parts
from kg.maps.drawing.style import PAPER
from kg.maps.fonts.faces import Weight, font_bytes
from kg.maps.paper import SHEETS
from kg.maps.text import clean

EXTENSION = "svg"
MEDIA_TYPE = "image/svg+xml"
NAME = "SVG"
SPECIFICATION = "Scalable Vector Graphics (SVG) 1.1, W3C 2011"
USE = "web pages and documents, at any size; the words can be selected, boxes and arrows are links"
OPENS_WITH = "browsers, Inkscape, Word, PowerPoint"

FONT_FAMILY = "Inter, Arial, Helvetica, sans-serif"
WEIGHTS: dict[Weight, int] = {"regular": 400, "semibold": 600}


def write(geometry: Geometry, concept_map: ConceptMap) -> bytes:
    """A file of its own: Inter is embedded, and every proposition is in the description."""
    head = f"<style>{font_faces()}</style>\n"
    markup = _svg(geometry, concept_map, "map", concept_map.as_text(), head)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + markup).encode()


def inline(
    geometry: Geometry, concept_map: ConceptMap, id_prefix: str = "map", fluid: bool = False, live: bool = False
) -> str:
    """An <svg> element for an HTML page, which brings the font and lists the propositions itself.

    Arguments:
        geometry: the drawn map.
        concept_map: the map that was drawn.
        id_prefix: every id in the element begins with it, so that a page may hold several maps. The n-th
            concept is `<prefix>-c<n>`, the n-th proposition `<prefix>-p<n>`.
        fluid: whether it is as wide as the room it gets, where no style sheet says so.
        live: whether the page has a style sheet, and may have a script, that draws a step of the build-up: each
            group then has the class "newest" or "pale" instead of these looks, and what marks the newest in it.

    Returns:
        Markup without style elements, style attributes or scripts.
    """
    drawn: list[Part] | None = None
    if live:
        build_up = BuildUp(concept_map)
        drawn = [
            replace(part, standing=build_up.standing(part, concept_map.step)) for part in parts(geometry, concept_map)
        ]
    told = concept_map.description or _summary(geometry)
    return _svg(geometry, concept_map, id_prefix, told, drawn=drawn, fluid=fluid, live=live)


def without_page(geometry: Geometry, concept_map: ConceptMap) -> str:
    """The picture alone, on nothing: no white page and no fonts, for a program that brings Inter and no other.

    Raises:
        UnpaintableText: no font of maps has some of the characters.
    """
    drawn = list(built_up(painted_parts(geometry, concept_map), concept_map))
    return _svg(geometry, concept_map, "map", _summary(geometry), page=False, drawn=drawn)


def font_faces() -> str:
    """The CSS rules that embed Inter."""
    return "".join(
        f"@font-face{{font-family:Inter;font-weight:{number};"
        f"src:url(data:font/woff;base64,{b64encode(font_bytes(weight)).decode()}) format('woff')}}"
        for weight, number in WEIGHTS.items()
    )


def _svg(
    geometry: Geometry,
    concept_map: ConceptMap,
    prefix: str,
    description: str,
    head: str = "",
    page: bool = True,
    drawn: Sequence[Part] | None = None,
    fluid: bool = False,
    live: bool = False,
) -> str:
    drawn = drawn or list(built_up(parts(geometry, concept_map), concept_map))
    linked = any(part.href for part in drawn if part.about)
    width, height = _number(geometry.width), _number(geometry.height)
    size = ' width="100%"' if fluid else f' width="{width}" height="{height}"'
    if head and geometry.page in SHEETS:
        size = ' width="{}mm" height="{}mm"'.format(*SHEETS[geometry.page])
    title = concept_map.title or "Concept map"
    described = "\n".join(map(_text, description.strip().split("\n")))
    markup = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f"{size}"
        f' class="concept-map" role="{"graphics-document" if linked else "img"}"'
        f" aria-labelledby={quoteattr(prefix + '-title')} aria-describedby={quoteattr(prefix + '-desc')}"
        f' font-family="{FONT_FAMILY}">\n',
        f"<title id={quoteattr(prefix + '-title')}>{_text(title)}</title>\n",
        f"<desc id={quoteattr(prefix + '-desc')}>{described}</desc>\n",
        head,
        f'<rect class="page" width="{width}" height="{height}" fill="{PAPER}"/>\n' if page else "",
    ]
    numbers: dict[str, int] = {}
    names: dict[str, str] = {}
    for part in drawn:
        numbers[part.kind] = numbers.get(part.kind, 0) + 1
        name = f"{prefix}-{part.kind[0]}{numbers[part.kind]}"
        fan = None
        if isinstance(part.about, PlacedProposition):
            names[part.about.id] = name
            fan = names.get(part.about.fan or "")
        markup.append(_part(part, name, live, fan))
    return "".join(markup) + "</svg>\n"


def _summary(geometry: Geometry) -> str:
    return f"A concept map of {len(geometry.concepts)} concepts and {len(geometry.propositions)} propositions."


def _part(part: Part, element_id: str, live: bool, fan: str | None = None) -> str:
    """A group of shapes, named where it shows a concept or a proposition, in a link where that leads on.

    An arrow whose words stand with another one, that of a `fan`, says in `data-words` with which.
    """
    marks = "".join(_mark(mark) for mark in part.marks)
    # What is read aloud, or copied, has a space between two lines, but for a word that was cut at its hyphen.
    marks = re.sub(r"(?<!-)</text>(<rect[^>]*>)?<text", r"</text> \1<text", marks)
    kind = f"{part.kind}-line" if part.kind == "source" else part.kind
    pale = part.standing == "pale"
    if part.about is None:
        group = f'<g class="{kind}">{marks}</g>'
    else:
        shared = f" data-words={quoteattr(fan)}" if fan else ""
        if isinstance(part.about, PlacedProposition):
            kind = " ".join([kind, part.about.status, *clean(part.about.stance or "").split()])
        if live:
            marks = f'<g class="marker">{"".join(map(_mark, marks_of_newest(part)))}</g>{marks}'
        kind = kind if part.standing == "told" else f"{kind} {part.standing}"
        # What is to come is not read aloud; a script may bring it in, and needs its name then.
        named = "" if pale and not live else f' role="graphics-symbol"{shared} aria-label={_quoted(part.name)}'
        told = "" if pale and not live else f"<title>{_text(part.told)}</title>"
        hidden = ' aria-hidden="true"' if pale else ""
        group = f"<g id={quoteattr(element_id)} class={quoteattr(kind)}{named}{hidden}>{told}{marks}</g>"
    if part.href:
        unseen = ' aria-hidden="true" tabindex="-1"' if pale else ""
        return f"<a href={_quoted(part.href)} aria-label={_quoted(part.name)}{unseen}>{group}</a>\n"
    return group + "\n"


def _mark(mark: Mark) -> str:
    match mark:
        case Box():
            return (
                f'<rect x="{_number(mark.x)}" y="{_number(mark.y)}"'
                f' width="{_number(mark.width)}" height="{_number(mark.height)}"'
                f' rx="{_number(mark.corner)}" fill="{mark.fill}" stroke="{mark.border}"'
                f' stroke-width="{_number(mark.border_width)}"{_dashes(mark.dashes)}/>'
            )
        case Stroke():
            return (
                f'<polyline points="{_points((mark.start, mark.end))}" fill="none" stroke="{mark.colour}"'
                f' stroke-width="{_number(mark.width)}"{_dashes(mark.dashes)}/>'
            )
        case Arrowhead():
            return f'<polygon points="{_points(mark.points)}" fill="{mark.colour}"/>'
        case Outlines():
            pen = SVGPathPen(None, ntos=lambda place: f"{place:.4f}".rstrip("0").rstrip("."))
            mark.line.draw(pen)
            place = f"translate({_number(mark.x)} {_number(mark.y)}) scale({_number(mark.size)} {_number(-mark.size)})"
            return f'<path d="{pen.getCommands()}" transform="{place}" fill="{mark.colour}"/>'
        case Words():
            # What runs from right to left starts at its right end.
            anchor = "end" if mark.right_to_left and mark.anchor == "start" else mark.anchor
            direction = ' direction="rtl"' if mark.right_to_left else ""
            return (
                f'<text x="{_number(mark.x)}" y="{_number(mark.y)}" text-anchor="{anchor}"{direction}'
                f' font-size="{_number(mark.size)}" font-weight="{WEIGHTS[mark.weight]}"'
                f' fill="{mark.colour}">{_text(mark.text)}</text>'
            )


def _dashes(dashes: Sequence[float]) -> str:
    return f' stroke-dasharray="{" ".join(_number(dash) for dash in dashes)}"' if dashes else ""


def _text(text: str) -> str:
    return escape(clean(text))


def _quoted(text: str) -> str:
    return quoteattr(clean(text))


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
