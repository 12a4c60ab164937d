"""Concepts: those that matter most and the A to Z at `/concepts`, one at `/concepts/<slug>`."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, make_response, render_template

from kg.graph.name_lookup import sorting_label
from kg.graph.records import Claim
from webapp.claims.criticism import criticism_of
from webapp.claims.matrix import leading_concepts
from webapp.context import catalogue, vary_on_accept
from webapp.maps.page import neighbourhood_picture
from webapp.wording import HOW_SAID_HEADINGS

pages = Blueprint("concepts", __name__)


@pages.get("/concepts")
def index() -> str:
    """List the concepts that matter most, then every one under its first letter, with how many claims are about it."""
    groups = groupby(catalogue().concepts(), key=lambda concept: sorting_label(concept.label)[0].upper())
    leading = leading_concepts(catalogue())
    return render_template(
        "pages/concepts.html",
        leading=leading if len(leading) < len(catalogue().concepts()) else [],
        letters=[(letter, list(found)) for letter, found in groups],
        times=catalogue().times_claimed(),
    )


@pages.get("/concepts/<slug>")
def concept(slug: str) -> Response:
    """Show what a concept means here, what was claimed about it, and its surroundings on the map."""
    shown = catalogue().concept(slug)
    claims = catalogue().claims(concept=shown.slug)
    page = render_template(
        "pages/concept.html",
        concept=shown,
        theme=catalogue().theme(shown.theme) if shown.theme else None,
        claims=claims,
        groups=by_stance(claims),
        picture=neighbourhood_picture(shown),
        criticisms=criticism_of(catalogue(), shown.slug),
    )
    return vary_on_accept(make_response(page))


def by_stance(claims: tuple[Claim, ...]) -> list[tuple[str, list[Claim]]]:
    """Return the claims under headings that say how they were said, empty headings left out."""
    groups = {title: [c for c in claims if c.stance == stance] for stance, title in HOW_SAID_HEADINGS.items()}
    return [(title, found) for title, found in groups.items() if found]
