"""Seminars: the list at `/seminars`, one with its passages at `/seminars/<slug>`, each passage at `#<id>`."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template

from webapp.context import library

pages = Blueprint("seminars", __name__)


@pages.get("/seminars")
def index() -> str:
    """List the seminars of this library."""
    return render_template("seminars.html", seminars=library().seminars())


@pages.get("/seminars/<slug>")
def seminar(slug: str) -> str:
    """Show the event, the people, and each quoted passage with the claims that rest on it."""
    shown = library().seminar(slug)
    sections = groupby(library().passages(slug), key=lambda passage: passage.section)
    return render_template(
        "seminar.html",
        seminar=shown,
        sections=[(name, list(found)) for name, found in sections],
        resting=library().claims_resting_on(slug),
        lists=library().ordered_lists(slug),
        people=[agent for agent in library().agents() if agent.roles],
    )
