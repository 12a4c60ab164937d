"""What can stand in the slots of a question."""

from __future__ import annotations

import pytest

from kg.library import Library
from kg.questions.slots import SlotError, choices, chosen, fill
from kg.questions.templates import SLOT_KINDS, QuestionTemplate


def template(library: Library, name: str) -> QuestionTemplate:
    return next(each for each in library.questions() if each.name == name)


@pytest.mark.parametrize("kind", SLOT_KINDS)
def test_every_kind_has_choices_each_with_its_own_slug(library: Library, kind: str) -> None:
    found = choices(library.catalogue, kind)
    assert found
    assert len({choice.slug for choice in found}) == len(found)
    assert all(choice.label for choice in found)
    for choice in found:
        assert chosen(library.catalogue, "slot", kind, choice.slug) == choice


@pytest.mark.parametrize(
    ("kind", "name", "slug"),
    [
        ("concept", "Culture", "culture"),
        ("concept", "  the  right CULTURE ", "the-right-culture"),
        ("concept", "CQC", "care-quality-commission"),
        ("agent", "Professor Michael West", "michael-west"),
        ("relation", "create", "create"),
        ("stance", "criticised", "criticises"),
        ("number", "2", "2"),
        ("subject", "Leaders", "leaders"),
        ("object", "The National Health Service", "nhs"),
    ],
)
def test_a_thing_goes_by_slug_label_or_other_name(library: Library, kind: str, name: str, slug: str) -> None:
    assert chosen(library.catalogue, "slot", kind, name).slug == slug


@pytest.mark.parametrize(
    ("kind", "name", "message"),
    [
        ("concept", "cultrue", r"The parameter “slot” names no concept called “cultrue”; did you mean Culture"),
        ("agent", "Michael Wost", "did you mean .*Michael West"),
        ("relation", "creat", "names no linking phrase called “creat”; did you mean .*create"),
        ("stance", "shouts", "names no way of saying called “shouts”"),
        ("number", "9", "is a number from 1 to 3, not “9”"),
        ("number", "two", "is a number from 1 to 3"),
        ("subject", "cultrue", "names no concept called “cultrue”; did you mean Culture"),
        ("concept", "", "is missing; give a concept, such as slot="),
        ("concept", " ", "is missing"),
        ("list", "x" * 500, f"called “{'x' * 80}”"),
    ],
)
def test_a_wrong_name_is_one_sentence_that_names_the_slot(library: Library, kind: str, name: str, message: str) -> None:
    with pytest.raises(SlotError, match=message) as raised:
        chosen(library.catalogue, "slot", kind, name)
    assert str(raised.value).count("“slot”") == 1


def test_a_filled_query_finds_what_was_named(library: Library) -> None:
    query = fill(library.catalogue, template(library, "about-concept"), {"concept": "Culture", "other": "x"})
    assert "VALUES ?concept { concept:culture }" in query
    claims = {row["claim"] for row in library.query(query)}
    assert claims == {claim.iri for claim in library.catalogue.claims(concept="culture")}
