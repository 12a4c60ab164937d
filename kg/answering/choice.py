"""Which reading of a question is its answer, and whether any is: what is not in the claims is not answered.

Where it could be learnt from examples what people ask for (kg/answering/estimates.py), the best reading is the
answer unless too much speaks against it. Where there are no examples, a form of question answers that is asked for
surely: a cue alone may mislead ("compare", "why"), so that its claims have to be those that the finder holds likely
(kg/answering/finding), and of the kind that is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from kg.answering.estimates import Estimate
from kg.answering.link.linker import LinkedQuestion
from kg.answering.reading import Reading
from kg.answering.silence import has_another_number, lacks, names_nobody, only_the_excepted
from kg.answering.speaker import Scope
from kg.english.asking.asked_for import asks_for_a_record, asks_for_reason
from kg.english.asking.yes_no import is_yes_no
from kg.graph.catalogue import Catalogue

#: The least score of a form that is an answer where there are no examples, found on the project's own questions.
ENOUGH = 0.95
#: The most weight that may be left over there where a date, a place or a number is asked for: about one telling word.
LEFT_OVER = 0.78
#: A list of claims so long is no answer there where it leaves over more than that.
LONG = 3
#: What speaks against an answer where there are examples, and how much of it is too much: the log odds that the
#: question is left open, that its claims lack what it asks for, name nobody or only whom it
#: excepts; the weight of each telling word that they leave over; and that it asks for yes or no, since few of the
#: examples that leave something open do. Fitted on the project's own questions (tests/questions).
LEFT_OPEN, LACKING, NOBODY, EXCEPTED, OVER, YES_NO = 1.24, 2.3, 4.4, 3.0, 0.75, 1.9
DOUBTFUL = 1.8
#: The least share of the question's content that the claims have to account for, and the least score.
LEAST_COVERED, LEAST_SCORE = 0.2, 1.1
#: All that a word may stand for is counted only where that is asked for: how far its claims have to agree with that.
LEAST_COUNTED = 0.3

#: How likely the claims of a form have to be asked for together: of one that is about something the question names, of
#: one about the seminar itself, and of one that counts or lists, of which the finder need not see every claim.
AGREED, AGREED_OF_SEMINAR, AGREED_OF_LIST = 0.7, 0.5, 0.1


class Chooser:
    """Chooses among the readings of questions over one catalogue.

    Arguments:
        catalogue: whose claims the readings find.
    """

    def __init__(self, catalogue: Catalogue):
        self._catalogue = catalogue

    def choose(
        self,
        linked: LinkedQuestion,
        readings: Sequence[Reading],
        estimate: Estimate,
    ) -> Reading | None:
        """Return the reading that answers a question, or None.

        Arguments:
            linked: the question.
            readings: its readings, best first.
            estimate: what it asks for, as learnt from examples.
        """
        if readings and readings[0].whole:
            return readings[0]
        best = next(iter(readings), None)
        if best is None or best.covered < LEAST_COVERED or best.score < LEAST_SCORE:
            return None
        if "concepts" in best.template.slots.values() and estimate.agreement(best.claims) < LEAST_COUNTED:
            return None
        return best if self._doubt(linked, best, estimate) <= DOUBTFUL else None

    def form(
        self, linked: LinkedQuestion, readings: Sequence[Reading], likely: Mapping[str, float], scope: Scope | None
    ) -> Reading | None:
        """Return the reading by the form that a question surely is of, or None.

        Arguments:
            linked: the question.
            readings: its readings by forms, best first.
            likely: for claim IRIs how likely the claim is asked for.
            scope: whose words it asks for; None where it asks for nobody's in particular.
        """
        for reading in readings:
            if reading.whole:
                return reading
            agreed = sum(likely.get(claim, 0.0) for claim in reading.claims)
            surely = reading.score >= ENOUGH and agreed >= _least(reading)
            if surely and self._gives_what_is_asked(linked, reading, scope):
                return reading
        return None

    def _doubt(self, linked: LinkedQuestion, reading: Reading, estimate: Estimate) -> float:
        """Return how much speaks against a reading's being the answer."""
        open_share = min(max(estimate.left_open, 1e-4), 1 - 1e-4)
        log_odds = log(open_share / (1 - open_share))
        doubt = LEFT_OPEN * log_odds + OVER * reading.left + self._of_another_kind(linked, reading)
        return doubt + YES_NO * is_yes_no(linked.text)

    def is_of_kind(self, linked: LinkedQuestion, reading: Reading) -> bool:
        """Whether the claims of a reading are of the kind that a question asks for: a number, a reason, a name."""
        return not self._of_another_kind(linked, reading)

    def _of_another_kind(self, linked: LinkedQuestion, reading: Reading) -> float:
        """Return how far the claims of a reading are of another kind than is asked for (kg/answering/silence.py)."""
        claims = self._catalogue.claims_by_iri(reading.claims)
        off = LACKING * lacks(linked.text, reading.template.gives, claims)
        off += LACKING * has_another_number(linked.text, claims)
        off += EXCEPTED * only_the_excepted(linked, claims)
        return off + (0 if is_yes_no(linked.text) else NOBODY * names_nobody(linked, claims))

    def _gives_what_is_asked(self, linked: LinkedQuestion, reading: Reading, scope: Scope | None) -> bool:
        """Whether the claims of a reading are of the kind that a question asks for, and leave little over."""
        if not self.is_of_kind(linked, reading):
            return False
        # Asked for a date, the date of the seminar is no answer where the date of something else is asked for.
        # A long list is no answer where it leaves over a telling word, and whoever asks why somebody said something
        # takes it that they did.
        is_list = reading.template.say in ("list", "compare")
        strict = scope is not None and asks_for_reason(linked.text)
        strict |= asks_for_a_record(linked.text) or (is_list and len(reading.claims) > LONG)
        return not strict or reading.left <= LEFT_OVER


def _least(reading: Reading) -> float:
    """Return how likely the claims of a form have to be asked for."""
    template = reading.template
    if template.say == "count" or (template.gives_list and not template.slots):
        return AGREED_OF_LIST if reading.left else 0.0
    return AGREED if template.slots else AGREED_OF_SEMINAR
