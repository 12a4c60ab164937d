"""Claims, their propositions, and the plain triples beside them, kept in step.

Each asserted proposition of a claim without a condition or a goal has its plain triple, so that simple SPARQL
stays simple; no other plain triple may stand, for it would look like something claimed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.check.corpus import Corpus
from kg.check.files import Triple
from kg.check.problems import Problem
from kg.check.terms import is_bad
from kg.vocabulary import CITO, RDF, RDFS, RELATION, SCHEMA, SK, SKOS

_PARTS = (RDF.subject, RDF.predicate, RDF.object, SK.status)
_STATUSES = {SK.asserted, SK.denied, SK.condition, SK.goal, SK.content}


@dataclass(frozen=True)
class WrittenProposition:
    """A proposition as the files have it; what it lacks, or has twice, is None."""

    node: Node
    claim: Node
    subject: Node | None
    predicate: Node | None
    object: Node | None
    status: Node | None
    conditional: bool

    @cached_property
    def triple(self) -> Triple | None:
        """The proposition as a triple, None when a part is missing."""
        if self.subject is None or self.predicate is None or self.object is None:
            return None
        return self.subject, self.predicate, self.object

    def may_be(self, triple: Triple) -> bool:
        """Return whether a triple agrees with all the parts there are."""
        parts = (self.subject, self.predicate, self.object)
        return all(part is None or part == term for part, term in zip(parts, triple, strict=True))


def propositions(corpus: Corpus) -> list[WrittenProposition]:
    """Return the propositions of all claims."""

    def only(node: Node, predicate: URIRef) -> Node | None:
        values = list(corpus.graph.objects(node, predicate))
        return values[0] if len(values) == 1 else None

    found = []
    for claim in corpus.claims:
        nodes = corpus.in_order(corpus.graph.objects(claim, SK.proposition))
        statuses = {status for node in nodes for status in corpus.graph.objects(node, SK.status)}
        conditional = bool(statuses & {SK.condition, SK.goal})
        for node in nodes:
            subject, predicate, object_, status = (only(node, part) for part in _PARTS)
            found.append(WrittenProposition(node, claim, subject, predicate, object_, status, conditional))
    return found


def check_propositions(corpus: Corpus, ontology: Graph, undefined: Container[Node]) -> Iterator[Problem]:
    """Yield what is wrong between claims, propositions and plain triples; `undefined` is left alone."""
    all_propositions = propositions(corpus)
    yield from _check_plain_triples(corpus, ontology, all_propositions, undefined)
    yield from _check_about(corpus, all_propositions)
    yield from _check_links(corpus, undefined)
    for proposition in all_propositions:
        if proposition.predicate is not None and proposition.predicate not in undefined:
            yield from _check_words(corpus, ontology, proposition, proposition.predicate)


def _check_links(corpus: Corpus, undefined: Container[Node]) -> Iterator[Problem]:
    """Yield what a claim is said to bear on (CiTO) that is itself, or no claim."""
    for (subject, predicate, object_), place in corpus.triples.items():
        if not str(predicate).startswith(str(CITO._NS)) or any(
            term in undefined for term in (subject, predicate, object_)
        ):
            continue
        for end in dict.fromkeys((subject, object_)):
            if end not in corpus.claims:
                words = f"{corpus.name(predicate)} leads from a claim to a claim, and {corpus.name(end)} is none"
                yield from corpus.problem(place, "claim-link", f"{words}: name another claim, or take it out.")
        if subject == object_:
            words = f"{corpus.name(subject)} bears on itself by {corpus.name(predicate)}"
            yield from corpus.problem(place, "claim-link", f"{words}: name another claim, or take it out.")


# ── Plain triples ──


def _check_plain_triples(
    corpus: Corpus, ontology: Graph, all_propositions: list[WrittenProposition], undefined: Container[Node]
) -> Iterator[Problem]:
    expected = {p.triple: p for p in all_propositions if p.triple and p.status == SK.asserted and not p.conditional}
    # What has words for an arrow: relations, and the standard terms for events.
    worded = {*ontology.subjects(SK.inverseLabel), *corpus.graph.subjects(RDF.type, RDF.Property)}
    missing = {triple: p for triple, p in expected.items() if triple not in corpus.graph}
    extra = [
        triple
        for triple in corpus.triples
        if triple not in expected
        and (triple[1] in worded or str(triple[1]).startswith(str(RELATION)))
        and not _is_structure(corpus, *triple[:2])
    ]
    unsettled = [p for p in all_propositions if not p.triple or p.status not in _STATUSES]

    def is_reported(term: Node) -> bool:
        return term in undefined or (isinstance(term, Literal) and is_bad(term))

    for triple in extra:
        if any(p.may_be(triple) for p in unsettled) or _may_be_of_bare_claim(corpus, triple):
            continue  # the proposition that backs it has a problem of its own
        twin = next((other for other in missing if len(_differing(other, triple)) == 1), None)
        holder = missing.pop(twin) if twin else None
        if twin and (twin[1] not in worded or any(map(is_reported, _differing(twin, triple)[0]))):
            continue
        message = _unbacked(corpus, triple, holder, all_propositions)
        yield from corpus.problem(corpus.place(*triple), "plain-triple-unbacked", message)
    for triple, p in missing.items():
        if not any(map(is_reported, triple)):
            words = "is asserted without a condition or a goal but has no plain triple beside it: add"
            yield from corpus.problem_of(p.node, "plain-triple-missing", f"{words} {_written(corpus, triple)}")


def _is_structure(corpus: Corpus, subject: Node, predicate: Node) -> bool:
    """Return whether a triple only holds the graph together: what a claim is about, what a document is
    called, which part of the seminar (presentation, debate) belongs to it and who presents there.
    """
    classes = set(corpus.graph.objects(subject, RDF.type))
    if SCHEMA.Article in classes or subject in corpus.claims:
        return True
    is_part = (None, SK.madeIn, subject) in corpus.graph or (None, SCHEMA.subEvent, subject) in corpus.graph
    return is_part and predicate in (SCHEMA.superEvent, SCHEMA.performer)


def _may_be_of_bare_claim(corpus: Corpus, triple: Triple) -> bool:
    ends = {term for term in (triple[0], triple[2]) if (term, RDF.type, SKOS.Concept) in corpus.graph}
    return bool(ends) and any(
        (claim, SK.proposition, None) not in corpus.graph and ends <= set(corpus.graph.objects(claim, SCHEMA.about))
        for claim in corpus.claims
    )


def _differing(one: Triple, other: Triple) -> list[tuple[Node, Node]]:
    return [(a, b) for a, b in zip(one, other, strict=True) if a != b]


def _unbacked(
    corpus: Corpus, triple: Triple, twin: WrittenProposition | None, all_propositions: list[WrittenProposition]
) -> str:
    written = f"the plain triple {_written(corpus, triple)}"
    if twin and twin.triple:
        place = corpus.place(twin.node)
        where = f" on line {place.line}" if place else ""
        return (
            f"{written} does not agree with {corpus.name(twin.node)}{where}, which says "
            f"{_written(corpus, twin.triple)} Correct the one that is wrong."
        )
    holders = [p for p in all_propositions if p.triple == triple]
    if not holders:
        return f"{written} is of no claim: take it out, or write the proposition that it stands for."
    holder = next((p for p in holders if p.status == SK.asserted), holders[0])
    why = "makes it under a condition or a goal"
    if holder.status != SK.asserted and holder.status is not None:
        why = f"gives it as {corpus.name(holder.status)}"
    return f"{written} must not stand, because {corpus.name(holder.claim)} {why}: take it out."


def _written(corpus: Corpus, triple: Triple) -> str:
    return " ".join(_term(corpus, term) for term in triple) + " ."


def _term(corpus: Corpus, term: Node) -> str:
    if not isinstance(term, Literal):
        return corpus.curie(str(term))
    suffix = f"@{term.language}" if term.language else ""
    suffix = suffix or (f"^^{corpus.curie(term.datatype)}" if term.datatype else "")
    return f'"{term}"{suffix}'


# ── What a claim is about, and the words on its arrows ──


def _check_about(corpus: Corpus, all_propositions: list[WrittenProposition]) -> Iterator[Problem]:
    mentioned: defaultdict[Node, set[Node]] = defaultdict(set)
    for p in all_propositions:
        for term in (p.subject, p.object):
            if (term, RDF.type, SKOS.Concept) in corpus.graph and term is not None:
                mentioned[p.claim].add(term)
    for claim, concepts in mentioned.items():
        if left_out := concepts - set(corpus.graph.objects(claim, SCHEMA.about)):
            places = [corpus.place(claim, SCHEMA.about, value) for value in corpus.graph.objects(claim, SCHEMA.about)]
            place = min((p for p in places if p), default=corpus.place(claim))
            name, lacks = corpus.name(claim), corpus.names(left_out)
            message = f"{name} has propositions on what it is not schema:about: add {lacks}."
            yield from corpus.problem(place, "about-incomplete", message)


def _check_words(
    corpus: Corpus, ontology: Graph, proposition: WrittenProposition, predicate: Node
) -> Iterator[Problem]:
    """Yield a predicate without words for its arrow, and a denied proposition without its own."""
    is_relation = (predicate, RDF.type, RDF.Property) in corpus.graph
    if not is_relation and (predicate, SK.inverseLabel, None) not in ontology:
        words = f"has the predicate {corpus.name(predicate)}, which is no relation and has no words for an arrow"
        words += ": use a relation, or define it as one."
        yield from corpus.problem_of(proposition.node, "relation-unworded", words, RDF.predicate, predicate)
    negated = any((predicate, SK.negatedLabel, None) in graph for graph in (corpus.graph, ontology))
    labelled = (proposition.node, RDFS.label, None) in corpus.graph
    if proposition.status == SK.denied and not negated and not labelled:
        words = f"is denied, but nothing says how its arrow reads: give {corpus.name(predicate)} an "
        words += 'sk:negatedLabel, such as "is not concerned with"@en, or the proposition an rdfs:label.'
        yield from corpus.problem_of(proposition.node, "denied-unworded", words, SK.status, SK.denied)
