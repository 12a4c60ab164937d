"""Sentences inside sentences, and quotations beside what rests on them."""

from __future__ import annotations

import pytest

from kg.english.telling.clauses import inside, is_own, proper_words, says, spoken, stands_alone


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Leaders create culture.", "leaders create culture"),
        ("A coach helps.", "a coach helps"),
        ("NHS staff engage.", "NHS staff engage"),
        ("Wednesday is busy.", "Wednesday is busy"),
        ("Dennis Oakley, the chair, spoke.", "Dennis Oakley, the chair, spoke"),
        ("Councillor Dennis Oakley spoke.", "Councillor Dennis Oakley spoke"),
        ("What Dennis Oakley wants is rare.", "what Dennis Oakley wants is rare"),
        ("The Care Quality Commission acts.", "the Care Quality Commission acts"),
        ("Values-based recruitment is crucial.", "values-based recruitment is crucial"),
    ],
)
def test_only_names_keep_their_capital(text: str, clause: str) -> None:
    assert inside(text, {"Wednesday"}, ["Dennis Oakley"]) == clause


def test_names_are_words_that_are_never_small() -> None:
    assert proper_words(["We met on Wednesday in the Care Home", "who takes care of a home"]) == {"Wednesday"}


@pytest.mark.parametrize(
    ("quotation", "words"),
    [
        ("A delegate remarked that culture at the top is toxic", "culture at the top is toxic"),
        ("culture at the top is toxic, they said", "culture at the top is toxic"),
        ("The delegate added, culture at the top is toxic", "culture at the top is toxic"),
        ("A delegate denied that culture at the top is toxic", "A delegate denied that culture at the top is toxic"),
        ("Nobody said that culture at the top is toxic", "Nobody said that culture at the top is toxic"),
        ("A delegate complained that culture at the top is toxic", "culture at the top is toxic"),
        ("At the top, a delegate said, culture is toxic", "At the top, a delegate said, culture is toxic"),
        ("She read out a sentence: “Culture at the top is toxic.”", "Culture at the top is toxic."),
    ],
)
def test_only_the_speaker_is_left_out_of_a_quotation(quotation: str, words: str) -> None:
    assert spoken(quotation, "Culture at the top is toxic.", "a delegate") == words


@pytest.mark.parametrize(
    ("quotation", "claim", "said"),
    [
        ("Culture is created by leaders", "Leaders create culture.", True),
        ("Agencies often failed to share", "Agencies often failed to share.", True),
        ("it is difficult to change", "Culture is difficult to change.", False),
        ("Professor Ian Cumming (seminar chair)", "Professor Ian Cumming chaired the seminar.", False),
        ("Culture is created by leaders", "Culture is not created by leaders.", False),
    ],
)
def test_a_quotation_says_what_a_claim_does(quotation: str, claim: str, said: bool) -> None:
    assert says(quotation, claim) == said


@pytest.mark.parametrize(
    ("quotation", "own"),
    [
        ("West said that culture is toxic", True),
        ("culture is toxic", True),
        ("Asked about culture, West said that it is toxic", False),
        ("If it stays so, one delegate said from the floor, culture is toxic", False),
        ("Culture, as West uses the word, is toxic", False),
        ("Culture, in her view, is toxic", False),
    ],
)
def test_a_report_of_speech_is_no_quotation_of_the_speaker(quotation: str, own: bool) -> None:
    assert is_own(quotation, "Culture is toxic.", "West") == own


def test_a_quotation_that_refers_to_what_was_named_before_does_not_stand_alone() -> None:
    assert stands_alone("culture is toxic")
    assert not stands_alone("it is toxic")


def test_whose_words_are_passed_on_may_stand_in_a_quotation() -> None:
    assert is_own("Salford is on its way", "Salford is on its way.", "West, passing on Salford")
    assert not is_own("a delegate from Salford asked whether it is", "It is.", "a delegate from Salford")
