"""A classifier: how likely a text with given features belongs to each of several outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.answering.learn.features import Features

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
Whole = NDArray[np.integer[Any]]
Weights = NDArray[np.int16]

Example = tuple[Features, frozenset[str]]
"""The features of a text, and the outcomes that it belongs to."""

#: The weight of the neighbours' opinion beside that of the regression.
NEIGHBOURS_WEIGHT = 0.3
#: What weights are whole multiples of. Coarser ones take less room, and answer some questions otherwise.
STEP = 1 / 64


@dataclass(frozen=True)
class Classifier:
    """A fitted classifier (softmax regression, see kg/answering/learn/regression.py).

    `outcomes` are its outcomes in order; `place` gives each feature its row in `weights` (features x columns, in steps
    of `STEP`). `columns` (outcomes) is the column of each outcome, which outcomes with hardly an example share.
    `neighbours` are the examples that it was fitted to, with which a text is compared too.
    """

    outcomes: tuple[str, ...]
    place: Mapping[str, int]
    weights: Weights
    columns: Places
    neighbours: Neighbours

    @cached_property
    def frequency(self) -> Floats:
        """For each outcome the share of the examples that belongs to it."""
        neighbours = self.neighbours
        found: Floats = np.bincount(neighbours.belongs, neighbours.parts, len(self.outcomes)).astype(np.float32)
        return found / np.float32(neighbours.number)

    def likely(self, features: Features) -> dict[str, float]:
        """Return for each outcome how likely a text with these features belongs to it; together they are 1.

        The regression's opinion and the neighbours' are pooled by their logarithms (Genest and Zidek, Combining
        probability distributions, Statistical Science 1(1), 1986).
        """
        places, values = row(features, self.place, self.neighbours.rarity)
        raised = STEP * (values @ self.weights[places].astype(np.float32))
        raised -= np.log(np.exp(raised - raised.max()).sum()) + raised.max()
        near = self.neighbours.likely(places, values, len(self.outcomes))
        raised = (1.0 - NEIGHBOURS_WEIGHT) * self._divided(raised, near) + NEIGHBOURS_WEIGHT * np.log(near)
        raised = np.exp(raised - raised.max())
        return dict(zip(self.outcomes, (raised / raised.sum()).tolist(), strict=True))

    def _divided(self, raised: Floats, near: Floats) -> Floats:
        """Return the log share of each outcome from those of the columns: what is shared the neighbours divide."""
        if len(raised) == len(self.outcomes):
            return raised
        found: Floats = raised[self.columns]
        sharing = self.columns == self.columns.max()
        found[sharing] += np.log(near[sharing] / near[sharing].sum())
        return found


def row(features: Features, place: Mapping[str, int], rarity: Floats) -> tuple[Places, Floats]:
    """Return the places of a text's known features, in order, and how much of each it has; as a row of length one."""
    known = sorted((place[feature], times) for feature, times in features.items() if feature in place)
    places, times = (np.array([pair[n] for pair in known], np.int64) for n in (0, 1))
    values = amounts(times, rarity[places])
    length = np.sqrt((values * values).sum())
    return places, values / length if length else values


def amounts(times: Whole, rarity: Floats) -> Floats:
    """Return how much of a feature a text has that has it so many times.

    A feature counts by the logarithm of how often the text has it and by its rarity (Manning, Raghavan and Schütze,
    Introduction to Information Retrieval, 2008, section 6.4.1). One that is counted below zero counts against.
    """
    found: Floats = (np.sign(times) * (1.0 + np.log(np.abs(times)))).astype(np.float32) * rarity
    return found


def narrow(numbers: Whole) -> Whole:
    """Return whole numbers as those of the type that takes the least room."""
    least, most = numbers.min(initial=0), numbers.max(initial=0)
    return numbers.astype(np.promote_types(np.min_scalar_type(least), np.min_scalar_type(most)))


#: How many neighbours vote, and how steeply a vote falls off: one that is 0.1 less like the text has a seventh.
MOST, STEEPNESS = 100, 20.0
#: The share of all votes that goes to all outcomes alike: no example rules an outcome out.
OTHERWISE = 0.05


@dataclass(frozen=True)
class Neighbours:
    """Examples by feature, as rows of length one.

    `starts` (features + 1) says where in `texts` and `times` each feature's entries begin: which examples have it, and
    how often. `owners` and `belongs` say of which outcomes each example is, in equal parts.
    """

    starts: Places
    texts: Whole
    times: Whole
    owners: Whole
    belongs: Whole

    @cached_property
    def number(self) -> int:
        """How many examples there are."""
        return int(self.owners[-1]) + 1

    @cached_property
    def rarity(self) -> Floats:
        """For each feature how much more it counts for being rare."""
        found: Floats = (1.0 + np.log((1 + self.number) / (1 + np.diff(self.starts)))).astype(np.float32)
        return found

    @cached_property
    def values(self) -> Floats:
        """How much of each feature the examples that have it have, in the order of `texts`."""
        found = amounts(self.times, np.repeat(self.rarity, np.diff(self.starts)))
        lengths = np.sqrt(np.bincount(self.texts, found * found, self.number)).astype(np.float32)
        found /= lengths[self.texts]
        return found

    @cached_property
    def parts(self) -> Floats:
        """To what part each example is of each of its outcomes, in the order of `owners`."""
        found: Floats = np.float32(1) / np.bincount(self.owners).astype(np.float32)[self.owners]
        return found

    def likely(self, places: NDArray[np.int64], values: Floats, outcomes: int) -> Floats:
        """Return for each outcome how likely a text belongs to it by the examples most like it; together they are 1.

        Arguments:
            places: the text's features.
            values: how much of each it has, as a row of length one.
            outcomes: how many outcomes there are.
        """
        alike = np.zeros(self.number, np.float32)
        for place, value in zip(places.tolist(), values.tolist(), strict=True):
            entries = slice(self.starts[place], self.starts[place + 1])
            alike[self.texts[entries]] += self.values[entries] * np.float32(value)
        votes = np.exp(np.float32(STEEPNESS) * alike)
        if len(votes) > MOST:
            votes[votes < np.partition(votes, -MOST)[-MOST]] = 0.0
        found = np.bincount(self.belongs, votes[self.owners] * self.parts, outcomes)
        likely: Floats = (found / found.sum() + OTHERWISE / outcomes) / (1.0 + OTHERWISE)
        return likely
