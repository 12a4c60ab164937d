"""Kept layouts: the packaged seminar's maps are there at once, and no fault of the cache is ever noticed."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kg.cache_folder import HEADER
from kg.graph.catalogue import Catalogue
from kg.graph.load import load
from kg.maps.claim_map import selected_map
from kg.maps.concept_map import ConceptMap, MapConcept, MapProposition
from kg.maps.drawing.geometry import Geometry
from kg.maps.layout import archive, placement
from kg.maps.layout.archive import COMMAND, PACKAGED, draw, key_of, maps_of, packaged, rank
from kg.maps.layout.boxes import Boxes
from kg.maps.layout.local_search import Arrangement
from kg.maps.layout.placement import layout
from kg.maps.selection import Selection


@pytest.fixture
def arranged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The seeds of the layouts that are worked out."""
    seeds: list[int] = []

    search = placement.arrange

    def counted(boxes: Boxes, room: tuple[float, float], seed: int, start: Arrangement | None) -> Arrangement:
        seeds.append(seed)
        return search(boxes, room, seed, start)

    monkeypatch.setattr(placement, "arrange", counted)
    return seeds


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(load())


def a_map(
    base: str | None = "", *, phrase: str = "create", credit: str = "a delegate", title: str = "Who leads?"
) -> ConceptMap:
    made = ConceptMap(title, "Two concepts.", "A seminar, 2014", [("people", "People")])
    made.add_concept(MapConcept("a", "Leaders", "people", base and f"{base}/a", "People who lead."))
    made.add_concept(MapConcept("b", "文化", None, base and f"{base}/b"))
    made.add_proposition(MapProposition("p1", "a", "b", phrase, "asserted", "criticises", credit, "Text.", base, 1))
    made.add_proposition(MapProposition("p2", "b", "a", "does not need", "denied"))
    return made


@pytest.mark.parametrize("concept_map", [a_map("/x"), a_map(None), ConceptMap()])
def test_a_geometry_is_read_as_it_was_written(concept_map: ConceptMap) -> None:
    geometry = layout(concept_map)
    assert Geometry.from_dict(geometry.to_dict()) == geometry
    assert Geometry.from_dict(json.loads(json.dumps(geometry.to_dict()))) == geometry


@pytest.mark.parametrize("data", [{}, {"page": "16:9"}, {**layout(a_map()).to_dict(), "width": "x"}])
def test_what_is_no_geometry_is_refused(data: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Geometry.from_dict(data)


def test_a_layout_is_worked_out_once(cache: Path, arranged: list[int]) -> None:
    maps = [a_map("/one"), a_map("/one"), a_map("/two"), a_map(None), a_map(title="Who follows?")]
    drawn = [draw(each).geometry for each in maps]
    assert arranged == [1]
    assert drawn == [layout(each) for each in maps], "what an arrangement does not depend on is the map's own"
    assert len(list((cache / "layouts").iterdir())) == 1


def test_an_arrangement_is_of_one_map_page_and_seed(cache: Path, arranged: list[int]) -> None:
    long = "Who leads whom where, why and how, and what do those who follow them have to say to it, all told? " * 2
    changed = [a_map(title=long), a_map(phrase="make up"), a_map(credit="Michael West")]
    for concept_map, page, seed in [(a_map(), "16:9", 1), (a_map(), "16:9", 2), (a_map(), "a4", 1)] + [
        (each, "16:9", 1) for each in changed
    ]:
        assert draw(concept_map, page, seed).geometry == layout(concept_map, page, seed)
    assert len(list((cache / "layouts").iterdir())) == 4, "a title and a speaker change nothing"
    assert len(arranged) == 4 + 6, "and `layout` looks nothing up"


def test_what_the_layout_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {key_of(a_map(), page, seed) for page in ("16:9", "a4") for seed in (1, 2)}
    names |= {key_of(a_map(phrase="make")), key_of(a_map(credit="Michael West"))}  # who said it moves nothing
    monkeypatch.setattr(archive, "LAYOUT_VERSION", archive.LAYOUT_VERSION + 1)
    names.add(key_of(a_map()))
    assert len(names) == 6


def test_no_words_are_kept(cache: Path) -> None:
    draw(a_map())
    (file,) = (cache / "layouts").iterdir()
    assert not re.findall(rb"[A-Za-z]{3,}", file.read_bytes()[HEADER:])


def test_the_layouts_of_the_packaged_seminar_are_packaged(catalogue: Catalogue) -> None:
    lacking = [each.title for each, page, _ in maps_of(catalogue) if key_of(each, page) not in packaged()]
    assert not lacking, f"the seminar or the layout has changed; run `{COMMAND}`, which adds: {lacking}"


def test_nothing_else_is_packaged(catalogue: Catalogue) -> None:
    maps = {key_of(each, page): (each, page) for each, page, _ in maps_of(catalogue)}
    assert packaged().keys() == maps.keys(), f"run `{COMMAND}`, which removes what nothing asks for"
    assert all(archive.found(each, page) for each, page in maps.values()), f"remove {PACKAGED} and run `{COMMAND}`"
    assert PACKAGED.stat().st_size < 200_000


def test_the_whole_map_needs_no_work(catalogue: Catalogue, cache: Path, arranged: list[int]) -> None:
    for base in (None, "", "https://example.org"):
        whole = selected_map(catalogue, base_url=base)
        drawn = draw(whole).geometry
        assert [(c.id, c.href) for c in drawn.concepts] == [(c.id, c.href) for c in whole.concepts]
        found = [(p.id, p.text, p.href) for p in drawn.propositions]
        assert found == [(p.id, p.text, p.href) for p in whole.propositions]
        assert drawn.description == whole.description
    draw(selected_map(catalogue, Selection(theme=catalogue.themes()[0].slug), ""))
    assert arranged == []
    assert not cache.exists()


def test_fewer_crossings_rank_first() -> None:
    geometry = layout(a_map())
    line = geometry.propositions[0]
    one, other = (replace(line, path=((0.0, y), (9.0, 9.0 - y))) for y in (0.0, 9.0))
    crossed = replace(geometry, propositions=(one, other))
    assert int(rank(crossed)[1]) == 1
    assert rank(replace(geometry, propositions=(line,))) < rank(crossed)
