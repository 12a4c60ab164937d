"""Questions about the answers themselves."""

from __future__ import annotations

import pytest

from kg.english.asking.help import asks_for_help, asks_for_source, how_to_ask, what_it_rests_on


@pytest.mark.parametrize("question", ["hello", "Hi there!", "help", "what can I ask?", "How does this work?"])
def test_help(question):
    assert asks_for_help(question)


@pytest.mark.parametrize(
    "question",
    [
        "who wrote this",
        "Who made this?",
        "can I trust this",
        "where is this from?",
        "what is this",
        "what's this",
        "source",
    ],
)
def test_source(question):
    assert asks_for_source(question)


@pytest.mark.parametrize(
    "question",
    ["what is this about", "who gave the talk", "hello culture", "help staff", "what is culture", "when was this"],
)
def test_neither(question):
    assert not asks_for_help(question)
    assert not asks_for_source(question)


def test_sentences():
    assert (
        how_to_ask(["Who?", "What?"])
        == "Ask in plain words what was said at the seminar, for example “Who?” or “What?”."
    )
    forum = ("A talk", "The Forum", "2024-10-08")
    ends = ", and say what was claimed there, not whether it is so."
    assert what_it_rests_on([forum]) == f"All answers rest on “A talk”, published by The Forum (October 2024){ends}"
    assert what_it_rests_on([forum, forum]) == f"All answers rest on the published summaries of two seminars{ends}"
