"""Concept maps: the page at `/map`, each format at `/map.<format>`, and the pictures on other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, cast, get_args

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from kg.answering import AskError
from kg.english.numbers import counted
from kg.graph.name_lookup import sorting_label
from kg.graph.records import Concept
from kg.maps.concept_map import MapError
from kg.maps.drawing.drawing import Drawing
from kg.maps.drawing.marks import UnpaintableText
from kg.maps.fonts.faces import Weight, font_bytes
from kg.maps.formats import FORMATS, Format, choices_of, html, png, svg
from kg.maps.formats.page import viewer
from kg.maps.limits import MOST_READABLE
from kg.maps.paper import HANDOUT
from kg.maps.selection import MOST_STEPS, OPTIONS, YES, Selection, SelectionError
from kg.maps.text import missing_words
from kg.maps.titles import focus_label
from webapp.context import as_file, catalogue, is_local, lasting_address, library, public_address, typed
from webapp.errors import explain
from webapp.maps import on_paper, sharing
from webapp.maps.drawing_cache import DrawingCache
from webapp.security import open_to_all
from webapp.threads import NoThreadError

pages = Blueprint("maps", __name__)
PAGE_NAMES = {
    "16:9": "Slide, 16:9",
    "4:3": "Slide, 4:3",
    "a4": "A4, upright",
    "a4-landscape": "A4, on its side",
    "square": "Square",
    "a3-landscape": "Poster, A3 on its side",
    "a3": "Poster, A3 upright",
    "a2-landscape": "Poster, A2 on its side",
    "a2": "Poster, A2 upright",
}
"""The shapes of the page, as the form names them."""
POLICIES = {
    "svg": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'none'",
    "html": f"{viewer.policy_of(*html.SHEETS)}; frame-ancestors 'none'; sandbox allow-scripts allow-popups",
}
"""These files bring styles and fonts of their own, and a page one script; nothing else may be loaded or run."""

MARGIN = 14
"""Room below a drawing that ends with its lowest box, in px."""
SHOWN = ("svg", "png", "pdf", "html", "json", "tsv")
"""What browsers show; other files are offered to be saved."""


@dataclass(frozen=True)
class Picture:
    """A map as a page shows it: the viewer with its drawing, and its words as a list.

    `address` is where the map is on this site.
    """

    title: str
    viewer: Markup
    words: Markup
    sentences: int
    warning: str
    left_out: tuple[str, ...]
    address: str


def drawings() -> DrawingCache:
    """Return the drawings of the library that this application serves."""
    return cast(DrawingCache, current_app.extensions["drawings"])


@pages.record
def _open(state: BlueprintSetupState) -> None:
    state.app.extensions["drawings"] = DrawingCache(state.app.config["LIBRARY"])


@pages.app_errorhandler(AskError)
@pages.app_errorhandler(SelectionError)
def _refused(error: AskError | SelectionError) -> Response:
    return explain(400, str(error))


@pages.app_errorhandler(MapError)
def _nothing(error: MapError) -> Response:
    return explain(404, str(error))


@pages.app_errorhandler(NoThreadError)
def _busy(error: Exception) -> Response:
    response = explain(503, str(error))
    response.headers["Retry-After"] = "5"
    return response


def selected() -> Selection:
    """Return the selection that the request's parameters name; raises as `Selection.from_parameters`."""
    return Selection.from_parameters(request.args.items(multi=True), catalogue())


def around(concept: str, parameters: Iterable[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Return the parameters of the map of a concept, as much as can be read at once unless they say how much."""
    return [("focus", concept), *parameters, ("most", str(MOST_READABLE))]


def at_step(path: str, selection: Selection, step: int | None) -> str:
    """Return the address of a map at a step of its build-up, None for the map as a whole; `path` is the page's."""
    query = replace(selection, step=step).to_query()
    return f"{path}?{query}" if query else path


def as_picture(drawing: Drawing, full: Drawing, selection: Selection | None = None) -> Picture:
    """Return a drawing as a page shows it.

    Arguments:
        drawing: the drawing, whose links lead within the site.
        full: the same with full addresses, of which the picture names its own if it has one.
        selection: what was chosen, on the page of the map: there it can be told step by step, and what is told stands
            beside the picture where there is room.
    """
    told = selection is not None
    address = partial(at_step, "/map", selection) if selection is not None else None
    concept_map, geometry = drawing.concept_map, drawing.geometry
    shown = replace(geometry, source_line=full.geometry.source_line)
    return Picture(
        title=concept_map.title,
        viewer=Markup(viewer.viewer(shown, concept_map, wide=told, told=told, step_address=address)),
        words=Markup(viewer.words(concept_map)),
        sentences=len(concept_map.propositions),
        warning=missing_words(geometry.missing),
        left_out=concept_map.left_out,
        address=concept_map.address,
    )


def neighbourhood_picture(concept: Concept) -> Picture | None:
    """Return the map of a concept and what is one step away, or what of it ranks highest; None where there is none."""
    try:
        drawing = drawings().selected(Selection(focus=concept.slug, most=MOST_READABLE))
    except MapError:
        return None
    return as_picture(drawing, drawing.under(lasting_address))


def headline(drawing: Drawing) -> Markup:
    """Return a drawing for the home page: its boxes lead to their concepts, and what a page says itself is left out."""
    geometry = drawing.geometry
    arrows = tuple(replace(each, href=None) for each in geometry.propositions)
    boxes = (*(each.box for each in geometry.concepts), *(each.label for each in arrows))
    bottom = max(box.y + box.height for box in boxes) + MARGIN
    shown = replace(geometry, height=bottom, propositions=arrows, topics=(), legend=(), notes=None, source_line=None)
    return Markup(svg.inline(shown, drawing.concept_map, "headline", fluid=True))


@pages.get("/map")
def page() -> Response:
    """Show the map, its words as a list, its entry points, and how to share it."""
    selection = selected()
    drawing, problem, status = None, "", 200
    try:
        drawing = drawings().selected(selection)
    except SelectionError as error:
        problem, status = str(error), 400
    except MapError as error:
        problem = str(error)
    full = drawing and drawing.under(lasting_address)
    body = render_template(
        "maps/map.html",
        picture=drawing and full and as_picture(drawing, full, selection),
        problem=problem,
        selection=selection,
        chosen=bool(selection.chosen()),
        focus_label=focus_label(catalogue(), selection.focus) if selection.focus else "",
        sharing=drawing and full and sharing.of(drawing, full),
        entries=_entry_points(selection),
        filters=_filters(selection),
        form=_form(selection, drawing),
    )
    return make_response(body, status)


def _entry_points(selection: Selection) -> dict[str, Any]:
    """Return the entry points of a large map, or nothing where all claims fit one that can be read."""
    topics = library().topics(selection.seminar)
    if sum(len(topic.concepts) for topic in topics) <= MOST_READABLE:
        return {}
    views = () if selection.overview else library().focus_views(selection.focus, seminar=selection.seminar)
    return {"topics": topics, "views": views}


def _filters(selection: Selection) -> list[tuple[str, str, list[tuple[str, str]], str, str | None]]:
    every_seminar = _seminars()
    offered = {
        "seminar": every_seminar,
        "focus": _foci(selection),
        "depth": _steps(),
        "theme": _topics(selection.seminar),
        "speaker": _speakers(selection.seminar),
        "stance": list(catalogue().stances().items()),
    }
    return [
        (
            name,
            option.label,
            offered.get(name) or [(each, each) for each in option.among],
            str(getattr(selection, name)),
            option.unset,
        )
        for name, option in OPTIONS.items()
        if option.label and (name != "seminar" or len(every_seminar) > 1)
    ]


def _concepts(seminar: str | None) -> list[tuple[str, str]]:
    """Return slug and label of the concepts that claims of one seminar are about, of all concepts for None."""
    about = None if seminar is None else {c for claim in catalogue().claims(seminar=seminar) for c in claim.concepts}
    return [(each.slug, each.label) for each in catalogue().concepts() if about is None or each.slug in about]


def _foci(selection: Selection) -> list[tuple[str, str]]:
    """Return what a map can be centred on, with the name of several concepts if that is what was chosen."""
    offered = _concepts(selection.seminar)
    shared = selection.focus and selection.focus not in dict(offered) and len(selection.foci(catalogue())) > 1
    return [(selection.focus, selection.focus), *offered] if shared and selection.focus else offered


def _steps() -> list[tuple[str, str]]:
    return [(str(steps), counted(steps, "step")) for steps in range(1, MOST_STEPS + 1)]


def _form(selection: Selection, drawing: Drawing | None) -> dict[str, Any]:
    hidden = [(slug, catalogue().concept(slug).label) for slug in selection.hide]
    boxes = () if drawing is None or selection.overview else drawing.concept_map.concepts
    drawn = [(concept.id, concept.label) for concept in boxes if concept.id != selection.focus]
    # Another view has other steps.
    asked = ("title", "focus", "depth", "page", "hide", "numbers", "step")
    return {
        "kept": {name: 1 if v is True else v for name, v in selection.chosen().items() if name not in asked},
        "steps": _steps(),
        "concepts": _foci(selection),
        "pages": list(PAGE_NAMES.items()),
        "hide": sorted({*hidden, *drawn}, key=lambda each: sorting_label(each[1])),
    }


@pages.get("/map.<extension>")
def file(extension: str) -> Response:
    """Return the map as a file in one of the registered formats."""
    found: Format | None = FORMATS.get(extension)
    if found is None:
        abort(404, f"A map does not come as “{extension}”. It comes as {', '.join(FORMATS)}.")
    choices, selection, site = _choices(found), selected(), public_address("")
    kind = on_paper.kind(choices)
    if kind == HANDOUT:
        written = on_paper.handout(found, selection, None if is_local() else site)
    else:
        if kind == "exercise":
            selection = on_paper.exercise(selection)
        written = _writing(found, drawings().selected(selection), choices)
    try:
        key = (extension, site, kind, *sorted(choices.items()), selection)
        body = drawings().file(key, written, arranges=kind in (HANDOUT, "exercise"))
    except UnpaintableText as error:
        abort(400, str(error))
    except MapError as error:
        return _busy(error)
    response = Response(body, mimetype=found.MEDIA_TYPE)
    if extension in POLICIES:
        response.headers["Content-Security-Policy"] = POLICIES[extension]
    shown = "inline" if extension in SHOWN else "attachment"
    name = f"{selection.file_name}-{kind}" if kind else selection.file_name
    return open_to_all(as_file(response, f"{name}.{extension}", shown))


def _writing(found: Format, drawing: Drawing, choices: dict[str, Any]) -> Callable[[], bytes]:
    """Return what writes a drawing with full addresses, or with none where they would lead nowhere from elsewhere."""

    def written() -> bytes:
        full = drawing.under(lasting_address)
        return found.write(full.geometry, full.concept_map, **choices)

    return written


@pages.get("/fonts/Inter-<weight>.woff")
def font(weight: str) -> Response:
    """Return the font that maps are measured with, so that words fit their boxes."""
    if weight not in get_args(Weight):
        abort(404)
    response = typed(font_bytes(cast(Weight, weight)), "font/woff")
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response


def _choices(found: Format) -> dict[str, Any]:
    """Return what the request chooses of a format: `scale`, checked here, and flags, which 1 turns on."""
    choices: dict[str, Any] = {}
    scale = request.args.get("scale")
    if "scale" in choices_of(found) and scale:
        if scale not in map(str, png.SCALES):
            abort(400, f"The scale of a PNG can be 1, 2 or 3, not “{scale[:20]}”.")
        choices["scale"] = int(scale)
    for flag in ("transparent", "exercise", "build-up"):
        name = flag.replace("-", "_")
        if name in choices_of(found) and request.args.get(flag) in YES:
            choices[name] = True
    return choices


@pages.get("/maps/stage.<extension>")
def shared(extension: str) -> Response:
    """Return the style sheet or the script of maps on pages, which files that show a map have inside."""
    kinds = {"css": "text/css", "js": "text/javascript"}
    if extension not in kinds:
        abort(404)
    body = viewer.script() if extension == "js" else "".join(map(viewer.part, viewer.SHEETS))
    response = typed(body, kinds[extension])
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _seminars() -> list[tuple[str, str]]:
    """Return slug and title of the seminars, as choices of a form."""
    return [(seminar.slug, seminar.document.title) for seminar in catalogue().seminars()]


def _topics(seminar: str | None = None) -> list[tuple[str, str]]:
    """Return slug and label of the topics that claims (of one seminar) are about, as choices of a form."""
    about = catalogue().times_claimed(seminar)
    spoken_of = {concept.theme for concept in catalogue().concepts() if seminar is None or concept.slug in about}
    return [(theme.slug, theme.label) for theme in catalogue().themes() if theme.slug in spoken_of]


def _speakers(seminar: str | None = None) -> list[tuple[str, str]]:
    """Return slug and name of those whom claims (of one seminar) are credited to, as choices of a form."""
    said = [claim.attribution for claim in catalogue().claims(seminar=seminar)]
    credited = {slug for about in said for slug in (*about.agents, *about.reported_from)}
    return [(agent.slug, agent.name) for agent in catalogue().agents() if agent.slug in credited]
