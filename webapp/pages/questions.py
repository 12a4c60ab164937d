"""Ready-made questions as forms and as addresses: `/questions`, `/questions/<name>`, and each as a file.

A parameter stands for a slot of the question's template: `/questions/about-concept.csv?concept=culture`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request
from rapidfuzz import process

from kg.graph.export import claims_as_csv
from kg.graph.records import Claim
from kg.questions.as_rdf import executables
from kg.questions.slots import SlotError, SlotValue, choices, chosen, example, fill, is_at_home
from kg.questions.templates import SLOT_KINDS, USES, QuestionTemplate
from kg.sparql.formats import CSV, TURTLE
from kg.spreadsheet import XLSX
from webapp.claims.table import workbook
from webapp.context import (
    HTML,
    as_file,
    catalogue,
    lasting_address,
    library,
    preferred,
    public_address,
    typed,
    vary_on_accept,
)
from webapp.errors import explain
from webapp.security import open_to_all
from webapp.sparql.protocol import DIRECT

pages = Blueprint("questions", __name__)

FILES = {"xlsx": "Spreadsheet (Excel)", "csv": "Table (CSV)"}
FOR_PROGRAMS = {"json": "JSON", "rq": "Query (SPARQL)"}


@pages.get("/questions")
def index() -> Response:
    """List the ready-made questions, as a page or as `sh:SPARQLSelectExecutable`."""
    if preferred([HTML, TURTLE]) == TURTLE:
        return vary_on_accept(as_turtle())
    rows = [(each, _example_address(each), _example(each), _labels(each).values()) for each in library().questions()]
    rows.sort(key=lambda row: row[0].suggested or len(rows))  # those first that the home page may offer
    groups = [(words, [row for row in rows if row[0].use == use]) for use, words in USES.items()]
    others = [row for row in rows if row[0].use is None]
    return vary_on_accept(make_response(render_template("pages/questions.html", groups=groups, others=others)))


@pages.get("/questions.ttl")
def as_turtle() -> Response:
    """Return the ready-made questions as RDF, for other SPARQL tools."""
    body = executables(catalogue(), library().questions(), public_address("/sparql"))
    return open_to_all(typed(body, TURTLE))


@pages.get("/questions/<slug>")
def question(slug: str) -> Response:
    """Show a question as a form with a field for each slot; once they are filled, what is claimed about it."""
    template = _template(slug)
    if preferred([HTML, TURTLE]) == TURTLE:
        body = executables(catalogue(), [template], public_address("/sparql"))
        return vary_on_accept(open_to_all(typed(body, TURTLE)))
    given, problem, sparql = _given(template), None, None
    if given or not template.slots:
        try:
            sparql = fill(catalogue(), template, given)
        except SlotError as error:
            problem = error
    page = render_template(
        "pages/question.html",
        template=template,
        fields=_fields(template, given),
        problem=problem,
        near=() if problem is None else _addresses(given, problem),
        sparql=sparql,
        claims=None if sparql is None else _claims(sparql),
        files=[(f"/questions/{slug}.{ending}", words) for ending, words in FILES.items()],
        for_programs=[(f"/questions/{slug}.{ending}", words) for ending, words in FOR_PROGRAMS.items()],
        given=given,
    )
    return vary_on_accept(make_response(page, 400 if problem else 200))


@pages.get("/questions/<slug>.<extension>")
def file(slug: str, extension: str) -> Response:
    """Return what a question finds as .xlsx, .csv or .json, or its query with the chosen terms as .rq."""
    template = _template(slug)
    if extension not in FILES | FOR_PROGRAMS:
        abort(404, f"A question does not come as “{extension[:20]}”. It comes as {', '.join(FILES | FOR_PROGRAMS)}.")
    given = _given(template)
    if extension == "rq" and not given:
        return _query(template.sparql)
    try:
        sparql = fill(catalogue(), template, given)
    except SlotError as error:
        return explain(400, str(error), _addresses(given, error))
    if extension == "rq":
        return _query(sparql)
    claims = _claims(sparql)
    if extension == "xlsx":
        chosen_by = [template.title, *given.values()]
        body = workbook(catalogue(), claims, chosen_by, lasting_address(""))
        return open_to_all(as_file(typed(body, XLSX), f"{slug}.xlsx", "attachment"))
    if extension == "json":
        return open_to_all(jsonify(_as_json(template, given, sparql, claims)))
    return open_to_all(
        as_file(typed(claims_as_csv(catalogue(), claims, lasting_address("") or ""), CSV), f"{slug}.csv")
    )


def _template(name: str) -> QuestionTemplate:
    found = {template.name: template for template in library().questions()}
    if name not in found:
        near = [each for each, _, _ in process.extract(name, list(found), limit=3, score_cutoff=60)]
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        abort(404, f"There is no ready-made question called “{name[:80]}”.{hint}")
    return found[name]


def _given(template: QuestionTemplate) -> dict[str, str]:
    """Return the slots that the request fills; other parameters are passed over."""
    return {slot: request.args[slot] for slot in template.slots if request.args.get(slot, "").strip()}


def _fields(template: QuestionTemplate, given: Mapping[str, str]) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """Return for each slot its name, what it is called, its choices (slug and label), and the one to show chosen."""
    shown = example(catalogue(), template)
    fields = []
    labels = _labels(template)
    for slot, kind in template.slots.items():
        options = [(choice.slug, _with_seminar(kind, choice)) for choice in choices(catalogue(), kind)]
        try:
            value = chosen(catalogue(), slot, kind, given.get(slot, "")).slug
        except SlotError:
            value = shown[slot].slug if slot in shown and not given else ""
        fields.append((slot, labels[slot], options, value))
    return fields


def _with_seminar(kind: str, choice: SlotValue) -> str:
    """Return what a choice is called; of several seminars, somebody with those that name them."""
    if kind != "agent" or len(catalogue().seminars()) < 2:
        return choice.label
    named = catalogue().seminars_naming(catalogue().agent(choice.slug))
    return f"{choice.label} ({'; '.join(seminar.document.title for seminar in named)})"


def _labels(template: QuestionTemplate) -> dict[str, str]:
    """Return what each slot is called: by its kind, and told apart where two are of one kind."""
    kinds = list(template.slots.values())
    twice = {kind for kind in kinds if kinds.count(kind) > 1}
    return {
        slot: f"{('First', 'Second')[number > 0]} {SLOT_KINDS[kind].lower()}" if kind in twice else SLOT_KINDS[kind]
        for number, (slot, kind) in enumerate(template.slots.items())
    }


def _claims(sparql: str) -> list[Claim]:
    rows = library().query(sparql)
    return catalogue().claims_by_iri(row["claim"] for row in rows)


def _as_json(template: QuestionTemplate, given: Mapping[str, str], sparql: str, claims: list[Claim]) -> dict[str, Any]:
    """Return what a question found, its claims and passages in the form of an answer (docs/answers.md)."""
    passages = {passage.iri: (passage, claim) for claim in claims for passage in claim.passages}
    return {
        "template": template.name,
        "title": template.title,
        "slots": {slot: chosen(catalogue(), slot, kind, given[slot]).slug for slot, kind in template.slots.items()},
        "claims": [claim.to_dict(catalogue().seminar(claim.seminar)) for claim in claims],
        "passages": [
            each.to_dict(claim.attribution.credit, catalogue().seminar(each.seminar))
            for each, claim in passages.values()
        ],
        "sparql": sparql,
        "version": library().version,
    }


def _addresses(given: Mapping[str, str], error: SlotError) -> tuple[tuple[str, str], ...]:
    """Return the address of the question with each near name in place of the wrong one, and its label."""
    return tuple((_with(request.path, {**given, error.slot: choice.slug}), choice.label) for choice in error.near)


def _example(template: QuestionTemplate) -> str | None:
    """Return a question, or what it is filled with, that the claims answer; None where they answer none of its form."""
    filled = example(catalogue(), template)
    if is_at_home(catalogue(), template):
        return template.example
    return ", ".join(choice.label for choice in filled.values()) or None


def _example_address(template: QuestionTemplate) -> str:
    filled = {slot: choice.slug for slot, choice in example(catalogue(), template).items()}
    return _with(f"/questions/{template.name}", filled)


def _with(path: str, parameters: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path


def _query(sparql: str) -> Response:
    return open_to_all(Response(sparql.rstrip() + "\n", content_type=f"{DIRECT}; charset=utf-8"))
