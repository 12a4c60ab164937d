"""The concept map: what it holds, what it refuses, and what it says in words."""

import pytest

from kg.maps.concept_map import ConceptMap, MapClaim, MapConcept, MapError, MapProposition


def a_map() -> ConceptMap:
    concept_map = ConceptMap(title="Why?", description="A small map.", source_line="From a seminar")
    for concept_id, label in (("a", "Leaders"), ("b", "Culture"), ("c", "Paperwork")):
        concept_map.add_concept(MapConcept(concept_id, label))
    concept_map.add_proposition(MapProposition("p1", "a", "b", "create", credit="Michael West"))
    return concept_map


@pytest.mark.parametrize(
    ("concept", "message"),
    [
        (MapConcept("a", "Again"), "two concepts with the id 'a'"),
        (MapConcept("d", ""), "'d' has no label"),
        (MapConcept("d", " \x00\n "), "'d' has no label"),
    ],
)
def test_concepts_that_are_refused(concept: MapConcept, message: str) -> None:
    with pytest.raises(MapError, match=message):
        a_map().add_concept(concept)


@pytest.mark.parametrize(
    ("proposition", "message"),
    [
        (MapProposition("p1", "a", "b", "x"), "two propositions with the id 'p1'"),
        (MapProposition("p2", "a", "z", "x"), "unknown concept, 'z'"),
        (MapProposition("p2", "z", "a", "x"), "unknown concept, 'z'"),
        (MapProposition("p2", "a", "a", "x"), "to itself"),
        (MapProposition("p2", "a", "b", "\t"), "no linking phrase"),
        (MapProposition("p2", "a", "b", "x", status="rumoured"), "unknown status 'rumoured'"),  # type: ignore[arg-type]
    ],
)
def test_propositions_that_are_refused(proposition: MapProposition, message: str) -> None:
    with pytest.raises(MapError, match=message) as caught:
        a_map().add_proposition(proposition)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("proposition", "sentence"),
    [
        (MapProposition("p", "a", "b", "create"), "Leaders create Culture."),
        (
            MapProposition("p", "a", "b", "create", credit="a delegate"),
            "Leaders create Culture (said by a delegate).",
        ),
        (MapProposition("p", "a", "b", "create", text="Leaders create culture."), "Leaders create culture."),
        (
            MapProposition("p", "a", "c", "do not want", status="denied", credit="West"),
            "Leaders do not want Paperwork (said by West).",
        ),
        (
            MapProposition("p", "a", "b", "if", status="condition"),
            "Leaders if Culture (said as a condition).",
        ),
        (
            MapProposition("p", "a", "b", "is a kind of", status="broader"),
            "Leaders is a kind of Culture (an editor's link, not a claim).",
        ),
    ],
)
def test_a_proposition_in_words(proposition: MapProposition, sentence: str) -> None:
    concept_map = a_map()
    concept_map.add_proposition(proposition)
    assert concept_map.sentence(proposition) == sentence


def test_the_text_names_everything_in_order() -> None:
    assert a_map().as_text().splitlines() == [
        "Why?",
        "A small map.",
        "1. Leaders create Culture (said by Michael West).",
        "- Paperwork",
        "From a seminar",
    ]


def test_parallel_propositions_are_kept_apart() -> None:
    concept_map = a_map()
    concept_map.add_proposition(MapProposition("p2", "a", "b", "shape"))
    assert [p.phrase for p in concept_map.propositions] == ["create", "shape"]
    assert concept_map.graph.number_of_edges("a", "b") == 2
    assert concept_map.proposition("p2").phrase == "shape"


@pytest.mark.parametrize("kind", ["concept", "proposition"])
def test_unknown_ids(kind: str) -> None:
    with pytest.raises(MapError, match="no " + kind):
        getattr(a_map(), kind)("nowhere")


def test_membership_and_size() -> None:
    assert "a" in a_map()
    assert "z" not in a_map()
    assert len(a_map()) == 3


@pytest.mark.parametrize(
    ("proposition", "words"),
    [
        (MapProposition("p", "a", "b", "create\n it"), "create it"),
        (MapProposition("p", "a", "b", "has as a step", number=2), "2. has as a step"),
        (MapProposition("p", "a", "b", "has as step 2", number=2), "has as step 2"),
        (MapProposition("p", "a", "b", "is", stance="criticises", credit="a delegate"), "is"),
        (
            MapProposition("p", "a", "b", "had, on all other days,", stance="criticises", credit="Ruth Adeyemi"),
            "had, on all other days",
        ),
        (MapProposition("p", "a", "b", "is", stance="criticises"), "is"),
        (MapProposition("p", "a", "b", "show, if they feel fairly led,"), "show, if they feel fairly led"),
        (MapProposition("p", "a", "b", "is", stance="describes", credit="Michael West"), "is"),
    ],
)
def test_what_stands_on_the_arrow(proposition: MapProposition, words: str) -> None:
    assert proposition.words == words


def test_topics_are_those_listed_then_those_that_concepts_name() -> None:
    concept_map = ConceptMap(themes=[("unused", "Unused"), ("people", "People")])
    for name, theme in (("a", "other"), ("b", "people"), ("c", None), ("d", "other")):
        concept_map.add_concept(MapConcept(name, name, theme))
    assert concept_map.topics == ("unused", "people", "other")


def test_links_within_a_site_become_full_and_others_stay() -> None:
    claims = (MapClaim("A claim.", "West", ("quoted",), "/claims/1"),)
    concept_map = ConceptMap("Why?", "A map.", "From a seminar", [("t", "T")], "/map?focus=a")
    for name, href in (("a", "/concepts/a"), ("b", "https://elsewhere.org/b"), ("c", None)):
        concept_map.add_concept(MapConcept(name, name, "t", href))
    concept_map.add_proposition(MapProposition("p", "a", "b", "is", href="/claims/1", claims=claims))
    moved = concept_map.under("https://example.org/kg{}".format)
    assert moved.address == "https://example.org/kg/map?focus=a"
    assert [c.href for c in moved.concepts] == ["https://example.org/kg/concepts/a", "https://elsewhere.org/b", None]
    (proposition,) = moved.propositions
    assert proposition.href == proposition.claims[0].href == "https://example.org/kg/claims/1"
    assert (moved.title, moved.description, moved.source_line, moved.themes) == (
        concept_map.title,
        concept_map.description,
        concept_map.source_line,
        concept_map.themes,
    )
    assert concept_map.propositions[0].href == "/claims/1"
