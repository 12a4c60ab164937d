"""The words of claims, labels and definitions, held against what they are for: nothing may be added in passing.

A general relation that forgets a "should", a condition that no proposition marks, or a definition that repeats a claim
would each say more than the seminar did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from rdflib import Graph, Literal
from rdflib.term import Node

from kg.check.corpus import Corpus, labels
from kg.check.problems import Problem
from kg.check.propositions import WrittenProposition, propositions
from kg.english.reservations import gives_reason, is_conditional, quantities, reservations, urges
from kg.english.words import LIGHT_STEMS, stems
from kg.vocabulary import CITO, OA, PROV, RDF, RDFS, RELATION, SCHEMA, SK, SKOS

_NAMES = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
#: The general relation that says nothing but that two things stand together; whatever was said comes under it.
_NEUTRAL = RELATION["spoken-of-with"]


def check_overstatements(corpus: Corpus, ontology: Graph) -> Iterator[Problem]:
    """Yield what is stronger, or says more, than what it stands for."""
    found = propositions(corpus)
    yield from _check_general(corpus, ontology)
    yield from _check_labels(corpus, ontology, found)
    for claim in corpus.claims:
        yield from _check_claim(corpus, claim, [each for each in found if each.claim == claim])
    yield from _check_definitions(corpus, ontology, found)


# ── Relations ──


def _check_general(corpus: Corpus, ontology: Graph) -> Iterator[Problem]:
    """Yield each relation under a general one that leaves out its "should", its "may", its "not" ..."""
    for relation in corpus.of_class(RDF.Property):
        for general in corpus.in_order(corpus.graph.objects(relation, RDFS.subPropertyOf)):
            own, above = _phrase(corpus, ontology, relation), _phrase(corpus, ontology, general)
            lost = reservations(own) - reservations(above)
            if lost and above and general != _NEUTRAL:
                words = (
                    f'says "{own}", and {corpus.name(general)}, "{above}", leaves out that it {_listed(lost)}: choose '
                )
                words += f"a general relation that says it, or {corpus.curie(_NEUTRAL)}, which says nothing."
                yield from corpus.problem_of(relation, "general-stronger", words, RDFS.subPropertyOf, general)


def _check_labels(corpus: Corpus, ontology: Graph, found: Iterable[WrittenProposition]) -> Iterator[Problem]:
    """Yield each plain triple that leaves out what the words on the arrow of its proposition say."""
    for each in found:
        if each.status != SK.asserted or each.conditional or each.predicate is None:
            continue
        own = _phrase(corpus, ontology, each.predicate)
        for label in labels(corpus.graph, each.node, RDFS.label):
            if own and (lost := reservations(label) - reservations(own)):
                words = f'says "{label}", and the plain triple beside it, "{own}", leaves out that it {_listed(lost)}: '
                words += "use a relation that says it, or another sk:status."
                yield from corpus.problem_of(each.node, "general-stronger", words, RDFS.label, label)


def _phrase(corpus: Corpus, ontology: Graph, relation: Node) -> str:
    return " ".join(labels(corpus.graph, relation, RDFS.label) or labels(ontology, relation, RDFS.label))


def _listed(kinds: Iterable[str]) -> str:
    return " and ".join(f'"{kind}"' for kind in sorted(kinds))


# ── Claims ──


def _check_claim(corpus: Corpus, claim: Node, parts: list[WrittenProposition]) -> Iterator[Problem]:
    text = next(iter(labels(corpus.graph, claim, SCHEMA.text)), None)
    if text is None or not parts:
        return  # the shapes say so
    stances = set(corpus.graph.objects(claim, SK.stance))
    if is_conditional(text) and not any(each.conditional for each in parts):
        words = (
            "has an “if” in its text, and none of its propositions is a condition or a goal: write what it depends on "
        )
        words += "as sk:condition, or what is wanted as sk:goal."
        yield from corpus.problem_of(claim, "condition-unmarked", words, SCHEMA.text, text)
    if stances == {SK.recommends} and not urges(text):
        words = "is recommended, and its text describes: say in it what should be done, or take another sk:stance."
        yield from corpus.problem_of(claim, "recommendation-described", words, SCHEMA.text, text)
    found = {str(each.predicate) for each in parts}
    if stances == {SK["reports-evidence"]} and not any(each.startswith(str(RELATION)) for each in found):
        words = "is reported as evidence, and none of its propositions says what was found: take another sk:stance."
        yield from corpus.problem_of(claim, "evidence-missing", words, SK.stance, SK["reports-evidence"])
    yield from _check_support(corpus, claim, text, stances)
    yield from _check_quantities(corpus, claim, text, parts)


def _check_support(corpus: Corpus, claim: Node, text: Literal, stances: set[Node]) -> Iterator[Problem]:
    """Yield a claim that is said to support another, being no example and no evidence, with no word for a reason."""
    if stances & {SK.exemplifies, SK["reports-evidence"]} or any(map(gives_reason, [text, *_quoted(corpus, claim)])):
        return
    for other in corpus.in_order(corpus.graph.objects(claim, CITO.supports)):
        words = (
            f"is said to support {corpus.name(other)}, but is neither an example nor evidence, and no word makes it a "
        )
        words += "reason: use cito:extends, or take it out."
        yield from corpus.problem_of(claim, "support-without-reason", words, CITO.supports, other)


def _check_quantities(corpus: Corpus, claim: Node, text: Literal, parts: list[WrittenProposition]) -> Iterator[Problem]:
    """Yield the words of quantity ("some", "all", "often") that no quotation of the claim has, nor a concept's name."""
    quoted = list(_quoted(corpus, claim))
    names = (name for concept in corpus.graph.objects(claim, SCHEMA.about) for name in _names(corpus, concept))
    kinds = {kind for words in chain(quoted, names) for kind in quantities(words).values()}
    places = [(claim, SCHEMA.text, text)]
    places += [
        (each.node, RDFS.label, label) for each in parts for label in labels(corpus.graph, each.node, RDFS.label)
    ]
    for node, predicate, label in places:
        added = [word for word, kind in quantities(label).items() if kind not in kinds]
        if added and quoted:
            words = f'says "{added[0]}", which its quotations do not: leave it out.'
            yield from corpus.problem_of(node, "quantity-added", words, predicate, label)


def _quoted(corpus: Corpus, claim: Node) -> Iterator[str]:
    """Yield the words that a claim rests on, and those around them."""
    for passage in corpus.graph.objects(claim, PROV.wasDerivedFrom):
        for selector in corpus.graph.objects(passage, OA.hasSelector):
            yield from chain.from_iterable(
                labels(corpus.graph, selector, part) for part in (OA.exact, OA.prefix, OA.suffix)
            )


# ── Definitions ──


def _check_definitions(corpus: Corpus, ontology: Graph, found: Iterable[WrittenProposition]) -> Iterator[Problem]:
    """Yield each definition that says what a claim says of its concept.

    It has the words of the relation, and names the other end; or, where these are two words or more, has them all.
    """
    of_concept: defaultdict[Node, list[tuple[WrittenProposition, Node]]] = defaultdict(list)
    for each in found:
        if each.subject is not None and each.object is not None:
            of_concept[each.subject].append((each, each.object))
            of_concept[each.object].append((each, each.subject))
    for concept in corpus.of_class(SKOS.Concept):
        own = {stem for name in _names(corpus, concept) for stem in stems(name)}
        for definition in labels(corpus.graph, concept, SKOS.definition):
            for each, other in of_concept[concept]:
                phrase = _phrase(corpus, ontology, each.predicate) if each.predicate is not None else ""
                content = set(stems(phrase)) - LIGHT_STEMS - own
                said = content & set(stems(definition))
                whole = len(content) > 1 and said == content
                if said and (whole or _is_named(corpus, other, definition, own)):
                    words = f"has a definition that says what {corpus.name(each.claim)} says, “{phrase}”: define it by "
                    words += "what the words mean anywhere."
                    yield from corpus.problem_of(concept, "definition-claims", words, SKOS.definition, definition)
                    break


def _is_named(corpus: Corpus, other: Node, definition: str, own: set[str]) -> bool:
    """Whether a definition has a name of a concept, all its words that the defined one has not."""
    words = set(stems(definition))
    names = (set(stems(name)) - LIGHT_STEMS - own for name in _names(corpus, other))
    return any(name and name <= words for name in names)


def _names(corpus: Corpus, concept: Node) -> Iterator[str]:
    for predicate in _NAMES:
        yield from labels(corpus.graph, concept, predicate)
