"""Estimates learnt from how people ask: which claims a question asks for, and yes or no.

From the wordings of a catalogue, the examples of the templates, and what the claims say themselves, it is learnt how
likely a new question asks for each claim, for several, or for none; and from questions for yes or no of which the
verdict is known, which of the two a claim answers another with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import sqrt

from kg.answering.estimates import Estimate, Estimator, Shares
from kg.answering.learn.classifier import Classifier, Example
from kg.answering.learn.features import Features
from kg.answering.learn.training import Trainer
from kg.answering.learn.wordings import OPEN, Wordings
from kg.answering.link.lexicon import Lexicon
from kg.english.synonyms import english_synonyms
from kg.english.words import Word, read
from kg.english.yes_no import ahead_of, amounts_differ, asserted, is_negator, numbers_differ
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim

#: The outcome of a question that takes several claims.
SEVERAL = "several"
#: The share of questions that is left open, of those that people ask.
USUALLY_OPEN = 1 / 6
YES, NO = "yes", "no"
HALF = 0.5
#: How much a difference in number or amount counts, and that a question is negated: as a word said so often.
EMPHASIS = 5


class LearnedEstimator(Estimator):
    """Estimates for the questions of one catalogue.

    Arguments:
        catalogue: whose claims and wordings are learnt from.
        lexicon: what names the things of the catalogue.
    """

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon):
        self._catalogue = catalogue
        self._written = Wordings(catalogue)
        self._trainer = Trainer(lexicon, english_synonyms())

    @property
    def wordings(self) -> Mapping[str, Sequence[str]]:
        """See `Estimator`."""
        return self._written.asking

    def prepare(self) -> None:
        """Learn now what would else be learnt when it is first needed."""
        if self.wordings:
            _ = self._one, self._several
        if any(map(self.knows, self._catalogue.claims())):
            _ = self._verdicts

    # ── What is asked for ──

    def estimate(self, words: Sequence[Word]) -> Estimate | None:
        """Return what a question asks for by its words, misspelt ones corrected; None where there are no wordings."""
        if not self.wordings:
            return None
        features = self._trainer.features(words)
        shares = self._one.likely(features)
        left_open, together = self._left_open(shares.pop(OPEN, 0.0)), shares.pop(SEVERAL, 0.0)
        answered = (sum(shares.values()) + together) or 1.0
        several = Shares(self._several.likely(features)) if self._several else None
        return Estimate(Shares(shares), several, together / answered, left_open)

    def _left_open(self, likely: float) -> float:
        """Return how likely a question is left open, where many of the examples are left open a little less.

        How many are among the examples says little of how many are among the questions that people ask (Saerens,
        Latinne and Decaestecker, Adjusting the outputs of a classifier to new a priori probabilities, Neural
        Computation 14(1), 2002). Half of the log odds of the examples are put right: all of them answered too much.
        """
        model = self._one
        among_examples = float(model.frequency[model.outcomes.index(OPEN)]) if OPEN in model.outcomes else 0.0
        if not 0.0 < among_examples < 1.0:
            return likely
        left_open = likely * sqrt(USUALLY_OPEN / among_examples)
        return left_open / (left_open + (1.0 - likely) * sqrt((1.0 - USUALLY_OPEN) / (1.0 - among_examples)))

    @cached_property
    def _one(self) -> Classifier:
        """Which claim is asked for, or SEVERAL, or OPEN."""
        outcomes = self._written.outcomes.items()
        return self._trainer.of_texts(
            (text, claims if len(claims) == 1 else frozenset({SEVERAL})) for text, claims in outcomes
        )

    @cached_property
    def _several(self) -> Classifier | None:
        """Which claims are asked for where they are several; None where there are no examples."""
        several = [(text, claims) for text, claims in self._written.outcomes.items() if len(claims) > 1]
        return self._trainer.of_texts(several) if several else None

    # ── Yes or no ──

    def knows(self, claim: Claim) -> bool:
        """Whether there are questions from which it is learnt what the claim answers with yes, and with no."""
        return all(claim.iri in self._written.by_verdict[verdict] for verdict in (YES, NO))

    def verdict(self, question: str, words: Sequence[Word], claim: Claim) -> str | None:
        """Return "yes" or "no", whichever a claim is likelier to answer a question with; None for an unknown claim."""
        if not self.knows(claim):
            return None
        return YES if self._verdicts.likely(self.verdict_features(question, words, claim))[YES] > HALF else NO

    @cached_property
    def _verdicts(self) -> Classifier:
        claims = {claim.iri: claim for claim in self._catalogue.claims()}
        examples = [
            (text, iri, claims[iri].text, verdict)
            for verdict in (YES, NO)
            for iri, texts in self._written.by_verdict[verdict].items()
            for text in texts
        ]

        def made(example: tuple[str, str, str, str]) -> Example:
            text, iri, _, verdict = example
            return self.verdict_features(text, read(text), claims[iri]), frozenset({verdict})

        return self._trainer.trained(examples, made, with_neighbours=False)

    def verdict_features(self, question: str, words: Sequence[Word], claim: Claim) -> Features:
        """Return what tells yes from no: what the question asserts, by itself and for this claim, each as it stands and
        with the sign that the question's negations give it.
        """
        said = asserted(question, words)
        sign = -1 if said.negations % 2 else 1
        found: Counter[str] = Counter(
            {"question": 1, "turned": sign * EMPHASIS, f"turned {claim.iri}": sign * EMPHASIS}
        )
        plain = [word for word in said.words if not is_negator(word)]
        for feature, times in self._trainer.features(plain, asking=False).items():
            found[feature] = found[f"{claim.iri} {feature}"] = times
            found[f"turned {feature}"] = found[f"turned {claim.iri} {feature}"] = sign * times
        for word in said.rejected:
            found[f"rejected {word.stem}"] = found[f"rejected {claim.iri} {word.stem}"] = sign
        for word in said.words:
            if is_negator(word):
                found[f"negator {word.text}"] = 1
        for difference in _differences([word.text for word in said.words], claim.text):
            found[difference] = EMPHASIS
            found[f"turned {difference}"] = sign * EMPHASIS
        return found


def _differences(words: Sequence[str], claim: str) -> Iterator[str]:
    if numbers_differ(words, claim, None):
        yield "another number"
    if amounts_differ(words, claim):
        yield "another amount"
    if ahead_of(words, claim):
        yield "not so far"
