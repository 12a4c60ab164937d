"""Concept maps: the page at `/map`, each format at `/map.<format>`, and the pictures on other pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, cast, get_args
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from kg.answering import AskError
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.formats import FORMATS, Format, choices_of, html, png, svg
from kg.maps.frame import PAGES
from kg.maps.geometry import Geometry
from kg.maps.layouts import filled
from kg.maps.text import Weight, font_bytes, missing_words
from kg.records import Concept
from webapp.claims import speakers, topics
from webapp.context import library, public_address
from webapp.drawings import DrawingBusyError, Drawings
from webapp.errors import explain

pages = Blueprint("maps", __name__)
MOST_TITLE = 200
POLICIES = {
    "svg": "default-src 'none'; style-src 'unsafe-inline'; font-src data:",
    "html": f"{html.policy()}; frame-ancestors 'none'; sandbox allow-scripts allow-popups",
}
"""These files bring styles and fonts of their own, and a page one script; nothing else may be loaded or run."""

SHOWN = ("svg", "png", "pdf", "html", "json", "tsv")
"""What browsers show; other files are offered to be saved."""


@dataclass(frozen=True)
class Picture:
    """A map as a page shows it: the drawing, its sentences with the page that tells more, and its source."""

    title: str
    svg: Markup
    sentences: tuple[tuple[str, str | None], ...]
    source_line: str
    warning: str


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


def picture(**options: Any) -> Picture | None:
    """Return the map with these options as a page shows it, or None where there is nothing to draw."""
    try:
        return as_picture(*drawings().draw(**options))
    except MapError:
        return None


def as_picture(concept_map: ConceptMap, geometry: Geometry) -> Picture:
    """Return a drawing as a page shows it."""
    full = filled(geometry, concept_map.under(public_address("")))
    geometry = replace(geometry, source_line=full.source_line)
    return Picture(
        title=concept_map.title,
        svg=Markup(svg.inline(geometry, concept_map)),
        sentences=tuple(dict.fromkeys((concept_map.sentence(p), p.href) for p in concept_map.propositions)),
        source_line=concept_map.source_line,
        warning=missing_words(geometry.missing),
    )


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
        formats=[(found, address_of(found)) for found in FORMATS.values()],
        steps=[("1", "1 step"), ("2", "2 steps"), ("3", "3 steps")],
        concepts=[(concept.slug, concept.label) for concept in library().concepts()],
        topics=topics(),
        speakers=speakers(),
    )


@pages.get("/map.<extension>")
def file(extension: str) -> Response:
    """Return the map as a file in one of the registered formats."""
    found: Format | None = FORMATS.get(extension)
    if found is None:
        abort(404, f"A map does not come as “{extension}”. It comes as {', '.join(FORMATS)}.")
    choices, options, site = _choices(found), chosen(), public_address("")
    try:
        concept_map, geometry = drawings().draw(**options)
    except MapError as error:
        abort(404, str(error))

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


def _file_name(options: dict[str, Any]) -> str:
    """Return a name to save a map by: "map", with the concept, topic or speaker that it is about."""
    about = [options[name] for name in ("focus", "theme", "speaker", "stance") if name in options]
    return re.sub(r"[^a-z0-9-]+", "-", "-".join(["map", *about]).lower())


def chosen() -> dict[str, Any]:
    """Return the options that the request names, checked: 404 for an unknown name, 400 for a bad value."""
    args, source = request.args, library()
    options: dict[str, Any] = {}
    if args.get("page"):
        options["page"] = _page(args["page"])
    if args.get("question"):
        return {**options, "question": args["question"]}
    if args.get("title"):
        options["title"] = _title(args["title"])
    if args.get("focus"):
        options["focus"] = source.concept(args["focus"]).slug
        options["depth"] = _depth(args.get("depth") or "1")
    if args.get("theme"):
        options["theme"] = source.theme(args["theme"]).slug
    if args.get("speaker"):
        options["speaker"] = source.agent(args["speaker"]).slug
    if args.get("seminar"):
        options["seminar"] = source.seminar(args["seminar"]).slug
    if args.get("stance"):
        options["stance"] = args["stance"]
    hidden = tuple(sorted({source.concept(name).slug for name in args.getlist("hide") if name}))
    if hidden:
        options["hide"] = hidden
    return options


def _depth(text: str) -> int:
    if text not in ("1", "2", "3"):
        abort(400, f"“Steps away” (depth) can be 1, 2 or 3, not “{text[:20]}”.")
    return int(text)


def _page(name: str) -> str:
    if name not in PAGES:
        abort(400, f"The page can be {', '.join(PAGES)}, not “{name[:20]}”.")
    return name


def _title(text: str) -> str:
    if len(text) > MOST_TITLE:
        abort(400, f"A title can have up to {MOST_TITLE} characters.")
    return text


def address_of(found: Format) -> str:
    """Return the address of the map of this page in a format."""
    query = urlencode([(name, value) for name, value in request.args.items(multi=True) if value])
    return f"/map.{found.EXTENSION}?{query}".rstrip("?")
