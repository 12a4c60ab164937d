"""How a proposition that is asked about compares with one that a claim makes.

The claim has to have what is asked (`lacking`), and the question has to have what the claim's arrow says
(`left_out`); the ends of the arrow have to stand the same way round; and what tells of negation, opposites, numbers,
amounts, degree, time, mood and condition is compared by itself, because one such word turns what is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from kg.answering.link.matches import OPPOSITE_STRENGTH, RING_STRENGTH
from kg.answering.verdict.arrow import EVENT_WORDS, HALF, Arrow, Event
from kg.answering.verdict.asked import Asked
from kg.english import modality
from kg.english.asking import yes_no
from kg.english.asking.propositions import condition_clauses
from kg.english.asking.times_asked import compared_time, same_time
from kg.english.asking.word_order import exchanged
from kg.english.numbers import LAST_WORDS, NUMBERS
from kg.english.words import LIGHT_STEMS, WEAK_STEMS, read
from kg.graph.records import Claim

#: From what weight on a word is a telling one.
TELLING = 0.6
#: From what strength on a word of the question counts as had by a claim: its own word or label, or one of a ring.
HAD = 0.6
#: Words that stand before what all of is meant, and for all people.
OF_EACH = frozenset(("all", "every", "each"))
EVERYBODY = frozenset(("everyone", "everybody", "all"))
#: When a seminar began and ended, as records name it.
TIMES = ("startDate", "endDate")
#: What a question may lack to be of one sentence with a claim, and what that leaves out; how much of a question may be
#: off the arrow; how little a sentence that is repeated leaves out, and how alike in order its words are (shares).
ALIKE, MOST_LEFT_OUT, MOST_STRAYS, WHOLE_SENTENCE, VERBATIM = 0.1, 0.4, 0.55, 0.2, 0.85


@dataclass(frozen=True)
class Comparison(Arrow):
    """A question for yes or no beside one arrow of a claim: what either has beyond the other."""

    # ── Which words each has ──

    @cached_property
    def had(self) -> dict[int, float]:
        """For the places of the question's content how far the claim has each (0 to 1)."""
        strengths, words = self.asked.match.strengths, self.asked.question.words
        is_record = "agent" in (self.proposition.subject_kind, self.proposition.object_kind)
        setting = frozenset[str]() if is_record else self.event.setting
        return {
            n: 1.0 if words[n].stem in setting else min(1.0, strengths[n].get(self.claim.iri, 0.0) / HAD)
            for n in self.asked.content
        }

    @cached_property
    def opposed(self) -> tuple[int, ...]:
        """The places of the content of which the claim has the opposite itself, and not the word."""
        return tuple(n for n in self._contrary_places if n in self.asked.content)

    @cached_property
    def _contrary_places(self) -> list[int]:
        match, claim = self.asked.match, self.claim.iri
        return [n for n in match.opposed(claim) if match.opposites[n][claim] >= OPPOSITE_STRENGTH]

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

    @cached_property
    def has_all_itself(self) -> bool:
        """Whether the claim has each word of the question's content itself, and not another one for it."""
        strengths = self.asked.match.strengths
        return all(strengths[n].get(self.claim.iri, 0.0) >= 1.0 for n in self.asked.content)

    @cached_property
    def relation_named(self) -> bool:
        """Whether the question has a word for the relation; always, where the arrow has no telling word."""
        stems = {word.stem for word in self.phrase_words} - LIGHT_STEMS
        ends = self.subject_places | self.object_places
        others = any(share >= 1.0 for n, share in self.had.items() if n not in ends)
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
        best = max(self.ends_named)
        named = best >= 1.0 or (best >= HALF and self.relation_share > HALF)
        return named and self.strays <= ALIKE and self.lacks <= ALIKE and bool(self.relation_places)

    @cached_property
    def strays(self) -> float:
        """The share of the question's content that is not on the arrow, though the claim may have it (0 to 1)."""
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
    def is_verbatim(self) -> bool:
        """Whether the question puts forward the claim's own sentence, nearly word by word and in the same mood."""
        words = self.asked.question.words
        asked = [words[n] for n in sorted(self.asked.main | self.asked.condition)]
        claimed = read(self.claim.text)
        if modality.moods(asked) != modality.moods(claimed) or self.left_out > WHOLE_SENTENCE:
            return False
        stems = [word.stem for word in asked], [word.stem for word in claimed]
        return SequenceMatcher(None, *stems, autojunk=False).ratio() >= VERBATIM

    @cached_property
    def is_contrary_verbatim(self) -> bool:
        """Whether the question negates the sentence that it repeats, or repeats it without its negation."""
        asked = yes_no.negations(self.asked.said) + yes_no.negations(read(self.claim.text))
        return bool(asked % 2)

    @cached_property
    def is_same_sentence(self) -> bool:
        """Whether question and claim have nearly the same telling words, whatever the arrow leaves out of them."""
        alike = self.lacks <= ALIKE and self.left_out <= MOST_LEFT_OUT
        near = self.strays <= MOST_LEFT_OUT or self.left_out <= WHOLE_SENTENCE
        return alike and near and self.touches >= 1.0

    @cached_property
    def is_exchanged(self) -> bool:
        """Whether the question has two things change places of the claim's sentence."""
        question, places = self.asked.question, self.asked.main | self.asked.condition
        words = [question.words[n] for n in sorted(places)]
        asked = question.text[words[0].start : words[-1].end] if words else ""
        return exchanged(asked, self.claim.text)

    @cached_property
    def may_be_exchanged(self) -> bool:
        """Whether the question may have another thing in the place of an end of the arrow that it does not name.

        Another thing is one that goes by a name and not by that of a relation, or a word that the claim does not have.
        """
        mentions = self.asked.question.mentions
        ends = zip(self.ends_named, (self.subject_places, self.object_places), strict=True)
        named = [places for share, places in ends if share >= HALF]
        on_it = self.relation_places.union(*named)
        if self.others_words - on_it:
            return True
        if len(named) == 2 or self.has_same_number:
            return False
        relations = [m.places for m in mentions if m.meaning.kind == "relation"]
        names = (m.places for m in mentions if m.meaning.kind in ("concept", "agent"))
        others = (each for each in names if each <= self.asked.main and not each & on_it)
        return self.is_done_to or any(not any(each <= relation for relation in relations) for each in others)

    @cached_property
    def others_words(self) -> frozenset[int]:
        """The places of telling words that the claim has neither itself nor by their ring or their opposite."""
        match, words = self.asked.match, self.asked.question.words
        return frozenset(
            n
            for n in self.asked.content
            if n not in self.opposed
            and match.weights[n] >= TELLING
            and words[n].stem not in self.event.setting
            and match.strengths[n].get(self.claim.iri, 0.0) < RING_STRENGTH
        )

    @cached_property
    def is_told_of_more(self) -> bool:
        """Whether the claim says more than what is asked, so that it may hold of that alone or not.

        A word of the question is not in the claim at all; or the question names but one end of the arrow, and an end of
        another one or little of the words on this.
        """
        if self.is_event or self.is_verbatim:
            return False
        words, strengths = self.asked.question.words, self.asked.match.strengths
        new = (n for n in self.lacking if not strengths[n].get(self.claim.iri))
        light = WEAK_STEMS | LIGHT_STEMS | self.event.setting
        if any(words[n].stem not in light or self._is_another_head(n) for n in new):
            return True
        if min(self.ends_named) >= HALF:
            return False
        if self._names_other_arrow:
            return True
        is_part = "has-part" in self.proposition.general or self.has_same_number
        is_of_all = bool(self.asked.texts & EVERYBODY and self.claimed & EVERYBODY)
        return self.relation_share < HALF and not is_part and not is_of_all

    @property
    def _names_other_arrow(self) -> bool:
        """Whether the question names an end of another arrow of the claim beside what it has of this one."""
        on_it = self.subject_places | self.object_places | self.relation_places
        ends = {end for p in self.claim.propositions for end in (p.subject, p.object)}
        named = (m for m in self.asked.question.mentions if m.slug in ends and m.meaning.kind in ("concept", "agent"))
        return any(m.places <= self.asked.main - on_it for m in named)

    def _is_another_head(self, place: int) -> bool:
        """Whether a word stands where the name of an end of the arrow goes on: "values-based training"."""
        ends = zip(self.ends_named, (self.subject_places, self.object_places), strict=True)
        return any(place - 1 in places and share < 1.0 for share, places in ends)

    @property
    def distance(self) -> float:
        """How far the question is from what the arrow says: the less the better."""
        return self.lacks + 0.5 * self.strays + 0.3 * (2 - sum(self.ends_named))

    @cached_property
    def is_one_end(self) -> bool:
        """Whether all that is asked is said of one end of the arrow: "Should objectives be clear and measurable?"."""
        named = sorted(self.ends_named) if len(self.asked.content) > 1 else [0.0, 0.0]
        return self.lacks <= ALIKE and named == [0.0, 1.0]

    # ── What turns what is said ──

    @cached_property
    def is_turned(self) -> bool:
        """Whether the question says the contrary of what the claim says: by negation, opposites or numbers."""
        return bool((self.asked.negations + self.negations + len(self.opposed) + self.is_unlike) % 2)

    @cached_property
    def is_unlike(self) -> bool:
        """Whether the question tells things apart of which the claim says that they are the same."""
        asked = self.asked.texts
        apart = asked & modality.UNLIKE or ("than" in asked and asked & modality.COMPARED)
        return bool(apart) and "same" in self.claimed and "same" not in asked

    @property
    def drops_alike(self) -> bool:
        """Whether the arrow says that things are alike and the question says nothing of that."""
        said = any(word.text in modality.ALIKE for word in self.phrase_words)
        return said and self.asked.texts.isdisjoint(modality.ALIKE | modality.UNLIKE) and not self.is_unlike

    @cached_property
    def other_number(self) -> bool:
        """Whether the question has a number and the claim has another, or asks for the last and it is not the last."""
        if self.asked.texts & LAST_WORDS and self.claim.slug in self.event.is_last:
            return not self.event.is_last[self.claim.slug]
        return yes_no.numbers_differ([word.text for word in self.asked.words], self.claim.text)

    @cached_property
    def compared_time(self) -> str | None:
        """The words by which the question asks for what was before or after a time, where the arrow has the time."""
        timed = self.is_event and self.proposition.relation in TIMES
        return compared_time(self.asked.question.text) if timed else None

    @cached_property
    def same_time(self) -> bool | None:
        """Whether the question has the day or time of day that is recorded; None where one of them has none."""
        if not self.is_event or self.proposition.relation not in TIMES or not self.asked.texts & EVENT_WORDS:
            return None
        recorded = [p.object for p in self.claim.propositions if p.relation in TIMES]
        return same_time(self.asked.question.text, recorded)

    @cached_property
    def has_same_number(self) -> bool:
        """Whether the question asks whether there are as many as the claim says."""
        numbers = {NUMBERS[text] for text in self.asked.texts if text in NUMBERS}
        there = "there" in self.asked.texts or (
            modality.OUGHT not in self.moods and bool(self.asked.texts & {"has", "have", "got"})
        )
        return there and bool(numbers & {NUMBERS[text] for text in self.claimed if text in NUMBERS})

    @cached_property
    def claimed(self) -> frozenset[str]:
        """The words of the claim and of what it is quoted from."""
        return frozenset(word.text for text in self.claim.texts for word in read(text))

    @cached_property
    def is_open_to_all(self) -> bool:
        """Whether the question keeps for some what the arrow says of all: "Everyone", "a shared duty"."""
        p = self.proposition
        labels = [read(label) for label in (p.subject_label, p.object_label)]
        of_all = {words[0].text for words in labels if words}
        shared = {word.text for words in labels for word in words} & {"collective", "shared"}
        return bool(self.asked.texts & modality.ONLY) and bool(of_all & modality.ALL or shared)

    @property
    def numbers_beyond(self) -> list[str]:
        """The numbers in figures that the question has and the claim has not."""
        return [word.text for word in self.asked.words if word.text.isdigit() and word.text not in self.claimed]

    @property
    def all_of_another(self) -> list[str]:
        """The words with which the question asks for all of something of which the claim says nothing for all."""
        asked, claimed = self.asked.words, read(self.claim.text)
        found = [(one.text, other.stem) for one, other in pairwise(asked) if one.text in OF_EACH]
        near = {word.stem: {w.text for w in claimed[max(0, n - 3) : n + 4]} for n, word in enumerate(claimed)}
        return [text for text, stem in found if stem in near and not near[stem] & modality.ALL]

    def beyond(self, words: frozenset[str]) -> list[str]:
        """Return the words of a class that the question has and the claim has none of."""
        found = [word.text for word in self.asked.words if word.text in words]
        return found if found and not self.claimed & words else []

    @cached_property
    def has_open_condition(self) -> bool:
        """Whether the claim holds on a condition that the question does not name."""
        conditions = [p for p in self.claim.propositions if p.status == "condition"]
        clauses = condition_clauses(self.claim.text)
        if not conditions and any(p.status == "goal" for p in self.claim.propositions):
            return False
        clauses = clauses or [f"{p.phrase} {p.object_label}" for p in conditions]
        if clauses and not self.asked.condition and min(self.ends_named) < HALF:
            return True  # the question is about the condition itself
        return bool(clauses) and not any(map(self._names, clauses))

    @cached_property
    def is_asked_without(self) -> bool:
        """Whether the question's condition is negated: "if leaders show no respect, ...?"."""
        words = self.asked.question.words
        return bool(yes_no.negations(words[n] for n in self.asked.condition) % 2)

    def _names(self, clause: str) -> bool:
        """Whether the question has most of what a clause says."""
        if self.asked.condition and self._turned_condition(clause):
            return False
        wanted = {word.stem for word in read(clause)} - LIGHT_STEMS
        words = self.asked.question.words
        places = self.asked.main | self.asked.condition
        found = {words[n].stem for n in places}
        return bool(wanted) and len(wanted & found) * 2 >= len(wanted)

    def _turned_condition(self, clause: str) -> bool:
        """Whether the question's condition is the contrary of a clause."""
        opposed = sum(n in self.asked.condition for n in self._contrary_places)
        return bool((self.is_asked_without + opposed + yes_no.negations(read(clause))) % 2)


def compared(asked: Asked, claim: Claim, event: Event) -> list[Comparison]:
    """Return the comparisons of a question with the propositions of a claim.

    A condition of the question is part of what it asks where the claim has none: "unless leadership is transformed".
    """
    if asked.condition and not any(p.status in ("condition", "goal") for p in claim.propositions):
        asked = asked.with_condition
    # What a question names as its condition is not what it asks.
    asked_about = [p for p in claim.propositions if p.status != "condition" or not asked.condition]
    return [Comparison(asked, p, event, claim) for p in asked_about]
