"""Words that ask for a summary."""

from __future__ import annotations

import re

import pytest

from kg.english.asking.summary import SUMMARY


@pytest.mark.parametrize(
    "words",
    [
        "tl;dr", "key points", "top tips", "takeaways", "in a nutshell", "sum it up", "what should we remember",
        "simply", "in plain english", "in layman's terms", "for a beginner", "for a five-year-old", "eli5",
        "like i'm five", "the short version", "bullet points", "the basics", "top three points",
        "the one thing to remember",
    ],
)  # fmt: skip
def test_what_asks_for_a_summary(words: str) -> None:
    assert re.search(SUMMARY, words)


@pytest.mark.parametrize("words", ["who learnt to lead", "the simplest step", "for children's wards", "a plain answer"])
def test_what_asks_for_something_else(words: str) -> None:
    assert not re.search(SUMMARY, words)
