"""Maps that stay put: a title moves nothing, hiding leaves the rest where it is, more grows around what was there."""

from pathlib import Path

import pytest

from kg.graph.catalogue import Catalogue
from kg.graph.load import load
from kg.maps.claim_map import map_of_claims, selected_map
from kg.maps.drawing.geometry import Geometry
from kg.maps.layout.archive import draw, found, key_of
from kg.maps.origin import origin_of
from kg.maps.selection import Selection

LONG = (
    "Who or what makes a culture, and what is it that a culture makes of those who are in it, or so it was said? " * 3
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(load())


def places(geometry: Geometry) -> dict[str, object]:
    boxes: dict[str, object] = {c.id: (c.box.lines, c.box.x, c.box.y, c.box.font_size) for c in geometry.concepts}
    lines = {(p.source, p.target, p.phrase, p.status): (p.label.x, p.label.y, p.path) for p in geometry.propositions}
    return boxes | {str(name): place for name, place in lines.items()}


@pytest.mark.parametrize("title", ["Another title", LONG[:200], "Что?"])
def test_a_title_moves_nothing(catalogue: Catalogue, title: str) -> None:
    usual, other = (selected_map(catalogue, Selection(focus="leadership-strategy", title=t)) for t in (None, title))
    assert key_of(usual) == key_of(other)
    assert places(draw(usual).geometry) == places(draw(other).geometry)


def test_a_source_line_and_colours_move_nothing(catalogue: Catalogue) -> None:
    usual, other = (selected_map(catalogue, Selection(focus="culture")) for _ in range(2))
    other.source_line, other.themes = "A seminar", other.themes[::-1]
    assert places(draw(usual).geometry) == places(draw(other).geometry)


def test_what_is_hidden_leaves_the_rest_where_it_is(catalogue: Catalogue, cache: Path) -> None:
    whole = draw(selected_map(catalogue, Selection(focus="staff"))).geometry
    hidden = next(c.id for c in whole.concepts if c.id != "staff")
    part = draw(selected_map(catalogue, Selection(focus="staff", hide=(hidden,)))).geometry
    assert len(part.concepts) < len(whole.concepts)
    assert places(part).items() <= places(whole).items()


def test_what_is_hidden_of_an_answer_leaves_the_rest_where_it_is(catalogue: Catalogue, cache: Path) -> None:
    claims = catalogue.claims()[:6]
    whole = draw(map_of_claims(catalogue, claims, Selection(question="What?"))).geometry
    hidden = whole.concepts[-1].id
    part = draw(map_of_claims(catalogue, claims, Selection(question="What?", hide=(hidden,)))).geometry
    assert hidden not in {c.id for c in part.concepts}
    assert places(part).items() <= places(whole).items()


def test_more_steps_grow_around_what_was_there(catalogue: Catalogue, cache: Path) -> None:
    near, far = (draw(selected_map(catalogue, Selection(focus="culture", depth=n))).geometry for n in (1, 2))
    one, two = ({c.id: c.box.middle for c in each.concepts} for each in (near, far))
    shared = sorted(one.keys() & two.keys())
    assert len(shared) == len(one) < len(two)
    pairs = [(a, b) for a in shared for b in shared if a < b]

    def same(axis: int) -> int:
        return sum((one[a][axis] - one[b][axis]) * (two[a][axis] - two[b][axis]) > 0 for a, b in pairs)

    assert same(0) + same(1) >= 1.5 * len(pairs), "most things stand on the same side of one another"


def test_a_map_is_found_only_when_that_it_stays_on_is(catalogue: Catalogue, cache: Path) -> None:
    hidden = selected_map(catalogue, Selection(focus="staff", page="a4", hide=("respect-and-dignity",)))
    assert found(hidden, "a4") is None
    drawn = draw(hidden, "a4")
    again = found(hidden, "a4")
    assert again is not None
    assert again.geometry == drawn.geometry


@pytest.mark.parametrize(
    ("selection", "origin"),
    [
        (Selection(), None),
        (Selection(focus="a"), None),
        (Selection(stance="criticises"), None),
        (Selection(hide=("a",)), Selection()),
        (Selection(focus="a", depth=3), Selection(focus="a", depth=2)),
        (Selection(focus="a", depth=2, stance="criticises"), Selection(focus="a", depth=2)),
        (Selection(focus="a", theme="t", hide=("b",)), Selection(focus="a", theme="t")),
    ],
)
def test_origins(selection: Selection, origin: Selection | None) -> None:
    assert origin_of(selection) == origin
