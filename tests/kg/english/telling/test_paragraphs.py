"""Answers as plain text."""

from __future__ import annotations

from dataclasses import replace

from kg.english.telling.leads import words_in
from kg.english.telling.paragraphs import LONGEST_ANSWER, Line, paragraph
from kg.english.telling.sentences import Said

WEST = Said("Michael West", "named", "describes", False, "Culture spreads.", "culture spreads")
ED = Said("a delegate", "debate", "criticises", False, "It is toxic.", "it is toxic")
SPREADS = Line(WEST, "“it spreads”")
TOXIC = Line(ED, "it is toxic")


def test_claims_of_one_source_are_told_in_sentences() -> None:
    text = paragraph("Four things were said.", [SPREADS, SPREADS, SPREADS, TOXIC], credited=False)
    assert text == (
        "Four things were said. Michael West said that “it spreads”, and that “it spreads”. "
        "Michael West also said that “it spreads”. A delegate said, as a criticism, that it is toxic."
    )


def test_clauses_that_cannot_be_joined_and_quotations_that_are_asked_for() -> None:
    colon = replace(SPREADS, words="it is: so")
    text = paragraph("Two things were said.", [SPREADS, colon], credited=False)
    assert text == ("Two things were said. Michael West said that “it spreads”. Michael West also said that it is: so.")
    verbatim = replace(SPREADS, verbatim=True)
    text = paragraph("Two things were said.", [verbatim, verbatim], credited=False)
    assert text == "Two things were said. Michael West said: “it spreads”; “it spreads”."


def test_no_heading_where_the_lead_says_who_said_it() -> None:
    example = replace(SPREADS, said=replace(WEST, stance="exemplifies"))
    text = paragraph("Michael West said two things:", [SPREADS, example], credited=True)
    assert text == "Michael West said two things: “it spreads”; as an example, “it spreads”."


def test_the_lead_goes_on_to_what_was_said_by_whom_it_names() -> None:
    text = paragraph("Yes: Michael West said so.", [SPREADS, TOXIC], credited=True)
    assert text == "Yes: Michael West said so: “it spreads”. A delegate said, as a criticism, that it is toxic."
    same = replace(TOXIC, words="A delegate said the same.", whole=True)
    text = paragraph("Yes: Michael West said so.", [SPREADS, same], credited=True)
    assert text == "Yes: Michael West said so: “it spreads”. A delegate said the same."


def test_what_one_source_goes_on_to_say_is_told_as_such() -> None:
    text = paragraph("Michael West said that it is so.", [SPREADS, TOXIC], credited=False, after=WEST)
    assert text == (
        "Michael West said that it is so. Michael West also said that “it spreads”. "
        "A delegate said, as a criticism, that it is toxic."
    )
    text = paragraph("A delegate said, as a criticism, that it is.", [TOXIC], credited=False, after=ED)
    assert text.endswith(" The same delegate also said that it is toxic.")


def test_what_is_counted_as_one_is_joined() -> None:
    one = replace(SPREADS, place=1)
    text = paragraph("Two:", [one, replace(one, joined=True), replace(SPREADS, place=2)], credited=True)
    assert text == "Two: first, “it spreads”, and “it spreads”; second, “it spreads”."


def test_a_lead_that_ends_in_a_quotation_is_not_ended_twice() -> None:
    assert paragraph("West said: “so.”", [], credited=False) == "West said: “so.”"


def test_each_of_two_compared_things_keeps_a_point_and_the_longest_is_left_out() -> None:
    under = [replace(TOXIC, words="word " * n, under=side) for n, side in ((50, "About one"), (30, "About two"))]
    short = replace(TOXIC, words="short", under="About two")
    text = paragraph("Compared.", [*under, short, replace(short, words="word " * 40)], credited=False)
    assert "About one" in text
    assert "short" in text
    assert text.endswith("And 1 more.")


def test_the_same_is_not_said_of_another_claim() -> None:
    said = [replace(TOXIC, words="word " * 60, weight=2.0), replace(TOXIC, words="dropped " * 60)]
    same = replace(SPREADS, words="Michael West said the same.", whole=True, weight=3.0)
    text = paragraph("Three things were said.", [*said, same], credited=False)
    assert "dropped" not in text
    assert "the same" not in text
    assert text.endswith("And 2 more.")


def test_a_list_is_told_whole_or_left_out() -> None:
    items = [replace(TOXIC, words=f"item{n} " + "word " * 20, series="list", weight=1.0) for n in range(3)]
    other = [replace(TOXIC, words=f"other{n} " + "word " * 25, weight=2.0) for n in range(2)]
    text = paragraph("Five things were said.", [*items, *other], credited=False)
    assert "item" not in text
    assert text.endswith("And 3 more.")
    long = [replace(each, words=each.words + "word " * 20, number=n) for n, each in enumerate(items, start=1)]
    text = paragraph("Three steps:", long, credited=False)
    assert "(1)" in text
    assert text.endswith("And 1 more.")


def test_numbers_and_things_compared() -> None:
    numbered = [replace(SPREADS, number=1), replace(SPREADS, number=2)]
    assert paragraph("Two steps:", numbered, credited=True) == "Two steps: (1) “it spreads”; (2) “it spreads”."
    sides = [replace(SPREADS, under="About one"), replace(TOXIC, under="About both")]
    assert paragraph("Two.", sides, credited=False) == (
        "Two. About one, Michael West said that “it spreads”. "
        "About both, a delegate said, as a criticism, that it is toxic."
    )


def test_what_is_shorter_than_what_was_left_out_takes_its_room() -> None:
    long = [replace(TOXIC, words=" ".join([f"w{n}", *["word"] * size])) for n, size in enumerate((50, 49, 60))]
    short = replace(TOXIC, words="w3 word")
    text = paragraph("Four things were said.", [*long, short], credited=False)
    assert "w3" in text
    assert text.endswith("And 2 more.")


def test_no_text_is_longer_than_can_be_read_out_and_what_is_asked_stays() -> None:
    long = [replace(TOXIC, words=" ".join([f"w{n}", *["word"] * 39]), weight=float(n == 3)) for n in range(4)]
    text = paragraph("Four things were said.", long, credited=False)
    assert words_in(text) <= LONGEST_ANSWER
    assert "w3" in text
    assert text.endswith("And 2 more.")
    assert paragraph("It is:", [replace(TOXIC, words="word " * 200)], credited=False) == "It is."
