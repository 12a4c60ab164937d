"""Maps that can be read: arrows read on, ordered things stand in their order, the focus is where readers begin."""

from itertools import pairwise
from math import atan2, degrees

import numpy as np
import pytest
from sample_maps import placed, sample

from kg.graph.catalogue import Catalogue
from kg.graph.load import load
from kg.maps.claim_map import selected_map
from kg.maps.concept_map import ConceptMap, MapConcept, MapProposition
from kg.maps.drawing.geometry import Geometry, PlacedProposition, TextBox
from kg.maps.layout.placement import layout
from kg.maps.layout.reading import disordered, displaced, missed, returns
from kg.maps.selection import Selection


@pytest.fixture(scope="module", params=["garden", "long-12", "planar-20"])
def drawn(request: pytest.FixtureRequest) -> tuple[ConceptMap, Geometry]:
    return sample(request.param), placed(request.param)


def reads_on(a: TextBox, b: TextBox) -> bool:
    wide, fall = b.middle[0] - a.middle[0], b.middle[1] - a.middle[1]
    return wide > 0 if abs(fall) <= min(a.height, b.height) / 2 else fall > 0


def turn(line: PlacedProposition) -> float:
    angles = [atan2(y1 - y0, x1 - x0) for (x0, y0), (x1, y1) in pairwise(line.path)]
    turned = abs(degrees(angles[1] - angles[0])) % 360
    return min(turned, 360 - turned)


def test_arrows_read_on(drawn: tuple[ConceptMap, Geometry]) -> None:
    concept_map, geometry = drawn
    boxes = {c.id: c.box for c in geometry.concepts}
    ways = [(p.target, p.source) if p.points_up else (p.source, p.target) for p in concept_map.propositions]
    number = {c.id: n for n, c in enumerate(geometry.concepts)}
    can = len(ways) - returns([(number[a], number[b]) for a, b in ways])
    assert sum(reads_on(boxes[a], boxes[b]) for a, b in ways) >= 0.85 * can


def test_the_focus_is_in_the_middle_third_or_above_it(drawn: tuple[ConceptMap, Geometry]) -> None:
    concept_map, geometry = drawn
    box = {c.id: c.box for c in geometry.concepts}[concept_map.start or ""]
    assert geometry.width / 3 <= box.middle[0] <= geometry.width * 2 / 3
    assert box.middle[1] <= geometry.height * 2 / 3
    assert (
        box.font_size
        == max(c.box.font_size for c in geometry.concepts)
        > min(c.box.font_size for c in geometry.concepts)
    )


def test_lines_hardly_turn_and_show_on_both_sides_of_their_words(drawn: tuple[ConceptMap, Geometry]) -> None:
    _, geometry = drawn
    least = 0.6 * min(c.box.font_size for c in geometry.concepts)
    assert [line.id for line in geometry.propositions if turn(line) > 25] == []
    for line in geometry.propositions:
        lengths = [np.hypot(b[0] - a[0], b[1] - a[1]) for a, b in line.pieces()]
        assert len(lengths) == (1 if line.fan else 2)
        assert min([*lengths[:-1], lengths[-1] + 0.45 * line.label.font_size]) >= least, line.id


def test_hardly_any_box_is_almost_in_line(drawn: tuple[ConceptMap, Geometry]) -> None:
    _, geometry = drawn
    boxes = {c.id: c.box for c in geometry.concepts}
    most = 0.6 * min(box.font_size for box in boxes.values())
    crooked = set()
    for line in geometry.propositions:
        (x0, y0), (x1, y1) = boxes[line.source].middle, boxes[line.target].middle
        if any(1 < abs(apart) < most for apart in (x1 - x0, y1 - y0)):
            crooked |= {line.source, line.target}
    assert len(crooked) <= 0.1 * len(boxes)


def test_small_maps_are_large() -> None:
    concept_map = ConceptMap("Who leads?")
    for name in ("Leaders", "Culture", "Staff"):
        concept_map.add_concept(MapConcept(name, name))
    concept_map.add_proposition(MapProposition("1", "Leaders", "Culture", "create"))
    concept_map.add_proposition(MapProposition("2", "Culture", "Staff", "matters to"))
    assert min(c.box.font_size for c in layout(concept_map).concepts) == 44.0


@pytest.mark.parametrize("numbers", [(1, 2, 3), (3, 1, 2)])
def test_ordered_things_stand_in_their_order(numbers: tuple[int, ...]) -> None:
    concept_map = ConceptMap("How?")
    for name in ("strategy", *map(str, numbers)):
        concept_map.add_concept(MapConcept(name, f"Step {name}" if name.isdigit() else "A strategy"))
    for n in numbers:
        concept_map.add_proposition(MapProposition(f"p{n}", "strategy", str(n), "has as a step", number=n))
    boxes = {c.id: c.box for c in layout(concept_map).concepts}
    assert all(reads_on(boxes[one], boxes[two]) for one, two in pairwise("123"))


def test_the_focus_is_the_one_that_was_chosen_or_has_most_links() -> None:
    concept_map = sample("garden")
    assert concept_map.concept(concept_map.start or "").label in ("Gardeners", "Compost heaps")
    concept_map.focus = concept_map.concepts[3].id
    assert concept_map.start == concept_map.concepts[3].id
    assert ConceptMap().start is None


def test_one_of_several_concepts_of_one_name_is_the_focus() -> None:
    drawn = selected_map(Catalogue(load()), Selection(focus="regulators"))
    assert drawn.focus in ("care-quality-commission", "monitor")


def test_a_legend_is_no_larger_than_the_smallest_words() -> None:
    concept_map = ConceptMap("A crowd", source_line="A sample", themes=[("t", "A topic")])
    for n in range(12):
        much = f"Concept {n} of many words, so that it takes a great deal of room, as long ones do. " * 3
        concept_map.add_concept(MapConcept(str(n), much, "t"))
    for n in range(11):
        line = MapProposition(f"p{n}", str(n), str(n + 1), "is followed, sooner or later, by", stance="recommends")
        concept_map.add_proposition(line)
    geometry = layout(concept_map)
    smallest = min(p.label.font_size for p in geometry.propositions)
    assert geometry.source_line is not None
    assert max(geometry.source_line.font_size, *(entry.text.font_size for entry in geometry.legend)) <= smallest


@pytest.mark.parametrize(
    ("wide", "fall", "reads"),
    [(0, 40, True), (-300, 40, True), (60, 0, True), (60, 8, True), (-60, 8, False), (0, -40, False), (-60, 0, False)],
)
def test_what_reads_on(wide: float, fall: float, reads: bool) -> None:
    half = np.array([18.0])
    assert bool(missed(np.array([float(wide)]), np.array([float(fall)]), half)[0] == 0) is reads


def test_prices_of_places() -> None:
    x = np.array([0.0, 300.0, 0.0, 0.0])
    y = np.array([0.0, 0.0, 200.0, -200.0])
    assert (displaced(x, y, 900.0, 600.0) > 0).tolist() == [False, True, True, False]
    assert (disordered(np.array([90.0, 0.0, -90.0, 40.0]), np.array([0.0, 60.0, 0.0, -90.0])) > 0).tolist() == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("arrows", "back"), [([], 0), ([(0, 1), (1, 2)], 0), ([(0, 1), (1, 0)], 1), ([(0, 1), (1, 2), (2, 0), (2, 3)], 1)]
)
def test_how_many_arrows_have_to_run_back(arrows: list[tuple[int, int]], back: int) -> None:
    assert returns(arrows) == back
