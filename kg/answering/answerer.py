"""From a question to its answer.

The words of the question are linked to things and matched to claims (kg/answering/link); candidate readings are made
and scored (reading.py); one of them or none is chosen (choice.py, silence.py); a question for yes or no gets its
verdict (verdict.py); and the answer is worded (kg/english/sentences.py). What was learnt of how people ask comes in by
`Answerer.estimator` alone (estimates.py).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from kg.answering.answer import Answer, linked_words
from kg.answering.choice import Chooser
from kg.answering.estimates import Estimator
from kg.answering.learn.estimator import LearnedEstimator
from kg.answering.link.evidence import Evidence
from kg.answering.link.lexicon import Lexicon
from kg.answering.link.linker import LinkedQuestion, link
from kg.answering.link.matches import Match, Matcher
from kg.answering.link.speller import Speller
from kg.answering.reading import Reader, Reading
from kg.answering.verdict import Grounds, verdict
from kg.english.asked_for import asked_for, asks_for_one_thing
from kg.english.sentences import Said, credited, explanation, lead, question_about, sentence
from kg.english.synonyms import english_synonyms
from kg.english.yes_no import is_yes_no
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim, Passage
from kg.questions.templates import examples, read_templates

LONGEST_QUESTION = 500
MOST_RELATED = 3


class AskError(ValueError):
    """A question that cannot be read; the message says why in one sentence."""


class Answerer:
    """Answers questions over one catalogue, of which it reads all claims when it is made."""

    def __init__(self, catalogue: Catalogue):
        self._catalogue = catalogue
        self._lexicon = Lexicon(catalogue)
        #: What estimates what questions ask for. All that is learnt comes in here; `Estimator()` does without.
        self.estimator: Estimator = LearnedEstimator(catalogue, self._lexicon)
        self._evidence = Evidence(catalogue, self._lexicon, self.estimator.wordings)
        self._speller = Speller(self._evidence)
        self._matcher = Matcher(self._evidence, english_synonyms())
        self._reader = Reader(catalogue, self._evidence, read_templates())
        self._agents = {agent.iri: agent for agent in catalogue.agents()}
        self._chooser = Chooser(catalogue, self._agents)
        self._unlearnt = frozenset(claim.iri for claim in catalogue.claims()) - self.estimator.wordings.keys()
        self._tried: dict[str, frozenset[str]] = {}

    def prepare(self) -> None:
        """Read and learn now what the first question would have to wait for."""
        self._answer("Who said what?", with_related=False)
        self.estimator.prepare()

    def ask(self, question: str) -> Answer:
        """Return the answer to a question; see kg.library.Library.ask."""
        text = " ".join(_checked(question).split())
        return self._answer(text, with_related=True)

    def match(self, text: str) -> Match:
        """Return a question with what its words name, as they match claims."""
        return self._matcher.match(link(text, self._lexicon, self._speller))

    def _answer(self, text: str, *, with_related: bool) -> Answer:
        match = self.match(text)
        reading = self._chosen(match)
        if reading is None:
            kinds = asked_for(text)
            return Answer(
                question=text,
                answered=False,
                verdict=None,
                answer=explanation(kinds[0].called if kinds else None, match.unaccounted()),
                claims=(),
                passages=(),
                template=None,
                sparql=None,
                version=self._catalogue.version,
                related=self._related(match.question, ()) if with_related else (),
            )
        if self._tells_in_full(text, reading):
            reading = self._reader.in_full(reading)
        claims = tuple(self._catalogue.claims_by_iri(reading.claims))
        counted = self._counted(reading)
        yes_no = is_yes_no(text)
        said = verdict(Grounds(match, claims, self._agents, counted), self.estimator) if yes_no else None
        return Answer(
            question=text,
            answered=True,
            verdict=said,
            answer=sentence(
                [_said(claim) for claim in claims],
                lead(said, counted, yes_no=yes_no),
                listed=reading.template.gives_list,
            ),
            claims=claims,
            passages=_passages(claims),
            template=reading.template.name,
            sparql=reading.sparql,
            version=self._catalogue.version,
            related=self._related(match.question, claims) if with_related else (),
            linked=linked_words(match.question, reading, self._lexicon, self._evidence.claims_of),
        )

    def _chosen(self, match: Match) -> Reading | None:
        """Return the reading that answers a question, or None.

        Where what was learnt brings none, it is read by words alone for claims of which nothing could be learnt.
        """
        estimate = self.estimator.estimate(match.question.words)
        reading = self._chooser.choose(match.question, self._reader.readings(match, estimate), estimate)
        if reading or not estimate or not self._unlearnt:
            return reading
        readings = self._reader.readings(match, None)
        apart = [reading for reading in readings if self._unlearnt.issuperset(reading.claims)]
        return self._chooser.choose(match.question, apart, None)

    def _tells_in_full(self, text: str, reading: Reading) -> bool:
        """Whether an answer says all that its statement claims: one statement, and not just who, when or yes or no."""
        claims = self._catalogue.claims_by_iri(reading.claims)
        statements = {(claim.seminar, passage.id) for claim in claims for passage in claim.passages}
        return len(statements) == 1 and reading.template.say == "plain" and not asks_for_one_thing(text)

    def _counted(self, reading: Reading) -> int | None:
        """Return how many things a reading counts, or None where it counts nothing."""
        return int(self._catalogue.rows(reading.sparql)[0]["count"]) if reading.template.say == "count" else None

    def _related(self, linked: LinkedQuestion, claims: Sequence[Claim]) -> tuple[str, ...]:
        """Return up to three questions nearby, each tried and answered."""
        found: list[str] = []
        for question in self._nearby(linked, claims):
            if question.casefold() != linked.text.casefold() and question not in found:
                nearby = self._answered(question)
                if nearby and nearby != {claim.iri for claim in claims}:
                    found.append(question)
            if len(found) == MOST_RELATED:
                break
        return tuple(found)

    def _answered(self, question: str) -> frozenset[str]:
        """Return the IRIs of the claims that answer one of our own questions; none where it is not answered."""
        if question not in self._tried:
            found = self._answer(question, with_related=False)
            self._tried[question] = frozenset(claim.iri for claim in found.claims)
        return self._tried[question]

    def _nearby(self, linked: LinkedQuestion, claims: Sequence[Claim]) -> Iterator[str]:
        mentioned = {m.meaning.iri for m in linked.mentions if m.meaning.kind == "concept"}
        concepts = {concept.slug: concept for concept in self._catalogue.concepts()}
        slugs = [concept.slug for concept in concepts.values() if concept.iri in mentioned]
        slugs += [end for claim in claims for p in claim.propositions for end in (p.object, p.subject)]
        for slug in dict.fromkeys(slugs):
            if slug in concepts:
                yield question_about(self._catalogue.label_inside(concepts[slug]))
        yield from examples()


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
