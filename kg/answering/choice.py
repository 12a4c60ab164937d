"""Which form of question is asked for surely, so that its template answers it rather than claims found.

A cue alone may mislead ("compare", "why"): the claims of a form have to be those that the finder holds likely, and of
the kind that is asked for. A question that is nothing but a form is always answered by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.answering.link.linker import LinkedQuestion
from kg.answering.reading import Reading
from kg.answering.silence import lacks, names_nobody, only_the_excepted
from kg.answering.speaker import Scope
from kg.english.asking.asked_for import asks_for_a_record, asks_for_reason
from kg.english.asking.yes_no import is_yes_no
from kg.graph.catalogue import Catalogue
from kg.questions.templates import QuestionTemplate

#: The least score of a reading that is an answer, found on the project's own questions.
ENOUGH = 0.95
#: The most weight that may be left over where a date, a place or a number is asked for: about one telling word.
LEFT_OVER = 0.78
#: A list of claims so long is no answer where it leaves over more than that.
LONG = 3
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
        self, linked: LinkedQuestion, readings: Sequence[Reading], likely: Mapping[str, float], scope: Scope | None
    ) -> Reading | None:
        """Return the reading by the form that a question surely is of, or None.

        Arguments:
            linked: the question.
            readings: its readings, best first.
            likely: for claim IRIs how likely the claim is asked for.
            scope: whose words it asks for; None where it asks for nobody's in particular.
        """
        for reading in readings:
            if reading.whole:
                return reading
            agreed = sum(likely.get(claim, 0.0) for claim in reading.claims)
            if reading.score >= ENOUGH and agreed >= _least(reading.template) and self._gives_what_is_asked(linked, reading, scope):
                return reading
        return None

    def is_of_kind(self, linked: LinkedQuestion, reading: Reading) -> bool:
        """Whether the claims of a reading are of the kind that a question asks for: a number, a reason, a name."""
        claims = self._catalogue.claims_by_iri(reading.claims)
        off = lacks(linked.text, reading.template.gives, claims) or only_the_excepted(linked, claims)
        return not off and (is_yes_no(linked.text) or not names_nobody(linked, claims))

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


def _least(template: QuestionTemplate) -> float:
    """Return how likely the claims of a form have to be asked for."""
    if template.say == "count" or (template.gives_list and not template.slots):
        return AGREED_OF_LIST
    return AGREED if template.slots else AGREED_OF_SEMINAR
