"""Seminars: the list at `/seminars`, one with its passages at `/seminars/<slug>`, each passage at `#<id>`."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template

from kg.english.telling.sentences import Said, heading
from kg.graph.records import Claim, Passage
from webapp.claims.not_said import looked_for
from webapp.context import catalogue

pages = Blueprint("seminars", __name__)

CREDITS_EXPLAINED = {
    ("named", False): "The published summary names the speaker for this very statement.",
    ("presentation", False): "It stands in the report of the presentation, without a name beside it.",
    ("debate", False): "Somebody in the audience, whom the published summary does not name.",
    ("debate", True): "It stands among the comments from the floor, without a speaker.",
    ("write-up", False): "The summary speaks for itself: its introduction, its key learning, its list of people.",
}
"""What it means that a claim is credited in a way, by its kind and whether nobody in particular is said to speak."""

Place = tuple[str, str, list[str]]
"""A place of the source: its id ("M3"), how people say it, and what is quoted of it."""


@pages.get("/seminars")
def index() -> str:
    """List the seminars of this library."""
    return render_template("pages/seminars.html", seminars=catalogue().seminars())


@pages.get("/seminars/<slug>")
def seminar(slug: str) -> str:
    """Show the event, its quotations in order with the claims beside them, and what it does not speak of."""
    shown = catalogue().seminar(slug)
    absent, present = looked_for(catalogue(), shown.slug)
    taking_part = [(agent, roles) for agent in catalogue().agents() if (roles := agent.roles_at(shown.slug))]
    return render_template(
        "pages/seminar.html",
        seminar=shown,
        sections=sections(catalogue().passages(shown.slug)),
        resting=catalogue().claims_resting_on(shown.slug),
        lists=catalogue().ordered_lists(shown.slug),
        people=taking_part,
        absent=absent,
        present=present,
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
    labels = [catalogue().label_inside(concept) for concept in catalogue().most_claimed()[:1]]
    return render_template(
        "pages/about.html", seminars=catalogue().seminars(), such_as="".join(labels), credits=credit_examples()
    )


def credit_examples() -> list[tuple[str, str]]:
    """Return for each way in which claims here are credited the beginning of one, and what it means."""
    found: dict[tuple[str, bool], Claim] = {}
    for claim in catalogue().claims():
        found.setdefault((claim.attribution.kind, claim.attribution.nobody), claim)
    kinds = (kind for kind in CREDITS_EXPLAINED if kind in found)
    return [(_beginning(found[kind]), CREDITS_EXPLAINED[kind]) for kind in kinds]


def _beginning(claim: Claim) -> str:
    about = claim.attribution
    return heading(Said(about.credit, about.kind, claim.stance, about.nobody, claim.text, claim.text), "describes")
