"""An answer as plain text: its lead, and as many of its points as can be read out at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, groupby

from kg.english.numbers import ordinal_words
from kg.english.telling.leads import words_in
from kg.english.telling.sentences import Said, are_plain, ended, go_together, heading, heading_inside, sentence, told

#: The most words of an answer; what is more is only counted.
LONGEST_ANSWER = 110
#: How many claims make one sentence, and how many words these have at most.
MOST_JOINED, LONGEST_JOINED = 2, 40
#: How a claim was said, before its words, where the claims under one heading were said in several ways.
_NOTES = {
    "criticises": "as a criticism, ",
    "exemplifies": "as an example, ",
    "recommends": "as a recommendation, ",
}


@dataclass(frozen=True)
class Line:
    """A point of an answer as text: the claim, its words (the quotation, in its marks, or our sentence).

    `under` is what stands before all points of a kind ("About Salford"), `number` its number where the points have
    numbers, `verbatim` whether the words are a quotation that stands by itself, and not as part of a sentence.
    `weight` says how much it has of what is asked. A line that is `whole` is a sentence that names who said it already.
    `place` counts lines that are counted together, as "first" or "second"; one that is `joined` is counted with the
    line before it. `series` names the numbered list that it is an item of.
    """

    said: Said
    words: str
    verbatim: bool = False
    under: str = ""
    number: int | None = None
    weight: float = 0.0
    whole: bool = False
    place: int | None = None
    joined: bool = False
    series: str = ""

    @property
    def bare(self) -> bool:
        """Whether its words name themselves who said it."""
        return self.whole or (self.said.names_speaker and not self.verbatim)


def paragraph(lead: str, lines: Sequence[Line], *, credited: bool, after: Said | None = None) -> str:
    """Return a lead and the points after it as text of at most `LONGEST_ANSWER` words.

    Where not all of them fit in, those that have least of what is asked are left out first, and counted.

    Arguments:
        lead: the sentence that answers.
        lines: the points, in order.
        credited: whether the lead says who said the first of them, and those of the same source after it.
        after: the one claim that the lead tells itself, if it does.
    """

    def text_of(shown: Sequence[Line]) -> str:
        return _text(lead, shown, len(lines) - len(shown), credited, after)

    shown, left_out = list(lines), list[Line]()
    while words_in(text_of(shown)) > LONGEST_ANSWER and shown:
        fewer = _without(_least(shown), shown)
        left_out += [line for line in shown if line not in fewer]
        shown = fewer
    for line in reversed(left_out):  # a shorter one may still find room, and a list as a whole
        with_it = [each for each in left_out if each is line or (line.series and each.series == line.series)]
        more = [each for each in lines if each in shown or each in with_it]
        is_alone = not (line.whole or line.joined or line in shown)
        if shown and is_alone and words_in(text_of(more)) <= LONGEST_ANSWER:
            shown = more
    return text_of(shown)


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
    goes_on = bool(shown) and (lead.endswith(":") or (credited and not shown[0].bare and not shown[0].under))
    begins = f"{lead.rstrip(':.')}:" if goes_on else lead if ended(lead) else f"{lead.rstrip(':.')}."
    told = [begins, *_told(shown, credited, after)]
    return " ".join([*told, f"And {more} more."] if more and shown else told)


def _told(lines: Sequence[Line], credited: bool, after: Said | None) -> Iterator[str]:
    """Yield the lines of each source as text.

    What the source of the lead says goes on as a list after the colon of the lead; of each other source the claims are
    told in sentences, but for numbered ones and quotations, which are a list.
    """
    before, leading = after, _after_colon(lines) if credited else 0
    listed = {id(line) for line in lines[:leading]}
    for under, group in groupby(lines, key=lambda line: line.under):
        said: list[str] = []
        for (goes_on, *_), run in groupby(group, key=lambda line: (True,) if id(line) in listed else _telling(line)):
            words = list(run)
            if words[0].bare:
                said += [line.words if line.whole else told(line.said) for line in words]
            elif goes_on:
                said.append(_listed(words))
            elif _is_item(words[0]):
                begins = run_heading([line.said for line in words], again=_is_again(words[0].said, before))
                said.append(f"{begins}: {_listed(words)}")
            else:
                said += _sentences(words, before)
            before = None if words[-1].whole else words[-1].said
        if under:
            first = next(line for line in lines if line.under == under)
            said[0] = f"{under}: {said[0]}" if first.bare else f"{under}, {heading_inside(said[0], first.said)}"
        yield " ".join(said)


def _after_colon(lines: Sequence[Line]) -> int:
    """Return how many lines go on with the sentence before them: those of the first one's source, until one is bare."""
    others = (n for n, line in enumerate(lines) if line.bare or line.under or line.said.credit != lines[0].said.credit)
    return next(others, len(lines))


def _telling(line: Line) -> tuple[bool, str, bool, bool]:
    """Return that a line does not go on with the lead, whose it is, whether it says so itself, and is an item."""
    return False, line.said.credit, line.bare, _is_item(line)


def _is_item(line: Line) -> bool:
    """Whether a line is told as an item of a list, and not in a sentence."""
    return line.verbatim or line.number is not None


def _listed(run: Sequence[Line]) -> str:
    """Return claims of one source as they stand after a colon."""
    saids = [line.said for line in run]
    words = ""
    for line in run:
        words += (", and " if line.joined else "; ") if words else ""
        words += f"({line.number}) " if line.number else note(line.said, saids)
        words += f"{ordinal_words(line.place)}, " if line.place and not line.joined else ""
        words += line.words
    return words if ended(words) else f"{words}."


def _sentences(run: Sequence[Line], before: Said | None) -> Iterator[str]:
    """Yield claims of one source in sentences of at most `MOST_JOINED`; `before` is what was told just before."""
    left = list(run)
    while left:
        together = left[:1]
        for line in left[1:MOST_JOINED]:
            words = [each.words for each in (*together, line)]
            alike = go_together([each.said for each in (*together, line)]) and are_plain(words)
            if not alike or words_in(" ".join(words)) > LONGEST_JOINED:
                break
            together.append(line)
        left = left[len(together) :]
        said = together[0].said
        again = _is_again(said, before)
        manner = not (again and before and before.manner == said.manner)
        yield sentence(said, [line.words for line in together], again=again, manner=manner)
        before = said


def _is_again(said: Said, before: Said | None) -> bool:
    """Whether a claim is of the same source as the one before; somebody not named need not be the same."""
    return before is not None and before.credit == said.credit and not said.nobody


def run_heading(run: Sequence[Said], *, again: bool = False) -> str:
    """Return who made claims of one source, and how, as far as they were all made in that way.

    Arguments:
        run: the claims.
        again: whether another claim of the source was told just before.
    """
    manner = run[0].manner if len({said.manner for said in run}) == 1 else "describes"
    passed_on = run[0].passed_on if len({said.passed_on for said in run}) == 1 else ""
    return heading(replace(run[0], passed_on=passed_on), manner, again=again)


def note(said: Said, run: Sequence[Said]) -> str:
    """Return what to say before a claim because others of its source were made otherwise; "" where nothing."""
    differs = said.passed_on and len({each.passed_on for each in run}) > 1
    passing = f"passing on the words of {said.passed_on}, " if differs else ""
    return passing + (_NOTES.get(said.manner, "") if len({each.manner for each in run}) > 1 else "")
