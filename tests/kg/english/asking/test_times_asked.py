"""Whether a question has the day or time that is recorded."""

from __future__ import annotations

import pytest

from kg.english.asking.times_asked import same_time

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


def test_without_what_is_recorded() -> None:
    assert same_time("Was it in June?", ("last summer",)) is None
    assert same_time("Was it in the morning?", ("2014-06-06",)) is None
