"""Estimates of what a question asks for: what an answer is told by where its words alone do not decide.

`Estimator` is all that the other modules know of learning. As it stands here it estimates nothing, and questions are
read by their words and by rules; kg/answering/learn has one that learns from the wordings of a catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, zip_longest
from math import exp, sqrt

from kg.english.words import Word

#: How much likelier a claim is asked for with others in questions that ask for several.
TOGETHER = 1.5


@dataclass(frozen=True)
class Shares:
    """How likely a question asks for each claim, by IRI."""

    claims: dict[str, float]

    @cached_property
    def closest(self) -> list[str]:
        """The claims, likeliest first."""
        return sorted(self.claims, key=lambda claim: (-round(self.claims[claim], 9), claim))

    @cached_property
    def relative(self) -> dict[str, float]:
        """How likely each claim is asked for beside the likeliest one (0 to 1)."""
        return {claim: likely / self.claims[self.closest[0]] for claim, likely in self.claims.items()}

    def agreement(self, claims: Collection[str]) -> float:
        """Return how far claims are those asked for: the weighted Jaccard index of both sets (0 to 1)."""
        both = sum(self.relative.get(claim, 0.0) for claim in claims)
        return both / (len(claims) + self._size - both)

    @cached_property
    def _size(self) -> float:
        """The weight of the claims that are asked for; some hundred readings are compared with it."""
        return sum(self.relative.values())

    def mass(self, claims: Collection[str]) -> float:
        """Return how likely one of the claims is asked for."""
        return sum(self.claims.get(claim, 0.0) for claim in claims)


@dataclass(frozen=True)
class Estimate:
    """What a question asks for: which claim if it is one, which if they are several; how likely several, or none."""

    one: Shares
    several: Shares | None
    together: float
    left_open: float

    @property
    def closest(self) -> list[str]:
        """The claims, likeliest first, whether asked for alone or with others."""
        in_turns = chain.from_iterable(zip_longest(*(shares.closest for shares in self.shares)))
        return list(dict.fromkeys(claim for claim in in_turns if claim is not None))

    @property
    def shares(self) -> list[Shares]:
        """The shares if one claim is asked for, and if several are."""
        return [self.one, self.several] if self.several else [self.one]

    @cached_property
    def likeliest(self) -> list[str]:
        """The claims by how likely each is among those asked for, likeliest first."""
        return sorted(self.one.claims, key=lambda claim: (-round(self.mass((claim,)), 9), claim))

    def beside(self, claim: str) -> float:
        """Return how far a claim, by its IRI, is asked for with the likeliest one.

        It grows with how likely the claim is where several are asked for, the square root of its share of the
        likeliest one's likelihood where one is, and how likely several are: the form of a logistic regression.
        """
        several = (self.several or self.one).claims.get(claim, 0.0)
        return several * sqrt(self.one.relative.get(claim, 0.0)) * exp(TOGETHER * self.together)

    def agreement(self, claims: Collection[str]) -> float:
        """Return how far claims are those asked for (0 to 1)."""
        return self._weighed(lambda shares: shares.agreement(claims))

    def mass(self, claims: Collection[str]) -> float:
        """Return how likely one of the claims is asked for."""
        return self._weighed(lambda shares: shares.mass(claims))

    def _weighed(self, of: Callable[[Shares], float]) -> float:
        if self.several is None:
            return of(self.one)
        return (1.0 - self.together) * of(self.one) + self.together * of(self.several)


class Estimator:
    """Estimates nothing: what there is where nothing could be learnt."""

    @property
    def wordings(self) -> Mapping[str, Sequence[str]]:
        """For claim IRIs the ways in which people ask for the claim."""
        return {}

    def estimate(self, words: Sequence[Word]) -> Estimate | None:
        """Return what a question asks for by its words, misspelt ones corrected; None where that is not known."""
        return None

    def prepare(self) -> None:
        """Learn now what would else be learnt when it is first needed."""
