"""Maps for the frames of other pages: `/embed/map` with the parameters of `/map`, `/embed/<concept>`.

The only pages that may be framed; `EMBED_ANCESTORS` says by whom.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from kg.answering import AskError
from kg.maps.formats.page import embed
from kg.maps.interest import MOST_READABLE
from kg.maps.layout.kept import filled
from webapp.context import catalogue, public_address
from webapp.errors import explain
from webapp.maps.options import chosen
from webapp.maps.page import drawn
from webapp.security import ancestors

pages = Blueprint("embed", __name__)


@pages.errorhandler(AskError)
def _no_question(error: AskError) -> Response:
    return explain(400, str(error))


@pages.get("/embed/map")
def whole() -> Response:
    """Return the map that the parameters choose."""
    return framed(chosen(request.args))


@pages.get("/embed/<slug>")
def concept(slug: str) -> Response:
    """Return the map of a concept and what is one step away, or as the other parameters of `/map` say."""
    args = request.args.copy()
    args["focus"] = catalogue().concept(slug).slug
    args.setdefault("most", str(MOST_READABLE))
    return framed(chosen(args))


def framed(options: dict[str, Any]) -> Response:
    """Return the page for a frame with the map of these options."""
    concept_map, geometry = drawn(options)
    moved = concept_map.under(public_address(""))

    def box_address(name: str) -> str:
        return f"/embed/map?theme={name}" if options.get("overview") else f"/embed/{name}"

    response = Response(embed.write(filled(geometry, moved), moved, box_address), mimetype="text/html")
    response.headers["Content-Security-Policy"] = f"{embed.policy()}; frame-ancestors {ancestors()}"
    return response
