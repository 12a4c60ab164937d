"""An answer as plain text: its lead, and as many of its points as can be read out at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, groupby

from kg.english.telling.leads import ended, words_in
from kg.english.telling.sentences import Said, heading, heading_again, heading_inside, told

#: The most words of an answer; what is more is only counted.
LONGEST_ANSWER = 110
#: How a claim was said, before its words, where the claims under one heading were said in several ways.
_NOTES = {
    "criticises": "as a criticism, ",
    "exemplifies": "as an example, ",
    "recommends": "as a recommendation, ",
    "reports-evidence": "as evidence, ",
}


@dataclass(frozen=True)
class Line:
    """A point of an answer as text: the claim, its words (the quotation, in its marks, or our sentence).

    `under` is what stands before all points of a kind ("About Salford"), `number` its number where the points have
    numbers, `quoted` whether the words are a quotation. `weight` says how much it has of what is asked. A line that is
    `whole` is a sentence that names who said it already; one that is `joined` is counted with the line before it.
    `series` names the numbered list that it is an item of.
    """

    said: Said
    words: str
    quoted: bool
    under: str = ""
    number: int | None = None
    weight: float = 0.0
    whole: bool = False
    joined: bool = False
    series: str = ""

    @property
    def bare(self) -> bool:
        """Whether its words name themselves who said it."""
        return self.whole or (self.said.names_speaker and not self.quoted)


def paragraph(lead: str, lines: Sequence[Line], *, credited: bool, after: Said | None = None) -> str:
    """Return a lead and the points after it as text of at most `LONGEST_ANSWER` words.

    Where not all of them fit in, those that have least of what is asked are left out first, and counted.

    Arguments:
        lead: the sentence that answers.
        lines: the points, in order.
        credited: whether the lead says who said the first of them, and those of the same source after it.
        after: the one claim that the lead tells itself, if it does.
    """
    shown = list(lines)
    while words_in(text := _text(lead, shown, len(lines) - len(shown), credited, after)) > LONGEST_ANSWER and shown:
        shown = _without(_least(shown), shown)
    return text


def _without(left_out: Line, shown: Sequence[Line]) -> list[Line]:
    """Return lines without one, and without those that make no sense then.

    A part of a list is no list, and "said the same" would be said of another claim.
    """
    rest = [line for line in shown if not line.series or line.series != left_out.series]
    if left_out.series and rest:
        return rest
    place = next(n for n, line in enumerate(shown) if line is left_out)
    behind = shown[place + 1 :]
    return [*shown[:place], *(behind if left_out.whole else dropwhile(lambda line: line.whole, behind))]


def _least(shown: Sequence[Line]) -> Line:
    """Return the line that has least of what is asked; none that is alone of its kind.

    Of lines that have as much it is the longest, and one of a numbered list only where all are: the last one.
    """
    kinds = Counter(line.under for line in shown)
    spare = [line for line in shown if kinds[line.under] > 1] or shown
    return min(spare, key=lambda line: (line.weight, bool(line.number), -(line.number or words_in(line.words))))


def _text(lead: str, shown: Sequence[Line], more: int, credited: bool, after: Said | None) -> str:
    goes_on = shown and (lead.endswith(":") or _goes_on(shown, credited=credited))
    begins = f"{lead.rstrip(':.')}:" if goes_on else lead if ended(lead) else f"{lead.rstrip(':.')}."
    told = [begins, *_told(shown, credited, after)]
    return " ".join([*told, f"And {more} more."] if more and shown else told)


def _goes_on(lines: Sequence[Line], *, credited: bool) -> bool:
    """Whether the first of some lines has no heading, so that it goes on with the sentence before it."""
    return credited and not lines[0].bare and not lines[0].under


def _told(lines: Sequence[Line], credited: bool, after: Said | None) -> Iterator[str]:
    first = lines[0].said.credit if lines and credited else None
    again = after.credit if after else None
    for under, group in groupby(lines, key=lambda line: line.under):
        said: list[str] = []
        for _, run in groupby(group, key=lambda line: (line.said.credit, line.bare)):
            words = list(run)
            first = first if words[0].said.credit == first else None
            again = again if words[0].said.credit == again else None
            goes_on = "again" if again else "credited" if first else ""
            said.append(_run(words, under="" if said else under, goes_on=goes_on))
            again = again if words[0].bare else None
        yield " ".join(said)


def run_heading(run: Sequence[Said], *, again: bool = False) -> str:
    """Return who made claims of one source, and how, as far as they were all made in that way.

    Arguments:
        run: the claims.
        again: whether another claim of the source was told just before.
    """
    first = run[0]
    manner = first.manner if len({said.manner for said in run}) == 1 else "describes"
    example = first.example if len({said.example for said in run}) == 1 else ""
    passed_on = first.passed_on if len({said.passed_on for said in run}) == 1 else ""
    return (heading_again if again else heading)(replace(first, example=example, passed_on=passed_on), manner)


def note(said: Said, run: Sequence[Said]) -> str:
    """Return what to say before a claim because others of its source were made otherwise; "" where nothing."""
    differs = said.passed_on and len({each.passed_on for each in run}) > 1
    passing = f"passing on the words of {said.passed_on}, " if differs else ""
    return passing + (_NOTES.get(said.manner, "") if len({each.manner for each in run}) > 1 else "")


def _run(run: Sequence[Line], *, under: str, goes_on: str) -> str:
    """Return claims of one source as text; it `goes_on` with what is "credited" before, or as said "again" by it."""
    if run[0].bare:
        said = " ".join(line.words if line.whole else told(line.said) for line in run)
        return f"{under}: {said}" if under else said
    saids = [line.said for line in run]
    words = "".join(
        (", and " if line.joined else "; " if place else "")
        + (f"({n}) {line.words}" if (n := line.number) else note(line.said, saids) + line.words)
        for place, line in enumerate(run)
    )
    end = "" if ended(words) else "."
    begins = "" if goes_on == "credited" else run_heading(saids, again=goes_on == "again")
    begins = f"{under}, {heading_inside(begins, saids[0])}" if under and begins else under or begins
    return f"{begins}: {words}{end}" if begins else f"{words}{end}"
