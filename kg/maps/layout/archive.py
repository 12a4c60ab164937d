"""Layouts that need no work: those of the packaged seminar, in one file, and arrangements in the user's cache folder.

Arranging a large map takes many seconds, so a layout is looked up by what it depends on before it is worked out. What
it does not depend on, such as the addresses that boxes link to, is put in from the map at hand. The cache folder has
numbers alone: where boxes of these sizes with these links stand. So the same map under another title is there at once
too, every process of a server finds what one of them has arranged, and no words that a visitor typed are written.

`python -m kg.maps.layout.archive` writes the packaged ones, to be run when the seminar or the layout changes: it leaves
those that are there as they are, adds those that are lacking and removes those that nothing asks for any more.
"""

import json
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np

from kg.cache_folder import keep, kept
from kg.cache_folder import key_of as hash_of
from kg.graph.catalogue import Catalogue
from kg.graph.load import load
from kg.maps.claim_map import selected_map
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.drawing.drawing import Drawing
from kg.maps.drawing.frame import themes_used
from kg.maps.drawing.geometry import Geometry
from kg.maps.entry_points import focus_views
from kg.maps.layout.local_search import Arrangement
from kg.maps.layout.placement import Unplaced, layout, measured
from kg.maps.layout.segments import crossed
from kg.maps.selection import Selection
from kg.maps.text import clean
from kg.whole_file import write_whole

COMMAND = "python -m kg.maps.layout.archive"
PACKAGED = Path(__file__).parent / "layouts.tsv"
"""The packaged layouts, one a line: key, address of the map, seed and geometry as JSON."""

LAYOUT_VERSION = 5
"""To be raised when the same map would be laid out in another way, so that no old layout or arrangement is found."""

WHOLE_SEEDS, TOPIC_SEEDS, ONE_SEED = range(1, 25), range(1, 4), range(1, 2)
LEGIBLE = 12.7
"""The whole seminar and its topics are looked at most, so the best of several seeds is taken: the one with the fewest
crossings of those whose concepts have at least so many px, or else the largest."""


def draw(concept_map: ConceptMap, page: str = "16:9", seed: int = 1) -> Drawing:
    """Draw a map on a page as `kg.maps.layout.placement.layout` places it, at once if that has been done before.

    Arguments:
        concept_map: what to draw.
        page: one of `kg.maps.paper.PAGES`.
        seed: another seed gives another arrangement. A packaged layout may be the best of several seeds; the file
            says which.

    Raises:
        MapError: as `kg.maps.layout.placement.layout`.
    """
    drawing = found(concept_map, page, seed)
    if drawing is None:
        unplaced = measured(concept_map, page)
        arrangement = unplaced.arranged(seed)
        keep("layouts", _arrangement_key(unplaced, seed), _arrangement_as_json(arrangement))
        drawing = Drawing(concept_map, unplaced.placed(arrangement))
    return drawing


def found(concept_map: ConceptMap, page: str = "16:9", seed: int = 1) -> Drawing | None:
    """Return the drawing if its layout is packaged or its arrangement in the cache folder, else None.

    Arranges nothing; raises as `draw`.
    """
    stored = packaged().get(key_of(concept_map, page, seed))
    if stored is not None:
        return Drawing.of(concept_map, Geometry.from_dict(json.loads(stored)["geometry"]))
    unplaced = measured(concept_map, page)

    def placed(content: bytes) -> Drawing:
        x, y, shape, precision = json.loads(content)
        arrangement = Arrangement(np.array(x, precision), np.array(y, precision), shape)
        return Drawing(concept_map, unplaced.placed(arrangement))

    return kept("layouts", _arrangement_key(unplaced, seed), placed)


def _arrangement_key(unplaced: Unplaced, seed: int) -> str:
    boxes = unplaced.boxes
    ends = boxes.source.tolist(), boxes.target.tolist(), boxes.down.tolist()
    return hash_of(json.dumps([LAYOUT_VERSION, seed, unplaced.least, boxes.shapes, ends]))


def _arrangement_as_json(arrangement: Arrangement) -> bytes:
    x, y = arrangement.x, arrangement.y
    return json.dumps([x.tolist(), y.tolist(), arrangement.shape, x.dtype.str]).encode()


def key_of(concept_map: ConceptMap, page: str = "16:9", seed: int = 1) -> str:
    """Return what a layout is looked up by: SHA-256 of all that it depends on."""
    number = {concept.id: i for i, concept in enumerate(concept_map.concepts)}
    depends_on = [
        LAYOUT_VERSION,
        page,
        seed,
        concept_map.title,
        concept_map.source_line,
        concept_map.notes,
        themes_used(concept_map),
        [(clean(c.label), c.theme, c.kind_of) for c in concept_map.concepts],
        [
            (number[p.source], number[p.target], p.words, p.number, p.status, p.stance, p.credits, p.tag)
            for p in concept_map.propositions
        ],
    ]
    return hash_of(json.dumps(depends_on))


def as_json(geometry: Geometry, seed: int) -> bytes:
    """Return a layout as it is stored: compact, with the seed it was arranged with, without what may change."""
    bare = replace(
        geometry,
        concepts=tuple(replace(c, href=None, definition=None) for c in geometry.concepts),
        propositions=tuple(replace(p, href=None, text=None) for p in geometry.propositions),
        description="",
    )
    stored = {"seed": seed, "geometry": bare.to_dict()}
    return (json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


@cache
def packaged() -> dict[str, str]:
    """Return the packaged layouts as they are stored, by their keys."""
    lines = PACKAGED.read_text(encoding="utf-8").splitlines(keepends=True) if PACKAGED.exists() else []
    return {key: stored for key, _, stored in (line.split("\t") for line in lines)}


def maps_of(catalogue: Catalogue) -> Iterator[tuple[ConceptMap, range]]:
    """The maps whose layouts are packaged, with the seeds to try.

    They are those of the whole seminar, of its topics, of each topic, of each concept with what is one step away, of
    the focus views, and of the speakers.
    """
    choices = [(Selection(), WHOLE_SEEDS), (Selection(overview=True), TOPIC_SEEDS)]
    choices += [(Selection(theme=theme.slug), TOPIC_SEEDS) for theme in catalogue.themes()]
    choices += [(Selection(focus=concept.slug), ONE_SEED) for concept in catalogue.concepts()]
    for view in focus_views(catalogue, most=len(catalogue.concepts())):
        choices.append((Selection(focus=view.concept.slug, depth=view.depth, most=view.most), ONE_SEED))
    choices += [(Selection(speaker=agent.slug), ONE_SEED) for agent in catalogue.agents()]
    for selection, seeds in choices:
        with suppress(MapError):
            yield selected_map(catalogue, selection, ""), seeds


def write(catalogue: Catalogue) -> tuple[int, int, int]:
    """Bring the packaged layouts up to date; return how many were left as they are, added and removed."""
    before = packaged()
    wanted: dict[str, tuple[ConceptMap, range]] = {}
    for concept_map, seeds in maps_of(catalogue):
        wanted.setdefault(key_of(concept_map), (concept_map, seeds))
    new = {key: each for key, each in wanted.items() if key not in before}
    stored = dict(before)
    with ProcessPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        tries = {
            key: [(seed, pool.submit(layout, each, "16:9", seed)) for seed in seeds]
            for key, (each, seeds) in new.items()
        }
        for key, futures in tries.items():
            best, seed = min(((future.result(), seed) for seed, future in futures), key=lambda each: rank(each[0]))
            stored[key] = as_json(best, seed).decode()
    lines = [f"{key}\t{concept_map.address}\t{stored[key]}" for key, (concept_map, _) in wanted.items()]
    write_whole(PACKAGED, "".join(lines).encode())
    return len(wanted) - len(new), len(new), len(before.keys() - wanted.keys())


def rank(geometry: Geometry) -> tuple[float, int, float, float]:
    """How good a layout is, the least first: what words lack to be read, crossings, the size of words, lines."""
    lines = [(np.array(p.path[:-1]).T, np.diff(p.path, axis=0).T) for p in geometry.propositions]
    crossings = sum(
        bool(crossed(*a[:, :, None], *along_a[:, :, None], *b, *along_b).any())
        for (a, along_a), (b, along_b) in combinations(lines, 2)
    )
    length = sum(float(np.abs(along).sum()) for _, along in lines)
    size = max((c.box.font_size for c in geometry.concepts), default=LEGIBLE)
    return max(LEGIBLE - size, 0.0), crossings, -size, length


if __name__ == "__main__":
    left, added, removed = write(Catalogue(load()))
    print(f"{PACKAGED}: {added} layouts added, {left} left as they are, {removed} removed")
