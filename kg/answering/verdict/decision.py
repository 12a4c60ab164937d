"""Which claims decide a question for yes or no, and how, among all claims of one seminar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import nlargest

from kg.answering.link.linker import LinkedQuestion
from kg.answering.link.matches import Match
from kg.answering.speaker import Speaker, Speakers
from kg.answering.verdict.arrow import HALF, Event
from kg.answering.verdict.asked import Asked, read_asked
from kg.answering.verdict.comparison import Comparison, compared
from kg.answering.verdict.rules import Judgement, judged, judged_as_found
from kg.english.asking.yes_no import told_end
from kg.english.naming import names_in
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim
from kg.vocabulary import local_name

#: How many claims are compared, those first that have most of the question.
MOST_COMPARED = 30
#: How much farther from the question than the nearest claim another may be and still have a say.
ABOUT_AS_NEAR = 0.15


#: Rules of a claim that gives way to another which says the same and decides.
YIELDING = ("one opinion", "another speaker", "nobody named", "not recommended", "not an aim", "not foretold")


@dataclass(frozen=True)
class Decision:
    """What the claims of a seminar say to a question for yes or no.

    `verdict` is "yes", "no" or None, `judgements` are those that decided it, nearest first: none where no claim is
    what is asked about. `speaker` is whose words it is about.
    """

    verdict: str | None
    judgements: tuple[Judgement, ...]
    speaker: Speaker | None = None

    @property
    def best(self) -> Judgement:
        """The judgement that counts most."""
        return self.judgements[0]

    @property
    def rule(self) -> str:
        """The name of the rule that decided."""
        return "two sides" if len({each.verdict for each in self.judgements}) > 1 else self.best.rule


class Judge:
    """Decides questions for yes or no over the claims of one catalogue.

    Arguments:
        catalogue: the records of the seminar.
        speakers: what finds whose words a question is about.
        matching: returns a question as it matches claims by what these say themselves: how people ask for a claim is no
            evidence of what it says.
    """

    def __init__(self, catalogue: Catalogue, speakers: Speakers, matching: Callable[[LinkedQuestion], Match]):
        self._claims = {claim.iri: claim for claim in catalogue.claims()}
        self._speakers = speakers
        seminars = catalogue.seminars()
        slug = local_name(seminars[0].iri) if seminars else ""
        setting = names_in(seminars[0].document.title) if seminars else frozenset[str]()
        lists = catalogue.ordered_lists()
        is_last = {claim: item is each.items[-1] for each in lists for item in each.items for claim in item.claims}
        self._event = Event(slug, _holders(catalogue.claims()), is_last, setting)
        self._matching = matching

    def decide(self, question: LinkedQuestion) -> Decision:
        """Return what the claims that are just what a question asks about say to it; no judgements without any."""
        match = self._matching(question)
        readings = self._readings(match)
        decisions = [self._decision(readings[0])]
        if len(readings) > 1 and (speaker := readings[0].speaker):
            decisions += [each for each in [self._decision(readings[1])] if _speaks_itself(each, speaker)]
        return max(decisions, key=_fits)

    def decide_on(self, question: LinkedQuestion, claims: Sequence[Claim]) -> Decision:
        """Return what claims say that a question was found to ask for, though it has other words than they have."""
        match = self._matching(question)
        asked = self._readings(match)[0]
        told = [judged_as_found(each) for claim in claims for each in self._compared(asked, claim)]
        found = sorted(filter(None, told), key=lambda each: -each.comparison.touches)
        return Decision(found[0].verdict, tuple(found[:1]), asked.speaker) if found else Decision(None, ())

    def _readings(self, match: Match) -> list[Asked]:
        """Return the ways to read a question: as one about somebody's words, and as it stands."""
        question = match.question
        begins = told_end(question.text)
        anyone = Speaker("", 0, 0, is_anyone=True) if begins else None
        whole = read_asked(match, anyone, (begins, len(question.text)))
        speakers = self._speakers.asked(question)
        said = read_asked(match, speakers[0], speakers[0].said) if speakers else whole
        return [said, whole] if speakers and not begins else [said]

    def _compared(self, asked: Asked, claim: Claim) -> list[Comparison]:
        return compared(asked, claim, self._event)

    def _judged(self, asked: Asked) -> list[Judgement]:
        match = asked.match
        nearest = nlargest(MOST_COMPARED, self._claims, key=lambda iri: match.covered((iri,)))
        return [judged(each) for iri in nearest for each in self._compared(asked, self._claims[iri])]

    def _decision(self, asked: Asked) -> Decision:
        fitting = [each for each in self._judged(asked) if each.fits]
        fitting.sort(key=lambda each: (round(each.comparison.distance, 2), each.verdict is None))
        if not fitting:
            return Decision(None, (), asked.speaker)
        nearest = fitting[0].comparison.distance + ABOUT_AS_NEAR
        near = _most_exact([each for each in fitting if each.comparison.distance <= nearest])
        deciding = [each for each in near if each.verdict and each.rule != "another speaker"]
        deciding = deciding or [each for each in near if each.verdict]
        if len({each.verdict for each in deciding}) > 1:
            return Decision(None, tuple(deciding), asked.speaker)
        best = near[0]
        if deciding and _gives_way(best, deciding[0]):
            best = deciding[0]
        if best.rule == "another value" and best.comparison.ends_named[0] < HALF:
            # "Was the chair from Lancaster?" is about the chair, and not about whoever was from Lancaster.
            own = (each for each in fitting if each.rule == "another value")
            best = next((each for each in own if each.comparison.ends_named[0] >= HALF), best)
        alike = [each for each in near if (each.verdict, each.rule) == (best.verdict, best.rule)]
        same = (each for each in alike if each is not best and _ends(each) == _ends(best))
        return Decision(best.verdict, (best, *same), asked.speaker)


def _most_exact(near: Sequence[Judgement]) -> list[Judgement]:
    """Return judgements without those on an arrow between the same ends of which the question has less than of another.

    Of "cheaper to build than" and "cheaper to run than" the question "is it cheaper to run?" is about the second.
    """
    places = {id(each): each.comparison.relation_places for each in near}
    return [
        each
        for each in near
        if not any(frozenset() < places[id(each)] < places[id(o)] and _ends(each) == _ends(o) for o in near)
    ]


def _gives_way(best: Judgement, deciding: Judgement) -> bool:
    """Whether what is nearest decides nothing and another that does is as much what is asked about."""
    ours, other = best.comparison, deciding.comparison
    if best.rule == "condition" and ours.claim is other.claim:
        return False
    return best.rule in YIELDING or other.strays <= ours.strays


def _ends(judgement: Judgement) -> tuple[str, str]:
    """Return what the arrow that was judged connects."""
    p = judgement.comparison.proposition
    return p.subject, p.object


def _speaks_itself(decision: Decision, speaker: Speaker) -> bool:
    """Whether it is on the claim's own arrow that somebody says or wants something: "Did Wilk doubt that ...?"."""
    if not decision.judgements:
        return False
    c = decision.best.comparison
    words, (first, last) = c.asked.question.words, speaker.said
    own = range(speaker.start, speaker.end)
    places = (words[n] for n in c.relation_places)
    around = {word.stem for word in places if not first <= word.start < last and word.start not in own}
    return bool(around) or speaker.verb in {word.stem for word in c.phrase_words}


def _fits(decision: Decision) -> tuple[bool, bool, float]:
    """How well a reading of a question fits the claims: that of the whole question only where it names who speaks."""
    if not decision.judgements:
        return False, False, 0.0
    c = decision.best.comparison
    whole = decision.speaker is None and c.is_whole and c.ends_named[0] >= 1.0
    return True, whole or decision.speaker is not None, -c.distance


def _holders(claims: Sequence[Claim]) -> dict[str, frozenset[str]]:
    """Return for each kind of part in a seminar ("chair", "performer") the slugs of those who had it."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for p in claim.propositions:
            if p.subject_kind == "thing" and p.object_kind == "agent":
                found[p.relation].add(p.object)
    return {relation: frozenset(slugs) for relation, slugs in found.items()}
