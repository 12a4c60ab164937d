"""What speaks against answering a question with the claims found: what the graph and the text lack of what is asked.

How like a claim is to a question does not tell whether it answers it; that it lacks the kind of thing asked for, or a
telling word, or that nobody whose words are asked for said so, does.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from kg.answering.finding.neighbours import Votes
from kg.answering.link.matches import Match
from kg.answering.nearby.core import Core
from kg.answering.silence import lacking, names_nobody, only_the_excepted
from kg.answering.speaker import Scope
from kg.english.asking.asked_for import asked_for
from kg.english.asking.yes_no import is_yes_no
from kg.graph.records import Claim

Floats = NDArray[np.float64]

#: The doubts, in the order of their numbers.
DOUBTS = (
    "no value", "value", "no reason", "reason", "word missing", "words missing", "word nowhere", "word in none",
    "nobody", "no voice", "excepted", "far", "faint", "yes or no", "left open",
)  # fmt: skip
#: The least share of wordings that are left open, and of those that are not.
_LEAST = 0.01


def doubts(
    match: Match, core: Core, scope: Scope | None, votes: Votes | None, claims: Sequence[Claim], *, far: float, faint: float
) -> Floats:
    """Return the doubts about some claims as the answer to a question.

    Arguments:
        match: the question as it matches claims.
        core: what it asks about.
        scope: whose words it asks for.
        votes: what the ways of asking nearest to it ask for.
        claims: those found, best first; at least one.
        far: how far the nearest of them is from the question in meaning (0 to 1).
        faint: how little the best one stands out from the rest.
    """
    text = match.question.text
    kinds = {kind.name for kind in asked_for(text)}
    missing = {kind.name for kind in lacking(text, claims)}
    values = kinds - {"reason"}
    iris = [claim.iri for claim in claims]
    gaps = [core.weight(n) * (1.0 - max(core.strength(n, iri) for iri in iris)) for n in core.places]
    total = sum(map(core.weight, core.places)) or 1.0
    open_share = min(max(votes.left_open, _LEAST), 1.0 - _LEAST) if votes else 0.5
    return np.array(
        [
            bool(missing - {"reason"}),
            bool(values),
            "reason" in missing,
            "reason" in kinds,
            max(gaps, default=0.0),
            sum(gaps) / total,
            sum(core.weight(n) for n in core.absent),
            len(core.absent_common),
            names_nobody(match.question, claims) and not is_yes_no(text),
            scope is not None and not scope.claims,
            only_the_excepted(match.question, claims),
            far,
            faint,
            is_yes_no(text),
            log(open_share / (1.0 - open_share)),
        ],
        float,
    )
