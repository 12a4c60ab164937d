"""Softmax regression: learns from examples which of several outcomes a text with given features belongs to.

Multinomial logistic regression with a quadratic penalty (Hastie, Tibshirani and Friedman, The Elements of Statistical
Learning, 2009, sections 4.4 and 18.3.2), fitted by L-BFGS. An example may belong to several outcomes at once; it then
counts for each in equal parts. The examples themselves may be kept too, as neighbours of what is asked later. The
same examples give the same model.

Weights are fitted for each outcome, so time and memory grow with their number. Where there are many, as in a library
of many seminars, those that have hardly an example are told from the others together, and from each other by the
neighbours alone.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array

from kg.answering.learn.classifier import STEP, Classifier, Example, Floats, Neighbours, Places, narrow

#: The penalty on the sum of the squared weights.
PENALTY = 0.05
#: A feature that only a text or two have tells little of the next text.
LEAST_TEXTS = 3
#: Where there are more outcomes than a few, those with no more examples than hardly any share their weights; and at
#: most so many have weights of their own.
FEW, HARDLY_ANY, MOST_OWN = 200, 4, 400
#: L-BFGS: the most steps, the share of the loss that a step has to bring, and how many steps are remembered.
STEPS, LEAST_GAIN, REMEMBERED = 60, 1e-3, 5


def fitted(examples: Sequence[Example]) -> Classifier:
    """Return the classifier fitted to examples, of which there has to be at least one."""
    having = Counter(feature for features, _ in examples for feature in features)
    known = sorted(feature for feature, texts in having.items() if texts >= LEAST_TEXTS)
    outcomes = tuple(sorted({outcome for _, those in examples for outcome in those}))
    place, number = ({name: n for n, name in enumerate(names)} for names in (known, outcomes))
    neighbours = _neighbours(examples, place, number)

    had = csr_array(
        (neighbours.values, neighbours.texts.astype(np.int32), neighbours.starts), shape=(len(known), len(examples))
    )
    belongs, owners = neighbours.belongs, neighbours.owners
    columns = _columns(np.bincount(belongs).tolist())
    wanted = np.zeros((len(examples), int(columns.max()) + 1), np.float32)
    np.add.at(wanted, (owners, columns[belongs]), neighbours.parts)
    most = np.iinfo(np.int16).max
    weights = np.rint(_weights(had.T.tocsr(), had, wanted) / STEP).clip(-most, most).astype(np.int16)
    return Classifier(outcomes, place, weights, columns, neighbours)


def _neighbours(examples: Sequence[Example], place: Mapping[str, int], number: Mapping[str, int]) -> Neighbours:
    """Return the examples by the places of their features and the numbers of their outcomes."""
    places, texts, times = array("q"), array("q"), array("q")
    for text, (features, _) in enumerate(examples):
        known = [(place[feature], often) for feature, often in features.items() if feature in place]
        places.extend(each for each, _ in known)
        texts.extend([text] * len(known))
        times.extend(often for _, often in known)
    order = np.argsort(places, kind="stable")
    starts = np.searchsorted(np.array(places)[order], np.arange(len(place) + 1))
    owners = [text for text, (_, those) in enumerate(examples) for _ in those]
    belongs = [number[outcome] for _, those in examples for outcome in sorted(those)]
    columns = (np.array(texts)[order], np.array(times)[order], np.array(owners), np.array(belongs))
    return Neighbours(starts, *map(narrow, columns))


def _columns(numbers: Sequence[int]) -> Places:
    """Return for each outcome, by how many examples it has, the column of its weights; the last may be shared."""
    if len(numbers) <= FEW:
        return np.arange(len(numbers))
    often = sorted(range(len(numbers)), key=lambda n: (-numbers[n], n))
    own = sorted(n for n in often[:MOST_OWN] if numbers[n] > HARDLY_ANY)
    columns = np.full(len(numbers), len(own), np.int64)
    columns[own] = np.arange(len(own))
    return columns


def _weights(has: Any, had: Any, wanted: Floats) -> Floats:
    """Return the weights (features x columns) with the least loss.

    Arguments:
        has: how much of each feature each text has (texts x features, sparse).
        had: the same, features x texts.
        wanted: to what part each text belongs to the outcomes of each column (texts x columns).
    """
    shape = (has.shape[1], wanted.shape[1])

    def loss(flat: Any) -> tuple[float, Any]:
        """Return the loss of weights and its slope."""
        weights = flat.reshape(shape).astype(np.float32)
        raised = has @ weights
        raised -= raised.max(axis=1, keepdims=True)
        log_shares = raised - np.log(np.exp(raised).sum(axis=1, keepdims=True))
        slope = had @ (np.exp(log_shares) - wanted) + PENALTY * weights
        cost = -float((wanted * log_shares).sum()) + PENALTY / 2 * float((weights * weights).sum())
        return cost, slope.ravel().astype(np.float64)

    options = {"maxiter": STEPS, "ftol": LEAST_GAIN, "maxcor": REMEMBERED}
    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options=options)
    weights: Floats = found.x.reshape(shape).astype(np.float32)
    return weights
