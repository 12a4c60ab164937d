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
            [refusals.unknown_name("Ann Other", "the summary"), refusals.nothing_found("says how")],
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
        (
            refusals.summary_clause("the summary", refusals.lacked("time", "When?")),
            "the summary gives no date for this",
        ),
        (refusals.lacked("time", "How long did it take?"), "gives no time for this"),
        (
            refusals.summary_clause("the summaries", refusals.lacked("reason", "Why?"), several=True),
            "the summaries give no reason for this",
        ),
        (
            refusals.credited_with_nothing("Ann Other", refusals.who_did("chaired the seminar", None, body=False)),
            "no statement is credited to Ann Other, who chaired the seminar",
        ),
        (refusals.who_did("funded the research", "Talks, 2014", body=True), "which funded the research"),
        (refusals.who_did("chaired the seminar", "Talks", body=False), "who chaired the seminar “Talks”"),
        (refusals.nothing_of("the union", "the summary"), "the summary has no statement of “the union”"),
        (refusals.claims_on(["a", "b"]), "there are claims on “a” and “b”"),
        (refusals.claims_on(["a"], "says why"), "there are claims on “a”, but none was found that says why"),
        (refusals.nothing_found("says how long"), "no claim was found that says how long"),
        (
            refusals.not_among_statements("Ann Other", 2, yes_no=True),
            "none of the two claims credited to Ann Other was found to say just this",
        ),
    ],
)
def test_clauses(clause: str, said: str) -> None:
    assert clause == said


@pytest.mark.parametrize(
    ("question", "yes_no", "said"),
    [
        ("Which trust is it?", False, "answers this"),
        ("Is it so?", True, "says whether this is so"),
        ("I know who did it. How did they do it?", False, "says how"),
        ("how much gas is burnt", False, "says how much"),
        ("the toxic culture", False, "answers this"),
    ],
)
def test_what_is_not_said(question: str, yes_no: bool, said: str) -> None:
    assert refusals.unsaid(question, yes_no=yes_no) == said


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
        (["patients"], {"not_of": ["nurses", "cost", "pay"]}, "It speaks of “patients”, not of “nurses” or “cost”."),
        (["culture"], {"credit": "a delegate"}, "It speaks of “culture”, but is credited to a delegate."),
        ([], {"credit": "a delegate"}, "It is credited to a delegate."),
        (["culture"], {}, "It speaks of “culture”."),
        ([], {}, "It speaks of something like this."),
    ],
)
def test_why_a_claim_is_near(has: list[str], more: dict[str, object], said: str) -> None:
    assert refusals.why_near(has, **more) == said  # type: ignore[arg-type]
