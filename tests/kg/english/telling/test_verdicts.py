"""How the answer to a question for yes or no begins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.english.telling.sentences import Said
from kg.english.telling.verdicts import is_near, near_lead, open_lead, verdict_lead, why_near

WEST = Said("Michael West", "named", "describes", False, "Culture spreads.", "culture spreads")
ED = Said("a delegate", "debate", "criticises", False, "It is toxic.", "it is toxic")
FLOOR = Said("the floor", "debate", "describes", True, "It is toxic.", "it is toxic")
TALK = "the published summary of Michael West’s presentation"
REPORT = Said(TALK, "presentation", "recommends", False, "It must.", "it must")


@pytest.mark.parametrize(
    ("verdict", "rule", "said", "lead"),
    [
        ("yes", "asserted", WEST, "Yes: Michael West said that culture spreads."),
        ("yes", "asserted", ED, "Yes: a delegate said, as a criticism, that it is toxic."),
        ("yes", "asserted", FLOOR, "Yes: in the debate somebody (not named) said that it is toxic."),
        (
            "yes",
            "asserted",
            REPORT,
            "Yes, it was recommended: according to the report of Michael West’s talk, it must.",
        ),
        ("yes", "asserted", replace(WEST, clause="so " * 30), "Yes: Michael West said so."),
        ("yes", "asserted", replace(REPORT, clause="so " * 30), "Yes: the report of Michael West’s talk says so."),
        ("no", "denied", WEST, "No: Michael West said that culture spreads."),
        ("no", "denied", replace(WEST, clause="so " * 30), "No: Michael West said the contrary."),
        ("no", "another speaker", WEST, "No: it was Michael West who said that culture spreads."),
        ("no", "another speaker", REPORT, "No: it stands in the report of Michael West’s talk that it must."),
        ("no", "another speaker", replace(WEST, clause="so " * 30), "No: it was Michael West who said so."),
    ],
)
def test_a_verdict(verdict: str, rule: str, said: Said, lead: str) -> None:
    assert verdict_lead(verdict, rule, said) == lead


@pytest.mark.parametrize(
    ("rule", "said", "lead"),
    [
        (
            "one opinion",
            ED,
            "A delegate said, as a criticism, that it is toxic; nobody else is reported to have said so.",
        ),
        (
            "one opinion",
            replace(FLOOR, clause="so " * 30),
            "Somebody (not named) said so; nobody else is reported to have.",
        ),
        ("recommended", WEST, "It was recommended, not said to be so: Michael West said that culture spreads."),
        ("two sides", WEST, "What was said about this goes both ways."),
    ],
)
def test_what_stays_open(rule: str, said: Said, lead: str) -> None:
    assert open_lead(rule, said) == lead


def test_somebody_said_the_contrary() -> None:
    long = replace(ED, clause="so " * 30)
    assert open_lead("one opinion", long, "the contrary").startswith("A delegate said the contrary; nobody else")


def test_what_is_no_more_than_near() -> None:
    assert is_near("amount")
    assert not is_near("asserted")
    assert near_lead("amount", "all") == "Nobody says this outright: the nearest claim does not say “all”."
    assert why_near("amount", "all, every") == "It does not say “all” or “every”."
