"""Claims that are near to a question which nobody answers outright, and why; and questions nearby."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.answering.nearby.nearest import MOST_NEAR, nearest
from kg.library import Library

# library, question, words of the claim that is nearest, why it is near
NEAR = [
    (
        "packaged",
        "How many patients died at Mid Staffs?",
        "akin to that at Mid Staffs",
        "“Mid Staffs”, but gives no number.",
    ),
    ("packaged", "How do you test a candidate's values?", "values we want to see", "not of “test”"),
    ("packaged", "What did Ian Cumming say about culture?", "culture", "but is credited to"),
    ("heat", "Where were the flats that the institute measured?", "1,150 flats", "It speaks of “flats”"),
    ("heat", "What did Ann Other say about hydrogen?", "Hydrogen", "but is credited to Ingrid Solheim."),
    ("bridge", "What did Joan Attwell's husband do?", "Joan Attwell", "not of “husband”"),
]


@pytest.mark.parametrize(("name", "question", "claim", "why"), NEAR, ids=[each[1] for each in NEAR])
def test_near_claims(library_of: Callable[[str], Library], name: str, question: str, claim: str, why: str) -> None:
    found = library_of(name).ask(question).nearest
    assert 1 <= len(found) <= MOST_NEAR
    assert claim in found[0].claim.text
    assert why in found[0].why


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("packaged", "How do I cook rice?"),
        ("packaged", "Where can I download Professor West's slides?"),
        ("packaged", "Good icebreaker for 20 people?"),
        ("heat", "Who won the football last night?"),
        ("bridge", "What is the capital of France?"),
    ],
)
def test_nothing_is_near(library_of: Callable[[str], Library], name: str, question: str) -> None:
    answer = library_of(name).ask(question)
    assert (answer.outcome, answer.nearest) == ("not-said", ())
    assert answer.related


def test_claims_and_reasons_from_outside(library: Library) -> None:
    claims = [claim.iri for claim in library.catalogue.claims()][:2]
    asked = library.answerer.of("")
    core = asked.core(asked.match("Is culture good?"))
    found = nearest(library.catalogue, [core], among=claims[::-1], why=lambda claim: "It is one.")
    assert [(near.claim.iri, near.why) for near in found] == [(iri, "It is one.") for iri in claims[::-1]]


def test_a_refusal_with_a_sentence_and_claims_from_outside(library: Library) -> None:
    claim = library.catalogue.claims(concept="culture")[0]
    asked = library.answerer.of("")
    question = "Is culture always toxic?"
    answer = library.answerer.refusal(
        question, {"": asked.find(question)}, lead="It was not said.", among=[claim.iri], why=lambda claim: None
    )
    assert (answer.outcome, answer.lead, [near.claim for near in answer.nearest]) == (
        "near",
        "It was not said.",
        [claim],
    )
    assert "culture" in answer.nearest[0].why


@pytest.mark.parametrize(
    ("name", "question", "offered"),
    [
        ("packaged", "How many patients died at Mid Staffs?", "What was said about Mid Staffs?"),
        ("packaged", "What did Ian Cumming say about culture?", "What did Michael West say about culture?"),
        ("heat", "What did the water company say about Harbour Street?", "What was said about Harbour Street?"),
        ("heat", "How much gas does Westhaven burn in a year?", "What was said about gas?"),
        ("town-hall", "Is the council bound by the vote of the student?", "What did a student say about"),
    ],
)
def test_questions_nearby(library_of: Callable[[str], Library], name: str, question: str, offered: str) -> None:
    found = library_of(name).ask(question).related
    assert any(each.startswith(offered) for each in found), found
    assert all(library_of(name).ask(each).answered for each in found)
    assert question not in found
