"""What the page of an answer shows: the lead with its marks, the other claims as a list, and the words all rest on.

Each claim stands there once in our sentence, told by the lead or in the list, and each quotation once beside them. A
mark, [1], leads from the one to the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from kg.answering.answer import Answer, Point
from kg.answering.points import grouped
from kg.english.telling.leads import has
from kg.english.words import words_of
from kg.graph.records import Claim, OrderedList, Passage
from webapp.wording import capital

MOST_SHOWN = 6
"""How many points of the list are shown at once; where there are more, and not just two more, the others are folded."""
TOLD = 0.6
"""The share of a quotation's words that a lead has in one run, where it tells the claim by quoting it."""


@dataclass(frozen=True)
class Item:
    """A claim of the list: its mark, how it was said ("As a criticism: "), and its words; `number` as in `Point`."""

    mark: int
    claim: Claim
    note: str
    text: str
    number: int | None


@dataclass(frozen=True)
class Run:
    """Items in a row of one source, under one heading, "" where the lead says it; `about` as in `Point`."""

    heading: str
    about: tuple[str, ...]
    seminar: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class MarkedPassage:
    """A passage with the claims that rest on it, each with its mark."""

    passage: Passage
    marked: tuple[tuple[int, Claim], ...]


@dataclass(frozen=True)
class Parts:
    """The claims that the lead tells, with their marks; the others, and those of them that are folded; the words.

    `folded_words` are those that nothing rests on but what is folded.
    """

    told: tuple[tuple[int, Claim], ...]
    shown: tuple[Run, ...]
    folded: tuple[Run, ...]
    words: tuple[MarkedPassage, ...]
    folded_words: tuple[MarkedPassage, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims in the order of their marks."""
        marked = dict(pair for each in (*self.words, *self.folded_words) for pair in each.marked)
        return tuple(marked[mark] for mark in sorted(marked))

    def words_of(self, mark: int) -> MarkedPassage:
        """Return the words that the claim of a mark rests on first."""
        return next(each for each in (*self.words, *self.folded_words) if mark in dict(each.marked))


def parts(answer: Answer, lists: tuple[OrderedList, ...]) -> Parts:
    """Return what the page of an answer shows; of what is only near to a question the words alone.

    Arguments:
        answer: the answer.
        lists: the numbered lists of its seminars; an item of one is told by its name there.
    """
    if not answer.answered:
        return Parts((), (), (), _words(tuple(enumerate((near.claim for near in answer.nearest), 1))))
    told = () if answer.compared else tuple(point for point in answer.points if _tells(answer, point))
    names = {slug: item.label for each in lists for item in each.items for slug in item.claims}
    rest = replace(answer, points=tuple(point for point in answer.points if point not in told))
    runs = tuple(_runs(rest, len(told), names)) if rest.points else ()
    shown, folded = parted(runs)
    first = tuple((mark, point.claim) for mark, point in enumerate(told, 1))
    marked = (*first, *((item.mark, item.claim) for run in runs for item in run.items))
    hidden = {item.mark for run in folded for item in run.items}
    words = _words(marked)
    at_once = tuple(each for each in words if not dict(each.marked).keys() <= hidden)
    return Parts(first, shown, folded, at_once, tuple(each for each in words if each not in at_once))


def parted(runs: tuple[Run, ...], most: int = MOST_SHOWN) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return the runs that are shown at once, and those that are folded; one that is too long is parted."""
    if sum(len(run.items) for run in runs) <= most + 2:
        return runs, ()
    shown, folded, room = [], [], most
    for run in runs:
        here, later = run.items[:room], run.items[room:]
        room -= len(here)
        shown += [replace(run, items=here)] if here else []
        folded += [replace(run, items=later)] if later else []
    return tuple(shown), tuple(folded)


def _runs(answer: Answer, before: int, names: Mapping[str, str]) -> Iterator[Run]:
    for group in grouped(answer):
        items = tuple(
            Item(before + each.mark, each.point.claim, each.note, _text(each.point, names), each.point.number)
            for each in group.entries
        )
        yield Run(group.heading, group.about, group.seminar, items)


def _text(point: Point, names: Mapping[str, str]) -> str:
    name = names.get(point.claim.slug) if point.number is not None else None
    return capital(name) if name else point.claim.text


def _tells(answer: Answer, point: Point) -> bool:
    """Whether the lead tells a claim, in our sentence or by quoting it."""
    lead = answer.lead
    if has(lead, point.said):
        return True
    if not any(mark in lead for mark in "“‘"):
        return False
    said = words_of(lead)
    return any(_run(said, words_of(quotation)) >= TOLD for quotation in point.quotations)


def _run(said: tuple[str, ...], quoted: tuple[str, ...]) -> float:
    """Return the share of quoted words that stand in one run among others."""
    found = SequenceMatcher(None, said, quoted, autojunk=False).find_longest_match()
    return found.size / len(quoted) if quoted else 0.0


def _words(marked: tuple[tuple[int, Claim], ...]) -> tuple[MarkedPassage, ...]:
    """Return each passage once, in the order of the marks, with the claims that rest on it."""
    resting: dict[str, tuple[Passage, list[tuple[int, Claim]]]] = {}
    for mark, claim in marked:
        for passage in claim.passages:
            resting.setdefault(passage.iri, (passage, []))[1].append((mark, claim))
    return tuple(MarkedPassage(passage, tuple(found)) for passage, found in resting.values())
