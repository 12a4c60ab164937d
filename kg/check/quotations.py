"""Quotations held against the source, letter by letter, and the source held against the quotations.

A quotation is an oa:TextQuoteSelector: https://www.w3.org/TR/annotation-model/#text-quote-selector.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.check.corpus import Corpus, labels, shorten
from kg.check.numbering import position
from kg.check.problems import Problem
from kg.check.source_text import SourceText, Span, fold
from kg.english.prose import is_ordinal, numbers_of, sentence_spans
from kg.vocabulary import DCTERMS, DOCO, OA, PROV, RDFS, SCHEMA, SK, SKOS

_NAMES = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)


def check_passages(corpus: Corpus, undefined: Container[Node]) -> Iterator[Problem]:
    """Yield each passage that no claim rests on."""
    used = set(corpus.graph.objects(None, PROV.wasDerivedFrom))
    if any(passage in undefined for passage in used):
        return  # which passage was meant is not known until that is put right
    for passage in corpus.of_class(SK.Passage):
        if passage not in used:
            statement = corpus.graph.value(passage, DCTERMS.identifier)
            message = f"statement {statement} has a passage ({corpus.name(passage)}) but no claim: "
            message += "write the claim that rests on it, or take the passage out."
            yield from corpus.problem(corpus.place(passage), "passage-without-claim", message)


def check_numbers(corpus: Corpus) -> Iterator[Problem]:
    """Yield each number of a claim's text that differs from all numbers of what it rests on.

    A quotation without a number says nothing of it. The seminar's dates, the titles around it and the names of its
    concepts count too.
    """
    graph = corpus.graph
    for claim in corpus.claims:
        passages = list(graph.objects(claim, PROV.wasDerivedFrom))
        selectors = [each for passage in passages for each in graph.objects(passage, OA.hasSelector)]
        quoted = _numbers(words for each in selectors for words in graph.objects(each, OA.exact))
        if not quoted:
            continue
        around = [words for each in selectors for part in (OA.prefix, OA.suffix) for words in graph.objects(each, part)]
        places = {*graph.objects(claim, DCTERMS.isPartOf), *graph.objects(claim, PROV.wasQuotedFrom)}
        places |= {*graph.objects(claim, SK.madeIn)}
        places |= {section for passage in passages for section in graph.objects(passage, DCTERMS.isPartOf)}
        about = set(graph.objects(claim, SCHEMA.about))
        around += [label for each in about for kind in _NAMES for label in graph.objects(each, kind)]
        around += [value for each in places for value in graph.objects(each) if isinstance(value, Literal)]
        known = quoted | _numbers(around)
        for text in labels(graph, claim, SCHEMA.text):
            for written, numbers in numbers_of(text):
                if max(numbers) > 1 and not is_ordinal(written) and not numbers & known:
                    words = f"says {written}, which is no number of its quotation: correct it or the passage."
                    yield from corpus.problem_of(claim, "number-differs", words, SCHEMA.text, text)


def _numbers(texts: Iterable[Node]) -> set[float]:
    return {number for text in texts for _, numbers in numbers_of(str(text)) for number in numbers}


def check_source(corpus: Corpus, source: SourceText, ordered: bool) -> Iterator[Problem]:
    """Yield what differs between the quotations of the checked files and their source.

    A source belongs to the document whose digest it has; when there is none, to every document of the checked
    files. The order of the passages is looked at when they are rightly numbered (`ordered`).
    """
    documents = [node for node in corpus.of_class(SCHEMA.Article) if corpus.place(node)]
    same = [d for d in documents if source.sha256 in map(str, corpus.graph.objects(d, SCHEMA.sha256))]
    for document in same or documents:
        yield from _check_document(corpus, document, source, ordered)


def _check_document(corpus: Corpus, document: Node, source: SourceText, ordered: bool) -> Iterator[Problem]:
    yield from _check_digest(corpus, document, source)
    ends = [(word, source.ending_before(str(word))) for word in corpus.graph.objects(document, SK.endsBefore)]
    for words, shortened in ends:
        if shortened is None:
            yield from _left_out_problem(corpus, document, SK.endsBefore, words, source)
    proper = min((s for _, s in ends if s), key=lambda s: s.end, default=source)
    covered: list[Span] = []
    for words in corpus.graph.objects(document, SK.leftOut):
        found = proper.find(str(words))
        if not found:
            yield from _left_out_problem(corpus, document, SK.leftOut, words, proper)
        covered += found or _near(proper, str(words))
    spans: dict[Node, Span] = {}
    for passage in corpus.in_order(corpus.graph.subjects(OA.hasSource, document)):
        for selector in corpus.graph.objects(passage, OA.hasSelector):
            problems, places, sure = _check_quotation(corpus, passage, selector, proper)
            yield from problems
            covered += places
            if sure:
                spans[passage] = places[0]
    if ordered:
        yield from _check_order(corpus, spans)
    if all(shortened for _, shortened in ends):
        yield from _check_coverage(corpus, document, proper, covered)


def _check_digest(corpus: Corpus, document: Node, source: SourceText) -> Iterator[Problem]:
    for digest in corpus.graph.objects(document, SCHEMA.sha256):
        if len(str(digest)) == 64 and str(digest) != source.sha256:
            words = f"was read from a text with the SHA-256 {digest}, but that of {source.path.name} is {source.sha256}"
            words += ": check against the right text, or read the new one and correct schema:sha256."
            yield from corpus.problem_of(document, "source-differs", words, SCHEMA.sha256, digest)


def _left_out_problem(
    corpus: Corpus, document: Node, predicate: URIRef, words: Node, source: SourceText
) -> Iterator[Problem]:
    name = corpus.curie(str(predicate))
    nearest = _nearest(source, str(words))
    message = f"the words of {name}, {corpus.name(words)}, do not stand in the source; {nearest}."
    yield from corpus.problem(corpus.place(document, predicate, words), "left-out-not-found", message)


# ── One quotation ──


def _check_quotation(
    corpus: Corpus, passage: Node, selector: Node, source: SourceText
) -> tuple[list[Problem], list[Span], bool]:
    """Return the problems of a quotation, the places of the source that it accounts for, and whether it has
    one place for sure.
    """
    exacts = [value for value in corpus.graph.objects(selector, OA.exact) if isinstance(value, Literal)]
    if len(exacts) != 1 or not exacts[0].strip():
        return [], [], False  # the shapes say so
    exact = exacts[0]
    place, name = corpus.place(selector, OA.exact, exact), corpus.name(passage)
    found = source.find(exact)
    if not found:
        code, message = _not_found(exact, source)
        problems = corpus.problem(place, code, f"the quotation of {name}, {corpus.name(exact)}, {message}")
        return list(problems), _near(source, exact), False
    before, after = (str(corpus.graph.value(selector, part) or "") for part in (OA.prefix, OA.suffix))
    fitting = [span for span in found if source.has_around(span, before, after)]
    if not fitting:
        return list(_context_problem(corpus, selector, name, source, found)), found, False
    if len(fitting) == 1:
        return [], fitting, True
    lines = ", ".join(str(source.line(start)) for start, _ in fitting)
    message = (
        f"the quotation of {name}, {corpus.name(exact)}, stands {len(fitting)} times in the source (lines "
        f"{lines}): say which is meant with oa:prefix or oa:suffix, the words just before or after it."
    )
    return list(corpus.problem(place, "quotation-ambiguous", message)), fitting, False


def _not_found(exact: str, source: SourceText) -> tuple[str, str]:
    """Return the code and the words for a quotation that does not stand in the source as it is."""
    if span := source.find_within_words(exact):
        start, end = source.whole_words(span)
        whole = shorten(f'"{source.text[start:end]}"', 200)
        where = f"line {source.line(start)} of the source"
        return "quotation-cut", f"begins or ends inside a word: {where} has {whole}; quote whole words."
    return "quotation-not-found", f"does not stand in the source; {_nearest(source, exact)}."


def _nearest(source: SourceText, words: str) -> str:
    span = source.nearest(words)
    if span is None:
        return "nothing in it comes near"
    start, end = span
    text = shorten(f'"{source.text[start:end]}"', max(120, 2 * len(words)))
    return f"the nearest, on line {source.line(start)}, is {text}: copy it letter by letter"


def _near(source: SourceText, words: str) -> list[Span]:
    """Return the place that some words were meant to name, so that its line is not reported as well."""
    span = source.find_within_words(words) or source.nearest(words)
    return [span] if span else []


def _context_problem(
    corpus: Corpus, selector: Node, name: str, source: SourceText, found: list[Span]
) -> Iterator[Problem]:
    """Yield the part of the context (oa:prefix, else oa:suffix) that fits nowhere."""
    before, after = (str(corpus.graph.value(selector, part) or "") for part in (OA.prefix, OA.suffix))
    wrong_before = before and not any(source.has_around(span, before, "") for span in found)
    predicate, words = (OA.prefix, before) if wrong_before or not after else (OA.suffix, after)
    start, _ = found[0]
    side = "before" if predicate == OA.prefix else "after"
    first, last = source.beside(found[0], len(words), before=predicate == OA.prefix)
    there = source.text[first:last].strip()
    message = f'the words "{shorten(words)}" do not stand just {side} the quotation of {name}; '
    message += f'line {source.line(start)} of the source has "{shorten(there)}" there.'
    yield from corpus.problem(corpus.place(selector, predicate), "quotation-context", message)


# ── All quotations ──


def _check_order(corpus: Corpus, spans: dict[Node, Span]) -> Iterator[Problem]:
    """Yield the first passage of each statement that stands in the source before an earlier one."""
    firsts: dict[int, tuple[int, Node]] = {}
    for passage, (start, _) in spans.items():
        number = position(corpus, passage)
        if number is not None:
            firsts[number] = min(firsts.get(number, (start, passage)), (start, passage))
    latest, latest_passage = -1, None
    for _, (start, passage) in sorted(firsts.items()):
        if start < latest and latest_passage is not None:
            words = f"comes after {corpus.name(latest_passage)} by its schema:position, but before it in the source"
            words += ": number the statements as the source has them."
            yield from corpus.problem_of(passage, "passage-order", words, SCHEMA.position)
        else:
            latest, latest_passage = start, passage


def _check_coverage(corpus: Corpus, document: Node, source: SourceText, covered: list[Span]) -> Iterator[Problem]:
    """Yield each sentence of the source, headings apart, that no quotation is taken from."""
    headings = {
        fold(str(title))
        for section in corpus.graph.subjects(DCTERMS.isPartOf, document)
        if (section, None, DOCO.Section) in corpus.graph
        for predicate in (DCTERMS.title, SCHEMA.alternateName)
        for title in corpus.graph.objects(section, predicate)
    }
    # A heading at the head of a paragraph is named in the labels of its passages.
    for passage in corpus.graph.subjects(OA.hasSource, document):
        for label in labels(corpus.graph, passage, RDFS.label):
            headings |= {fold(title) for title in re.findall("“([^”]+)”", label)}
    for number, (start, end) in source.lines:
        line = source.text[start:end]
        for first, last in sentence_spans(line):
            sentence = line[first:last]
            a, b = start + first, start + last
            is_covered = a >= source.end or any(begin < b and a < finish for begin, finish in covered)
            is_heading = {line, sentence, sentence.rstrip(".:")} & headings
            if is_covered or is_heading or not any(map(str.isalpha, sentence)):
                continue
            message = f'line {number} of the source has no claim: "{shorten(sentence, 80)}"; quote it in a passage and '
            message += "write its claim, or name its words with sk:leftOut."
            yield Problem(source.path, number, "source-uncovered", message)
