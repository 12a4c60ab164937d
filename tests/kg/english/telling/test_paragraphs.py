"""Answers as plain text."""

from __future__ import annotations

from dataclasses import replace

from kg.english.telling.leads import words_in
from kg.english.telling.paragraphs import LONGEST_ANSWER, Line, paragraph
from kg.english.telling.sentences import Said

WEST = Said("Michael West", "named", "describes", False, "Culture spreads.", "culture spreads")
ED = Said("a delegate", "debate", "criticises", False, "It is toxic.", "it is toxic")
SPREADS = Line(WEST, "“it spreads”", True)
TOXIC = Line(ED, "it is toxic", False)


def test_one_heading_for_one_speaker() -> None:
    text = paragraph("Three things were said.", [SPREADS, SPREADS, TOXIC], credited=False)
    assert text == (
        "Three things were said. Michael West said: “it spreads”; “it spreads”. "
        "A delegate said, as a criticism: it is toxic."
    )


def test_no_heading_where_the_lead_says_who_said_it() -> None:
    example = replace(SPREADS, said=replace(WEST, stance="exemplifies"))
    text = paragraph("Michael West said two things:", [SPREADS, example], credited=True)
    assert text == "Michael West said two things: “it spreads”; as an example, “it spreads”."


def test_the_lead_goes_on_to_what_was_said_by_whom_it_names() -> None:
    text = paragraph("Yes: Michael West said so.", [SPREADS, TOXIC], credited=True)
    assert text == "Yes: Michael West said so: “it spreads”. A delegate said, as a criticism: it is toxic."
    same = replace(TOXIC, words="A delegate said the same.", whole=True)
    text = paragraph("Yes: Michael West said so.", [SPREADS, same], credited=True)
    assert text == "Yes: Michael West said so: “it spreads”. A delegate said the same."


def test_numbers_and_things_compared() -> None:
    numbered = [replace(SPREADS, number=1), replace(SPREADS, number=2)]
    assert paragraph("Two steps:", numbered, credited=True) == "Two steps: (1) “it spreads”; (2) “it spreads”."
    sides = [replace(SPREADS, under="About one"), replace(TOXIC, under="About both")]
    assert paragraph("Two.", sides, credited=False) == (
        "Two. About one, Michael West said: “it spreads”. About both, a delegate said, as a criticism: it is toxic."
    )


def test_no_text_is_longer_than_can_be_read_out_and_what_is_asked_stays() -> None:
    long = [replace(TOXIC, words=" ".join([f"w{n}", *["word"] * 39]), weight=float(n == 3)) for n in range(4)]
    text = paragraph("Four things were said.", long, credited=False)
    assert words_in(text) <= LONGEST_ANSWER
    assert "w3" in text
    assert text.endswith("And 2 more.")
    assert paragraph("It is:", [replace(TOXIC, words="word " * 200)], credited=False) == "It is."
