"""The words that people read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.graph.records import Attribution, Claim, Document, Proposition, Seminar
from webapp import wording

CLAIM = Claim(
    "iri",
    "c",
    "Leaders create culture.",
    "describes",
    Attribution("named", "", (), ()),
    (),
    (),
    (),
    "s",
    (),
    None,
)
SEMINAR = Seminar(
    iri="iri",
    slug="s",
    name="S",
    start="2014-06-06T09:15:00",
    end="2014-06-06T13:05:00",
    conference=None,
    focus_question=None,
    off_map=(),
    document=Document("T", "P", None, None, "en-GB"),
    sections=(),
    editor_notes=(),
)
PART = Proposition(1, "asserted", "a", "Leaders", "concept", "create", "create", False, "b", "culture", "concept")


@pytest.mark.parametrize(
    ("kind", "credit", "introduced"),
    [
        ("named", "Michael West", "Michael West said in June 2014"),
        ("debate", "a delegate", "A delegate said in June 2014"),
        ("write-up", "the published summary", "The published summary says (June 2014)"),
        (
            "presentation",
            "the published summary of Michael West’s presentation",
            "The published summary of Michael West’s presentation says (June 2014)",
        ),
    ],
)
def test_a_claim_is_introduced_by_who_said_it_and_when(kind: str, credit: str, introduced: str) -> None:
    claim = replace(CLAIM, attribution=Attribution(kind, credit, (), ()))
    assert f"{wording.said_by(claim)} {wording.says_when(claim, SEMINAR)}" == introduced
    assert wording.credit_explained(claim).endswith(".")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Friday 6 June 2014, 9.15am to 1.05pm"),
        ({"end": None}, "Friday 6 June 2014, 9.15am"),
        ({"start": "2014-06-06", "end": None}, "Friday 6 June 2014"),
        (
            {"start": "2014-12-01T00:30:00", "end": "2014-12-01T12:00:00"},
            "Monday 1 December 2014, 12.30am to 12.00pm",
        ),
    ],
)
def test_when_a_seminar_was_held(changes: dict[str, Any], text: str) -> None:
    assert wording.session(replace(SEMINAR, **changes)) == text


@pytest.mark.parametrize(
    ("status", "note"),
    [
        ("asserted", ""),
        ("denied", "not: this is denied"),
        ("condition", "if: a condition"),
        ("goal", "the aim"),
    ],
)
def test_parts_that_are_not_plainly_asserted_say_so(status: str, note: str) -> None:
    assert wording.status_note(replace(PART, status=status)) == note


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("a culture", "“a culture”"), ("the NHS is “a single ocean”", "‘the NHS is “a single ocean”’")],
)
def test_quotations_keep_their_words(text: str, quoted: str) -> None:
    assert wording.quoted(text) == quoted


@pytest.mark.parametrize(("count", "text"), [(0, "0 claims"), (1, "1 claim"), (2, "2 claims")])
def test_numbers_agree_with_their_nouns(count: int, text: str) -> None:
    assert wording.counted(count, "claim") == text
