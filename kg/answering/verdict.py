"""Yes/no questions: whether a question is one, and whether the claims bear it out or gainsay it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.answering.linking import LinkedQuestion
from kg.answering.words import fold, read
from kg.records import Claim

_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|should|shoud|shd|has|have|had|will|would|must|may|might|am)"
_STARTS = re.compile(rf"^(?:so|and|but|ok|hi|hello|please)?,?\s*{_AUXILIARY}\b(?! you (?:tell|list|give|explain))")
_INSIDE = re.compile(
    rf"\btrue (?:or|/) ?false\b|\btrue/false\b|\bis (?:that|it|this) (?:right|true|correct|what)\b|\byes or no\b"
    rf"|^(?:if|when|on|about|regarding)\b.*[,:] ?{_AUXILIARY} (?:they|we|i|it|leaders|staff|he|she|the|that)\b"
)
_WH = re.compile(r"^(?:who|what|when|where|why|how|which|whose)\b")
_NEGATORS = frozenset(
    "not never no none nobody nothing neither cannot without exempt exempted except exception own different instead "
    "less unimportant irrelevant unnecessary wrong ignore avoid stop refuse against".split()
)


def is_yes_no(question: str) -> bool:
    """Whether a question asks for yes or no."""
    folded = " ".join(fold(question).split())
    return bool(_INSIDE.search(folded) or (_STARTS.search(folded) and not _WH.search(folded)))


def verdict(
    question: LinkedQuestion, claims: Sequence[Claim], agents: dict[str, str], unaccounted: Sequence[str]
) -> str:
    """Return "yes" or "no".

    Arguments:
        question: the question, linked.
        claims: what the answer rests on.
        agents: the IRI of each agent -> its slug.
        unaccounted: the question's content words that no claim speaks for.
    """
    named = {agents[m.meaning.iri] for m in question.mentions if m.meaning.kind == "agent" and m.meaning.iri in agents}
    if named and _asks_who_said(question.text):
        speakers = {slug for c in claims for slug in (*c.attribution.agents, *c.attribution.reported_from)}
        if not named & speakers and all(c.attribution.kind in ("named", "debate") for c in claims):
            return "no"
    about_event = all(p.subject_kind != "concept" for c in claims for p in c.propositions)
    if about_event and unaccounted:
        return "no"
    return "yes" if _negations(question.text) % 2 == _negations(" ".join(c.text for c in claims[:1])) % 2 else "no"


def _asks_who_said(text: str) -> bool:
    folded = fold(text)
    return bool(
        re.search(
            r"\b(who|said|say|says|accuse|accused|criticis\w*|claim\w*|call\w*|according|recommend\w*|think|thinks)\b",
            folded,
        )
    )


def _negations(text: str) -> int:
    folded = re.sub(r"\bnot (?:just|only|merely)\b", "", fold(text))
    return sum(word.text in _NEGATORS for word in read(folded))
