"""Threads that ask a library at once get what one thread gets, from the first question on."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from kg import Library, open_library
from webapp import create_app

THREADS = 16
TESTS = Path(__file__).parent
#: The questions about the packaged seminar, and a seminar without wordings with its own.
SET, OTHER = TESTS / "questions" / "worked.jsonl", TESTS / "fixtures" / "schools"
#: How many questions each thread asks, and how often. The first time is the one in which all is made and kept.
MUCH = [(12, 1), pytest.param(60, 20, marks=pytest.mark.thorough)]


def some(count: int, questions: Path = SET) -> list[str]:
    """Return so many questions of a set, taken evenly."""
    found = list(dict.fromkeys(json.loads(line)["q"] for line in questions.read_text(encoding="utf-8").splitlines()))
    return found[:: len(found) // count][:count]


@pytest.fixture
def often() -> Iterator[None]:
    """Let threads take turns after every microsecond."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def fresh(data: Path | None = None) -> Library:
    """Return a library that has just been opened, as a process has it that has just begun."""
    library = open_library(data)
    library.prepare()
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("kg", "webapp"):
            for each in vars(module).values():
                if isinstance(each, functools._lru_cache_wrapper):
                    each.cache_clear()
    return library


def all_at_once(answered: Callable[[str], object], questions: list[str]) -> list[list[object]]:
    """Return what each thread is answered, in the order of the questions, which each begins with another."""
    gate = Barrier(THREADS)

    def ask(number: int) -> list[object]:
        first = number * len(questions) // THREADS
        gate.wait()
        found = [answered(question) for question in questions[first:] + questions[:first]]
        return found[len(found) - first :] + found[: len(found) - first]

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(ask, range(THREADS)))


@pytest.mark.thorough  # clients, below, ask the same library through the website
@pytest.mark.parametrize(("count", "rounds"), [(12, 1), (60, 20)])
@pytest.mark.usefixtures("often")
def test_threads_are_answered_as_one_is(count: int, rounds: int) -> None:
    questions, library = some(count), fresh()
    alone = [library.ask(question) for question in questions]
    assert len(alone) == count
    for _ in range(rounds):
        for answers in all_at_once(fresh().ask, questions):
            assert answers == alone


@pytest.mark.usefixtures("often")
def test_threads_find_as_one_does_where_nothing_was_learnt() -> None:
    questions, data = some(12, OTHER / "questions.jsonl"), OTHER / "seminar.ttl"
    library = fresh(data)
    alone = [library.ask(question) for question in questions]
    for answers in all_at_once(fresh(data).ask, questions):
        assert answers == alone


@pytest.mark.parametrize(("count", "rounds"), MUCH)
@pytest.mark.usefixtures("often")
def test_clients_are_answered_as_one_is(count: int, rounds: int) -> None:
    questions = some(count)

    def client_of(library: Library) -> Callable[[str], object]:
        app = create_app({"LIBRARY": library, "RESPONSE_CACHE": False})

        def answered(question: str) -> object:
            response = app.test_client().get("/ask", query_string={"q": question, "format": "json"})
            assert response.status_code == 200
            return response.data

        return answered

    one = client_of(fresh())
    alone = [one(question) for question in questions]
    for _ in range(rounds):
        for answers in all_at_once(client_of(fresh()), questions):
            assert answers == alone
