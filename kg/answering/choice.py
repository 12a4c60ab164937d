"""Which reading of a question is its answer, and whether any is: what is not in the claims is not answered.

Where it could be learnt from examples what people ask for (kg/answering/learn/wordings.py), the best reading is the
answer unless too much speaks against it. Where there are no examples, the score of a reading has to be high enough, and
its claims have to be of the kind that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import log

from kg.answering.learn.wordings import Likely
from kg.answering.link.linking import LinkedQuestion
from kg.answering.reading import Reading
from kg.answering.verdict import is_duty, is_yes_no
from kg.english.asked_for import asks_for_a_record, lacks, names_nobody, only_the_excepted
from kg.english.words import LIGHT_STEMS, fold, stems
from kg.graph.catalogue import Catalogue
from kg.graph.records import Agent, Claim
from kg.vocabulary import local_name

#: The least score of a reading that is an answer where there are no examples, found on the project's own questions.
ENOUGH = 0.95
#: The most weight that may be left over there where a date, a place or a number is asked for: about one telling word.
LEFT_OVER = 0.78
#: A list of claims so long is no answer there where it leaves over more than that.
LONG = 3
#: Asked whether something should be done, a recommendation is preferred to a reading that scores as little more.
NEARLY_AS_GOOD = 0.3
#: What speaks against an answer where there are examples, and how much of it is too much: the log odds that the
#: question is left open, that its claims lack what it asks for, are another's words, name nobody or only whom it
#: excepts; the weight of each telling word that they leave over; and that it asks for yes or no, since few of the
#: examples that leave something open do. Fitted on the project's own questions (tests/questions).
LEFT_OPEN, LACKING, OTHERS, NOBODY, EXCEPTED, OVER, YES_NO = 1.24, 2.3, 3.5, 4.4, 3.0, 0.75, 1.9
DOUBTFUL = 1.8
#: The least share of the question's content that the claims have to account for, and the least score.
LEAST_COVERED, LEAST_SCORE = 0.2, 1.3
#: All that a word may stand for is counted only where that is asked for: how far its claims have to agree with that.
LEAST_COUNTED = 0.3


class Chooser:
    """Chooses among the readings of questions over one catalogue."""

    def __init__(self, catalogue: Catalogue):
        self._catalogue = catalogue

    def choose(self, linked: LinkedQuestion, readings: Sequence[Reading], likely: Likely | None) -> Reading | None:
        """Return the reading that answers a question, or None.

        Arguments:
            linked: the question.
            readings: its readings, best first.
            likely: what it asks for, as learnt from examples; None where there are none.
        """
        if likely is None:
            good = [reading for reading in readings if reading.score >= ENOUGH]
            fit = [reading for reading in good if self._gives_what_is_asked(linked, reading)]
            return self._recommending(linked, fit)
        best = next(iter(readings), None)
        if best is None or best.covered < LEAST_COVERED or best.score < LEAST_SCORE:
            return None
        if "concepts" in best.template.slots.values() and likely.agreement(best.claims) < LEAST_COUNTED:
            return None
        return best if self._doubt(linked, best, likely) <= DOUBTFUL else None

    def _doubt(self, linked: LinkedQuestion, reading: Reading, likely: Likely) -> float:
        """Return how much speaks against a reading's being the answer."""
        open_share = min(max(likely.left_open, 1e-4), 1 - 1e-4)
        log_odds = log(open_share / (1 - open_share))
        doubt = LEFT_OPEN * log_odds + OVER * reading.left + self._of_another_kind(linked, reading)
        return doubt + YES_NO * is_yes_no(linked.text)

    def _of_another_kind(self, linked: LinkedQuestion, reading: Reading) -> float:
        """Return how far the claims of a reading are of another kind than is asked for (kg/english/asked_for.py)."""
        claims = self._catalogue.claims_by_iri(reading.claims)
        named = _named(linked)
        off = LACKING * lacks(linked.text, reading.template.gives, claims)
        off += EXCEPTED * only_the_excepted(linked.text, claims, named)
        if not is_yes_no(linked.text):
            off += OTHERS * asks_for_words_of_others(linked, claims, self._catalogue.agents())
            off += NOBODY * names_nobody(linked.text, claims, {slug for _, slug in named})
        return off

    def _recommending(self, linked: LinkedQuestion, readings: Sequence[Reading]) -> Reading | None:
        """Return the best reading; asked what should be done, one that recommends where it is nearly as good."""
        best = next(iter(readings), None)
        if best is None or not is_duty(linked.text):
            return best
        near = (reading for reading in readings if reading.score >= best.score - NEARLY_AS_GOOD)
        return next((reading for reading in near if self._recommends(reading)), best)

    def _gives_what_is_asked(self, linked: LinkedQuestion, reading: Reading) -> bool:
        """Whether the claims of a reading are of the kind that a question asks for, and leave little over."""
        if self._of_another_kind(linked, reading):
            return False
        # Asked for a date, the date of the seminar is no answer where the date of something else is asked for.
        # A long list is no answer where it leaves over a telling word.
        strict = asks_for_a_record(linked.text) or (reading.template.say == "list" and len(reading.claims) > LONG)
        return not strict or reading.left <= LEFT_OVER

    def _recommends(self, reading: Reading) -> bool:
        return any(claim.stance == "recommends" for claim in self._catalogue.claims_by_iri(reading.claims))


def _named(linked: LinkedQuestion) -> list[tuple[int, str]]:
    """Return what a question names: the place in the text and the slug, in order."""
    return sorted((linked.words[m.first].start, local_name(m.meaning.iri)) for m in linked.mentions)


_SAYING = (
    r"(?:say|says|said|sed|tell|tells|told|answer\w*|repl(?:y|ies|ied)|respond\w*|argue[sd]?|think|thinks|thought"
    r"|believe[sd]?|suggest\w*|warn\w*|announce[sd]?|promise[sd]?|complain\w*|comment\w*|object\w*|mention\w*|admit\w*"
    r"|call(?:ed)? for|want(?:ed|s)?|ask(?:ed|s)? for|recommend\w*|urge[sd]?|propose[sd]?|claim(?:ed|s)?|remark\w*)"
)
#: "did X say", "X said", "according to X", "X's opinion": X is what stands in the group.
_SUBJECT = r"(?P<who>(?:[\w.'-]+ ){0,4}?[\w.'-]+)"
_ASKS = (
    re.compile(rf"\b(?:did|does|do|would|has|have|had|didnt|doesnt) {_SUBJECT} (?:ever |actually |also )?{_SAYING}\b"),
    re.compile(rf"\baccording to {_SUBJECT}(?=$|[?,.;]| (?:who|what|why|how|when|is|are|should|must|does|do)\b)"),
    re.compile(
        r"\b(?:repl(?:y|ies)|answers?|responses?|opinions?|reactions?|comments?|quot(?:e|ation)s?)"
        rf" (?:of|by|from) {_SUBJECT}\b"
    ),
)
#: Whoever speaks in a seminar, by no name.
_ANYONE = frozenset(
    stem
    for word in (
        "they he she we you it people anyone anybody someone somebody speaker speakers presenter seminar session talk "
        "event presentation source text summary write-up write-ups article page author debate floor audience delegate "
        "delegates there this that professor lecturer paper document report organisers one who"
    ).split()
    for stem in stems(word)
)


def asks_for_words_of_others(question: LinkedQuestion, claims: Sequence[Claim], agents: Iterable[Agent]) -> bool:
    """Whether a question asks for the words of someone to whom none of the claims is credited."""
    folded = fold(question.text)
    asked = [match for pattern in _ASKS for match in pattern.finditer(folded)]
    if not asked:
        return False
    credited = {slug for c in claims for slug in (*c.attribution.agents, *c.attribution.reported_from)}
    by_iri = {agent.iri: agent for agent in agents}
    credits = {stem for claim in claims for stem in stems(claim.attribution.credit)}
    # "Leaders who tell staff that ..." are asked for by what they say.
    telling = [claim for claim in claims if any(p.status == "content" for p in claim.propositions)]
    told = {stem for claim in telling for stem in stems(claim.text.split(" that ")[0])}
    for match in asked:
        first, last = match.span("who")
        spoken = {
            by_iri[mention.meaning.iri].slug
            for mention in question.mentions
            if mention.meaning.iri in by_iri and first <= question.words[mention.first].start < last
        }
        if spoken:
            names = {stem for slug in spoken for stem in _names(by_iri, slug)}
            if not spoken & credited and not names & credits:
                return True
        elif _is_stranger(match.group("who"), credits | told):
            return True
    return False


def _names(by_iri: dict[str, Agent], slug: str) -> set[str]:
    agent = next(each for each in by_iri.values() if each.slug == slug)
    return {stem for name in (agent.name, *agent.other_names) for stem in stems(name) if stem not in LIGHT_STEMS}


def _is_stranger(words: str, credits: set[str]) -> bool:
    """Whether words name somebody who is neither anyone in general nor whom a claim is credited to."""
    telling = [stem for stem in stems(words) if stem not in LIGHT_STEMS]
    return bool(telling) and not any(stem in _ANYONE for stem in stems(words)) and not credits & set(telling)
