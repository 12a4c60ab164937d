"""Suggestions while somebody types a question: `/suggest?q=`."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, current_app, jsonify, request, url_for
from flask.blueprints import BlueprintSetupState

from kg.answering.answerer import LONGEST_QUESTION
from kg.answering.suggest import Suggester

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
        return _refused(f"The question is too long: use at most {LONGEST_QUESTION} characters.")
    found = cast(Suggester, current_app.extensions["suggester"]).suggest(typed)
    response = jsonify(
        questions=list(found.questions),
        concepts=[
            {"label": concept.label, "slug": concept.slug, "href": url_for("concepts.concept", slug=concept.slug)}
            for concept in found.concepts
        ],
    )
    response.headers["Cache-Control"] = KEPT
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _refused(message: str) -> Response:
    response = jsonify(error=message)
    response.status_code = 400
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
