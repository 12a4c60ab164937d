"""The walk: every arrow once, a concept reached before an arrow leaves it, lists in their order, fans together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.library import Library
from kg.maps.concept_map import ConceptMap, MapProposition
from kg.maps.walk import most_said_of, walk


def arrows(text: str) -> list[MapProposition]:
    """The propositions of "a creates b; a 2: has c; d is a kind of a", named by their places from 1."""
    made = []
    for place, each in enumerate(text.split(";"), 1):
        source, *words, target = each.split()
        number = int(words.pop(0)[:-1]) if words[0].endswith(":") else None
        made.append(MapProposition(str(place), source, target, " ".join(words), number=number))
    return made


@pytest.mark.parametrize(
    ("text", "start", "told"),
    [
        ("a creates b", None, "1"),
        ("b needs c; a creates b; a helps d", "a", "2 3 1"),
        ("a creates b; d helps e; b needs c; a creates d", "a", "1,4 3 2"),
        ("a creates b; a creates c; a shapes d; a creates e", "a", "1,2,4 3"),
        ("a has x; a 3: has d; a 1: has b; a needs e; a 2: has c", "a", "1 3 5 2 4"),
        ("b creates a; a needs c; c needs d", "a", "2 3 1"),
        ("b is a kind of a; a needs c; b helps d", "a", "1 2 3"),
        ("a needs b; b needs a; b helps c", "a", "1 2 3"),
        ("a needs b; x needs y; x helps z; y helps z", "a", "1 2 3 4"),
        ("a needs b; x needs y; x helps z", "q", "2 3 1"),
        ("", "a", ""),
    ],
)
def test_the_order_in_which_a_map_is_told(text: str, start: str | None, told: str) -> None:
    steps = walk(arrows(text) if text else [], start)
    assert " ".join(",".join(each.id for each in step) for step in steps) == told


def test_the_start_is_what_most_is_said_of() -> None:
    assert most_said_of(arrows("a creates b; b needs c; b needs d; d helps c")) == "b"
    assert most_said_of([]) is None


def out_of_turn(concept_map: ConceptMap) -> Iterator[str]:
    """Yield the arrows that leave a concept before it is reached, though another arrow could have been told."""
    reached = {concept_map.start}
    ways = [[(a.target, a.source) if a.points_up else (a.source, a.target) for a in step] for step in concept_map.steps]
    for number, way in enumerate(ways):
        if way[0][0] not in reached:
            left = [pair for each in ways[number:] for pair in each]
            arrives = any(end in reached for _, end in way)
            if any(start in reached for start, _ in left) or (not arrives and any(end in reached for _, end in left)):
                yield concept_map.steps[number][0].id
        reached.update(end for pair in way for end in pair)


@pytest.mark.parametrize("choice", [{}, {"overview": True}, {"focus": "culture", "depth": 3}, {"theme": "staff"}])
def test_the_packaged_seminar_is_told_in_turn(library: Library, choice: dict[str, object]) -> None:
    concept_map = library.concept_map(**choice)
    told = [each for step in concept_map.steps for each in step]
    assert sorted(each.id for each in told) == sorted(each.id for each in concept_map.propositions)
    assert list(out_of_turn(concept_map)) == []
    for step in concept_map.steps:
        assert len({(each.source, each.words.casefold()) for each in step}) == 1
    assert concept_map.steps == library.concept_map(**choice).steps


def test_ordered_lists_are_told_in_their_order(library: Library) -> None:
    told = [each for step in library.concept_map().steps for each in step if each.number is not None]
    for source in {each.source for each in told}:
        numbers = [each.number for each in told if each.source == source]
        assert numbers == list(range(1, len(numbers) + 1))
