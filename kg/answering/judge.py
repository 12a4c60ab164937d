"""Yes or no, learnt from questions of which it is known.

Curators write beside a claim questions that it answers with yes and with no (`sk:answersYes`, `sk:answersNo`). From
these it is learnt which words agree with a claim and which gainsay it. A negation turns a question round, and with
it what each of its words tells: so the words of such a question count against what they would else count for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from kg.answering.asked import Asked
from kg.answering.differences import ahead_of, amounts_differ, numbers_differ
from kg.answering.features import Features
from kg.answering.learnt import Example, Learnt
from kg.answering.polarity import asserted, is_negator
from kg.answering.teacher import Teacher
from kg.answering.words import Word, read
from kg.catalogue import Catalogue
from kg.records import Claim

YES, NO = "yes", "no"
HALF = 0.5
#: How much a difference in number or amount counts, and that a question is turned round: as a word said so often.
EMPHASIS = 5


class Judge:
    """Tells yes from no for the claims of one catalogue."""

    def __init__(self, catalogue: Catalogue, asked: Asked, teacher: Teacher):
        self._catalogue, self._asked, self._teacher = catalogue, asked, teacher

    def knows(self, claim: Claim) -> bool:
        """Whether there are questions from which it could be learnt what the claim answers with yes, and with no."""
        return all(claim.iri in self._asked.judged[outcome] for outcome in (YES, NO))

    def prepare(self) -> None:
        """Learn now, if there is anything to learn from."""
        if any(map(self.knows, self._catalogue.claims())):
            _ = self._learnt

    def verdict(self, text: str, words: Sequence[Word], claim: Claim) -> str:
        """Return "yes" or "no", whichever a claim is likelier to answer a question with.

        Arguments:
            text: the question.
            words: its words in order, misspelt ones corrected.
            claim: one that the judge knows.
        """
        return YES if self._learnt.likely(self._features(text, words, claim))[YES] > HALF else NO

    @cached_property
    def _learnt(self) -> Learnt:
        claims = {claim.iri: claim for claim in self._catalogue.claims()}
        examples = [
            (text, iri, claims[iri].text, outcome)
            for outcome in (YES, NO)
            for iri, texts in self._asked.judged[outcome].items()
            for text in texts
        ]

        def made(example: tuple[str, str, str, str]) -> Example:
            text, iri, _, outcome = example
            return self._features(text, read(text), claims[iri]), frozenset({outcome})

        return self._teacher.taught(examples, made, neighbourly=False)

    def _features(self, text: str, words: Sequence[Word], claim: Claim) -> Features:
        """Return what tells yes from no: what the question asserts, by itself and for this claim, as it stands and
        turned round as often as the question is.
        """
        said = asserted(text, words)
        sign = -1 if said.negations % 2 else 1
        found: Counter[str] = Counter(
            {"question": 1, "turned": sign * EMPHASIS, f"turned {claim.iri}": sign * EMPHASIS}
        )
        plain = [word for word in said.words if not is_negator(word)]
        for feature, times in self._teacher.features(plain, asking=False).items():
            found[feature] = found[f"{claim.iri} {feature}"] = times
            found[f"turned {feature}"] = found[f"turned {claim.iri} {feature}"] = sign * times
        for word in said.rejected:
            found[f"rejected {word.stem}"] = found[f"rejected {claim.iri} {word.stem}"] = sign
        for word in said.words:
            if is_negator(word):
                found[f"negator {word.text}"] = 1
        for difference in _differences([word.text for word in said.words], claim):
            found[difference] = EMPHASIS
            found[f"turned {difference}"] = sign * EMPHASIS
        return found


def _differences(words: Sequence[str], claim: Claim) -> Iterator[str]:
    if numbers_differ(words, claim, None):
        yield "another number"
    if amounts_differ(words, claim):
        yield "another amount"
    if ahead_of(words, claim):
        yield "not so far"
