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

from collections import Counter
from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array

from kg.answering.learn.classifier import Classifier, Example, Floats, Neighbours, Places, row

#: The penalty on the sum of the squared weights.
PENALTY = 0.05
#: A feature that only a text or two have tells little of the next text.
LEAST_TEXTS = 3
#: Where there are more outcomes than a few, those with no more examples than hardly any share their weights; and at
#: most so many have weights of their own.
FEW, HARDLY_ANY, MOST_OWN = 200, 4, 400
#: L-BFGS: the most steps, the share of the loss that a step has to bring, and how many steps are remembered.
STEPS, LEAST_GAIN, REMEMBERED = 60, 1e-3, 5


def fitted(examples: Sequence[Example], *, with_neighbours: bool = True) -> Classifier:
    """Return the classifier fitted to examples.

    Arguments:
        examples: at least one.
        with_neighbours: whether a text is also to be compared with the examples one by one.
    """
    having = Counter(feature for features, _ in examples for feature in features)
    known = sorted(feature for feature, texts in having.items() if texts >= LEAST_TEXTS)
    place = {feature: n for n, feature in enumerate(known)}
    rarity = np.array([1.0 + log((1 + len(examples)) / (1 + having[f])) for f in known], np.float32)
    rows = [row(features, place, rarity) for features, _ in examples]
    starts = np.cumsum([0, *(len(places) for places, _ in rows)])
    has = csr_array(
        (np.concatenate([values for _, values in rows]), np.concatenate([places for places, _ in rows]), starts),
        shape=(len(examples), len(known)),
    )
    had = has.T.tocsr()
    had.sort_indices()

    outcomes = tuple(sorted({outcome for _, those in examples for outcome in those}))
    number = {outcome: n for n, outcome in enumerate(outcomes)}
    belongs = np.array([number[outcome] for _, those in examples for outcome in sorted(those)], np.int32)
    sizes = np.array([len(those) for _, those in examples])
    owners = np.repeat(np.arange(len(examples), dtype=np.int32), sizes)
    parts = np.repeat(np.float32(1) / sizes.astype(np.float32), sizes)
    frequency = (np.bincount(belongs, parts) / len(examples)).astype(np.float32)

    columns = _columns(np.bincount(belongs).tolist())
    wanted = np.zeros((len(examples), int(columns.max()) + 1), np.float32)
    np.add.at(wanted, (owners, columns[belongs]), parts)
    weights = _weights(has, had, wanted)
    neighbours = None
    if with_neighbours:
        had_texts, values = had.indices.astype(np.int32), had.data.astype(np.float32)
        neighbours = Neighbours(had.indptr.astype(np.int64), had_texts, values, owners, belongs, parts)
    return Classifier(outcomes, place, rarity, weights, columns, frequency, neighbours)


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
