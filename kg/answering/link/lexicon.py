"""The lexicon: every wording that stands for something in the graph, and what it stands for.

It is made from labels in the data (SKOS labels, relation labels and wordings, names), never from a list in the code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product, takewhile

from kg.english.numbers import NUMBERS
from kg.english.words import GRAMMAR_STEMS, LIGHT_STEMS, Word, read, stems
from kg.graph.catalogue import Catalogue
from kg.vocabulary import local_name

LABELS = """
SELECT ?thing ?kind ?label WHERE {
  { ?thing a skos:Concept ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label . BIND("concept" AS ?kind)
    FILTER(STRSTARTS(STR(?thing), STR(concept:))) FILTER EXISTS { ?thing skos:prefLabel ?any } }
  UNION
  { ?thing a rdf:Property ; rdfs:label|sk:inverseLabel|sk:negatedLabel|sk:wording ?label . BIND("relation" AS ?kind)
    FILTER(STRSTARTS(STR(?thing), STR(relation:))) }
  UNION
  { ?thing sk:wording ?label . BIND("record" AS ?kind) FILTER(!STRSTARTS(STR(?thing), STR(relation:))) }
  UNION
  { ?thing a prov:Agent ; rdfs:label|schema:alternateName ?label . BIND("agent" AS ?kind) }
  UNION
  { ?thing a sk:Stance ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label . BIND("stance" AS ?kind) }
  UNION
  { ?thing a schema:ItemList ; rdfs:label|skos:altLabel|skos:hiddenLabel ?label . BIND("list" AS ?kind) }
  FILTER(isIRI(?thing))
} ORDER BY ?thing ?label
"""
NAMES = """
SELECT ?thing (MIN(?label) AS ?name) WHERE {
  { ?thing a rdf:Property ; rdfs:label ?label } UNION { ?thing a prov:Agent ; rdfs:label ?label }
  UNION { ?thing a schema:ItemList ; rdfs:label ?label } UNION { ?thing skos:prefLabel ?label }
} GROUP BY ?thing
"""
#: What ends the name of a list: "the three steps" of coaching.
_BEHIND_NAME = frozenset("of for to in on at that which who by from with".split())


@dataclass(frozen=True)
class Meaning:
    """What a wording stands for: its IRI and its kind.

    The kind is "concept", "relation", "agent", "stance", "list", or "record": a property that is recorded of an event
    or a person, such as who chaired.
    """

    iri: str
    kind: str


class Lexicon:
    """Wordings by their stems."""

    def __init__(self, catalogue: Catalogue):
        meanings: dict[tuple[str, ...], set[Meaning]] = defaultdict(set)
        labels: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._spelt: set[tuple[str, tuple[str, ...]]] = set()
        self.texts: list[str] = []
        for row in catalogue.rows(LABELS):
            self.texts.append(row["label"])
            self._spelt.add((row["thing"], _spelling(read(row["label"]))))
            wording = stems(row["label"])
            core = tuple(each for each in wording if each not in GRAMMAR_STEMS)
            for key in {wording, core} if row["kind"] not in ("relation", "record") else {wording}:
                if key and not all(each in LIGHT_STEMS for each in key):
                    meanings[key].add(Meaning(row["thing"], row["kind"]))
                    labels[row["thing"]].add(key)
        for iri, wording in _short_names(catalogue):
            if not all(each in LIGHT_STEMS for each in wording):
                meanings[wording].add(Meaning(iri, "list"))
        self._tails = {each.iri: _tail(read(each.name)) for each in catalogue.ordered_lists()}
        self._meanings, self._labels = dict(meanings), dict(labels)
        self._catalogue = catalogue

    def meanings(self, wording: tuple[str, ...]) -> frozenset[Meaning]:
        """Return what a run of stems stands for; empty when nothing."""
        return frozenset(self._meanings.get(wording, ()))

    def lists_of(self, wording: Collection[str]) -> list[Meaning]:
        """Return the numbered lists of what some stems name: "the three steps of coaching" of those of coaching."""
        return [Meaning(iri, "list") for iri, tail in self._tails.items() if tail and tail.issubset(wording)]

    def spells(self, iri: str, words: Iterable[Word]) -> bool:
        """Whether words are a label of a thing as it is spelt, and have not merely its stems."""
        return (iri, _spelling(words)) in self._spelt

    def wordings(self, iri: str) -> frozenset[tuple[str, ...]]:
        """Return the wordings, as stems, that stand for a thing."""
        return frozenset(self._labels.get(iri, ()))

    def name(self, iri: str) -> str:
        """Return the preferred label of a thing; its IRI's last part where it has none."""
        return self._names.get(iri) or local_name(iri)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {row["thing"]: row["name"] for row in self._catalogue.rows(NAMES) if "name" in row}

    @cached_property
    def longest(self) -> int:
        """The number of words of the longest wording."""
        return max((len(wording) for wording in self._meanings), default=0)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem that a wording has."""
        return frozenset(stem for wording in self._meanings for stem in wording)


def _short_names(catalogue: Catalogue) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what else numbered lists are called: "steps", "coaching steps", "Ds" where all begin so."""
    for each in catalogue.ordered_lists():
        words = read(each.name)
        name = _name_end(words)
        head = [word.stem for word in words[:name] if word.stem not in GRAMMAR_STEMS and word.text not in NUMBERS]
        tail = sorted(_tail(words), key=[word.stem for word in words].index)
        counts = [
            [],
            *([stem] for word in words[:name] if word.text in NUMBERS for stem in (word.stem, str(NUMBERS[word.text]))),
        ]
        for first, count in product(range(len(head)), counts):
            short = [*count, *head[first:]]
            yield from ((each.iri, tuple(wording)) for wording in (short, [*short, *tail], [*tail, *short]))
        initials = {item.label[:1].lower() for item in each.items}
        if len(initials) == 1:
            yield from ((each.iri, stems(f"{initial}s")) for initial in initials)


def _name_end(words: Sequence[Word]) -> int:
    """Return how many words name the items of a list, of those of its own name: "the three steps" of coaching."""
    return len(list(takewhile(lambda word: word.text not in _BEHIND_NAME, words)))


def _tail(words: Sequence[Word]) -> frozenset[str]:
    """Return the stems that tell what the items of a list are of, of the words of its name."""
    return frozenset(word.stem for word in words[_name_end(words) :] if word.stem not in GRAMMAR_STEMS)


def _spelling(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words if word.stem not in GRAMMAR_STEMS)
