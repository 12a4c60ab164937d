"""Suggestions while somebody types a question: `/suggest?q=`."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, current_app, jsonify, make_response, request, url_for
from flask.blueprints import BlueprintSetupState

from kg.answering.answerer import LONGEST_QUESTION
from kg.answering.suggest import Suggester
from webapp.security import open_to_all

pages = Blueprint("suggest", __name__)
KEPT = "public, max-age=600"
"""The same letters have the same suggestions until the data change; ten minutes late does no harm."""


@pages.record
def _open(state: BlueprintSetupState) -> None:
    library = state.app.config["LIBRARY"]
    state.app.extensions["suggester"] = Suggester(library.catalogue, library.ask)


@pages.get("/suggest")
def suggestions() -> Response:
    """Return questions that are answered and concepts, for what has been typed so far; at most eight, as JSON."""
    typed = request.args.get("q", "")
    if len(typed) > LONGEST_QUESTION:
        message = f"The question is too long: use at most {LONGEST_QUESTION} characters."
        return open_to_all(make_response(jsonify(error=message), 400))
    found = cast(Suggester, current_app.extensions["suggester"]).suggest(typed)
    response = jsonify(
        questions=list(found.questions),
        concepts=[
            {"label": concept.label, "slug": concept.slug, "href": url_for("concepts.concept", slug=concept.slug)}
            for concept in found.concepts
        ],
    )
    response.headers["Cache-Control"] = KEPT
    return open_to_all(response)
