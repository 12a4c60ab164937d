"""Suggestions while typing: what is found by beginnings and slips, and that each suggested question is answered."""

from __future__ import annotations

import pytest

from kg import Library
from kg.answering.suggest import BEGINNING, EXACT, MOST_TRIED, SLIP, Suggester, Suggestions, WordIndex


@pytest.fixture(scope="module")
def suggester(library: Library) -> Suggester:
    return Suggester(library.catalogue, library.ask)


@pytest.mark.parametrize(
    ("typed", "question", "concept"),
    [
        ("cult", "What was said about culture?", "culture"),
        ("Who cre", "Who creates culture?", None),
        ("who creates CULTURE?", "Who creates culture?", "culture"),
        ("cultrue", "What was said about culture?", "culture"),
        ("engagm", "When do staff engage?", "staff-engagement"),
        ("compasion", "What was said about compassion?", "compassion"),
        ("what did micheal", "What did Michael West say?", None),
        ("what did a del", "What did a delegate say?", None),
        ("abt compas", "What was said about compassion?", "compassion"),
        ("What was recommended", "What was recommended to the CQC?", None),
        ("three steps", "What are the three steps of a leadership strategy?", None),
        ("hospital", "Which hospital was given as an example?", "salford-nhs-foundation-trust"),
        ("monitor", "What was said about Monitor?", "monitor"),
    ],
)
def test_what_fits_is_offered(suggester: Suggester, typed: str, question: str, concept: str | None) -> None:
    found = suggester.suggest(typed)
    assert question in found.questions
    assert concept is None or concept in [each.slug for each in found.concepts]


def test_the_likeliest_comes_first(suggester: Suggester) -> None:
    assert suggester.suggest("cult").concepts[0].slug == "culture"
    assert suggester.suggest("staff eng").concepts[0].slug == "staff-engagement"
    assert suggester.suggest("what did west say abt staf").questions[0] == "What was said about staff?"
    assert suggester.suggest("who cre").questions[0] == "Who creates culture?"


@pytest.mark.parametrize("typed", ["c", "what", "what did", "s", "the", "leaders", "how many", "West said", "NHS"])
def test_questions_are_answered_and_eight_are_the_most(library: Library, suggester: Suggester, typed: str) -> None:
    found = suggester.suggest(typed)
    assert 0 < len(found.questions) + len(found.concepts) <= 8
    assert all(library.ask(question).answered for question in found.questions)


def test_a_question_about_a_concept_is_answered_with_claims_about_it(library: Library, suggester: Suggester) -> None:
    for concept in library.catalogue.concepts():
        label = concept.label.casefold()
        for question in suggester.suggest(f"what was said about {label}").questions:
            if question.casefold() == f"what was said about {label}?":
                assert all(concept.slug in claim.concepts for claim in library.ask(question).claims)


@pytest.mark.parametrize(
    "typed", ["", " ", "?", "zzz", "\0", "\x1b[2J", "文化", "ثقافة", "🙂", "\ud800", "<script>", '" } #', "x" * 10_000]
)
def test_what_names_nothing_suggests_nothing(suggester: Suggester, typed: str) -> None:
    assert suggester.suggest(typed) == Suggestions()


def test_as_many_as_asked_for(suggester: Suggester) -> None:
    for most in range(9):
        found = suggester.suggest("culture", most)
        assert len(found.questions) + len(found.concepts) == most


def test_the_engine_is_asked_once_and_not_too_often(library: Library) -> None:
    asked = []
    suggester = Suggester(library.catalogue, lambda question: asked.append(question) or library.ask(question))  # type: ignore[func-returns-value]
    first = suggester.suggest("c")
    assert len(asked) <= MOST_TRIED
    assert len(set(asked)) == len(asked)
    count = len(asked)
    assert suggester.suggest("c") == first
    assert len(asked) == count


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("staff", {0: EXACT}),
        ("sta", {0: BEGINNING}),
        ("engagmen", {0: SLIP, 1: SLIP}),
        ("e", {0: BEGINNING, 1: BEGINNING}),
        ("taff", {}),
        ("xyz", {}),
    ],
)
def test_the_index_finds_beginnings_and_slips(word: str, found: dict[int, float]) -> None:
    assert WordIndex([("staff", "engagement"), ("engagement",)]).found(word) == found
