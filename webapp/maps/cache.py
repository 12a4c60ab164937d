"""Drawn maps, kept: arranging a large map takes seconds, and the same map is always the same drawing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Any

from kg.library import Library
from kg.maps.concept_map import MOST_CONCEPTS, ConceptMap, MapError
from kg.maps.drawing.geometry import Geometry
from kg.maps.layout.kept import known, laid_out
from kg.maps.overview import too_large

Drawing = tuple[ConceptMap, Geometry]

SMALL = 20
"""Concepts of a map that is arranged at once; larger ones stand in a queue of their own."""


MOST_BYTES = 32_000_000
"""Room for files that took work to write; a large PNG takes about one million."""


ANSWER_OPTIONS = ("hide", "title", "most")
"""What can be chosen of the map of an answer besides the page."""


class MapTooLargeError(MapError):
    """A map of more concepts than can be drawn; the message names the overview."""


class DrawingBusyError(RuntimeError):
    """So many maps are being waited for that another request must come back later."""


class Queue:
    """One at a time, since arranging is all work for the processor; `waiting` says how many may wait."""

    def __init__(self, waiting: int):
        self._turn = Lock()
        self._room = BoundedSemaphore(waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn; raises DrawingBusyError where too many wait already."""
        if not self._room.acquire(blocking=False):
            raise DrawingBusyError("Other maps are being drawn; please try again in a few seconds.")
        try:
            with self._turn:
                yield
        finally:
            self._room.release()


class Drawings:
    """The drawings of one library, the latest ones kept.

    Small and large maps wait in queues of their own, so that a concept's page never waits for the whole
    seminar, and only a few requests wait at all, so that the others still find a thread.
    """

    def __init__(self, source: Library, kept: int = 256, waiting: int = 4):
        self._source = source
        self._kept = kept
        self._known: OrderedDict[Any, Drawing] = OrderedDict()
        self._small, self._large = Queue(2 * waiting), Queue(waiting)
        self._files: OrderedDict[Any, bytes] = OrderedDict()
        self._writing = Queue(2 * waiting)

    def draw(self, page: str = "16:9", **options: Any) -> Drawing:
        """Return a map and its geometry.

        Arguments:
            page: the shape of the page, one of `kg.maps.drawing.frame.PAGES`.
            options: those of `Library.concept_map`; or `question`, for the map of the claims of its answer.

        Raises:
            UnknownName, AskError, MapError: as `Library.concept_map`, `Library.ask` and `kg.maps.layout.place`.
            MapTooLargeError: it has more concepts than can be drawn.
            DrawingBusyError: too many requests wait for a drawing.
        """
        key = (page, *sorted(options.items()))
        found = self._known.get(key)
        if found is None:
            concept_map = self._chosen(options, page)
            if len(concept_map) > MOST_CONCEPTS:
                raise MapTooLargeError(
                    too_large(len(concept_map), "overview=1", "theme", "speaker", "focus", "most")
                )
            geometry = known(concept_map, page)
            if geometry is not None:
                return self._kept_as(key, (concept_map, geometry))
            # What visitors type is not written to a disk.
            keep = not {"question", "title"} & set(options)
            queue = self._small if len(concept_map) <= SMALL else self._large
            with queue.turn():
                found = self._known.get(key) or self._kept_as(
                    key, (concept_map, laid_out(concept_map, page, keep=keep))
                )
        return found

    def place(self, concept_map: ConceptMap, page: str = "16:9") -> Drawing:
        """Return a map that is there already, with its geometry; raises as `draw`, and keeps nothing on a disk."""
        key = (page, concept_map.title, concept_map.source_line, concept_map.concepts, concept_map.propositions)
        found = self._known.get(key)
        if found is None:
            queue = self._small if len(concept_map) <= SMALL else self._large
            with queue.turn():
                found = self._known.get(key) or self._kept_as(
                    key, (concept_map, laid_out(concept_map, page, keep=False))
                )
        return found

    def written(self, key: Any, write: Callable[[], bytes]) -> bytes:
        """Return what was written for this key before, or what `write` returns, one at a time.

        Raises:
            DrawingBusyError: too many requests wait for a file.
        """
        found = self._files.get(key)
        if found is None:
            with self._writing.turn():
                found = self._files.get(key)
                if found is None:
                    found = self._files[key] = write()
                    while sum(map(len, self._files.values())) > MOST_BYTES:
                        self._files.popitem(last=False)
        return found

    def _chosen(self, options: dict[str, Any], page: str) -> ConceptMap:
        if "question" in options:
            others = {name: value for name, value in options.items() if name in ANSWER_OPTIONS}
            return self._source.answer_map(self._source.ask(options["question"]), base_url="", page=page, **others)
        return self._source.concept_map(**options, page=page, base_url="")

    def _kept_as(self, key: Any, drawing: Drawing) -> Drawing:
        self._known[key] = drawing
        if len(self._known) > self._kept:
            self._known.popitem(last=False)
        return drawing
