"""Questions for yes or no: whether one is, what it asserts, and where it differs from a claim."""

from __future__ import annotations

import pytest

from kg.english.asking import yes_no
from kg.english.words import read


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Is culture important?", True),
        ("Who said so?", False),
        ("True or false: leaders matter", True),
        ("List the steps", False),
        ("So leaders create culture?", True),
        ("So who creates culture?", False),
        ("Leaders create culture, right?", True),
        ("Leaders create culture, yes?", True),
        ("Leaders create culture right?", True),
        ("What West said was that leaders create culture, right?", True),
        ("What does it take to get culture right?", False),
        ("If staff are content, do they engage?", True),
        ("doesnt it spread?", True),
        ("Doesn't it spread?", True),
        ("Can you list the steps?", False),
        ("I am a manager. Should I share values?", True),
        ("What should leaders do?", False),
    ],
)
def test_recognition(question: str, expected: bool) -> None:
    assert yes_no.is_yes_no(question) is expected


@pytest.mark.parametrize(
    ("question", "said", "cause", "passive"),
    [
        ("Did West say that leaders matter?", True, False, False),
        ("Does fairness cause engagement?", False, True, False),
        ("Is culture created by leaders?", False, False, True),
        ("Do leaders create culture?", False, False, False),
    ],
)
def test_about_what(question: str, said: bool, cause: bool, passive: bool) -> None:
    found = (yes_no.asks_what_was_said(question), yes_no.asks_for_cause(question), yes_no.is_passive(read(question)))
    assert found == (said, cause, passive)


def test_what_is_set_against_it_comes_after_what_is_asserted() -> None:
    question = "Did West rather than Cumming speak?"
    assert question[: yes_no.asserted_length(question)] == "Did West "


@pytest.mark.parametrize(
    ("question", "rejected", "times"),
    [
        ("Should leaders treat staff with respect?", "", 0),
        ("Isn't it true that leaders create culture?", "", 0),
        ("His employer was not Lancaster but HEE, right?", "lancaster", 0),
        ("Was the university in Lancaster, not Leeds?", "leeds", 0),
        ("Is culture made by leaders rather than by regulations?", "by regulations", 0),
        ("Did the staff not follow?", "", 1),
        ("Did the staff not fail to follow?", "", 2),
        ("Must all leaders, without exception, share values?", "", 0),
        ("dont we need a strategy", "", 0),
    ],
)
def test_what_a_question_asserts(question: str, rejected: str, times: int) -> None:
    said = yes_no.asserted(question, read(question))
    assert " ".join(word.text for word in said.rejected) == rejected
    assert said.negations == times


@pytest.mark.parametrize(
    ("text", "times"), [("leaders listen", 0), ("nobody listens", 1), ("they never fail to listen", 2)]
)
def test_negations(text: str, times: int) -> None:
    assert yes_no.negations(read(text)) == times


@pytest.mark.parametrize(
    ("question", "claim", "counted", "differ"),
    [
        ("are there four ingredients", "There are three ingredients.", None, True),
        ("are there three ingredients", "There are 3 ingredients.", None, False),
        ("is design the first step", "The second step is design.", None, True),
        ("are there two regulators", "The CQC and Monitor are regulators.", 2, False),
        ("are there five regulators", "The CQC and Monitor are regulators.", 2, True),
        ("is there one regulator", "There are two regulators.", None, False),
    ],
)
def test_numbers(question: str, claim: str, counted: int | None, differ: bool) -> None:
    assert yes_no.numbers_differ([word.text for word in read(question)], claim, counted) is differ


@pytest.mark.parametrize(
    ("question", "claim", "differ"),
    [
        ("do all leaders see it", "Many leaders see it.", True),
        ("do many leaders see it", "Many leaders see it.", False),
        ("do only managers lead", "Everyone leads.", True),
        ("are they treated differently", "They are treated the same.", True),
    ],
)
def test_amounts(question: str, claim: str, differ: bool) -> None:
    assert yes_no.amounts_differ([word.text for word in read(question)], claim) is differ


@pytest.mark.parametrize(
    ("question", "claim", "ahead"),
    [
        ("did Salford become the safest hospital", "Salford is on its way to being the safest hospital.", True),
        ("did Salford mean to become the safest hospital", "Salford is on its way to being the safest.", False),
        ("did culture become difficult to change", "Culture is difficult to change.", False),
    ],
)
def test_progress(question: str, claim: str, ahead: bool) -> None:
    assert yes_no.ahead_of([word.text for word in read(question)], claim) is ahead
