"""Values that questions ask for, and texts that have them."""

from __future__ import annotations

import re

import pytest

from kg.english.asking import values
from kg.english.words import fold


@pytest.mark.parametrize(
    ("question", "text", "same"),
    [
        ("How many regulators were named?", "Two regulators were named.", True),
        ("How many regulators were named?", "The regulators are the CQC and Monitor.", False),
        ("How many nurses were there?", "Three steps make a strategy.", False),
        ("How many homes were heated?", "It heated 9,400 homes.", True),
        ("How many are there?", "Three steps make a strategy.", True),
        ("How old is he?", "He is thirty.", True),
    ],
)
def test_what_is_counted(question: str, text: str, same: bool) -> None:
    assert values.counts_what(question, text) is same


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("Where was the study?", "The study took place in Leeds.", True),
        ("Which town is Marlow Street School in?", "Coaching began at Marlow Street School.", False),
        ("Where was it held?", "It was held at the NHS Confederation.", False),
        ("Where was it held?", "It was held in spring.", False),
    ],
)
def test_places(question: str, text: str, named: bool) -> None:
    assert values.names_a_place(question, text) is named


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("What was the nurse called?", "The nurse was Ann Lee.", True),
        ("What was the nurse called?", "The nurse said so.", False),
        ("What is the name of the nurse?", "Nurses work hard.", False),
        ("What is Lee called?", "The nurse was Lee.", False),
    ],
)
def test_names(question: str, text: str, named: bool) -> None:
    assert values.names_somebody(question, text) is named


@pytest.mark.parametrize(
    ("pattern", "text", "told"),
    [
        (values.MONEY, "It cost £600.", True),
        (values.MONEY, "It cost 1.8 million pounds.", True),
        (values.MONEY, "It cost two hours.", False),
        (values.TIME, "It was founded in 1571.", True),
        (values.TIME, "It takes two long hours.", True),
        (values.TIME, "It was on Tuesday.", True),
        (values.TIME, "It may be so.", True),
        (values.TIME, "It was a success.", False),
        (values.REASON, "They left because it rained.", True),
        (values.REASON, "They left.", False),
    ],
)
def test_patterns(pattern: str, text: str, told: bool) -> None:
    assert (re.search(pattern, fold(text)) is not None) is told
