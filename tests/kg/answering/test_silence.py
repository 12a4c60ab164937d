"""Whether claims have what a question asks for."""

from __future__ import annotations

import pytest

from kg import open_library
from kg.answering.link.lexicon import Lexicon
from kg.answering.link.linker import LinkedQuestion, Mention
from kg.answering.silence import has_another_number, lacks, names_nobody, only_the_excepted
from kg.english.words import read, stems
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_library().catalogue


def linked(catalogue: Catalogue, question: str) -> LinkedQuestion:
    """Return a question with the mentions of one or two words, so that no speller is needed."""
    lexicon, words = Lexicon(catalogue), tuple(read(question))
    spans = [(n, n + size) for size in (2, 1) for n in range(len(words) - size + 1)]
    texts = {span: " ".join(word.text for word in words[span[0] : span[1]]) for span in spans}
    mentions = [Mention(*span, meaning) for span in spans for meaning in lexicon.meanings(stems(texts[span]))]
    return LinkedQuestion(question, words, tuple(mentions))


def claims(catalogue: Catalogue, passage: str) -> list[Claim]:
    return [claim for claim in catalogue.claims() if passage in {each.id for each in claim.passages}]


@pytest.mark.parametrize(
    ("question", "gives", "passage", "lacking"),
    [
        ("Which year was the seminar?", None, "I4", True),
        ("Which year was the seminar?", "time", "I4", False),
        ("What is the name of the seminar?", "title", "I4", False),
        ("Why did the department pay?", None, "I3", True),
        ("How many nurses took part?", None, "M7.1", True),
        ("How many steps are there?", None, "M7.1", True),
        ("What was said?", None, "D1", False),
    ],
)
def test_kinds(catalogue: Catalogue, question: str, gives: str | None, passage: str, lacking: bool) -> None:
    assert lacks(question, gives, claims(catalogue, passage)) is lacking


@pytest.mark.parametrize(
    ("question", "passage", "nobody"),
    [("Who creates culture?", "M3", False), ("Who designs it?", "K2", True), ("What?", "M7.2", False)],
)
def test_somebody_is_named(catalogue: Catalogue, question: str, passage: str, nobody: bool) -> None:
    assert names_nobody(linked(catalogue, question), claims(catalogue, passage)) is nobody


@pytest.mark.parametrize(
    ("question", "passage", "only"),
    [("Apart from the CQC, who was criticised?", "I4", False), ("Who was criticised?", "D1", False)],
)
def test_exceptions(catalogue: Catalogue, question: str, passage: str, only: bool) -> None:
    assert only_the_excepted(linked(catalogue, question), claims(catalogue, passage)) is only


@pytest.mark.parametrize(
    ("question", "passage", "expected"),
    [
        ("What are the five values of leaders?", "M6", True),
        ("What are the three ingredients?", "K3", False),
        ("Which are the two regulators?", "D1", False),
        ("What are values in five words?", "M6", False),
    ],
)
def test_a_number_of_things_that_nobody_counts(
    catalogue: Catalogue, question: str, passage: str, expected: bool
) -> None:
    assert has_another_number(question, claims(catalogue, passage)) is expected
