"""How a question was read: which of its words were taken for what, for people to see and to doubt."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from kg.answering.answer import LinkedWords
from kg.answering.lexicon import Lexicon, Meaning
from kg.answering.linking import LinkedQuestion
from kg.answering.reading import Reading
from kg.vocabulary import local_name

Span = tuple[int, int, Meaning | None]


def linked_words(
    question: LinkedQuestion, reading: Reading, lexicon: Lexicon, claims_of: Mapping[str, Container[str]]
) -> tuple[LinkedWords, ...]:
    """Return the stretches of a question's text that a reading took for something, in order, none overlapping.

    What fills a slot comes first, then the words that told the form of question (labelled with the template's
    title), then what the claims found have though no slot names it.

    Arguments:
        question: the question with all that its words may stand for.
        reading: the reading that was chosen.
        lexicon: what names the things.
        claims_of: for the IRI of a thing the IRIs of the claims that have it.
    """
    taken: list[Span] = []
    others = list(_others(question, reading, claims_of))
    mentioned = [_whole(span, others) for span in _mentioned(question, reading)]
    for span in (*mentioned, *_cues(question, reading), *others):
        if all(span[1] <= start or end <= span[0] for start, end, _ in taken):
            taken.append(span)
    return tuple(_said(question, span, reading, lexicon) for span in sorted(taken, key=lambda span: span[0]))


def _mentioned(question: LinkedQuestion, reading: Reading) -> Iterator[Span]:
    for mention in reading.mentions:
        yield question.words[mention.first].start, question.words[mention.last - 1].end, mention.meaning


def _whole(span: Span, others: Sequence[Span]) -> Span:
    """Return the longer name that a stretch is part of, where the claims have it; else the stretch itself."""
    longer = (other for other in others if other[0] <= span[0] and span[1] <= other[1] and other[:2] != span[:2])
    return max(longer, key=lambda other: other[1] - other[0], default=span)


def _cues(question: LinkedQuestion, reading: Reading) -> Iterator[Span]:
    for start, end in sorted(reading.template.cued(question.text), key=lambda span: span[0] - span[1]):
        if question.text[start:end].strip():
            yield start, end, None


def _others(question: LinkedQuestion, reading: Reading, claims_of: Mapping[str, Container[str]]) -> Iterator[Span]:
    for mention in question.mentions:
        theirs = claims_of.get(mention.meaning.iri, ())
        if mention.meaning.kind in ("concept", "agent") and any(claim in theirs for claim in reading.claims):
            yield question.words[mention.first].start, question.words[mention.last - 1].end, mention.meaning


def _said(question: LinkedQuestion, span: Span, reading: Reading, lexicon: Lexicon) -> LinkedWords:
    start, end, meaning = span
    text = question.text[start:end]
    if meaning is None:
        return LinkedWords(start, end, text, "form", reading.template.title, None)
    slug = local_name(meaning.iri) if meaning.kind in ("concept", "agent") else None
    return LinkedWords(start, end, text, meaning.kind, lexicon.name(meaning.iri), slug)
