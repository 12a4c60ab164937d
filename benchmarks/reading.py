"""How a drawn map reads, told from its geometry as JSON alone: order, straightness, room, and what must not be.

`flow` is the share of arrows that read on (the target lower than the source, or level with it and to its right; "is a
kind of" runs up) of those that can, `turns` the share of lines that turn by more than 25 degrees at their words,
`stubs` how many lines show less than 0.6 of a concept's font size on either side of them, `almost` the share of
concepts whose middle is nearly in line with that of one they are joined to. `px` are the font sizes of concepts and
words on a slide of 1280 x 720. Arrows with one box of words count it once.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from math import atan2, degrees, dist
from typing import Any

from kg.maps.layout.reading import returns

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
Point = tuple[float, float]

TURN, STUB, NEARLY = 25.0, 0.6, 0.6


def reading(drawn: dict[str, Any]) -> dict[str, Any]:
    """Return the measures of a drawing as `Geometry.to_dict` gives it."""
    concepts = {each["id"]: _box(each) for each in drawn["concepts"]}
    lines = drawn["propositions"]
    words = {each["id"]: _box(each["label"]) for each in lines}
    boxes = {("concept", name): box for name, box in concepts.items()}
    boxes |= {("words", each["from"], each["phrase"], words[each["id"]]): words[each["id"]] for each in lines}
    font = min(each["font_size"] for each in drawn["concepts"])
    scale = min(1280 / drawn["width"], 720 / drawn["height"])
    ends = [
        (each["to"], each["from"]) if each["phrase"].casefold() == "is a kind of" else (each["from"], each["to"])
        for each in lines
    ]
    number = {name: place for place, name in enumerate(concepts)}
    able = len(ends) - returns([(number[a], number[b]) for a, b in ends])
    crooked = {end for a, b in ends if _almost(concepts[a], concepts[b], NEARLY * font) for end in (a, b)}
    return {
        "px": (round(font * scale, 1), round(min(each["label"]["font_size"] for each in lines) * scale, 1)),
        "flow": min(1.0, sum(_reads_on(concepts[a], concepts[b]) for a, b in ends) / max(able, 1)),
        "crossings": sum(
            any(_cross(*s, *t) for s in pairwise(a["path"]) for t in pairwise(b["path"]))
            for a, b in combinations(lines, 2)
        ),
        "turns": sum(_turn(each["path"]) > TURN for each in lines) / max(len(lines), 1),
        "almost": len(crooked) / len(concepts),
        "stubs": sum(_shown(each["path"], words[each["id"]]) < STUB * font for each in lines),
        "overlaps": sum(_overlap(a, b) for a, b in combinations(boxes.values(), 2)),
        "through": sum(
            any(_enters(*piece, box) for piece in pairwise(each["path"]))
            for each in lines
            for name, box in boxes.items()
            if name[1] not in (each["from"], each["to"]) and box != words[each["id"]]
        ),
        "fans": sum(bool(each.get("fan")) for each in lines),
    }


def _box(data: dict[str, float]) -> Box:
    return data["x"], data["y"], data["x"] + data["width"], data["y"] + data["height"]


def _middle(box: Box) -> Point:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _reads_on(a: Box, b: Box) -> bool:
    (x0, y0), (x1, y1) = _middle(a), _middle(b)
    level = abs(y1 - y0) <= min(a[3] - a[1], b[3] - b[1]) / 2
    return x1 > x0 if level else y1 > y0


def _almost(a: Box, b: Box, much: float) -> bool:
    return any(1 < abs(one - other) < much for one, other in zip(_middle(a), _middle(b), strict=True))


def _turn(path: list[Point]) -> float:
    """The sharpest turn of a line, in degrees."""
    ways = [atan2(b[1] - a[1], b[0] - a[0]) for a, b in pairwise(path)]
    found = (abs(degrees(b - a)) % 360 for a, b in pairwise(ways))
    return max((min(each, 360 - each) for each in found), default=0.0)


def _shown(path: list[Point], words: Box) -> float:
    """How much of a line shows before its words or after them, whichever is less."""
    points = [
        (a[0] + (b[0] - a[0]) * step / 400, a[1] + (b[1] - a[1]) * step / 400)
        for a, b in pairwise(path)
        for step in range(401)
    ]
    hidden = [n for n, (x, y) in enumerate(points) if words[0] <= x <= words[2] and words[1] <= y <= words[3]]
    if not hidden:
        return float("inf")
    return min(sum(dist(a, b) for a, b in pairwise(p)) for p in (points[: hidden[0] + 1], points[hidden[-1] :]))


def _overlap(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _enters(a: Point, b: Point, box: Box) -> bool:
    """Whether a piece of a line runs through a box made 2 px smaller on each side."""
    left, top, right, bottom = box[0] + 2, box[1] + 2, box[2] - 2, box[3] - 2
    if any(left < x < right and top < y < bottom for x, y in (a, b)):
        return True
    return _cross(a, b, (left, top), (right, bottom)) or _cross(a, b, (left, bottom), (right, top))
