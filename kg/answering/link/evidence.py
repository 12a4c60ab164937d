"""The evidence: which words speak for each claim, and how strongly.

A claim's own words, those of its quotation, other words for the things in it, and the ways in which a curator says that
people ask for it (`sk:askedAs`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

from kg.answering.link.lexicon import Lexicon
from kg.english.words import LIGHT_STEMS, read, stems
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim
from kg.sparql.query_text import Term, with_prefixes
from kg.vocabulary import SK

ARROWS = """
SELECT ?claim ?subject ?relation ?object ?position WHERE {
  ?claim a schema:Claim ; sk:proposition ?proposition .
  ?proposition rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; schema:position ?position .
  FILTER(isIRI(?claim) && isIRI(?subject) && isIRI(?relation) && !isBlank(?object))
} ORDER BY ?claim ?position
"""

#: How strongly a word speaks for a claim that one of the questions has which the claim is asked as.
ASKED_AS_STRENGTH = 0.8
#: And how strongly where they all have it: less than a word of the claim itself.
MOST_ASKED_AS = 0.9

Ends = tuple[Term, Term, Term]
"""The subject, relation and object of a proposition."""


class Evidence:
    """What speaks for the claims of one catalogue.

    Arguments:
        catalogue: the claims.
        lexicon: what names the things in them.
        asked_as: for claim IRIs how people ask for the claim.
        credits: whether it speaks for a claim also whom it is credited to and how it was said.
    """

    def __init__(
        self, catalogue: Catalogue, lexicon: Lexicon, asked_as: Mapping[str, Sequence[str]], *, credits: bool = True
    ):
        self._catalogue, self._lexicon, self._asked_as, self._credits = catalogue, lexicon, asked_as, credits
        self._claims = catalogue.claims()

    @cached_property
    def spoken(self) -> dict[str, tuple[tuple[tuple[str, ...], float], ...]]:
        """For each claim IRI the wordings, as stems, that speak for it, and how strongly (0 to 1).

        What a claim says and its quotation count fully; other words for its concepts and relations nearly so, and
        less where it takes several to name the thing; what it is merely about counts less.
        """
        return {claim.iri: tuple(self._speaking(claim)) for claim in self._claims}

    @cached_property
    def stems(self) -> dict[str, dict[str, float]]:
        """For each claim IRI the stems that speak for it, and how strongly (0 to 1)."""
        found: dict[str, dict[str, float]] = {}
        for claim, wordings in self.spoken.items():
            speaking: dict[str, float] = defaultdict(float)
            for wording, strength in wordings:
                for each in wording:
                    speaking[each] = max(speaking[each], strength)
            found[claim] = dict(speaking)
        return found

    def _speaking(self, claim: Claim) -> Iterator[tuple[tuple[str, ...], float]]:
        for text in claim.texts:
            yield stems(text), 1.0
        if self._credits:
            yield stems(claim.attribution.credit), 0.8
        yield from self._asked(claim.iri)
        ends = {each for p in claim.propositions for each in (p.subject, p.object)}
        for slug in claim.concepts:
            strength = 0.9 if slug in ends else 0.5
            for wording in self._lexicon.wordings(self._catalogue.concept(slug).iri):
                yield wording, strength * _share(wording)
        for relation in {str(relation.value) for _, relation, _ in self.arrows.get(claim.iri, ())}:
            for wording in self._lexicon.wordings(relation):
                yield wording, 0.9 * _share(wording)

    def _asked(self, iri: str) -> Iterator[tuple[tuple[str, ...], float]]:
        """Yield the words that a claim is asked as, one by one.

        The more of its questions have one the stronger it is, and the weaker the more another claim's have it.
        """
        for each, times in sorted(self._often.get(iri, {}).items()):
            yield (each,), MOST_ASKED_AS * (1.0 - (1.0 - ASKED_AS_STRENGTH) ** times) * times / self._most_often[each]

    @cached_property
    def _often(self) -> dict[str, Counter[str]]:
        """For each claim IRI, in how many of the ways in which it is asked for each stem is."""
        return {
            claim: Counter(each for wording in wordings for each in set(stems(wording)))
            for claim, wordings in self._asked_as.items()
        }

    @cached_property
    def _most_often(self) -> Counter[str]:
        """For each stem, in how many of the ways it is in which the claim is asked for that has it most."""
        most: Counter[str] = Counter()
        for often in self._often.values():
            most |= often
        return most

    @cached_property
    def arrows_at(self) -> dict[str, dict[int, Ends]]:
        """For each claim IRI its arrows by their position, in their order."""
        found: dict[str, dict[int, Ends]] = defaultdict(dict)
        for row in self._catalogue.data.engine.select(with_prefixes(ARROWS)):
            subject, relation, object_ = (cast(Term, row[end]) for end in ("subject", "relation", "object"))
            claim, position = (cast(Term, row[name]).value for name in ("claim", "position"))
            if self._catalogue.has_claim(claim) and position.isdecimal():
                found[claim][int(position)] = (subject, relation, object_)
        return dict(found)

    @cached_property
    def arrows(self) -> dict[str, list[Ends]]:
        """For each claim IRI its arrows, in their order."""
        return {claim: list(arrows.values()) for claim, arrows in self.arrows_at.items()}

    @cached_property
    def claims_of(self) -> dict[str, dict[str, float]]:
        """For the IRI of each thing the claims that have it, and how strongly it speaks for them (0 to 1).

        Things are concepts, relations, ways of saying, and whom the claims are credited to.
        """
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for claim in self._claims:
            for slug in claim.concepts:
                found[self._catalogue.concept(slug).iri][claim.iri] = 0.6
            if not self._credits:
                continue
            found[str(SK[claim.stance])][claim.iri] = 0.95
            for slug in (*claim.attribution.agents, *claim.attribution.reported_from):
                found[self._catalogue.agent(slug).iri][claim.iri] = 0.95
        for iri, arrows in self.arrows.items():
            for end in (end for arrow in arrows for end in arrow):
                found[str(end.value)][iri] = 0.95
        return dict(found)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every stem that the claims or the lexicon have."""
        return self._lexicon.stems | {each for speaking in self.stems.values() for each in speaking}

    @cached_property
    def spellings(self) -> dict[str, str]:
        """The words of labels and claims as they are written -> their stems."""
        texts = [text for claim in self._claims for text in (claim.text, *(p.quote for p in claim.passages))]
        words = (word for text in (*self._lexicon.texts, *texts) for word in read(text))
        return {word.text: word.stem for word in words if len(word.text) > 3}


def _share(wording: tuple[str, ...]) -> float:
    """Return how much one word of a wording says of the whole: of "compassionate care" either says only a part."""
    return {0: 1.0, 1: 1.0, 2: 0.65}.get(sum(each not in LIGHT_STEMS for each in wording), 0.5)
