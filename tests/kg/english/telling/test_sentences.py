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
    told,
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
        (said(TALK, "presentation", "describes"), "In the report of Michael West’s talk: culture at the top is toxic."),
        (
            said(TALK, "presentation", "criticises"),
            "In the report of Michael West’s talk, as a criticism: culture at the top is toxic.",
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
            "As reported, Ed was sorry.",
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
