"""Plain questions and bare words, asked of seminars that have no wordings: each has to be answered rightly."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from questions.scoring import fault, read

from kg.library import Library, open_library

TESTS = Path(__file__).parents[2]


@cache
def seminar(name: str) -> Library:
    return open_library(TESTS / "fixtures" / name / "seminar.ttl")


@pytest.mark.parametrize("question", read(TESTS / "questions" / "plain.jsonl"), ids=lambda each: each["q"])
def test_a_plain_question(question):
    library = seminar(question["seminar"])
    answer = library.ask(question["q"])
    assert fault(question, answer) is None
    found = {row["claim"].value for row in library.data.engine.select(answer.sparql)}
    assert found == {claim.iri for claim in answer.claims}


@pytest.mark.parametrize(
    ("name", "question", "template", "say"),
    [
        ("heat", "tl;dr", "key-learning", "list"),
        ("schools", "coaching", "concept", "concept"),
        ("schools", "What is coaching?", "definition", "definition"),
        ("schools", "compare coaching and inspection", "comparison", "comparison"),
        ("heat", "how many steps", "list-count", "count"),
        ("heat", "steps", "list-items", "list"),
    ],
)
def test_its_form_is_told(name, question, template, say):
    library = seminar(name)
    assert library.ask(question).template == template
    assert next(each.say for each in library.questions() if each.name == template) == say
