"""Readings of a question: a template with terms in its slots, the claims it finds, and how much it accounts for.

Candidate readings are made from the mentions in the question. Each is scored by the share of the question's content
that it accounts for: words taken up by a mention in a slot, by the template's cue, or spoken for by the claims it
found. What stays unaccounted for lowers the score, and so does each claim found that has little to do with the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pyoxigraph as ox

from kg.answering.lexicon import Lexicon
from kg.answering.linking import LinkedQuestion, Mention
from kg.answering.templates import QuestionTemplate
from kg.answering.words import fold
from kg.catalogue import Catalogue
from kg.queries import Term, bind

NUMBERS = {
    "first": 1, "1": 1, "one": 1, "1st": 1, "initial": 1, "second": 2, "2": 2, "two": 2, "2nd": 2,
    "third": 3, "3": 3, "three": 3, "3rd": 3, "final": 3, "last": 3,
}  # fmt: skip

#: How telling a word is that neither the graph nor the thesaurus knows.
UNKNOWN_WEIGHT = 1.4
MOST_READINGS = 200
#: What a matched cue weighs beside the question's content words.
CUE_WEIGHT = 1.5
#: How much a word counts that stands beside the question itself: "I am a ward manager. What ...?"
PREAMBLE_SHARE = 0.35

_WANTS_LIST = re.compile(
    r"\b(list|everything|all the|what (are|were) the|which things|what things|name the|give me the)\b"
)


@dataclass(frozen=True)
class Reading:
    """A template with its slots filled by mentions, the IRIs of the claims that it finds, and its score.

    A higher score is better.
    """

    template: QuestionTemplate
    sparql: str
    claims: tuple[str, ...]
    coverage: float
    score: float
    mentions: tuple[Mention, ...]


class Reader:
    """Makes and scores the readings of a question over one catalogue."""

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon, templates: tuple[QuestionTemplate, ...]):
        self._catalogue, self._lexicon, self._templates = catalogue, lexicon, templates
        self._found: dict[str, tuple[str, ...]] = {}

    def readings(self, question: LinkedQuestion) -> list[Reading]:
        """Return the readings of a question that find claims, best first."""
        found: dict[str, Reading] = {}
        for template in self._templates:
            spans = template.cued(question.text)
            if template.required and not spans:
                continue
            cued = frozenset().union(*(_places(question, span) for span in spans))
            for slots in self._fillings(template, question):
                reading = self._reading(template, question, slots, cued, bool(spans))
                if reading and reading.score >= found.get(reading.sparql, reading).score:
                    found[reading.sparql] = reading
                if len(found) >= MOST_READINGS:
                    break
        return sorted(found.values(), key=lambda reading: (-reading.score, len(reading.claims), reading.sparql))

    def _fillings(
        self, template: QuestionTemplate, question: LinkedQuestion
    ) -> Iterator[dict[str, tuple[Mention | None, Term]]]:
        """Yield the ways to fill a template's slots with the question's mentions, each mention used once."""
        choices = [self._choices(kind, question) for kind in template.slots.values()]
        for terms in product(*choices):
            values = [term for _, term in terms]
            mentions = [mention for mention, _ in terms if mention is not None]
            if len(set(map(str, values))) < len(values):
                continue
            if any(a.places & b.places for n, a in enumerate(mentions) for b in mentions[n + 1 :]):
                continue
            yield dict(zip(template.slots, terms, strict=True))

    def _choices(self, kind: str, question: LinkedQuestion) -> list[tuple[Mention | None, Term]]:
        if kind == "number":
            numbers = {NUMBERS[word.text] for word in question.words if word.text in NUMBERS}
            return [(None, ox.Literal(number)) for number in sorted(numbers)]
        return [(m, ox.NamedNode(m.meaning.iri)) for m in question.mentions if m.meaning.kind == kind]

    def _reading(
        self,
        template: QuestionTemplate,
        question: LinkedQuestion,
        slots: dict[str, tuple[Mention | None, Term]],
        cued: frozenset[int],
        has_cue: bool,
    ) -> Reading | None:
        sparql = bind(template.sparql, {name: [term] for name, (_, term) in slots.items()})
        claims = self._claims(sparql)
        if not claims or len(claims) > 2 * template.most:
            return None
        linked = frozenset().union(*(mention.places for mention, _ in slots.values() if mention is not None))
        coverage, closeness = self._accounted(question, claims, linked, cued)
        crowd = max(0, len(claims) - template.most)
        score = coverage + 0.55 * closeness - 0.2 * crowd + template.prior
        score += (0.12 if has_cue else 0.0) + 0.04 * len(linked & set(question.content))
        if template.say in ("list", "count") and _WANTS_LIST.search(fold(question.text)):
            score += 0.25
        # Of two mentions that fit as well, the later one is meant: "discover, design, then what".
        score += 0.02 * max(linked, default=0) / len(question.words)
        mentions = tuple(mention for mention, _ in slots.values() if mention is not None)
        return Reading(template, sparql, claims, coverage, score, mentions)

    def _claims(self, sparql: str) -> tuple[str, ...]:
        if sparql not in self._found:
            rows = self._catalogue.rows(sparql)
            self._found[sparql] = tuple(dict.fromkeys(row["claim"] for row in rows if "claim" in row))
        return self._found[sparql]

    def _accounted(
        self, question: LinkedQuestion, claims: tuple[str, ...], linked: frozenset[int], cued: frozenset[int]
    ) -> tuple[float, float]:
        """Return the share of content accounted for, and how close the claims are to the words on average."""
        content = [n for n in question.content if n not in cued]
        total = sum(self._weight(question, n) for n in content)
        if not total:
            return (1.0, 0.5) if cued or linked else (0.0, 0.0)
        total += CUE_WEIGHT if cued else 0.0
        evidence = [self._lexicon.evidence[claim] for claim in claims]
        covered = CUE_WEIGHT if cued else 0.0
        near = [0.0] * len(claims)
        for n in content:
            weight, stem = self._weight(question, n), question.words[n].stem
            strengths = [each.get(stem, 0.0) for each in evidence]
            best = max(strengths)
            covered += weight * max(best, 0.85 if n in linked else 0.0)
            near = [a + weight * b for a, b in zip(near, strengths, strict=True)]
        return covered / total, sum(near) / len(near) / total

    def _weight(self, question: LinkedQuestion, place: int) -> float:
        asked = 1.0 if question.words[place].start in question.asked else PREAMBLE_SHARE
        return asked * self._telling(question.words[place].stem)

    def _telling(self, stem: str) -> float:
        if stem in self._lexicon.weights:
            return self._lexicon.weights[stem]
        return 1.0 if stem in self._lexicon.known else UNKNOWN_WEIGHT


def _places(question: LinkedQuestion, span: tuple[int, int]) -> frozenset[int]:
    """Return the places of the words inside a stretch of the question's text."""
    return frozenset(n for n, word in enumerate(question.words) if span[0] <= word.start and word.end <= span[1])


def unaccounted(question: LinkedQuestion, lexicon: Lexicon, claims: tuple[str, ...]) -> list[str]:
    """Return the content words that no claim found speaks for, as they stand in the question."""
    evidence = [lexicon.evidence[claim] for claim in claims]
    left = []
    for n in question.content:
        word = question.words[n]
        if not any(word.stem in each for each in evidence):
            left.append(question.text[word.start : word.end])
    return list(dict.fromkeys(left))
