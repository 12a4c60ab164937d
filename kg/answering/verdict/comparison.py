"""How a proposition that is asked about compares with one that a claim makes.

The claim has to have what is asked (`lacking`), and the question has to have what the claim's arrow says
(`left_out`); the ends of the arrow have to stand the same way round; and what tells of negation, opposites, numbers,
amounts, degree, time, mood and condition is compared by itself, because one such word turns what is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.answering.link.linker import Mention
from kg.answering.verdict.asked import Asked
from kg.english import modality, yes_no
from kg.english.numbers import NUMBERS
from kg.english.times_asked import same_time
from kg.english.words import LIGHT_STEMS, Word, read
from kg.graph.records import Claim, Proposition

#: From what strength on a word of the question counts as had by a claim: its own word or label, or one of a ring.
HAD = 0.6
HALF = 0.5
#: Words that a seminar is called by.
EVENT = frozenset("seminar session talk event debate meeting conference presentation it this they".split())
TIMES = ("startDate", "endDate")
ALIKE, MOST_LEFT_OUT, MOST_STRAYS, WHOLE_SENTENCE = 0.1, 0.4, 0.55, 0.2
_CONDITION = re.compile(r"\b(?:if|unless|provided|as long as)\b\s*([^,.;:]*)", re.IGNORECASE)
#: What is inserted in words on an arrow: ", if its time is not protected,".
_INSERTED = re.compile(r", (?:if|unless|when) [^,]*,")
_FORMS_OF_BE = frozenset("is are was were be been being get gets got".split())


@dataclass(frozen=True)
class Comparison:
    """A question for yes or no beside one proposition of a claim.

    `holders` tells for each kind of part in the seminar ("chair") the slugs of those who had it.
    """

    asked: Asked
    claim: Claim
    proposition: Proposition
    holders: Mapping[str, frozenset[str]]

    # ── Which words each has ──

    @cached_property
    def had(self) -> dict[int, float]:
        """For the places of the question's content how far the claim has each (0 to 1)."""
        strengths = self.asked.match.strengths
        return {n: min(1.0, strengths[n].get(self.claim.iri, 0.0) / HAD) for n in self.asked.content}

    @cached_property
    def opposed(self) -> tuple[int, ...]:
        """The places of the content whose opposite the claim has, and not the word itself."""
        return tuple(n for n in self.asked.match.opposed(self.claim.iri) if n in self.asked.content)

    @cached_property
    def lacking(self) -> tuple[int, ...]:
        """The places of the content that the claim does not have, and of which it has no opposite."""
        return tuple(n for n, share in self.had.items() if share < 1.0 and n not in self.opposed)

    @cached_property
    def lacks(self) -> float:
        """The share of the question's content that the claim does not have (0 to 1)."""
        weights = self.asked.match.weights
        left = sum(weights[n] * (1.0 - self.had[n]) for n in self.lacking)
        return left / self.asked.weight if self.asked.weight else 1.0

    # ── The arrow ──

    @cached_property
    def phrase_words(self) -> tuple[Word, ...]:
        """The words on the arrow."""
        return tuple(read(self.proposition.phrase))

    @cached_property
    def subject_places(self) -> frozenset[int]:
        """Where the question names what the arrow starts from."""
        return self._places(self.proposition.subject_label, self.proposition.subject)

    @cached_property
    def object_places(self) -> frozenset[int]:
        """Where the question names what the arrow leads to."""
        return self._places(self.proposition.object_label, self.proposition.object)

    @cached_property
    def relation_places(self) -> frozenset[int]:
        """Where the question has words of the arrow, or others for its relation."""
        stems = {word.stem for word in self.phrase_words} - LIGHT_STEMS
        mentions = (m for m in self.asked.question.mentions if m.meaning.kind in ("relation", "record"))
        named = [m.places for m in mentions if m.slug in {self.proposition.relation, *self.proposition.general}]
        own = {n for n in self.asked.main if self.asked.question.words[n].stem in stems}
        return (frozenset(own.union(*named)) & self.asked.main) - self.subject_places - self.object_places

    def _places(self, label: str, slug: str) -> frozenset[int]:
        stems = {word.stem for word in read(label)} - LIGHT_STEMS
        question = self.asked.question
        own = {n for n in self.asked.main if question.words[n].stem in stems}
        named = [m.places for m in question.mentions if self._names_it(m, slug)]
        return frozenset(own.union(*named)) & self.asked.main

    @cached_property
    def ends_named(self) -> tuple[float, float]:
        """How far the question names either end of the arrow (0 to 1); a word that both have counts for one of them."""
        subject, object_ = self.subject_places, self.object_places
        p = self.proposition
        if self._is_event:
            return float(bool(self.asked.texts & EVENT)), self._share(object_, p.object_label, p.object)
        both = subject & object_
        if both and len(subject) > len(both):
            object_ = object_ - both
        elif both and len(object_) > len(both):
            subject = subject - both
        return self._share(subject, p.subject_label, p.subject), self._share(object_, p.object_label, p.object)

    @property
    def _is_event(self) -> bool:
        """Whether the arrow starts from the seminar itself, which goes by many names."""
        return self.proposition.subject_kind == "thing" and self.proposition.subject == "seminar"

    def _share(self, places: frozenset[int], label: str, slug: str) -> float:
        wanted = {word.stem for word in read(label) if word.text not in NUMBERS and not word.text.isdigit()} - LIGHT_STEMS
        if not places:
            return 0.0
        is_thing = slug == self.proposition.subject and self.proposition.subject_kind == "thing"
        if not wanted or is_thing or self._mentions(slug, places):
            return 1.0
        return len({self.asked.question.words[n].stem for n in places} & wanted) / len(wanted)

    def _mentions(self, slug: str, places: frozenset[int]) -> bool:
        """Whether the question has one of the names of a concept or an agent in some places."""
        return any(m.places & places and self._names_it(m, slug) for m in self.asked.question.mentions)

    def _names_it(self, mention: Mention, slug: str) -> bool:
        """Whether a mention names a concept or an agent, if only by its part: "the chair"."""
        if mention.meaning.kind == "record":
            return self.holders.get(mention.slug) == {slug}
        return mention.slug == slug and mention.meaning.kind in ("concept", "agent")

    @cached_property
    def relation_named(self) -> bool:
        """Whether the question has a word for the relation; always, where the arrow has no telling word."""
        if self._is_event:
            return bool(self.relation_places)
        stems = {word.stem for word in self.phrase_words} - LIGHT_STEMS
        ends = self.subject_places | self.object_places
        others = any(share >= 1.0 for n, share in self.had.items() if n not in ends) or bool(self.opposed)
        put_alike = bool(modality.moods(self.phrase_words) & self.asked.moods)
        return not stems or bool(self.relation_places) or others or put_alike

    @cached_property
    def touches(self) -> float:
        """How far the question is about this arrow (0 to 3): its ends and its relation."""
        return sum(self.ends_named) + self.relation_named

    @cached_property
    def is_whole(self) -> bool:
        """Whether the question names both ends of the arrow and its relation."""
        if min(self.ends_named) >= HALF and self.relation_named and self.strays <= MOST_STRAYS:
            return True
        only = max(self.ends_named) >= 1.0 and self.strays <= ALIKE and self.lacks <= ALIKE
        return only and bool(self.relation_places)

    @cached_property
    def strays(self) -> float:
        """The share of the question's content that is not on the arrow, wherever else the claim may have it (0 to 1)."""
        on_it = self.subject_places | self.object_places | self.relation_places
        weights = self.asked.match.weights
        off = sum(weights[n] for n in self.asked.content if n not in on_it and n not in self.opposed)
        return off / self.asked.weight if self.asked.weight else 1.0

    @cached_property
    def left_out(self) -> float:
        """The share of the claim's telling words that the question does not have (0 to 1)."""
        wanted = {word.stem for word in read(self.claim.text)} - LIGHT_STEMS
        words = self.asked.question.words
        found = {words[n].stem for n in self.asked.main | self.asked.condition}
        return len(wanted - found) / len(wanted) if wanted else 1.0

    @cached_property
    def is_same_sentence(self) -> bool:
        """Whether question and claim have nearly the same telling words, whatever the arrow leaves out of them."""
        alike = self.lacks <= ALIKE and self.left_out <= MOST_LEFT_OUT
        near = self.strays <= MOST_LEFT_OUT or self.left_out <= WHOLE_SENTENCE
        return alike and near and self.touches >= 1.0

    @property
    def distance(self) -> float:
        """How far the question is from what the arrow says: the less the better."""
        return self.lacks + 0.5 * self.strays + 0.3 * (2 - sum(self.ends_named))

    @cached_property
    def is_one_end(self) -> bool:
        """Whether all that is asked is said of one end of the arrow: "Should objectives be clear and measurable?"."""
        return self.lacks <= ALIKE and max(self.ends_named) >= 1.0 and len(self.asked.content) > 1

    @cached_property
    def is_reversed(self) -> bool:
        """Whether the question has the other one do what the claim says: the ends of the arrow change places."""
        if "has-part" in self.proposition.general:
            return False
        return self._is_turned_round or self._is_swapped_inside

    @cached_property
    def _is_turned_round(self) -> bool:
        both = self.subject_places & self.object_places
        subject, object_ = self.subject_places - both, self.object_places - both
        words = self.asked.question.words
        done_by = [n for n in self.relation_places if self._is_passive(n)]
        if subject and done_by and not self._is_passive_phrase:
            by = [n for n in self.asked.main if words[n].text == "by" and n > min(done_by)]
            return bool(by) and max(subject) < min(by)
        if not subject or not object_ or min(subject) < max(object_):
            return False
        between = range(max(object_) + 1, min(subject))
        verbal = [n for n in between if n in (self.relation_places or self.asked.content)]
        passive = any(words[n].text in ("by", "with", "among", "through") for n in between)
        return bool(verbal) and not passive and not self._relation_comes_first(max(object_))

    def _relation_comes_first(self, place: int) -> bool:
        """Whether the relation is named before a place: "do they need a mission to create the right culture?"."""
        words = self.asked.question.words
        moods = modality.moods(self.phrase_words)
        put = [n for n in self.asked.main if n < place and modality.moods([words[n]]) & moods]
        return bool(put and modality.OUGHT in moods) or any(n < place for n in self.relation_places)

    @cached_property
    def _is_swapped_inside(self) -> bool:
        """Whether somebody does in the question what is done to them on the arrow: "motivating staff towards"."""
        words = self.asked.question.words
        phrase = [word.stem for word in self.phrase_words]
        places = {words[n].stem: n for n in sorted(self.relation_places, reverse=True)}
        telling = [stem for stem in phrase if stem not in LIGHT_STEMS]
        for verb, other in zip(telling, telling[1:], strict=False):
            if verb in places and other in places and places[other] < places[verb]:
                return not self._is_passive(places[verb])
        return False

    def _is_passive(self, place: int) -> bool:
        """Whether a word of the question is a participle after a form of "be"."""
        words = self.asked.question.words
        before = {words[n].text for n in range(max(0, place - 2), place)}
        starts = words[0].text in _FORMS_OF_BE if words else False
        return words[place].text.endswith(("ed", "en", "t", "wn")) and bool(before & _FORMS_OF_BE or starts)

    @cached_property
    def _is_passive_phrase(self) -> bool:
        return bool(self.phrase_words) and self.phrase_words[0].text in _FORMS_OF_BE

    # ── What turns what is said ──

    @cached_property
    def negations(self) -> int:
        """How often the arrow negates what it says, in its words or in the names of its ends."""
        p = self.proposition
        phrase = yes_no.negations(read(_INSERTED.sub(" ", p.phrase)))
        ends = sum(yes_no.negations(read(label)) for label in (p.subject_label, p.object_label))
        return max(int(p.status == "denied"), phrase) + ends

    @cached_property
    def is_turned(self) -> bool:
        """Whether the question says the contrary of what the claim says: by negation, opposites or numbers."""
        unlike = bool(self.asked.texts & modality.UNLIKE) and "same" in self.claimed and "same" not in self.asked.texts
        turns = self.asked.negations + self.negations + len(self._opposed_alone) + unlike
        return bool(turns % 2)

    @cached_property
    def _opposed_alone(self) -> tuple[int, ...]:
        negators = [n for n in self.opposed if yes_no.is_negator(self.asked.question.words[n])]
        return tuple(n for n in self.opposed if n not in negators)

    @cached_property
    def other_number(self) -> bool:
        """Whether the question has a number and the claim has another."""
        return yes_no.numbers_differ([word.text for word in self.asked.words], self.text, None)

    @cached_property
    def same_time(self) -> bool | None:
        """Whether the question has the day or time of day that is recorded; None where one of them has none."""
        if not self._is_event or self.proposition.relation not in TIMES or not self.asked.texts & EVENT:
            return None
        recorded = [p.object for p in self.claim.propositions if p.relation in TIMES]
        return same_time(self.asked.question.text, recorded)

    @cached_property
    def has_same_number(self) -> bool:
        """Whether the question asks whether there are as many as the claim says."""
        numbers = {NUMBERS[text] for text in self.asked.texts if text in NUMBERS}
        there = "there" in self.asked.texts
        return there and bool(numbers & {NUMBERS[text] for text in self.claimed if text in NUMBERS})

    @property
    def text(self) -> str:
        """The claim's sentence."""
        return self.claim.text

    @cached_property
    def claimed(self) -> frozenset[str]:
        """The words of the claim and of what it is quoted from."""
        texts = (self.claim.text, *(passage.quote for passage in self.claim.passages))
        return frozenset(word.text for text in texts for word in read(text))

    @cached_property
    def is_open_to_all(self) -> bool:
        """Whether the question keeps for some what the claim says of all."""
        return bool(self.asked.texts & modality.ONLY) and bool(self.claimed & (modality.ALL | {"collective", "shared"}))

    def beyond(self, words: frozenset[str]) -> list[str]:
        """Return the words of a class that the question has and the claim has none of."""
        found = [word.text for word in self.asked.words if word.text in words]
        return found if found and not self.claimed & words else []

    @cached_property
    def moods(self) -> frozenset[str]:
        """How the claim puts forward what the arrow says; see kg.english.modality.moods."""
        found = set(modality.moods(self.phrase_words))
        if "ought-to" in self.proposition.general:
            found.add(modality.OUGHT)
        if self.proposition.status == "goal":
            found.add(modality.AIM)
        return frozenset(found)

    @cached_property
    def has_open_condition(self) -> bool:
        """Whether the claim holds on a condition that the question does not name."""
        conditions = [p for p in self.claim.propositions if p.status == "condition"]
        clauses = [found[1] for found in _CONDITION.finditer(self.claim.text)]
        if not conditions:
            clauses = [each for each in clauses if not modality.moods(read(each)) & {modality.AIM}]
            if any(p.status == "goal" for p in self.claim.propositions):
                return False
        if not clauses and not conditions:
            return False
        return not any(self._names(clause) for clause in clauses or [self._wording(p) for p in conditions])

    def _names(self, clause: str) -> bool:
        """Whether the question has most of what a clause says."""
        if self.asked.condition and self._turned_condition(clause):
            return False
        wanted = {word.stem for word in read(clause)} - LIGHT_STEMS
        words = self.asked.question.words
        places = self.asked.main | self.asked.condition
        found = {words[n].stem for n in places}
        strong = {n for n in self.asked.condition if self.asked.match.strengths.get(n, {}).get(self.claim.iri, 0) >= HAD}
        return bool(wanted) and (len(wanted & found) * 2 >= len(wanted) or len(strong) * 2 >= len(wanted))

    def _turned_condition(self, clause: str) -> bool:
        """Whether the question's condition is the contrary of a clause."""
        words = self.asked.question.words
        asked = yes_no.negations(words[n] for n in self.asked.condition)
        return bool((asked + yes_no.negations(read(clause))) % 2)

    @staticmethod
    def _wording(p: Proposition) -> str:
        return f"{p.phrase} {p.object_label}"


def compared(asked: Asked, claim: Claim, holders: Mapping[str, frozenset[str]]) -> list[Comparison]:
    """Return the comparisons of a question with the propositions of a claim; `holders` as in `Comparison`.

    A condition of the question is part of what it asks where the claim has none: "unless leadership is transformed".
    """
    if asked.condition and not any(p.status in ("condition", "goal") for p in claim.propositions):
        asked = asked.with_condition
    return [Comparison(asked, claim, p, holders) for p in claim.propositions]
