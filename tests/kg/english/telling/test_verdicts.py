"""How the answer to a question for yes or no begins."""

from __future__ import annotations

import pytest

from kg.english.telling.sentences import Said
from kg.english.telling.verdicts import is_near, near_lead, open_lead, verdict_lead, why_near

WEST = Said("Michael West", "named", "describes", False, "Culture spreads.", "culture spreads")
ED = Said("a delegate", "debate", "criticises", False, "It is toxic.", "it is toxic")
FLOOR = Said("the floor", "debate", "describes", True, "It is toxic.", "it is toxic")
TALK = Said("the published summary of Michael West’s presentation", "presentation", "recommends", False, "Do.", "do")


@pytest.mark.parametrize(
    ("verdict", "rule", "said", "lead"),
    [
        ("yes", "asserted", WEST, "Yes: Michael West said so."),
        ("yes", "asserted", ED, "Yes: a delegate said so, as a criticism."),
        ("yes", "asserted", FLOOR, "Yes: in the debate somebody (not named) said so."),
        ("yes", "asserted", TALK, "Yes: it was recommended, in the report of Michael West’s talk."),
        ("no", "denied", WEST, "No: Michael West said that culture spreads."),
        ("no", "another speaker", WEST, "No: it was Michael West who said so."),
    ],
)
def test_a_verdict(verdict: str, rule: str, said: Said, lead: str) -> None:
    assert verdict_lead(verdict, rule, said) == lead


@pytest.mark.parametrize(
    ("rule", "said", "lead"),
    [
        ("one opinion", ED, "A delegate said so; nobody else is reported to have."),
        ("one opinion", FLOOR, "Somebody (not named) said so; nobody else is reported to have."),
        ("recommended", WEST, "It was recommended, not said to be so."),
    ],
)
def test_what_stays_open(rule: str, said: Said, lead: str) -> None:
    assert open_lead(rule, said) == lead


def test_somebody_said_the_contrary() -> None:
    assert open_lead("one opinion", ED, "the contrary").startswith("A delegate said the contrary; nobody else")


def test_what_is_no_more_than_near() -> None:
    assert is_near("amount")
    assert not is_near("asserted")
    assert near_lead("amount", "all") == ("Nobody says this outright: something like it was said, but not with “all”.")
    assert why_near("amount", "all, every") == "It does not say “all” or “every”."
