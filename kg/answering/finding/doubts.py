"""What speaks against answering a question with the claims found: what the graph and the text lack of what is asked.

How like a claim is to a question does not tell whether it answers it; that it lacks the kind of thing asked for, or a
telling word, or that nobody whose words are asked for said so, does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

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
    "value", "money", "quantity", "time", "name", "reason", "lacks value", "lacks reason", "word missing",
    "word nowhere", "words in none", "nobody", "no voice", "excepted", "yes or no",
)  # fmt: skip


def doubts(match: Match, core: Core, scope: Scope | None, claims: Sequence[Claim]) -> Floats:
    """Return the doubts about some claims as the answer to a question.

    Arguments:
        match: the question as it matches claims.
        core: what it asks about.
        scope: whose words it asks for.
        claims: those found, best first; at least one.
    """
    text = match.question.text
    kinds = {kind.name for kind in asked_for(text)}
    lacks_of_best = {kind.name for kind in lacking(text, claims[:1])}
    iris = [claim.iri for claim in claims]
    gaps = [core.weight(n) * (1.0 - max(core.strength(n, iri) for iri in iris)) for n in core.places]
    return np.array(
        [
            bool(kinds - {"reason"}),
            "money" in kinds,
            "quantity" in kinds,
            "time" in kinds,
            bool(kinds & {"name", "place"}),
            "reason" in kinds,
            bool(lacks_of_best - {"reason"}),
            bool(lacking(text, claims)) and "reason" in lacks_of_best,
            max(gaps, default=0.0),
            sum(core.weight(n) for n in core.absent),
            len(core.absent_common),
            names_nobody(match.question, claims) and not is_yes_no(text),
            scope is not None and not scope.claims,
            only_the_excepted(match.question, claims),
            is_yes_no(text),
        ],
        float,
    )
