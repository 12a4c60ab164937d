"""What one seminar says to a question, by itself: no other seminar bears on it, whatever else is loaded.

The words of the question are linked to things and matched to claims (kg/answering/link). Where it could be learnt how
people ask (`SeminarAnswerer.estimator`, estimates.py), candidate readings are made and scored (reading.py), and one or
none is chosen (choice.py, silence.py). Where not, a form of question that is asked for surely is answered by its
template, and any other with the claims that the finder finds, unless too much speaks against it (finding/). A question
for yes or no gets its verdict (verdict/).
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.answering.answer import LinkedWords, linked_words
from kg.answering.choice import Chooser
from kg.answering.estimates import Estimator
from kg.answering.finding.encoder import installed_encoder
from kg.answering.finding.finder import Finder, Found, Tables
from kg.answering.finding.scoring import DOUBTFUL
from kg.answering.learn.estimator import LearnedEstimator
from kg.answering.link.evidence import Evidence
from kg.answering.link.lexicon import Lexicon
from kg.answering.link.linker import link
from kg.answering.link.matches import Match, Matcher
from kg.answering.link.speller import Speller
from kg.answering.nearby.core import Core, core_of, voices_of
from kg.answering.reading import Reader, Reading
from kg.answering.silence import lacks_value, restates, says_because, tells_why, unsaid_topic
from kg.answering.speaker import Scope, Speakers
from kg.answering.verdict.decision import Decision, Judge
from kg.english.asking.asked_for import asks_for_one_thing, asks_for_order, asks_for_unsaid, asks_why, topic_span
from kg.english.asking.yes_no import asks_whether_mentioned, is_yes_no, offers_alternatives
from kg.english.synonyms import english_synonyms
from kg.english.telling.verdicts import is_near
from kg.english.words import stems
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim
from kg.questions.templates import read_templates

#: From what likelihood on a claim is asked for without doubt, and how likely the question may at most be left open.
CERTAIN, LEFT_OPEN = 0.6, 0.2


@dataclass(frozen=True)
class Finding:
    """What a seminar says to a question; without a `reading` nothing.

    `counted` is how many things the reading counts, if it counts any; `decision` is what the seminar says to a question
    for yes or no, which without a reading is what is near to it; `linked` says how the question's words were read.
    `named` are the places of the words that name a person or an organisation of the seminar. `scope` tells whose words
    were asked for, where those of somebody in particular were. `unreasoned` is the claim of what the question asks the
    reason of, where none is given.
    """

    match: Match
    reading: Reading | None = None
    counted: int | None = None
    decision: Decision | None = None
    linked: tuple[LinkedWords, ...] = ()
    named: frozenset[int] = frozenset()
    scope: Scope | None = None
    unreasoned: Claim | None = None


class SeminarAnswerer:
    """Finds what answers questions in one catalogue, of which it reads all claims when it is made.

    Arguments:
        catalogue: the records of the seminar.
        slugs: for the IRIs of concepts and agents their slugs in the whole library.
    """

    def __init__(self, catalogue: Catalogue, slugs: Mapping[str, str]):
        self._catalogue, self._slugs = catalogue, slugs
        self._lexicon = Lexicon(catalogue)
        #: What estimates what questions ask for. All that is learnt comes in here; `Estimator()` does without.
        self.estimator: Estimator = LearnedEstimator(catalogue, self._lexicon)
        self._evidence = Evidence(catalogue, self._lexicon, self.estimator.wordings)
        self._speller = Speller(self._evidence)
        self._matcher = Matcher(self._evidence, english_synonyms())
        self._reader = Reader(catalogue, self._evidence, read_templates())
        self._agents = {agent.iri: agent for agent in catalogue.agents()}
        self._speakers = Speakers(catalogue)
        self._chooser = Chooser(catalogue)
        self._unlearnt = frozenset(claim.iri for claim in catalogue.claims()) - self.estimator.wordings.keys()
        self._judge = Judge(catalogue, self._speakers, lambda question: self._own_words[0].match(question))

    def prepare(self) -> None:
        """Learn and compute now what the first question would have to wait for; what else it reads, it reads once."""
        self.estimator.prepare()
        if not self.estimator.wordings:
            self.finder.prepare()

    def match(self, text: str) -> Match:
        """Return a question with what its words name, as they match claims."""
        return self._matcher.match(link(text, self._lexicon, self._speller))

    def core(self, match: Match) -> Core:
        """Return what a question asks about, as the claims have it by what they say themselves."""
        matcher, known = self._own_words
        speakers = self._speakers.asked(match.question)
        agents = {agent.slug: agent for agent in self._agents.values()}
        voices = voices_of(speakers, agents, self._catalogue.claims()) if speakers else ()
        return core_of(matcher.match(match.question), known, speakers, voices)

    @cached_property
    def _own_words(self) -> tuple[Matcher, frozenset[str]]:
        """What matches questions to claims by what these say and are about alone; and all their stems, and of names."""
        evidence = Evidence(self._catalogue, self._lexicon, {}, credits=False)
        names = [name for agent in self._agents.values() for name in (agent.name, *agent.other_names)]
        known = {stem for name in names for stem in stems(name)}
        known |= {stem for speaking in evidence.stems.values() for stem in speaking}
        return Matcher(evidence, english_synonyms()), frozenset(known)

    def find(self, text: str) -> Finding:
        """Return what the seminar says to a question."""
        match = self.match(text)
        reading = self._reader.of_form(match) if asks_whether_mentioned(text) else None
        decision, scope = None, None
        if reading is None and is_yes_no(text):
            reading, decision = self._decided(match)
        if reading is None and (not decision or (not decision.verdict and offers_alternatives(text))):
            decision = None
            scope = self._speakers.scope(match.question)
            reading = self._chosen(match, scope)
        unreasoned = None
        if asks_why(text):
            reading, unreasoned = self._reasoned(match, reading, scope)
        if reading is None:
            return Finding(match, decision=decision, named=self._named(match), scope=scope, unreasoned=unreasoned)
        if self._tells_in_full(text, reading):
            reading = self._reader.in_full(reading, scope)
        counted = self._counted(reading)
        theirs = dict.fromkeys(scope.agents, scope.claims) if scope else {}
        claims_of: dict[str, Container[str]] = {**self._evidence.claims_of, **theirs}
        linked = linked_words(match.question, reading, self._lexicon, claims_of, self._slugs)
        return Finding(match, reading, counted, decision, linked, self._named(match), scope)

    def _decided(self, match: Match) -> tuple[Reading | None, Decision]:
        """Return the reading that finds the claims which decide a question for yes or no, and what they decide.

        Where no claim is just what is asked about, the one counts that is asked for without doubt.
        """
        decision = self._judge.decide(match.question)
        if not decision.judgements and (claim := self._without_doubt(match)):
            decision = self._judge.decide_on(match.question, [claim])
        if decision.judgements and not decision.verdict and is_near(decision.rule):
            return None, decision
        arrows = [
            self._evidence.arrows_at[c.claim.iri][c.proposition.position]
            for c in (each.comparison for each in decision.judgements)
            if c.proposition.position in self._evidence.arrows_at.get(c.claim.iri, ())
        ]
        # Who said it is told with claims of theirs, and that it was another with the claims of that other.
        is_theirs = (
            decision.judgements and decision.verdict and decision.rule not in ("another speaker", "another tone")
        )
        scope = self._speakers.scope(match.question) if is_theirs else None
        return self._reader.of_arrows(match, arrows, scope) if arrows else None, decision

    def _reasoned(
        self, match: Match, reading: Reading | None, scope: Scope | None
    ) -> tuple[Reading | None, Claim | None]:
        """Return a reading that gives the reason asked for; without one the claim of what has none, if it is claimed.

        A reading that says something else than what the question has is left as it is.
        """
        core = self.core(match)
        read = self._catalogue.claims_by_iri(reading.claims) if reading else []
        if any(tells_why(core, claim) for claim in read) or (read and not any(restates(core, each) for each in read)):
            return reading, None
        if reading and self._tells_in_full(match.question.text, reading):
            full = self._reader.in_full(reading, scope)
            if any(map(says_because, self._catalogue.claims_by_iri(full.claims))):
                return full, None
        within = (claim for claim in self._catalogue.claims() if scope is None or claim.iri in scope.claims)
        stated = read or sorted(within, key=lambda claim: -core.share(claim.iri))
        return None, next((claim for claim in stated if restates(core, claim)), None)

    def _without_doubt(self, match: Match) -> Claim | None:
        """Return the claim that a question is as good as certain to ask for, as learnt from how people ask."""
        estimate = self.estimator.estimate(match.question.words)
        if estimate is None or estimate.left_open > LEFT_OPEN:
            return None
        claim = estimate.one.closest[0]
        return self._catalogue.claims_by_iri([claim])[0] if estimate.mass((claim,)) >= CERTAIN else None

    def _named(self, match: Match) -> frozenset[int]:
        """Return the places of the words that name somebody who has a name."""
        agents = {iri for iri, agent in self._agents.items() if agent.kind != "unnamed"}
        meant = ((mention, mention.meaning) for mention in match.question.mentions)
        mentions = [mention for mention, meaning in meant if meaning.kind == "agent" and meaning.iri in agents]
        return frozenset().union(*(mention.places for mention in mentions))

    def _chosen(self, match: Match, scope: Scope | None) -> Reading | None:
        """Return the reading that answers a question, or None.

        Where it was learnt how people ask, that tells; of claims for which there was nothing to learn from, and where
        there was nothing at all, the finder does.
        """
        if (scope and scope.is_of_silent) or asks_for_unsaid(match.question.text):
            return None
        if topic_span(match.question.text) and unsaid_topic(self.core(match)):
            return None
        if scope and scope.is_whole(match):
            whole = self._reader.whole(match, scope)
            return whole if whole and self._chooser.is_of_kind(match.question, whole) else None
        estimate = self.estimator.estimate(match.question.words)
        if estimate is None:
            return self._found(match, scope)
        readings = self._reader.readings(match, estimate, scope)
        reading = self._chooser.choose(match.question, readings, estimate)
        if reading:
            claims = self._catalogue.claims_by_iri(reading.claims)
            if lacks_value(self.core(match), reading.template.gives, claims):
                return None
            return self._reader.narrowed(reading, match, estimate, scope)
        if not self._unlearnt:
            return None
        found = self._found(match, scope)
        return found if found and self._unlearnt.issuperset(found.claims) else None

    @cached_property
    def finder(self) -> Finder:
        """What finds the claims that answer a question, where it could not be learnt how people ask for them."""
        return Finder(self._catalogue, self._lexicon, installed_encoder())

    def tables(self, text: str) -> Tables:
        """Return what the finder knows of a question."""
        match = self.match(text)
        return self.finder.tables(match, self.core(match), self._speakers.scope(match.question))

    def candidates(self, text: str) -> Found | None:
        """Return the claims that the finder holds likely for a question, and why; None where wordings tell instead."""
        if self.estimator.wordings or is_yes_no(text):
            return None
        match = self.match(text)
        return self.finder.find(match, self.core(match), self._speakers.scope(match.question))

    def _found(self, match: Match, scope: Scope | None) -> Reading | None:
        """Return the reading by a form that is asked for surely, or by claims found; None where those are doubtful."""
        core = self.core(match)
        found = self.finder.find(match, core, scope)
        likely = {each.claim.iri: each.likely for each in found.candidates}
        form = self._chooser.form(match.question, self._reader.readings(match, None, scope), likely, scope)
        if form is not None:
            return form
        if not found.claims or found.doubt > DOUBTFUL or core.is_elsewhere:
            return None
        ordered = self._list_of(match.question.text, found.near)
        whole_list = self._reader.of_list(match, ordered) if ordered and not scope else None
        return whole_list or self._reader.of_claims(match, [claim.iri for claim in found.claims], scope)

    def _list_of(self, question: str, claims: Sequence[Claim]) -> str | None:
        """Return the IRI of the numbered list of which a question asks for more than one item, or for the order."""
        slugs = [claim.slug for claim in claims]
        for each in self._catalogue.ordered_lists():
            items = {slug for item in each.items for slug in item.claims}
            having = sum(slug in items for slug in slugs)
            if having and (asks_for_order(question) or (having > 1 and len(slugs) - having <= 1)):
                return each.iri
        return None

    def _tells_in_full(self, text: str, reading: Reading) -> bool:
        """Whether an answer says all that its statement claims: one statement, and not just who, when or yes or no."""
        claims = self._catalogue.claims_by_iri(reading.claims)
        statements = {(claim.seminar, passage.id) for claim in claims for passage in claim.passages}
        short = reading.template.say in ("plain", "concept", "definition")
        return len(statements) == 1 and short and not asks_for_one_thing(text)

    def _counted(self, reading: Reading) -> int | None:
        """Return how many things a reading counts, or None where it counts nothing."""
        return int(self._catalogue.rows(reading.sparql)[0]["count"]) if reading.template.say == "count" else None
