"""What a question puts forward: its words parted from those of its condition, its negations and its mood."""

from __future__ import annotations

import pytest

from kg.answering.verdict.asked import read_asked


@pytest.fixture
def asked(library):
    seminar = library.answerer.of("")

    def read(question):
        match = seminar._judge._matching(seminar.match(question).question)
        return read_asked(match, None, (0, len(question)))

    return read


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("Do leaders create culture?", ""),
        ("If staff are engaged, do leaders create culture?", "if staff are engaged"),
        ("Do leaders create culture unless staff resist?", "unless staff resist"),
        ("Did anyone ask if leaders create culture?", ""),
    ],
)
def test_condition(asked, question, condition):
    found = asked(question)
    assert " ".join(found.question.words[n].text for n in sorted(found.condition)) == condition


@pytest.mark.parametrize(
    ("question", "negations", "moods"),
    [
        ("Do leaders create culture?", 0, set()),
        ("Don't leaders create culture?", 0, set()),
        ("Do leaders not create culture?", 1, set()),
        ("Should leaders create culture?", 0, {"ought"}),
        ("Can nobody create culture?", 1, {"may"}),
    ],
)
def test_how_it_is_put(asked, question, negations, moods):
    found = asked(question)
    assert (found.negations, found.moods) == (negations, moods)


def test_whom_it_singles_out(asked):
    found = asked("Was it the minister who was clear that culture matters?")
    assert [found.question.words[n].text for n in found.singled_out] == ["minister"]
    assert asked("Is engagement one of the ingredients?").is_of_members
