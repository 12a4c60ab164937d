"""Who is said to have made a claim, and whether that fits the kind of attribution and the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rdflib.term import Node

from kg.check.corpus import Corpus, labels
from kg.check.problems import Problem
from kg.check.source_text import SourceText, Span, fold
from kg.english.naming import takes_up, words_of_role
from kg.vocabulary import OA, PROV, RDF, RDFS, SCHEMA, SK, SKOS

_Rule = Callable[[Corpus, Node, set[Node]], str]

# What says who made a claim, where, and what it rests on.
_GROUNDS = (
    PROV.wasAttributedTo,
    PROV.wasDerivedFrom,
    PROV.wasQuotedFrom,
    SK.attributionKind,
    SK.madeIn,
    SK.reportedFrom,
)


def check_attribution(corpus: Corpus) -> Iterator[Problem]:
    """Yield, once a claim, a speaker or a part of the seminar that does not fit its sk:attributionKind."""
    faults: dict[Node, _Rule] = {
        SK.named: _named,
        SK.presentation: _presentation,
        SK.debate: _debate,
        SK["write-up"]: _write_up,
    }
    for claim in corpus.claims:
        kinds = list(corpus.graph.objects(claim, SK.attributionKind))
        speakers = set(corpus.graph.objects(claim, PROV.wasAttributedTo))
        if len(kinds) != 1 or kinds[0] not in faults or not speakers:
            continue  # the shapes say so
        if fault := faults[kinds[0]](corpus, claim, speakers):
            words = f"has the attribution {corpus.name(kinds[0])}, but {fault}."
            yield from corpus.problem_of(claim, "wrong-attribution", words, SK.attributionKind, kinds[0])


def check_grounds(corpus: Corpus) -> Iterator[Problem]:
    """Yield whatever a file says about who made a claim of another file, or what that rests on.

    Otherwise a file loaded beside a seminar could attribute claims to people who did not make them.
    """
    for claim in corpus.of_class(SCHEMA.Claim):
        home = corpus.place(claim, RDF.type, SCHEMA.Claim)
        for predicate in _GROUNDS:
            for value in corpus.in_order(corpus.graph.objects(claim, predicate)):
                place = corpus.place(claim, predicate, value)
                if place is not None and (home is None or place.file != home.file):
                    words = f"stands in another file, and only that may write {corpus.name(predicate)}."
                    yield from corpus.problem_of(claim, "claim-elsewhere", words, predicate, value)


def check_names(corpus: Corpus, source: SourceText) -> Iterator[Problem]:
    """Yield the claims attributed by name where the source names nobody, and publishers that it does not name.

    A name, a post, or a word that takes a name up ("she") has to stand in the sentence that a claim was read from, in
    the sentence above its list or, where it is in quotation marks, in one just before it.
    """
    for claim in corpus.claims:
        if (claim, SK.attributionKind, SK.named) not in corpus.graph:
            continue
        speakers = corpus.in_order(corpus.graph.objects(claim, PROV.wasAttributedTo))
        spans = list(_spans(corpus, claim, source))
        statements = [fold(" ".join(source.sentences_of(span))) for span in spans]
        missing = [each for each in speakers if not any(_is_named(corpus, each, text) for text in statements)]
        if spans and missing:
            words = (
                f"is attributed to {corpus.names(missing)} by name, but the sentence that it rests on names nobody: "
            )
            words += "quote the words that do, or use sk:presentation or sk:debate."
            yield from corpus.problem_of(claim, "name-not-in-statement", words, SK.attributionKind, SK.named)
    for document, publisher in corpus.graph.subject_objects(SCHEMA.publisher):
        names = list(_names(corpus, publisher))
        classes = set(corpus.graph.objects(publisher, RDF.type))
        if classes & {SCHEMA.Person, SCHEMA.Organization} and names and not any(map(source.find_anywhere, names)):
            words = (
                f"has the publisher {corpus.name(publisher)}, whose name does not stand in the source: make it a plain "
            )
            words += "prov:Agent, such as the site where the text stood."
            yield from corpus.problem_of(document, "publisher-unnamed", words, SCHEMA.publisher, publisher)


def _spans(corpus: Corpus, claim: Node, source: SourceText) -> Iterator[Span]:
    """Yield where the quotations of a claim stand in the source."""
    for passage in corpus.in_order(corpus.graph.objects(claim, PROV.wasDerivedFrom)):
        for selector in corpus.graph.objects(passage, OA.hasSelector):
            before, after = ("".join(labels(corpus.graph, selector, part)) for part in (OA.prefix, OA.suffix))
            for exact in labels(corpus.graph, selector, OA.exact):
                yield from (span for span in source.find(exact) if source.has_around(span, before, after))


def _is_named(corpus: Corpus, speaker: Node, statement: str) -> bool:
    graph = corpus.graph
    roles = [str(post) for post in graph.objects(speaker, SCHEMA.jobTitle)]
    roles += [words_of_role("chair")] * ((None, SK.chair, speaker) in graph)
    roles += [words_of_role("presenter")] * ((None, SCHEMA.performer, speaker) in graph)
    names = list(_names(corpus, speaker))
    surnames = [name.split()[-1] for name in names if name and (speaker, RDF.type, SCHEMA.Person) in graph]
    wanted = "|".join(rf"\b(?:{each})\b" for each in [*map(re.escape, [*names, *surnames]), *roles] if each)
    return takes_up(statement) or bool(wanted and re.search(wanted, statement, re.IGNORECASE))


def _names(corpus: Corpus, agent: Node) -> Iterator[str]:
    for predicate in (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SCHEMA.alternateName):
        yield from (fold(str(label)) for label in labels(corpus.graph, agent, predicate))


def _named(corpus: Corpus, claim: Node, speakers: set[Node]) -> str:
    for speaker in speakers:
        classes = set(corpus.graph.objects(speaker, RDF.type))
        if not classes:
            continue  # an undefined speaker is reported as such
        if SK.UnnamedSpeaker in classes or not classes & {SCHEMA.Person, SCHEMA.Organization}:
            name = corpus.name(speaker)
            return f"{name} is no schema:Person or schema:Organization: name one, or use sk:debate"
    events = set(corpus.graph.objects(claim, SK.madeIn))
    presenters = {person for event in events for person in corpus.graph.objects(event, SCHEMA.performer)}
    reported = not events or (presenters and not speakers & presenters)
    if reported and speakers <= _publishers(corpus, claim):
        return "it is said by the publisher: name the speaker, or use sk:presentation or sk:write-up"
    return ""


def _presentation(corpus: Corpus, claim: Node, speakers: set[Node]) -> str:
    events = corpus.graph.objects(claim, SK.madeIn)
    if not any((event, SCHEMA.performer, None) in corpus.graph for event in events):
        return "it is made in no event with a schema:performer: write sk:madeIn with the presentation"
    fault = _not_publisher(corpus, claim, speakers)
    return fault and f"{fault}: use sk:named if the source names the speaker here, or attribute it to the publisher"


def _debate(corpus: Corpus, claim: Node, speakers: set[Node]) -> str:
    named = {s for s in speakers if (s, RDF.type, SK.UnnamedSpeaker) not in corpus.graph}
    if named:
        return f"{corpus.names(named)} is no sk:UnnamedSpeaker: use sk:named, or name an unnamed speaker"
    if (claim, SK.madeIn, None) not in corpus.graph:
        return "it says not where it was made: write sk:madeIn with the debate"
    return ""


def _write_up(corpus: Corpus, claim: Node, speakers: set[Node]) -> str:
    if (claim, SK.madeIn, None) in corpus.graph:
        return "it is made in a part of the seminar: take out sk:madeIn, or use another kind"
    fault = _not_publisher(corpus, claim, speakers)
    return fault and f"{fault}: use another kind, or attribute it to the publisher"


def _publishers(corpus: Corpus, claim: Node) -> set[Node]:
    graph = corpus.graph
    documents = graph.objects(claim, PROV.wasQuotedFrom)
    return {publisher for document in documents for publisher in graph.objects(document, SCHEMA.publisher)}


def _not_publisher(corpus: Corpus, claim: Node, speakers: set[Node]) -> str:
    publishers = _publishers(corpus, claim)
    if not publishers or speakers <= publishers:
        return ""
    return f"{corpus.names(speakers - publishers)} is not the publisher of its document"
