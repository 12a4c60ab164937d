"""Maps for the frames of other pages: `/embed/map` with the parameters of `/map`, `/embed/<concept>`.

The only pages that may be framed; `EMBED_ANCESTORS` says by whom.
"""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, request

from kg.maps.formats.page import embed
from kg.maps.formats.page.viewer import policy_of
from kg.maps.selection import Selection
from webapp.context import HTML, catalogue, path_of, public_address, typed
from webapp.maps.page import around, at_step, drawings, selected
from webapp.security import ancestors

pages = Blueprint("embed", __name__)


@pages.get("/embed/map")
def whole() -> Response:
    """Return the map that the parameters choose."""
    return framed(selected())


@pages.get("/embed/<slug>")
def concept(slug: str) -> Response:
    """Return the map of a concept and what is one step away, or as the other parameters of `/map` say."""
    return framed(Selection.from_parameters(around(slug, request.args.items(multi=True)), catalogue()))


def framed(selection: Selection) -> Response:
    """Return the page for a frame with the map of this selection."""
    drawing = drawings().selected(selection).under(public_address)

    def box_address(name: str) -> str:
        of = {"seminar": selection.seminar} if selection.seminar else {}
        return path_of("embed", "map", theme=name, **of) if selection.overview else path_of("embed", name, **of)

    step_address = partial(at_step, "/embed/map", selection)
    response = typed(embed.write(drawing.geometry, drawing.concept_map, box_address, step_address), HTML)
    response.headers["Content-Security-Policy"] = f"{policy_of(*embed.SHEETS)}; frame-ancestors {ancestors()}"
    return response
