"""The filters of claims: what fits them, and the counts beside them."""

from __future__ import annotations

import pytest

from kg.graph.name_lookup import UnknownName
from kg.library import Library
from webapp.claims.filters import ClaimFilters


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({}, 44),
        ({"who": "michael-west", "how": "recommends"}, 14),
        ({"who": "Michael West", "credit": "named"}, 5),
        ({"who": "summary"}, 17),
        ({"who": "publisher"}, 17),
        ({"who": "delegate"}, 2),
        ({"who": "debate", "how": "criticises"}, 2),
        ({"concept": "Culture", "topic": ""}, 17),
        ({"topic": "patients", "who": "delegate"}, 0),
        ({"arrow": "create", "other": "x"}, 2),
    ],
)
def test_what_fits(library: Library, chosen: dict[str, str], count: int) -> None:
    assert len(ClaimFilters(library.catalogue, chosen).found) == count


@pytest.mark.parametrize("chosen", [{}, {"who": "michael-west"}, {"how": "recommends", "topic": "culture"}])
def test_a_count_is_what_the_choice_leaves(library: Library, chosen: dict[str, str]) -> None:
    offered = ClaimFilters(library.catalogue, chosen).offered()
    assert {each.name for each in offered} >= {"who", "how", "topic", "concept"}
    for each in offered:
        assert each.chosen == chosen.get(each.name)
        for choice in each.choices:
            left = ClaimFilters(library.catalogue, chosen | {each.name: choice.value}).found
            assert len(left) == choice.count > 0, (each.name, choice)


def test_what_is_chosen_stays_among_the_choices_with_none_left(library: Library) -> None:
    offered = ClaimFilters(library.catalogue, {"topic": "patients", "who": "delegate"}).offered()
    who = next(each for each in offered if each.name == "who")
    assert [(each.label, each.count) for each in who.choices if each.value == "delegate"] == [("A delegate", 0)]


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("who", "nobody-here", "person or organisation"),
        ("how", "shouts", "way of saying"),
        ("credit", "sure", "way of crediting"),
        ("topic", "weather", "topic"),
        ("concept", "zzz", "concept"),
        ("seminar", "other", "seminar"),
    ],
)
def test_unknown_names(library: Library, name: str, value: str, kind: str) -> None:
    with pytest.raises(UnknownName, match=f"no {kind} called"):
        ClaimFilters(library.catalogue, {name: value})
