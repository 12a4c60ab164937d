"""Tags: who said it, small beside the words on the arrow, and what a concept is a kind of, small on the border of its
box, wherever a drawn map has room for that.

The layout knows nothing of them. A tag touches the box of its words and neither another box nor an arrowhead, stays
a letter's height away from the words of other arrows and stands on none of their lines, so that it can be taken for
nobody else's; its own line may run on behind it. Where there is no such place, or the words are too small already, the
notes under the map say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kg.english.telling import maps as english
from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.frame import notes_line
from kg.maps.drawing.geometry import Geometry, PlacedProposition, Point, TextBox
from kg.maps.limits import MOST_NAMED
from kg.maps.text import clean, shortened, width

SIZES = ((0.84, 8.9), (0.72, 7.9))
"""The sizes of a tag, in font sizes of its phrase and at least so many px; the first that has room is taken."""
KIND_SIZES = ((0.5, 8.9), (0.42, 7.9))
"""Likewise of the broader concept on the border of a box."""
SMALLEST = 7.9
"""Px of the smallest letters that can be read on a page."""
AIR = 1.5
"""Px between a tag and what is not its own."""
APART = 1.0
"""Font sizes between the name of a speaker and the words of another arrow."""

Side = tuple[float, float, float, float]
"""Left, top, right and bottom in px."""


def with_tags(geometry: Geometry, concept_map: ConceptMap) -> Geometry:
    """Return a drawn map with its tags: the same geometry where it has none."""
    page = _Page(geometry)
    taken = [_sides(each.box) for each in geometry.concepts] + [_sides(each.label) for each in geometry.propositions]
    propositions: list[PlacedProposition] = []
    # The words of a fan have one number and one name beside them.
    numbered = [each for each in geometry.propositions if concept_map.numbered and not each.fan]
    numerals = {each.id: page.numeral(each, taken) for each in numbered}
    unplaced: list[str] = []
    for proposition in geometry.propositions:
        tag = "" if proposition.fan else concept_map.proposition(proposition.id).tag
        said = shortened(clean(tag or ""), MOST_NAMED)
        room = page.room(said, proposition.label, taken, SIZES, _places, proposition) if said else None
        if said and not room:
            unplaced.append(said)
        propositions.append(replace(proposition, tag=room, numeral=numerals.get(proposition.id)))
    concepts = []
    for concept in geometry.concepts:
        kind = shortened(clean(english.kind(concept.kind_of)), MOST_NAMED) if concept.kind_of else ""
        room = page.room(kind, concept.box, taken, KIND_SIZES, _borders) if kind else None
        concepts.append(replace(concept, kind=room))
    notes = geometry.notes
    if unplaced and notes:
        told = notes_line((english.unplaced(unplaced), *concept_map.short_notes), geometry.width, notes.font_size)
        notes = replace(told, y=notes.y) if told else None
    return replace(geometry, propositions=tuple(propositions), concepts=tuple(concepts), notes=notes)


class _Page:
    """The lines of a map and the page that it is on, and room beside them."""

    def __init__(self, geometry: Geometry) -> None:
        self._tips = [line for each in geometry.propositions for line in _tip(each)]
        self._words = [_sides(each.label) for each in geometry.propositions]
        self._lines = [(each.id, piece) for each in geometry.propositions for piece in each.pieces()]
        feet = [each.sample[1] for each in (*geometry.legend, *geometry.topics)]
        feet += [box.y for box in (geometry.notes, geometry.source_line) if box]
        top = geometry.title.y + geometry.title.height if geometry.title else 0.0
        self._within = (2.0, top, geometry.width - 2, min(feet, default=geometry.height))

    def room(
        self,
        text: str,
        box: TextBox,
        taken: list[Side],
        sizes: Iterable[tuple[float, float]],
        places: Callable[[TextBox, float, float], Iterable[Point]],
        own: PlacedProposition | None = None,
    ) -> TextBox | None:
        """Return the place for a text at a box, as large and with as few lines behind it as may be, and take it.

        Arguments:
            text: what is to stand there.
            box: the box that it belongs to, which it may touch.
            taken: the boxes on the page, to which the place is added.
            sizes: font sizes in those of the box, and the least of each in px, the best first.
            places: the left upper corners that may be, for a width and a height; the best first.
            own: the arrow that the box belongs to, whose line alone may be behind it; a concept's lines all may.
        """
        others = [each for each in taken if each != _sides(box)]
        other_words = [each for each in self._words if own and each != _sides(box)]
        for share, least in sizes:
            size = round(max(share * box.font_size, min(least, box.font_size)), 2)
            wide, high = _extent(text, size)
            near = [TextBox((text,), round(x, 2), round(y, 2), wide, high, size) for x, y in places(box, wide, high)]
            free = [each for each in near if size >= SMALLEST and self._free(_sides(each), others)]
            if own:
                away = APART * size
                free = [each for each in free if not any(_overlap(_sides(each), w, away) for w in other_words)]
                free = [each for each in free if self._behind(_sides(each)) <= {own.id}]
            if free:
                best = min(free, key=lambda each: len(self._behind(_sides(each))))
                taken.append(_sides(best))
                return best
        return None

    def numeral(self, proposition: PlacedProposition, taken: list[Side]) -> TextBox:
        """Return the place for the number of a step, which always has one: at worst over the corner of its words."""
        text, label = str(proposition.step), proposition.label
        room = self.room(text, label, taken, SIZES, _corners, proposition)
        if room is None:
            size = round(max(SIZES[-1][0] * label.font_size, min(SMALLEST, label.font_size)), 2)
            wide, high = _extent(text, size)
            room = TextBox((text,), round(label.x - wide * 0.7, 2), round(label.y - high * 0.7, 2), wide, high, size)
            taken.append(_sides(room))
        return room

    def _free(self, sides: Side, others: Iterable[Side]) -> bool:
        left, top, right, bottom = self._within
        inside = left <= sides[0] and top <= sides[1] and sides[2] <= right and sides[3] <= bottom
        return (
            inside and not any(_overlap(sides, each) for each in others) and not any(_met(sides, t) for t in self._tips)
        )

    def _behind(self, sides: Side) -> set[str]:
        """The arrows whose lines would be behind a place."""
        return {name for name, line in self._lines if _met(sides, line)}


def _extent(text: str, size: float) -> tuple[float, float]:
    """Width and height of the frame around a text."""
    return round(width(text, "regular", size) * 1.02 + size * 0.8, 2), round(size * 1.3, 2)


def _corners(label: TextBox, wide: float, high: float) -> Iterator[Point]:
    """The places for a number at its phrase, the best first: before it, then above, after and below it."""
    left, right, top, bottom = label.x, label.x + label.width, label.y, label.y + label.height
    for x in (left - wide - 1, right + 1):
        for share in (0.0, 0.5, 1.0):
            yield x, top + share * (label.height - high)
    for y in (top - high - 1, bottom + 1):
        for x in (left - wide * 0.6, left, label.middle[0] - wide / 2, right - wide, right - wide * 0.4):
            yield x, y


def _places(label: TextBox, wide: float, high: float) -> Iterator[Point]:
    """The places for a tag at its phrase, the best first: below, above, then beside the last and first lines."""
    left, right = label.x, label.x + label.width
    for y in (label.y + label.height + 1, label.y - high - 1):
        for share in (0.5, 0.0, 1.0, 0.25, 0.75):
            yield left + share * (label.width - wide), y
        yield left - wide * 0.6, y
        yield right - wide * 0.4, y
    for x in (right + 1, left - wide - 1):
        for share in (0.5, 1.0, 0.0):
            yield x, label.y + share * (label.height - high)


def _borders(box: TextBox, wide: float, high: float) -> Iterator[Point]:
    """The places for a kind on the lower and the upper border of its concept's box, within its corners."""
    if wide > box.width - box.font_size:
        return
    for y in (box.y + box.height - high * 0.4, box.y - high * 0.6):
        for share in (0.5, 0.15, 0.85, 0.3, 0.7):
            yield box.x + share * (box.width - wide), y


def _tip(proposition: PlacedProposition) -> Iterator[tuple[Point, Point]]:
    """The arrowhead of a line."""
    tip, *barbs = proposition.arrowhead()
    yield from ((tip, barb) for barb in barbs)


def _sides(box: TextBox) -> Side:
    return box.x, box.y, box.x + box.width, box.y + box.height


def _overlap(a: Side, b: Side, air: float = AIR) -> bool:
    return a[0] < b[2] + air and b[0] < a[2] + air and a[1] < b[3] + air and b[1] < a[3] + air


def _met(sides: Side, line: tuple[Point, Point]) -> bool:
    """Whether a line comes as near to a place as AIR."""
    (x0, y0), (x1, y1) = line
    low, high = 0.0, 1.0
    for start, step, least, most in (
        (x0, x1 - x0, sides[0] - AIR, sides[2] + AIR),
        (y0, y1 - y0, sides[1] - AIR, sides[3] + AIR),
    ):
        if step == 0:
            if not least < start < most:
                return False
            continue
        first, second = sorted(((least - start) / step, (most - start) / step))
        low, high = max(low, first), min(high, second)
    return low < high
