"""Plain questions and bare words, asked of seminars that have no wordings: each has to be answered rightly."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from questions.scoring import fault, read

from kg.answering import AskError
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
        ("heat", "tl;dr", "key-learning", "summary"),
        ("heat", "explain it simply", "key-learning", "summary"),
        ("schools", "In plain English, please", "key-learning", "summary"),
        ("heat", "explain this for a beginner", "key-learning", "summary"),
        ("schools", "ELI5", "key-learning", "summary"),
        ("heat", "put the steps in order", "list-items", "list"),
        ("heat", "go through the steps one by one", "list-items", "list"),
        ("schools", "third step", "item-alone", "item"),
        ("schools", "coaching", "concept", "concept"),
        ("schools", "What is coaching?", "definition", "definition"),
        ("schools", "compare coaching and inspection", "comparison", "compare"),
        ("heat", "how many steps", "list-count", "count"),
        ("heat", "steps", "list-items", "list"),
    ],
)
def test_its_form_is_told(name, question, template, say):
    library = seminar(name)
    assert library.ask(question).template == template
    assert next(each.say for each in library.questions() if each.name == template) == say


@pytest.mark.parametrize(
    ("name", "before", "question", "full"),
    [
        ("heat", "hydrogen", "who said that?", "Who said “Hydrogen will not heat homes in Kestrel Bay”?"),
        ("heat", "hydrogen", "and gas?", "gas"),
        ("heat", "hydrogen", "when was this", "when was this"),
        (
            "heat",
            "who gave the talk",
            "what did she say about hydrogen?",
            "what did Ingrid Solheim say about hydrogen?",
        ),
        ("schools", "what is coaching", "what does it cost", "what does coaching cost"),
        ("schools", "what is coaching", "and inspection?", "what is inspection"),
        ("schools", "what is coaching", "supply teachers", "supply teachers"),
        ("schools", "supply teachers", "nurses?", "nurses?"),
        (
            "town-hall",
            "What did Oakley say about the parking charges?",
            "and what about Joshi?",
            "What did Joshi say about the parking charges?",
        ),
    ],
)
def test_a_question_that_leans_on_the_one_before(name, before, question, full):
    answer = seminar(name).ask(question, after=before)
    assert answer.question == full
    assert answer.claims == seminar(name).ask(full).claims


@pytest.mark.parametrize(
    ("name", "question", "passage"),
    [("heat", "last step", "M6.5"), ("schools", "which step comes last", "A4.3"), ("heat", "first step", "M6.1")],
)
def test_one_item_of_a_list_is_told_alone(name, question, passage):
    assert [each.id for each in seminar(name).ask(question).passages] == [passage]


@pytest.mark.parametrize("name", ["heat", "schools"])
def test_a_numbered_list_is_told_whole_and_in_order(name):
    answer = seminar(name).ask("the steps").answer
    places = [answer.find(f"({number})") for number in range(1, len(seminar(name).ask("the steps").points) + 1)]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    "question", ["What did teachers say?", "What is a heat network?", "coaching", "inspection", "What did Wilk say?"]
)
def test_whoever_speaks_is_named_once(question):
    for name in ("schools", "heat"):
        answer = seminar(name).ask(question).answer
        assert "said: “A teacher" not in answer
        assert "said: by coaching" not in answer
        assert "in his view" not in answer
        assert "as Solheim uses" not in answer


@pytest.mark.parametrize("name", ["heat", "schools", "town-hall"])
@pytest.mark.parametrize("question", ["hello", "who wrote this"])
def test_what_helps_is_no_answer_of_the_seminar(name, question):
    library = seminar(name)
    answer = library.ask(question)
    assert not answer.answered
    assert answer.claims == ()
    assert answer.sparql is None
    assert answer.answer.startswith(answer.lead)
    assert not answer.answer.startswith("The seminar does not say")
    assert answer.related
    assert all(library.ask(each).answered for each in answer.related)


@pytest.mark.parametrize(("after", "word"), [("", "empty"), ("a" * 501, "too long"), ("a\0", "control")])
def test_refuses_what_is_no_question_before(after, word):
    with pytest.raises(AskError, match=f"question before.*{word}"):
        seminar("heat").ask("why?", after=after)
