"""Libraries of several seminars: each is asked by itself, and those that answer about as well as the best are cited."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kg.answering.joining import LOWER, agreed, joined
from kg.answering.reading import Reading
from kg.answering.seminar_answerer import Finding
from kg.graph.load import packaged_data
from kg.library import Library, open_library

TESTS = Path(__file__).parents[2]
SETS = [TESTS / "questions" / name for name in ("worked.jsonl", "unseen.jsonl")]
SECOND = TESTS / "fixtures" / "second" / "seminar.ttl"
SAMPLE = 60
COPIES = 4
LEADING = "leading-by-example-2014"
READING = Reading(cast(Any, None), "", (), left=0.2, covered=0.9, score=2.0, mentions=(), learnt=True)


def finding(reading: Reading | None) -> Finding:
    return Finding(cast(Any, SimpleNamespace(total=0.0)), reading)


def questions() -> list[str]:
    """Return a sample of the question sets, taken evenly."""
    lines = [line for path in SETS for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["q"] for line in lines[:: len(lines) // SAMPLE]][:SAMPLE]


@pytest.fixture(scope="module")
def both() -> Library:
    return open_library([packaged_data(), SECOND])


@pytest.mark.parametrize("question", questions())
def test_a_second_seminar_takes_nothing_from_the_answers_of_the_first(
    library: Library, both: Library, question: str
) -> None:
    alone, beside = library.ask(question), both.ask(question)
    assert {c.iri for c in beside.claims if c.seminar == LEADING} == {c.iri for c in alone.claims}
    assert {row["claim"] for row in both.query(beside.sparql or "SELECT ?claim {} LIMIT 0")} == {
        claim.iri for claim in beside.claims
    }
    if alone.answered and len(beside.seminars) == 1:
        assert (beside.verdict, beside.answer, beside.linked) == (alone.verdict, alone.answer, alone.linked)


def test_each_seminar_is_asked_as_if_it_were_alone(library: Library, both: Library) -> None:
    alone, part = library.answerer.of(""), both.answerer.of(LEADING)
    assert part.estimator.wordings == alone.estimator.wordings
    assert [c.iri for c in part._catalogue.claims()] == [c.iri for c in library.catalogue.claims()]
    assert [c.label for c in part._catalogue.concepts()] == [c.label for c in library.catalogue.concepts()]
    assert [a.name for a in part._catalogue.agents()] == [a.name for a in library.catalogue.agents()]


def test_an_answer_names_the_seminar_of_each_claim_and_passage(both: Library) -> None:
    answer = both.ask("What did Ed Miliband say?").to_dict()
    assert answer["answered"]
    seminar = {"slug": "francis-report-2013", "label": "The Francis report, 6 February 2013", "date": "2013-02-06"}
    assert all(each["seminar"] == seminar for each in (*answer["claims"], *answer["passages"]))
    asked = both.ask("When did the seminar take place?")
    assert {claim.seminar for claim in asked.claims} == {LEADING, "francis-report-2013"}
    for seminar in asked.seminars:
        assert f"At “{seminar.document.title}”" in asked.answer


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Some seminars that say the same, each under a name of its own."""
    folder = tmp_path_factory.mktemp("copies")
    text = (packaged_data() / "seminar.ttl").read_text(encoding="utf-8")
    for number in range(COPIES):
        (folder / f"{number}.ttl").write_text(text.replace(LEADING, f"copy-{number}"), encoding="utf-8")
    return open_library([folder])


@pytest.fixture(scope="module")
def original() -> Library:
    """Return the seminar that they are copies of, without what is learnt, as they are."""
    return open_library([packaged_data() / "seminar.ttl"])


@pytest.mark.parametrize(
    "question",
    [
        "Who creates culture?",
        "When do staff engage?",
        "Who chaired the seminar?",
        "How many ingredients does the right culture need?",
        "Is culture created by leaders?",
    ],
)
def test_seminars_that_agree_are_all_cited(original: Library, copies: Library, question: str) -> None:
    alone, answer = original.ask(question), copies.ask(question)
    assert alone.answered
    assert len(answer.seminars) == COPIES
    assert len(answer.claims) == COPIES * len(alone.claims)
    assert answer.verdict == alone.verdict
    assert {claim.iri for claim in answer.claims} == {row["claim"] for row in copies.query(answer.sparql or "")}


def test_a_count_is_of_one_seminar(copies: Library) -> None:
    assert copies.ask("How many key learning points are there?").answer.startswith("Three, ")


@pytest.mark.parametrize(
    ("others", "kept"),
    [
        ({}, ["a"]),
        ({"b": replace(READING, score=2.0 + LOWER / 2)}, ["b", "a"]),
        ({"b": replace(READING, score=2.1 + LOWER)}, ["b"]),
        ({"b": replace(READING, score=1.9 - LOWER)}, ["a"]),
        ({"b": replace(READING, score=9.0, learnt=False, left=2.0)}, ["a"]),
        ({"b": replace(READING, score=1.0, learnt=False)}, ["a", "b"]),
        ({"b": None}, ["a"]),
    ],
)
def test_which_seminars_are_the_answer(others: dict[str, Reading | None], kept: list[str]) -> None:
    found = {"a": finding(READING)} | {key: finding(reading) for key, reading in others.items()}
    assert list(joined(found)) == kept


def test_a_question_that_names_somebody_is_for_the_seminars_that_know_them() -> None:
    knows = replace(finding(replace(READING, score=1.0)), named=frozenset({2, 3}))
    assert list(joined({"a": finding(READING), "b": knows})) == ["b"]
    assert joined({"a": finding(READING), "b": replace(knows, reading=None)}) == {}
    other = replace(finding(READING), named=frozenset({5}))
    assert list(joined({"a": other, "b": replace(knows, reading=READING)})) == ["a", "b"]


def test_nobody_answers_for_another_seminar(both: Library) -> None:
    assert not both.ask("Why did Professor West want Monitor abolished?").answered


@pytest.mark.parametrize(
    ("values", "value"), [((), None), ((None, "yes"), "yes"), (("yes", "no"), None), ((3, 3), 3), ((None,), None)]
)
def test_what_all_agree_on(values: tuple[Any, ...], value: Any) -> None:
    assert agreed(values) == value
