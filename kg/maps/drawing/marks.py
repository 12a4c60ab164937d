"""What a map is drawn with: boxes, strokes, arrowheads and words, each with its place, colour and dashes.

Every drawn format paints these marks and adds no looks of its own, so that a map is the same picture in each.
Lengths are px at 96 dpi, as in the geometry.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kg.english.telling import maps as english
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.drawing.geometry import Geometry, LegendEntry, PlacedConcept, PlacedProposition, Point, TextBox
from kg.maps.drawing.style import INK, MUTED, PAPER, BoxStyle, LineStyle, box_style, line_style
from kg.maps.fonts.bidi import runs_right_to_left
from kg.maps.fonts.faces import Weight
from kg.maps.fonts.shaping import ShapedLine, is_plain, shape
from kg.maps.text import LINE_HEIGHT, clean, missing, missing_words

HALF_CAPITAL = 0.36
"""From the middle of a line of text down to its baseline, in font sizes: half of Inter's capitals."""


class UnpaintableText(MapError):
    """A map that has characters which no font of maps has; the message names them."""


Dashes = tuple[float, ...]
Anchor = Literal["start", "middle"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with a border, its corners rounded with the radius `corner`."""

    x: float
    y: float
    width: float
    height: float
    corner: float
    fill: str
    border: str
    border_width: float
    dashes: Dashes = ()


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    start: Point
    end: Point
    colour: str
    width: float
    dashes: Dashes = ()


@dataclass(frozen=True, slots=True)
class Arrowhead:
    """A filled polygon."""

    points: tuple[Point, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; (x, y) is on its baseline, at its left end ("start") or in its middle.

    `right_to_left` says whether the text that the line belongs to runs so as a whole.
    """

    text: str
    x: float
    y: float
    size: float
    weight: Weight
    colour: str
    anchor: Anchor = "middle"
    right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class Outlines:
    """A line of text as shapes; (x, y) is the left end of its baseline, `text` what it says."""

    text: str
    line: ShapedLine
    x: float
    y: float
    size: float
    colour: str


Mark = Box | Stroke | Arrowhead | Words | Outlines
Kind = Literal["title", "heading", "proposition", "concept", "topic", "legend", "notes", "source", "text"]
Standing = Literal["told", "newest", "pale"]
"""How a part stands in a build-up (`kg.maps.drawing.build_up`); on the map as a whole all is told."""


@dataclass(frozen=True, slots=True)
class Part:
    """Marks that belong together.

    `said` is what the part is called by those who do not see it, `told` what a pointer resting on it shows,
    `href` where it leads, `about` the concept or proposition that it shows.
    """

    kind: Kind
    marks: tuple[Mark, ...]
    said: str = ""
    told: str = ""
    href: str | None = None
    about: PlacedConcept | PlacedProposition | None = None
    standing: Standing = "told"

    @property
    def seen(self) -> str:
        """The words that are seen, as one line."""
        lines = (mark.text for mark in self.marks if isinstance(mark, Words | Outlines))
        return "".join(line if line.endswith("-") else f"{line} " for line in lines).rstrip()

    @property
    def name(self) -> str:
        """What the part is called, with the words that are seen in it (WCAG 2.2, 2.5.3 Label in Name).

        Who speaks to the computer says what stands on the arrow, not the whole claim.
        """
        return self.said if self.seen.casefold() in self.said.casefold() else f"{self.seen}: {self.said}"


def parts(geometry: Geometry, concept_map: ConceptMap) -> Iterator[Part]:
    """The parts of a picture, from the back to the front.

    Arguments:
        geometry: the drawn map.
        concept_map: the map that was drawn.
    """
    topics = concept_map.topics
    labels = dict(geometry.themes)
    if geometry.title:
        yield Part("title", words(geometry.title, INK, "semibold"))
    for proposition in geometry.propositions:
        yield _proposition(proposition, concept_map)
    for concept in geometry.concepts:
        yield _concept(concept, topics, labels.get(concept.theme or ""))
    for entry in geometry.topics:
        yield Part("topic", (*_sample(entry, topics), *words(entry.text, INK, "regular")))
    for entry in geometry.legend:
        yield Part("legend", (*_sample(entry, topics), *words(entry.text, INK, "regular", "start")))
    if geometry.notes:
        yield Part("notes", words(geometry.notes, INK, "regular"), " ".join(geometry.notes.lines))
    if geometry.source_line:
        address = concept_map.address
        told = " ".join(geometry.source_line.lines)
        yield Part("source", words(geometry.source_line, MUTED, "regular"), told, href=address or None)


def painted_parts(geometry: Geometry, concept_map: ConceptMap) -> Iterator[Part]:
    """The parts of a picture as `painted` makes them; arguments as for `parts`."""
    return painted(list(parts(geometry, concept_map)))


def painted(drawn: Sequence[Part]) -> Iterator[Part]:
    """The same parts for programs that have no font but Inter: text in other fonts, or not in one direction, as shapes.

    Raises:
        UnpaintableText: no font of maps has some of the characters.
    """
    if lacking := missing(mark.text for part in drawn for mark in part.marks if isinstance(mark, Words)):
        raise UnpaintableText(missing_words(lacking))
    for part in drawn:
        yield replace(part, marks=tuple(_painted(mark) for mark in part.marks))


def _painted(mark: Mark) -> Mark:
    if not isinstance(mark, Words) or (is_plain(mark.text) and not mark.right_to_left):
        return mark
    line = shape(mark.text, mark.weight, mark.right_to_left)
    left = mark.x - line.width * mark.size / 2 if mark.anchor == "middle" else mark.x
    return Outlines(mark.text, line, left, mark.y, mark.size, mark.colour)


def words(box: TextBox, colour: str, weight: Weight, anchor: Anchor = "middle") -> tuple[Words, ...]:
    """The lines of a text box, set in the middle of it or from its left edge."""
    x = box.middle[0] if anchor == "middle" else box.x
    step = box.font_size * LINE_HEIGHT
    first = box.middle[1] - step * (len(box.lines) - 1) / 2 + HALF_CAPITAL * box.font_size
    leftwards = runs_right_to_left(clean(" ".join(box.lines)))
    return tuple(
        Words(clean(line), x, first + number * step, box.font_size, weight, colour, anchor, leftwards)
        for number, line in enumerate(box.lines)
    )


def _concept(concept: PlacedConcept, topics: Sequence[str], topic: str | None) -> Part:
    kind = english.kind_note(clean(concept.kind_of or ""))
    told = [clean(concept.definition or ""), kind[:1].upper() + kind[1:], f"Topic: {topic}" if topic else ""]
    title = ". ".join([concept.label, *(part.rstrip(".") for part in told if part)])
    box = concept.box
    drawn: Mark = _box(box.x, box.y, box.width, box.height, box_style(concept.theme, topics), box.font_size)
    marks = (drawn, *words(box, INK, "semibold"), *(_tag(concept.kind, MUTED) if concept.kind else ()))
    name = " ".join([clean(concept.label), *(concept.kind.lines if concept.kind else ())])
    return Part("concept", marks, name, title, concept.href, concept)


def _proposition(proposition: PlacedProposition, concept_map: ConceptMap) -> Part:
    style = line_style(proposition.status, proposition.stance)
    sentence = concept_map.sentence(concept_map.proposition(proposition.id))
    marks = (
        *_arrow(proposition, style, proposition.label.font_size / 15),
        *(() if proposition.fan else words(proposition.label, style.colour, "regular")),
        *(_tag(proposition.tag, style.colour) if proposition.tag else ()),
        *(_numeral(proposition.numeral) if proposition.numeral else ()),
    )
    return Part("proposition", marks, sentence, sentence, proposition.href, proposition)


def _tag(tag: TextBox, colour: str) -> tuple[Mark, ...]:
    """Who said it, in a frame of its own, so that it does not read on from the words on the arrow."""
    frame = Box(tag.x, tag.y, tag.width, tag.height, tag.height / 2, PAPER, colour, round(tag.font_size / 14, 2))
    return (frame, *words(tag, colour, "regular"))


def _numeral(numeral: TextBox) -> tuple[Mark, ...]:
    """The number of a step, white on dark: neither the number of an ordered list nor somebody's name."""
    disc = Box(numeral.x, numeral.y, numeral.width, numeral.height, numeral.height / 2, INK, INK, 0.5)
    return (disc, *words(numeral, PAPER, "semibold"))


def _sample(entry: LegendEntry, topics: Sequence[str]) -> tuple[Mark, ...]:
    x, y, width, height = entry.sample
    if entry.kind == "theme":
        return (_box(x, y, width, height, box_style(entry.theme, topics), height * 0.8),)
    middle = round(y + height / 2, 2)
    nothing = TextBox((), x, y - 99, 0, 0, 13)
    path = ((x, middle), (x + width, middle))
    arrow = PlacedProposition("", "", "", "", path, nothing, entry.status, entry.stance)
    return _arrow(arrow, line_style(entry.status, entry.stance), 0.8)


def _arrow(proposition: PlacedProposition, style: LineStyle, scale: float) -> tuple[Mark, ...]:
    dashes = tuple(dash * scale for dash in style.dash)
    width = style.width * scale
    marks: list[Mark] = [Stroke(a, b, style.colour, width, dashes) for a, b in proposition.pieces()]
    return (*marks, Arrowhead(proposition.arrowhead(), style.colour))


def _box(x: float, y: float, width: float, height: float, style: BoxStyle, font_size: float) -> Box:
    corner = min(style.radius * font_size, height / 2)
    border = max(style.border_width * font_size / 18, 0.8)
    dashes = tuple(dash * font_size / 18 for dash in style.dash)
    return Box(x, y, width, height, corner, style.fill, style.border, border, dashes)
