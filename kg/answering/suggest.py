"""Suggestions while a question is being typed: concepts, and questions that this library does answer.

Questions are the examples of the templates, and those made from the data: what was said about each concept, what each
speaker said. Which of them fit the words is looked up; only the few that fit are put to the engine, and what it
answered is remembered. So a large library costs no more at the start than a small one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.answering.answer import Answer
from kg.english.telling.sentences import question_about, question_of_list, question_of_speaker, questions_by_stance
from kg.english.words import LIGHT_STEMS, read, stem, words_of
from kg.graph.catalogue import Catalogue
from kg.graph.name_lookup import inside_sentence
from kg.graph.records import Claim, Concept
from kg.questions.slots import examples
from kg.questions.templates import read_templates

MOST = 8
MOST_CONCEPTS = 3
MOST_WORDS = 20
"""The last words of what was typed are looked at; more of them tell nothing new."""
MOST_TRIED = 12
"""Questions that one look-up may put to the engine, a few milliseconds each."""
ENOUGH = 0.44
"""The least share of the words that carry content which a suggested question must have."""
LIGHT_WEIGHT = 0.2
"""What words such as "what did" weigh beside those that carry content."""
UNKNOWN_WEIGHT = 1.5
"""What a word that no question has takes from the others."""
LAST = 1.5
"""How much more the last word weighs: it is the one that is being typed."""
BEGUN = 0.5
"""What is added where a question begins exactly as typed."""
LONGER = 0.03
"""What is taken off for each word of content: of two questions that fit, the plainer one comes first."""


@dataclass(frozen=True)
class Suggestions:
    """What may be meant: questions, each tried and answered, and concepts; the likeliest first."""

    questions: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()


class Suggester:
    """Suggestions over one catalogue.

    Arguments:
        catalogue: whose concepts and claims questions are made from.
        ask: the engine that answers them, such as `Answerer.ask`.
    """

    def __init__(self, catalogue: Catalogue, ask: Callable[[str], Answer]):
        self._catalogue, self._ask = catalogue, ask
        self._tried: dict[str, bool] = {}

    def suggest(self, typed: str, most: int = MOST) -> Suggestions:
        """Return suggestions for the beginning of a question; none for a text without words.

        Arguments:
            typed: what stands in the search box. Anything but letters and digits only parts words.
            most: of questions and concepts together.
        """
        words = _spelt_out(words_of(typed))[-MOST_WORDS:]
        if not words or most < 1:
            return Suggestions()
        concepts = self._concepts(words)
        room = max(most - min(len(concepts), MOST_CONCEPTS), 0)
        questions = self._questions(words, room)
        return Suggestions(questions, concepts[: min(most - len(questions), max(MOST_CONCEPTS, most // 2))])

    # ── Concepts: the last words that were typed name one ──

    @cached_property
    def _labels(self) -> tuple[tuple[Concept, tuple[str, ...]], ...]:
        """Every label of every concept, in words; preferred labels come before others."""
        concepts = self._catalogue.concepts()
        labels = [(concept, concept.label) for concept in concepts]
        labels += [(c, label) for c in concepts for label in (*c.other_labels, *c.hidden_labels)]
        return tuple((concept, words_of(label)) for concept, label in labels)

    @cached_property
    def _label_index(self) -> WordIndex:
        return WordIndex(words for _, words in self._labels)

    def _concepts(self, words: Sequence[str]) -> tuple[Concept, ...]:
        """Return the concepts that the last words name, a run of more words before one of fewer."""
        telling = [word for word in words if not _light(word)] or list(words)
        scores: dict[int, float] = {}
        matching: dict[int, float] | None = None
        for word in reversed(telling):
            found = self._label_index.found(word)
            matching = found if matching is None else {n: matching[n] + found[n] for n in matching.keys() & found}
            if not matching:
                break
            scores.update(matching)
        ranked = sorted(scores, key=lambda n: (-scores[n], len(self._labels[n][1]), n))
        return tuple({self._labels[n][0].slug: self._labels[n][0] for n in ranked}.values())

    # ── Questions ──

    @cached_property
    def _candidates(self) -> dict[str, frozenset[str] | None]:
        """Questions, and the IRIs of the claims that an answer to each may rest on; None where any will do."""
        offered = dict.fromkeys(examples(self._catalogue, read_templates()), None)
        return offered | {question: claims and _iris(claims) for question, claims in self._made()}

    @cached_property
    def _texts(self) -> tuple[tuple[str, ...], ...]:
        return tuple(map(words_of, self._candidates))

    @cached_property
    def _question_index(self) -> WordIndex:
        return WordIndex(self._texts)

    def _made(self) -> Iterator[tuple[str, list[Claim] | None]]:
        """Yield the questions that the data give rise to, each with the claims that it is about."""
        about: dict[str, list[Claim]] = defaultdict(list)
        said: dict[str, list[Claim]] = defaultdict(list)
        reported: dict[str, list[Claim]] = defaultdict(list)  # in the report of somebody's talk
        for claim in self._catalogue.claims():
            for slug in claim.concepts:
                about[slug].append(claim)
            if claim.attribution.kind in ("named", "debate"):
                for slug in (*claim.attribution.agents, *claim.attribution.reported_from):
                    said[slug].append(claim)
            for slug in claim.attribution.presenters:
                reported[slug].append(claim)
        for ordered in self._catalogue.ordered_lists():
            yield question_of_list(inside_sentence(ordered.name)), None
        labels = {concept.slug: self._catalogue.label_inside(concept) for concept in self._catalogue.concepts()}
        for slug, label in labels.items():
            if about[slug]:
                yield question_about(label), about[slug]
        for slug, label in labels.items():
            for stance, question in questions_by_stance(label):
                fitting = [claim for claim in about[slug] if claim.stance == stance]
                if fitting and len(fitting) < len(about[slug]):
                    yield question, fitting
        for agent in self._catalogue.agents():
            if not said[agent.slug] or "(" in agent.name:  # a description in brackets does not read as a name
                continue
            yield question_of_speaker(agent.name), [*said[agent.slug], *reported[agent.slug]]
            for slug in dict.fromkeys(slug for claim in said[agent.slug] for slug in claim.concepts):
                fitting = [claim for claim in said[agent.slug] if slug in claim.concepts]
                yield question_of_speaker(agent.name, labels[slug]), fitting

    def _questions(self, words: Sequence[str], most: int) -> tuple[str, ...]:
        """Return the best questions with these words that are answered."""
        found: list[str] = []
        tried = 0
        for question in self._ranked(words):
            if len(found) >= most or tried >= MOST_TRIED:
                break
            tried += question not in self._tried
            if self._answered(question):
                found.append(question)
        return tuple(found)

    def _ranked(self, words: Sequence[str]) -> list[str]:
        """Return the questions that have enough of the words, best first."""
        telling = [word for word in words if not _light(word)] or [words[0]]
        content: dict[int, float] = defaultdict(float)
        found = [self._question_index.found(word) for word in telling]
        weights = [self._telling(len(places)) for places in found]
        weights[-1] *= LAST
        for places, weight in zip(found, weights, strict=True):
            for place, closeness in places.items():
                content[place] += closeness * weight / sum(weights)
        light = [word for word in words if _light(word)]
        scores = {}
        for place, share in content.items():
            if share >= ENOUGH:
                text = self._texts[place]
                asides = sum(any(each.startswith(word) for each in text) for word in light) / len(words)
                longer = sum(not _light(word) for word in text)
                scores[place] = share + LIGHT_WEIGHT * asides + BEGUN * _begins(text, words) - LONGER * longer
        questions = tuple(self._candidates)
        return [questions[n] for n in sorted(scores, key=lambda n: (-round(scores[n], 6), n))]

    def _telling(self, questions: int) -> float:
        """Return the weight of a word that this many questions have: the fewer, the more; not much if none has it."""
        return log(1 + len(self._texts) / questions) if questions else UNKNOWN_WEIGHT

    def _answered(self, question: str) -> bool:
        """Whether the engine answers a question, and with the claims that it is about; asked once."""
        if question not in self._tried:
            answer, right = self._ask(question), self._candidates[question]
            self._tried[question] = answer.answered and (right is None or {c.iri for c in answer.claims} <= right)
        return self._tried[question]


def _spelt_out(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words with shorthand written out ("abt": "about"), the last one as it is, since it may go on."""
    finished = (each for word in words[:-1] for each in ([other.text for other in read(word)] or [word]))
    return (*finished, *words[-1:])


def _light(word: str) -> bool:
    return stem(word) in LIGHT_STEMS


def _begins(text: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a text begins with the words, the last of which may not be finished."""
    last = len(words) - 1
    return tuple(text[:last]) == tuple(words[:last]) and any(each.startswith(words[last]) for each in text[last:][:1])


def _iris(claims: Sequence[Claim]) -> frozenset[str]:
    return frozenset(claim.iri for claim in claims)


EXACT, BEGINNING, SLIP = 1.0, 0.9, 0.6


class WordIndex:
    """Texts by their words. A text is known by its place in the order in which the texts were given."""

    def __init__(self, texts: Iterable[Sequence[str]]):
        found: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(texts):
            for word in dict.fromkeys(words):
                found[word].append(place)
        self._places = dict(sorted(found.items()))

    def found(self, word: str) -> dict[int, float]:
        """Return the places of the texts that have a word like `word`, and how close that word is (0 to 1)."""
        begun = [known for known in self._places if known.startswith(word)]
        closest: dict[int, float] = {}
        for known in begun or self._slips(word):
            closeness = EXACT if known == word else BEGINNING if begun else SLIP
            closest |= {place: max(closeness, closest.get(place, 0.0)) for place in self._places[known]}
        return closest

    def _slips(self, word: str) -> list[str]:
        """Return the words that `word` is a slip or two away from, or from whose beginning it is.

        Optimal string alignment distance; as in kg/answering/link/speller.py, the first letter is taken to be right.
        """
        most = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
        known = [each for each in self._places if most and each[0] == word[0]]
        texts = [*known, *(each[: len(word)] for each in known)]
        near = process.extract(word, texts, scorer=OSA.distance, score_cutoff=most, limit=None)
        return [known[place % len(known)] for _, _, place in near]
