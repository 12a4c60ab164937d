"""Claims: the list with its filters at `/claims`, one at `/claims/<slug>`."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template, request

from kg.graph.records import Claim
from webapp.claims.filters import ClaimFilters
from webapp.context import catalogue

pages = Blueprint("claims", __name__)

FILES = (
    ("xlsx", "Spreadsheet (Excel)"),
    ("csv", "Spreadsheet (CSV)"),
    ("html", "Map to look at"),
    ("svg", "Map as a picture"),
)
"""How the claims that are shown can be taken: the ending of the file, and what it is called."""


@pages.get("/claims")
def index() -> str:
    """List the claims that fit the filters: `webapp.claims.filters.LABELS` has their names.

    Of whoever gave a talk the claims in the report of it count, too: each card tells them apart.
    """
    filters = ClaimFilters(catalogue(), request.args)
    return render_template(
        "pages/claims.html",
        claims=filters.found,
        seminars=[
            (catalogue().seminar(slug), _by_section(list(group)))
            for slug, group in groupby(filters.found, key=lambda claim: claim.seminar)
        ],
        filters=filters.offered(),
        words=filters.words(),
        query=filters.to_query(),
        files=FILES,
        kept={name: filters.chosen[name] for name in ("arrow", "question") if name in filters.chosen},
    )


@pages.get("/claims/<slug>")
def claim(slug: str) -> str:
    """Show one claim: who said it, the words it rests on, what it is made of, and how to cite it."""
    shown = catalogue().claim(slug)
    beside = catalogue().claims_resting_on(shown.seminar)
    others = {c.slug: c for passage in shown.passages for c in beside[passage.id] if c.slug != slug}
    return render_template("pages/claim.html", claim=shown, others=tuple(others.values()))


def _by_section(claims: list[Claim]) -> list[tuple[str, list[Claim]]]:
    """Return the claims of a seminar by the section of its source that they rest on first."""
    groups = groupby(claims, key=lambda claim: claim.passages[0].section)
    return [(name, list(group)) for name, group in groups]
