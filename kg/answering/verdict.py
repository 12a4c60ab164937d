"""Yes/no questions: whether a question is one, and whether the claims bear it out or gainsay it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.answering.linking import LinkedQuestion
from kg.answering.words import fold, read
from kg.records import Claim
from kg.vocabulary import local_name

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
) -> str | None:
    """Return "yes" or "no", or None when the claims bear on the question and settle it neither way.

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
    if _open(claims[0]) or _reversed(question, claims[0]):
        return None
    return "yes" if _negations(question.text) % 2 == _negations(" ".join(c.text for c in claims[:1])) % 2 else "no"


def _open(claim: Claim) -> bool:
    """Whether a claim vouches for nothing by itself: it hangs on a condition, or passes on what others said."""
    statuses = {proposition.status for proposition in claim.propositions}
    return "condition" in statuses or statuses == {"content"}


def _reversed(question: LinkedQuestion, claim: Claim) -> bool:
    """Whether the question names the ends of the claim's arrow the other way round: who treats, and who is treated."""
    places: dict[str, int] = {}
    for mention in sorted(question.mentions, key=lambda mention: mention.first):
        if mention.meaning.kind == "concept":
            places.setdefault(local_name(mention.meaning.iri), mention.first)
    asserted = [p for p in claim.propositions if p.status == "asserted" and {p.subject, p.object} <= set(places)]
    if not asserted or any(word.text == "by" for word in question.words):
        return False
    return all(places[p.subject] > places[p.object] for p in asserted)


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
