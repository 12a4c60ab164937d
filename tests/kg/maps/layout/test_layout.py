"""The layout: nothing overlaps, nothing runs through a box, and the same map gives the same drawing."""

import json
from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from sample_maps import placed

from kg.maps.concept_map import ConceptMap, MapConcept, MapError, MapProposition
from kg.maps.drawing.geometry import Geometry, Point, TextBox
from kg.maps.layout.placement import layout
from kg.maps.paper import PAGES
from kg.maps.text import clean, width

Rectangle = tuple[float, float, float, float]


def rectangle(box: TextBox, margin: float = 0.0) -> Rectangle:
    return box.x - margin, box.y - margin, box.x + box.width + margin, box.y + box.height + margin


def overlap(a: TextBox, b: TextBox) -> bool:
    left_a, top_a, right_a, bottom_a = rectangle(a)
    left_b, top_b, right_b, bottom_b = rectangle(b)
    return left_a < right_b and left_b < right_a and top_a < bottom_b and top_b < bottom_a


def side(a: Point, b: Point, c: Point) -> float:
    """Positive when c is to the left of the line from a to b, negative to the right."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def touches(a: Point, b: Point, box: TextBox) -> bool:
    """Whether a segment meets a rectangle: an end inside it, or one of its diagonals crossed."""
    left, top, right, bottom = rectangle(box)
    if any(left <= x <= right and top <= y <= bottom for x, y in (a, b)):
        return True
    return cross(a, b, (left, top), (right, bottom)) or cross(a, b, (left, bottom), (right, top))


def segments(path: tuple[Point, ...]) -> list[tuple[Point, Point]]:
    return list(pairwise(path))


def problems(geometry: Geometry, lines: bool = True) -> list[str]:
    """What is wrong with a drawing; with `lines` also lines that run through boxes of others."""
    concepts = {c.id: c.box for c in geometry.concepts}
    boxes = {f"concept {name}": box for name, box in concepts.items()}
    # Arrows of a fan have one box of words.
    boxes |= {f"phrase {p.id}": p.label for p in geometry.propositions if not p.fan}
    boxes |= {f"legend {i}": entry.text for i, entry in enumerate(geometry.legend)}
    boxes |= {name: box for name, box in (("title", geometry.title), ("source", geometry.source_line)) if box}
    found = [f"{a} overlaps {b}" for a, b in combinations(boxes, 2) if overlap(boxes[a], boxes[b])]
    for name, box in boxes.items():
        left, top, right, bottom = rectangle(box)
        if left < 0 or top < 0 or right > geometry.width or bottom > geometry.height:
            found.append(f"{name} is off the page")
        weight = "semibold" if name.startswith(("concept", "title")) else "regular"
        if any(width(line, weight, box.font_size) > box.width + 0.1 for line in box.lines):
            found.append(f"{name} is too narrow for its text")
        if len(box.lines) * box.font_size * 1.2 > box.height:
            found.append(f"{name} is too low for its text")
    for p in geometry.propositions:
        for end, point in ((p.source, p.path[0]), (p.target, p.path[-1])):
            left, top, right, bottom = rectangle(concepts[end], 0.5)
            if not (left <= point[0] <= right and top <= point[1] <= bottom):
                found.append(f"line {p.id} is loose")
        if lines:
            own = {f"concept {p.source}", f"concept {p.target}", f"phrase {p.fan or p.id}"}
            found += [
                f"line {p.id} runs through {name}"
                for name, box in boxes.items()
                if name not in own and any(touches(a, b, box) for a, b in segments(p.path))
            ]
    return found


def crossings(geometry: Geometry) -> int:
    return sum(
        any(cross(*s, *t) for s in segments(a.path) for t in segments(b.path))
        for a, b in combinations(geometry.propositions, 2)
    )


def made(labels: list[str], links: list[tuple[int, int, str]]) -> ConceptMap:
    concept_map = ConceptMap(title="A made-up map", themes=[("t", "A topic")])
    for number, label in enumerate(labels):
        concept_map.add_concept(MapConcept(f"c{number}", label, theme="t" if number % 2 else None))
    for number, (source, target, phrase) in enumerate(links):
        concept_map.add_proposition(MapProposition(f"p{number}", f"c{source}", f"c{target}", phrase, "denied"))
    return concept_map


@pytest.mark.parametrize(
    ("name", "page", "most_crossings", "least_size", "seed"),
    [
        ("garden", "16:9", 0, 20.0, 1),
        pytest.param("garden", "4:3", 1, 18.0, 1, marks=pytest.mark.thorough),
        ("garden", "a4", 1, 14.0, 1),
        pytest.param("garden", "a4-landscape", 1, 18.0, 1, marks=pytest.mark.thorough),
        pytest.param("garden", "square", 1, 16.0, 1, marks=pytest.mark.thorough),
        ("library", "16:9", 3, 18.0, 1),
        ("long-12", "16:9", 0, 18.0, 1),
        ("planar-20", "16:9", 0, 18.0, 1),
        pytest.param("cycles-30", "16:9", 6, 12.5, 1, marks=pytest.mark.thorough),
        pytest.param("hubs-37", "16:9", 8, 12.5, 1, marks=pytest.mark.thorough),
    ],
)
def test_sample_maps(name: str, page: str, most_crossings: int, least_size: float, seed: int) -> None:
    geometry = placed(name, page, seed)
    assert (geometry.width, geometry.height) == PAGES[page]
    assert problems(geometry) == []
    assert crossings(geometry) <= most_crossings
    assert min(c.box.font_size for c in geometry.concepts) >= least_size


def chain(n: int) -> list[tuple[int, int, str]]:
    return [(i, i + 1, "leads to") for i in range(n - 1)]


@pytest.mark.parametrize(
    "build",
    [
        lambda: made([], []),
        lambda: made(["Alone"], []),
        lambda: made(["One", "Two", "Three"], []),
        lambda: made(["One", "Two"], [(0, 1, "makes"), (0, 1, "does not make"), (1, 0, "answers")]),
        lambda: made([f"Concept {i}" for i in range(10)], [*chain(4), (5, 6, "is apart from"), (8, 9, "is too")]),
        lambda: made(["very long label " * 19, "x" * 300, "Short"], [(0, 1, "is " * 60), (1, 2, "y" * 120)]),
        lambda: made(["مرحبا بالعالم", "文化改变", "👍 emoji", "<b>&amp;</b>"], chain(4)),
        lambda: made(["One", "Two", "Three"], [(0, 1, "makes")] * 3 + [(1, 2, "is")] * 2),
        lambda: made(["no\u00a0break", "con\x00trol\x1b"], [(0, 1, "\x07rings")]),
        lambda: made(["Hub", *(f"Spoke {i}" for i in range(9))], [(0, i, "turns") for i in range(1, 10)]),
    ],
    ids=["none", "one", "unlinked", "parallel", "apart", "long", "scripts", "duplicates", "control", "star"],
)
def test_odd_maps(build: Callable[[], ConceptMap]) -> None:
    concept_map = build()
    geometry = layout(concept_map)
    assert problems(geometry) == []
    assert [c.label for c in geometry.concepts] == [clean(c.label) for c in concept_map.concepts]
    assert all("".join(c.box.lines).replace(" ", "") == c.label.replace(" ", "") for c in geometry.concepts)


def test_missing_characters_are_named() -> None:
    assert layout(made(["文化", "Leaders"], [(0, 1, "is")])).missing == ("化", "文")


@pytest.mark.parametrize("count", [30, *(pytest.param(n, marks=pytest.mark.thorough) for n in (61, 90, 200, 500))])
def test_large_maps_do_not_overlap(count: int) -> None:
    links = [*chain(count), *((i, (i * 7 + 3) % count, "goes with") for i in range(0, count, 4))]
    links = [link for link in links if link[0] != link[1]]
    assert problems(layout(made([f"Concept {i}" for i in range(count)], links)), lines=False) == []


@pytest.mark.parametrize(
    ("build", "page", "message"),
    [
        (lambda: made([f"c{i}" for i in range(501)], []), "16:9", "501 concepts is too large .* overview"),
        (lambda: made([f"c{i}" for i in range(2000)], chain(2000)), "a4", "2000 concepts is too large"),
        (lambda: made(["One"], []), "a9", "no page 'a9'"),
    ],
)
def test_maps_that_are_refused(build: Callable[[], ConceptMap], page: str, message: str) -> None:
    with pytest.raises(MapError, match=message):
        layout(build(), page=page)


def test_broader_concepts_stand_above() -> None:
    concept_map = ConceptMap()
    for name in ("special", "general"):
        concept_map.add_concept(MapConcept(name, name))
    concept_map.add_proposition(MapProposition("p", "special", "general", "is a kind of", "broader"))
    special, general = layout(concept_map).concepts
    assert general.box.y < special.box.y


def test_ordered_steps_carry_their_number() -> None:
    concept_map = made(["Strategy", "Discover", "Design"], [])
    for number, phrase in ((1, "begins with"), (2, "has as step 2")):
        concept_map.add_proposition(MapProposition(f"s{number}", "c0", f"c{number}", phrase, number=number))
    words = [" ".join(p.label.lines) for p in layout(concept_map).propositions]
    assert words == ["1. begins with", "has as step 2"]


def test_seeds_differ() -> None:
    first, second = (placed("garden", seed=seed).to_dict() for seed in (1, 2))
    assert first["concepts"] != second["concepts"]


def test_geometry_is_json() -> None:
    geometry = layout(made(["One", "Two"], [(0, 1, "makes")]))
    read = json.loads(json.dumps(geometry.to_dict()))
    assert read["propositions"][0]["from"] == "c0"
    assert set(read["concepts"][0]) >= {"id", "label", "lines", "x", "y", "width", "height", "font_size"}
