"""The page that writes and runs queries: `/sparql` in a browser, what it offers to complete, and `/sparql/script`.

Every query has its address, so the page a query leads to is a link to it. All of it works without JavaScript; with
it, the text area becomes an editor (editor/ has its source).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request, url_for

from kg.maps.concept_map import MapError
from kg.sparql.deviations import deviations
from kg.sparql.engine import QuerySyntaxError, Result
from kg.sparql.formats import MEDIA_TYPES, TURTLE
from kg.sparql.lexer import shape_of
from kg.sparql.limits import DEFAULT_LIMITS
from kg.sparql.query_text import with_prefixes
from kg.sparql.terms import run
from kg.sparql.unknown_terms import unknown_terms
from webapp.context import catalogue, dataset, lasting_address, library, public_address, vary_on_accept
from webapp.errors import explain
from webapp.maps import of_result
from webapp.maps.page import Picture, as_picture, drawings
from webapp.security import nonce
from webapp.sparql import results
from webapp.sparql.completion import completions
from webapp.sparql.snippets import snippets

pages = Blueprint("editor", __name__)
pages.add_app_template_filter(with_prefixes, "with_prefixes")

FILES = {
    "rows": (("xlsx", "Spreadsheet (Excel)"), ("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML")),
    "graph": (("ttl", "Turtle"), ("nt", "N-Triples"), ("jsonld", "JSON-LD"), ("xml", "RDF/XML")),
    "truth": (("json", "JSON"), ("xml", "XML")),
}
"""The files that a result comes as: what `format` says, and the words of the link."""
VIEWS = {"table": "Table", "raw": "Raw", "map": "Map"}


@dataclass(frozen=True)
class QueryProblem:
    """What is wrong with a query, and where: line and column from 1, and the line there in three parts."""

    message: str
    line: int | None = None
    column: int | None = None
    excerpt: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True)
class View:
    """How a result is looked at: the name of the view and those there are (name, words, address).

    A map has its picture, or what stands in the way of drawing it.
    """

    name: str
    offered: tuple[tuple[str, str, str], ...] = ()
    picture: Picture | None = None
    problem: str = ""


def answered(query: str, execute: Callable[[str, str], Result]) -> Response:
    """Run a query, whose known prefixes may be left out, and return the page with its result.

    Arguments:
        query: the text of the editor.
        execute: runs a whole query and returns its result in a media type, under whatever limits hold.

    Raises:
        QueryError: it has no result; lines are counted as they stand in the editor.
    """
    offered = MEDIA_TYPES[shape_of(query).form or "SELECT"]
    media_type = TURTLE if TURTLE in offered else offered[0]
    result = run(query, lambda whole: execute(whole, media_type))
    hints = [str(each) for each in unknown_terms(with_prefixes(query), result, dataset().engine)]
    hints += deviations(query, has_unknown_terms=bool(hints))
    return page(query, result=results.shown(result), hints=hints)


def page(
    query: str,
    status: int = 200,
    *,
    problem: Exception | str | None = None,
    result: results.Shown | None = None,
    hints: Sequence[str] = (),
) -> Response:
    """Return the editor with a query in it, and below it the result or what was wrong.

    Arguments:
        query: the text to edit; "" for an example.
        status: the HTTP status of the answer.
        problem: why there is no result; a QuerySyntaxError is shown at its place.
        result: what the query found.
        hints: sentences that may explain what it found.
    """
    kind = "rows"
    if result is not None:
        kind = "graph" if result.is_graph else "rows" if result.boolean is None else "truth"
    body = render_template(
        "sparql/editor.html",
        query=query,
        problem=None if problem is None else _problem(query, problem),
        result=result,
        hints=hints,
        view=None if result is None else _view(query, result),
        formats=FILES[kind],
        examples=[(template.title, template.sparql) for template in library().questions()],
        deadline=current_app.config["DEADLINE"],
        most_rows=DEFAULT_LIMITS.rows,
        nonce=nonce(),
    )
    return make_response(body, status)


@pages.get("/sparql/terms.json")
def terms() -> Response:
    """Return what the editor offers to complete."""
    return jsonify(completions(library()))


@pages.get("/sparql/script")
def script() -> Response:
    """Show scripts that run the query of the request: all there are, or the one for the `client` of the request."""
    query = request.args.get("query", "").strip() or library().questions()[0].sparql
    client = request.args.get("client", "")
    try:
        found = snippets(query, public_address("/sparql"))
    except ValueError as error:
        return explain(400, str(error))
    if client:
        known = [snippet.client for snippet in found]
        found = [snippet for snippet in found if snippet.client == client.lower()]
        if not found:
            message = f"There is no script for “{client[:40]}” and this query; client can be {', '.join(known)}."
            return explain(400, message)
    return vary_on_accept(make_response(render_template("sparql/script.html", query=query, snippets=found)))


def _problem(query: str, problem: Exception | str) -> QueryProblem:
    """Return what is wrong, with its place where it has one."""
    message = str(problem)
    if isinstance(problem, QuerySyntaxError):
        place = (problem.line, problem.column)
    elif found := re.search(r"at line (\d+), column (\d+)", message):
        place = (int(found[1]), int(found[2]))
    else:
        return QueryProblem(message)
    lines = re.split(r"\r\n|\r|\n", query)
    line = lines[place[0] - 1] if place[0] <= len(lines) else ""
    start = min(place[1] - 1, len(line))
    # The parser may give up within a word; the whole word is what a person looks for.
    while start and re.match(r"\w\w", line[start - 1 : start + 1]):
        start -= 1
    word = re.match(r"\s*(?:\w+|\S)", line[start:])
    end = start + (word.end() if word else 0)
    return QueryProblem(message, place[0], start + 1, (line[:start], line[start:end], line[end:]))


def _view(query: str, result: results.Shown) -> View:
    """Return how the request wants to look at a result: by `view`, else as suits it."""
    if result.boolean is not None:
        return View("raw")
    names = [name for name in VIEWS if name != "map" or of_result.can_be_drawn(result.columns, result.terms)]
    wanted = request.args.get("view", "")
    name = wanted if wanted in names else "raw" if result.is_graph else "table"
    offered = tuple((each, VIEWS[each], _address(query, each)) for each in names)
    if name != "map":
        return View(name, offered)
    try:
        drawn = of_result.concept_map(catalogue(), result.columns, result.terms)
        drawing = drawings().of(drawn)
        return View(name, offered, picture=as_picture(drawing, drawing.under(lasting_address)))
    except MapError as error:
        return View(name, offered, problem=str(error))


def _address(query: str, view: str) -> str:
    return url_for("sparql.endpoint", query=query, view=view, _anchor="results")
