"""Questions that lean on the one before: which do, and how they are written out."""

from __future__ import annotations

import pytest

from kg.english.asking.follow_up import (
    Named,
    about_another,
    asks_for_more,
    asks_who_said_so,
    asks_why,
    in_full,
    stands_for_something,
    with_another,
)


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("and what about staff?", "staff"),
        ("How about the CQC", "the CQC"),
        ("and Monitor?", "Monitor"),
        ("And who chaired?", None),
        ("What was said about staff?", None),
        ("staff and patients", None),
    ],
)
def test_what_else_is_asked_about(question, other):
    assert about_another(question) == other


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("who said that?", "who"),
        ("says who", "who"),
        ("But why?", "why"),
        ("why is that", "why"),
        ("tell me more", "more"),
        ("who said that leaders create culture?", ""),
        ("Why do staff engage?", ""),
    ],
)
def test_what_is_asked_of_the_answer(question, kinds):
    asked = {"who": asks_who_said_so(question), "why": asks_why(question), "more": asks_for_more(question)}
    assert [kind for kind, so in asked.items() if so] == kinds.split()


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("why is it important?", "why is culture important?"),
        ("what was his job", "what was Ann Lee’s job"),
        ("What does it need?", "What does culture need?"),
        ("What did she say about that?", "What did Ann Lee say about culture?"),
        ("who said that culture matters", "who said that culture matters"),
        ("what is this talk about", "what is this talk about"),
    ],
)
def test_in_full(question, full):
    assert in_full(question, "culture", "Ann Lee") == full
    assert stands_for_something(question) == (full != question)


def test_each_thing_is_replaced_with_the_article_before_it():
    before = "What did the delegate say about the CQC?"
    named = [Named(13, 21, True), Named(36, 39, False)]
    assert list(with_another(before, named, "Monitor", is_agent=False)) == [
        "What did the delegate say about Monitor?",
        "What did Monitor say about the CQC?",
    ]
