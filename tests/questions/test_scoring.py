"""What is right and what is wrong in an answer, by the keys of a question."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from questions.scoring import fault


def answer(verdict=None, *cited, answered=True, text="Culture is created by leaders."):
    return SimpleNamespace(
        answered=answered, verdict=verdict, answer=text, passages=[SimpleNamespace(id=each) for each in cited]
    )


REFUSED = answer(answered=False)


@pytest.mark.parametrize(
    ("keys", "given", "wrong"),
    [
        ({"yes": True}, answer("yes", "M3"), None),
        ({"yes": True}, answer(None, "M3"), "verdict None"),
        ({"yes": False}, answer("yes", "M3"), "verdict yes"),
        ({"yes": False}, REFUSED, "not answered"),
        ({"yes": None}, answer("yes", "M3"), None),
        ({"yes": None, "verdict": "no"}, answer("yes", "M3"), "verdict yes"),
        ({"yes": None, "verdict": "none"}, answer(None, "M3"), None),
        ({"yes": None, "verdict": "none"}, REFUSED, None),
        ({"yes": None, "verdict": "none"}, answer("no", "M3"), "verdict no"),
        ({"yes": None, "verdict": "none"}, answer(None, "M6"), "cites ['M6']"),
        ({"yes": None, "either": True}, REFUSED, None),
        ({"yes": None, "either": True}, answer(None, "M6"), "cites ['M6']"),
        ({"yes": None, "not": ["toxic", "leaders"]}, answer(None, "M3"), "has ['leaders']"),
        ({"yes": None}, answer(None, "M3", "I1", "I2", "K1", "K2"), "cites 5 passages"),
        ({"yes": None, "most": 5}, answer(None, "M3", "I1", "I2", "K1", "K2"), None),
        ({"yes": None, "most": 1}, answer(None, "M3", "I1"), "cites 2 passages"),
    ],
)
def test_what_is_wrong(keys, given, wrong):
    assert fault({"gold": ["M3"], "must": []} | keys, given) == wrong


def test_without_gold_it_is_right_to_refuse():
    question = {"gold": [], "must": [], "yes": None}
    assert fault(question, REFUSED) is None
    assert fault(question, answer(None, "M3")) == "answered"
