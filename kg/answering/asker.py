"""From a question to its answer: link, read, choose, check, say."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product

from kg.answering.answer import Answer
from kg.answering.ascription import asks_for_words_of_others
from kg.answering.evidence import Evidence
from kg.answering.explaining import linked_words
from kg.answering.lexicon import Lexicon
from kg.answering.linking import LinkedQuestion, link
from kg.answering.matching import Match, Matcher, unaccounted
from kg.answering.parts import splits
from kg.answering.reading import Reader, Reading
from kg.answering.saying import number_word, sentence, verdict_lead
from kg.answering.silence import (
    asks_for_a_record,
    asks_for_one_thing,
    explanation,
    lacks,
    names_nobody,
    only_the_excepted,
)
from kg.answering.spelling import Speller
from kg.answering.synonyms import english_synonyms
from kg.answering.templates import examples, read_templates
from kg.answering.verdict import Grounds, is_duty, is_yes_no, verdict
from kg.catalogue import Catalogue
from kg.names import inside_sentence
from kg.records import Claim, Passage
from kg.vocabulary import local_name

LONGEST_QUESTION = 500
#: The least score of a reading that is an answer, found on the project's own questions (tests/questions).
ENOUGH = 0.95
#: The most weight that may be left over where a date, a place or a number is asked for: about one telling word.
LEFT_OVER = 0.78
LONG = 3
#: Asked whether something should be done, a recommendation is preferred to a reading that scores as little more.
NEARLY_AS_GOOD = 0.3
MOST_RELATED = 3
#: How many readings of each part of a question are tried with those of the other.
TRIED_A_PART = 2


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
        return Evidence(self._catalogue, self._lexicon)

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._evidence)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._catalogue, self._evidence, read_templates())

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._evidence, english_synonyms())

    def ask(self, question: str) -> Answer:
        """Return the answer to a question; see kg.api.Library.ask."""
        text = " ".join(_checked(question).split())
        return self._answer(text, with_related=True)

    def _answer(self, text: str, *, with_related: bool) -> Answer:
        linked, match = self._matched(text)
        reading = self._choose(linked, match)
        if reading is None:
            unknown = unaccounted(linked, match)
            related = self._related(linked, ()) if with_related else ()
            return Answer(
                text, False, None, explanation(text, unknown), (), (), None, None, self._catalogue.version, related
            )
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

    def _choose(self, linked: LinkedQuestion, match: Match) -> Reading | None:
        """Return the best reading that accounts for enough of the question and gives what it asks for."""
        good = [reading for reading in self._readings(linked, match) if reading.score >= ENOUGH]
        fit = (reading for reading in good if self._gives_what_is_asked(linked, reading))
        best = next(fit, None)
        if best and is_duty(linked.text):
            near = (reading for reading in fit if reading.score >= best.score - NEARLY_AS_GOOD)
            return next((reading for reading in (best, *near) if self._recommends(reading)), best)
        return best

    def _gives_what_is_asked(self, linked: LinkedQuestion, reading: Reading) -> bool:
        """Whether the claims of a reading are of the kind that a question asks for (kg/answering/silence.py)."""
        claims = self._catalogue.claims_by_iri(reading.claims)
        if lacks(linked.text, reading.template.gives, claims) or self._excepted(linked, claims):
            return False
        yes_no = is_yes_no(linked.text)
        if not yes_no and (self._asks_others(linked, claims) or self._names_nobody(linked, claims)):
            return False
        # Asked for a date, the date of the seminar is no answer where the date of something else is asked for.
        # A long list is no answer where it leaves over a telling word.
        strict = asks_for_a_record(linked.text) or (reading.template.say == "list" and len(claims) > LONG)
        return not strict or reading.left <= LEFT_OVER

    def _recommends(self, reading: Reading) -> bool:
        return any(claim.stance == "recommends" for claim in self._catalogue.claims_by_iri(reading.claims))

    def _asks_others(self, linked: LinkedQuestion, claims: Sequence[Claim]) -> bool:
        return asks_for_words_of_others(linked, claims, self._catalogue.agents())

    def _names_nobody(self, linked: LinkedQuestion, claims: Sequence[Claim]) -> bool:
        return names_nobody(linked.text, claims, {slug for _, slug in _named(linked)})

    def _excepted(self, linked: LinkedQuestion, claims: Sequence[Claim]) -> bool:
        return only_the_excepted(linked.text, claims, _named(linked))

    def _tells_in_full(self, text: str, reading: Reading) -> bool:
        """Whether an answer says all that its statement claims: one statement, and not just who, when or yes or no."""
        claims = self._catalogue.claims_by_iri(reading.claims)
        statements = {(claim.seminar, passage.id) for claim in claims for passage in claim.passages}
        return len(statements) == 1 and reading.template.say == "plain" and not asks_for_one_thing(text)

    def _readings(self, linked: LinkedQuestion, match: Match) -> list[Reading]:
        """Return the readings of a question, as a whole and in two parts, best first."""
        found = self._reader.readings(linked, match)
        for parts in splits(linked.text):
            halves = [self._good(self._reader.readings(*self._matched(part))) for part in parts]
            for one, other in product(*halves):
                together = self._reader.together(linked, match, one, other)
                if together:
                    found.append(together)
        return sorted(found, key=lambda reading: (-reading.score, len(reading.claims), reading.sparql))

    @staticmethod
    def _good(readings: Sequence[Reading]) -> list[Reading]:
        """Return the few best readings of a part of a question that would do as an answer to it."""
        return [reading for reading in readings[:TRIED_A_PART] if reading.score >= ENOUGH]

    def _matched(self, text: str) -> tuple[LinkedQuestion, Match]:
        linked = link(text, self._lexicon, self._speller)
        return linked, self._matcher.match(linked)

    def _verdict(
        self, linked: LinkedQuestion, match: Match, reading: Reading, claims: Sequence[Claim]
    ) -> str | None:
        if not is_yes_no(linked.text):
            return None
        agents = {agent.iri: agent.slug for agent in self._catalogue.agents()}
        return verdict(Grounds(linked, match, claims, agents, unaccounted(linked, match, reading.claims)))

    def _say(self, reading: Reading, claims: Sequence[Claim], said: str | None, yes_no: bool) -> str:
        lead = "The seminar settles this neither way." if yes_no and said is None else verdict_lead(said)
        if reading.template.say == "count":
            lead = f"{number_word(int(self._catalogue.rows(reading.sparql)[0]['count']))}."
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


def _named(linked: LinkedQuestion) -> list[tuple[int, str]]:
    """Return what a question names: the place in the text and the slug, in order."""
    return sorted((linked.words[m.first].start, local_name(m.meaning.iri)) for m in linked.mentions)


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
