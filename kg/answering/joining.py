"""Which of the seminars that answer a question are its answer: those that answer it about as well as the best one.

So that seminars which agree are all cited, and one that merely has some of the words is not. A question that names
somebody is about the seminars that know them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from kg.answering.reading import Reading
from kg.answering.seminar_answerer import Finding

T = TypeVar("T")
K = TypeVar("K")

#: How much lower the score of a seminar's reading may be, where all was learnt of how people ask for their claims.
LOWER = 0.4
#: Where it was learnt of one and not of the other their words are compared: how much more of what is asked a reading
#: may leave over, and how much less of it its claims may have.
LEFT_MORE, COVERS_LESS = 0.25, 0.25


def joined(found: Mapping[K, Finding]) -> dict[K, Finding]:
    """Return the findings that are the answer to a question, best first; none where no seminar answers it.

    Arguments:
        found: what each seminar says to it.
    """
    answers = [(key, each, each.reading) for key, each in meant(found).items() if each.reading is not None]
    alike = len({reading.learnt for _, _, reading in answers}) < 2
    answers.sort(key=lambda answer: -(answer[2].score if alike else _has(answer[1], answer[2])))
    return {key: each for key, each, reading in answers if _as_good(each, reading, answers[0][1], answers[0][2])}


def meant(found: Mapping[K, Finding]) -> dict[K, Finding]:
    """Return the findings of the seminars that a question is about: of those that know the ones whom it names."""
    return {key: each for key, each in found.items() if not any(each.named < other.named for other in found.values())}


def _as_good(finding: Finding, reading: Reading, best: Finding, best_reading: Reading) -> bool:
    if reading.learnt == best_reading.learnt:
        return reading.score >= best_reading.score - LOWER
    less = _has(best, best_reading) - _has(finding, reading)
    return reading.left <= best_reading.left + LEFT_MORE and less <= COVERS_LESS


def _has(finding: Finding, reading: Reading) -> float:
    """Return the share of a question's content that the claims of a reading have (0 to 1)."""
    total = finding.match.total
    return finding.match.covered(reading.claims) / total if total else 0.0


def agreed(values: Iterable[T | None]) -> T | None:
    """Return the value that all agree on who have one; None where they do not agree, or have none."""
    found = {value for value in values if value is not None}
    return found.pop() if len(found) == 1 else None
