"""Whether a question has two things of a sentence change places."""

from __future__ import annotations

import pytest

from kg.english.asking.word_order import exchanged, keeps


@pytest.mark.parametrize(
    ("question", "sentence", "things"),
    [
        ("Does culture create leaders?", "Leaders create culture.", "cultur leader"),
        ("Do leaders create culture?", "Leaders create culture.", ""),
        ("Is culture created by leaders?", "Leaders create culture.", ""),
        ("Are leaders created by culture?", "Culture is created by leaders.", "cultur leader"),
        ("Is respect given to staff by leaders?", "Leaders give staff respect.", ""),
        ("Is fear hard to change without culture?", "Culture is hard to change without fear.", "cultur fear"),
        ("Without fear, is culture hard to change?", "Culture is hard to change without fear.", ""),
        ("If people lead fairly, do staff engage?", "Staff engage if people lead fairly.", ""),
        (
            "Do people lead fairly if staff engage?",
            "Staff engage if people lead fairly.",
            "engag fair lead staff",
        ),
        ("Does a plan lead to better lessons?", "It is not talk that makes lessons better but a plan.", ""),
        ("Does a plan need to be made to win?", "If you want to win, you need to make a plan.", ""),
        ("If staff stay, will leaders win?", "If leaders stay, staff win.", "leader staff"),
        ("Does it rain?", "Leaders create culture.", ""),
    ],
)
def test_what_changes_places(question: str, sentence: str, things: str) -> None:
    assert " ".join(sorted(exchanged(question, sentence))) == things


def test_what_stands_as_in_the_question() -> None:
    asked = "Is culture hard to change without fear?"
    assert keeps(asked, "it is hard to change culture without fear", {"cultur", "fear"})
    assert not keeps(asked, "it is hard to change without fear", {"cultur", "fear"})
