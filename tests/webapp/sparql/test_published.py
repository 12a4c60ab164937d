"""Every query that is published runs at the endpoint as it stands, and finds what was shown with it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kg.library import Library
from kg.questions.slots import choices
from kg.questions.templates import QuestionTemplate, read_templates
from kg.sparql.formats import JSON
from kg.sparql.query_text import Term, bind
from webapp import create_app

QUESTIONS = Path(__file__).parents[2] / "questions"
SOME, MANY = 60, 4_000
"""The fillings that are tried of a question with more, quickly and thoroughly."""
each_question = pytest.mark.parametrize("template", read_templates(), ids=lambda template: template.name)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def found(client: FlaskClient, query: str) -> list[str]:
    """Return the IRIs of the claims that the endpoint finds with a query."""
    response = client.post("/sparql", data=query, content_type="application/sparql-query", headers={"Accept": JSON})
    assert response.status_code == 200, f"{response.text}\n{query}"
    return [row["claim"]["value"] for row in json.loads(response.data)["results"]["bindings"]]


def fillings(library: Library, template: QuestionTemplate, most: int) -> Iterator[Mapping[str, Term]]:
    """Yield what can be put into the slots of a question: all of it, or of more than `most` fillings a sample."""
    terms = [[choice.term for choice in choices(library.catalogue, kind)] for kind in template.slots.values()]
    every = list(product(*terms))
    chosen = every if len(every) <= most else random.Random(template.name).sample(every, most)
    return (dict(zip(template.slots, each, strict=True)) for each in chosen)


def check_fillings(client: FlaskClient, library: Library, template: QuestionTemplate, most: int) -> None:
    claims = {claim.iri for claim in library.catalogue.claims()}
    for filling in fillings(library, template, most):
        query = bind(template.sparql, {slot: [term] for slot, term in filling.items()})
        iris = found(client, query)
        assert iris == [row["claim"] for row in library.query(query)], filling
        assert claims.issuperset(iris), filling


@each_question
def test_ready_made_questions_run_as_they_stand(
    client: FlaskClient, library: Library, template: QuestionTemplate
) -> None:
    check_fillings(client, library, template, SOME)


@pytest.mark.thorough
@each_question
def test_all_fillings_of_ready_made_questions_run(
    client: FlaskClient, library: Library, template: QuestionTemplate
) -> None:
    check_fillings(client, library, template, MANY)


def check_answers(client: FlaskClient, library: Library, questions: Sequence[Mapping[str, Any]]) -> None:
    for question in questions:
        answer = library.ask(question["q"])
        if answer.sparql is not None:
            assert sorted(found(client, answer.sparql)) == sorted(claim.iri for claim in answer.claims), question["q"]


def questions_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (QUESTIONS / name).read_text(encoding="utf-8").splitlines()]


def test_the_queries_of_answers_run_as_they_stand(client: FlaskClient, library: Library) -> None:
    check_answers(client, library, random.Random(1).sample(questions_of("worked.jsonl"), 40))


@pytest.mark.thorough
@pytest.mark.parametrize("name", [path.name for path in sorted(QUESTIONS.glob("*.jsonl"))])
def test_the_queries_of_all_answers_run(client: FlaskClient, library: Library, name: str) -> None:
    check_answers(client, library, questions_of(name))


def test_a_prefix_that_a_filling_brings_in_is_declared(client: FlaskClient) -> None:
    query = client.get("/questions/said-by.rq?agent=care-quality-commission").text
    assert "PREFIX concept:" in query
    assert "{ concept:care-quality-commission }" in query
    assert found(client, query) == []  # it was not heard
