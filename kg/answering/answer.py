"""An answer: what is said, the claims and passages that it rests on, and the query that finds them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.answering.link.lexicon import Lexicon, Meaning
from kg.answering.link.linker import LinkedQuestion
from kg.answering.reading import Reading
from kg.english.telling.sentences import Said, heading
from kg.graph.records import Claim, Concept, Passage, Seminar


@dataclass(frozen=True)
class LinkedWords:
    """Words of the question, from `start` up to but not including `end`, and what it was taken for.

    `kind` is that of a meaning ("concept", "relation", "agent", "stance" or "list"), or "form" for words that tell
    the form of question; `label` names it for people; `slug` is that of a concept or an agent, else None.
    """

    start: int
    end: int
    text: str
    kind: str
    label: str
    slug: str | None


@dataclass(frozen=True)
class Point:
    """A claim as an answer lists it: our sentence (`text`), or the quotations where they say it (then `text` is None).

    `said` is the claim as sentences need it, `number` its place in a numbered list, where the answer is one; `about`
    are the slugs of those of two compared concepts that it is about.
    """

    claim: Claim
    said: Said
    text: str | None
    quotations: tuple[str, ...]
    number: int | None = None
    about: tuple[str, ...] = ()

    @property
    def credit(self) -> str:
        """Who said it and how: "A delegate said, as a criticism"."""
        return heading(self.said, self.said.manner)

    def to_dict(self, seminar: Seminar) -> dict[str, Any]:
        """Return the point as JSON, in the form that docs/answers.md fixes."""
        words = {"text": self.text} if self.text is not None else {"quote": " … ".join(self.quotations)}
        passage = self.claim.passages[0].id
        return {
            "claim": self.claim.iri,
            **words,
            "credit": self.credit,
            "seminar": seminar.to_dict(),
            "passage": passage,
        }


@dataclass(frozen=True)
class Near:
    """A claim that is near to a question which nobody answers outright, and why it is near, as a sentence."""

    claim: Claim
    why: str

    def to_dict(self, seminar: Seminar) -> dict[str, Any]:
        """Return the claim and why it is near as JSON, in the form that docs/answers.md fixes."""
        claim = self.claim
        return {
            "claim": claim.iri,
            "text": claim.text,
            "credit": claim.attribution.credit,
            "seminar": seminar.to_dict(),
            "passage": claim.passages[0].id,
            "why": self.why,
        }


@dataclass(frozen=True)
class VerdictReason:
    """Why a question for yes or no got its verdict or none.

    `rule` is the name of the rule that decided, `claim` the IRI of the claim that it decided on, `proposition` that
    claim's arrow in words, and `differs` what the question has and the claim has not, or the other way round.
    """

    rule: str
    claim: str | None = None
    proposition: str | None = None
    differs: str | None = None


@dataclass(frozen=True)
class Answer:
    """An answer to a question, or, when `answered` is False, the news that the seminars do not say.

    `outcome` is "said", "near" (nobody says it outright; `nearest` are up to three claims near to it) or "not-said".
    `verdict` is "yes" or "no" for a yes/no question, else None; `verdict_because` says why. `lead` is the sentence
    that answers, `points` are the claims as a list, `answer` is the lead with as many points as stay readable (of
    what the lead tells itself, none). `compared` are the two concepts that are compared, if any are.
    `sparql` returns in `?claim` exactly `claims`. `related` are questions nearby that are answered. `linked` says how
    the question's words were read, in order and without overlaps. `seminars` are those of its claims and of `nearest`.
    """

    question: str
    answered: bool
    answer: str
    version: str
    related: tuple[str, ...]
    verdict: str | None = None
    claims: tuple[Claim, ...] = ()
    passages: tuple[Passage, ...] = ()
    template: str | None = None
    sparql: str | None = None
    linked: tuple[LinkedWords, ...] = ()
    seminars: tuple[Seminar, ...] = ()
    outcome: str = "not-said"
    lead: str = ""
    points: tuple[Point, ...] = ()
    nearest: tuple[Near, ...] = ()
    verdict_because: VerdictReason | None = None
    compared: tuple[Concept, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON, in the form that docs/answers.md fixes."""
        seminars = {seminar.slug: seminar for seminar in self.seminars}
        return {
            "question": self.question,
            "answered": self.answered,
            "verdict": self.verdict,
            "outcome": self.outcome,
            "verdict_because": asdict(self.verdict_because) if self.verdict_because else None,
            "lead": self.lead,
            "answer": self.answer,
            "points": [point.to_dict(seminars[point.claim.seminar]) for point in self.points],
            "nearest": [near.to_dict(seminars[near.claim.seminar]) for near in self.nearest],
            "claims": [claim.to_dict(seminars[claim.seminar]) for claim in self.claims],
            "passages": [
                passage.to_dict(self.speaker(passage), seminars[passage.seminar]) for passage in self.passages
            ],
            "template": self.template,
            "sparql": self.sparql,
            "version": self.version,
            "related": [{"question": question} for question in self.related],
            "linked": [asdict(words) for words in self.linked],
        }

    def speaker(self, passage: Passage) -> str:
        """Return whom the words of a passage are credited to."""
        credits = [c.attribution.credit for c in self.claims if passage in c.passages]
        return " and ".join(dict.fromkeys(credits))


_Span = tuple[int, int, Meaning | None]
"""Where words start and end in a question, and what they were taken for; None for the form of question."""


def linked_words(
    question: LinkedQuestion,
    reading: Reading,
    lexicon: Lexicon,
    claims_of: Mapping[str, Container[str]],
    slugs: Mapping[str, str],
) -> tuple[LinkedWords, ...]:
    """Return the words of a question's text that a reading took for something, in order, none overlapping.

    What fills a slot comes first, then the words that told the form of question (labelled with the template's
    title), then what the claims found have though no slot names it.

    Arguments:
        question: the question with all that its words may stand for.
        reading: the reading that was chosen.
        lexicon: what names the things.
        claims_of: for the IRI of a thing the IRIs of the claims that have it.
        slugs: the slugs of concepts and agents, by IRI.
    """
    taken: list[_Span] = []
    others = list(_others(question, reading, claims_of))
    mentioned = [_whole((*question.span(mention), mention.meaning), others) for mention in reading.mentions]
    for span in (*mentioned, *_cues(question, reading), *others):
        if all(span[1] <= start or end <= span[0] for start, end, _ in taken):
            taken.append(span)
    return tuple(_said(question, span, reading, lexicon, slugs) for span in sorted(taken, key=lambda span: span[0]))


def _whole(span: _Span, others: Sequence[_Span]) -> _Span:
    """Return the longer name that words are part of, where the claims have it; else the words themselves."""
    longer = (other for other in others if other[0] <= span[0] and span[1] <= other[1] and other[:2] != span[:2])
    return max(longer, key=lambda other: other[1] - other[0], default=span)


def _cues(question: LinkedQuestion, reading: Reading) -> Iterator[_Span]:
    for start, end in sorted(reading.template.cued(question.text), key=lambda span: span[0] - span[1]):
        if question.text[start:end].strip():
            yield start, end, None


def _others(question: LinkedQuestion, reading: Reading, claims_of: Mapping[str, Container[str]]) -> Iterator[_Span]:
    for mention in question.mentions:
        theirs = claims_of.get(mention.meaning.iri, ())
        if mention.meaning.kind in ("concept", "agent") and any(claim in theirs for claim in reading.claims):
            yield *question.span(mention), mention.meaning


def _said(
    question: LinkedQuestion, span: _Span, reading: Reading, lexicon: Lexicon, slugs: Mapping[str, str]
) -> LinkedWords:
    start, end, meaning = span
    text = question.text[start:end]
    if meaning is None:
        return LinkedWords(start, end, text, "form", reading.template.title, None)
    slug = slugs.get(meaning.iri) if meaning.kind in ("concept", "agent") else None
    return LinkedWords(start, end, text, meaning.kind, lexicon.name(meaning.iri), slug)


def pieces(answer: Answer) -> tuple[tuple[str, LinkedWords | None], ...]:
    """Return the question's text in order, piece by piece, with what each piece was taken for (None: for nothing)."""
    found: list[tuple[str, LinkedWords | None]] = []
    reached = 0
    for words in answer.linked:
        found.append((answer.question[reached : words.start], None))
        found.append((answer.question[words.start : words.end], words))
        reached = words.end
    found.append((answer.question[reached:], None))
    return tuple((text, words) for text, words in found if text)
