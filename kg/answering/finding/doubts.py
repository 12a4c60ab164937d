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
from kg.answering.silence import lacking
from kg.answering.speaker import Scope
from kg.english.asking.asked_for import asked_for
from kg.english.asking.yes_no import is_yes_no
from kg.graph.records import Claim

#: The doubts, in the order of their numbers. A "value" is a kind of thing that is asked for by its word, a number or a
#: place, other than a reason: it is doubtful where the best claim has one and a telling word is missing, so that it
#: may be of something else, and far more so where the claim has none.
DOUBTS = (
    "value", "no value", "time", "name", "reason", "no reason",
    "word missing", "word nowhere", "words in none", "no voice", "yes or no",
)  # fmt: skip

Floats = NDArray[np.float64]


def doubts(match: Match, core: Core, scope: Scope | None, claims: Sequence[Claim]) -> Floats:
    """Return the doubts about some claims as the answer to a question.

    Arguments:
        match: the question as it matches claims.
        core: what it asks about.
        scope: whose words it asks for.
        claims: those found, best first; at least one.
    """
    text = match.question.text
    asked = {kind.name for kind in asked_for(text)}
    lacked = {kind.name for kind in lacking(text, claims[:1])}
    iris = [claim.iri for claim in claims]
    gaps = [core.weight(n) * (1.0 - max(core.strength(n, iri) for iri in iris)) for n in core.places]
    return np.array(
        [
            bool(asked - lacked - {"reason"}) * min(1.0, max(gaps, default=0.0)),
            bool(lacked - {"reason"}),
            "time" in asked - lacked,
            not {"name", "place"}.isdisjoint(asked - lacked),
            "reason" in asked - lacked,
            "reason" in lacked,
            max(gaps, default=0.0),
            sum(core.weight(n) for n in core.absent),
            len(core.absent_common),
            scope is not None and not scope.claims,
            is_yes_no(text),
        ],
        float,
    )
