"""Where a claim is on a map."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from urllib.parse import urlencode

from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim
from kg.maps.limits import MOST_READABLE
from kg.maps.links import links_of


@lru_cache(maxsize=4)
def _times(catalogue: Catalogue) -> Counter[str]:
    return catalogue.times_claimed()


def on_map(catalogue: Catalogue, claim: Claim) -> str | None:
    """Return the address of a map with a claim's arrows on it; None where it has none that can be drawn.

    It is drawn around the concept of the claim that fewest claims are about: there the claim is easiest to see.
    """
    ends = {end for link in links_of([claim]) for end in link.ends}
    if not ends:
        return None
    times = _times(catalogue)
    focus = min(ends, key=lambda each: (times[each], each))
    chosen = {"focus": focus}
    if len(catalogue.seminars()) > 1:
        chosen["seminar"] = claim.seminar
    if times[focus] > MOST_READABLE:
        chosen["most"] = str(MOST_READABLE)
    return f"/map?{urlencode(chosen)}"
