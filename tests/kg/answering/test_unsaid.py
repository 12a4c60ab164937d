"""What was said about something, and why something is so: neither is answered with what was said of something else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg import Library, open_library

FIXTURES = Path(__file__).parents[2] / "fixtures"


@cache
def of(seminar: str) -> Library:
    return open_library(FIXTURES / seminar / "seminar.ttl" if seminar else None)


@pytest.mark.parametrize(
    ("seminar", "question"),
    [
        ("", "What is said about pay?"),  # somebody pays for the research
        ("", "What does the seminar not say about pay?"),
        ("", "Does it say anything about pay?"),
        ("", "Is pay mentioned?"),
        ("", "What does it say about morale?"),
        ("", "Any advice on wellbeing?"),
        ("schools", "What is said about homework?"),
        ("medicines", "What did they say about vaccines?"),
    ],
)
def test_a_topic_that_no_claim_has_is_not_answered(seminar: str, question: str) -> None:
    answer = of(seminar).ask(question)
    assert (answer.answered, answer.verdict) == (False, None)
    assert "occurs in no claim and no quotation" in answer.answer


@pytest.mark.parametrize(
    ("seminar", "question", "claims"),
    [
        ("", "What is said about leaders?", "Of 18 claims on leaders, the main ones are these."),
        ("", "What did the seminar say about leaders?", "Of 18 claims on leaders, the main ones are these."),
        ("", "Tell me what was said about staff", "Of seven claims on staff, the main ones are these."),
        ("medicines", "What is said about the round?", "Of 16 claims on the discharge medicines round (DMR), the main"),
        ("schools", "What is said about salaries?", "According to the report of Ruth Adeyemi’s talk, a coach should"),
    ],
)
def test_a_topic_is_answered_like_its_bare_name(seminar: str, question: str, claims: str) -> None:
    assert of(seminar).ask(question).answer.startswith(claims)


def test_whose_words_are_asked_for_is_kept() -> None:
    answer = of("").ask("What does West say about leaders?")
    assert answer.template == "said-by-about"
    assert len(answer.claims) > 10


@pytest.mark.parametrize(
    ("question", "so"),
    [
        ("Why do leaders create culture?", "leaders create culture"),
        ("Why should everyone be a leader?", "everyone should be a leader"),
        (
            "Why is staff engagement important for a healthy organisation?",
            "staff engagement is important for a healthy organisation",
        ),
    ],
)
def test_that_something_is_so_is_no_reason_why(question: str, so: str) -> None:
    answer = of("").ask(question)
    assert (answer.outcome, answer.answer) == ("near", f"The summary gives no reason why {so}.")
    assert answer.nearest[0].why == "It says this, but gives no reason."


def test_a_claim_with_a_reason_answers() -> None:
    assert of("").ask("Why should leaders treat staff with respect?").answered
    assert of("").ask("Why is culture difficult to change?").answered


def test_why_after_an_answer_asks_for_the_reason_whether_or_not_there_is_one() -> None:
    answer = of("").ask("Why?", after="Who creates culture?")
    assert (answer.answered, answer.question) == (False, "What is the reason why “Leaders create culture”?")


def test_the_report_is_the_source() -> None:
    assert of("").ask("Does the report say leaders create culture?").verdict == "yes"
