"""The claims that fit the filters, as files: `/claims.<extension>` with the parameters of `/claims`."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, request

from kg.graph.export import claims_as_rdf
from kg.maps.claim_map import map_of_claims
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.drawing.marks import UnpaintableText
from kg.maps.formats import FORMATS, Format
from kg.maps.selection import Selection
from kg.maps.text import clean
from kg.sparql.formats import CSV, TURTLE
from kg.spreadsheet import XLSX, UnwritableTable
from webapp.claims.filters import ClaimFilters
from webapp.claims.table import csv_for_people, workbook
from webapp.context import as_file, catalogue, dataset, lasting_address, public_address, typed
from webapp.maps.page import POLICIES, SHOWN, drawings
from webapp.security import open_to_all

pages = Blueprint("claim_files", __name__)
MOST_DRAWN = 12
"""Concepts of a map of chosen claims: it is drawn while somebody waits."""


@pages.get("/claims.<extension>")
def file(extension: str) -> Response:
    """Return the chosen claims as a spreadsheet, as Turtle, or as a map in one of its formats."""
    filters, site = ClaimFilters(catalogue(), request.args), lasting_address("")
    name = (
        re.sub(r"[^a-z0-9-]+", "-", "-".join(["claims", *filters.chosen.values()]).lower())[:100].strip("-")
        + f".{extension}"
    )
    if extension == "xlsx":
        try:
            body = workbook(catalogue(), filters.found, filters.words(), site)
        except UnwritableTable as error:
            abort(413, str(error))
        return open_to_all(as_file(typed(body, XLSX), name, "attachment"))
    if extension == "csv":
        return open_to_all(as_file(typed(csv_for_people(catalogue(), filters.found, site), CSV), name, "attachment"))
    if extension == "ttl":
        return open_to_all(as_file(typed(claims_as_rdf(dataset(), filters.found, TURTLE), TURTLE), name))
    if extension not in FORMATS:
        abort(404, f"Claims do not come as “{extension[:20]}”. They come as xlsx, csv, ttl, {', '.join(FORMATS)}.")
    return _map(FORMATS[extension], filters, public_address(""), name)


def _map(form: Format, filters: ClaimFilters, site: str, name: str) -> Response:
    """Return the map of the chosen claims in a format; raises as `DrawingCache.of`."""
    drawn, extension = concept_map(filters), form.EXTENSION

    def written() -> bytes:
        full = drawings().of(drawn).under(lasting_address)
        return form.write(full.geometry, full.concept_map)

    drawings().of(drawn)  # before its turn to be written, since arranging has a queue of its own
    try:
        body = drawings().file(("claims", extension, site, filters.to_query()), written)
    except UnpaintableText as error:
        abort(400, str(error))
    response = Response(body, mimetype=form.MEDIA_TYPE)
    if extension in POLICIES:
        response.headers["Content-Security-Policy"] = POLICIES[extension]
    return open_to_all(as_file(response, name, "inline" if extension in SHOWN else "attachment"))


def concept_map(filters: ClaimFilters) -> ConceptMap:
    """Return the map of the chosen claims, or of the concepts in them that matter most.

    Raises:
        MapError: none of them has an arrow that can be drawn.
    """
    if not filters.found:
        raise MapError("No claim fits these choices, so there is nothing to draw; take one of them away.")
    title = clean(f"What was claimed: {', '.join(filters.words())}" if filters.chosen else "What was claimed")
    drawn = map_of_claims(catalogue(), filters.found, Selection(title=title, most=MOST_DRAWN), base_url="")
    drawn.address = f"/claims{filters.to_query()}"
    return drawn
