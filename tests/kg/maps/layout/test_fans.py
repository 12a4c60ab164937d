"""Fans: words that one concept repeats stand once where that harms nothing, and only if the same is said of them."""

from dataclasses import replace

import pytest

from kg.maps.concept_map import ConceptMap, MapConcept, MapProposition
from kg.maps.drawing.geometry import Geometry, TextBox, with_fans
from kg.maps.layout.fans import fanned, repeated
from kg.maps.layout.placement import layout, measured
from kg.maps.layout.straightening import straightened

ROOM = (0.0, 0.0, 1280.0, 720.0)
FIRST = MapProposition("p0", "a", "b", "need", "asserted", "describes", "West", "B is needed.", tag="West")


def of(*propositions: MapProposition) -> ConceptMap:
    made = ConceptMap("What is needed?")
    for name in "abcd":
        made.add_concept(MapConcept(name, f"Concept {name}"))
    for each in propositions:
        made.add_proposition(each)
    return made


def box(x: float, y: float, words: str = "Concept") -> TextBox:
    return TextBox((words,), x - 60, y - 20, 120.0, 40.0, 20.0)


@pytest.mark.parametrize(
    ("second", "is_fan"),
    [
        (FIRST, True),
        (replace(FIRST, text="It is needed too.", href="/claims/2"), True),
        (replace(FIRST, status="denied"), False),
        (replace(FIRST, stance="recommends"), False),
        (replace(FIRST, credit="a delegate"), False),
        (replace(FIRST, tag=None), False),
        (replace(FIRST, phrase="want"), False),
        (replace(FIRST, number=2), False),
        (replace(FIRST, source="d"), False),
    ],
)
def test_what_may_share_its_words(second: MapProposition, is_fan: bool) -> None:
    assert repeated(of(FIRST, replace(second, id="p1", target="c"))) == ([[0, 1]] if is_fan else [])


def test_two_arrows_between_the_same_concepts_are_no_fan() -> None:
    assert repeated(of(FIRST, replace(FIRST, id="p1"))) == []


def test_what_is_told_in_several_steps_is_no_fan() -> None:
    """Since the general is told before what is of its kind, kinds of two things are told apart."""
    kind = replace(FIRST, status="broader", phrase="is a kind of")
    assert repeated(of(kind, replace(kind, id="p1", target="c"))) == []


def test_a_drawn_fan_is_one_step_with_one_number() -> None:
    made = of(FIRST, replace(FIRST, id="p1", target="d", phrase="want"), replace(FIRST, id="p2", target="c"))
    made.numbered = True
    first, other, second = layout(made).propositions
    assert second.fan == first.id
    assert (first.step, second.step, other.step) == (1, 1, 2)
    assert first.numeral
    assert other.numeral
    assert second.numeral is None


def test_counts_of_claims_are_no_fan() -> None:
    counts = [MapProposition(f"p{n}", "a", end, "2 claims", text=f"Two of {end}.") for n, end in enumerate("bc")]
    assert repeated(of(*counts)) == []


def test_words_are_shared_where_that_harms_nothing() -> None:
    concepts = [box(300, 300), box(800, 250), box(800, 380)]
    phrases = [box(550, 270, "need"), box(550, 345, "need")]
    placed, paths = straightened([(0, 1), (0, 2)], concepts, phrases, ROOM)
    words, lines = fanned([[0, 1]], [(0, 1), (0, 2)], concepts, placed, paths, ROOM)
    assert words[0] == words[1]
    assert lines[0] != lines[1]
    apart = [box(640, 300), box(200, 300), box(1100, 300)]
    placed, paths = straightened([(0, 1), (0, 2)], apart, [box(420, 300), box(860, 300)], ROOM)
    assert fanned([[0, 1]], [(0, 1), (0, 2)], apart, placed, paths, ROOM) == (placed, paths)


def test_a_fan_has_one_box_of_words_and_one_name() -> None:
    made = of(FIRST, replace(FIRST, id="p1", target="c"))
    geometry = layout(made)
    first, second = geometry.propositions
    assert (first.fan, second.fan) == (None, "p0")
    assert first.label == second.label
    assert first.tag
    assert second.tag is None
    assert len(first.pieces()) == 2
    assert len(second.pieces()) == 1, "what leads up to the words is drawn once"
    assert Geometry.from_dict(geometry.to_dict()) == geometry
    part = of(replace(FIRST, id="p1", target="c"))
    kept = measured(part).kept(geometry)
    assert kept is None or [each.fan for each in kept.propositions] == [None]
    assert [each.fan for each in with_fans([second])] == [None]
