"""Whole question sets: how many are answered rightly, and whether each answer is what its query finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from questions.scoring import fault, is_to_the_point, read

from kg.english.telling.leads import fits, words_in
from kg.english.telling.paragraphs import LONGEST_ANSWER
from kg.english.telling.refusals import MOST_WORDS
from kg.english.telling.sentences import report_of
from kg.library import open_library

HERE = Path(__file__).parent
SECOND = HERE.parent / "fixtures" / "second"
SETS = {
    "worked": (None, HERE / "worked.jsonl"),
    "unseen": (None, HERE / "unseen.jsonl"),
    "mixed": (None, HERE / "mixed.jsonl"),
    "silence-worked": (None, HERE / "silence-worked.jsonl"),
    "silence-unseen": (None, HERE / "silence-unseen.jsonl"),
    "second": ([SECOND / "seminar.ttl"], SECOND / "questions.jsonl"),
    "second with wordings": ([SECOND], SECOND / "questions.jsonl"),
}
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def answered(request):
    """The library of a set and its questions, each with its answer."""
    paths, questions = SETS[request.param]
    library = open_library(paths) if paths else request.getfixturevalue("library")
    return request.param, library, [(question, library.ask(question["q"])) for question in read(questions)]


every_set = pytest.mark.parametrize("answered", SETS, indirect=True)


@every_set
@pytest.mark.parametrize("part", ["answerable", "unanswerable"])
def test_no_fewer_are_right_than_before(answered, part):
    name, _, answers = answered
    asked = [(q, a) for q, a in answers if bool(q["gold"]) == (part == "answerable")]
    right = sum(fault(question, answer) is None for question, answer in asked)
    assert right >= FLOORS[name][part], f"{right} of {len(asked)} {part} questions are right"


@every_set
def test_no_fewer_are_to_the_point_than_before(answered):
    name, _, answers = answered
    right = [(q, a) for q, a in answers if a.answered and fault(q, a) is None]
    found = sum(is_to_the_point(question, answer) for question, answer in right)
    assert found >= FLOORS[name]["to the point"], f"{found} right answers have no claim beside the point"


@every_set
def test_the_query_finds_exactly_the_claims_cited(answered):
    _, library, answers = answered
    for question, answer in answers:
        if answer.answered:
            found = {row["claim"].value for row in library.data.engine.select(answer.sparql)}  # as it stands
            assert found == {claim.iri for claim in answer.claims}, question["q"]


@every_set
def test_each_claim_is_one_point_and_credited(answered):
    _, _, answers = answered
    for question, answer in answers:
        assert [point.claim for point in answer.points] == list(answer.claims), question["q"]
        for point in answer.points:
            assert _credit(point.claim) in point.credit.lower(), question["q"]
            assert point.text or point.quotations


@every_set
def test_an_answer_is_short_enough_to_be_read_out(answered):
    _, _, answers = answered
    for question, answer in answers:
        assert words_in(answer.answer) <= LONGEST_ANSWER, question["q"]
        assert not answer.answered or fits(answer.lead), question["q"]
        assert answer.answer.startswith(answer.lead.rstrip(":.")), question["q"]


@every_set
def test_an_unanswered_question_says_what_is_missing_and_offers_what_is_answered(answered):
    _, library, answers = answered
    for related in {related for _, answer in answers if not answer.answered for related in answer.related}:
        assert library.ask(related).answered, related
    for question, answer in answers:
        if not answer.answered:
            assert answer.answer == answer.lead, question["q"]
            assert len(answer.lead.split()) <= MOST_WORDS, question["q"]
            assert answer.outcome == ("near" if answer.nearest else "not-said"), question["q"]
            assert answer.claims == answer.passages == ()
            assert answer.sparql is None


def _credit(claim) -> str:
    about = claim.attribution
    if about.nobody:
        return "somebody (not named)"
    said = report_of(about.credit) if about.kind == "presentation" else about.credit
    return said.partition(", passing on ")[0].lower()
