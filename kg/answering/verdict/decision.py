"""Which claims decide a question for yes or no, and how, among all claims of one seminar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

from kg.answering.link.evidence import Evidence
from kg.answering.link.lexicon import Lexicon
from kg.answering.link.linker import LinkedQuestion
from kg.answering.link.matches import Match, Matcher
from kg.answering.speaker import Speaker, Speakers
from kg.answering.verdict.asked import Asked, read_asked
from kg.answering.verdict.comparison import Comparison, compared
from kg.answering.verdict.rules import Judgement, judged, judged_as_found
from kg.english.synonyms import english_synonyms
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim

#: How many claims are compared, those first that have most of the question.
MOST_COMPARED = 30
#: How much farther from the question than the nearest claim another may be and still have a say.
ABOUT_AS_NEAR = 0.1


#: Rules of a claim that gives way to another which says the same and decides.
YIELDING = ("one opinion", "another speaker", "nobody named")


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
        lexicon: what names its things.
        speakers: what finds whose words a question is about.
    """

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon, speakers: Speakers):
        self._claims = {claim.iri: claim for claim in catalogue.claims()}
        self._speakers = speakers
        self._holders = _holders(catalogue.claims())
        # How people ask for a claim is no evidence of what it says.
        self._evidence = Evidence(catalogue, lexicon, {})
        self._matcher = Matcher(self._evidence, english_synonyms())

    def decide(self, question: LinkedQuestion) -> Decision:
        """Return what the claims that are just what a question asks about say to it; no judgements without any."""
        match = self._matcher.match(question)
        decisions = [self._decision(each) for each in self._readings(match)]
        return max(decisions, key=_fits, default=Decision(None, ()))

    def decide_on(self, question: LinkedQuestion, claims: Sequence[Claim]) -> Decision:
        """Return what claims say that a question was found to ask for, though it has other words than they have."""
        match = self._matcher.match(question)
        asked = self._readings(match)[0]
        found = [judged_as_found(each) for claim in claims for each in self._compared(asked, claim)]
        found = sorted((each for each in found if each), key=lambda each: -each.comparison.touches)
        return Decision(found[0].verdict, tuple(found[:1]), asked.speaker) if found else Decision(None, ())

    def near(self, question: LinkedQuestion) -> list[Judgement]:
        """Return what claims that are not just what a question asks about lack of it, nearest first."""
        match = self._matcher.match(question)
        return sorted(self._judged(self._readings(match)[0]), key=lambda each: each.comparison.distance)

    def _readings(self, match: Match) -> list[Asked]:
        """Return the ways to read a question: as one about somebody's words, and as it stands."""
        question = match.question
        whole = read_asked(match, None, (0, len(question.text)))
        speakers = self._speakers.asked(question)
        return [read_asked(match, speakers[0], speakers[0].said), whole] if speakers else [whole]

    def _compared(self, asked: Asked, claim: Claim) -> list[Comparison]:
        return compared(asked, claim, self._holders)

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
        near = [each for each in fitting if each.comparison.distance <= nearest]
        deciding = [each for each in near if each.verdict and each.rule != "another speaker"]
        deciding = deciding or [each for each in near if each.verdict]
        if len({each.verdict for each in deciding}) > 1:
            return Decision(None, tuple(deciding), asked.speaker)
        best = near[0]
        if deciding and (best.rule in YIELDING or deciding[0].comparison.strays <= best.comparison.strays):
            best = deciding[0]
        alike = [each for each in near if (each.verdict, each.rule) == (best.verdict, best.rule)]
        return Decision(best.verdict, (best, *(each for each in alike if each is not best)), asked.speaker)


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
