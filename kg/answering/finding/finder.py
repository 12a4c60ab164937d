"""The finder: which claims of a seminar answer a question, how likely each, and how doubtful it is that any does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.answering.finding.doubts import doubts
from kg.answering.finding.encoder import Encoder
from kg.answering.finding.features import NAMES, PARTS, Features
from kg.answering.finding.scoring import MOST_PASSAGES, NEAR, FinderWeights, chosen, likelihoods, read_weights, setting
from kg.answering.finding.vectors import ClaimVectors
from kg.answering.link.lexicon import Lexicon
from kg.answering.link.matches import Match
from kg.answering.nearby.core import Core
from kg.answering.speaker import Scope
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class FoundClaim:
    """A claim that may answer a question: how likely it does beside the others, and what each part makes of it.

    `parts` are the points that words, links and meaning give it, more than to others or less.
    """

    claim: Claim
    likely: float
    parts: dict[str, float]


@dataclass(frozen=True)
class Found:
    """The claims found for a question, likeliest first, and how doubtful they are as its answer (log odds).

    `candidates` are all claims, likeliest first.
    """

    claims: tuple[Claim, ...]
    doubt: float
    candidates: tuple[FoundClaim, ...]

    @property
    def near(self) -> list[Claim]:
        """Those that are not far less likely than the likeliest: whether they are of a numbered list tells of it."""
        most = max((each.likely for each in self.candidates), default=0.0)
        return [each.claim for each in self.candidates if each.likely >= NEAR * most][:MOST_PASSAGES]


@dataclass(frozen=True)
class Tables:
    """What is known of a question and the claims of a seminar: the features of each claim, and the doubts of some."""

    features: Floats
    match: Match
    core: Core
    scope: Scope | None


class Finder:
    """Finds the claims of one catalogue that answer questions.

    Arguments:
        catalogue: the claims.
        lexicon: what names the things in them.
        encoder: turns texts into vectors; None where there is none.
    """

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon, encoder: Encoder | None):
        self._claims = catalogue.claims()
        self._passages = [{passage.iri for passage in claim.passages} for claim in self._claims]
        self._vectors = ClaimVectors(self._claims, encoder)
        self._features = Features(catalogue, lexicon, self._vectors)
        self.setting = setting(meaning=encoder is not None)

    def prepare(self) -> None:
        """Compute now what the first question would have to wait for."""
        self._vectors.prepare()

    def find(self, match: Match, core: Core, scope: Scope | None) -> Found:
        """Return the claims that answer a question, and how doubtful that is.

        Arguments:
            match: the question as it matches claims.
            core: what it asks about.
            scope: whose words it asks for; None: nobody's in particular.
        """
        weights = read_weights(self.setting)
        tables = self.tables(match, core, scope)
        scores = weights.scores(tables.features)
        if scope and scope.claims:
            scores = np.where([claim.iri in scope.claims for claim in self._claims], scores, -np.inf)
        likely = likelihoods(scores)
        places = self.chosen(likely)
        doubt = weights.doubt(self.doubts(tables, places)) if places else np.inf
        order = [*places, *(n for n in np.argsort(-likely, kind="stable").tolist() if n not in places)]
        candidates = tuple(self._candidate(n, tables.features, likely, weights) for n in order)
        return Found(tuple(self._claims[n] for n in places), doubt, candidates)

    def tables(self, match: Match, core: Core, scope: Scope | None) -> Tables:
        """Return what is known of a question; the arguments are those of `find`."""
        return Tables(self._features.table(match, core, scope), match, core, scope)

    def chosen(self, likely: Floats) -> list[int]:
        """Return the places of the claims found, by how likely each is."""
        return chosen(likely, self._passages)

    def doubts(self, tables: Tables, places: list[int]) -> Floats:
        """Return the doubts about some claims, by their places."""
        claims = [self._claims[n] for n in places]
        return doubts(tables.match, tables.core, tables.scope, claims)

    def _candidate(self, place: int, features: Floats, likely: Floats, weights: FinderWeights) -> FoundClaim:
        points = (features[place] - features.mean(axis=0)) * weights.features
        parts = {part: float(sum(points[NAMES.index(name)] for name in names)) for part, names in PARTS.items()}
        return FoundClaim(self._claims[place], float(likely[place]), parts)
