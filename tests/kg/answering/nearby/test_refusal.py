"""Why a question is not answered: each reason is found in the graph, and what is said of the claims is true."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.answering import Answer
from kg.english.telling.refusals import MOST_WORDS
from kg.english.words import stems
from kg.library import Library

TESTS = Path(__file__).parents[3]
SETS = {
    "packaged": TESTS / "questions" / "silence-worked.jsonl",
    **{name: TESTS / "fixtures" / name / "questions.jsonl" for name in ("heat", "bridge")},
}
_ABSENT = re.compile(r"((?:“[^”]+”(?:, | and )?)+) occurs? in no claim and no quotation")

# library, question, outcome, what its sentence has
REFUSED = [
    ("packaged", "How many patients died at Mid Staffs?", "near", "The summary gives no figure for this"),
    ("packaged", "What salary should good leaders get?", "near", "“salary” occurs in no claim and no quotation"),
    ("packaged", "What did Boris Johnson say about leaders?", "near", "Nobody called “Boris Johnson” is named in the"),
    ("packaged", "Who is Boris Johnson?", "not-said", "Nobody called “Boris Johnson” is named in the summary."),
    ("packaged", "What did Ian Cumming say about culture?", "near", "to Ian Cumming, who chaired the seminar."),
    ("packaged", "What did the health minister tell them?", "not-said", "has no statement of “the health minister”"),
    ("packaged", "Was the strategy ever rolled out?", "near", "What came later is not in a summary of June 2014"),
    (
        "packaged",
        "Which trust did the delegate work for?",
        "near",
        "There are claims on “trust” and “delegate”, but none was",
    ),
    ("packaged", "Did West say culture is toxic?", "near", "claims credited to Michael West was found to say just"),
    ("packaged", "Did they mention psychological safety?", "near", "No claim was found that says whether this is so"),
    (
        "packaged",
        "Who do I complain to if my manager bullies me?",
        "not-said",
        "No claim was found that answers this.",
    ),
    ("packaged", "What is the capital of France?", "not-said", "“capital” and “France” occur in no claim"),
    ("packaged", "Что такое культура?", "not-said", "There is no word in this that could be looked for."),
    ("heat", "How many big buildings have signed up in Kestrel Bay?", "near", "The summary gives no figure for this"),
    ("heat", "What did the water company say about Harbour Street?", "near", "no statement of “the water company”"),
    ("heat", "Where were the flats that the institute measured?", "near", "The summary gives no place for this"),
    ("heat", "What did Ann Other say about gas?", "near", "Nobody called “Ann Other” is named in the summary"),
    (
        "schools",
        "Why did the Pellow Foundation put money into the study?",
        "near",
        "The summary gives no reason why the Pellow Foundation paid for",
    ),
    ("schools", "What did the Pellow Foundation say about coaching?", "near", "Foundation, which funded the research"),
    ("town-hall", "In what street is Aldersby Library?", "near", "but none was found that answers this"),
    ("two", "What did Ian Cumming say about culture?", "near", "the seminar “Leading by example, 6 June 2014”"),
    ("two", "Did that ever happen?", "not-said", "What came later is not in summaries of February 2013 and June 2014"),
    ("two", "How many patients died at Mid Staffs?", "near", "The summaries give no figure for this"),
]


@pytest.mark.parametrize(("name", "question", "outcome", "said"), REFUSED, ids=[each[1] for each in REFUSED])
def test_a_refusal_says_why(
    library_of: Callable[[str], Library], name: str, question: str, outcome: str, said: str
) -> None:
    answer = library_of(name).ask(question)
    assert (answer.answered, answer.outcome, answer.verdict) == (False, outcome, None)
    assert said in answer.lead
    assert answer.answer == answer.lead
    assert (answer.claims, answer.passages, answer.sparql) == ((), (), None)
    assert {seminar.slug for seminar in answer.seminars} == {near.claim.seminar for near in answer.nearest}


def refused(library: Library, path: Path) -> Iterator[Answer]:
    questions = [json.loads(line)["q"] for line in path.read_text(encoding="utf-8").splitlines()]
    yield from (answer for answer in map(library.ask, questions) if not answer.answered)


@pytest.mark.parametrize("name", SETS)
def test_what_refusals_say_of_claims_is_true(library_of: Callable[[str], Library], name: str) -> None:
    library = library_of(name)
    texts = [text for claim in library.catalogue.claims() for text in (claim.text, *(p.quote for p in claim.passages))]
    words = {stem for text in texts for stem in stems(text)}
    offers = []
    for answer in refused(library, SETS[name]):
        assert len(answer.lead.split()) <= MOST_WORDS, answer.question
        for found in _ABSENT.findall(answer.lead):
            for absent in re.findall("“([^”]+)”", found):
                assert not set(stems(absent)) & words, answer.lead
        for near in answer.nearest:
            if "gives no number" in near.why:
                assert not re.search(r"\d", near.claim.text), answer.question
        offers.append(answer.related[0])
        assert all(library.ask(related).answered for related in answer.related)
    assert len(set(offers)) > len(offers) / 3
