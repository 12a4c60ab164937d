"""Training: makes classifiers from examples, unless they are packaged or in the user's cache folder.

It takes some seconds for a few thousand examples, and gives the same classifier for the same examples.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from kg.answering.learn.classifier import Classifier
from kg.answering.learn.features import Features, features
from kg.answering.learn.stored import as_bytes, from_bytes, packaged
from kg.answering.link.lexicon import Lexicon
from kg.cache_folder import keep, kept, key_of
from kg.english.synonyms import Synonyms
from kg.english.words import Word, read

Examples = Sequence[tuple[str, list[str]]]
"""Texts, each with the outcomes that it belongs to, all in order."""

#: To be raised when the same examples would give another classifier, so that no old one is found.
TRAINING_VERSION = 8


class Trainer:
    """Trains classifiers of texts by the words of one library and of everyday English."""

    def __init__(self, lexicon: Lexicon, synonyms: Synonyms):
        self._lexicon, self._synonyms = lexicon, synonyms

    def features(self, words: Sequence[Word], *, asking: bool = True) -> Features:
        """Return the features of a text by its words, misspelt ones corrected; see kg.answering.learn.features."""
        return features(words, self._synonyms, self._lexicon, asking=asking)

    def classifier(self, examples: Examples) -> Classifier:
        """Return the classifier trained with examples, of which there has to be at least one.

        It is the packaged one where that was trained with just these, or else comes from the user's cache folder.
        """
        key = self.key(examples)
        found = packaged(key) or kept("questions", key, from_bytes)
        if found is None:
            found = self.trained(examples)
            keep("questions", key, as_bytes(found))
        return found

    def trained(self, examples: Examples) -> Classifier:
        """Return the classifier trained with examples, now."""
        from kg.answering.learn.regression import fitted  # SciPy, which those who need not learn do without

        return fitted([(self.features(read(text)), frozenset(outcomes)) for text, outcomes in examples])

    def key(self, examples: Examples) -> str:
        """Return what the classifier trained with examples is found by: a hash of all that it depends on."""
        words = [self._synonyms.fingerprint, sorted(map(str, self._lexicon.texts))]
        return key_of(json.dumps([TRAINING_VERSION, examples, *words]))


def examples_of(texts: Iterable[tuple[str, frozenset[str]]]) -> Examples:
    """Return texts and the outcomes that each belongs to as examples."""
    return sorted((text, sorted(outcomes)) for text, outcomes in texts)
