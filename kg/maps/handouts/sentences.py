"""The sentences of a handout: what was claimed on its pages, with who said it and the quotations, in two columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.english.telling import handouts as english
from kg.english.telling import maps as map_words
from kg.english.telling.sentences import quoted
from kg.maps.concept_map import ConceptMap, MapClaim, MapProposition
from kg.maps.drawing.geometry import TextBox
from kg.maps.drawing.leaf import Leaf
from kg.maps.drawing.marks import Kind, Part, words
from kg.maps.drawing.style import INK, MUTED
from kg.maps.fonts.faces import Weight
from kg.maps.paper import PAGES
from kg.maps.text import LINE_HEIGHT, Lines, wrap

TITLES, HEADING, TEXT, FOOT = (20.0, 17.0, 14.0, 12.0), 15.0, 13.5, 12.0
EDGE, GUTTER, INDENT = 44.0, 40.0, 16.0
BETWEEN = 8.0
"""Px between two claims."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and how it looks: `before` are px above it, `indent` px to the left of it."""

    text: str
    size: float = TEXT
    weight: Weight = "regular"
    colour: str = INK
    indent: float = 0.0
    before: float = 0.0
    kind: Kind = "text"


Item = tuple[Paragraph, ...]
"""Paragraphs that stay together."""


def items(maps: Sequence[ConceptMap], first: int, unlinked: Sequence[MapClaim] = ()) -> list[Item]:
    """Return what was claimed on the pages of a handout: each claim once, where it is first.

    Arguments:
        maps: the maps, a page each.
        first: the number of the first page.
        unlinked: claims that are on no map.
    """
    places: dict[object, list[int]] = {}
    for number, concept_map in enumerate(maps, first):
        for line in concept_map.propositions:
            for claim in line.claims or (concept_map.sentence(line),):
                places.setdefault(claim, []).append(number)
    told: set[object] = set()
    found: list[Item] = []
    for number, concept_map in enumerate(maps, first):
        below: list[Item] = []
        for line in concept_map.propositions:
            for claim in line.claims or (concept_map.sentence(line),):
                if claim not in told:
                    told.add(claim)
                    also = [page for page in dict.fromkeys(places[claim]) if page != number]
                    below.append(_item(claim, line, also))
        kinds = [(c.label, c.kind_of) for c in concept_map.concepts if c.kind_of and c.id not in told]
        told.update(concept.id for concept in concept_map.concepts if concept.kind_of)
        if kinds:
            below.append((Paragraph(map_words.kinds(kinds), before=BETWEEN),))
        found += _under(english.heading(number, concept_map.title), below)
    return found + _under(english.WITHOUT_ARROW, [_item(claim, None, ()) for claim in unlinked])


def _item(claim: MapClaim | str, line: MapProposition | None, also: Sequence[int]) -> Item:
    """Return a claim with who made it and how, and its quotations; or the sentence of an arrow that has none."""
    if isinstance(claim, str):
        return (Paragraph(english.also_on(claim, also), before=BETWEEN),)
    how = map_words.how(line.status, line.stance) if line else ""
    quotations = [Paragraph(quoted(each), colour=MUTED, indent=INDENT, before=2.0) for each in claim.quotations]
    said = english.also_on(english.said_by(claim.text, claim.credit, how), also)
    return (Paragraph(said, before=BETWEEN), *quotations)


def _under(heading: str, below: Sequence[Item]) -> list[Item]:
    """Return items under a heading, which stays with the first of them; nothing where there are none."""
    if not below:
        return []
    head = Paragraph(heading, HEADING, "semibold", before=2 * BETWEEN, kind="heading")
    return [(head, *below[0]), *below[1:]]


def columns(listed: Sequence[Item], page: str, source_line: str) -> list[list[Part]]:
    """Return the pages that items take, as what stands on each: one column on an upright page, else two.

    Arguments:
        listed: the items.
        page: the name of the page.
        source_line: what will stand below each.
    """
    flow = _Flow(page, _foot(page, source_line).y)
    for item in listed:
        flow.keep_together(item)
        for paragraph in item:
            flow.put(paragraph)
    return flow.pages


class _Flow:
    """Paragraphs set one below the other, column by column."""

    def __init__(self, page: str, foot: float) -> None:
        width, height = PAGES[page]
        self._count = 2 if width > height else 1
        self._room = (width - 2 * EDGE - (self._count - 1) * GUTTER) / self._count
        self._top, self._bottom = EDGE + 1.6 * TITLES[0], foot - EDGE / 2
        self._column, self._y = self._count, self._bottom
        self.pages: list[list[Part]] = []

    def keep_together(self, item: Item) -> None:
        """Go on in the next column, unless an item has room in this one, or in none."""
        high = sum(each.before + len(self._lines(each)) * each.size * LINE_HEIGHT for each in item)
        if self._y + high > self._bottom and high <= self._bottom - self._top:
            self._go_on()

    def put(self, paragraph: Paragraph) -> None:
        """Set a paragraph, in the next columns too where it is too long for this one."""
        lines, row = self._lines(paragraph), paragraph.size * LINE_HEIGHT
        if self._y > self._top:
            self._y += paragraph.before
        while lines:
            fitting = int((self._bottom - self._y) / row)
            if fitting < 1:
                self._go_on()
                continue
            here, lines = lines[:fitting], lines[fitting:]
            x = EDGE + self._column * (self._room + GUTTER) + paragraph.indent
            box = TextBox(here, x, self._y, self._room - paragraph.indent, row * len(here), paragraph.size)
            marks = words(box, paragraph.colour, paragraph.weight, "start")
            self.pages[-1].append(Part(paragraph.kind, marks))
            self._y += row * len(here)

    def _lines(self, paragraph: Paragraph) -> Lines:
        return wrap(paragraph.text, paragraph.weight, paragraph.size, self._room - paragraph.indent)

    def _go_on(self) -> None:
        self._column, self._y = self._column + 1, self._top
        if self._column >= self._count:
            self._column = 0
            self.pages.append([])


def leaves(pages: Sequence[Sequence[Part]], page: str, title: str, source_lines: Sequence[str]) -> Iterator[Leaf]:
    """Yield the pages with their titles and source lines.

    Arguments:
        pages: what `columns` made.
        page: the name of the page.
        title: what stands above each.
        source_lines: what stands below, an element a page.
    """
    room = PAGES[page][0] - 2 * EDGE
    fitting = (size for size in TITLES if len(wrap(title, "semibold", size, room)) == 1)
    size = next(fitting, TITLES[-1])
    lines = wrap(title, "semibold", size, room)
    head = TextBox(lines, EDGE, EDGE / 2, room, size * LINE_HEIGHT * len(lines), size)
    for parts, source_line in zip(pages, source_lines, strict=True):
        above = Part("title", words(head, INK, "semibold", "start"))
        below = Part("text", words(_foot(page, source_line), MUTED, "regular"))
        yield Leaf(page, title, parts=(above, *parts, below))


def _foot(page: str, source_line: str) -> TextBox:
    (width, height), row = PAGES[page], FOOT * LINE_HEIGHT
    lines = wrap(source_line, "regular", FOOT, width - 2 * EDGE)
    high = row * len(lines)
    return TextBox(lines, EDGE, height - EDGE / 2 - high, width - 2 * EDGE, high, FOOT)
