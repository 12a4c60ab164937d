"""From a question to its answer.

Each seminar is asked by itself (seminar_answerer.py), so that its answer is the same whatever else is loaded; what they
say is put together (joining.py) and worded (kg/english/sentences.py).
"""

from __future__ import annotations

import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from math import log

from kg.answering.answer import Answer
from kg.answering.joining import agreed, joined
from kg.answering.link.lexicon import Meaning
from kg.answering.link.references import References
from kg.answering.seminar_answerer import Finding, SeminarAnswerer
from kg.english.asked_for import asked_for
from kg.english.asking.follow_up import Named
from kg.english.asking.help import READ_ON, asks_for_help, asks_for_source, how_to_ask, what_it_rests_on
from kg.english.dates import month
from kg.english.sentences import Said, at_seminar, credited, explanation, lead, question_about, sentence
from kg.english.words import LIGHT_STEMS, stems
from kg.english.yes_no import is_yes_no
from kg.graph.apart import Apart
from kg.graph.catalogue import Catalogue
from kg.graph.export import all_triples
from kg.graph.records import Claim, Passage
from kg.questions.slots import examples
from kg.questions.templates import read_templates
from kg.sparql.query_text import of_seminar, union_of

LONGEST_QUESTION = 500
MOST_RELATED = 3
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
        self._made: dict[str, SeminarAnswerer] = {}
        self._making = threading.Lock()
        self._tried: dict[str, frozenset[str]] = {}

    def prepare(self) -> None:
        """Read and learn now what the first questions would have to wait for."""
        for slug in self._asked("Who said what?"):
            self.of(slug).prepare()

    def ask(self, question: str, after: str | None = None) -> Answer:
        """Return the answer to a question; see kg.library.Library.ask."""
        text = _checked(question)
        if after is not None:
            text = self._references.in_full(text, _checked(after, "question before"))
        return self._helping(text) or self._answer(text, with_related=True)

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
            for text in (claim.text, *(passage.quote for passage in claim.passages)):
                found[claim.seminar].update(stems(text))
        return found

    def _answer(self, text: str, *, with_related: bool) -> Answer:
        all_found = {slug: self.of(slug).find(text) for slug in self._asked(text)}
        found = joined(all_found)
        if not found:
            return self._no_answer(text, tuple(all_found.values()), with_related=with_related)
        best = next(iter(found.values()))
        assert best.reading is not None
        sparql = self._sparql(found)
        iris = best.reading.claims if self._is_single else [row["claim"] for row in self._catalogue.rows(sparql)]
        claims = tuple(self._catalogue.claims_by_iri(iris))
        verdict, counted = agreed(each.verdict for each in found.values()), agreed(e.counted for e in found.values())
        slugs = dict.fromkeys(claim.seminar for claim in claims)
        return Answer(
            question=text,
            answered=True,
            verdict=verdict,
            answer=self._sentence(
                claims, lead(verdict, counted, yes_no=is_yes_no(text)), listed=best.reading.template.gives_list
            ),
            claims=claims,
            passages=_passages(claims),
            template=best.reading.template.name,
            sparql=sparql,
            version=self._catalogue.version,
            related=self._related(text, found.values(), claims) if with_related else (),
            linked=best.linked,
            seminars=tuple(self._seminars[slug] for slug in slugs),
            outcome="said",
        )

    def _helping(self, text: str) -> Answer | None:
        """Return what helps somebody who asks about the answers themselves, or None. No claim answers that."""
        if not (asks_for_help(text) or asks_for_source(text)):
            return None
        related = self._related(text, (), ())
        documents = [(each.document.title, each.document.publisher, each.start) for each in self._seminars.values()]
        said = how_to_ask(related) if asks_for_help(text) else what_it_rests_on(documents)
        more = "" if asks_for_help(text) else f" {READ_ON}"
        return Answer(
            question=text,
            answered=False,
            verdict=None,
            answer=said + more,
            claims=(),
            passages=(),
            template=None,
            sparql=None,
            version=self._catalogue.version,
            related=related,
            lead=said,
        )

    def _no_answer(self, text: str, found: Sequence[Finding], *, with_related: bool) -> Answer:
        kinds = asked_for(text)
        unknown = [word for word in found[0].match.unaccounted() if all(word in e.match.unaccounted() for e in found)]
        return Answer(
            question=text,
            answered=False,
            verdict=None,
            answer=explanation(kinds[0].called if kinds else None, unknown),
            claims=(),
            passages=(),
            template=None,
            sparql=None,
            version=self._catalogue.version,
            related=self._related(text, found, ()) if with_related else (),
        )

    def _sparql(self, found: Mapping[str, Finding]) -> str:
        """Return the query that finds the claims of an answer, each seminar's by its own reading."""
        queries = [
            of_seminar(each.reading.sparql, self._seminars[slug].iri) if slug else each.reading.sparql
            for slug, each in found.items()
            if each.reading is not None
        ]
        return union_of(queries) if len(queries) > 1 else queries[0]

    def _sentence(self, claims: Sequence[Claim], begins: str, *, listed: bool) -> str:
        """Return claims as readable text, which names their seminars where they are of several."""
        groups = [(slug, list(group)) for slug, group in groupby(claims, key=lambda claim: claim.seminar)]
        if len(groups) == 1:
            return sentence([_said(claim) for claim in claims], begins, listed=listed)
        parts = [begins] if begins else []
        for slug, group in groups:
            seminar = self._seminars[slug]
            said = sentence([_said(claim) for claim in group], listed=listed)
            parts.append(at_seminar(seminar.document.title, month(seminar.start), said))
        return " ".join(parts)

    # ── A question that leans on the one before ──

    @cached_property
    def _references(self) -> References:
        people = {agent.slug: agent.name for agent in self._catalogue.agents() if agent.kind == "person"}
        return References(self._named_in, self._said, self._is_whole, people, LONGEST_QUESTION)

    def _said(self, text: str) -> tuple[Claim, ...]:
        """Return the claims that answer a question. Nothing is kept of it."""
        return self._answer(text, with_related=False).claims

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

    def _related(self, text: str, found: Iterable[Finding], claims: Sequence[Claim]) -> tuple[str, ...]:
        """Return up to three questions nearby, each tried and answered."""
        related: list[str] = []
        for question in self._nearby(found, claims):
            if question.casefold() != text.casefold() and question not in related:
                nearby = self._answered(question)
                if nearby and nearby != {claim.iri for claim in claims}:
                    related.append(question)
            if len(related) == MOST_RELATED:
                break
        return tuple(related)

    def _answered(self, question: str) -> frozenset[str]:
        """Return the IRIs of the claims that answer one of our own questions; none where it is not answered."""
        if question not in self._tried:
            answer = self._answer(question, with_related=False)
            self._tried[question] = frozenset(claim.iri for claim in answer.claims)
        return self._tried[question]

    def _nearby(self, found: Iterable[Finding], claims: Sequence[Claim]) -> Iterator[str]:
        mentions = (mention for each in found for mention in each.match.question.mentions)
        mentioned = {mention.meaning.iri for mention in mentions if mention.meaning.kind == "concept"}
        concepts = {concept.slug: concept for concept in self._catalogue.concepts()}
        slugs = [concept.slug for concept in concepts.values() if concept.iri in mentioned]
        slugs += [end for claim in claims for p in claim.propositions for end in (p.object, p.subject)]
        for slug in dict.fromkeys(slugs):
            if slug in concepts:
                yield question_about(self._catalogue.label_inside(concepts[slug]))
        yield from examples(self._catalogue, (each for each in read_templates() if each.suggested))


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


def _said(claim: Claim) -> Said:
    """Return a claim as the sentence of an answer needs it."""
    about = claim.attribution
    written = about.kind in ("presentation", "write-up")
    credit = credited(about.credit, claim.stance, written=written, nobody=about.nobody)
    return Said(credit, claim.text, tuple(passage.quote for passage in claim.passages))


def _passages(claims: Sequence[Claim]) -> tuple[Passage, ...]:
    """Return the passages of claims in the source's order, each once."""
    found = {passage.iri: passage for claim in claims for passage in claim.passages}
    return tuple(sorted(found.values(), key=lambda passage: (passage.seminar, passage.position, passage.iri)))
