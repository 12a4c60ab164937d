"""Classifiers as bytes, and those of the packaged seminar, which are delivered with it.

`python -m kg.answering.learn.archive` writes the packaged ones.
"""

from __future__ import annotations

import io
import json
import lzma
from pathlib import Path

import numpy as np

from kg.answering.learn.classifier import Classifier, Neighbours, Whole, narrow

PACKAGED = Path(__file__).with_name("learnt")
"""The packaged classifiers, a file each, which is named by its key."""
SUFFIX = ".xz"

_FILTERS = [
    {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 22, "lp": 1}
]  # two bytes a number


def packaged(key: str) -> Classifier | None:
    """Return the packaged classifier with a key, or None where there is none."""
    file = PACKAGED / f"{key}{SUFFIX}"
    return from_bytes(lzma.decompress(file.read_bytes())) if file.exists() else None


def compressed(classifier: Classifier) -> bytes:
    """Return a classifier as it is packaged."""
    return lzma.compress(as_bytes(classifier), filters=_FILTERS)


def as_bytes(classifier: Classifier) -> bytes:
    """Return all that a classifier cannot be worked out without, as NumPy's NPZ."""
    neighbours = classifier.neighbours
    file = io.BytesIO()
    names = json.dumps([classifier.outcomes, list(classifier.place)]).encode()
    np.savez(
        file,
        names=np.frombuffer(names, np.uint8),
        weights=classifier.weights,
        columns=narrow(classifier.columns),
        having=narrow(np.diff(neighbours.starts)),
        texts=_differences(neighbours.texts),
        times=neighbours.times,
        owners=_differences(neighbours.owners),
        belongs=neighbours.belongs,
    )
    return file.getvalue()


def from_bytes(content: bytes) -> Classifier:
    """Return the classifier that `as_bytes` wrote."""
    held = np.load(io.BytesIO(content), allow_pickle=False)
    outcomes, known = json.loads(held["names"].tobytes())
    texts, owners = _summed(held["texts"]), _summed(held["owners"])
    starts = np.concatenate([[0], np.cumsum(held["having"], dtype=np.int64)])
    neighbours = Neighbours(starts, texts, held["times"], owners, held["belongs"])
    place = {feature: n for n, feature in enumerate(known)}
    return Classifier(tuple(outcomes), place, held["weights"], held["columns"].astype(np.int64), neighbours)


def _differences(numbers: Whole) -> Whole:
    """Return each number less the one before: small numbers, which compress well, or one that has run over."""
    found: Whole = np.diff(numbers, prepend=numbers.dtype.type(0))
    return found


def _summed(differences: Whole) -> Whole:
    """Return the numbers of which these are the differences; what has run over runs back."""
    found: Whole = np.cumsum(differences, dtype=differences.dtype)
    return found
