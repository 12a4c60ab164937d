"""oEmbed 1.0 (https://oembed.com/): `/oembed?url=` tells another site how to show a map or a concept in a frame.

No address is fetched: one of this site is read, every other is 404. Nothing here is private, so 401 never comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, jsonify, request
from flask.blueprints import BlueprintSetupState

from kg.answering import AskError
from kg.graph.name_lookup import UnknownName
from kg.maps.concept_map import MapError
from kg.maps.formats import FORMATS
from kg.maps.paper import PAGES
from kg.maps.selection import Selection
from kg.vocabulary import CONCEPT
from webapp.context import catalogue, public_address, typed
from webapp.maps.page import around, drawings
from webapp.maps.sharing import WIDTH, iframe, name_of, query_of, size_of
from webapp.security import open_to_all

pages = Blueprint("oembed", __name__)
KINDS = {"json": "application/json", "xml": "text/xml"}
MAP_PATHS = frozenset(("/map", "/embed/map", *(f"/map.{extension}" for extension in FORMATS)))
CONCEPT_PATHS = ("/concepts/", "/concept/", "/embed/")
DAY = 86_400
NOTHING = "There is no map at this address; give the address of a map or of a concept of this site."


@pages.record
def _open(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["oembed_of"] = discovery


@pages.get("/oembed")
def oembed() -> Response:
    """Return the oEmbed answer for an address of this site."""
    kind = request.args.get("format") or "json"
    if kind not in KINDS:
        abort(501, f"oEmbed comes as {' or '.join(KINDS)} here, not as “{kind[:20]}”.")
    address = request.args.get("url") or ""
    if not address:
        abort(400, "Give the address of a map or of a concept as url.")
    most_width, most_height = _limit("maxwidth"), _limit("maxheight")
    answer = _answer(address, most_width, most_height)
    return open_to_all(jsonify(answer) if kind == "json" else typed(_xml(answer), KINDS[kind]))


def discovery(address: str) -> dict[str, str]:
    """Return media type -> path of the oEmbed answer for a page of this site, for its head."""
    full = public_address(address)
    return {
        f"{media_type}+oembed": public_address(f"/oembed?{urlencode({'url': full, 'format': kind})}")
        for kind, media_type in KINDS.items()
    }


def _limit(name: str) -> int | None:
    text = request.args.get(name) or ""
    if text and not (text.isascii() and text.isdigit() and int(text[:12])):
        abort(400, f"{name} is a number of pixels, such as 640, not “{text[:20]}”.")
    return int(text[:12]) if text else None


def _answer(address: str, most_width: int | None, most_height: int | None) -> dict[str, Any]:
    parameters = _parameters_of(address)
    if parameters is None:
        abort(404, NOTHING)
    try:
        drawing = drawings().selected(Selection.from_parameters(parameters, catalogue()))
    except (UnknownName, AskError, MapError):
        # A page that would be refused is no resource that could be embedded either.
        abort(404, NOTHING)
    concept_map, geometry = drawing.concept_map, drawing.geometry
    width, height = size_of(geometry, WIDTH if most_width is None else most_width, most_height)
    query, name = query_of(concept_map.address), name_of(concept_map)
    embed = public_address(f"/embed/map{query}")
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": name,
        "provider_name": "seminar-kg",
        "provider_url": public_address("/"),
        "cache_age": DAY,
        "html": iframe(embed, name, width, height),
        "width": width,
        "height": height,
    }
    page_width, page_height = (round(length) for length in PAGES[geometry.page])
    fits = page_width <= (most_width or page_width) and page_height <= (most_height or page_height)
    if fits and not geometry.missing:  # else there is no PNG of it
        picture = public_address(f"/map.png{query}{'&' if query else '?'}scale=1")
        answer |= {"thumbnail_url": picture, "thumbnail_width": page_width, "thumbnail_height": page_height}
    return answer


def _parameters_of(address: str) -> Iterable[tuple[str, str]] | None:
    """Return the parameters of the map that an address shows; None where it is none of this site's maps or concepts."""
    try:
        given, site = urlsplit(address), urlsplit(public_address(""))
    except ValueError:
        return None
    if address.startswith(str(CONCEPT)):
        path, query = f"/concepts/{address.removeprefix(str(CONCEPT))}", ""
    elif given.scheme in ("http", "https") and given.netloc == site.netloc and given.path.startswith(site.path):
        path, query = given.path.removeprefix(site.path), given.query
    else:
        return None
    parameters = parse_qsl(query)
    if path in MAP_PATHS:
        return parameters
    start = next((each for each in CONCEPT_PATHS if path.startswith(each)), None)
    slug = unquote(path.removeprefix(start)) if start else ""
    return around(slug, parameters if start == "/embed/" else ()) if slug else None


def _xml(answer: dict[str, Any]) -> str:
    parts = "".join(f"<{name}>{escape(str(value))}</{name}>\n" for name, value in answer.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>\n{parts}</oembed>\n'
