"""Questions nearby that are answered: about what the nearest claims are about, ranked by nearness to what was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.answering.points import Points
from kg.english.telling.sentences import question_about, question_of_speaker, questions_by_stance
from kg.english.words import LIGHT_STEMS, stems
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim
from kg.questions.slots import examples
from kg.questions.templates import read_templates

MOST_RELATED = 3
#: How many questions are tried for one that was asked.
MOST_TRIED = 10
#: What it counts that a question is about what the claim nearest to the one asked is about, beside the words they
#: share; what a word that was not asked for costs; and what each later claim counts of the one before it.
CLAIMED, OTHER_WORD, LATER = 0.5, 0.06, 0.8


@dataclass(frozen=True)
class Candidate:
    """A question that may be offered, and the IRI of a claim that its answer should have; None where any will do."""

    question: str
    claim: str | None
    closeness: float


class RelatedQuestions:
    """Finds questions nearby over all claims of a library.

    Arguments:
        catalogue: the claims.
        answering: returns the IRIs of the claims that answer a question; none where it is not answered.
    """

    def __init__(self, catalogue: Catalogue, answering: Callable[[str], frozenset[str]]):
        self._catalogue, self._answering = catalogue, answering
        self._points = Points(catalogue)
        self._tried: dict[str, frozenset[str]] = {}

    def near(
        self, asked: str, weights: Mapping[str, float], claims: Sequence[Claim], answered: frozenset[str] = frozenset()
    ) -> tuple[str, ...]:
        """Return up to three questions near to the one asked, the nearest first, each tried and answered.

        Arguments:
            asked: its text.
            weights: how telling the stems of its words are.
            claims: what it is near to, the nearest first.
            answered: the IRIs of the claims that answer it, so that no question is offered that has the same answer.
        """
        offered: list[str] = []
        answers = [answered]
        ranked = self._ranked(asked, weights, claims)
        for candidate in (*ranked[:MOST_TRIED], *(each for each in ranked[MOST_TRIED:] if each.claim is None)):
            found = self._answer(candidate.question)
            if found and found not in answers and candidate.claim in (None, *found):
                offered.append(candidate.question)
                answers.append(found)
            if len(offered) == MOST_RELATED:
                break
        return tuple(offered)

    def _answer(self, question: str) -> frozenset[str]:
        if question not in self._tried:
            self._tried[question] = self._answering(question)
        return self._tried[question]

    def _ranked(self, asked: str, weights: Mapping[str, float], claims: Sequence[Claim]) -> list[Candidate]:
        """Return the candidates, those nearest to the question first; those about nothing near come last."""
        best: dict[str, Candidate] = {}
        for candidate in self._candidates(claims):
            if candidate.question.casefold() != asked.casefold():
                best.setdefault(candidate.question, candidate)
        total = sum(weights.values()) or 1.0
        scores = {}
        for candidate in best.values():
            content = set(stems(candidate.question)) - LIGHT_STEMS
            shared = sum(weights.get(stem, 0.0) for stem in content) / total
            others = sum(stem not in weights for stem in content)
            scores[candidate.question] = shared + candidate.closeness - OTHER_WORD * others
        return sorted(best.values(), key=lambda each: -round(scores[each.question], 6))

    def _candidates(self, claims: Sequence[Claim]) -> Iterator[Candidate]:
        closeness = CLAIMED
        for claim in claims:
            yield from (Candidate(each, claim.iri, closeness) for each in self._about(claim))
            closeness *= LATER
        offered = examples(self._catalogue, (each for each in read_templates() if each.suggested))
        yield from (Candidate(question, None, 0.0) for question in offered)

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The labels of concepts, by slug, as they stand inside a question."""
        return {concept.slug: self._points.inside(concept.label) for concept in self._catalogue.concepts()}

    def _about(self, claim: Claim) -> Iterator[str]:
        """Yield the questions that a claim should answer: about its topics, as it was said, and by whom."""
        speakers = [self._points.inside(self._catalogue.agent(slug).name) for slug in _speakers(claim)]
        ends = (end for p in claim.propositions for end in (p.subject, p.object))
        for slug in dict.fromkeys((*ends, *claim.concepts)):
            if slug not in self._labels:
                continue
            label = self._labels[slug]
            yield question_about(label)
            yield from (question for stance, question in questions_by_stance(label) if stance == claim.stance)
            yield from (question_of_speaker(name, label) for name in speakers if "(" not in name and name != label)


def _speakers(claim: Claim) -> Iterable[str]:
    about = claim.attribution
    return (*about.agents, *about.reported_from) if about.kind in ("named", "debate") and not about.nobody else ()
