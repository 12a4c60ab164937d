"""The words of an answer: the lead that answers, the claims as points, and both as text that can be read out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.answering.answer import LinkedWords, Point
from kg.answering.points import Points, numbered, places_in
from kg.answering.seminar_answerer import Finding
from kg.answering.verdict.decision import Decision
from kg.english.dates import month
from kg.english.naming import asks_who
from kg.english.telling import leads
from kg.english.telling.clauses import stands_alone
from kg.english.telling.paragraphs import Line, paragraph
from kg.english.telling.refusals import no_reason_for
from kg.english.telling.sentences import Said, at_seminar, listed_words, quoted, told_together
from kg.english.telling.verdicts import open_lead, verdict_lead
from kg.english.words import GRAMMAR_STEMS, stems
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim, Concept, OrderedList

#: How many things an answer is said to be about.
MOST_TOPICS = 2
#: Of how many claims of a list the lead tells the one that has most of the question; more are counted. How much of that
#: one's share another has at least which is told in its place because it is shorter.
MOST_LED, AS_MUCH = 3, 0.5


@dataclass(frozen=True)
class Phrased:
    """An answer in words; see `kg.answering.Answer` for what each of them is."""

    lead: str
    points: tuple[Point, ...]
    answer: str
    compared: tuple[Concept, ...] = ()


@dataclass(frozen=True)
class Lead:
    """A lead; whether it tells all that the claims say, the ones that it tells, and whether it says who said all."""

    text: str
    tells: bool = False
    credited: bool = False
    of: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Told:
    """A question with what was found for it.

    That is: the finding of the seminar that answers it best; the claims of all seminars, as points; the number
    that was found; the numbered list that the claims are, and the two things that they compare, if any.
    """

    question: str
    best: Finding
    points: tuple[Point, ...]
    counted: int | None
    ordered: OrderedList | None
    compared: tuple[Concept, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the points."""
        return tuple(point.claim for point in self.points)

    @property
    def saids(self) -> tuple[Said, ...]:
        """The claims as sentences need them."""
        return tuple(point.said for point in self.points)

    @property
    def counts_statements(self) -> bool:
        """Whether a count is of the statements that claims rest on, of which one may have several."""
        return self.counted == self.statements < len(self.claims) or self.sums_up

    @property
    def statements(self) -> int:
        """The number of statements that the claims rest on."""
        return len({(claim.seminar, claim.passages[0].id) for claim in self.claims})

    @property
    def sums_up(self) -> bool:
        """Whether the claims are what a summary sums up itself."""
        assert self.best.reading is not None
        return self.best.reading.template.say == "summary" and self.has_one_source

    @property
    def has_one_source(self) -> bool:
        """Whether all claims are credited to the same, which a summary of another seminar is not."""
        return len({(point.claim.seminar, point.said.credit) for point in self.points}) == 1


class Phrasing:
    """Words answers over one catalogue."""

    def __init__(self, catalogue: Catalogue):
        self._catalogue = catalogue
        self._points = Points(catalogue)

    def phrased(
        self,
        question: str,
        best: Finding,
        claims: Sequence[Claim],
        *,
        counted: int | None,
        lead: str | None = None,
    ) -> Phrased:
        """Return the words of an answer.

        Arguments:
            question: as it was asked.
            best: what the seminar that answers it best says to it.
            claims: all that answer it, in the source's order.
            counted: how many things a question that counts is answered with.
            lead: a sentence to begin with, in place of the one that is made here.
        """
        asked = self._asked(question, best, claims, counted)
        chosen = self._given(lead, asked) if lead else self._lead(asked)
        if chosen.tells:
            return Phrased(chosen.text, asked.points, chosen.text, asked.compared)
        lines = self._lines(asked, chosen.of)
        if not chosen.credited and lines:
            chosen = replace(chosen, text=chosen.text.removesuffix(":") + "." * chosen.text.endswith(":"))
        after = chosen.of[-1] if len(chosen.of) == 1 else None
        text = paragraph(chosen.text, lines, credited=chosen.credited, after=after)
        return Phrased(chosen.text, asked.points, text, asked.compared)

    def decided(self, decision: Decision) -> str:
        """Return what the answer to a question for yes or no begins with that some claims decide, or leave open."""
        claim = decision.best.comparison.claim
        said = self._points.said(claim)
        if decision.verdict:
            return verdict_lead(decision.verdict, decision.rule, said)
        return open_lead(decision.rule, said, decision.best.differs)

    def without_reason(self, claim: Claim, *, several: bool) -> str:
        """Return the sentence that no reason is given for what a claim says."""
        return no_reason_for(self._points.said(claim).clause, several=several)

    def _asked(self, question: str, best: Finding, claims: Sequence[Claim], counted: int | None) -> Told:
        # Among many other claims an item of a list is told by our sentence: its name alone would say nothing.
        lists = ((each, numbered(claims, each)) for each in self._catalogue.ordered_lists())
        ordered, places = next((each for each in lists if 2 * len(each[1]) >= max(len(claims), 1)), (None, {}))
        compared = self._compared(best, claims)
        points = (self._points.point(claim, places.get(claim.iri), self._side(claim, compared)) for claim in claims)
        return Told(question, best, tuple(points), counted, ordered, compared)

    # ── The lead ──

    @staticmethod
    def _given(lead: str, asked: Told) -> Lead:
        """Return the lead of a question for yes or no, with which of the claims it tells and whom it names."""
        told = tuple(said for said in asked.saids if leads.tells(lead, said))
        return Lead(lead, of=told, credited=not told and leads.credits(lead, asked.saids[:1]))

    def _lead(self, asked: Told) -> Lead:
        *most, last = self._leads(asked)
        return next((each for each in most if leads.fits(each.text)), last)

    def _leads(self, asked: Told) -> Iterator[Lead]:
        """Yield the leads that an answer may have, the most fitting one first."""
        credited = asked.has_one_source
        if asked.counted is not None:
            yield Lead(leads.counted(asked.counted, self._counted_name(asked), asked.saids), credited=credited)
        if asked.ordered and all(point.number is not None for point in asked.points):
            yield Lead(leads.in_order(asked.ordered.name, asked.saids), credited=credited)
        if asked.sums_up and asked.statements > 1:
            yield Lead(told_together(asked.saids), tells=True)
            yield Lead(leads.summed_up(asked.statements, asked.saids[0]), credited=True)
        yield from self._meanings(asked)
        if asked.compared:
            sides = [point.about for point in asked.points]
            numbers = [sides.count((concept.slug,)) for concept in asked.compared]
            yield Lead(leads.compared(self._inside(asked.compared), numbers, len(sides) - sum(numbers)))
        yield from self._telling(asked)

    def _telling(self, asked: Told) -> Iterator[Lead]:
        """Yield what tells all claims, or the one that has most of the question; then how many there are."""
        foremost, alone = self._foremost(asked), len(asked.points) == 1
        for point in foremost if leads.asks_for_quotation(asked.question) else ():
            if quotation := self._points.quotation(self._points.in_own_words(point)):
                yield Lead(leads.in_own_words(point.credit, quoted(quotation)), tells=alone, of=(point.said,))
        answer_first = asks_who(asked.question)
        told = leads.same(asked.saids, answer_first=answer_first)
        if answer_first and told and (quotation := self._points.telling(asked.points[0].claim)):
            yield Lead(leads.with_quotation(told, quoted(quotation)), tells=True)
        yield Lead(told, tells=True)
        if foremost and not alone:
            best = sorted(asked.points, key=lambda point: point not in foremost)
            yield Lead(told_together([point.said for point in best]), tells=True)
        for point in foremost:
            same = tuple(said for said in asked.saids if said.clause == point.said.clause)
            for manner in (True, False):  # without how it was said a claim may be short enough
                yield Lead(leads.same(same, answer_first=answer_first, manner=manner), of=same, tells=alone)
        seminars = len({claim.seminar for claim in asked.claims})
        about = leads.about(asked.saids, self._topics(asked), seminars=seminars)
        yield Lead(about, credited=asked.has_one_source)

    @staticmethod
    def _foremost(asked: Told) -> list[Point]:
        """Return the points that have most of the question, or about as much, first; none of a long list.

        The items of a numbered list are told together.
        """
        assert asked.best.reading is not None
        template = asked.best.reading.template
        if len({claim.seminar for claim in asked.claims}) > 1:  # a lead does not say at which of them it was said
            return []
        if template.gives_list and template.filled != "parts" and len(asked.points) > MOST_LED:
            return []
        has = {point.claim.iri: round(asked.best.match.covered((point.claim.iri,)), 9) for point in asked.points}
        best = sorted(asked.points, key=lambda point: -has[point.claim.iri])
        return [p for p in best if p.number is None and has[p.claim.iri] >= AS_MUCH * has[best[0].claim.iri]]

    def _meanings(self, asked: Told) -> Iterator[Lead]:
        """Yield the long form of a short name, our definition of what is named alone, or how much is told of it."""
        assert asked.best.reading is not None
        for words in asked.best.linked:
            concept = self._named(words)
            if asked.best.reading.template.say == "name":
                yield Lead(leads.long_form(*self._names(words), words.text), tells=True)
            if not concept:
                continue
            rest = f"{asked.question[: words.start]} {asked.question[words.end :]}"
            is_defined = concept.definition and leads.asks_for_meaning(rest) and not leads.asks(concept.label)
            if not is_defined and asked.best.reading.template.say != "concept":
                continue
            number, listed = len(self._catalogue.claims(concept=concept.slug)), len(asked.points)
            label = self._points.inside(concept.label)
            if is_defined:
                means = self._points.inside(concept.definition)
                yield Lead(leads.definition(label, means, number, listed=listed))
            elif 1 < listed < number:
                yield Lead(leads.mainly(label, number))

    def _names(self, words: LinkedWords) -> tuple[str, tuple[str, ...]]:
        """Return the names of what words of the question name, the foremost and the others; "" where there is none."""
        if words.kind == "agent" and words.slug:
            agent = self._catalogue.agent(words.slug)
            return agent.name, (agent.full_name, *agent.other_names)
        concept = self._named(words)
        return (concept.label, tuple(concept.other_labels)) if concept else ("", ())

    def _named(self, words: LinkedWords) -> Concept | None:
        """Return the concept that words of the question name, and no other concept beside it."""
        meant = set(stems(words.text)) - GRAMMAR_STEMS
        if words.kind != "concept" or words.slug is None or not meant:
            return None
        having = [each.slug for each in self._catalogue.concepts() if any(meant == labels for labels in _labels(each))]
        return self._catalogue.concept(words.slug) if set(having) <= {words.slug} else None

    def _counted_name(self, asked: Told) -> str:
        """Return what a question counts: the name of a numbered list, or the things themselves; "" where unknown."""
        held = {claim.slug for claim in asked.claims}
        for each in self._catalogue.ordered_lists():
            items = [held & set(item.claims) for item in each.items]
            if len(items) == asked.counted and all(items) and held == set[str]().union(*items):
                return f" {leads.unnumbered(each.name)}"
        assert asked.best.reading is not None
        by_iri = {concept.iri: concept for concept in self._catalogue.concepts()}
        places = {mention.places for mention in asked.best.reading.mentions}
        meant = (each.meaning.iri for each in asked.best.match.question.mentions if each.places in places)
        concepts = [by_iri[iri] for iri in dict.fromkeys(meant) if iri in by_iri]
        return f": {listed_words(self._inside(concepts))}" if len(concepts) == asked.counted else ""

    def _topics(self, asked: Told) -> list[str]:
        """Return what the question names that the claims are about, rather those things that all of them are about."""
        concepts = [concept for concept in map(self._named, asked.best.linked) if concept]
        named = [each for each in dict.fromkeys(concepts) if any(each.slug in c.concepts for c in asked.claims)]
        chosen = [each for each in named if all(each.slug in c.concepts for c in asked.claims)]
        if not chosen and all(any(each.slug in c.concepts for each in named) for c in asked.claims):
            chosen = named
        return self._inside(chosen) if len(chosen) <= MOST_TOPICS else []

    def _inside(self, concepts: Iterable[Concept]) -> list[str]:
        return [self._points.inside(concept.label) for concept in concepts]

    # ── The points ──

    def _lines(self, asked: Told, told_already: Sequence[Said]) -> list[Line]:
        several = len({claim.seminar for claim in asked.claims}) > 1
        told = {said.clause: said for said in reversed(told_already)}
        verbatim, place = leads.asks_for_quotation(asked.question), 0
        lines: list[Line] = []
        series = {slug: each.iri for each in self._catalogue.ordered_lists() for slug in places_in(each)}
        previous = ""
        for point in self._in_order(asked, told_already):
            under = self._at(point.claim.seminar) if several else self._under(point, asked)
            weight = asked.best.match.covered((point.claim.iri,))
            quoting = self._points.in_own_words(point) if verbatim else point
            shown = quoting if stands_alone(self._points.quotation(quoting)) else point
            line = self._points.line(shown, under=under, weight=weight, verbatim=verbatim)
            line = replace(line, series=series.get(point.claim.slug, ""))
            before = [*told_already, *(each.said for each in lines)]
            first = told.setdefault(point.said.clause, point.said)
            if first is not point.said and not several and _follow(before, first):
                line = replace(line, words=leads.same_too(point.said), verbatim=False, whole=True)
            elif asked.counts_statements:
                joined = _statement(point) == previous and lines[-1].said.credit == point.said.credit
                place += not joined
                line = replace(line, joined=joined, place=place)
            previous = _statement(point)
            lines.append(line)
        return lines

    @staticmethod
    def _in_order(asked: Told, told_already: Sequence[Said]) -> list[Point]:
        """Return the points that are left to tell: those of the lead's source first, a numbered list together.

        Compared ones come after what they are about.
        """
        left = [point for point in asked.points if point.said not in told_already]
        if asked.compared:
            sides = [(concept.slug,) for concept in asked.compared]
            return sorted(left, key=lambda point: sides.index(point.about) if point.about in sides else len(sides))
        source = told_already[0].credit if told_already else None
        first = next((place for place, point in enumerate(left) if point.number), 0)
        together = [*left[:first], *sorted(left[first:], key=lambda point: not point.number)]
        return sorted(together, key=lambda point: source is not None and point.said.credit != source)

    def _at(self, slug: str) -> str:
        seminar = self._catalogue.seminar(slug)
        return at_seminar(seminar.document.title, month(seminar.start))

    # ── Two things compared ──

    def _compared(self, best: Finding, claims: Sequence[Claim]) -> tuple[Concept, ...]:
        """Return the two things that a question compares, where each claim is about one of them or both."""
        assert best.reading is not None
        if best.reading.template.say != "compare" or len({claim.seminar for claim in claims}) > 1:
            return ()
        mentions = sorted(best.reading.mentions, key=lambda mention: mention.first)
        by_iri = {concept.iri: concept for concept in self._catalogue.concepts()}
        iris = dict.fromkeys(mention.meaning.iri for mention in mentions)
        concepts = tuple(by_iri[iri] for iri in iris if iri in by_iri)
        sides = [self._side(claim, concepts) for claim in claims]
        told_apart = len(claims) > 1 and (len(set(sides)) > 1 or len(sides[0]) > 1)
        return concepts if len(concepts) == 2 and all(sides) and told_apart else ()

    def _side(self, claim: Claim, compared: Sequence[Concept]) -> tuple[str, ...]:
        """Return which of two compared things a claim is about, or about what is near to them."""
        named = {*claim.concepts, *claim.attribution.reported_from}
        own = tuple(concept.slug for concept in compared if concept.slug in named)
        return own or tuple(c.slug for c in compared if named & {*c.narrower, *c.related})

    def _under(self, point: Point, asked: Told) -> str:
        if not any(len(each.about) == 1 for each in asked.points):
            return ""
        sides = [concept for concept in asked.compared if concept.slug in point.about]
        return f"About {self._inside(sides)[0]}" if len(sides) == 1 else "About both"


def _follow(told: Sequence[Said], first: Said) -> bool:
    """Whether what comes next follows the one claim of a source, so that "the same" can mean no other."""
    place = told.index(first)
    alone = place == 0 or told[place - 1].credit != first.credit
    return alone and all(each.clause == first.clause for each in told[place:])


def _statement(point: Point) -> str:
    return point.claim.passages[0].id


def _labels(concept: Concept) -> Iterator[set[str]]:
    for label in (concept.label, *concept.other_labels, *concept.hidden_labels):
        yield set(stems(label)) - GRAMMAR_STEMS
