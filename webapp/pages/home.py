"""Home: whose words these are, one box to ask in, four doors and the map; and what two of the doors lead to."""

from __future__ import annotations

from flask import Blueprint, render_template

from kg.english.telling.sentences import question_about, question_of_list
from kg.graph.records import Agent, OrderedList, Seminar
from kg.maps.concept_map import MapError
from kg.maps.drawing.drawing import Drawing
from kg.maps.limits import HEADLINE
from kg.maps.selection import Selection
from webapp.context import catalogue, library
from webapp.maps.on_paper import fits_exercise
from webapp.maps.page import drawings, headline
from webapp.pages.ask import drawn
from webapp.threads import NoThreadError

pages = Blueprint("home", __name__)

MOST_HANDOUTS, MOST_EXERCISES = 12, 8
"""Concepts that a handout is offered for, those that most claims are about; and how many exercises are offered."""


@pages.get("/")
def home() -> str:
    """Show what this is, the search box, four doors, and the concepts that matter most as a map."""
    seminars = catalogue().seminars()
    drawing = _headline_drawing()
    return render_template(
        "pages/home.html",
        seminars=[(each, presenters(each), len(catalogue().claims(seminar=each.slug))) for each in seminars],
        picture=headline(drawing) if drawing else None,
        shown=len(drawing.concept_map) if drawing else 0,
        most=HEADLINE,
    )


def presenters(seminar: Seminar) -> tuple[Agent, ...]:
    """Return who gave a talk that is reported at a seminar, by the claims that stand in the reports."""
    claims = catalogue().claims(seminar=seminar.slug)
    slugs = dict.fromkeys(slug for claim in claims for slug in claim.attribution.presenters)
    return tuple(catalogue().agent(slug) for slug in slugs)


def _headline_drawing() -> Drawing | None:
    """Return the drawing of the concepts that matter most; None where nothing is drawn, or others wait for theirs."""
    try:
        return drawings().selected(Selection(most=HEADLINE, page="square"))
    except (MapError, NoThreadError):
        return None


@pages.get("/slides")
def slides() -> str:
    """Show what can be put on a slide: the map, a map a topic, and what the source numbers."""
    return render_template("pages/slides.html", lists=_lists(), themes=catalogue().themes(), most=HEADLINE)


@pages.get("/class")
def for_class() -> str:
    """Show what can be given to a class: handouts, questions to discuss, the quotations in order."""
    offered = catalogue().most_claimed()[:MOST_HANDOUTS]
    handouts = [(concept.label, question_about(catalogue().label_inside(concept))) for concept in offered]
    asked = [*((each.name, question) for each, question in _lists()), *handouts]
    exercises = [(label, question) for label, question in asked if _fits_exercise(question)][:MOST_EXERCISES]
    return render_template("pages/class.html", handouts=handouts, exercises=exercises, seminars=catalogue().seminars())


def _fits_exercise(question: str) -> bool:
    concept_map = drawn(library().ask(question))
    return concept_map is not None and fits_exercise(concept_map)


def _lists() -> list[tuple[OrderedList, str]]:
    """Return what the sources number, each list with the question that it answers, where it does."""
    found = ((each, question_of_list(each.name)) for each in catalogue().ordered_lists())
    return [(each, question) for each, question in found if library().ask(question).answered]
