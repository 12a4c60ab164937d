"""The latest drawings and files of maps: arranging a large map takes seconds, and always gives the same drawing."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from kg.english.telling import maps as english
from kg.library import Library
from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.drawing import Drawing
from kg.maps.layout.archive import draw, found
from kg.maps.limits import MOST_CONCEPTS
from kg.maps.selection import FIRST_PAGE, Selection, SelectionError
from webapp.lru_cache import LruCache
from webapp.threads import DRAWING, Queue

SMALL = 20
"""Concepts of a map that is arranged at once; larger ones stand in a queue of their own."""

WAITING: Final = (3, 2, 3, DRAWING - 8)
"""Threads that may hold or wait for a turn: to arrange a small map, a large one, to write a file, and to choose what is
on a map and look whether it has been arranged, which takes some hundredths of a second, of a large map one."""

MOST_BYTES = 32_000_000
"""Room for drawings, and for files that took work to write; a large PNG takes about one million."""
BYTES_A_MARK = 3_000
"""Bytes of memory that a concept or a proposition of a drawing takes, measured."""


BUSY: Final = "Other maps are being drawn; please try again in a few seconds."


class DrawingCache:
    """The latest drawings of one library, and the files written from them.

    Small and large maps wait in queues of their own, so that a concept's page never waits for the whole
    seminar, and only a few requests wait at all, so that the others still find a thread.
    """

    def __init__(self, library: Library, room: int = MOST_BYTES):
        self._library = library
        self._drawings: LruCache[Drawing] = LruCache(room, room)
        self._small, self._large, self._writing, self._choosing = (Queue(each, BUSY) for each in WAITING)
        self._files: LruCache[bytes] = LruCache(room, room)

    def selected(self, selection: Selection) -> Drawing:
        """Return the drawing of the claims that a resolved selection chooses.

        Raises:
            UnknownName, AskError, MapError: as `Library.concept_map` and `kg.maps.layout.placement.layout`.
            SelectionError: it has more concepts than can be drawn.
            NoThreadError: too many requests wait for a drawing.
        """
        drawing = self._drawings.get(selection)
        if drawing is None:
            with self._choosing.turn():
                concept_map = self._library.concept_map(selection, base_url="")
                if len(concept_map) > MOST_CONCEPTS:
                    narrower = ("theme", "speaker", "focus", "most")
                    raise SelectionError(english.too_large(len(concept_map), MOST_CONCEPTS, "overview=1", narrower))
                drawing = found(concept_map, selection.page)
            drawing = self._made(selection, concept_map, selection.page, drawing)
        return drawing

    def of(self, concept_map: ConceptMap, page: str = FIRST_PAGE) -> Drawing:
        """Return the drawing of a map that is there already; raises as `selected`."""
        key = (page, concept_map.title, concept_map.source_line, concept_map.concepts, concept_map.propositions)
        drawing = self._drawings.get(key)
        if drawing is None:
            with self._choosing.turn():
                drawing = found(concept_map, page)
            drawing = self._made(key, concept_map, page, drawing)
        return drawing

    def file(self, key: Hashable, write: Callable[[], bytes], arranges: bool = False) -> bytes:
        """Return what was written for this key before, or what `write` returns, one at a time.

        Arguments:
            key: what the file is looked up by.
            write: writes it.
            arranges: whether `write` arranges maps too, and so waits with those that do.

        Raises:
            NoThreadError: too many requests wait for a file.
        """
        body = self._files.get(key)
        if body is None:
            with (self._large if arranges else self._writing).turn():
                body = self._files.get(key)
                if body is None:
                    body = write()
                    self._files.put(key, body, len(body))
        return body

    def _made(self, key: Hashable, concept_map: ConceptMap, page: str, drawing: Drawing | None) -> Drawing:
        """Return the drawing of a map, which is kept: the one that was found, else one that is arranged in its turn."""
        if drawing is None:
            queue = self._small if len(concept_map) <= SMALL else self._large
            with queue.turn():
                drawing = self._drawings.get(key) or draw(concept_map, page)
        self._drawings.put(key, drawing, BYTES_A_MARK * (1 + len(concept_map) + len(concept_map.propositions)))
        return drawing
