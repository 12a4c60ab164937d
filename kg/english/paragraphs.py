"""An answer as plain text: its lead, and as many of its points as can be read out at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.english.leads import words_in
from kg.english.sentences import Said, heading, told

#: The most words of an answer; what is more is only counted.
LONGEST_ANSWER = 110
#: How a claim was said, before its words, where the claims under one heading were said in several ways.
_NOTES = {
    "criticises": "as a criticism, ",
    "exemplifies": "as an example, ",
    "recommends": "as a recommendation, ",
    "reports-evidence": "as evidence, ",
}
_ENDED = re.compile(r"[.?!][”’]*$")


@dataclass(frozen=True)
class Line:
    """A point of an answer as text: the claim, its words (the quotation, in its marks, or our sentence).

    `under` is what stands before all points of a kind ("About Salford"), `number` its number where the points have
    numbers, `quoted` whether the words are a quotation. `weight` says how much it has of what is asked.
    """

    said: Said
    words: str
    quoted: bool
    under: str = ""
    number: int | None = None
    weight: float = 0.0

    @property
    def bare(self) -> bool:
        """Whether its words name themselves who said it."""
        return self.said.names_speaker and not self.quoted


def paragraph(lead: str, lines: Sequence[Line], *, credited: bool) -> str:
    """Return a lead and the points after it as text of at most `LONGEST_ANSWER` words.

    Where not all of them fit in, those that have least of what is asked are left out first, and counted.

    Arguments:
        lead: the sentence that answers.
        lines: the points, in order.
        credited: whether the lead says who said all of them.
    """
    shown = list(lines)
    while words_in(text := _text(lead, shown, len(lines) - len(shown), credited=credited)) > LONGEST_ANSWER and shown:
        shown.remove(min(reversed(shown), key=lambda line: line.weight))
    return text


def _text(lead: str, shown: Sequence[Line], more: int, *, credited: bool) -> str:
    told = [lead if shown else f"{lead.rstrip(':.')}.", *_told(shown, credited=credited)]
    return " ".join([*told, f"And {more} more."] if more and shown else told)


def _told(lines: Sequence[Line], *, credited: bool) -> Iterator[str]:
    for under, group in groupby(lines, key=lambda line: line.under):
        runs = [list(run) for _, run in groupby(group, key=lambda line: (line.said.credit, line.bare))]
        said = " ".join(_run(run, credited=credited) for run in runs)
        yield f"{under}: {said}" if under else said


def run_heading(run: Sequence[Said]) -> tuple[str, bool]:
    """Return who made claims of one source and how, and whether they were all made in that way."""
    alike = len({(said.manner, said.example, said.passed_on) for said in run}) == 1
    first = run[0] if alike else replace(run[0], example="", passed_on="")
    manners = {said.manner for said in run}
    return heading(first, first.manner if len(manners) == 1 else "describes"), alike


def _run(run: Sequence[Line], *, credited: bool) -> str:
    begins, alike = run_heading([line.said for line in run])
    if run[0].bare:
        return " ".join(told(line.said) for line in run)
    words = "; ".join(_numbered(line, noted=not alike) for line in run)
    end = "" if _ENDED.search(words) else "."
    return f"{words}{end}" if credited else f"{begins}: {words}{end}"


def _numbered(line: Line, *, noted: bool) -> str:
    if line.number is not None:
        return f"({line.number}) {line.words}"
    return f"{note(line.said)}{line.words}" if noted else line.words


def note(said: Said) -> str:
    """Return how a claim was said and whose words it passes on, to stand before it; "" where it was plainly said."""
    passing = f"passing on the words of {said.passed_on}, " if said.passed_on else ""
    return passing + _NOTES.get(said.manner, "")
