"""Tags: who said it, small beside the words on the arrow, wherever a drawn map has room for that.

The layout knows nothing of them. A tag touches the box of its words and neither another box, other words nor an
arrowhead, so that it can be taken for nobody else's; a line may run on behind it. Where there is no such place, or the
words are too small already, the notes under the map say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.english.telling import maps as english
from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.frame import within
from kg.maps.drawing.geometry import Geometry, PlacedProposition, Point, TextBox
from kg.maps.limits import MOST_NAMED
from kg.maps.text import clean, shortened, width

SIZES = ((0.84, 8.9), (0.72, 7.9))
"""The sizes of a tag, in font sizes of its phrase and at least so many px; the first that has room is taken."""
SMALLEST = 7.9
"""Px of the smallest letters that can be read on a page."""
AIR = 1.5
"""Px between a tag and what is not its own."""

Side = tuple[float, float, float, float]
"""Left, top, right and bottom in px."""


def with_tags(geometry: Geometry, concept_map: ConceptMap) -> Geometry:
    """Return a drawn map with its tags: the same geometry where it has none."""
    placed: list[PlacedProposition] = []
    unplaced: list[str] = []
    taken = [_sides(each.box) for each in geometry.concepts] + [_sides(each.label) for each in geometry.propositions]
    for proposition in geometry.propositions:
        said = shortened(clean(concept_map.proposition(proposition.id).tag or ""), MOST_NAMED)
        room = _room(said, proposition, geometry, taken) if said else None
        if room:
            taken.append(_sides(room))
        elif said:
            unplaced.append(said)
        placed.append(replace(proposition, tag=room))
    notes = geometry.notes
    if unplaced and notes:
        notes = within(notes, " ".join([english.unplaced(unplaced), *concept_map.notes]))
    return replace(geometry, propositions=tuple(placed), notes=notes)


def _room(said: str, proposition: PlacedProposition, geometry: Geometry, taken: list[Side]) -> TextBox | None:
    """Return the place for a tag, as large as it may be there and with as few lines behind it as may be."""
    label = proposition.label
    others = [each for each in taken if each != _sides(label)]
    tips = [line for each in geometry.propositions for line in _tip(each)]
    lines = [(each is proposition, piece) for each in geometry.propositions for piece in each.pieces()]
    for share, least in SIZES:
        size = round(max(share * label.font_size, min(least, label.font_size)), 2)
        wide, high = round(width(said, "regular", size) * 1.02 + size * 0.8, 2), round(size * 1.3, 2)
        near = [TextBox((said,), round(x, 2), round(y, 2), wide, high, size) for x, y in _places(label, wide, high)]
        free = [
            box
            for box in near
            if size >= SMALLEST
            and _within(_sides(box), geometry)
            and not any(_overlap(_sides(box), each) for each in others)
            and not any(_met(_sides(box), line) for line in tips)
        ]
        if free:
            return min(free, key=lambda box: sum(1 if own else 9 for own, line in lines if _met(_sides(box), line)))
    return None


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


def _tip(proposition: PlacedProposition) -> Iterator[tuple[Point, Point]]:
    """The arrowhead of a line."""
    tip, *barbs = proposition.arrowhead()
    yield from ((tip, barb) for barb in barbs)


def _sides(box: TextBox) -> Side:
    return box.x, box.y, box.x + box.width, box.y + box.height


def _within(sides: Side, geometry: Geometry) -> bool:
    """Whether a place is on the page, above what stands at its foot and below the title."""
    feet = [each.sample[1] for each in (*geometry.legend, *geometry.topics)]
    feet += [box.y for box in (geometry.notes, geometry.source_line) if box]
    top = geometry.title.y + geometry.title.height if geometry.title else 0.0
    return sides[0] >= 2 and sides[1] >= top and sides[2] <= geometry.width - 2 and sides[3] <= min(feet, default=1e9)


def _overlap(a: Side, b: Side) -> bool:
    return a[0] < b[2] + AIR and b[0] < a[2] + AIR and a[1] < b[3] + AIR and b[1] < a[3] + AIR


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
