"""How words speak for claims, and how telling they are."""

from __future__ import annotations

import pytest

from kg.answering.link.lexicon import Lexicon
from kg.answering.link.linker import link
from kg.answering.link.matches import Match, Matcher
from kg.answering.link.speller import Speller
from kg.graph.catalogue import Catalogue


@pytest.fixture
def matched(lexicon: Lexicon, speller: Speller, matcher: Matcher):
    return lambda question: matcher.match(link(question, lexicon, speller))


def weight(match: Match, text: str) -> float:
    return next(weight for n, weight in match.weights.items() if match.question.words[n].text == text)


@pytest.mark.parametrize(
    ("question", "passages"),
    [
        ("Who compared the NHS to an ocean?", {"M4.3b"}),
        ("form-filling", {"D1"}),
        ("Was there compassion?", {"I4"}),
        ("Which department paid for the research?", {"I3"}),
    ],
)
def test_the_closest_claim(question: str, passages: set[str], matched, catalogue: Catalogue) -> None:
    (claim,) = catalogue.claims_by_iri(matched(question).ranked[:1])
    assert {passage.id for passage in claim.passages} & passages


@pytest.mark.parametrize(
    ("telling", "plain", "question"),
    [
        ("ocean", "staff", "staff ocean"),  # few claims have it
        ("vaccine", "ocean", "ocean vaccine"),  # of another matter
        ("xylophone", "slide", "xylophone for a friday"),
        ("ocean", "everybody", "everybody ocean"),
    ],
)
def test_how_telling_words_are(telling: str, plain: str, question: str, matched) -> None:
    match = matched(question)
    words = {match.question.words[n].text for n in match.weights}
    assert telling in words
    assert plain not in words or weight(match, telling) > weight(match, plain)


def test_a_preamble_counts_less(matched) -> None:
    assert weight(matched("I like oceans. What about culture?"), "oceans") < weight(matched("What oceans?"), "oceans")


def test_opposites_speak_a_little_and_are_told_apart(matched, catalogue: Catalogue) -> None:
    claim = next(claim for claim in catalogue.claims() if "difficult" in claim.text)
    match = matched("Is culture easy to change?")
    opposed = {match.question.words[n].text for n in match.opposed(claim.iri)}
    assert opposed == {"easy"}
