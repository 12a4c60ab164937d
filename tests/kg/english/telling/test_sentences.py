"""The sentences of an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.english.telling.sentences import (
    KIND_NAMES,
    Said,
    heading,
    question_about,
    question_of_list,
    question_of_speaker,
    questions_by_stance,
    quoted,
    sentence,
    told,
    told_together,
)

TALK = "the published summary of Michael West’s presentation"
SUMMARY = "the published summary"
CULTURE, SHOULD = "Culture at the top is toxic.", "Everyone should be a leader."


def said(credit: str, kind: str, stance: str, text: str = CULTURE, *, nobody: bool = False) -> Said:
    return Said(credit, kind, stance, nobody, text, f"{text[:1].lower()}{text[1:].rstrip('.')}")


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            said("a delegate", "debate", "criticises"),
            "A delegate said, as a criticism, that culture at the top is toxic.",
        ),
        (said("Michael West", "named", "describes"), "Michael West said that culture at the top is toxic."),
        (said("Michael West", "named", "recommends", SHOULD), "Michael West said that everyone should be a leader."),
        (
            said("Michael West", "named", "recommends"),
            "Michael West said, as a recommendation, that culture at the top is toxic.",
        ),
        (
            said("Michael West", "named", "exemplifies"),
            "Michael West said, as an example, that culture at the top is toxic.",
        ),
        (said("Michael West", "named", "reports-evidence"), "Michael West reported that culture at the top is toxic."),
        (
            said(TALK, "presentation", "describes"),
            "According to the report of Michael West’s talk, culture at the top is toxic.",
        ),
        (
            said(TALK, "presentation", "criticises"),
            "The report of Michael West’s talk says, as a criticism, that culture at the top is toxic.",
        ),
        (
            said(TALK, "presentation", "reports-evidence"),
            "According to the report of Michael West’s talk, culture at the top is toxic.",
        ),
        (said(SUMMARY, "write-up", "describes"), "According to the published summary, culture at the top is toxic."),
        (
            said(SUMMARY, "write-up", "recommends"),
            "The published summary says, as a recommendation, that culture at the top is toxic.",
        ),
        (
            said("the floor", "debate", "recommends", SHOULD, nobody=True),
            "In the debate somebody (not named) said that everyone should be a leader.",
        ),
        (
            said("the floor", "debate", "describes", "It was asked whether it can.", nobody=True),
            "In the debate it was asked whether it can.",
        ),
        (
            replace(said("Ed", "named", "describes", "Ed means that it can."), names_speaker=True),
            "Ed means that it can.",
        ),
        (
            replace(said("Ed", "named", "describes", "Ed was sorry."), clause="Ed was sorry", names_speaker=True),
            "By their own account, Ed was sorry.",
        ),
        (
            replace(said("Ed", "named", "describes"), passed_on="Salford"),
            "Ed, passing on the words of Salford, said that culture at the top is toxic.",
        ),
        (
            said("Ed", "named", "describes", "That it is so was a fault."),
            "Ed said: that it is so was a fault.",
        ),
    ],
)
def test_a_claim_is_told_with_who_said_it_and_how(claim: Said, sentence: str) -> None:
    assert told(claim) == sentence


def test_a_heading_says_who_and_how() -> None:
    assert heading(said("a delegate", "debate", "criticises"), "criticises") == "A delegate said, as a criticism"
    assert heading(said(TALK, "presentation", "exemplifies"), "describes") == "In the report of Michael West’s talk"


@pytest.mark.parametrize(
    ("claim", "begins"),
    [
        (said("Michael West", "named", "describes"), "Michael West also said that"),
        (said("a delegate", "debate", "criticises"), "The same delegate also said, as a criticism, that"),
        (said("two delegates", "debate", "describes"), "The same two delegates also said that"),
        (said(TALK, "presentation", "describes"), "The report also says that"),
        (said(SUMMARY, "write-up", "recommends"), "The summary also says, as a recommendation, that"),
    ],
)
def test_a_sentence_says_that_the_same_source_goes_on(claim: Said, begins: str) -> None:
    assert sentence(claim, ["it is so"], again=True) == f"{begins} it is so."


def test_what_a_text_says_may_come_before_the_text() -> None:
    summary = said(SUMMARY, "write-up", "describes", "Ann Other took the chair.")
    assert told(replace(summary, clause="Ann Other took the chair"), answer_first=True) == (
        "Ann Other took the chair, according to the published summary."
    )
    long = replace(summary, clause="word " * 21)
    assert told(long, answer_first=True).startswith("According to")
    assert told(said("Ed", "named", "describes"), answer_first=True).startswith("Ed said that")


def test_claims_of_one_source_are_told_together() -> None:
    west, talk = said("Michael West", "named", "describes"), said(TALK, "presentation", "describes")
    also = "everyone should be a leader"
    assert told_together([west, replace(west, clause=also)]) == (
        f"Michael West said that culture at the top is toxic, and that {also}."
    )
    assert told_together([talk, replace(talk, clause=also)]) == (
        f"According to the report of Michael West’s talk, culture at the top is toxic, and {also}."
    )
    nobody = said("the floor", "debate", "describes", nobody=True)
    colon = replace(west, clause="it is: so")
    for claims in ([west, talk], [west, colon], [west, replace(west, stance="criticises")], [nobody, nobody]):
        assert told_together(claims) == ""


def test_quotations_with_quotation_marks_in_them() -> None:
    assert (quoted("so"), quoted("“so”")) == ("“so”", "‘“so”’")


def test_questions_that_are_offered() -> None:
    assert question_about("culture") == "What was said about culture?"
    assert question_of_speaker("Michael West") == "What did Michael West say?"
    assert question_of_speaker("Michael West", "culture") == "What did Michael West say about culture?"
    assert question_of_list("the three steps") == "What are the three steps?"
    assert dict(questions_by_stance("culture"))["criticises"] == "What was criticised about culture?"


def test_every_kind_of_linked_words_has_a_name() -> None:
    assert set(KIND_NAMES) == {"concept", "relation", "agent", "stance", "list", "form"}
