"""From a question to its answer.

Each seminar is asked by itself (seminar_answerer.py), so that its answer is the same whatever else is loaded; what they
say is put together (joining.py) and phrased (phrasing.py).
"""

from __future__ import annotations

import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from math import log

from kg.answering.answer import Answer, VerdictReason
from kg.answering.finding.finder import FoundClaim
from kg.answering.joining import agreed, joined, meant
from kg.answering.link.lexicon import Meaning
from kg.answering.link.references import References
from kg.answering.nearby.core import Core
from kg.answering.nearby.nearest import closest, nearest
from kg.answering.nearby.refusal import Reasons
from kg.answering.nearby.related import RelatedQuestions
from kg.answering.phrasing import Phrasing
from kg.answering.seminar_answerer import Finding, SeminarAnswerer
from kg.answering.verdict.decision import Decision
from kg.answering.verdict.rules import Judgement
from kg.english.asking.follow_up import Named
from kg.english.asking.help import READ_ON, asks_for_help, asks_for_source, how_to_ask, what_it_rests_on
from kg.english.telling.refusals import GIVES_NO_REASON
from kg.english.telling.verdicts import is_near, near_lead, why_near
from kg.english.words import LIGHT_STEMS, stems
from kg.graph.apart import Apart
from kg.graph.catalogue import Catalogue
from kg.graph.export import all_triples
from kg.graph.records import Claim, Passage
from kg.sparql.query_text import of_seminar, union_of

LONGEST_QUESTION = 500
#: From how many of the closest claims questions nearby are made, and how much of the question each has at least.
CLOSEST, LEAST_NEAR = 5, 0.15
#: How many seminars are asked; of a library with more, those whose claims have most of the question's words.
MOST_ASKED = 12


class AskError(ValueError):
    """A question that cannot be read; the message says why in one sentence."""


class Answerer:
    """Answers questions over the seminars of one catalogue.

    What each seminar needs for that is made when it is first asked.
    """

    def __init__(self, catalogue: Catalogue):
        self._catalogue = catalogue
        self._seminars = {each.slug: each for each in catalogue.seminars()}
        self._slugs = {each.iri: each.slug for each in catalogue.concepts()}
        self._slugs |= {each.iri: each.slug for each in catalogue.agents()}
        self._phrasing = Phrasing(catalogue)
        self._made: dict[str, SeminarAnswerer] = {}
        self._making = threading.Lock()
        self._related = RelatedQuestions(catalogue, self._answering)

    def prepare(self) -> None:
        """Read and learn now what the first questions would have to wait for."""
        for slug in self._asked("Who said what?"):
            self.of(slug).prepare()
        self._answer("Who said what?")

    def ask(self, question: str, after: str | None = None) -> Answer:
        """Return the answer to a question; see kg.library.Library.ask."""
        text = _checked(question)
        if after is not None:
            text = self._references.in_full(text, _checked(after, "question before"))
        return self._helping(text) or self._answer(text)

    def answers(self, question: str) -> bool:
        """Whether a question of our own is answered."""
        return bool(self._answering(question))

    def candidates(self, question: str, most: int) -> list[tuple[FoundClaim, ...]]:
        """Return for each seminar asked that has no wordings the likeliest claims, at most so many, and why."""
        found = (self.of(slug).candidates(_checked(question)) for slug in self._asked(question))
        return [each.candidates[:most] for each in found if each is not None]

    def of(self, seminar: str) -> SeminarAnswerer:
        """Return what answers questions over one seminar, by its slug; "" stands for the only one, or none."""
        with self._making:
            if seminar not in self._made:
                self._made[seminar] = SeminarAnswerer(self._catalogue_of(seminar), self._slugs)
            return self._made[seminar]

    def _catalogue_of(self, seminar: str) -> Catalogue:
        return Catalogue(self._apart.data_of(self._seminars[seminar].iri)) if seminar else self._catalogue

    @cached_property
    def _apart(self) -> Apart:
        data = self._catalogue.data
        parts: dict[str, list[str]] = {each.iri: [] for each in self._seminars.values()}
        for claim in self._catalogue.claims():
            parts[self._seminars[claim.seminar].iri].append(claim.iri)
        for ordered in self._catalogue.ordered_lists():
            if ordered.seminar:
                parts[self._seminars[ordered.seminar].iri].append(ordered.iri)
        return Apart(data, all_triples(data), parts)

    # ── Which seminars are asked, and what they say ──

    @property
    def _is_single(self) -> bool:
        """Whether there is but one seminar, so that nothing has to be told apart."""
        return len(self._seminars) < 2

    def _asked(self, text: str) -> list[str]:
        """Return the slugs of the seminars that a question is put to."""
        if self._is_single:
            return [""]
        slugs = list(self._seminars)
        if len(slugs) <= MOST_ASKED:
            return slugs
        words = set(stems(text)) - LIGHT_STEMS
        having = Counter(word for slug in slugs for word in words & self._words[slug])
        telling = {word: log(1 + len(slugs) / times) for word, times in having.items()}
        scores = {slug: sum(telling[word] for word in words & self._words[slug]) for slug in slugs}
        return sorted(slugs, key=lambda slug: -scores[slug])[:MOST_ASKED]

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        """For each seminar the stems that its claims and quotations have."""
        found: dict[str, set[str]] = {slug: set() for slug in self._seminars}
        for claim in self._catalogue.claims():
            for text in claim.texts:
                found[claim.seminar].update(stems(text))
        return found

    def _answer(self, text: str) -> Answer:
        all_found = {slug: self.of(slug).find(text) for slug in self._asked(text)}
        found = joined(all_found)
        if not found:
            return self._open(text, all_found)
        best = next(iter(found.values()))
        assert best.reading is not None
        sparql = self._sparql(found)
        claims = tuple(self._catalogue.claims_by_iri(self._claims(found)))
        decision, counted = _agreed_decision(found.values()), agreed(each.counted for each in found.values())
        lead = self._phrasing.decided(decision) if decision else None
        phrased = self._phrasing.phrased(text, best, claims, counted=counted, lead=lead)
        slugs = dict.fromkeys(claim.seminar for claim in claims)
        return Answer(
            question=text,
            answered=True,
            verdict=decision.verdict if decision else None,
            answer=phrased.answer,
            claims=claims,
            passages=_passages(claims),
            template=best.reading.template.name,
            sparql=sparql,
            version=self._catalogue.version,
            related=self._near_by(text, self._cores(found), claims, answered=True),
            linked=best.linked,
            seminars=tuple(self._seminars[slug] for slug in slugs),
            outcome="said",
            lead=phrased.lead,
            points=phrased.points,
            compared=phrased.compared,
            verdict_because=_because(decision.best, decision.rule) if decision else None,
        )

    def _helping(self, text: str) -> Answer | None:
        """Return what helps somebody who asks about the answers themselves, or None. No claim answers that."""
        if not (asks_for_help(text) or asks_for_source(text)):
            return None
        related = self._near_by(text, (), (), answered=False)
        documents = [(each.document.title, each.document.publisher, each.start) for each in self._seminars.values()]
        said = how_to_ask(related) if asks_for_help(text) else what_it_rests_on(documents)
        more = "" if asks_for_help(text) else f" {READ_ON}"
        return Answer(text, False, said + more, self._catalogue.version, related, lead=said)

    def _open(self, text: str, found: Mapping[str, Finding]) -> Answer:
        """Return the answer to a question that nobody answers outright: why, and what is near to it."""
        near = [
            each
            for finding in meant(found).values()
            if finding.decision and not finding.reading
            for each in finding.decision.judgements
            if is_near(each.rule)
        ]
        if not near and (unreasoned := next((each.unreasoned for each in found.values() if each.unreasoned), None)):
            lead = self._phrasing.without_reason(unreasoned, several=len(found) > 1)
            return self.refusal(text, found, lead=lead, among=[unreasoned.iri], why=lambda _: GIVES_NO_REASON)
        if not near:
            return self.refusal(text, found)
        whys = {each.comparison.claim.iri: why_near(each.rule, each.differs) for each in reversed(near)}
        among = dict.fromkeys(each.comparison.claim.iri for each in near)
        lead = near_lead(near[0].rule, near[0].differs)
        answer = self.refusal(text, found, lead=lead, among=among, why=lambda claim: whys[claim.iri])
        return replace(answer, verdict_because=_because(near[0], near[0].rule))

    def _claims(self, found: Mapping[str, Finding]) -> Iterable[str]:
        """Return the IRIs of the claims of an answer."""
        if self._is_single:
            return [iri for each in found.values() if each.reading for iri in each.reading.claims]
        return [row["claim"] for row in self._catalogue.rows(self._sparql(found))]

    def refusal(
        self,
        text: str,
        found: Mapping[str, Finding],
        *,
        lead: str = "",
        among: Iterable[str] | None = None,
        why: Callable[[Claim], str | None] = lambda claim: None,
    ) -> Answer:
        """Return the answer to a question that nobody answers outright.

        Arguments:
            text: the question.
            found: what each seminar that was asked has to it.
            lead: the sentence that says why it is not answered; without it that is found out.
            among: the IRIs of claims that are near to it; without them those are that have enough of its words.
            why: why a claim is near, as a sentence; None where the words that it has tell that.
        """
        about = meant(found)
        cores = self._cores(about)
        near = nearest(self._catalogue, cores, among=among, why=why)
        claims = tuple(each.claim for each in near)
        seminars = [self._seminars[slug] for slug in about if slug] or list(self._seminars.values())
        said = lead or Reasons(self._catalogue, seminars, cores).sentence()
        return Answer(
            question=text,
            answered=False,
            answer=said,
            version=self._catalogue.version,
            related=self._near_by(text, cores, claims, answered=False),
            seminars=tuple(self._seminars[slug] for slug in dict.fromkeys(claim.seminar for claim in claims)),
            outcome="near" if near else "not-said",
            lead=said,
            nearest=near,
        )

    def _sparql(self, found: Mapping[str, Finding]) -> str:
        """Return the query that finds the claims of an answer, each seminar's by its own reading."""
        queries = [
            of_seminar(each.reading.sparql, self._seminars[slug].iri) if slug else each.reading.sparql
            for slug, each in found.items()
            if each.reading is not None
        ]
        return union_of(queries) if len(queries) > 1 else queries[0]

    # ── A question that leans on the one before ──

    @cached_property
    def _references(self) -> References:
        people = {agent.slug: agent.name for agent in self._catalogue.agents() if agent.kind == "person"}
        return References(self._named_in, self._said, self._is_whole, people, LONGEST_QUESTION)

    def _said(self, text: str) -> tuple[Claim, ...]:
        """Return the claims that answer a question. Nothing is kept of it."""
        return self._answer(text).claims

    def _named_in(self, text: str) -> list[Named]:
        """Return what a question names, of words inside others only the longer."""
        found: dict[tuple[int, int], set[Meaning]] = {}
        for slug in self._asked(text):
            question = self.of(slug).match(text).question
            for mention in question.mentions:
                if mention.meaning.kind in ("concept", "agent"):
                    found.setdefault(question.span(mention), set()).add(mention.meaning)
        return [
            Named(
                *span,
                any(each.kind == "agent" for each in meant),
                frozenset(self._slugs.get(each.iri, "") for each in meant),
            )
            for span, meant in found.items()
            if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in found)
        ]

    def _is_whole(self, text: str) -> bool:
        """Whether a question is one of the seminar itself, or of any other form, without the one before."""
        readings = (self.of(slug).find(text).reading for slug in self._asked(text))
        return any(reading is not None and reading.whole for reading in readings)

    # ── Questions nearby ──

    def _cores(self, found: Mapping[str, Finding]) -> list[Core]:
        """Return what a question asks about, as each of some seminars has it."""
        return [self.of(slug).core(each.match) for slug, each in found.items()]

    def _near_by(self, text: str, cores: Sequence[Core], claims: Sequence[Claim], *, answered: bool) -> tuple[str, ...]:
        """Return questions near to one that was asked, and to the claims that answer it or are near to it."""
        weights = {stem: weight for each in cores for stem, weight in each.stems.items()}
        near = [each.claim for each in closest(self._catalogue, cores, most=CLOSEST) if each.share >= LEAST_NEAR]
        iris = frozenset(claim.iri for claim in claims) if answered else frozenset()
        return self._related.near(text, weights, list(dict.fromkeys((*claims, *near))), iris)

    def _answering(self, question: str) -> frozenset[str]:
        """Return the IRIs of the claims that answer one of our own questions; none where it is not answered."""
        found = joined({slug: self.of(slug).find(question) for slug in self._asked(question)})
        return frozenset(self._claims(found)) if found else frozenset()


def _agreed_decision(found: Iterable[Finding]) -> Decision | None:
    """Return what several seminars say to a question for yes or no: the best one's verdict, unless they disagree."""
    decisions = [each.decision for each in found if each.decision and each.decision.judgements]
    if len({each.verdict for each in decisions} - {None}) > 1:
        return Decision(None, tuple(judgement for each in decisions for judgement in each.judgements))
    return next((each for each in decisions if each.verdict), decisions[0] if decisions else None)


def _because(judgement: Judgement, rule: str) -> VerdictReason:
    """Return why a question for yes or no has its verdict or none, by a rule and the judgement that counts most."""
    claim, p = judgement.comparison.claim, judgement.comparison.proposition
    arrow = f"{p.subject_label} {p.phrase} {p.object_label}"
    return VerdictReason(rule, claim.iri, arrow, judgement.differs)


def _checked(question: str, called: str = "question") -> str:
    """Return a question as composed Unicode on one line; raise AskError when it is empty, too long or not text."""
    text = unicodedata.normalize("NFC", question)
    if not text.strip():
        raise AskError(f"The {called} is empty: type a question in plain words.")
    if len(text) > LONGEST_QUESTION:
        raise AskError(f"The {called} is too long: use at most {LONGEST_QUESTION} characters.")
    if any(unicodedata.category(each) in ("Cc", "Cs") and each not in "\t\n\r" for each in text):
        raise AskError(f"The {called} has control characters in it: type it in plain words.")
    return " ".join(text.split())


def _passages(claims: Sequence[Claim]) -> tuple[Passage, ...]:
    """Return the passages of claims in the source's order, each once."""
    found = {passage.iri: passage for claim in claims for passage in claim.passages}
    return tuple(sorted(found.values(), key=lambda passage: (passage.seminar, passage.position, passage.iri)))
