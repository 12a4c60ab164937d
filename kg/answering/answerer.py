"""From a question to its answer: link, read, choose, check, say."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property

from kg.answering.answer import Answer, linked_words
from kg.answering.choice import Chooser
from kg.answering.learn.training import Teacher
from kg.answering.learn.wordings import Asked
from kg.answering.link.evidence import Evidence
from kg.answering.link.lexicon import Lexicon
from kg.answering.link.linking import LinkedQuestion, link
from kg.answering.link.matching import Match, Matcher, unaccounted
from kg.answering.link.spelling import Speller
from kg.answering.reading import Reader, Reading
from kg.answering.verdict import Grounds, Judge, is_yes_no, verdict
from kg.english.asked_for import asks_for_one_thing, explanation
from kg.english.numbers import number_words
from kg.english.sentences import sentence, verdict_lead
from kg.english.synonyms import english_synonyms
from kg.graph.catalogue import Catalogue
from kg.graph.names import inside_sentence
from kg.graph.records import Claim, Passage
from kg.questions.templates import examples, read_templates

LONGEST_QUESTION = 500
MOST_RELATED = 3


class AskError(ValueError):
    """A question that cannot be read; the message says why in one sentence."""


class Asker:
    """Answers questions over one catalogue."""

    def __init__(self, catalogue: Catalogue):
        self._catalogue = catalogue
        self._tried: dict[str, frozenset[str]] = {}

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(self._catalogue)

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(self._catalogue, self._lexicon, self._asked.wordings)

    @cached_property
    def _teacher(self) -> Teacher:
        return Teacher(self._lexicon, english_synonyms())

    @cached_property
    def _asked(self) -> Asked:
        return Asked(self._catalogue, self._teacher)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self._catalogue, self._asked, self._teacher)

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._evidence)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._catalogue, self._evidence, read_templates())

    @cached_property
    def _chooser(self) -> Chooser:
        return Chooser(self._catalogue)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._evidence, english_synonyms())

    def prepare(self) -> None:
        """Read and learn now what the first question would have to wait for."""
        self._answer("Who said what?", with_related=False)
        self._judge.prepare()

    def ask(self, question: str) -> Answer:
        """Return the answer to a question; see kg.library.Library.ask."""
        text = " ".join(_checked(question).split())
        return self._answer(text, with_related=True)

    def _answer(self, text: str, *, with_related: bool) -> Answer:
        linked, match = self._matched(text)
        likely = self._asked.likely(linked.words)
        reading = self._chooser.choose(linked, self._reader.readings(linked, match, likely), likely)
        if reading is None and likely and self._asked.unasked:
            reading = self._chooser.choose(linked, self._of_the_unasked(linked, match), None)
        if reading is None:
            unknown = unaccounted(linked, match)
            related = self._related(linked, ()) if with_related else ()
            return Answer(
                text, False, None, explanation(text, unknown), (), (), None, None, self._catalogue.version, related
            )
        return self._told(linked, match, reading, with_related=with_related)

    def _told(self, linked: LinkedQuestion, match: Match, reading: Reading, *, with_related: bool) -> Answer:
        """Return the answer by a reading."""
        text = linked.text
        if self._tells_in_full(text, reading):
            reading = self._reader.in_full(reading)
        claims = tuple(self._catalogue.claims_by_iri(reading.claims))
        said = self._verdict(linked, match, reading, claims)
        related = self._related(linked, claims) if with_related else ()
        return Answer(
            question=text,
            answered=True,
            verdict=said,
            answer=self._say(reading, claims, said, is_yes_no(text)),
            claims=claims,
            passages=_passages(claims),
            template=reading.template.name,
            sparql=reading.sparql,
            version=self._catalogue.version,
            related=related,
            linked=linked_words(linked, reading, self._lexicon, self._evidence.claims_of),
        )

    def _tells_in_full(self, text: str, reading: Reading) -> bool:
        """Whether an answer says all that its statement claims: one statement, and not just who, when or yes or no."""
        claims = self._catalogue.claims_by_iri(reading.claims)
        statements = {(claim.seminar, passage.id) for claim in claims for passage in claim.passages}
        return len(statements) == 1 and reading.template.say == "plain" and not asks_for_one_thing(text)

    def _of_the_unasked(self, linked: LinkedQuestion, match: Match) -> list[Reading]:
        """Return the readings by words alone that find claims of which nothing was learnt."""
        readings = self._reader.readings(linked, match, None)
        return [reading for reading in readings if self._asked.unasked.issuperset(reading.claims)]

    def _matched(self, text: str) -> tuple[LinkedQuestion, Match]:
        linked = link(text, self._lexicon, self._speller)
        return linked, self._matcher.match(linked)

    def _verdict(self, linked: LinkedQuestion, match: Match, reading: Reading, claims: Sequence[Claim]) -> str | None:
        if not is_yes_no(linked.text):
            return None
        agents = {agent.iri: agent.slug for agent in self._catalogue.agents()}
        left = unaccounted(linked, match, reading.claims)
        return verdict(Grounds(linked, match, claims, agents, left, self._counted(reading)), self._judge)

    def _counted(self, reading: Reading) -> int | None:
        """Return how many things a reading counts, or None where it counts nothing."""
        return int(self._catalogue.rows(reading.sparql)[0]["count"]) if reading.template.say == "count" else None

    def _say(self, reading: Reading, claims: Sequence[Claim], said: str | None, yes_no: bool) -> str:
        lead = "The seminar settles this neither way." if yes_no and said is None else verdict_lead(said)
        counted = self._counted(reading)
        if counted is not None:
            lead = " ".join(filter(None, (lead, f"{number_words(counted).capitalize()}.")))
        return sentence(claims, lead, listed=reading.template.say in ("list", "count"))

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
        labels = {c.slug: c.label for c in self._catalogue.concepts()}
        names = {agent.slug for agent in self._catalogue.agents() if not agent.name.startswith("The ")}
        slugs = [c.slug for c in self._catalogue.concepts() if c.iri in mentioned]
        slugs += [end for claim in claims for p in claim.propositions for end in (p.object, p.subject)]
        for slug in dict.fromkeys(slugs):
            if slug in labels:
                label = labels[slug] if slug in names else inside_sentence(labels[slug])
                yield f"What was said about {label}?"
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


def _passages(claims: Sequence[Claim]) -> tuple[Passage, ...]:
    """Return the passages of claims in the source's order, each once."""
    found = {passage.iri: passage for claim in claims for passage in claim.passages}
    return tuple(sorted(found.values(), key=lambda passage: (passage.seminar, passage.position, passage.iri)))
