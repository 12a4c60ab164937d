"""What speaks for each claim as an answer to a question, one number each: words, links into the graph, meaning.

Each feature is one column of a table with a row a claim; scoring.py weighs them. They are made so that a question of
any seminar has them on one scale: shares of what the question has, cosines, and yes or no.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from kg.answering.finding.vectors import ClaimVectors
from kg.answering.link.lexicon import Lexicon
from kg.answering.link.matches import Match
from kg.answering.nearby.core import Core
from kg.answering.silence import lacking, names_nobody
from kg.answering.speaker import Scope
from kg.english.asking.asked_for import asked_for
from kg.english.naming import asks_who
from kg.english.words import LIGHT_STEMS, stems
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim

Floats = NDArray[np.float64]

#: The features, by what they are of; their order is that of the columns.
PARTS = {
    "words": ("content", "core", "terms", "pairs"),
    "links": ("ends", "arrow", "voice", "kind", "somebody"),
    "meaning": ("sentence", "quotation", "beside"),
}
NAMES = tuple(name for names in PARTS.values() for name in names)
#: How soon a word that a claim has more often counts no more, and how far long claims count less (Robertson and
#: Zaragoza, The probabilistic relevance framework: BM25 and beyond, 2009).
_SOON, _LENGTH = 1.2, 0.75
#: What the sum of BM25 is divided by, to be on the scale of the others; and the number of pairs of words.
_TERMS, _PAIRS = 5.0, 3.0
#: How telling a thing is that all claims have, beside one that only one of them has; and how much more a name of
#: several words counts.
_COMMON, _LONGER = 0.3, 1.3


class Features:
    """Makes the tables of features over the claims of one catalogue.

    Arguments:
        catalogue: the claims.
        lexicon: what names the things in them.
        vectors: the meaning of the claims.
    """

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon, vectors: ClaimVectors):
        self.claims = catalogue.claims()
        self._vectors = vectors
        self._place = {claim.iri: n for n, claim in enumerate(self.claims)}
        self._terms = _term_weights([_terms(claim, catalogue, lexicon) for claim in self.claims])
        self._pairs = _places(_pairs(claim) for claim in self.claims)
        self._ends = _places(
            {end for p in claim.propositions for end in (p.subject, p.object)} for claim in self.claims
        )
        self._relations = _places({p.relation for p in claim.propositions} for claim in self.claims)
        self._beside = _beside(self.claims)

    def table(self, match: Match, core: Core, scope: Scope | None) -> Floats:
        """Return the features of each claim (claims x features).

        Arguments:
            match: the question as it matches claims.
            core: what it asks about.
            scope: whose words it asks for; None: nobody's in particular.
        """
        question = match.question
        words = [word.stem for word in question.words]
        sentence, quotation = self._vectors.alike(question.text)
        columns = (
            self._column(match.sums) / (match.total or 1.0),
            np.array([core.share(claim.iri) for claim in self.claims]),
            self._bm25(words),
            self._sharing(self._pairs, pairwise(words)) / _PAIRS,
            self._named(match, self._ends, ("concept", "agent")),
            self._named(match, self._relations, ("relation",)),
            self._column(dict.fromkeys(scope.claims, 1.0) if scope else {}),
            self._lacking(question.text),
            self._nobody(match),
            sentence - sentence.mean() if len(sentence) else sentence,
            quotation - quotation.mean() if len(quotation) else quotation,
            self._of_statement(np.maximum(sentence, quotation)),
        )
        return np.stack(columns, axis=1).reshape(len(self.claims), len(NAMES))

    def _column(self, values: Mapping[str, float]) -> Floats:
        column = np.zeros(len(self.claims))
        for iri, value in values.items():
            column[self._place[iri]] = value
        return column

    def _bm25(self, words: Iterable[str]) -> Floats:
        total = np.zeros(len(self.claims))
        for word in dict.fromkeys(words):
            if word in self._terms and word not in LIGHT_STEMS:
                total += self._terms[word]
        return total / _TERMS

    def _sharing(self, having: Mapping[object, list[int]], asked: Iterable[tuple[str, str]]) -> Floats:
        column = np.zeros(len(self.claims))
        for pair in asked:
            column[having.get(pair, [])] += 1.0
        return column

    def _named(self, match: Match, having: Mapping[object, list[int]], kinds: tuple[str, ...]) -> Floats:
        """Return how telling the rarest thing of some kinds is that the question names and a claim has."""
        column = np.zeros(len(self.claims))
        most = log(max(len(self.claims), 2))
        for mention in match.question.mentions:
            places = having.get(mention.slug, [])
            if mention.meaning.kind in kinds and places:
                longer = _LONGER if mention.last - mention.first > 1 else 1.0
                telling = (_COMMON + log(len(self.claims) / len(places)) / most) * longer
                column[places] = np.maximum(column[places], telling)
        return column

    def _lacking(self, question: str) -> Floats:
        if not asked_for(question):
            return np.zeros(len(self.claims))
        return np.array([float(len(lacking(question, [claim]))) for claim in self.claims])

    def _nobody(self, match: Match) -> Floats:
        if not asks_who(match.question.text):
            return np.zeros(len(self.claims))
        return np.array([float(names_nobody(match.question, [claim])) for claim in self.claims])

    def _of_statement(self, alike: Floats) -> Floats:
        """Return how near the nearest other claim of a claim's statements is to the question; its own without one."""
        if not len(alike):
            return alike
        column = np.array([max(alike[others]) if others else alike[n] for n, others in enumerate(self._beside)])
        centred: Floats = column - column.mean()
        return centred


def _terms(claim: Claim, catalogue: Catalogue, lexicon: Lexicon) -> Counter[str]:
    """Return how often the stems are in a claim's sentence, its quotations and the names of the things in it."""
    found = Counter(stems(claim.text))
    for passage in claim.passages:
        found.update(stems(passage.quote))
    for slug in claim.concepts:
        for wording in sorted(lexicon.wordings(catalogue.concept(slug).iri)):
            found.update(wording)
    return found


def _term_weights(texts: Sequence[Counter[str]]) -> dict[str, Floats]:
    """Return for each stem what it counts for each text."""
    having: dict[str, list[int]] = defaultdict(list)
    for n, text in enumerate(texts):
        for word in text:
            having[word].append(n)
    mean = sum(text.total() for text in texts) / max(len(texts), 1)
    weights = {}
    for word, places in having.items():
        rarity = log(1 + (len(texts) - len(places) + 0.5) / (len(places) + 0.5))
        weights[word] = np.zeros(len(texts))
        for n in places:
            often, length = texts[n][word], texts[n].total() / mean
            weights[word][n] = rarity * often * (_SOON + 1) / (often + _SOON * (1 - _LENGTH + _LENGTH * length))
    return weights


def _pairs(claim: Claim) -> set[tuple[str, str]]:
    """Return the neighbouring stems of a claim, of which one at least carries content."""
    pairs = {pair for text in claim.texts for pair in pairwise(stems(text))}
    return {pair for pair in pairs if not LIGHT_STEMS.issuperset(pair)}


def _places(having: Iterable[Iterable[object]]) -> dict[object, list[int]]:
    """Return for each thing the places of those that have it."""
    found: dict[object, list[int]] = defaultdict(list)
    for n, things in enumerate(having):
        for thing in things:
            found[thing].append(n)
    return dict(found)


def _beside(claims: Sequence[Claim]) -> list[list[int]]:
    """Return for each claim the places of the others of its statements."""
    statements = _places({passage.id for passage in claim.passages} for claim in claims)
    return [
        sorted({other for passage in claim.passages for other in statements[passage.id]} - {n})
        for n, claim in enumerate(claims)
    ]
