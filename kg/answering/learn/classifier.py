"""A classifier: how likely a text with given features belongs to each of several outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import copysign, log

import numpy as np
from numpy.typing import NDArray

from kg.answering.learn.features import Features

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

Example = tuple[Features, frozenset[str]]
"""The features of a text, and the outcomes that it belongs to."""

#: The weight of the neighbours' opinion beside that of the regression.
NEIGHBOURS_WEIGHT = 0.3


@dataclass(frozen=True)
class Classifier:
    """A fitted classifier (softmax regression, see kg/answering/learn/regression.py).

    `outcomes` are its outcomes in order; `place` gives each feature its row in `weights` (features x columns), and
    `rarity` (features) is how much more a rare feature counts. `columns` (outcomes) is the column of each outcome,
    which outcomes with hardly an example share. `frequency` (outcomes) is the share of the examples that belongs to
    each outcome. `neighbours` are the examples that it was fitted to, where a text is compared with them too.
    """

    outcomes: tuple[str, ...]
    place: Mapping[str, int]
    rarity: Floats
    weights: Floats
    columns: Places
    frequency: Floats
    neighbours: Neighbours | None

    def likely(self, features: Features) -> dict[str, float]:
        """Return for each outcome how likely a text with these features belongs to it; together they are 1.

        The regression's opinion and the neighbours' are pooled by their logarithms (Genest and Zidek, Combining
        probability distributions, Statistical Science 1(1), 1986).
        """
        places, values = row(features, self.place, self.rarity)
        raised = values @ self.weights[places]
        raised -= np.log(np.exp(raised - raised.max()).sum()) + raised.max()
        near = self.neighbours.likely(places, values, len(self.outcomes)) if self.neighbours else None
        raised = self._divided(raised, near)
        if near is not None:
            raised = (1.0 - NEIGHBOURS_WEIGHT) * raised + NEIGHBOURS_WEIGHT * np.log(near)
        raised = np.exp(raised - raised.max())
        return dict(zip(self.outcomes, (raised / raised.sum()).tolist(), strict=True))

    def _divided(self, raised: Floats, near: Floats | None) -> Floats:
        """Return the log share of each outcome from those of the columns: what is shared the neighbours divide."""
        if len(raised) == len(self.outcomes):
            return raised
        found: Floats = raised[self.columns]
        sharing = self.columns == self.columns.max()
        parts = np.ones(int(sharing.sum()), np.float32) if near is None else near[sharing]
        found[sharing] += np.log(parts / parts.sum())
        return found


def row(features: Features, place: Mapping[str, int], rarity: Floats) -> tuple[Places, Floats]:
    """Return the places of a text's known features, in order, and how much of each it has; as a row of length one.

    A feature counts by the logarithm of how often the text has it and by its rarity (Manning, Raghavan and Schütze,
    Introduction to Information Retrieval, 2008, section 6.4.1). One that is counted below zero counts against.
    """
    known = sorted(
        (place[feature], copysign(1.0 + log(abs(times)), times))
        for feature, times in features.items()
        if feature in place
    )
    places = np.array([n for n, _ in known], np.int64)
    values = np.array([value for _, value in known], np.float32) * rarity[places]
    length = float(np.sqrt((values * values).sum()))
    return places, values / np.float32(length) if length else values


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
