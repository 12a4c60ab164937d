"""Verdicts on questions for yes or no about eight seminars; what each set holds is in README.md."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from questions.scoring import fault, read

from kg.library import Library, open_library

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["verdicts"]
#: The least share of the verdicts given that are right, over all seminars but the packaged one.
LEAST_RIGHT = 0.9
PACKAGED = ("packaged", "modality")


def counted(library: Library, name: str) -> Counter[str]:
    """Return how many answers are right, how many verdicts were given, and how many of these are the expected ones."""
    found: Counter[str] = Counter()
    for question in read(HERE / "verdicts" / f"{name}.jsonl"):
        answer = library.ask(question["q"])
        found["right"] += fault(question, answer) is None
        found["given"] += answer.verdict is not None
        found["given right"] += answer.verdict is not None and answer.verdict == question["verdict"]
    return found


@pytest.fixture(scope="module")
def counts(library: Library) -> dict[str, Counter[str]]:
    others = {name: open_library([FIXTURES / name / "seminar.ttl"]) for name in FLOORS if name not in PACKAGED}
    return {name: counted(others.get(name, library), name) for name in FLOORS}


@pytest.mark.parametrize("name", FLOORS)
def test_no_fewer_are_right_than_before(counts: dict[str, Counter[str]], name: str) -> None:
    for part, floor in FLOORS[name].items():
        assert counts[name][part] >= floor, (part, counts[name])


def test_a_verdict_is_seldom_wrong_on_any_seminar(counts: dict[str, Counter[str]]) -> None:
    total = sum((found for name, found in counts.items() if name not in PACKAGED), Counter())
    assert total["given right"] >= LEAST_RIGHT * total["given"], total
