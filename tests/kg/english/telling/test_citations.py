"""How a passage is cited, in each style."""

from __future__ import annotations

import pytest

from kg.english.telling.citations import ACCESSED, Citation, Source, citations

SOURCE = Source("Leading & learning", "the site example.org", "2014", "https://example.org/talk", "talk-2014")
WORDS = ("Culture is created by leaders",)


def cited(style: str, speaker: str = "Michael West", source: Source = SOURCE) -> Citation:
    return next(each for each in citations(WORDS, speaker, "3rd point", source) if each.style == style)


@pytest.mark.parametrize(
    ("style", "in_text", "reference"),
    [
        (
            "Plain",
            "“Culture is created by leaders”",
            "Michael West, in “Leading & learning”, example.org, 2014 (3rd point), https://example.org/talk.",
        ),
        (
            "Harvard",
            "“Culture is created by leaders” (Michael West, cited in example.org, 2014)",
            f"example.org (2014) Leading & learning. Available at: https://example.org/talk (Accessed: {ACCESSED}).",
        ),
        (
            "APA",
            "“Culture is created by leaders” (Michael West, as cited in example.org, 2014, 3rd point)",
            f"example.org. (2014). Leading & learning. Retrieved {ACCESSED}, from https://example.org/talk",
        ),
        (
            "Vancouver",
            "“Culture is created by leaders” (Michael West) (1)",
            f"1. example.org. Leading & learning [Internet]. example.org; 2014 [cited {ACCESSED}]. "
            "Available from: https://example.org/talk",
        ),
    ],
)
def test_style(style: str, in_text: str, reference: str) -> None:
    assert (cited(style).in_text, cited(style).reference) == (in_text, reference)


def test_the_source_itself_is_no_second_hand() -> None:
    assert cited("Harvard", "").in_text == "“Culture is created by leaders” (example.org, 2014)"
    assert cited("Plain", "").reference.startswith("example.org, in ")


@pytest.mark.parametrize(
    ("words", "speaker", "second_hand"),
    [
        ("the forms matter more than patients, they said", "a delegate", False),
        ("A delegate remarked that the forms matter more", "a delegate", False),
        ("the forms, argued Ann Lee, matter more", "Ann Lee", False),
        ("staff tell us what they said to patients", "Ann Lee", True),
        ("the forms matter more, they said", "the report of Ann Lee’s talk", True),
    ],
)
def test_words_that_report_are_those_of_the_text(words: str, speaker: str, second_hand: bool) -> None:
    harvard, apa = (each.in_text for each in citations((words,), speaker, "3rd point", SOURCE)[:2])
    if second_hand:
        assert harvard.endswith(f"({speaker}, cited in example.org, 2014)")
    else:
        assert harvard.endswith(f"(example.org, 2014, reporting {speaker})")
        assert apa.endswith(f"(example.org, 2014, 3rd point, reporting {speaker})")


def test_a_year_and_an_address_that_are_not_known() -> None:
    bare = Source("A talk", "A school", "", "", "talk")
    assert cited("Harvard", source=bare).reference == "A school (no date) A talk."
    assert cited("APA", source=bare).reference == "A school. (n.d.). A talk."
    assert "year" not in cited("BibTeX", source=bare).reference


def test_files_for_reference_managers() -> None:
    assert cited("BibTeX").reference.splitlines() == [
        "@misc{talk-2014,",
        "  author = {{example.org}},",
        r"  title = {{Leading \& learning}},",
        "  year = {2014},",
        r"  howpublished = {\url{https://example.org/talk}},",
        "  note = {“Culture is created by leaders” (Michael West; 3rd point)}",
        "}",
    ]
    lines = cited("RIS").reference.splitlines()
    assert lines[0] == "TY  - ELEC"
    assert lines[-1] == "ER  - "
    assert all(line[2:6] == "  - " for line in lines)
