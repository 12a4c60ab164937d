"""The claims of an answer as points: each once, by its quotation where that says it, else by our sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from kg.answering.answer import Answer, Point
from kg.english.telling.clauses import goes_with, inside, is_own, is_sentence, proper_words, says, spoken
from kg.english.telling.leads import credits, has
from kg.english.telling.paragraphs import Line, note, run_heading
from kg.english.telling.sentences import Said, quoted, without_passing_on
from kg.english.words import LIGHT_STEMS, stems
from kg.graph.catalogue import Catalogue
from kg.graph.records import Agent, Claim, OrderedList, Passage

_ENUMERATOR = re.compile(r"^\(?(?:\d+|[a-z]|[ivx]+)[).:] ?(?=\D)")
#: How many words of content a quotation has to have beyond the sentence of its claim to be told with it.
MUCH = 3


class Points:
    """Words the claims of one catalogue one by one.

    What is read of all claims, to tell names from other words, is read when it is first needed.
    """

    def __init__(self, catalogue: Catalogue):
        self._catalogue = catalogue

    @cached_property
    def _agents(self) -> dict[str, Agent]:
        return {agent.slug: agent for agent in self._catalogue.agents()}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        names = (name for agent in self._agents.values() for name in _names(agent))
        return tuple(name for name in names if name[:1].isupper() and not name.startswith("The "))

    @cached_property
    def _proper(self) -> frozenset[str]:
        claims = self._catalogue.claims()
        return proper_words(text for claim in claims for text in claim.texts)

    def inside(self, text: str) -> str:
        """Return a sentence as it stands inside another one."""
        return inside(text, self._proper, self._names)

    def said(self, claim: Claim) -> Said:
        """Return a claim as sentences need it."""
        about = claim.attribution
        speakers = [self._agents[slug] for slug in about.agents if slug in self._agents]
        passed_on = [self._agents[slug] for slug in about.reported_from if slug in self._agents]
        spoken_ = about.kind in ("named", "debate")
        return Said(
            without_passing_on(about.credit),
            about.kind,
            claim.stance,
            about.nobody,
            claim.text,
            self.inside(claim.text),
            names_speaker=spoken_ and any(_speaks_in(claim.text, agent) for agent in speakers),
            passed_on=" and ".join(self.inside(each.name) for each in passed_on if not _named(claim.text, each)),
        )

    def point(self, claim: Claim, number: int | None = None, about: tuple[str, ...] = ()) -> Point:
        """Return a claim as a point, by its number in a list and by which of two compared things it is about."""
        quotations = tuple(passage.quote for passage in claim.passages)
        own = [each for each in quotations if self._is_own(each, claim)]
        told = any(says(quote, claim.text) for quote in own)
        text = None if told or number is not None else claim.text
        return Point(claim, self.said(claim), text, quotations if text is None else (), number, about)

    def line(self, point: Point, *, under: str, weight: float, verbatim: bool) -> Line:
        """Return a point as the text of an answer has it: by its quotation if that is asked for, or goes with the rest.

        A quotation that begins as a sentence does stands by itself, another one inside a sentence.
        """
        quotation, clause = self.quotation(point), self.inside(point.claim.text)
        fits = bool(quotation) and goes_with(quotation, clause)
        listed = bool(quotation) and (verbatim or point.number is not None or (fits and is_sentence(quotation, clause)))
        words = quoted(quotation) if listed or fits else clause
        return Line(point.said, words, listed, under, point.number, weight)

    def quotation(self, point: Point) -> str:
        """Return a point's quotation without its number in a list and who said it; "" for our sentence."""
        if point.text is not None:
            return ""
        if point.number is not None:
            return _ENUMERATOR.sub("", point.quotations[0])
        text = point.claim.text
        saying = next(
            (each for each in point.quotations if says(each, text) and self._is_own(each, point.claim)),
            point.quotations[0],
        )
        return _ENUMERATOR.sub("", _unquoted(spoken(saying, text, point.said.credit))).rstrip(",")

    def in_own_words(self, point: Point) -> Point:
        """Return a point with its quotations, where they are the words of whoever said it; else as it is."""
        own = tuple(each.quote for each in point.claim.passages if self._is_own(each.quote, point.claim))
        return replace(point, text=None, quotations=own) if own else point

    @staticmethod
    def _is_own(quotation: str, claim: Claim) -> bool:
        """Whether a quotation can stand after who said it; the report of a talk may tell that somebody speaks."""
        about = claim.attribution
        return about.kind not in ("named", "debate") or is_own(quotation, claim.text, about.credit)

    @staticmethod
    def telling(claim: Claim) -> str:
        """Return the quotation of a claim that has much that its sentence has not; "" where none has."""
        for passage in claim.passages:
            words = spoken(passage.quote, claim.text, claim.attribution.credit)
            if len(set(stems(words)) - set(stems(claim.text)) - LIGHT_STEMS) >= MUCH:
                return words
        return ""


@dataclass(frozen=True)
class Entry:
    """A point as a list shows it: its mark (1, 2 ...) and what comes before its words ("As a criticism: ").

    `text` is our sentence, where the point needs it and the lead does not have it already; `passages` are those whose
    quotations stand in no entry before, `same_as` the mark of the entry that has the others.
    """

    mark: int
    point: Point
    note: str
    text: str | None
    passages: tuple[Passage, ...]
    same_as: int | None


@dataclass(frozen=True)
class Group:
    """Points in a row that one source made, under one heading, "" where the lead says it; `about` as in `Point`."""

    heading: str
    about: tuple[str, ...]
    seminar: str
    entries: tuple[Entry, ...]


def grouped(answer: Answer) -> tuple[Group, ...]:
    """Return the points of an answer under headings, in the source's order; compared ones after what they are about."""
    seen: dict[tuple[str, str], int] = {}
    groups: list[Group] = []
    sides = [(concept.slug,) for concept in answer.compared]
    shown = sorted(answer.points, key=lambda point: sides.index(point.about) if point.about in sides else len(sides))
    marked = enumerate(shown, start=1)
    for (seminar, about, _), group in groupby(marked, key=lambda each: _source(each[1])):
        run = list(group)
        saids = [point.said for _, point in run]
        entries = tuple(_entry(mark, point, note(point.said, saids), answer.lead, seen) for mark, point in run)
        groups.append(Group(run_heading(saids), about, seminar, entries))
    credited = len(groups) == 1 and credits(answer.lead, [point.said for point in answer.points])
    return (replace(groups[0], heading=""),) if credited else tuple(groups)


def _source(point: Point) -> tuple[str, tuple[str, ...], str]:
    return point.claim.seminar, point.about, point.said.credit


def _entry(mark: int, point: Point, before: str, lead: str, seen: dict[tuple[str, str], int]) -> Entry:
    told = point.text is None or has(lead, point.said)
    passages = [each for each in point.claim.passages if (each.id, each.quote) not in seen]
    same = [seen[each.id, each.quote] for each in point.claim.passages if each not in passages]
    seen |= {(each.id, each.quote): mark for each in passages}
    begins = f"{before[:1].upper()}{before[1:].removesuffix(', ')}: " if before else ""
    return Entry(mark, point, begins, None if told else point.text, tuple(passages), same[0] if same else None)


def _unquoted(quotation: str) -> str:
    """Return a quotation that is all in quotation marks of its own without them."""
    inner = quotation[1:-1]
    return inner if quotation.startswith("“") and quotation.endswith("”") and "“" not in inner else quotation


def _names(agent: Agent) -> tuple[str, ...]:
    return tuple(dict.fromkeys((agent.name, agent.full_name, *agent.other_names)))


def _named(text: str, agent: Agent) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in _names(agent))


def _speaks_in(text: str, agent: Agent) -> bool:
    """Whether a sentence says itself that somebody speaks: it begins with them, or says early what they say or mean."""
    names = "|".join(map(re.escape, _names(agent)))
    verbs = "(?:(?:does|did|do) not )?(?:means?|uses?|calls?|said|says)"
    found = re.search(rf"\b(?:{names})(?= {verbs}\b)", text, re.IGNORECASE)
    return bool(re.match(rf"(?:{names})\b", text, re.IGNORECASE)) or bool(found and found.start() < len(text) / 2)


def places_in(ordered: OrderedList) -> dict[str, int]:
    """Return the number of each claim that puts one item into a numbered list and no other, by slug."""
    items = [(slug, item.position) for item in ordered.items for slug in item.claims]
    times = Counter(slug for slug, _ in items)
    return {slug: number for slug, number in items if times[slug] == 1}


def numbered(claims: Sequence[Claim], ordered: OrderedList) -> dict[str, int]:
    """Return the number of each claim that puts one item into a numbered list, by IRI; none unless all items have one.

    Arguments:
        claims: of an answer.
        ordered: the list.
    """
    places = places_in(ordered)
    found = {claim.iri: places[claim.slug] for claim in claims if claim.slug in places}
    return found if sorted(found.values()) == sorted(item.position for item in ordered.items) else {}
