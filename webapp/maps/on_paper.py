"""Maps on paper over HTTP: handouts (`size=handout`) and exercises (`exercise=1`), and the addresses of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from flask import abort, request

from kg.english.telling import handouts as english
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.formats import PAGED, Format, write_handout
from kg.maps.handouts.exercise import check_size
from kg.maps.paper import HANDOUT, SIZES
from kg.maps.selection import FIRST_PAGE, YES, Selection
from webapp.context import library

MOST_CONCEPTS = 100
"""Concepts of a map whose handout is made while somebody waits: each of its pages takes some seconds the first time."""


def handout(found: Format, selection: Selection, site: str | None) -> Callable[[], bytes]:
    """Return what writes the handout of a selection, with links to a site, if any; refuses with 400 what cannot be one.

    Raises:
        UnknownName, AskError, MapError: as `Library.concept_map`.
    """
    if found.EXTENSION not in PAGED:
        abort(400, english.no_pages(found.EXTENSION, PAGED))
    if request.args.get("exercise") in YES:
        abort(400, english.ONE_OF_TWO)
    concepts = len(library().concept_map(selection))
    if concepts > MOST_CONCEPTS:
        abort(400, english.large_handout(concepts, MOST_CONCEPTS))
    return lambda: write_handout(found, lambda: library().handout(selection, base_url=site))


def exercise(selection: Selection) -> Selection:
    """Return the selection whose map an exercise is made of, on paper unless the request names a page; else 400."""
    try:
        check_size(len(library().concept_map(selection)))
    except MapError as error:
        abort(400, str(error))
    asked = request.args.get("page") or request.args.get("size")
    return selection if asked or selection.page != FIRST_PAGE else replace(selection, page=SIZES[HANDOUT])


def fits_exercise(concept_map: ConceptMap) -> bool:
    """Whether a map is neither too large nor too small for an exercise."""
    try:
        check_size(len(concept_map))
    except MapError:
        return False
    return True


def links(concept_map: ConceptMap) -> Iterator[tuple[str, str]]:
    """Yield what to call each, and the path of a map's sheets on paper, by the address of its page."""
    chosen = [(name, value) for name, value in parse_qsl(concept_map.address.partition("?")[2]) if name != "page"]
    sheets = [("a poster on A3", {"page": SIZES["poster"]}), ("a poster on A2", {"page": "a2-landscape"})]
    if len(concept_map) <= MOST_CONCEPTS:
        sheets.insert(0, ("a handout on A4", {"size": HANDOUT}))
    if fits_exercise(concept_map) and ("overview", "1") not in chosen:
        sheets.append(("an exercise sheet with gaps, and its answers", {"exercise": "1"}))
    for words, how in sheets:
        yield words, f"/map.{PAGED[0]}?{urlencode([*chosen, *how.items()])}"
