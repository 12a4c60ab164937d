"""Concept maps: the page at `/map`, each format at `/map.<format>`, and the pictures on other pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from markupsafe import Markup

from kg.api import Library
from kg.maps import ConceptMap, Geometry, MapError, lay_out
from kg.maps.formats import FORMATS, Format, svg
from kg.maps.text import font_bytes
from kg.records import Concept
from webapp.context import library
from webapp.wording import HOW_SAID

pages = Blueprint("maps", __name__)
STEPS = (1, 2, 3)
KEPT = 256
"""Drawings that are kept: arranging a map takes up to seconds, and the same map is always the same drawing."""

Options = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Picture:
    """A map as a page shows it: the drawing, its sentences with the page that tells more, and its source."""

    title: str
    svg: Markup
    sentences: tuple[tuple[str, str | None], ...]
    source_line: str


@lru_cache(maxsize=KEPT)
def _drawn(source: Library, options: Options) -> tuple[ConceptMap, Geometry]:
    """Return the map and its geometry. A library compares by identity, and is never changed."""
    concept_map = source.concept_map(**dict(options))
    return concept_map, lay_out(concept_map)


def picture(**options: Any) -> Picture | None:
    """Return the map with these options as a page shows it, or None where nothing was claimed."""
    concept_map, geometry = _drawn(library(), tuple(sorted(options.items())))
    if not concept_map.propositions:
        return None
    return Picture(
        title=concept_map.title,
        svg=Markup(svg.inline(geometry, concept_map)),  # noqa: S704 (kg.maps escapes every word)
        sentences=tuple((concept_map.sentence(p), p.href) for p in concept_map.propositions),
        source_line=concept_map.source_line,
    )


def seminar_picture() -> Picture | None:
    """Return the map of the whole library, as the home page shows it."""
    return picture()


def neighbourhood_picture(concept: Concept) -> Picture | None:
    """Return the map of a concept and what is one step away."""
    return picture(focus=concept.slug, depth=1)


@pages.get("/map")
def page() -> str:
    """Show the map, its words as a list, the choices that narrow it, and the files it comes as."""
    options = chosen()
    return render_template(
        "map.html",
        picture=picture(**options),
        options=options,
        formats=[(f, url_for("maps.file", extension=f.EXTENSION, **_query())) for f in FORMATS.values()],
        steps=STEPS,
    )


@pages.get("/map.<extension>")
def file(extension: str) -> Response:
    """Return the map as a file in one of the registered formats."""
    found: Format | None = FORMATS.get(extension)
    if found is None:
        abort(404, f"A map does not come as “{extension}”. It comes as {', '.join(FORMATS)}.")
    concept_map, geometry = _drawn(library(), tuple(sorted(chosen().items())))
    response = Response(found.write(geometry, concept_map), mimetype=found.MEDIA_TYPE)
    response.headers["Access-Control-Allow-Origin"] = "*"
    if extension == "svg":
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
    return response


@pages.get("/fonts/Inter-<weight>.woff")
def font(weight: str) -> Response:
    """Return the font that maps are measured with, so that words fit their boxes."""
    if weight not in ("regular", "semibold"):
        abort(404)
    response = Response(font_bytes(weight), mimetype="font/woff")
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response


def chosen() -> dict[str, Any]:
    """Return the options that the request names, checked: 404 for an unknown name, 400 for a bad value."""
    args = request.args
    options: dict[str, Any] = {}
    if args.get("focus"):
        options["focus"] = library().concept(args["focus"]).slug
        options["depth"] = _depth(args.get("depth") or "1")
    for name, known in (
        ("theme", {theme.slug for theme in library().themes()}),
        ("stance", set(HOW_SAID)),
    ):
        if args.get(name):
            if args[name] not in known:
                abort(400, f"“{args[name]}” is not one of {', '.join(sorted(known))}.")
            options[name] = args[name]
    if args.get("speaker"):
        options["speaker"] = library().agent(args["speaker"]).slug
    if args.get("seminar"):
        options["seminar"] = library().seminar(args["seminar"]).slug
    hidden = tuple(sorted({library().concept(name).slug for name in args.getlist("hide") if name}))
    if hidden:
        options["hide"] = hidden
    return options


def _depth(text: str) -> int:
    if text not in {str(step) for step in STEPS}:
        abort(400, f"“Steps away” can be 1, 2 or 3, not “{text}”.")
    return int(text)


def _query() -> dict[str, list[str]]:
    """Return the request's own parameters, for links to the same map in another format."""
    return {name: values for name, values in request.args.lists() if any(values)}
