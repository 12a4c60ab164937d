"""Whether a question has two things of a sentence change places."""

from __future__ import annotations

import pytest

from kg.english.asking.word_order import exchanged


@pytest.mark.parametrize(
    ("question", "sentence", "is_exchanged"),
    [
        ("Does culture create leaders?", "Leaders create culture.", True),
        ("Do leaders create culture?", "Leaders create culture.", False),
        ("Is culture created by leaders?", "Leaders create culture.", False),
        ("Are leaders created by culture?", "Culture is created by leaders.", True),
        ("Is respect given to staff by leaders?", "Leaders give staff respect.", False),
        ("Is fear hard to change without culture?", "Culture is hard to change without fear.", True),
        ("Without fear, is culture hard to change?", "Culture is hard to change without fear.", False),
        ("If people lead fairly, do staff engage?", "Staff engage if people lead fairly.", False),
        ("Do people lead fairly if staff engage?", "Staff engage if people lead fairly.", True),
        ("Does a plan need to be made to win?", "If you want to win, you need to make a plan.", False),
        ("If staff stay, will leaders win?", "If leaders stay, staff win.", True),
        ("Does it rain?", "Leaders create culture.", False),
    ],
)
def test_what_changes_places(question: str, sentence: str, is_exchanged: bool) -> None:
    assert exchanged(question, sentence) is is_exchanged
