"""The sentences for a question that is not answered."""

from __future__ import annotations

import pytest

from kg.english.telling import refusals


@pytest.mark.parametrize(
    ("clauses", "said"),
    [
        (["no claim answers this"], "No claim answers this."),
        ([refusals.words_absent(["pay"])], "“pay” occurs in no claim and no quotation."),
        ([refusals.words_absent(["pay", "wages"])], "“pay” and “wages” occur in no claim and no quotation."),
        ([refusals.words_absent("abcd")], "“a”, “b” and “c” occur in no claim and no quotation."),
        (
            [refusals.unknown_name("Ann Other", "the summary"), refusals.not_found("how")],
            "Nobody called “Ann Other” is named in the summary; no claim was found that answers this.",
        ),
        (["one " * 20 + "end", "two " * 20, "three"], "One " + "one " * 19 + "end; three."),
    ],
)
def test_clauses_become_one_sentence(clauses: list[str], said: str) -> None:
    assert refusals.sentence_of(clauses) == said
    assert len(said.split()) <= refusals.MOST_WORDS


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (refusals.came_later([]), "what came later is not in the summary"),
        (refusals.came_later(["June 2014"]), "what came later is not in a summary of June 2014"),
        (
            refusals.came_later(["May 2013", "June 2014"]),
            "what came later is not in summaries of May 2013 and June 2014",
        ),
        (refusals.summary_clause("the summary", refusals.lacked("time")), "the summary gives no date for this"),
        (
            refusals.summary_clause("the summaries", refusals.lacked("reason"), several=True),
            "the summaries give no reason for this",
        ),
        (
            refusals.credited_with_nothing("Ann Other", refusals.who_did("chaired the seminar", None, body=False)),
            "no statement is credited to Ann Other, who chaired the seminar",
        ),
        (refusals.who_did("funded the research", "Talks, 2014", body=True), "which funded the research"),
        (refusals.who_did("chaired the seminar", "Talks", body=False), "who chaired the seminar “Talks”"),
        (refusals.nothing_of("the union", "the summary"), "the summary has no statement of “the union”"),
        (refusals.words_apart("a", "b"), "there are claims on “a” and on “b”, but none on both"),
    ],
)
def test_clauses(clause: str, said: str) -> None:
    assert clause == said


@pytest.mark.parametrize(
    ("question", "noun", "yes_no", "said"),
    [
        ("Which trust is it?", "trust", False, "which trust"),
        ("Is it so?", None, True, "whether this is so"),
        ("I know who did it. How did they do it?", None, False, "how"),
        ("how much gas is burnt", None, False, "how much"),
        ("the toxic culture", None, False, None),
    ],
)
def test_what_is_not_said(question: str, noun: str | None, yes_no: bool, said: str | None) -> None:
    assert refusals.unsaid(question, noun, yes_no=yes_no) == said


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is Jason Helgerson?", "Jason Helgerson"),
        ("who's ann", "ann"),
        ("Who is the boss of Salford?", None),
        ("Who chaired the seminar?", None),
    ],
)
def test_whom_a_question_asks_about(question: str, name: str | None) -> None:
    found = refusals.person_asked(question)
    assert (found and question[slice(*found)]) == name


@pytest.mark.parametrize(
    ("has", "more", "said"),
    [
        (["leaders", "culture"], {"lacks": "quantity"}, "It speaks of “leaders” and “culture”, but gives no number."),
        (["recruitment"], {"nowhere": ["cost"]}, "It has “recruitment”; “cost” occurs nowhere."),
        (["patients"], {"elsewhere": ["nurses"]}, "It speaks of “patients”, not of “nurses”."),
        (["culture"], {"credit": "a delegate"}, "It speaks of “culture”, but is credited to a delegate."),
        (["culture"], {"form": "how"}, "It speaks of “culture”, but does not say how."),
        ([], {}, "It speaks of something like this, but does not say this."),
    ],
)
def test_why_a_claim_is_near(has: list[str], more: dict[str, object], said: str) -> None:
    assert refusals.why_near(has, **more) == said  # type: ignore[arg-type]
