"""Concept maps: the page at `/map`, each format at `/map.<format>`, and the pictures on other pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from kg.answering import AskError
from kg.graph.names import sorting_label
from kg.graph.records import Concept
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.drawing.geometry import Geometry
from kg.maps.formats import FORMATS, Format, choices_of, html, png
from kg.maps.formats.page import stage
from kg.maps.interest import MOST_READABLE
from kg.maps.layout.kept import filled
from kg.maps.text import Weight, font_bytes, missing_words
from webapp.context import catalogue, library, public_address
from webapp.errors import explain
from webapp.maps import sharing
from webapp.maps.cache import Drawing, DrawingBusyError, Drawings, MapTooLargeError
from webapp.maps.options import OPTIONS, chosen
from webapp.pages.claims import speakers, topics

pages = Blueprint("maps", __name__)
PAGE_NAMES = {
    "16:9": "Slide, 16:9",
    "4:3": "Slide, 4:3",
    "a4": "A4, upright",
    "a4-landscape": "A4, on its side",
    "square": "Square",
}
"""The shapes of the page, as the form names them."""
POLICIES = {
    "svg": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'none'",
    "html": f"{html.policy()}; frame-ancestors 'none'; sandbox allow-scripts allow-popups",
}
"""These files bring styles and fonts of their own, and a page one script; nothing else may be loaded or run."""

SHOWN = ("svg", "png", "pdf", "html", "json", "tsv")
"""What browsers show; other files are offered to be saved."""


@dataclass(frozen=True)
class Picture:
    """A map as a page shows it: the stage with its drawing, its words as a list, and its source.

    `address` is where the map is on this site; `concepts` are the ids and labels of its boxes; `page` is the shape.
    """

    title: str
    stage: Markup
    words: Markup
    sentences: int
    source_line: str
    warning: str
    address: str
    page: str
    concepts: tuple[tuple[str, str], ...]
    drawing: Drawing


def drawings() -> Drawings:
    """Return the drawings of the library that this application serves."""
    return cast(Drawings, current_app.extensions["drawings"])


@pages.record
def _open(state: BlueprintSetupState) -> None:
    state.app.extensions["drawings"] = Drawings(state.app.config["LIBRARY"])


@pages.errorhandler(AskError)
def _no_question(error: AskError) -> Response:
    return explain(400, str(error))


@pages.app_errorhandler(DrawingBusyError)
def _busy(error: DrawingBusyError) -> Response:
    response = explain(503, str(error))
    response.headers["Retry-After"] = "5"
    return response


def drawn(options: dict[str, Any]) -> Drawing:
    """Return the map with these options; ends with 400 where it is too large, with 404 where there is none."""
    try:
        return drawings().draw(**options)
    except MapTooLargeError as error:
        abort(400, str(error))
    except MapError as error:
        abort(404, str(error))


def picture(**options: Any) -> Picture | None:
    """Return the map with these options as a page shows it, or None where there is nothing to draw."""
    try:
        return as_picture(*drawings().draw(**options))
    except MapError:
        return None


def as_picture(concept_map: ConceptMap, geometry: Geometry, wide: bool = False) -> Picture:
    """Return a drawing as a page shows it; `wide` puts what is told beside the picture."""
    full = filled(geometry, concept_map.under(public_address("")))
    shown = replace(geometry, source_line=full.source_line)
    return Picture(
        title=concept_map.title,
        stage=Markup(stage.stage(shown, concept_map, wide)),
        words=Markup(stage.words(concept_map)),
        sentences=len(concept_map.propositions),
        source_line=concept_map.source_line,
        warning=missing_words(geometry.missing),
        address=concept_map.address,
        page=geometry.page,
        concepts=tuple((concept.id, concept.label) for concept in concept_map.concepts),
        drawing=(concept_map, geometry),
    )


def neighbourhood_picture(concept: Concept) -> Picture | None:
    """Return the map of a concept and what is one step away, or what of it is of most interest."""
    return picture(focus=concept.slug, depth=1, most=MOST_READABLE)


@pages.get("/map")
def page() -> Response:
    """Show the map, its words as a list, the ways into it, and how to take it along."""
    options = chosen(request.args)
    shown, problem, status = None, "", 200
    try:
        shown = as_picture(*drawings().draw(**options), wide=True)
    except MapTooLargeError as error:
        problem, status = str(error), 400
    except MapError as error:
        problem = str(error)
    body = render_template(
        "map.html",
        picture=shown,
        problem=problem,
        options={**dict.fromkeys(OPTIONS), **options},
        chosen=bool(options),
        taking=sharing.of(*shown.drawing) if shown else None,
        ways=_ways(options),
        choices=_form(options, shown),
    )
    return make_response(body, status)


def _ways(options: dict[str, Any]) -> dict[str, Any]:
    """Return the ways into a large map, or nothing where all claims fit one that can be read."""
    topics, source = library().topics(), library()
    if sum(len(topic.concepts) for topic in topics) <= MOST_READABLE:
        return {}
    views = () if options.get("overview") else source.focus_views(options.get("focus"))
    return {"topics": topics, "views": views, "claims": len(source.catalogue.claims())}


def _form(options: dict[str, Any], shown: Picture | None) -> dict[str, Any]:
    """Return what the forms of the page offer to choose from."""
    hidden = [(slug, catalogue().concept(slug).label) for slug in options.get("hide", ())]
    drawn = [] if shown is None or "overview" in options else list(shown.concepts)
    drawn = [(slug, label) for slug, label in drawn if slug != options.get("focus")]
    return {
        "steps": [("1", "1 step"), ("2", "2 steps"), ("3", "3 steps")],
        "concepts": [(concept.slug, concept.label) for concept in catalogue().concepts()],
        "topics": topics(),
        "speakers": speakers(),
        "pages": list(PAGE_NAMES.items()),
        "hide": sorted({*hidden, *drawn}, key=lambda each: sorting_label(each[1])),
    }


@pages.get("/map.<extension>")
def file(extension: str) -> Response:
    """Return the map as a file in one of the registered formats."""
    found: Format | None = FORMATS.get(extension)
    if found is None:
        abort(404, f"A map does not come as “{extension}”. It comes as {', '.join(FORMATS)}.")
    choices, options, site = _choices(found), chosen(request.args), public_address("")
    concept_map, geometry = drawn(options)

    def written() -> bytes:
        moved = concept_map.under(site)
        write = getattr(found, "write_apart", found.write)
        return bytes(write(filled(geometry, moved), moved, **choices))

    key = (extension, site, *sorted(choices.items()), *sorted(options.items()))
    try:
        body = drawings().written(key, written)
    except MapError as error:
        raise DrawingBusyError(str(error)) from error
    response = Response(body, mimetype=found.MEDIA_TYPE)
    response.headers["Access-Control-Allow-Origin"] = "*"
    shown = "inline" if extension in SHOWN else "attachment"
    response.headers["Content-Disposition"] = f"{shown}; filename={_file_name(options)}.{extension}"
    if extension in POLICIES:
        response.headers["Content-Security-Policy"] = POLICIES[extension]
    return response


@pages.get("/fonts/Inter-<weight>.woff")
def font(weight: str) -> Response:
    """Return the font that maps are measured with, so that words fit their boxes."""
    if weight not in get_args(Weight):
        abort(404)
    response = Response(font_bytes(cast(Weight, weight)), mimetype="font/woff")
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response


def _choices(found: Format) -> dict[str, Any]:
    """Return what the request chooses of a format: `scale`, checked here, and `transparent`, which 1 turns on."""
    choices: dict[str, Any] = {}
    scale = request.args.get("scale")
    if "scale" in choices_of(found) and scale:
        if scale not in map(str, png.SCALES):
            abort(400, f"The scale of a PNG can be 1, 2 or 3, not “{scale[:20]}”.")
        choices["scale"] = int(scale)
    if "transparent" in choices_of(found) and request.args.get("transparent") in ("1", "true", "yes", "on"):
        choices["transparent"] = True
    return choices


@pages.get("/maps/stage.<extension>")
def shared(extension: str) -> Response:
    """Return the style sheet or the script of maps on pages, which the files for taking along have inside."""
    kinds = {"css": "text/css", "js": "text/javascript"}
    if extension not in kinds:
        abort(404)
    response = Response(stage.part(f"stage.{extension}"), mimetype=kinds[extension])
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _file_name(options: dict[str, Any]) -> str:
    """Return a name to save a map by: "map", with the concept, topic or speaker that it is about."""
    about = [options[name] for name in ("focus", "theme", "speaker", "stance") if name in options]
    return re.sub(r"[^a-z0-9-]+", "-", "-".join(["map", *about]).lower())
