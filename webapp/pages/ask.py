"""Answers: `/ask?q=`."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Final, cast

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request
from flask.blueprints import BlueprintSetupState

from kg.answering import Answer, AskError
from kg.answering.answer import pieces
from kg.answering.unanswered_log import UnansweredLog
from kg.english.telling.sentences import KIND_NAMES
from kg.maps.claim_map import map_of_claims
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.selection import Selection
from webapp import wording
from webapp.context import HTML, JSON, catalogue, library, preferred, vary_on_accept
from webapp.maps.on_paper import fits_exercise
from webapp.pages.answer_parts import parts
from webapp.security import open_to_all
from webapp.threads import ANSWERING, Queue

pages = Blueprint("ask", __name__)

LONG: Final = 100
"""Characters of a question and the one before it, beyond which it waits for its turn: one of 500 takes seven times as
long as one of 60."""
LONG_QUESTIONS: Final = Queue(ANSWERING, "Other long questions are being answered here; try again in a few seconds.")


@pages.get("/ask")
def answer() -> Response:
    """Answer the question in `q`, asked after the one in `after`, as a page or as the JSON that scripts read."""
    question, after = request.args.get("q", ""), request.args.get("after")
    as_json = request.args.get("format") == "json" or preferred([HTML, JSON]) == JSON
    try:
        with LONG_QUESTIONS.turn() if len(question) + len(after or "") > LONG else nullcontext():
            found = library().ask(question, after)
            response = open_to_all(jsonify(found.to_dict())) if as_json else make_response(_page(found, question))
    except AskError as error:
        if as_json:
            return vary_on_accept(open_to_all(make_response(jsonify(error=str(error)), 400)))
        page = render_template("pages/ask_again.html", question=question, message=str(error))
        return make_response(page, 400)
    log(found, response)
    return vary_on_accept(response)


def _page(found: Answer, typed: str) -> str:
    """Return the page of an answer: what is said, the words it rests on, what can be taken along, the query.

    Arguments:
        found: the answer.
        typed: the question as it was typed, before it was written out in full.
    """
    concept_map = drawn(found)
    lists = tuple(each for seminar in found.seminars for each in catalogue().ordered_lists(seminar.slug))
    shown = parts(found, lists)
    return render_template(
        "pages/answer.html",
        answer=found,
        typed=" ".join(typed.split()),
        parts=shown,
        citations=wording.citations_of_all(shown.claims, found.seminars) if found.answered else (),
        pieces=pieces(found),
        kinds=KIND_NAMES,
        form=next((each.title for each in library().questions() if each.name == found.template), None),
        drawn=concept_map,
        fits_exercise=concept_map is not None and fits_exercise(concept_map),
    )


def drawn(found: Answer) -> ConceptMap | None:
    """Return the map of an answer's claims, or None where nothing is drawn. Arranges nothing."""
    if not found.answered:
        return None
    try:
        return map_of_claims(catalogue(), found.claims, Selection(question=found.question), base_url="")
    except MapError:
        return None


LOG = "unanswered_log"


@pages.record
def _open_log(state: BlueprintSetupState) -> None:
    """Open the log that UNANSWERED_LOG names, if it names one."""
    path = state.app.config["UNANSWERED_LOG"]
    state.app.extensions[LOG] = UnansweredLog(path, state.app.logger.warning) if path else None


def log(found: Answer, response: Response) -> None:
    """Log a question without an answer: its words, the day and the edition, and nothing about who asked.

    The response is not to be stored then, so that the question is logged each time.
    """
    unanswered = cast(UnansweredLog | None, current_app.extensions[LOG])
    if unanswered is not None and not found.answered:
        unanswered.add(found.question, found.version)
        response.headers["Cache-Control"] = "no-store"
