"""Where a question names an arrow of a claim, and which way round."""

from __future__ import annotations

import pytest

from kg.answering.verdict.arrow import Arrow
from kg.answering.verdict.asked import read_asked


@pytest.fixture
def arrow(library_of):
    def made(question):
        seminar = library_of("schools").answerer.of("")
        judge = seminar._judge
        asked = read_asked(judge._matching(seminar.match(question).question), None, (0, len(question)))
        claim = next(each for each in library_of("schools").catalogue.claims() if each.slug.endswith("-a5-1"))
        return Arrow(asked, claim.propositions[0], judge._event, claim)

    return made


@pytest.mark.parametrize(
    ("question", "ends", "is_reversed"),
    [
        ("Does coaching take away fear?", (1.0, 1.0), False),
        ("Is fear taken away by coaching?", (1.0, 1.0), False),
        ("Does fear take away coaching?", (1.0, 1.0), True),
        ("Is coaching taken away by fear?", (1.0, 1.0), True),
        ("Does inspection take away fear?", (0.0, 1.0), False),
        ("Does coaching work?", (1.0, 0.0), False),
    ],
)
def test_ends(arrow, question, ends, is_reversed):
    found = arrow(question)
    assert (found.ends_named, found.is_reversed) == (ends, is_reversed)
