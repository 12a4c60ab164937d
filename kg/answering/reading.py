"""Readings of a question: a template with terms in its slots, the claims it finds, and how much it accounts for.

Things that the question names fill the slots of templates; and the claims that its words speak for most give their own
arrows, so that a template finds them again. Each candidate is scored by the share of the question's content that it
accounts for, less what stays unaccounted for and what claims cost that have little to do with the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, product
from typing import cast

import pyoxigraph as ox

from kg.answering.estimates import Estimate
from kg.answering.link.account import Account, account_of
from kg.answering.link.evidence import Ends, Evidence
from kg.answering.link.linker import LinkedQuestion, Mention
from kg.answering.link.matches import Match
from kg.answering.speaker import Scope
from kg.english.asking.asked_for import asks_for_list
from kg.english.numbers import ITEMS, LAST_WORDS, PLACES
from kg.english.words import FILLER_STEMS
from kg.graph.catalogue import Catalogue
from kg.questions.templates import QuestionTemplate
from kg.sparql.query_text import Term, bind, in_full, union_of

MOST_READINGS = 200
#: How the queries end; what is only counted need not be put in order.
IN_ORDER = " ORDER BY ?claim"
#: How many queries' claims are kept.
MOST_KEPT = 5_000
#: What speaks for a template besides: that a cue matched, each word in a slot, a list where one is asked for.
CUED, SLOTTED, LISTED = 0.12, 0.02, 0.42
#: What speaks for a template of one item of a list, where one is asked for by its number.
ITEM = 1.5
#: The score of a reading by a form that is the whole question: more than any other has.
WHOLE = 10.0
#: The most claims that are an answer then.
MOST_OF_ALL = 100
#: How many claims of one statement are still told in full, and the passages they rest on.
MOST_IN_FULL, MOST_PASSAGES = 3, 4
#: How many of the claims that the words speak for most are tried.
CLOSEST = 6
#: How many of the likeliest claims are tried as the answer together; how far one has to be asked for with the likeliest
#: to be told beside it, and to stay where a form finds it. From an eighth on it is rather asked for than not, by 1,000
#: such claims; a fourteenth keeps more answers whole. Below the second one in a hundred was asked for.
MOST_SEVERAL, BESIDE, HARDLY = 8, 1 / 14, 1 / 50
#: Where it was learnt what people ask for: what it counts how far the claims agree with that, how likely it is that one
#: of them is asked for, that the question names what fills a template, that it gives a list, and what each claim
#: too many costs.
AGREEMENT, MASS, NAMED, LIST, CROWDED = 1.1, 1.5, 0.15, 0.5, 0.8


@dataclass(frozen=True)
class Reading:
    """A template with its slots filled by mentions, the IRIs of the claims that it finds, and its score.

    `left` is the weight of what is asked and not accounted for, `covered` the share of the content that is. A higher
    score is better; those of readings are only to be compared where all or none are `learnt`, scored also by what was
    learnt of what people ask for. One that is `whole` is by a form that the whole question is of.
    """

    template: QuestionTemplate
    sparql: str
    claims: tuple[str, ...]
    left: float
    covered: float
    score: float
    mentions: tuple[Mention, ...]
    learnt: bool
    whole: bool = False


@dataclass(frozen=True)
class Filling:
    """Terms for the slots of a template, in their order, and the mentions that they came from."""

    terms: tuple[tuple[Term, ...], ...]
    mentions: tuple[Mention, ...] = ()


class Reader:
    """Makes and scores the readings of a question over one catalogue."""

    def __init__(self, catalogue: Catalogue, evidence: Evidence, templates: tuple[QuestionTemplate, ...]):
        self._catalogue, self._evidence, self._templates = catalogue, evidence, templates
        self._query = lru_cache(MOST_KEPT)(self._bound)
        self._claims = lru_cache(MOST_KEPT)(self._found)

    def readings(self, match: Match, estimate: Estimate | None, scope: Scope | None = None) -> list[Reading]:
        """Return the readings of a question that find claims, best first.

        Arguments:
            match: the question as it matches claims.
            estimate: what it asks for, as learnt from examples; where there are none, None, and the question is read by
                the forms alone that it has a cue of.
            scope: which claims may answer it; None: any.
        """
        question = match.question
        if not question.words:  # emoji, or another script
            return []
        found: dict[str, Reading] = {}
        forms = list(self._of_form(match, scope, learnt=estimate is not None))
        for template in self._templates:
            spans = template.cued(question.text)
            if not spans if template.required else not estimate:
                continue
            if template.filled == "speakers" and not scope:
                continue
            cued = frozenset().union(*(_places(question, span) for span in spans))
            for filling in self._fillings(template, match, estimate, scope):
                reading = self._reading(template, match, estimate, scope, filling, cued)
                if reading and reading.score >= found.get(reading.sparql, reading).score:
                    found[reading.sparql] = reading
                if len(found) >= MOST_READINGS:
                    break
        if estimate:
            several = self._several(match, estimate, tuple(found.values()))
            if several:
                found.setdefault(several.sparql, several)
        return sorted(
            (*forms, *found.values()), key=lambda reading: (-reading.score, len(reading.claims), reading.sparql)
        )

    def of_form(self, match: Match) -> Reading | None:
        """Return the reading by a form of question that is all there is to the question, the best one; None without."""
        return max(self._of_form(match, None, learnt=False), key=lambda reading: reading.score, default=None)

    def whole(self, match: Match, scope: Scope) -> Reading | None:
        """Return the reading that finds all that those in scope said, or said in the way that is asked for."""
        slots = {"stance": "stance"} if scope.ways else {"agent": "agent"} if scope.agents else {}
        lists = (each for each in self._templates if each.gives_list and not each.required)
        template = next(each for each in lists if each.slots == slots and (slots or each.filled == "speakers"))
        found = (
            self._reading(template, match, None, scope, filling, frozenset())
            for filling in self._named(template, match, scope)
        )
        return next((reading for reading in found if reading), None)

    def of_arrows(self, match: Match, arrows: Sequence[Ends], scope: Scope | None) -> Reading:
        """Return the reading that finds the claims that have some arrows; of those in scope, where any of them has."""
        return cast(Reading, self._of_arrows(match, arrows, scope) or self._of_arrows(match, arrows, None))

    def _of_arrows(self, match: Match, arrows: Sequence[Ends], scope: Scope | None) -> Reading | None:
        template, parts = (next(t for t in self._templates if t.filled == kind) for kind in ("claims", "parts"))
        queries = [self._query(template, tuple((end,) for end in ends)) for ends in dict.fromkeys(arrows)]
        whole = union_of(queries) if len(queries) > 1 else queries[0]
        sparql, claims = self._within(whole, MOST_OF_ALL, scope)
        if not claims:
            return None
        account = account_of(match, claims)
        return _scored(template if len(queries) == 1 else parts, sparql, claims, account, 0.0, None)

    def of_claims(self, match: Match, claims: Sequence[str], scope: Scope | None) -> Reading | None:
        """Return the reading that finds some claims of those in scope, each by the arrow that fewest others have."""
        arrows = self._evidence.arrows
        chosen = [min(arrows[iri], key=self._having) for iri in claims if arrows.get(iri)]
        return self._of_arrows(match, chosen, scope) if chosen else None

    def _having(self, ends: Ends) -> int:
        """Return how many claims have an arrow."""
        return sum(ends in arrows for arrows in self._evidence.arrows.values())

    def of_list(self, match: Match, iri: str) -> Reading | None:
        """Return the reading that finds the items of a numbered list, in their order."""
        items = next(each for each in self._templates if each.name == "list-items")
        return self._reading(items, match, None, None, Filling(((ox.NamedNode(iri),),)), frozenset())

    def narrowed(self, reading: Reading, match: Match, estimate: Estimate, scope: Scope | None) -> Reading:
        """Return the reading of those claims of a form that are asked for, where it finds others too."""
        if reading.whole or reading.template.filled != "mentions" or reading.template.say == "count":
            return reading
        asked = [
            claim for claim in reading.claims if claim == estimate.likeliest[0] or estimate.beside(claim) >= HARDLY
        ]
        # A numbered list is told whole, or one item of it.
        most = 1 if "list" in reading.template.slots.values() else len(reading.claims) - 1
        few = self.of_claims(match, asked, scope) if 0 < len(asked) <= most else None
        if not few or len(few.claims) >= len(reading.claims):
            return reading
        return replace(few, score=reading.score, learnt=True)  # as good an answer as the form

    def in_full(self, reading: Reading, scope: Scope | None = None) -> Reading:
        """Return the reading of one statement with what the same statement goes on to claim, when that is little."""
        sparql, claims = self._within(in_full(reading.sparql), MOST_IN_FULL + 1, scope)
        passages = {passage.iri for claim in self._catalogue.claims_by_iri(claims) for passage in claim.passages}
        little = 0 < len(claims) <= MOST_IN_FULL and len(passages) <= MOST_PASSAGES
        return replace(reading, sparql=sparql, claims=claims) if little else reading

    # ── What fills the slots of a template ──

    def _fillings(
        self, template: QuestionTemplate, match: Match, estimate: Estimate | None, scope: Scope | None
    ) -> Iterator[Filling]:
        if template.filled in ("mentions", "speakers"):
            yield from self._named(template, match, scope)
        elif template.filled == "claims":
            likely = estimate.closest if estimate else ()
            closest = [claim for near in (likely, match.ranked) for claim in _of_scope(near, scope)[:CLOSEST]]
            for claim in dict.fromkeys(closest):
                yield from (Filling(tuple((end,) for end in ends)) for ends in self._evidence.arrows.get(claim, ()))

    def _named(self, template: QuestionTemplate, match: Match, scope: Scope | None) -> Iterator[Filling]:
        """Yield the ways to fill a template's slots with the question's mentions, each mention used once."""
        choices = [self._choices(kind, match, scope) for kind in template.slots.values()]
        for chosen in product(*choices):
            mentions = tuple(mention for mention, _ in chosen if mention is not None)
            terms = tuple(terms for _, terms in chosen)
            if len(set(terms)) == len(terms) and not any(a.places & b.places for a, b in combinations(mentions, 2)):
                yield Filling(terms, mentions)

    def _choices(self, kind: str, match: Match, scope: Scope | None) -> list[tuple[Mention | None, tuple[Term, ...]]]:
        """Return what may go into a slot of a kind: terms, and the mention that they come from."""
        question = match.question
        if kind == "agent" and scope and scope.agents:
            return [(None, tuple(map(ox.NamedNode, scope.agents)))]
        if kind == "number":
            numbers = {ITEMS[word.text] for word in question.words if word.text in ITEMS}
            return [(None, (ox.Literal(number),)) for number in sorted(numbers)]
        if kind == "concepts":
            return [group for group in _same_words(question.mentions) if len(group[1]) > 1]
        mentions = [mention for mention in question.mentions if mention.meaning.kind == kind]
        return [(mention, (ox.NamedNode(mention.meaning.iri),)) for mention in mentions]

    # ── Readings and their scores ──

    def _reading(
        self,
        template: QuestionTemplate,
        match: Match,
        estimate: Estimate | None,
        scope: Scope | None,
        filling: Filling,
        cued: frozenset[int],
    ) -> Reading | None:
        most = max(template.most, len(scope.claims)) if scope and template.gives_list else template.most
        # Too many are no answer, so not all of them are read.
        whole = self._query(template, filling.terms)
        sparql, claims = self._within(whole, 2 * most + 1, scope)
        if not claims or len(claims) > 2 * most or (template.say == "count" and sparql != whole):
            return None
        question = match.question
        linked = frozenset(scope.places if scope else ()).union(*(mention.places for mention in filling.mentions))
        extra = (CUED if cued else 0.0) + SLOTTED * len(linked & match.weights.keys())
        if template.gives_list and asks_for_list(question.text):
            extra += LISTED
        if "number" in template.slots.values() and _names_item(question, filling.mentions):
            extra += ITEM
        account = account_of(match, claims, cued)
        return _scored(template, sparql, claims, account, extra, estimate, filling.mentions)

    def _of_form(self, match: Match, scope: Scope | None, *, learnt: bool) -> Iterator[Reading]:
        """Yield the readings by a form of question that is all there is to the question, or all but whose words."""
        question = match.question
        for template in self._templates:
            if template.whole is None or template.filled != "mentions":
                continue
            if scope and "agent" not in template.slots.values():
                continue
            spans = template.filled_by(question.text)
            if template.required and not spans:
                continue
            cued = frozenset(scope.places if scope else ()).union(*(_places(question, span) for span in spans))
            for filling in self._named(template, match, scope):
                taken = cued.union(*(mention.places for mention in filling.mentions))
                if taken and all(n in taken or word.stem in FILLER_STEMS for n, word in enumerate(question.words)):
                    sparql = self._query(template, filling.terms)
                    if claims := self._claims(sparql, MOST_OF_ALL):
                        score = WHOLE + template.prior + SLOTTED * len(taken - cued)
                        yield Reading(template, sparql, claims, 0.0, 1.0, score, filling.mentions, learnt, whole=True)

    def _several(self, match: Match, estimate: Estimate, found: Sequence[Reading]) -> Reading | None:
        """Return the reading by the likeliest claim and those that are asked for with it, if there are any."""
        single = [reading for reading in found if reading.template.filled == "claims"]
        chosen: list[Reading] = []
        held: set[str] = set()
        for claim in estimate.likeliest[:MOST_SEVERAL]:
            if claim in held or (chosen and estimate.beside(claim) < BESIDE):
                continue
            having = (reading for reading in single if claim in reading.claims)
            best = min(having, key=lambda reading: (len(reading.claims), reading.sparql), default=None)
            if best:
                chosen.append(best)
                held.update(best.claims)
        if not chosen or len(held) == max(len(reading.claims) for reading in chosen):
            return None
        template = next(each for each in self._templates if each.filled == "parts")
        claims = tuple(dict.fromkeys(claim for reading in chosen for claim in reading.claims))
        sparql = union_of([reading.sparql for reading in chosen])
        account = account_of(match, claims)
        return _scored(template, sparql, claims, account, 0.0, estimate)

    @staticmethod
    def _bound(template: QuestionTemplate, terms: tuple[tuple[Term, ...], ...]) -> str:
        """Return a template's query with terms in its slots."""
        return bind(template.sparql, dict(zip(template.slots, map(list, terms), strict=True)))

    def _within(self, sparql: str, most: int, scope: Scope | None) -> tuple[str, tuple[str, ...]]:
        """Return a query that finds no claims but those in scope, and the claims; of more than `most`, only some."""
        claims = self._claims(sparql, most)
        if scope is None or (len(claims) < most and scope.claims.issuperset(claims)):
            return sparql, claims
        if not scope.claims:
            telling = all(map(scope.tells_of, self._catalogue.claims_by_iri(claims)))
            return sparql, claims if telling and len(claims) < most else ()
        limited = scope.limited(sparql)
        return limited, self._claims(limited, most)

    def _found(self, sparql: str, most: int) -> tuple[str, ...]:
        """Return the IRIs of the claims that a query finds; of more than `most`, only some."""
        rows = self._catalogue.rows(f"{sparql.removesuffix(IN_ORDER)} LIMIT {4 * most}")
        return tuple(dict.fromkeys(row["claim"] for row in rows if self._catalogue.has_claim(row.get("claim", ""))))


def _of_scope(claims: Sequence[str], scope: Scope | None) -> Sequence[str]:
    return [claim for claim in claims if claim in scope.claims] if scope and scope.claims else claims


def _same_words(mentions: Iterable[Mention]) -> Iterator[tuple[Mention, tuple[Term, ...]]]:
    """Yield the concepts that the same words stand for, with one of their mentions."""
    concepts = [mention for mention in mentions if mention.meaning.kind == "concept"]
    for places in dict.fromkeys(mention.places for mention in concepts):
        same = [mention for mention in concepts if mention.places == places]
        yield same[0], tuple(ox.NamedNode(mention.meaning.iri) for mention in same)


def _scored(
    template: QuestionTemplate,
    sparql: str,
    claims: tuple[str, ...],
    account: Account,
    extra: float,
    estimate: Estimate | None,
    mentions: tuple[Mention, ...] = (),
) -> Reading:
    """Return a reading with its score: by words alone, or also by what was learnt of what people ask for."""
    score = account.score + template.prior + extra
    if estimate:
        score += AGREEMENT * estimate.agreement(claims) + MASS * estimate.mass(claims)
        score += NAMED * (template.filled == "mentions") + LIST * template.gives_list
        score -= CROWDED * max(0, len(claims) - template.most)
    return Reading(template, sparql, claims, account.left, account.covered, score, mentions, estimate is not None)


def _names_item(question: LinkedQuestion, mentions: Sequence[Mention]) -> bool:
    """Whether one item of a list is asked for by its number: "the final step", "which step comes first"."""
    words = question.words
    named = [m for m in mentions if m.meaning.kind == "list"]
    before = any(m.first and words[m.first - 1].text in ITEMS for m in named)
    one = any(not words[m.last - 1].text.endswith("s") for m in named)
    return before or (one and any(word.text in PLACES or word.text in LAST_WORDS for word in words))


def _places(question: LinkedQuestion, span: tuple[int, int]) -> frozenset[int]:
    """Return the places of the words inside a part of the question's text."""
    return frozenset(n for n, word in enumerate(question.words) if span[0] <= word.start and word.end <= span[1])
