"""Which claims decide a question, and that others do not."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("packaged", "Is the capital of France Paris?"),
        ("packaged", "Does fairness cause engagement?"),
        ("schools", "Is the capital of France Paris?"),
    ],
)
def test_what_no_claim_is_about(decide, name, question):
    decision = decide(name, question)
    assert (decision.verdict, decision.judgements) == (None, ())


@pytest.mark.parametrize(
    ("name", "question", "claims"),
    [
        ("schools", "Does coaching take away fear?", {"a5-1"}),
        ("schools", "Ought the government to pay for the time that coaching takes?", {"q5-2", "q5-3"}),
    ],
)
def test_the_claims_that_decide(decide, name, question, claims):
    found = {each.comparison.claim.slug.split("-2023-")[1] for each in decide(name, question).judgements}
    assert found == claims


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did Ruth Adeyemi say that coaching takes away fear?", "Ruth Adeyemi"),
        ("Does coaching take away fear?", None),
    ],
)
def test_whose_words_are_asked_for(decide, question, words):
    speaker = decide("schools", question).speaker
    assert (speaker and speaker.words) == words


@pytest.mark.parametrize(
    "question",
    [
        "Do patients create culture?",
        "Do staff create culture?",
        "Is it the job of HR to shape culture?",
        "Was Mid Staffs caused by paperwork?",
        "Does Monitor carry much of the responsibility for shaping culture?",
        "Is transforming leadership a collective responsibility?",
        "Is recruitment based on qualifications crucial?",
        "Should leaders motivate patients towards a vision?",
        "Is a leadership strategy a plan for cutting costs?",
        "Do patients expect respect?",
        "Do staff engage if they feel people are leading unfairly?",
        "Should staff be treated according to their background?",
    ],
)
def test_nothing_else_stands_in_the_place_of_an_end(library, question: str) -> None:
    assert library.ask(question).verdict is None


def test_what_differs_in_a_condition(decide) -> None:
    differs = {
        "Is culture difficult to change?": None,
        "Is culture easy to change?": "the contrary",
        "Do staff feel that people are leading fairly?": "a condition",
    }
    assert {each: decide("packaged", each).best.differs for each in differs} == differs


def test_few_arrows_are_confirmed_with_another_thing_at_one_end(decide, library_of) -> None:
    asserted = [
        proposition
        for claim in library_of("schools").catalogue.claims()
        for proposition in claim.propositions
        if (proposition.subject_kind, proposition.object_kind, proposition.status) == ("concept", "concept", "asserted")
    ]
    claimed = {(each.subject, each.object) for each in asserted}
    asked = [
        f"Is it true that {subject.subject_label} {each.phrase} {object_.object_label}?"
        for each, other in zip(asserted, asserted[7:] + asserted[:7], strict=True)
        for subject, object_ in ((other, each), (each, other))
        if (subject.subject, object_.object) not in claimed and subject.subject != object_.object
    ]
    assert len(asked) > 40
    assert len([question for question in asked if decide("schools", question).verdict == "yes"]) <= len(asked) // 15


def test_no_arrow_is_confirmed_the_other_way_round(decide, library_of):
    asserted = [
        proposition
        for claim in library_of("schools").catalogue.claims()
        for proposition in claim.propositions
        if (proposition.subject_kind, proposition.object_kind, proposition.status) == ("concept", "concept", "asserted")
    ]
    turned = [f"Is it true that {each.object_label} {each.phrase} {each.subject_label}?" for each in asserted]
    assert len(turned) > 20
    assert [question for question in turned if decide("schools", question).verdict == "yes"] == []
