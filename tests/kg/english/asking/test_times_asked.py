"""Whether a question has the day or time that is recorded."""

from __future__ import annotations

import pytest

from kg.english.asking.times_asked import compared_time, same_time

RECORDED = ("2014-06-06T09:15:00", "2014-06-06T13:05:00")


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("Was it on a Friday?", True),
        ("Was it on a Monday?", False),
        ("Was it in June 2014?", True),
        ("Was it in June 2015?", False),
        ("May it have been long?", None),
        ("Did it begin at quarter past nine?", True),
        ("Did it begin at 9.15am?", True),
        ("Did it begin at ten o'clock?", False),
        ("Was it in the morning?", True),
        ("Was it in the evening?", False),
        ("Was it useful?", None),
    ],
)
def test_same_time(question: str, same: bool | None) -> None:
    assert same_time(question, RECORDED) is same


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Was it over by half past ten?", "by half past ten"),
        ("Did it start before nine?", "before nine"),
        ("Was it after the 6th?", None),
        ("Was it held by leaders?", None),
        ("Did it start at nine?", None),
    ],
)
def test_what_is_compared_with_a_time(question: str, words: str | None) -> None:
    assert compared_time(question) == words


def test_without_what_is_recorded() -> None:
    assert same_time("Was it in June?", ("last summer",)) is None
    assert same_time("Was it in the morning?", ("2014-06-06",)) is None
