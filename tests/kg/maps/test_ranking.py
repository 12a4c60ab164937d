"""Degree of interest, the overview by topic, and the ways into a large map."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.library import Library, open_any
from kg.maps.claim_map import selected_links
from kg.maps.concept_map import MapError
from kg.maps.entry_points import FAR
from kg.maps.links import lists_of
from kg.maps.ranking import highest_ranked, importance, ranked
from kg.maps.selection import Selection

FIXTURES = Path(__file__).parents[2] / "fixtures"


class Made:
    """An arrow between two concepts that so many claims make."""

    numbers = itertools.count()

    def __init__(self, source: str, target: str, claims: int = 1):
        self.ends = source, target
        self.claims = tuple(type("Claim", (), {"slug": f"claim-{next(self.numbers)}"})() for _ in range(claims))


#: hub -7- near -1- far -3- farther; alone -1- lonely
ARROWS: Any = [Made("hub", "near", 7), Made("far", "near", 1), Made("far", "farther", 3), Made("alone", "lonely", 1)]


def test_importance_grows_with_the_logarithm_of_the_claims() -> None:
    assert importance(ARROWS) == {
        "hub": 3.0,
        "near": pytest.approx(3.169925),
        "far": pytest.approx(2.321928),
        "farther": 2.0,
        "alone": 1.0,
        "lonely": 1.0,
    }


@pytest.mark.parametrize(
    ("focus", "order"),
    [
        (None, ["near", "hub", "far", "farther", "alone", "lonely"]),
        ("farther", ["farther", "far", "near", "hub", "alone", "lonely"]),
        ("hub", ["hub", "near", "far", "farther", "alone", "lonely"]),
        # A step away with many claims before the focus itself with few: Furnas weighs one against the other.
        ("lonely", ["lonely", "alone", "near", "hub", "far", "farther"]),
    ],
)
def test_interest_is_importance_less_distance(focus: str | None, order: list[str]) -> None:
    assert ranked(ARROWS, [focus] if focus else []) == order


@pytest.mark.parametrize(
    ("most", "focus", "kept"),
    [
        (2, None, {"near", "hub"}),
        (5, None, {"near", "hub", "far", "farther"}),
        (2, "farther", {"farther", "far"}),
        (3, "farther", {"farther", "far", "near"}),
        (9, "farther", {"farther", "far", "near", "hub"}),
        (9, None, {"near", "hub", "far", "farther", "alone", "lonely"}),
    ],
)
def test_what_is_kept_hangs_together_with_its_focus(most: int, focus: str | None, kept: set[str]) -> None:
    assert highest_ranked(ARROWS, most, [focus] if focus else []) == kept


def test_a_large_map_can_be_cut_to_what_matters(library: Library) -> None:
    whole, cut = library.concept_map(base_url=""), library.concept_map(most=25, base_url="")
    assert len(whole) > 25 >= len(cut) > 15
    assert cut.address == "/map?most=25"
    assert {c.id for c in cut.concepts} < {c.id for c in whole.concepts}
    assert "leaders" in cut


def test_a_limit_that_cuts_nothing_is_not_part_of_the_address(library: Library) -> None:
    assert library.concept_map(focus="culture", most=25, base_url="").address == "/map?focus=culture"


@pytest.mark.parametrize("most", [1, 0, -3])
def test_a_map_keeps_two_concepts_at_least(library: Library, most: int) -> None:
    with pytest.raises(MapError, match=f"at least 2 concepts, not {most}"):
        library.concept_map(most=most)


def test_the_overview_counts_every_claim_between_topics(library: Library) -> None:
    overview = library.concept_map(overview=True, base_url="")
    assert [c.id for c in overview.concepts] == [topic.theme.slug for topic in library.topics()]
    themes = {concept.slug: concept.theme for concept in library.catalogue.concepts()}
    expected: dict[tuple[str | None, str | None], set[str]] = {}
    for arrow in selected_links(library.catalogue, Selection()):
        source, target = (themes[end] for end in arrow.ends)
        if source != target:
            expected.setdefault((source, target), set()).update(claim.text for claim in arrow.claims)
    assert {(p.source, p.target): {c.text for c in p.claims} for p in overview.propositions} == expected
    assert all(p.words.split()[0] == str(len(p.claims)) for p in overview.propositions)
    assert overview.concept("culture").href == "/map?theme=culture"
    assert overview.concept("culture").label.startswith("Culture: the right culture, ")


def test_an_overview_is_of_everything(library: Library) -> None:
    with pytest.raises(MapError, match="An overview is of all claims"):
        library.concept_map(overview=True, focus="culture")


def test_topics_have_every_concept_of_the_map_once(library: Library) -> None:
    topics = library.topics()
    listed = [slug for topic in topics for slug in topic.concepts]
    drawn = {end for arrow in selected_links(library.catalogue, Selection()) for end in arrow.ends}
    assert len(listed) == len(set(listed))
    assert set(listed) == {slug for slug in drawn if library.catalogue.concept(slug).theme}
    assert all(topic.within + topic.between > 0 for topic in topics)


def test_focus_views_are_ranked_and_small_enough_to_read(library: Library) -> None:
    views = library.focus_views()
    assert [view.concept.slug for view in views[:2]] == ["leaders", "culture"]
    assert len(views) == 12
    for view in views:
        drawn = library.concept_map(focus=view.concept.slug, depth=FAR, most=view.most)
        assert len(drawn) == view.concepts <= 25
    near = library.focus_views("culture", 3)
    assert "culture" not in [view.concept.slug for view in near]
    assert near[0].concept.slug == "leaders"


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
