"""A map that leaves something out has all items of a numbered list, or none of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.library import Library, open_any
from kg.maps.claim_map import selected_links
from kg.maps.concept_map import MapError
from kg.maps.lists import lists_of
from kg.maps.selection import Selection

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module", params=["packaged", "heat"])
def either(request: pytest.FixtureRequest, library: Library) -> Library:
    """Return a library with three steps and three ingredients, and one with five steps."""
    return library if request.param == "packaged" else open_any([FIXTURES / request.param / "seminar.ttl"])


def parts(library: Library) -> Iterator[Selection]:
    """The choices of a part of a map by size, topic and concept."""
    yield from (Selection(most=most) for most in range(2, 26))
    yield from (Selection(theme=theme.slug) for theme in library.catalogue.themes())
    for concept in library.catalogue.concepts():
        yield from (Selection(focus=concept.slug, depth=depth, most=most) for depth in (1, 2) for most in (5, 12))
        yield Selection(focus=concept.slug)


def test_a_list_is_whole_or_not_on_the_map(either: Library) -> None:
    lists = lists_of(either.catalogue, selected_links(either.catalogue, Selection()))
    arrows = [{link.ends for link in each} for each in lists]
    assert all(len(each) > 2 for each in arrows)
    seen = set()
    for choice in parts(either):
        try:
            drawn = either.concept_map(**choice.chosen())
        except MapError:
            continue
        assert len(drawn) <= (choice.most or 99)
        numbered = {(each.source, each.target) for each in drawn.propositions if each.number}
        for each in arrows:
            assert len(numbered & each) in (0, len(each)), (choice, numbered)
            seen.add(bool(numbered & each))
    assert seen == {False, True}


def test_the_concepts_that_matter_most_have_a_whole_list(library: Library) -> None:
    drawn = library.concept_map(most=12)
    assert sorted(each.number for each in drawn.propositions if each.number) == [1, 2, 3]
