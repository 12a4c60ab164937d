"""The data: `/data.<format>`, and the names of things (303 to pages)."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from kg.graph.export import claims_as_csv, data_as_rdf
from kg.graph.load import ONTOLOGY
from kg.sparql.formats import CSV, DUMPS, TURTLE
from kg.vocabulary import RELATION
from webapp.context import (
    HTML,
    as_file,
    catalogue,
    dataset,
    lasting_address,
    preferred,
    typed,
    vary_on_accept,
)
from webapp.linked_data import Thing, described
from webapp.maps.page import drawings
from webapp.security import open_to_all

pages = Blueprint("data", __name__)


@pages.get("/data.<extension>")
def dump(extension: str) -> Response:
    """Return all data in one file: RDF, or a spreadsheet with a row for each claim."""
    if extension == "csv":
        table = claims_as_csv(catalogue(), base_url=lasting_address("") or "")
        return open_to_all(as_file(typed(table, CSV), "claims.csv", "attachment"))
    if extension not in DUMPS:
        abort(404, f"The data does not come as “{extension}”. It comes as {', '.join(DUMPS)} and csv.")
    media_type, data = DUMPS[extension], dataset()
    # Written once, whatever else the address has: it takes 30 ms even of a small seminar.
    body = drawings().file(("data", extension), lambda: data_as_rdf(data, media_type))
    return open_to_all(typed(body, media_type))


@pages.get("/concept/<slug>")
def concept(slug: str) -> Response:
    """Lead from the name of a concept to its page, or to what the graph says of it."""
    found = catalogue().concept(slug)
    return _about(found, f"/concepts/{found.slug}")


@pages.get("/relation/<slug>")
def relation(slug: str) -> Response:
    """Lead from the name of a relation to the claims with these words on the arrow."""
    if not any(p.relation == slug for claim in catalogue().claims() for p in claim.propositions):
        abort(404, f"There is no relation called “{slug[:80]}” in the claims.")
    return _about(str(RELATION[slug]), f"/claims?arrow={slug}")


@pages.get("/theme/<slug>")
def theme(slug: str) -> Response:
    """Lead from the name of a topic to the claims about it."""
    return _see(f"/claims?topic={catalogue().theme(slug).slug}")


@pages.get("/seminar/<slug>")
def seminar(slug: str) -> Response:
    """Lead from the name of a seminar, or of a claim or passage of it, to its page, or to what the graph says of it."""
    found = catalogue().seminar(slug)
    return _about(found, f"/seminars/{found.slug}")


@pages.get("/vocab")
def vocabulary() -> Response:
    """Return the terms of the graph as RDF, or lead to what they mean in plain words."""
    if preferred([HTML, TURTLE]) == HTML:
        return vary_on_accept(_see("/about#words"))
    terms = (ONTOLOGY / "claims.ttl").read_bytes()
    return open_to_all(vary_on_accept(typed(terms, TURTLE)))


def _about(thing: Thing | str, page: str) -> Response:
    """Answer for a name: 303 to its page, or RDF where the caller asks for it."""
    return described(thing) or vary_on_accept(_see(page))


def _see(page: str) -> Response:
    return Response(status=303, headers={"Location": page})
