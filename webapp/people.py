"""People and organisations: the list at `/people`, one at `/people/<slug>`."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.context import library

pages = Blueprint("people", __name__)


@pages.get("/people")
def index() -> str:
    """List everyone whom the source names, or quotes without a name."""
    return render_template("people.html", agents=library().agents())


@pages.get("/people/<slug>")
def person(slug: str) -> str:
    """Show who someone was at the time, and what they are named for, apart from what is only reported."""
    agent = library().agent(slug)
    claims = library().claims(agent=agent.slug)
    kinds = ("named", "debate", "presentation", "write-up")
    return render_template(
        "person.html",
        agent=agent,
        claims={kind: [c for c in claims if c.attribution.kind == kind] for kind in kinds},
    )
