"""Estimates learnt from how people ask: which claims a question asks for.

From the wordings of a catalogue, the examples of the templates, and what the claims say themselves, it is learnt how
likely a new question asks for each claim, for several, or for none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import sqrt

from kg.answering.estimates import Estimate, Estimator, Shares
from kg.answering.learn.classifier import Classifier
from kg.answering.learn.training import Examples, Trainer, examples_of
from kg.answering.learn.wordings import OPEN, Wordings
from kg.answering.link.lexicon import Lexicon
from kg.english.synonyms import english_synonyms
from kg.english.words import Word
from kg.graph.catalogue import Catalogue

#: The outcome of a question that takes several claims.
SEVERAL = "several"
#: The share of questions that is left open, of those that people ask.
USUALLY_OPEN = 1 / 6


class LearnedEstimator(Estimator):
    """Estimates for the questions of one catalogue.

    Arguments:
        catalogue: whose claims and wordings are learnt from.
        lexicon: what names the things of the catalogue.
    """

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon):
        self._catalogue = catalogue
        self._written = Wordings(catalogue)
        self.trainer = Trainer(lexicon, english_synonyms())

    @property
    def wordings(self) -> Mapping[str, Sequence[str]]:
        """See `Estimator`."""
        return self._written.asking

    def prepare(self) -> None:
        """Learn now what would else be learnt when it is first needed."""
        self.estimate(())

    # ── What is asked for ──

    def estimate(self, words: Sequence[Word]) -> Estimate | None:
        """Return what a question asks for by its words, misspelt ones corrected; None where there are no wordings."""
        if not self.wordings:
            return None
        features = self.trainer.features(words)
        which, which_several = self._classifiers
        shares = which.likely(features)
        left_open, together = self._left_open(shares.pop(OPEN, 0.0)), shares.pop(SEVERAL, 0.0)
        answered = (sum(shares.values()) + together) or 1.0
        several = Shares(which_several.likely(features)) if which_several else None
        return Estimate(Shares(shares), several, together / answered, left_open)

    def _left_open(self, likely: float) -> float:
        """Return how likely a question is left open, where many of the examples are left open a little less.

        How many are among the examples says little of how many are among the questions that people ask (Saerens,
        Latinne and Decaestecker, Adjusting the outputs of a classifier to new a priori probabilities, Neural
        Computation 14(1), 2002). Half of the log odds of the examples are put right: all of them answered too much.
        """
        model, _ = self._classifiers
        among_examples = float(model.frequency[model.outcomes.index(OPEN)]) if OPEN in model.outcomes else 0.0
        if not 0.0 < among_examples < 1.0:
            return likely
        left_open = likely * sqrt(USUALLY_OPEN / among_examples)
        return left_open / (left_open + (1.0 - likely) * sqrt((1.0 - USUALLY_OPEN) / (1.0 - among_examples)))

    @cached_property
    def _classifiers(self) -> tuple[Classifier, Classifier | None]:
        """Which claim is asked for, or SEVERAL, or OPEN; and which where they are several, if there are examples."""
        one, *several = map(self.trainer.classifier, filter(None, self.examples()))
        return one, several[0] if several else None

    def examples(self) -> tuple[Examples, Examples]:
        """Return what is learnt from: which claim is asked for, and which where they are several."""
        outcomes = self._written.outcomes.items()
        several = {text: claims for text, claims in outcomes if len(claims) > 1}
        one = ((text, frozenset({SEVERAL}) if text in several else claims) for text, claims in outcomes)
        return examples_of(one), examples_of(several.items())
