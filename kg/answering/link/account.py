"""How far claims account for a question: which of its words they have, and how much of it they leave over."""

from __future__ import annotations

from dataclasses import dataclass

from kg.answering.link.matches import Match

#: What a matched cue weighs beside the question's content words.
CUE_WEIGHT = 1.2
#: What the closeness of the claims counts beside the coverage of the content.
CLOSENESS = 0.55
#: How much weak matches count for a word's being accounted for: the power that strengths (0 to 1) are raised to.
NEARLY = 0.49


@dataclass(frozen=True)
class Account:
    """How far claims account for a question.

    `covered` is the share of its content that they have, weak matches counted as such; `left` is the weight of what
    is asked and not accounted for; `closeness` is the mean over the claims of what each has.
    """

    covered: float
    left: float
    closeness: float

    @property
    def score(self) -> float:
        """How well the claims answer the question, as far as its words tell."""
        return self.covered + CLOSENESS * self.closeness


def account_of(match: Match, claims: tuple[str, ...], cued: frozenset[int] = frozenset()) -> Account:
    """Return how far claims account for the content of a question.

    Arguments:
        match: the question as it matches claims.
        claims: the IRIs of the claims.
        cued: the places of the words that a cue matches.
    """
    question, total = match.question, match.total
    if not total:
        return Account(1.0, 0.0, 0.5)
    bonus = CUE_WEIGHT if cued else 0.0
    covered = near = left = 0.0
    for n, weight in match.weights.items():
        best = 1.0 if n in cued else match.having(n, claims)
        covered += weight * best
        # A word that is only near to one of a claim's makes it a poor match, and is accounted for all the same.
        if question.words[n].start in question.asked:
            left += weight * (1.0 - best**NEARLY)
        near += weight * (len(claims) if n in cued else sum(match.strengths[n].get(claim, 0.0) for claim in claims))
    whole = total + bonus
    return Account((covered + bonus) / whole, left, (near / len(claims) + bonus) / whole)
