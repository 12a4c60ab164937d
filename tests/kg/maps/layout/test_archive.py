"""Kept layouts: the packaged seminar's maps are there at once, and no fault of the cache is ever noticed."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg import cache_folder
from kg.graph.catalogue import Catalogue
from kg.graph.load import load
from kg.maps.claim_map import selected_map
from kg.maps.concept_map import ConceptMap, MapConcept, MapProposition
from kg.maps.drawing.geometry import Geometry
from kg.maps.layout import archive
from kg.maps.layout.archive import COMMAND, PACKAGED, draw, key_of, maps_of, packaged, rank
from kg.maps.layout.placement import layout
from kg.maps.selection import Selection


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "seminar-kg" / "layouts"


@pytest.fixture
def arranged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The seeds of the layouts that are worked out."""
    seeds: list[int] = []

    def counted(concept_map: ConceptMap, page: str, seed: int) -> Geometry:
        seeds.append(seed)
        return layout(concept_map, page, seed)

    monkeypatch.setattr(archive, "layout", counted)
    return seeds


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(load())


def a_map(base: str | None = "", *, phrase: str = "create", credit: str = "a delegate") -> ConceptMap:
    made = ConceptMap("Who leads?", "Two concepts.", "A seminar, 2014", [("people", "People")])
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
    first = draw(a_map("/one")).geometry
    assert first == layout(a_map("/one"))
    assert draw(a_map("/one")).geometry == first
    assert draw(a_map("/two")).geometry == layout(a_map("/two")), "the addresses are the map's own"
    assert draw(a_map(None)).geometry == layout(a_map(None))
    assert arranged == [1]
    assert [file.suffix for file in cache.iterdir()] == [".json"]


def test_what_the_layout_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {key_of(a_map(), page, seed) for page in ("16:9", "a4") for seed in (1, 2)}
    names |= {key_of(a_map(phrase="make")), key_of(a_map(credit="Michael West"))}
    monkeypatch.setattr(archive, "LAYOUT_VERSION", archive.LAYOUT_VERSION + 1)
    names.add(key_of(a_map()))
    assert len(names) == 7


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"geometry": {}}',
        b'{"geometry": 7}',
        b'{"geometry"',
        b"[" * 100_000,
        archive.as_json(layout(a_map(phrase="make")), 1),
        archive.as_json(layout(ConceptMap()), 1),
    ],
)
def test_a_damaged_file_is_replaced(content: bytes, cache: Path, arranged: list[int]) -> None:
    cache.mkdir(parents=True)
    file = cache / f"{key_of(a_map())}.json"
    file.write_bytes(content)
    assert draw(a_map()).geometry == layout(a_map())
    assert draw(a_map()).geometry == layout(a_map())
    assert arranged == [1]
    assert file.read_bytes() == archive.as_json(layout(a_map()), 1)


def test_a_cache_that_cannot_be_written_does_no_harm(cache: Path, arranged: list[int]) -> None:
    cache.parent.mkdir()
    cache.write_text("a file where the folder should be")
    assert draw(a_map()).geometry == draw(a_map()).geometry
    assert arranged == [1, 1]


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch, arranged: list[int]) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    assert cache_folder.cache_folder("layouts") is None
    assert draw(a_map()).geometry == layout(a_map())
    assert arranged == [1]


@pytest.mark.skipif(sys.platform == "win32", reason="the XDG specification is not for Windows")
def test_a_relative_cache_folder_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert cache_folder.cache_folder("layouts") == Path.home() / ".cache" / "seminar-kg" / "layouts"


def test_words_of_visitors_are_not_written(cache: Path) -> None:
    draw(a_map(), keep=False)
    assert not cache.exists()


def test_the_oldest_layouts_make_room(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_CACHED", 2)
    for seed in (1, 2, 3, 4):
        draw(a_map(), seed=seed)
    assert len(list(cache.iterdir())) == 2


def test_the_layouts_of_the_packaged_seminar_are_packaged(catalogue: Catalogue) -> None:
    lacking = [each.title for each, _ in maps_of(catalogue) if key_of(each) not in packaged()]
    assert not lacking, f"the seminar or the layout has changed; run `{COMMAND}`, which adds: {lacking}"


def test_nothing_else_is_packaged(catalogue: Catalogue) -> None:
    maps = {key_of(each): each for each, _ in maps_of(catalogue)}
    assert packaged().keys() == maps.keys(), f"run `{COMMAND}`, which removes what nothing asks for"
    assert all(archive.found(each) for each in maps.values()), f"remove {PACKAGED} and run `{COMMAND}`"
    assert PACKAGED.stat().st_size < 2_000_000


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
    assert rank(crossed)[1] == 1
    assert rank(replace(geometry, propositions=(line,))) < rank(crossed)
