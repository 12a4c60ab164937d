"""A drawn concept map: where every box, line and word stands. Every format is written from this and nothing
else.

All lengths are px at 96 dpi, the origin is the top left corner, y grows downwards. Numbers are rounded to a
hundredth so that the same map gives the same bytes in every process.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from math import hypot
from typing import Any, Literal, Self

from kg.maps.drawing.style import ARROW_LENGTH
from kg.maps.text import LINE_HEIGHT, width

Point = tuple[float, float]
SIDES = ("x", "y", "width", "height")
CONCEPT = ("id", "label", "theme", "href", "definition", "kind_of")
PROPOSITION = ("id", "phrase", "status", "stance", "credit", "text", "href", "number", "step", "fan")
AIR = 0.22
"""Room between a line and its words, to either side, in font sizes."""


@dataclass(frozen=True, slots=True)
class TextBox:
    """Lines of text in a rectangle, set in the middle of it."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    font_size: float

    @property
    def middle(self) -> Point:
        """The centre of the rectangle."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class PlacedConcept:
    """A concept and its box.

    `kind_of` names the broader concept that no arrow leads to, by the editor's word; `kind` is the room on the border
    of the box for saying so, where there is any.
    """

    id: str
    label: str
    box: TextBox
    theme: str | None = None
    href: str | None = None
    definition: str | None = None
    kind_of: str | None = None
    kind: TextBox | None = None


@dataclass(frozen=True, slots=True)
class PlacedProposition:
    """A proposition, the line from its source's border to its target's, and its phrase's box on the line.

    `tag` is the room beside the phrase for who said it, where there is any. `step` is the number of its step in the
    walk through the map (`kg.maps.walk`), `numeral` the room for it, where the picture has the numbers. `fan` is the id
    of an earlier proposition whose words these are too, in the same box, and whose line up to them: several arrows with
    one phrase (Novak).
    """

    id: str
    source: str
    target: str
    phrase: str
    path: tuple[Point, ...]
    label: TextBox
    status: str = "asserted"
    stance: str | None = None
    credit: str | None = None
    text: str | None = None
    href: str | None = None
    number: int | None = None
    tag: TextBox | None = None
    step: int | None = None
    numeral: TextBox | None = None
    fan: str | None = None

    def arrowhead(self) -> tuple[Point, Point, Point, Point]:
        """The arrowhead as a polygon: tip, one barb, notch, other barb."""
        (x0, y0), (x1, y1) = self.path[-2], self.path[-1]
        length = hypot(x1 - x0, y1 - y0) or 1.0
        ux, uy = (x1 - x0) / length, (y1 - y0) / length
        size = ARROW_LENGTH * self.label.font_size

        def at(back: float, aside: float) -> Point:
            return round(x1 - back * ux - aside * uy, 2), round(y1 - back * uy + aside * ux, 2)

        return (x1, y1), at(size, size * 0.42), at(size * 0.72, 0), at(size, -size * 0.42)

    def pieces(self) -> tuple[tuple[Point, Point], ...]:
        """The parts of the line that are drawn: up to its words, and from there to the arrowhead's notch.

        What leads up to the words of a fan is drawn with the first of its arrows.
        """
        segments = list(pairwise([*self.path[:-1], self.arrowhead()[2]]))
        hits = [(n, *shares) for n, each in enumerate(segments) if (shares := _inside(*each, self.label))]
        if not hits:
            return tuple(segments)
        if self.tag:
            # Nothing of the line shows between the words and the name beside them.
            hits += [(n, *shares) for n, each in enumerate(segments) if (shares := _inside(*each, self.tag))]
        first, low = min((n, low) for n, low, _ in hits)
        last, high = max((n, high) for n, _, high in hits)
        before, after = segments[first], segments[last]
        drawn = [*segments[:first], (before[0], _between(*before, low))] if low > 0 else segments[:first]
        drawn = [] if self.fan else drawn
        rest = segments[last + 1 :]
        return (*drawn, (_between(*after, high), after[1]), *rest) if high < 1 else (*drawn, *rest)


def with_fans(propositions: Iterable[PlacedProposition]) -> tuple[PlacedProposition, ...]:
    """The propositions, each of which names the first that has its words in the same box, if that is another one."""
    first: dict[tuple[str, TextBox], str] = {}
    named = []
    for each in propositions:
        other = first.setdefault((each.source, each.label), each.id)
        named.append(replace(each, fan=None if other == each.id else other))
    return tuple(named)


def _inside(start: Point, end: Point, box: TextBox) -> tuple[float, float] | None:
    """From which share of its length to which a line runs through the words in a box; None where it misses them."""
    (x, y), row, pad = box.middle, box.font_size * LINE_HEIGHT, box.font_size * AIR
    hits = []
    for number, line in enumerate(box.lines):
        half = min(width(line, "regular", box.font_size) / 2 + pad, box.width / 2)
        top = y + row * (number - len(box.lines) / 2)
        if shares := _shares(start, end, (x - half, x + half), (top, top + row)):
            hits.append(shares)
    return (min(low for low, _ in hits), max(high for _, high in hits)) if hits else None


def _shares(start: Point, end: Point, across: Point, down: Point) -> tuple[float, float] | None:
    """From which share of its length to which a line runs through a rectangle; None where it misses it."""
    low, high = 0.0, 1.0
    for position, stop, (least, most) in zip(start, end, (across, down), strict=True):
        if position == stop:
            low, high = (low, high) if least <= position <= most else (1.0, 0.0)
            continue
        one, two = sorted(((least - position) / (stop - position), (most - position) / (stop - position)))
        low, high = max(low, one), min(high, two)
    return (low, high) if low < high else None


def _between(start: Point, end: Point, share: float) -> Point:
    return round(start[0] + share * (end[0] - start[0]), 2), round(start[1] + share * (end[1] - start[1]), 2)


LegendKind = Literal["theme", "line"]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A key: a sample with its words.

    A `theme` entry explains the box colour of the topic `theme`, whose name stands inside the sample; a `line` entry
    explains how the lines of this `status` and `stance` are drawn, its words stand beside it. `sample` is (x, y, width,
    height) of the room for the sample.
    """

    kind: LegendKind
    theme: str | None
    status: str
    stance: str | None
    sample: tuple[float, float, float, float]
    text: TextBox


@dataclass(frozen=True, slots=True)
class Geometry:
    """The whole drawing.

    `legend` are the keys of the lines, `topics` the boxes below the map that name the topics by their looks, `notes`
    says who said what has no name on it and what is left out. `missing` lists characters that no font of maps has:
    their widths are guesses.
    """

    page: str
    width: float
    height: float
    title: TextBox | None = None
    description: str = ""
    source_line: TextBox | None = None
    themes: tuple[tuple[str, str], ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    concepts: tuple[PlacedConcept, ...] = ()
    propositions: tuple[PlacedProposition, ...] = ()
    missing: tuple[str, ...] = ()
    topics: tuple[LegendEntry, ...] = ()
    notes: TextBox | None = None

    def to_dict(self) -> dict[str, Any]:
        """The drawing as JSON, its keys in a fixed order."""
        data = asdict(self)
        data["themes"] = [{"slug": slug, "label": label} for slug, label in self.themes]
        for entry in (*data["legend"], *data["topics"]):
            entry["sample"] = dict(zip(SIDES, entry["sample"], strict=True))
        data["concepts"] = [
            {"id": each.pop("id"), "label": each.pop("label"), **each.pop("box"), **each} for each in data["concepts"]
        ]
        data["propositions"] = [
            {"id": each.pop("id"), "from": each.pop("source"), "to": each.pop("target"), **each}
            for each in data["propositions"]
        ]
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The drawing that `to_dict` wrote, exactly.

        Raises:
            KeyError, TypeError, ValueError: the data is not what `to_dict` writes.
        """
        title, source_line = data["title"], data["source_line"]
        return cls(
            page=data["page"],
            width=float(data["width"]),
            height=float(data["height"]),
            title=_box(title) if title else None,
            description=data["description"],
            source_line=_box(source_line) if source_line else None,
            themes=tuple((theme["slug"], theme["label"]) for theme in data["themes"]),
            legend=tuple(_entry(each) for each in data["legend"]),
            concepts=tuple(
                PlacedConcept(
                    box=_box(each), kind=_box(each["kind"]) if each["kind"] else None, **{n: each[n] for n in CONCEPT}
                )
                for each in data["concepts"]
            ),
            propositions=tuple(_proposition(each) for each in data["propositions"]),
            missing=tuple(data["missing"]),
            topics=tuple(_entry(each) for each in data["topics"]),
            notes=_box(data["notes"]) if data["notes"] else None,
        )


def _box(data: Mapping[str, Any]) -> TextBox:
    x, y, width, height, size = (float(data[name]) for name in (*SIDES, "font_size"))
    return TextBox(tuple(map(str, data["lines"])), x, y, width, height, size)


def _entry(data: Mapping[str, Any]) -> LegendEntry:
    x, y, width, height = (float(data["sample"][side]) for side in SIDES)
    sample, text = (x, y, width, height), _box(data["text"])
    return LegendEntry(data["kind"], data["theme"], data["status"], data["stance"], sample, text)


def _proposition(data: Mapping[str, Any]) -> PlacedProposition:
    plain: dict[str, Any] = {name: data[name] for name in PROPOSITION}
    plain |= {name: _box(data[name]) if data[name] else None for name in ("tag", "numeral")}
    path = tuple((float(x), float(y)) for x, y in data["path"])
    return PlacedProposition(source=data["from"], target=data["to"], path=path, label=_box(data["label"]), **plain)
