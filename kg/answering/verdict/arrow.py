"""One arrow of a claim as a question names it: where it has its ends and its relation, and which way round.

A question may name the ends in the passive ("is culture created by leaders?"), and it may have them change places
("does culture create leaders?"), which asks for something that was not said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kg.answering.link.linker import Mention
from kg.answering.verdict.asked import Asked
from kg.english import modality
from kg.english.asking import yes_no
from kg.english.asking.propositions import (
    BY,
    SUBORDINATING,
    denies,
    is_being,
    is_participle,
    is_passive,
    without_conditions,
)
from kg.english.naming import pronoun
from kg.english.numbers import NUMBERS
from kg.english.words import LIGHT_STEMS, OCCASIONS, WEAK_STEMS, Word, read
from kg.graph.records import Claim, Proposition

#: Words that may stand for a seminar in a question.
EVENT_WORDS = frozenset((*OCCASIONS, "it", "this", "they"))
#: From what share on an end of an arrow counts as named; for which way round it stands it takes more.
HALF = 0.5


@dataclass(frozen=True)
class Event:
    """The seminar as its arrows name it: its slug, and for each kind of part in it ("chair") who had it, by slug.

    `is_last` tells of the slugs of claims about items of numbered lists whether the item is the last; `setting` are
    the stems of the names in its title, of which all that was said there may be taken to be: "NHS".
    """

    slug: str
    holders: Mapping[str, frozenset[str]]
    is_last: Mapping[str, bool]
    setting: frozenset[str]


@dataclass(frozen=True)
class Arrow:
    """A proposition of a claim beside what a question puts forward."""

    asked: Asked
    proposition: Proposition
    event: Event
    claim: Claim

    @cached_property
    def phrase_words(self) -> tuple[Word, ...]:
        """The words on the arrow."""
        return read(self.proposition.phrase)

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

    @property
    def relation_share(self) -> float:
        """The share of the telling words on the arrow that the question has (0 to 1)."""
        stems = {word.stem for word in self.phrase_words} - LIGHT_STEMS
        return len(stems & {self.asked.question.words[n].stem for n in self.asked.main}) / len(stems) if stems else 0.0

    def _places(self, label: str, slug: str) -> frozenset[int]:
        stems = _telling(label)
        question = self.asked.question
        within = self.asked.main | self.asked.condition
        own = {n for n in within if question.words[n].stem in stems} - self._elsewhere(label)
        named = [m.places for m in question.mentions if self._names_it(m, slug)]
        return frozenset(own.union(self._themselves(slug), *named)) & within

    def _elsewhere(self, label: str) -> set[int]:
        """Return the places of names of other things that are not part of a label: "transforming leadership"."""
        words, p = self.asked.question.words, self.proposition
        # "Mid Staffs" is no staff: in a name inside a label the word itself counts, and not its stem.
        own = {word.text if word.start and label[word.start].isupper() else word.stem for word in read(label)}
        others = (m for m in self.asked.question.mentions if m.meaning.kind in ("concept", "agent"))
        foreign = (m.places for m in others if m.slug not in (p.subject, p.object))
        telling = {places: [words[n] for n in places if words[n].stem not in LIGHT_STEMS] for places in foreign}
        return set[int]().union(
            *(places for places, told in telling.items() if any(own.isdisjoint((w.text, w.stem)) for w in told))
        )

    def _themselves(self, slug: str) -> frozenset[int]:
        """Return where a question for somebody's words has a pronoun for them: "did a student say that she ...?"."""
        speaker = self.asked.speaker
        if speaker is None or slug not in speaker.agents:
            return frozenset()
        return frozenset(n for n in self.asked.main if pronoun(self.asked.question.words[n].text) is not None)

    @cached_property
    def ends_named(self) -> tuple[float, float]:
        """How far the question names either end of the arrow (0 to 1); a word that both have counts for one of them."""
        subject, object_ = self.subject_places, self.object_places
        p = self.proposition
        if self.is_event:
            return float(bool(self.asked.texts & EVENT_WORDS)), self._share(object_, p.object_label, p.object)
        both = subject & object_
        if both and len(subject) > len(both):
            object_ = object_ - both
        elif both and len(object_) > len(both):
            subject = subject - both
        return self._share(subject, p.subject_label, p.subject), self._share(object_, p.object_label, p.object)

    @property
    def is_event(self) -> bool:
        """Whether the arrow starts from the seminar itself, which goes by many names."""
        return self.proposition.subject_kind == "thing" and self.proposition.subject == self.event.slug

    def _share(self, places: frozenset[int], label: str, slug: str) -> float:
        wanted = _telling(label)
        if not places:
            return 0.0
        is_thing = slug == self.proposition.subject and self.proposition.subject_kind == "thing"
        if not wanted or is_thing or self._mentions(slug, places) or self._themselves(slug) & places:
            return 1.0
        return len({self.asked.question.words[n].stem for n in places} & wanted) / len(wanted)

    def _mentions(self, slug: str, places: frozenset[int]) -> bool:
        """Whether the question has one of the names of a concept or an agent in some places."""
        return any(m.places & places and self._names_it(m, slug) for m in self.asked.question.mentions)

    def _names_it(self, mention: Mention, slug: str) -> bool:
        """Whether a mention names a concept or an agent, if only by its part: "the chair"."""
        if mention.meaning.kind == "record":
            return self.proposition.subject_kind == "agent" and self.event.holders.get(mention.slug) == frozenset(
                {slug}
            )
        return mention.slug == slug and mention.meaning.kind in ("concept", "agent")

    # ── Which way round ──

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
        own = {word.text for word in self.phrase_words} - {"by"}
        by = [n for n in self.asked.main if words[n].text in BY and words[n].text not in own]
        phrase_is_passive = is_passive(self.phrase_words)
        asked_in_passive = bool(by and (done_by or not self.relation_places))
        if not by and not done_by and self._is_done_by_object(subject, object_):
            return True
        if not subject or not object_ or min(self.ends_named) <= HALF:
            return False
        first, last = (subject, object_) if asked_in_passive == phrase_is_passive else (object_, subject)
        if min(first) < max(last):
            return False
        between = range(max(last) + 1, min(first))
        verbal = [n for n in between if n in (self.relation_places or self.asked.content)]
        return bool(verbal) and not self._relation_comes_first(max(last))

    def _is_done_by_object(self, subject: frozenset[int], object_: frozenset[int]) -> bool:
        """Whether the question has before the verb of the arrow what the arrow leads to, and behind it who does it."""
        words = self.asked.question.words
        if self.is_event or not self.phrase_words or is_being(self.phrase_words[0]):
            return False
        stems = {word.stem for word in self.phrase_words if not is_being(word)}  # "has" tells little, and is the verb
        subject, object_ = subject & self.asked.main, object_ & self.asked.main
        own = {n for n in self.asked.main if words[n].stem in stems} - subject - object_
        verbs = [n for n in sorted(self.relation_places or own) if words[n - 1].text not in ("a", "an", "the", "of")]
        if not (verbs and subject and object_) or not min(object_) < verbs[0] < min(subject):
            return False
        return not any(words[n].text in SUBORDINATING for n in range(verbs[0], min(subject)))

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
        mentions = (m for m in self.asked.question.mentions if m.meaning.kind == "relation")
        verbs = frozenset().union(*(m.places for m in mentions))
        for verb, other in pairwise(telling):
            done, to = places.get(verb), places.get(other)
            if done is not None and to is not None and to < done and done in verbs and to not in verbs:
                return not self._is_passive(done) and not self._is_told(other, verb)
        return False

    def _is_told(self, first: str, second: str) -> bool:
        """Whether the claim's own sentence has two stems in this order, too, and not the other way round."""
        told = [word.stem for word in read(self.claim.text)]
        place = told.index(second) if second in told else 0
        return first in told[:place] and first not in told[place:]

    def _is_passive(self, place: int) -> bool:
        """Whether a word of the question is a participle after a form of "be"."""
        begins = bool(self.asked.words) and is_being(self.asked.words[0])
        return is_participle(self.asked.question.words, place, after_being=begins)

    @cached_property
    def is_done_to(self) -> bool:
        """Whether the question has what the arrow leads to do what it says, with nobody else to do it."""
        if not self.relation_places or not self.object_places or self.ends_named[0] >= HALF or self.is_event:
            return False
        if self.asked.is_copular:
            return False
        passive = is_passive(self.phrase_words) or any(self._is_passive(n) for n in self.relation_places)
        return not passive and max(self.object_places) < min(self.relation_places)

    # ── How it is put forward ──

    @cached_property
    def negations(self) -> int:
        """How often the arrow negates what it says, in its words or in the names of its ends."""
        p = self.proposition
        phrase = yes_no.negations(read(without_conditions(p.phrase)))
        ends = sum(yes_no.negations(read(label)) for label in (p.subject_label, p.object_label))
        return phrase + (p.status == "denied" and not denies(self.phrase_words)) + ends

    @cached_property
    def moods(self) -> frozenset[str]:
        """How the claim puts forward what the arrow says; see kg.english.modality.moods."""
        found = set(modality.moods(self.phrase_words))
        if "ought-to" in self.proposition.general and self.claim.stance == "recommends":
            found.add(modality.OUGHT)
        if self.proposition.status == "goal":
            found.add(modality.AIM)
        return frozenset(found)


def _telling(label: str) -> set[str]:
    """Return the stems that tell what a label names: without numbers and light words, where there are others."""
    stems = {word.stem for word in read(label) if word.text not in NUMBERS and not word.text.isdigit()}
    return stems - (LIGHT_STEMS - WEAK_STEMS) or stems
