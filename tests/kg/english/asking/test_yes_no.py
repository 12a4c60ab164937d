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
        ("What West said was that leaders create culture, right?", True),
        ("What does it take to get culture right?", False),
        ("If staff are content, do they engage?", True),
        ("doesnt it spread?", True),
        ("Doesn't it spread?", True),
        ("Can you list the steps?", False),
        ("I am a manager. Should I share values?", True),
        ("What should leaders do?", False),
        ("I want people to lead. Was there anything on that?", False),
        ("Was there any advice on pay?", False),
        ("Can I get a list of the speakers?", False),
        ("Can we get the culture right?", True),
        ("Can I have the line about values, word for word?", False),
        ("Is there a passage on what they must do?", False),
        ("A checklist, please: what has to be there before the culture comes right?", False),
        ("In the delegate's view, is care what they are concerned with?", True),
    ],
)
def test_recognition(question: str, expected: bool) -> None:
    assert yes_no.is_yes_no(question) is expected


@pytest.mark.parametrize(
    ("question", "rejected", "times"),
    [
        ("Should leaders treat staff with respect?", "", 0),
        ("Isn't it true that leaders create culture?", "", 0),
        ("Was the university in Lancaster, not Leeds?", "leeds", 0),
        ("Is culture made by leaders rather than by regulations?", "regulations", 0),
        ("Did the staff not follow?", "", 1),
        ("Did the staff not fail to follow?", "", 2),
        ("Must all leaders, without exception, share values?", "", 0),
        ("dont we need a strategy", "", 0),
    ],
)
def test_what_a_question_asserts(question: str, rejected: str, times: int) -> None:
    said = yes_no.asserted(question, read(question))
    assert not {*rejected.split()} & {word.text for word in said}
    assert yes_no.negations(said) == times


@pytest.mark.parametrize(
    ("text", "times"), [("leaders listen", 0), ("nobody listens", 1), ("they never fail to listen", 2)]
)
def test_negations(text: str, times: int) -> None:
    assert yes_no.negations(read(text)) == times


@pytest.mark.parametrize(
    ("question", "claim", "differ"),
    [
        ("are there four ingredients", "There are three ingredients.", True),
        ("are there three ingredients", "There are 3 ingredients.", False),
        ("is design the first step", "The second step is design.", True),
        ("is there one regulator", "There are two regulators.", False),
    ],
)
def test_numbers(question: str, claim: str, differ: bool) -> None:
    assert yes_no.numbers_differ([word.text for word in read(question)], claim) is differ


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Is leading for the few or for the many?", True),
        ("Is it true or false that leaders matter?", False),
        ("Do leaders matter or not?", False),
        ("Do leaders create culture?", False),
    ],
)
def test_alternatives(question: str, expected: bool) -> None:
    assert yes_no.offers_alternatives(question) is expected


@pytest.mark.parametrize(
    ("question", "negations"),
    [
        ("if you leave the leadership as it is", 1),
        ("if the leaders stay the same", 1),
        ("if you leave at noon", 0),
    ],
)
def test_what_is_kept_as_it_is_is_not_changed(question: str, negations: int) -> None:
    assert yes_no.negations(read(question)) == negations
