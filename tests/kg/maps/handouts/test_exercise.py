"""Exercises: the words that are missing are in the bank, on the second page, and nowhere on the first."""

import re
from itertools import pairwise

import pytest

from kg.library import Library
from kg.maps.concept_map import ConceptMap, MapConcept, MapError, MapProposition
from kg.maps.drawing.leaf import Leaf
from kg.maps.drawing.marks import Part, parts
from kg.maps.formats import pdf
from kg.maps.handouts.exercise import gaps, leaves
from kg.maps.layout.archive import draw
from kg.maps.text import clean

PAGE = "a4-landscape"


@pytest.fixture(scope="module")
def sheets(library: Library) -> tuple[ConceptMap, list[Leaf]]:
    concept_map = library.concept_map(theme="patients", base_url="https://example.org")
    return concept_map, leaves(draw(concept_map, PAGE).geometry, concept_map)


def star(concepts: int) -> ConceptMap:
    made = ConceptMap("What?")
    for n in range(concepts):
        made.add_concept(MapConcept(str(n), f"Thing {n}"))
    for n in range(1, concepts):
        made.add_proposition(MapProposition(f"p{n}", "0", str(n), "has"))
    return made


def seen(leaf: Leaf) -> list[Part]:
    assert leaf.drawn
    return list(parts(*leaf.drawn))


def test_the_bank_has_the_words_that_are_missing_and_no_others(sheets: tuple[ConceptMap, list[Leaf]]) -> None:
    concept_map, (exercise, answers) = sheets
    removed = [concept_map.concept(name).label for name in gaps(concept_map)]
    bank = [part.seen for part in exercise.parts[1:]]
    assert sorted(bank) == sorted(removed)
    told = [re.match(r"(\d+) +(.*)", part.seen) for part in answers.parts[1:]]
    assert [match[2] for match in told if match] != bank
    assert [match and match[1] for match in told] == [str(n) for n in range(1, len(removed) + 1)]
    assert sorted(match[2] for match in told if match) == sorted(removed)
    assert not {part.seen for part in seen(exercise)} & set(removed)


def test_what_is_read_aloud_does_not_give_the_answers_away(sheets: tuple[ConceptMap, list[Leaf]]) -> None:
    concept_map, (exercise, _) = sheets
    removed = [concept_map.concept(name).label for name in gaps(concept_map)]
    for part in seen(exercise):
        assert part.kind in ("title", "topic", "legend", "notes", "source") or not part.href
        if part.kind in ("concept", "proposition"):
            assert not any(re.search(rf"\b{re.escape(word)}\b", part.said) for word in removed), part.said


def test_neither_size_nor_colour_tells_the_words(sheets: tuple[ConceptMap, list[Leaf]]) -> None:
    concept_map, (exercise, answers) = sheets
    removed = gaps(concept_map)
    assert exercise.drawn is not None
    assert answers.drawn is not None
    boxes = [placed.box for placed in exercise.drawn[0].concepts if placed.id in removed]
    assert max(box.width * box.height for box in boxes) < 1.4 * min(box.width * box.height for box in boxes)
    assert {placed.theme for placed in exercise.drawn[0].concepts if placed.id in removed} == {None}
    for placed in answers.drawn[0].concepts:
        assert clean(concept_map.concept(placed.id).label) == " ".join(placed.box.lines)


def test_both_pages_have_the_same_places(sheets: tuple[ConceptMap, list[Leaf]]) -> None:
    one, two = (
        [(c.id, c.box.x, c.box.y, c.box.width) for c in leaf.drawn[0].concepts] for leaf in sheets[1] if leaf.drawn
    )
    assert one == two
    assert {leaf.scale for leaf in sheets[1]} == {sheets[1][0].scale}


def test_the_second_page_has_every_word(sheets: tuple[ConceptMap, list[Leaf]]) -> None:
    concept_map, (_, answers) = sheets
    said = " ".join(part.seen for part in seen(answers))
    assert all(concept.label in said for concept in concept_map.concepts)


@pytest.mark.parametrize("concepts", range(2, 13))
def test_a_third_to_a_half_is_left_out_and_never_the_focus(concepts: int) -> None:
    concept_map = star(concepts)
    found = gaps(concept_map)
    assert len(set(found)) == len(found)
    assert concepts / 3 - 0.7 <= len(found) <= max(concepts / 2, 1)
    assert concept_map.start not in found
    assert found == gaps(star(concepts))


def test_neighbours_are_not_both_left_out_where_that_can_be() -> None:
    row = ConceptMap()
    for n in range(7):
        row.add_concept(MapConcept(str(n), f"Thing {n}"))
    for n in range(6):
        row.add_proposition(MapProposition(f"p{n}", str(n), str(n + 1), "has"))
    found = sorted(map(int, gaps(row)))
    assert all(two - one > 1 for one, two in pairwise(found))


def test_the_file_has_two_tagged_pages_and_is_the_same_each_time(sheets: tuple[ConceptMap, list[Leaf]]) -> None:
    concept_map, made = sheets
    written = pdf.write(draw(concept_map, PAGE).geometry, concept_map, exercise=True)
    assert written == pdf.write_leaves(made)
    assert written.count(b"/StructParents ") == 2
    assert re.search(rb"/Count 2\b", written)


@pytest.mark.parametrize(
    ("concepts", "words"),
    [(13, "up to 12 concepts, and this one has 13; choose fewer"), (3, "4 or more, and this one has 3")],
)
def test_what_is_too_large_or_too_small_is_refused(concepts: int, words: str) -> None:
    concept_map = star(concepts)
    with pytest.raises(MapError, match=words):
        leaves(draw(star(2), PAGE).geometry, concept_map)
