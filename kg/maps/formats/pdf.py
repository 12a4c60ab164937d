"""PDF: maps as pages of lines and text that can be searched, with links, for printing and reading.

Portable Document Format 1.4 (ISO 32000 describes it and its successors). Inter is embedded, cut down to what
is used, and text in other fonts is painted as shapes that say what they stand for; with reportlab's `invariant` the
file holds no time and no random identifier. It is tagged: title, sentences and concepts are read aloud in this order.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from fontTools.pens.basePen import BasePen
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kg.english.telling import handouts as english
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.drawing import build_up as steps
from kg.maps.drawing.build_up import built_up, told
from kg.maps.drawing.geometry import Geometry, PlacedConcept, PlacedProposition, Point, TextBox
from kg.maps.drawing.leaf import Leaf
from kg.maps.drawing.marks import Arrowhead, Box, Mark, Outlines, Part, Stroke, Words, painted, painted_parts
from kg.maps.drawing.style import PAPER
from kg.maps.fonts.faces import Weight, font_bytes
from kg.maps.formats.pdf_tags import Tags
from kg.maps.handouts import exercise as exercises
from kg.maps.paper import PAGES, SHEETS

EXTENSION = "pdf"
MEDIA_TYPE = "application/pdf"
NAME = "PDF"
SPECIFICATION = "PDF 1.4 (ISO 32000), tagged"
USE = "printing, and handing round: one page or several, with links, tags and text that can be searched"
OPENS_WITH = "PDF readers"

POINTS = 0.75
"""Points in a px: 72 points or 96 px are an inch."""

POINTS_A_MM = 72 / 25.4

CHOICES = ("exercise", "build_up")

FILL_NON_ZERO: Final = 1
"""What overlaps in an outline is filled too."""

TAGS = {"title": "H1", "heading": "H2"}
"""How the kinds of parts are tagged that are not plain text."""

UNSEEN: Final = 3
"""The way of showing text that neither fills nor strokes it."""

DASH = "\u2014"

UNTITLED = "Concept map"

FONTS: dict[Weight, str] = {"regular": "Inter-Regular", "semibold": "Inter-SemiBold"}


def write(geometry: Geometry, concept_map: ConceptMap, *, exercise: bool = False, build_up: bool = False) -> bytes:
    """One page of the size that the page's shape has on paper or on a slide; several where these are asked for.

    Arguments:
        geometry: the drawn map.
        concept_map: the map that was drawn.
        exercise: leave some concepts out, to be filled in; a second page has them.
        build_up: a page a step, from that before the first one, on which what is to come is left out and all that is
            there stands where it always does.

    Raises:
        UnpaintableText: no font of maps has some of the characters.
        MapError: the map is too large for an exercise, or too small, or that and a build-up are asked for at once.
    """
    if exercise and build_up:
        raise MapError(english.ONE_OF_THREE)
    if exercise:
        return write_leaves(exercises.leaves(geometry, concept_map))
    if build_up:
        return write_leaves(steps.leaves(geometry, concept_map))
    return write_leaves([Leaf(geometry.page, concept_map.title, (geometry, concept_map))])


def write_leaves(leaves: Sequence[Leaf]) -> bytes:
    """A file of these pages; it has a title and a subject from the first, and where they are several, its contents.

    Raises:
        UnpaintableText: no font of maps has some of the characters.
    """
    painted_leaves = [(leaf, list(_map_parts(leaf)), list(painted(leaf.parts))) for leaf in leaves]
    file = io.BytesIO()
    _register_fonts()
    canvas = Canvas(
        file,
        pagesize=_size(leaves[0]),
        pageCompression=1,
        invariant=1,
        # Without it the file would name Helvetica too. The stub has the wrong type.
        initialFontName=FONTS["regular"],  # type: ignore[arg-type]
        lang="en-GB",
    )
    _describe(canvas, leaves[0])
    tags = Tags(canvas, len(leaves))
    for number, (leaf, map_parts, parts) in enumerate(painted_leaves):
        canvas.setPageSize(_size(leaf))
        tags.begin_page()
        if len(leaves) > 1:
            canvas.bookmarkPage(f"page-{number}")
            canvas.addOutlineEntry(leaf.title or UNTITLED, f"page-{number}")
        _paint_leaf(canvas, tags, leaf, map_parts, parts)
        canvas.showPage()
    tags.finish()
    canvas.save()
    return file.getvalue()


def _describe(canvas: Canvas, leaf: Leaf) -> None:
    canvas.setTitle(leaf.title or UNTITLED)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if leaf.drawn:
        concept_map = leaf.drawn[1]
        subject = (concept_map.description, *concept_map.left_out, concept_map.source_line)
        canvas.setSubject(" ".join(text for text in subject if text))
    canvas.setCreator("seminar-kg")
    canvas.setAuthor("")


def _map_parts(leaf: Leaf) -> Iterator[Part]:
    """The parts of the map on a page, if it has one, as its step or the map's own has them."""
    if leaf.drawn:
        parts, concept_map = painted_parts(*leaf.drawn), leaf.drawn[1]
        yield from built_up(parts, concept_map) if leaf.step is None else told(parts, concept_map, leaf.step)


def _size(leaf: Leaf) -> tuple[float, float]:
    """Width and height of a page in points."""
    (width, height), unit = (SHEETS[leaf.page], POINTS_A_MM) if leaf.page in SHEETS else (PAGES[leaf.page], POINTS)
    return round(width * unit, 3), round(height * unit, 3)


def _paint_leaf(canvas: Canvas, tags: Tags, leaf: Leaf, map_parts: Sequence[Part], parts: Sequence[Part]) -> None:
    width, height = _size(leaf)
    wide, high = PAGES[leaf.page]
    with tags.decoration():
        canvas.setFillColor(HexColor(PAPER))
        canvas.rect(0, 0, width, height, stroke=0, fill=1)
    # From here on px, with the origin still at the bottom left, as PDF has it.
    canvas.scale(width / wide, height / high)
    if leaf.drawn:
        geometry = leaf.drawn[0]
        canvas.saveState()
        if leaf.scale != 1:
            canvas.translate(wide * (1 - leaf.scale) / 2, high * (1 - leaf.scale))
            canvas.scale(leaf.scale, leaf.scale)
        for part in map_parts:
            # What an earlier page of a build-up has read aloud is not read again.
            is_read = part.standing == "newest" if leaf.step else part.standing != "pale"
            _paint_part(canvas, tags, part, high, is_read)
            if is_read:
                _link(tags, part, geometry)
        canvas.restoreState()
    for part in parts:
        _paint_part(canvas, tags, part, high)


def _paint_part(canvas: Canvas, tags: Tags, part: Part, page: float, is_read: bool = True) -> None:
    """Paint the marks of a part: its words are text to be read, if they are, the rest is decoration.

    A proposition is read aloud as its sentence, which names who said it: the name on its arrow is not read again. An
    arrow whose words stand with another one has no text but its sentence.
    """
    sentence = part.said if isinstance(part.about, PlacedProposition) else ""
    wordless = isinstance(part.about, PlacedProposition) and part.about.fan is not None
    for is_text, group in groupby(part.marks, key=lambda mark: wordless or isinstance(mark, Words | Outlines)):
        marks = tuple(group)
        shaped = any(isinstance(mark, Outlines) for mark in marks)
        said = sentence or (replace(part, marks=marks).seen if shaped else "")
        kind = TAGS.get(part.kind, "P")
        with tags.text(kind, said) if is_text and is_read else tags.decoration():
            for mark in marks:
                _paint(canvas, tags, mark, page)
        is_read = is_read and not (is_text and sentence)


def _register_fonts() -> None:
    # reportlab keeps fonts for the whole process.
    for weight, name in FONTS.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, io.BytesIO(font_bytes(weight, "ttf"))))


def _link(tags: Tags, part: Part, geometry: Geometry) -> None:
    """Make the words of a part a link, where it leads to a full address: a file has no site of its own."""
    box = _words_of(part, geometry)
    if box and part.href and part.href.startswith(("http://", "https://")):
        bottom = geometry.height - box.y - box.height
        area = (box.x, bottom, box.x + box.width, bottom + box.height)
        tags.link(part.href, area, part.name)


def _words_of(part: Part, geometry: Geometry) -> TextBox | None:
    if isinstance(part.about, PlacedConcept):
        return part.about.box
    if isinstance(part.about, PlacedProposition):
        return None if part.about.fan else part.about.label
    return geometry.source_line if part.kind == "source" else None


def _paint(canvas: Canvas, tags: Tags, mark: Mark, page: float) -> None:
    match mark:
        case Box():
            _paint_box(canvas, mark, page)
        case Stroke():
            _pen(canvas, mark.colour, mark.width, mark.dashes)
            canvas.line(mark.start[0], page - mark.start[1], mark.end[0], page - mark.end[1])
        case Arrowhead():
            _paint_arrowhead(canvas, mark, page)
        case Words():
            _paint_words(canvas, mark, page)
        case Outlines():
            _paint_outlines(canvas, tags, mark, page)


def _paint_box(canvas: Canvas, box: Box, page: float) -> None:
    canvas.setFillColor(HexColor(box.fill))
    _pen(canvas, box.border, box.border_width, box.dashes)
    canvas.roundRect(box.x, page - box.y - box.height, box.width, box.height, box.corner, stroke=1, fill=1)


def _paint_arrowhead(canvas: Canvas, head: Arrowhead, page: float) -> None:
    canvas.setFillColor(HexColor(head.colour))
    path = canvas.beginPath()
    (x, y), *others = head.points
    path.moveTo(x, page - y)
    for x, y in others:
        path.lineTo(x, page - y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _paint_words(canvas: Canvas, words: Words, page: float) -> None:
    canvas.setFillColor(HexColor(words.colour))
    canvas.setFont(FONTS[words.weight], words.size)
    paint = canvas.drawString if words.anchor == "start" else canvas.drawCentredString
    paint(words.x, page - words.y, words.text)


def _paint_outlines(canvas: Canvas, tags: Tags, words: Outlines, page: float) -> None:
    canvas.saveState()
    canvas.translate(words.x, page - words.y)
    canvas.scale(words.size, words.size)
    canvas.setFillColor(HexColor(words.colour))
    with tags.instead(words.text):
        path = canvas.beginPath()
        words.line.draw(_PathPen(path))
        canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_NON_ZERO)
        # An unseen dash as wide as the line is what readers find and mark where the shapes are; a space some pass over.
        dash = canvas.beginText(0, 0)
        dash.setFont(FONTS["regular"], 1)
        dash.setTextRenderMode(UNSEEN)
        dash.setHorizScale(100 * words.line.width / canvas.stringWidth(DASH, FONTS["regular"], 1))
        dash.textOut(DASH)
        canvas.drawText(dash)
    canvas.restoreState()


class _PathPen(BasePen):  # type: ignore[misc]
    """A pen of fontTools that draws a path of reportlab."""

    def __init__(self, path: Any):
        super().__init__(None)
        self._path = path

    def _moveTo(self, point: Point) -> None:  # noqa: N802
        self._path.moveTo(*point)

    def _lineTo(self, point: Point) -> None:  # noqa: N802
        self._path.lineTo(*point)

    def _curveToOne(self, first: Point, second: Point, end: Point) -> None:  # noqa: N802
        self._path.curveTo(*first, *second, *end)

    def _closePath(self) -> None:  # noqa: N802
        self._path.close()


def _pen(canvas: Canvas, colour: str, width: float, dashes: tuple[float, ...]) -> None:
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(width)
    canvas.setDash(list(dashes))
