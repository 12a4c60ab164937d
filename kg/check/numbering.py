"""Whatever is numbered: the items of lists, the propositions of claims, the statements of documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import Literal
from rdflib.term import Node

from kg.check.corpus import Corpus
from kg.check.problems import Problem
from kg.vocabulary import DCTERMS, DOCO, OA, RDF, SCHEMA, SK


def check_numbering(corpus: Corpus) -> Iterator[Problem]:
    """Yield gaps and repeats in numbers, wrong counts, and items that rest on claims about something else."""
    for claim in corpus.claims:
        parts = corpus.in_order(corpus.graph.objects(claim, SK.proposition))
        yield from _check_sequence(corpus, parts, "proposition-gap", f"the propositions of {corpus.name(claim)}")
    for item_list in corpus.of_class(SCHEMA.ItemList):
        yield from _check_list(corpus, item_list)
    for document in {*corpus.graph.objects(None, OA.hasSource)}:
        yield from _check_sections(corpus, document)
        yield from _check_statements(corpus, document)


def position(corpus: Corpus, node: Node) -> int | None:
    """Return the position of a thing, None when it has no whole number or several."""
    values = list(corpus.graph.objects(node, SCHEMA.position))
    value = values[0].value if len(values) == 1 and isinstance(values[0], Literal) else None
    return value if isinstance(value, int) else None


def _check_sequence(corpus: Corpus, nodes: Iterable[Node], code: str, whole: str) -> Iterator[Problem]:
    """Yield the first thing that is out of step with 1, 2, 3 ...; none when one has no number: the shapes say so."""
    found = [(position(corpus, node), node) for node in nodes]
    known = [(number, node) for number, node in found if number is not None]
    if len(known) < len(found):
        return
    for expected, (number, node) in enumerate(sorted(known, key=lambda pair: pair[0]), start=1):
        if number != expected:
            fault = "is there twice" if number < expected else f"comes where {expected} should"
            message = f"position {number} {fault} in {whole}: number them 1, 2, 3 ... without gap or repeat."
            yield from corpus.problem(corpus.place(node, SCHEMA.position), code, message)
            return


def _check_list(corpus: Corpus, item_list: Node) -> Iterator[Problem]:
    items = corpus.in_order(corpus.graph.objects(item_list, SCHEMA.itemListElement))
    gaps = list(_check_sequence(corpus, items, "list-gap", corpus.name(item_list)))
    yield from gaps
    counts = [count for count in corpus.graph.objects(item_list, SCHEMA.numberOfItems) if isinstance(count, Literal)]
    if not gaps and len(counts) == 1 and isinstance(counts[0].value, int) and counts[0].value != len(items):
        words = f"says that it has {counts[0]} items but has {len(items)}: correct schema:numberOfItems or the items."
        yield from corpus.problem_of(item_list, "list-count", words, SCHEMA.numberOfItems)
    for item in items:
        concepts = set(corpus.graph.objects(item, SCHEMA.item))
        for claim in corpus.in_order(corpus.graph.objects(item, SCHEMA.subjectOf)):
            about = set(corpus.graph.objects(claim, SCHEMA.about))
            if claim in corpus.claims and about and not concepts <= about:
                missing = corpus.names(concepts - about)
                words = f"rests on {corpus.name(claim)}, which is not schema:about {missing}: name a claim that is."
                yield from corpus.problem_of(item, "list-claim", words, SCHEMA.subjectOf, claim)


def _check_sections(corpus: Corpus, document: Node) -> Iterator[Problem]:
    """Yield each section of a document that has the position of another."""
    holders: dict[int, Node] = {}
    parts = corpus.graph.subjects(DCTERMS.isPartOf, document)
    for section in corpus.in_order(each for each in parts if (each, RDF.type, DOCO.Section) in corpus.graph):
        number = position(corpus, section)
        if number is not None and holders.setdefault(number, section) != section:
            words = f"has the position {number}, which is that of {corpus.name(holders[number])}"
            words += ": number the sections as they stand in the document."
            yield from corpus.problem_of(section, "section-position", words, SCHEMA.position)


def _check_statements(corpus: Corpus, document: Node) -> Iterator[Problem]:
    """Yield the first statement of a document that is out of step; its passages share its number."""
    statements: dict[str, Node] = {}
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for passage in corpus.in_order(corpus.graph.subjects(OA.hasSource, document)):
        identifier, number = str(corpus.graph.value(passage, DCTERMS.identifier)), position(corpus, passage)
        if number is None:
            return  # the shapes say so
        if numbers[identifier] and number not in numbers[identifier]:
            words = f"puts statement {identifier} at position {number}, another at {min(numbers[identifier])}"
            words += ": give all passages of a statement the same position."
            yield from corpus.problem_of(passage, "passage-position", words, SCHEMA.position)
            return
        numbers[identifier].add(number)
        statements.setdefault(identifier, passage)
    whole = f"the statements of {corpus.name(document)}"
    yield from _check_sequence(corpus, statements.values(), "passage-position", whole)
