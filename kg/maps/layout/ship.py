"""Write the layouts that come with the package: `python -m kg.maps.layout.ship`, to be run when the seminar changes.

Layouts that are there already stay; those that nothing asks for any more are removed.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import combinations
from pathlib import Path

from kg.graph.catalogue import Catalogue
from kg.graph.load import load
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.drawing.geometry import Geometry, Point
from kg.maps.layout.kept import as_json, file_name, is_shipped
from kg.maps.layout.place import layout
from kg.maps.selection import Selection, draw
from kg.maps.ways import focus_views

COMMAND = "python -m kg.maps.layout.ship"
FOLDER = Path(__file__).parent / "layouts"
WHOLE_SEEDS, TOPIC_SEEDS, ONE_SEED = range(1, 25), range(1, 4), range(1, 2)
LEGIBLE = 12.7
"""The whole seminar and its topics are looked at most, so the best of several seeds is taken: the one with the fewest
crossings of those whose concepts have at least so many px, or else the largest."""


def overviews(catalogue: Catalogue) -> Iterator[tuple[ConceptMap, range]]:
    """The maps of the whole seminar, of its topics and of each topic, with the seeds to try."""
    yield draw(catalogue), WHOLE_SEEDS
    with suppress(MapError):
        yield draw(catalogue, Selection(overview=True)), TOPIC_SEEDS
    for theme in catalogue.themes():
        with suppress(MapError):
            yield draw(catalogue, Selection(theme=theme.slug)), TOPIC_SEEDS


def parts(catalogue: Catalogue) -> Iterator[tuple[ConceptMap, range]]:
    """The maps of each concept with what is one step away, of focus views and speakers, with the one seed to try."""
    choices = [Selection(focus=concept.slug) for concept in catalogue.concepts()]
    for view in focus_views(catalogue, most=len(catalogue.concepts())):
        choices.append(Selection(focus=view.concept.slug, depth=view.depth, most=view.most))
    choices += [Selection(speaker=agent.slug) for agent in catalogue.agents()]
    for choice in choices:
        with suppress(MapError):
            yield draw(catalogue, choice), ONE_SEED


def ship(catalogue: Catalogue) -> tuple[int, int, int]:
    """Bring the shipped layouts up to date; return how many were kept, written and removed."""
    FOLDER.mkdir(exist_ok=True)
    wanted: dict[str, tuple[ConceptMap, range]] = {}
    for each, seeds in (*overviews(catalogue), *parts(catalogue)):
        wanted.setdefault(file_name(each), (each, seeds))
    new = {name: (each, seeds) for name, (each, seeds) in wanted.items() if not is_shipped(each)}
    with ProcessPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        tries = {
            name: [(seed, pool.submit(layout, each, "16:9", seed)) for seed in seeds]
            for name, (each, seeds) in new.items()
        }
        for name, futures in tries.items():
            drawings = [(future.result(), seed) for seed, future in futures]
            best, seed = min(drawings, key=lambda drawing: rank(drawing[0]))
            (FOLDER / name).write_bytes(as_json(best, seed))
    stale = [file for file in FOLDER.glob("*.json") if file.name not in wanted]
    for file in stale:
        file.unlink()
    return len(wanted) - len(new), len(new), len(stale)


def rank(geometry: Geometry) -> tuple[float, int, float, float]:
    """How good a drawing is, the least first: what words lack to be read, crossings, the size of words, lines."""
    lines = [list(zip(p.path, p.path[1:], strict=False)) for p in geometry.propositions]
    crossings = sum(any(_cross(*s, *t) for s in one for t in other) for one, other in combinations(lines, 2))
    length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for line in lines for a, b in line)
    size = max((c.box.font_size for c in geometry.concepts), default=LEGIBLE)
    return max(LEGIBLE - size, 0.0), crossings, -size, length


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


if __name__ == "__main__":
    kept, written, removed = ship(Catalogue(load()))
    print(f"{FOLDER}: {written} layouts written, {kept} kept, {removed} removed")
