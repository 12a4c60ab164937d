"""The latest drawings and files of maps: arranging a large map takes seconds, and always gives the same drawing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from kg.english import maps as english
from kg.library import Library
from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.drawing import Drawing
from kg.maps.layout.archive import draw, found
from kg.maps.limits import MOST_CONCEPTS
from kg.maps.selection import FIRST_PAGE, Selection, SelectionError

SMALL = 20
"""Concepts of a map that is arranged at once; larger ones stand in a queue of their own."""

MOST_BYTES = 32_000_000
"""Room for files that took work to write; a large PNG takes about one million."""


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


class DrawingCache:
    """The latest drawings of one library, and the files written from them.

    Small and large maps wait in queues of their own, so that a concept's page never waits for the whole
    seminar, and only a few requests wait at all, so that the others still find a thread.
    """

    def __init__(self, library: Library, most: int = 256, waiting: int = 4):
        self._library, self._most = library, most
        self._drawings: OrderedDict[Hashable, Drawing] = OrderedDict()
        self._small, self._large = Queue(2 * waiting), Queue(waiting)
        self._files: OrderedDict[Hashable, bytes] = OrderedDict()
        self._writing = Queue(2 * waiting)

    def selected(self, selection: Selection) -> Drawing:
        """Return the drawing of the claims that a resolved selection chooses.

        Raises:
            UnknownName, AskError, MapError: as `Library.concept_map` and `kg.maps.layout.placement.layout`.
            SelectionError: it has more concepts than can be drawn.
            DrawingBusyError: too many requests wait for a drawing.
        """
        drawing = self._drawings.get(selection)
        if drawing is None:
            concept_map = self._library.concept_map(selection, base_url="")
            if len(concept_map) > MOST_CONCEPTS:
                narrower = ("theme", "speaker", "focus", "most")
                raise SelectionError(english.too_large(len(concept_map), MOST_CONCEPTS, "overview=1", narrower))
            drawing = found(concept_map, selection.page)
            # What visitors type is not written to a disk.
            keep = not (selection.question or selection.title)
            if drawing is None:
                return self._drawn(selection, concept_map, selection.page, keep)
            self._added(selection, drawing)
        return drawing

    def of(self, concept_map: ConceptMap, page: str = FIRST_PAGE) -> Drawing:
        """Return the drawing of a map that is there already; raises as `selected`, and writes nothing to a disk."""
        key = (page, concept_map.title, concept_map.source_line, concept_map.concepts, concept_map.propositions)
        return self._drawings.get(key) or self._drawn(key, concept_map, page, keep=False)

    def file(self, key: Hashable, write: Callable[[], bytes]) -> bytes:
        """Return what was written for this key before, or what `write` returns, one at a time.

        Raises:
            DrawingBusyError: too many requests wait for a file.
        """
        body = self._files.get(key)
        if body is None:
            with self._writing.turn():
                body = self._files.get(key)
                if body is None:
                    body = self._files[key] = write()
                    while sum(map(len, self._files.values())) > MOST_BYTES:
                        self._files.popitem(last=False)
        return body

    def _drawn(self, key: Hashable, concept_map: ConceptMap, page: str, keep: bool) -> Drawing:
        queue = self._small if len(concept_map) <= SMALL else self._large
        with queue.turn():
            return self._drawings.get(key) or self._added(key, draw(concept_map, page, keep=keep))

    def _added(self, key: Hashable, drawing: Drawing) -> Drawing:
        self._drawings[key] = drawing
        if len(self._drawings) > self._most:
            self._drawings.popitem(last=False)
        return drawing
