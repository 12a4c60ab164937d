"""Seminars: the list at `/seminars`, one with its passages at `/seminars/<slug>`, each passage at `#<id>`."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template

from kg.graph.records import Passage
from webapp.context import catalogue

pages = Blueprint("seminars", __name__)

Place = tuple[str, str, list[str]]
"""A place of the source: its id ("M3"), how people say it, and what is quoted of it."""


@pages.get("/seminars")
def index() -> str:
    """List the seminars of this library."""
    return render_template("pages/seminars.html", seminars=catalogue().seminars())


@pages.get("/seminars/<slug>")
def seminar(slug: str) -> str:
    """Show the event, the people, and each quoted passage with the claims that rest on it."""
    shown = catalogue().seminar(slug)
    taking_part = [(agent, roles) for agent in catalogue().agents() if (roles := agent.roles_at(shown.slug))]
    return render_template(
        "pages/seminar.html",
        seminar=shown,
        sections=sections(catalogue().passages(shown.slug)),
        resting=catalogue().claims_resting_on(shown.slug),
        lists=catalogue().ordered_lists(shown.slug),
        people=taking_part,
    )


def sections(passages: tuple[Passage, ...]) -> list[tuple[str, list[Place]]]:
    """Return the passages by section, each place of the source once."""
    return [
        (section, [_place(list(quoted)) for _, quoted in groupby(found, key=lambda passage: passage.id)])
        for section, found in groupby(passages, key=lambda passage: passage.section)
    ]


def _place(quoted: list[Passage]) -> Place:
    return quoted[0].id, quoted[0].place, [passage.quote for passage in quoted]


@pages.get("/about")
def about() -> str:
    """Explain where the claims come from, what a claim and a concept are, and how to report an error."""
    return render_template("pages/about.html", seminars=catalogue().seminars())
