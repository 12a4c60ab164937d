"""From a question to its answer.

Each seminar is asked by itself (seminar_answerer.py), so that its answer is the same whatever else is loaded; what they
say is put together (joining.py) and worded (wording.py).
"""

from __future__ import annotations

import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import log

from kg.answering.answer import Answer
from kg.answering.joining import agreed, joined
from kg.answering.seminar_answerer import Finding, SeminarAnswerer
from kg.answering.wording import Wording
from kg.english.asked_for import asked_for
from kg.english.sentences import explanation, question_about
from kg.english.words import LIGHT_STEMS, stems
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
        self._wording = Wording(catalogue)
        self._made: dict[str, SeminarAnswerer] = {}
        self._making = threading.Lock()
        self._tried: dict[str, frozenset[str]] = {}

    def prepare(self) -> None:
        """Read and learn now what the first questions would have to wait for."""
        for slug in self._asked("Who said what?"):
            self.of(slug).prepare()

    def ask(self, question: str) -> Answer:
        """Return the answer to a question; see kg.library.Library.ask."""
        text = " ".join(_checked(question).split())
        return self._answer(text, with_related=True)

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

    def _answer(self, text: str, *, with_related: bool, lead: str | None = None) -> Answer:
        """Return the answer to a question that begins with a given sentence, or with one that is made for it."""
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
        worded = self._wording.worded(text, best, claims, verdict=verdict, counted=counted, lead=lead)
        slugs = dict.fromkeys(claim.seminar for claim in claims)
        return Answer(
            question=text,
            answered=True,
            verdict=verdict,
            answer=worded.answer,
            claims=claims,
            passages=_passages(claims),
            template=best.reading.template.name,
            sparql=sparql,
            version=self._catalogue.version,
            related=self._related(text, found.values(), claims) if with_related else (),
            linked=best.linked,
            seminars=tuple(self._seminars[slug] for slug in slugs),
            outcome="said",
            lead=worded.lead,
            points=worded.points,
            compared=worded.compared,
        )

    def _no_answer(self, text: str, found: Sequence[Finding], *, with_related: bool) -> Answer:
        kinds = asked_for(text)
        unknown = [word for word in found[0].match.unaccounted() if all(word in e.match.unaccounted() for e in found)]
        lead = explanation(kinds[0].called if kinds else None, unknown)
        return Answer(
            question=text,
            answered=False,
            verdict=None,
            answer=lead,
            lead=lead,
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


def _checked(question: str) -> str:
    """Return the question as composed Unicode; raise AskError when it is empty, too long or not text."""
    text = unicodedata.normalize("NFC", question)
    if not text.strip():
        raise AskError("The question is empty: type a question in plain words.")
    if len(text) > LONGEST_QUESTION:
        raise AskError(f"The question is too long: use at most {LONGEST_QUESTION} characters.")
    if any(unicodedata.category(each) in ("Cc", "Cs") and each not in "\t\n\r" for each in text):
        raise AskError("The question has control characters in it: type it in plain words.")
    return text


def _passages(claims: Sequence[Claim]) -> tuple[Passage, ...]:
    """Return the passages of claims in the source's order, each once."""
    found = {passage.iri: passage for claim in claims for passage in claim.passages}
    return tuple(sorted(found.values(), key=lambda passage: (passage.seminar, passage.position, passage.iri)))
