"""The PDF as a handout (`size=handout`), an exercise (`exercise=1`) or a build-up (`build-up=1`); its addresses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from flask import abort, request

from kg.english.telling import handouts as english
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.formats import PAGED, Format, write_handout
from kg.maps.handouts.exercise import check_size
from kg.maps.limits import LEAST_IN_EXERCISE, MOST_IN_EXERCISE
from kg.maps.paper import HANDOUT, SIZES
from kg.maps.selection import FIRST_PAGE, Selection
from webapp.context import library

MOST_CONCEPTS = 100
"""Concepts of a map whose handout is made while somebody waits: each of its pages takes some seconds the first time."""


def kind(choices: Collection[str]) -> str:
    """Return "handout", "exercise" or "build-up", as the request and the choices of its format have it, or "" for none.

    Refuses several with 400.
    """
    asked = [HANDOUT] if request.args.get("size") == HANDOUT else []
    asked += [name.replace("_", "-") for name in ("exercise", "build_up") if name in choices]
    if len(asked) > 1:
        abort(400, english.ONE_OF_THREE)
    return asked[0] if asked else ""


def handout(found: Format, selection: Selection, site: str | None) -> Callable[[], bytes]:
    """Return what writes the handout of a selection, with links to a site, if any; refuses with 400 what cannot be one.

    Raises:
        UnknownName, AskError, MapError: as `Library.concept_map`.
    """
    if found.EXTENSION not in PAGED:
        abort(400, english.no_pages(found.EXTENSION, PAGED))
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


def exercise_link(concept_map: ConceptMap) -> str | None:
    """Return the path of a map's exercise, of a larger map that of what ranks highest; None where there is none."""
    chosen = parse_qsl(concept_map.address.partition("?")[2])
    if len(concept_map) < LEAST_IN_EXERCISE or "overview" in dict(chosen):
        return None
    fewer = {} if fits_exercise(concept_map) else {"most": str(MOST_IN_EXERCISE)}
    query = [(name, value) for name, value in chosen if name not in ("step", "page", *fewer)]
    return f"/map.{PAGED[0]}?{urlencode([*query, *fewer.items(), ('exercise', '1')])}"


def links(concept_map: ConceptMap) -> Iterator[tuple[str, str]]:
    """Yield what to call each, and the path of what else the PDF of a map can be, by the address of its page."""
    # The whole map, whatever step is drawn.
    whole = [(name, value) for name, value in parse_qsl(concept_map.address.partition("?")[2]) if name != "step"]
    yield "a page a step, to be shown one after the other", f"/map.{PAGED[0]}?{urlencode([*whole, ('build-up', '1')])}"
    chosen = [(name, value) for name, value in whole if name != "page"]
    sheets = [("a poster on A3", {"page": SIZES["poster"]}), ("a poster on A2", {"page": "a2-landscape"})]
    if len(concept_map) <= MOST_CONCEPTS:
        sheets.insert(0, ("a handout on A4", {"size": HANDOUT}))
    for words, how in sheets:
        yield words, f"/map.{PAGED[0]}?{urlencode([*chosen, *how.items()])}"
