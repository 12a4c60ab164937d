"""Leads of answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.english.telling import leads
from kg.english.telling.sentences import Said
from kg.english.telling.verdicts import verdict_lead

WEST = Said("Michael West", "named", "describes", False, "Culture spreads.", "culture spreads")
ALSO = Said("Michael West", "named", "recommends", False, "Change it.", "change it")
REPORT = Said("the published summary of Michael West’s presentation", "presentation", "describes", False, "", "")
TALK = Said("the published summary of Michael West’s presentation", "presentation", "recommends", False, "Do.", "do")
FLOOR = Said("the floor", "debate", "criticises", True, "It is toxic.", "it is toxic")
ED = Said("a delegate", "debate", "criticises", False, "It is toxic.", "it is toxic")


@pytest.mark.parametrize(
    ("claims", "topics", "lead"),
    [
        ([WEST, ALSO], ["culture"], "Michael West said two things about culture:"),
        ([TALK] * 5, ["culture"], "The report of Michael West’s talk makes five recommendations about culture:"),
        ([ED, ED], [], "A delegate made two criticisms:"),
        ([FLOOR], ["Monitor"], "In the debate somebody (not named) said this about Monitor:"),
        ([FLOOR, FLOOR], [], "Two criticisms were made in the debate, by somebody not named:"),
        (
            [WEST, ED],
            ["culture", "forms"],
            "Two things were said about culture and forms, by Michael West and a delegate:",
        ),
        ([WEST, ED, TALK], ["culture"], "Three things were said about culture:"),
        ([WEST, REPORT], [], "Two things were said, in the report of Michael West’s talk and by Michael West:"),
        ([WEST, ED], ["word " * 30], "Two things were said, by Michael West and a delegate:"),
    ],
)
def test_several_claims_are_counted_with_what_they_are_about(claims: list[Said], topics: list[str], lead: str) -> None:
    assert leads.about(claims, topics) == lead
    assert leads.fits(lead)


def test_claims_of_several_seminars_are_counted_with_these() -> None:
    assert leads.about([WEST, WEST], ["culture"], seminars=2) == "Two things were said about culture, at two seminars:"


def test_who_say_the_same_are_named_together() -> None:
    assert leads.same([WEST]) == "Michael West said that culture spreads."
    assert leads.same([ED, FLOOR]) == "A delegate and somebody not named both say that it is toxic."
    assert leads.same([WEST, ALSO]) == ""
    assert leads.same([ED], manner=False) == "A delegate said that it is toxic."


def test_a_report_is_not_the_speaker() -> None:
    assert leads.credits("Yes: Michael West said so.", [WEST])
    assert not leads.credits("Yes, in the report of Michael West’s talk.", [WEST])
    assert leads.credits("Yes, in the report of Michael West’s talk.", [REPORT])
    assert not leads.credits("Yes: Michael West said so.", [WEST, ED])
    assert leads.same_too(REPORT) == "The report of Michael West’s talk says the same."


def test_a_verdict_of_no_tells_who_said_what() -> None:
    report = Said("the published summary of Michael West’s presentation", "presentation", "recommends", False, "", "do")
    assert verdict_lead("no", "denied", report) == (
        "No: the report of Michael West’s talk says, as a recommendation, that do."
    )
    told = replace(REPORT, clause="it spreads")
    assert verdict_lead("no", "denied", told) == "No: according to the report of Michael West’s talk, it spreads."
    assert verdict_lead("no", "denied", WEST) == "No: Michael West said that culture spreads."
    assert verdict_lead("no", "denied", ED) == "No: a delegate said, as a criticism, that it is toxic."


def test_counts_lists_and_definitions() -> None:
    assert (
        leads.counted(3, " steps", [TALK]) == "There are three steps, according to the report of Michael West’s talk:"
    )
    assert leads.counted(2, "", [WEST, ED]) == "Two:"
    assert leads.in_order("the three steps", [WEST]) == "The three steps, according to Michael West, are:"
    assert leads.in_order("the three steps", [WEST, ED]) == "The three steps are:"
    assert leads.summed_up(3, TALK) == "The report of Michael West’s talk sums it up in three points:"
    assert leads.unnumbered("the three main ingredients of culture") == "main ingredients of culture"
    ours = "By “culture” we mean how things are done (our definition, not the seminar’s)"
    assert leads.definition("culture", "how things are done", 17, listed=2) == (
        f"{ours}; of 17 claims on it, the main ones are these:"
    )
    for number, listed in ((2, 2), (17, 1)):
        assert leads.definition("culture", "how things are done", number, listed=listed) == f"{ours}:"
    assert leads.asks("who designed the bridge")
    assert not leads.asks("leaders")


def test_two_things_compared() -> None:
    assert leads.compared(["Salford", "Mid Staffs"], [2, 1], 0) == (
        "Two things were said about Salford and one about Mid Staffs:"
    )
    assert leads.compared(["the CQC", "Monitor"], [0, 0], 2) == "Two things were said about both the CQC and Monitor:"
    assert leads.compared(["paper", "people"], [0, 1], 1) == "One thing was said about people and one about both:"


@pytest.mark.parametrize(
    ("label", "others", "asked", "lead"),
    [
        ("The Care Quality Commission (CQC)", [], "cqc", "CQC stands for the Care Quality Commission."),
        ("Health Education England", ["HEE"], "HEE", "HEE stands for Health Education England."),
        ("Monitor", [], "monitor", ""),
    ],
)
def test_short_names_have_their_long_form(label: str, others: list[str], asked: str, lead: str) -> None:
    assert leads.long_form(label, others, asked) == lead


@pytest.mark.parametrize(
    ("rest", "asked"),
    [
        ("", True),
        ("who is ?", True),
        ("what does  mean", True),
        ("define the ", True),
        ("who creates", False),
        ("what ", False),
    ],
)
def test_what_asks_for_a_meaning(rest: str, asked: bool) -> None:
    assert leads.asks_for_meaning(rest) == asked


def test_what_asks_for_a_quotation() -> None:
    assert leads.asks_for_quotation("Give me a quote on culture")
    assert leads.asks_for_quotation("Give the exact wording of the remark")
    assert not leads.asks_for_quotation("What did he say?")


def test_a_quotation_ends_once() -> None:
    assert leads.in_own_words("West said", "‘a “sea.”’") == "West said: ‘a “sea.”’"
    assert leads.in_own_words("West said", "“a sea”") == "West said: “a sea”."
