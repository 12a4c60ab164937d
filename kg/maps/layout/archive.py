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
from kg.maps.drawing.geometry import Geometry
from kg.maps.entry_points import focus_views
from kg.maps.handouts.parts import halves
from kg.maps.layout.arrangement import arrange
from kg.maps.layout.lines import turns
from kg.maps.layout.local_search import Arrangement
from kg.maps.layout.placement import Unplaced, measured
from kg.maps.layout.reading import missed
from kg.maps.layout.segments import crossed
from kg.maps.limits import HEADLINE, MOST_READABLE
from kg.maps.paper import HANDOUT, SIZES
from kg.maps.selection import FIRST_PAGE, Selection
from kg.whole_file import write_whole

COMMAND = "python -m kg.maps.layout.archive"
PACKAGED = Path(__file__).parent / "layouts.tsv"
"""The packaged arrangements, one a line: key, address of the map, and numbers as JSON."""

LAYOUT_VERSION = 6
"""To be raised when the same map would be laid out in another way, so that no old layout or arrangement is found."""

WHOLE_SEEDS, SEEDS = range(1, 13), range(1, 4)
LEGIBLE, MOST_TURN = 13.0, 25.0
"""The best of several seeds is taken, of more for the whole seminar, which is looked at most: the one with the fewest
crossings of those whose concepts have at least so many px, or else the largest."""


def draw(concept_map: ConceptMap, page: str = "16:9", seed: int = 1) -> Drawing:
    """Draw a map on a page, at once if it has been arranged before.

    What a map shares with its origin (`ConceptMap.origin`) keeps about its place, and exactly where it `stays`.

    Arguments:
        concept_map: what to draw.
        page: one of `kg.maps.paper.PAGES`.
        seed: another seed gives another arrangement. A packaged arrangement may be the best of several seeds.

    Raises:
        MapError: as `kg.maps.layout.placement.layout`.
    """
    return Drawing(concept_map, _arranged(concept_map, page, seed))


def found(concept_map: ConceptMap, page: str = "16:9", seed: int = 1) -> Drawing | None:
    """Return the drawing if its arrangement is packaged or in the cache folder, else None.

    Arranges nothing; raises as `draw`.
    """
    geometry = _found(concept_map, page, seed)
    return None if geometry is None else Drawing(concept_map, geometry)


def _arranged(concept_map: ConceptMap, page: str, seed: int) -> Geometry:
    unplaced, origin = measured(concept_map, page), _origin(concept_map)
    if origin is not None and concept_map.stays:
        kept_there = unplaced.kept(_arranged(origin, page, seed))
        if kept_there is not None:
            return kept_there
    return unplaced.placed(_arrangement(unplaced, origin, page, seed))


def _arrangement(unplaced: Unplaced, origin: ConceptMap | None, page: str, seed: int) -> Arrangement:
    key = _key(unplaced, origin, page, seed)
    arrangement = _kept(key)
    if arrangement is None:
        begin = None
        if origin is not None:
            before = measured(origin, page)
            earlier = _arrangement(before, _origin(origin), page, seed)
            begin = unplaced.start(before, earlier)
        arrangement = unplaced.arranged(seed, begin)
        keep("layouts", key, as_json(arrangement))
    return arrangement


def _found(concept_map: ConceptMap, page: str, seed: int) -> Geometry | None:
    unplaced, origin = measured(concept_map, page), _origin(concept_map)
    if origin is not None and concept_map.stays:
        before = _found(origin, page, seed)
        if before is None:
            return None
        kept_there = unplaced.kept(before)
        if kept_there is not None:
            return kept_there
    arrangement = _kept(_key(unplaced, origin, page, seed))
    return None if arrangement is None else unplaced.placed(arrangement)


def _kept(key: str) -> Arrangement | None:
    stored = packaged().get(key)
    return _read(stored.encode()) if stored is not None else kept("layouts", key, _read)


def _read(content: bytes) -> Arrangement:
    x, y, shape, precision = json.loads(content)
    return Arrangement(np.array([x, y], precision), shape)


def as_json(arrangement: Arrangement) -> bytes:
    """Return an arrangement as it is stored: numbers alone."""
    x, y = (
        [int(each) if each == int(each) else each for each in values.tolist()]
        for values in (arrangement.x, arrangement.y)
    )
    return json.dumps([x, y, arrangement.shape, arrangement.x.dtype.str], separators=(",", ":")).encode()


def key_of(concept_map: ConceptMap, page: str = "16:9", seed: int = 1) -> str:
    """Return what an arrangement is looked up by: a hash of all that it depends on, which has no words in it."""
    return _key(measured(concept_map, page), _origin(concept_map), page, seed)


def _key(unplaced: Unplaced, origin: ConceptMap | None, page: str, seed: int) -> str:
    boxes = unplaced.boxes
    ends = boxes.source.tolist(), boxes.target.tolist(), boxes.down.tolist()
    depends_on = [LAYOUT_VERSION, seed, unplaced.least, boxes.shapes, ends, boxes.focus, boxes.order, boxes.mates]
    if origin is not None:
        before = measured(origin, page)
        depends_on += [_key(before, _origin(origin), page, seed), unplaced.shared(before)]
    return hash_of(json.dumps(depends_on))


def _origin(concept_map: ConceptMap) -> ConceptMap | None:
    """Return the map that a map is a part of or grew from, made for the purpose; None where there is none."""
    return concept_map.origin() if concept_map.origin else None


@cache
def packaged() -> dict[str, str]:
    """Return the packaged arrangements as they are stored, by their keys."""
    lines = PACKAGED.read_text(encoding="utf-8").splitlines() if PACKAGED.exists() else []
    return {key: stored for key, _, stored in (line.split("\t") for line in lines)}


def maps_of(catalogue: Catalogue) -> Iterator[tuple[ConceptMap, str, range]]:
    """The maps whose layouts are packaged, each with its page and the seeds to try.

    They are those of the whole seminar, of its topics, of each topic, of each concept with what is one step away, of
    the focus views, and of the speakers; the concepts that matter most, as home shows them; and on paper the whole and
    the pages of its handout that have a topic.
    """
    choices = [(Selection(), WHOLE_SEEDS), (Selection(overview=True), SEEDS)]
    choices += [(Selection(theme=theme.slug), SEEDS) for theme in catalogue.themes()]
    choices += [(Selection(focus=concept.slug), SEEDS) for concept in catalogue.concepts()]
    for view in focus_views(catalogue, most=len(catalogue.concepts())):
        choices.append((Selection(focus=view.concept.slug, depth=view.depth, most=view.most), SEEDS))
    choices += [(Selection(speaker=agent.slug), SEEDS) for agent in catalogue.agents()]
    for selection, seeds in choices:
        with suppress(MapError):
            yield selected_map(catalogue, selection, ""), FIRST_PAGE, seeds
    with suppress(MapError):
        yield selected_map(catalogue, Selection(most=HEADLINE, page="square"), ""), "square", SEEDS
    with suppress(MapError):
        yield selected_map(catalogue, Selection(page=SIZES[HANDOUT]), ""), SIZES[HANDOUT], SEEDS
    for theme in catalogue.themes():
        with suppress(MapError):
            of_topic = selected_map(catalogue, Selection(theme=theme.slug), "")
            for part in [of_topic] if len(of_topic) <= MOST_READABLE else halves(of_topic):
                yield part, SIZES[HANDOUT], SEEDS


def write(catalogue: Catalogue) -> tuple[int, int, int]:
    """Bring the packaged arrangements up to date; return how many were left as they are, added and removed."""
    before = packaged()
    wanted: dict[str, tuple[ConceptMap, str, range]] = {}
    for concept_map, page, seeds in maps_of(catalogue):
        wanted.setdefault(key_of(concept_map, page), (concept_map, page, seeds))
    stored = {key: before[key] for key in wanted if key in before}
    with ProcessPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        # Those that begin afresh first, since others begin from them.
        for afresh in (True, False):
            tries = {}
            for key, (concept_map, page, seeds) in wanted.items():
                if key not in before and (concept_map.origin is None) is afresh:
                    unplaced = measured(concept_map, page)
                    begin = None if concept_map.origin is None else _begin(unplaced, concept_map.origin(), stored)
                    boxes, least = unplaced.boxes, unplaced.least
                    tries[key] = unplaced, [pool.submit(arrange, boxes, least, seed, begin) for seed in seeds]
            for key, (unplaced, futures) in tries.items():
                found_there = [future.result() for future in futures]
                best = min(found_there, key=lambda each: rank(unplaced.placed(each)))
                stored[key] = as_json(best).decode()
    lines = [f"{key}\t{concept_map.address}\t{stored[key]}\n" for key, (concept_map, *_) in wanted.items()]
    write_whole(PACKAGED, "".join(lines).encode())
    added = len(wanted.keys() - before.keys())
    return len(wanted) - added, added, len(before.keys() - wanted.keys())


def _begin(unplaced: Unplaced, origin: ConceptMap, stored: dict[str, str]) -> Arrangement:
    """Where the boxes of a map were on its origin, which begins afresh and may be packaged too."""
    before, there = measured(origin), stored.get(key_of(origin))
    return unplaced.start(before, _read(there.encode()) if there else before.arranged(1))


def rank(geometry: Geometry) -> tuple[float, float, float, float]:
    """How good a layout is, the least first: what words lack to be read, crossings and direction, size, lines.

    Three arrows that do not read on count as a crossing, and so do two lines that turn.
    """
    turned = sum(float(turns(np.array([p.path]))[0]) > MOST_TURN for p in geometry.propositions if len(p.path) == 3)
    lines = [(np.array(p.path[:-1]).T, np.diff(p.path, axis=0).T) for p in geometry.propositions]
    crossings = sum(
        bool(crossed(*a[:, :, None], *along_a[:, :, None], *b, *along_b).any())
        for (a, along_a), (b, along_b) in combinations(lines, 2)
    )
    length = sum(float(np.abs(along).sum()) for _, along in lines)
    size = min((c.box.font_size for c in geometry.concepts), default=LEGIBLE)
    return max(LEGIBLE - size, 0.0), crossings + round(backward(geometry) / 3 + turned / 2, 2), -size, length


def backward(geometry: Geometry) -> int:
    """How many arrows of a drawing do not read on."""
    boxes = {c.id: c.box for c in geometry.concepts}
    ends = [
        (boxes[p.target], boxes[p.source]) if p.status == "broader" else (boxes[p.source], boxes[p.target])
        for p in geometry.propositions
    ]
    steps = np.array([(b.middle[0] - a.middle[0], b.middle[1] - a.middle[1]) for a, b in ends]).reshape(-1, 2)
    half = np.array([min(a.height, b.height) / 2 for a, b in ends])
    return int((missed(steps[:, 0], steps[:, 1], half) > 0).sum())


if __name__ == "__main__":
    left, added, removed = write(Catalogue(load()))
    print(f"{PACKAGED}: {added} layouts added, {left} left as they are, {removed} removed")
