"""Which words of a question name what, misspelt ones corrected."""

from __future__ import annotations

import pytest

from kg.answering.link.lexicon import Lexicon
from kg.answering.link.linker import LinkedQuestion, link
from kg.answering.link.speller import Speller
from kg.english.words import read, stem


@pytest.mark.parametrize(
    ("question", "mentions"),
    [
        ("Who creates culture?", {("creates", "relation", "create"), ("culture", "concept", "culture")}),
        ("What did Michael West say?", {("Michael West", "agent", "michael-west")}),
        ("What about staff engagement?", {("staff engagement", "concept", "staff-engagement")}),
        ("staff engagment", {("staff engagment", "concept", "staff-engagement")}),
        ("the CQC", {("CQC", "concept", "care-quality-commission")}),
        ("What was criticised?", {("criticised", "stance", "criticises")}),
        ("the weather in Paris", set()),
    ],
)
def test_mentions(question: str, mentions: set[tuple[str, str, str]], lexicon: Lexicon, speller: Speller) -> None:
    linked = link(question, lexicon, speller)
    found = {(_text(linked, n), m.meaning.kind, m.slug) for n, m in enumerate(linked.mentions)}
    assert mentions <= found
    assert mentions or not found


def _text(linked: LinkedQuestion, number: int) -> str:
    first, last = linked.span(linked.mentions[number])
    return linked.text[first:last]


def test_a_longer_mention_hides_a_shorter_one_of_its_kind(lexicon: Lexicon, speller: Speller) -> None:
    concepts = {m.slug for m in link("staff engagement", lexicon, speller).mentions if m.meaning.kind == "concept"}
    assert "staff-engagement" in concepts
    assert "staff" not in concepts


def test_content_and_places(lexicon: Lexicon, speller: Speller) -> None:
    linked = link("I am a manager. Who creates the culture?", lexicon, speller)
    assert [linked.words[n].text for n in linked.content] == ["manager", "creates", "culture"]
    assert {linked.words[n].text for n in linked.linked_places} >= {"creates", "culture"}
    assert linked.text.index("manager") not in linked.asked
    assert linked.text.index("culture") in linked.asked


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cultrue", "culture"),
        ("respct", "respect"),
        ("compasion", "compassion"),
        ("strategey", "strategy"),
        ("culture", None),
        ("cat", None),
        ("zzzzzzz", None),
        ("12345", None),
        ("ulture", None),
    ],
)
def test_spelling(typed: str, meant: str | None, speller: Speller) -> None:
    (word,) = read(typed)
    assert speller.correct(word) == (meant and stem(meant))
