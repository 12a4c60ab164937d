"""About this source, and help on the words used here: `/about`."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.context import library

pages = Blueprint("about", __name__)


@pages.get("/about")
def about() -> str:
    """Explain where the claims come from, what a claim and a concept are, and how to report an error."""
    return render_template("about.html", seminars=library().seminars())
