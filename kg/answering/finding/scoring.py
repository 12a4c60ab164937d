"""The weights of features and doubts, and what they make of a question: how likely each claim is asked for.

The weights stand in weights.json, one set for where there is an encoder and one for where there is none.
benchmarks/finding.py fits them across seminars, and a curator can run it over his own.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.answering.finding.doubts import DOUBTS
from kg.answering.finding.features import NAMES, PARTS

WEIGHTS = Path(__file__).parent / "weights.json"
#: How likely a claim has to be beside the likeliest one to be found with it, and to tell of a list that is asked for;
#: and how many passages are cited.
SHARE, NEAR, MOST_PASSAGES = 0.5, 0.2, 4
#: From what log odds on the claims found are no answer: rather too many questions are refused than answered wrongly.
DOUBTFUL = -0.8

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class FinderWeights:
    """What each feature and each doubt counts, in their order; `bias` is the doubt where nothing is doubtful."""

    features: Floats
    doubts: Floats
    bias: float

    def scores(self, table: Floats) -> Floats:
        """Return the score of each claim; only differences between claims of one question tell anything."""
        scores: Floats = table @ self.features
        return scores

    def doubt(self, doubts: Floats) -> float:
        """Return the log odds that the claims found are no answer."""
        return float(doubts @ self.doubts) + self.bias

    def to_dict(self) -> dict[str, object]:
        """Return the weights by their names, rounded, as the file has them."""
        features = dict(zip(NAMES, np.round(self.features, 2).tolist(), strict=True))
        doubts = dict(zip(DOUBTS, np.round(self.doubts, 2).tolist(), strict=True))
        return {"features": features, "doubts": doubts, "bias": round(self.bias, 2)}


def setting(*, meaning: bool) -> str:
    """Return the name of a set of weights: what there is to find claims by."""
    return " ".join(part for part in PARTS if part != "meaning" or meaning)


@cache
def read_weights(name: str) -> FinderWeights:
    """Return the set of weights of a name; see `setting`.

    Raises:
        KeyError: there is no such set, or it lacks a feature.
    """
    return weights_of(json.loads(WEIGHTS.read_text(encoding="utf-8"))[name])


def weights_of(held: Mapping[str, object]) -> FinderWeights:
    """Return the weights that `FinderWeights.to_dict` gave."""
    features, doubts, bias = held["features"], held["doubts"], held["bias"]
    assert isinstance(features, dict)
    assert isinstance(doubts, dict)
    assert isinstance(bias, float)
    return FinderWeights(np.array([features[n] for n in NAMES]), np.array([doubts[n] for n in DOUBTS]), bias)


def likelihoods(scores: Floats) -> Floats:
    """Return how likely each claim is asked for, if one is; together they are 1."""
    if not len(scores):
        return scores
    raised = np.exp(scores - scores.max())
    shares: Floats = raised / raised.sum()
    return shares


def chosen(likely: Floats, passages: Sequence[Collection[str]]) -> list[int]:
    """Return the places of the claims that are found, likeliest first: those about as likely as the likeliest one.

    Arguments:
        likely: how likely each claim is asked for.
        passages: those that each rests on, of which not too many are cited.
    """
    found: list[int] = []
    cited: set[str] = set()
    for n in np.argsort(-likely.round(9), kind="stable").tolist():
        if likely[n] < SHARE * likely.max() or len(cited.union(passages[n])) > MOST_PASSAGES:
            break
        found.append(n)
        cited.update(passages[n])
    return found
