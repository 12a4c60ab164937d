"""How far claims account for a question: which of its words they have, and how much of it they leave over."""

from __future__ import annotations

from dataclasses import dataclass

from kg.answering.link.matches import Match

#: What a matched cue weighs beside the question's content words.
CUE_WEIGHT = 1.2
#: How well a word in a slot is accounted for where the claims found do not have it.
LINKED = 1.0
#: What it costs that claims do not have the very thing that is asked for ("which test ...?"), a telling word; and from
#: what strength on they have it.
MISSED, TELLING, HAD = 0.29, 0.6, 0.25
#: How much weak matches count for a word's being accounted for: the power that strengths (0 to 1) are raised to.
NEARLY = 0.49


@dataclass(frozen=True)
class Account:
    """How far claims account for a question.

    `covered` is the share of its content that they have, weak matches counted as such; `left` is the weight of what
    is asked and not accounted for.
    """

    covered: float
    left: float


def account_of(match: Match, claims: tuple[str, ...], linked: frozenset[int], cued: frozenset[int]) -> Account:
    """Return how far claims account for the content of a question.

    Arguments:
        match: the question as it matches claims.
        claims: the IRIs of the claims.
        linked: the places of the words that fill a slot.
        cued: the places of the words that a cue matches.
    """
    question, total = match.question, match.total
    if not total:
        return Account(1.0 if cued or linked else 0.0, 0.0)
    bonus = CUE_WEIGHT if cued else 0.0
    covered = left = 0.0
    for n, weight in match.weights.items():
        best = 1.0 if n in cued else max(match.having(n, claims), LINKED if n in linked else 0.0)
        covered += weight * best
        # A word that is only near to one of a claim's makes it a poor match, and is accounted for all the same.
        if question.words[n].start in question.asked:
            left += weight * (1.0 - best**NEARLY)
    whole = total + bonus
    missed = [n for n in question.nouns_asked if n not in cued and match.weights.get(n, 0.0) >= TELLING]
    missed = [n for n in missed if match.having(n, claims) < HAD]
    if missed:
        covered -= MISSED * whole
    return Account((covered + bonus) / whole, left)
