"""The kinds of thing that questions ask for."""

from __future__ import annotations

import pytest

from kg.english.asking.asked_for import (
    asked_for,
    asks_for_a_record,
    asks_for_list,
    asks_for_one_thing,
    asks_for_order,
    exception_end,
    kind_spans,
)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("How many nurses work at Salford?", ["quantity"]),
        ("What percentage of trusts took part?", ["quantity"]),
        ("How much does a kilometre cost?", ["money", "quantity"]),
        ("What did Sunday opening cost Penbury?", ["money"]),
        ("What was the nurse called?", ["name"]),
        ("Which year did Mid Staffs close?", ["time"]),
        ("How long does it take?", ["time"]),
        ("When was the report published?", ["time"]),
        ("In which city was it held?", ["place"]),
        ("Where was the seminar?", ["place"]),
        ("Where is caring valued?", []),
        ("What is the name of the delegate?", ["name"]),
        ("Why did the delegate say so?", ["reason"]),
        ("What led West to study this?", ["reason"]),
        ("Did it work?", ["aftermath"]),
        ("What has happened since then?", ["aftermath"]),
        ("Who creates culture?", []),
        ("howmany?", []),
    ],
)
def test_kinds(question: str, kinds: list[str]) -> None:
    assert [kind.name for kind in asked_for(question)] == kinds


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("How many regulators were named?", "two regulators", True),
        ("How many regulators were named?", "a regulator", False),
        ("Which year was it?", "It was in 2014.", True),
        ("Which year was it?", "It was long ago.", False),
        ("In which city was it?", "It was in Leeds.", True),
    ],
)
def test_texts_that_have_it(question: str, text: str, told: bool) -> None:
    (kind,) = asked_for(question)
    assert kind.told_in(["", text], question) is told


@pytest.mark.parametrize(
    ("question", "ordered"),
    [
        ("What has to be done, step by step?", True),
        ("List the stages in the right order", True),
        ("What are the steps of coaching?", True),
        ("Who ordered the pipes?", False),
        ("What happened after another flood?", False),
    ],
)
def test_an_order(question: str, ordered: bool) -> None:
    assert asks_for_order(question) is ordered


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How much does a kilometre of pipe cost?", {"how much", "how much does", "cost"}),
        ("What was the nurse called?", {"what was"}),
        ("What salary do they get?", {"what"}),
    ],
)
def test_the_words_of_the_kind_take_no_others_with_them(question: str, words: set[str]) -> None:
    assert {question.lower()[slice(*span)] for span in kind_spans(question)} == words


@pytest.mark.parametrize(
    ("question", "record", "one", "listed"),
    [
        ("When did the seminar take place?", True, True, False),
        ("How many steps are there?", True, True, False),
        ("List the steps", False, False, True),
        ("What are the three ingredients?", False, False, True),
        ("Is culture important?", False, True, False),
        ("What was said about culture?", False, False, False),
    ],
)
def test_forms(question: str, record: bool, one: bool, listed: bool) -> None:
    assert (asks_for_a_record(question), asks_for_one_thing(question), asks_for_list(question)) == (record, one, listed)


@pytest.mark.parametrize(
    ("question", "after"),
    [("Apart from West, who spoke?", " West, who spoke?"), ("Who spoke besides West?", " West?"), ("Who?", None)],
)
def test_exceptions(question: str, after: str | None) -> None:
    end = exception_end(question)
    assert (question[end:] if end is not None else None) == after
