"""Nearest neighbours: a text belongs where the examples that are most like it belong.

The k nearest neighbours by cosine similarity, each with a vote that falls off with its distance (Hastie, Tibshirani
and Friedman, The Elements of Statistical Learning, 2009, sections 6.1 and 13.3). A regression draws few lines through
all examples; neighbours know the one example that is nearly the question.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]

#: How many neighbours vote, and how steeply a vote falls off: one that is 0.1 less like the text has a seventh.
MOST, STEEPNESS = 100, 20.0
#: The share of all votes that goes to all outcomes alike: no example rules an outcome out.
OTHERWISE = 0.05


@dataclass(frozen=True)
class Neighbours:
    """Examples by feature, as rows of length one.

    `starts` (features + 1) says where in `texts` and `values` each feature's entries begin: which examples have it, and
    how much of it. `owners`, `belongs` and `parts` say of which outcome each example is, and to what part.
    """

    starts: NDArray[np.int64]
    texts: Numbers
    values: Floats
    owners: Numbers
    belongs: Numbers
    parts: Floats

    def likely(self, places: NDArray[np.int64], values: Floats, outcomes: int) -> Floats:
        """Return for each outcome how likely a text belongs to it by the examples most like it; together they are 1.

        Arguments:
            places: the text's features.
            values: how much of each it has, as a row of length one.
            outcomes: how many outcomes there are.
        """
        alike = np.zeros(int(self.owners[-1]) + 1, np.float32)
        for place, value in zip(places.tolist(), values.tolist(), strict=True):
            entries = slice(self.starts[place], self.starts[place + 1])
            alike[self.texts[entries]] += self.values[entries] * np.float32(value)
        votes = np.exp(np.float32(STEEPNESS) * alike)
        if len(votes) > MOST:
            votes[votes < np.partition(votes, -MOST)[-MOST]] = 0.0
        found = np.bincount(self.belongs, votes[self.owners] * self.parts, outcomes)
        likely: Floats = (found / found.sum() + OTHERWISE / outcomes) / (1.0 + OTHERWISE)
        return likely
