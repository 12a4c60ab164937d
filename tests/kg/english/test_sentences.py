"""The sentences of an answer."""

from __future__ import annotations

import pytest

from kg.english.sentences import (
    KIND_NAMES,
    Said,
    credited,
    lead,
    question_about,
    question_of_list,
    question_of_speaker,
    questions_by_stance,
    quoted,
    sentence,
)

ONE = Said("Michael West said", "Leaders create culture.", ("leaders create culture",))
OTHER = Said("Michael West said", "Culture spreads.", ("it spreads", "everywhere"))
THIRD = Said("A delegate criticised", "Forms fill the day.", ("form-filling",))


@pytest.mark.parametrize(
    ("stance", "written", "nobody", "said"),
    [
        ("describes", False, False, "A delegate said"),
        ("describes", True, False, "A delegate says"),
        ("criticises", False, False, "A delegate criticised"),
        ("exemplifies", True, False, "A delegate gives as an example"),
        ("recommends", False, True, "In the debate, no speaker being named, it was recommended"),
        ("exemplifies", False, True, "In the debate, no speaker being named, it was given as an example"),
    ],
)
def test_credits(stance: str, written: bool, nobody: bool, said: str) -> None:
    assert credited("a delegate", stance, written=written, nobody=nobody) == said


@pytest.mark.parametrize(
    ("claims", "lead_", "listed", "said"),
    [
        ([ONE], "Yes.", True, "Yes. Michael West said: Leaders create culture (“leaders create culture”)."),
        (
            [ONE, OTHER, THIRD],
            "",
            False,
            "Michael West said: Leaders create culture (“leaders create culture”); "
            "Culture spreads (“it spreads”, “everywhere”). "
            "A delegate criticised: Forms fill the day (“form-filling”).",
        ),
        (
            [OTHER, THIRD],
            "Two.",
            True,
            "Two. Michael West said: (1) Culture spreads (“it spreads”, “everywhere”). "
            "A delegate criticised: (2) Forms fill the day (“form-filling”).",
        ),
    ],
)
def test_sentence(claims: list[Said], lead_: str, listed: bool, said: str) -> None:
    assert sentence(claims, lead_, listed=listed) == said


@pytest.mark.parametrize(
    ("verdict", "counted", "yes_no", "said"),
    [
        ("yes", None, True, "Yes."),
        ("no", 3, True, "No. Three."),
        (None, None, True, "The seminar settles this neither way."),
        (None, 12, False, "12."),
        (None, None, False, ""),
    ],
)
def test_leads(verdict: str | None, counted: int | None, yes_no: bool, said: str) -> None:
    assert lead(verdict, counted, yes_no=yes_no) == said


def test_quotations_with_quotation_marks_in_them() -> None:
    assert (quoted("so"), quoted("“so”")) == ("“so”", "‘“so”’")


def test_questions_that_are_offered() -> None:
    assert question_about("culture") == "What was said about culture?"
    assert question_of_speaker("Michael West") == "What did Michael West say?"
    assert question_of_speaker("Michael West", "culture") == "What did Michael West say about culture?"
    assert question_of_list("the three steps") == "What are the three steps?"
    assert dict(questions_by_stance("culture"))["criticises"] == "What was criticised about culture?"


def test_every_kind_of_linked_words_has_a_name() -> None:
    assert set(KIND_NAMES) == {"concept", "relation", "agent", "stance", "list", "form"}
