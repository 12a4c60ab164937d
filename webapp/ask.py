"""Home and answers: `/` and `/ask?q=`."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, render_template, request

from kg.answering import AskError
from webapp.context import HTML, library, preferred, vary_on_accept

pages = Blueprint("ask", __name__)
JSON = "application/json"


@pages.get("/")
def home() -> str:
    """Show the search box, example questions and the seminar's map."""
    return render_template("home.html")


@pages.get("/ask")
def answer() -> Response:
    """Answer the question in `q`, as a page or as the JSON that scripts read."""
    question = request.args.get("q", "")
    as_json = request.args.get("format") == "json" or preferred([HTML, JSON]) == JSON
    try:
        found = library().ask(question)
    except AskError as error:
        if as_json:
            return _shared(make_response(jsonify(error=str(error)), 400))
        page = render_template("ask_again.html", question=question, message=str(error))
        return make_response(page, 400)
    if as_json:
        return _shared(jsonify(found.to_dict()))
    return vary_on_accept(make_response(render_template("answer.html", answer=found)))


def _shared(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    return vary_on_accept(response)
