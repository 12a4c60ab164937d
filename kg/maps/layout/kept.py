"""Layouts, kept: arranging a large map takes many seconds, so no map is arranged twice.

A layout is looked up by what it depends on: first among those that come with the package (`layouts/*.json`,
written by `python -m kg.maps.layout.ship`), then in the user's cache folder. What it does not depend on, such as the
addresses that boxes link to, is put in from the map at hand.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from kg import cache
from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.frame import frame, themes_used
from kg.maps.drawing.geometry import Geometry
from kg.maps.layout.place import layout
from kg.maps.text import clean

LAYOUT_VERSION = 4
"""To be raised when the same map would be laid out in another way, so that no old layout is found."""

MOST_CACHED = 500
"""Layouts in the cache folder; the oldest make room for new ones. One takes some 5 to 50 kB."""


def laid_out(concept_map: ConceptMap, page: str = "16:9", seed: int = 1, *, keep: bool = True) -> Geometry:
    """Place the map on a page as `kg.maps.layout.place.layout` does, at once if it has been done before.

    Arguments:
        concept_map: what to draw.
        page: one of `kg.maps.drawing.frame.PAGES`.
        seed: another seed gives another arrangement. A layout that comes with the package may be the best of
            several seeds; its file says which.
        keep: whether a new layout goes to the cache folder; False for maps with words that a visitor typed.

    Raises:
        MapError: as `kg.maps.layout.place.layout`.
    """
    found = known(concept_map, page, seed)
    if found is None:
        found = layout(concept_map, page, seed)
        if keep:
            cache.keep("layouts", file_name(concept_map, page, seed), as_json(found, seed), MOST_CACHED)
    return found


def known(concept_map: ConceptMap, page: str = "16:9", seed: int = 1) -> Geometry | None:
    """The layout if it comes with the package or is in the cache folder, else None. Arranges nothing."""
    name = file_name(concept_map, page, seed)
    for folder in _folders():
        found = _read(folder.joinpath(name), concept_map)
        if found is not None:
            return found
    return None


def is_shipped(concept_map: ConceptMap, page: str = "16:9", seed: int = 1) -> bool:
    """Whether the layout comes with the package."""
    return _read(shipped_folder().joinpath(file_name(concept_map, page, seed)), concept_map) is not None


def file_name(concept_map: ConceptMap, page: str = "16:9", seed: int = 1) -> str:
    """The name of the layout's file: SHA-256 of all that the layout depends on."""
    number = {concept.id: i for i, concept in enumerate(concept_map.concepts)}
    depends_on = [
        LAYOUT_VERSION,
        page,
        seed,
        concept_map.title,
        concept_map.source_line,
        themes_used(concept_map),
        [(clean(c.label), c.theme) for c in concept_map.concepts],
        [
            (number[p.source], number[p.target], p.words, p.number, p.status, p.stance, p.credit)
            for p in concept_map.propositions
        ],
    ]
    return hashlib.sha256(json.dumps(depends_on).encode()).hexdigest()[:32] + ".json"


def as_json(geometry: Geometry, seed: int) -> bytes:
    """The layout as it is kept: compact, with the seed that it was arranged with, without what may change."""
    bare = replace(
        geometry,
        concepts=tuple(replace(c, href=None, definition=None) for c in geometry.concepts),
        propositions=tuple(replace(p, href=None, text=None) for p in geometry.propositions),
        description="",
    )
    kept = {"seed": seed, "geometry": bare.to_dict()}
    return (json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def shipped_folder() -> Traversable:
    """Where the layouts that come with the package are."""
    return files(__package__).joinpath("layouts")


def _folders() -> Iterator[Traversable]:
    yield shipped_folder()
    cached = cache.cache_folder("layouts")
    if cached is not None:
        yield cached


def _read(file: Traversable, concept_map: ConceptMap) -> Geometry | None:
    """The layout in a file, for this map; None where there is no such file or it is damaged."""
    try:
        geometry = Geometry.from_dict(json.loads(file.read_bytes())["geometry"])
        return filled(geometry, concept_map)
    except (OSError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None


def filled(geometry: Geometry, concept_map: ConceptMap) -> Geometry:
    """The layout with the map's ids, addresses and texts, which places do not depend on.

    Raises:
        ValueError: the layout is of another map.
    """
    concepts: list[Any] = []
    for c, placed in zip(concept_map.concepts, geometry.concepts, strict=True):
        if placed.label != clean(c.label):
            raise ValueError(f"{placed.label!r} stands where {c.label!r} should")
        concepts.append(replace(placed, id=c.id, href=c.href, definition=c.definition))
    propositions: list[Any] = []
    for p, line in zip(concept_map.propositions, geometry.propositions, strict=True):
        if line.phrase != clean(p.phrase):
            raise ValueError(f"{line.phrase!r} stands where {p.phrase!r} should")
        propositions.append(replace(line, id=p.id, source=p.source, target=p.target, text=p.text, href=p.href))
    return replace(
        geometry,
        concepts=tuple(concepts),
        propositions=tuple(propositions),
        source_line=frame(concept_map, geometry.page).source_line,
        description=concept_map.description,
    )
