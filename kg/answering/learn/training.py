"""Training: makes classifiers from examples, and keeps them in the user's cache folder.

It takes some seconds for a few thousand examples, and gives the same classifier for the same examples.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, fields
from typing import TypeVar

import numpy as np

from kg.answering.learn.classifier import Classifier, Example, Neighbours
from kg.answering.learn.features import Features, features
from kg.answering.link.lexicon import Lexicon
from kg.cache_folder import keep, kept, key_of
from kg.english.synonyms import Synonyms
from kg.english.words import Word, read

T = TypeVar("T")
Texts = Iterable[tuple[str, frozenset[str]]]
"""Example texts, each with the outcomes that it belongs to."""

#: To be raised when the same examples would give another classifier, so that no old one is found in the cache folder.
TRAINING_VERSION = 7
_ARRAYS = ("rarity", "weights", "columns", "frequency")


class Trainer:
    """Trains classifiers of texts by the words of one library and of everyday English."""

    def __init__(self, lexicon: Lexicon, synonyms: Synonyms):
        self._lexicon, self._synonyms = lexicon, synonyms

    def features(self, words: Sequence[Word], *, asking: bool = True) -> Features:
        """Return the features of a text by its words, misspelt ones corrected; see kg.answering.learn.features."""
        return features(words, self._synonyms, self._lexicon, asking=asking)

    def of_texts(self, texts: Texts) -> Classifier:
        """Return the classifier trained with texts, of which there has to be at least one."""
        return self.trained(
            sorted((text, sorted(outcomes)) for text, outcomes in texts),
            lambda example: (self.features(read(example[0])), frozenset(example[1])),
        )

    def trained(
        self, examples: Sequence[T], made: Callable[[T], Example], *, with_neighbours: bool = True
    ) -> Classifier:
        """Return the classifier trained with examples of any kind, of which there has to be at least one.

        Arguments:
            examples: what JSON can hold, in order.
            made: returns an example's features and the outcomes that it belongs to; no more than the example, the
                words of the library and those of everyday English may bear on them.
            with_neighbours: see kg.answering.learn.regression.fitted.
        """
        depends_on = [
            TRAINING_VERSION,
            with_neighbours,
            examples,
            self._synonyms.fingerprint,
            sorted(map(str, self._lexicon.texts)),
        ]
        key = key_of(json.dumps(depends_on))
        found = kept("questions", key, _from_bytes)
        if found is None:
            from kg.answering.learn.regression import fitted

            found = fitted([made(example) for example in examples], with_neighbours=with_neighbours)
            keep("questions", key, _as_bytes(found))
        return found


def _as_bytes(classifier: Classifier) -> bytes:
    file = io.BytesIO()
    names = json.dumps([classifier.outcomes, list(classifier.place)]).encode()
    arrays = asdict(classifier.neighbours) if classifier.neighbours else {}
    np.savez(
        file,
        names=np.frombuffer(names, np.uint8),
        **{name: getattr(classifier, name) for name in _ARRAYS},
        **arrays,
    )
    return file.getvalue()


def _from_bytes(content: bytes) -> Classifier:
    """Return the classifier that `_as_bytes` wrote."""
    held = np.load(io.BytesIO(content), allow_pickle=False)
    outcomes, known = json.loads(held["names"].tobytes())
    place = {feature: n for n, feature in enumerate(known)}
    names = [field.name for field in fields(Neighbours)]
    neighbours = Neighbours(*(held[name] for name in names)) if names[0] in held else None
    rarity, weights, columns, frequency = (held[name] for name in _ARRAYS)
    return Classifier(tuple(outcomes), place, rarity, weights, columns, frequency, neighbours)
