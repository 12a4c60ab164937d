"""The sentences of an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.english.telling.sentences import (
    KIND_NAMES,
    Said,
    heading,
    heading_again,
    question_about,
    question_of_list,
    question_of_speaker,
    questions_by_stance,
    quoted,
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
        (said("Michael West", "named", "recommends"), "Michael West recommended: culture at the top is toxic."),
        (said("Michael West", "named", "exemplifies"), "Michael West gave an example: culture at the top is toxic."),
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
            "The report of Michael West’s talk gives as evidence that culture at the top is toxic.",
        ),
        (said(SUMMARY, "write-up", "describes"), "According to the published summary, culture at the top is toxic."),
        (said(SUMMARY, "write-up", "recommends"), "The published summary recommends: culture at the top is toxic."),
        (
            said("the floor", "debate", "recommends", SHOULD, nobody=True),
            "In the debate somebody (not named) said that everyone should be a leader.",
        ),
        (
            said("the floor", "debate", "describes", "It was asked whether it can.", nobody=True),
            "In the debate it was asked whether it can, by somebody not named.",
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
            replace(said("Ed", "named", "exemplifies"), example="Salford", clause="it noted that"),
            "Ed gave Salford as an example: it noted that.",
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
        (said("Michael West", "named", "describes"), "Michael West also said"),
        (said("a delegate", "debate", "criticises"), "The same delegate also said, as a criticism"),
        (said("two delegates", "debate", "describes"), "The same two delegates also said"),
        (said(TALK, "presentation", "describes"), "It also says"),
        (said(SUMMARY, "write-up", "recommends"), "It also recommends"),
        (replace(said("Ed", "named", "exemplifies"), example="Salford"), "Ed also said of Salford"),
        (said("the floor", "debate", "describes", nobody=True), "In the debate somebody (not named) said"),
    ],
)
def test_a_heading_says_that_the_same_source_goes_on(claim: Said, begins: str) -> None:
    assert heading_again(claim, claim.manner) == begins


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
    for claims in ([west, talk], [west, replace(west, stance="criticises")], [nobody, nobody]):
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
