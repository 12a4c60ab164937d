"""What decides questions for yes or no on the packaged seminar and on fixtures, each opened once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from kg.answering.verdict.decision import Decision
from kg.library import Library, open_library

FIXTURES = Path(__file__).parents[3] / "fixtures"
Decide = Callable[[str, str], Decision]


@cache
def opened(name: str) -> Library:
    return open_library(FIXTURES / name / "seminar.ttl")


@pytest.fixture
def library_of(library: Library) -> Callable[[str], Library]:
    """Return what opens a library by its name; "packaged" is the packaged seminar."""
    return lambda name: library if name == "packaged" else opened(name)


@pytest.fixture
def decide(library_of: Callable[[str], Library]) -> Decide:
    """Return what decides a question over the seminar of a name by what its claims say, with nothing learnt."""

    def decided(name: str, question: str) -> Decision:
        seminar = library_of(name).answerer.of("")
        return seminar._judge.decide(seminar.match(question).question)

    return decided
