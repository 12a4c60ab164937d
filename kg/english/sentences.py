"""How an answer is said: who said it, the claim in our words, and the short quotation in quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kg.graph.records import Claim

_VERBS = {
    "describes": ("said", "says"),
    "recommends": ("recommended", "recommends"),
    "criticises": ("criticised", "criticises"),
    "exemplifies": ("gave as an example", "gives as an example"),
    "reports-evidence": ("reported", "reports"),
}


def credited(claim: Claim) -> str:
    """Return who said a claim and how: "A delegate criticised", "The published summary ... recommends"."""
    past, present = _VERBS[claim.stance]
    written = claim.attribution.kind in ("presentation", "write-up")
    credit = claim.attribution.credit
    if claim.attribution.nobody:
        return f"In the debate, no speaker being named, it was {_PASSIVE[claim.stance]}"
    return f"{credit[:1].upper()}{credit[1:]} {present if written else past}"


_PASSIVE = {
    "describes": "said",
    "recommends": "recommended",
    "criticises": "criticised",
    "exemplifies": "given as an example",
    "reports-evidence": "reported",
}


def quoted(text: str) -> str:
    """Return text in quotation marks: double, or single where it has double ones itself."""
    return f"‘{text}’" if "“" in text else f"“{text}”"


def sentence(claims: Sequence[Claim], lead: str = "", *, listed: bool = False) -> str:
    """Return claims as readable text: each speaker named once, each claim with its quotation.

    Arguments:
        claims: in the source's order.
        lead: what comes first, such as "Yes." or "Three."
        listed: number the claims.
    """
    parts = []
    number = 0
    for who, group in groupby(claims, key=credited):
        said = []
        for claim in group:
            number += 1
            mark = f"({number}) " if listed and len(claims) > 1 else ""
            said.append(f"{mark}{claim.text.rstrip('.')} ({_quotations(claim)})")
        parts.append(f"{who}: {'; '.join(said)}.")
    return " ".join(part for part in (lead, *parts) if part)


def _quotations(claim: Claim) -> str:
    return ", ".join(quoted(passage.quote) for passage in claim.passages)


def verdict_lead(verdict: str | None) -> str:
    """Return "Yes." or "No." or nothing."""
    return f"{verdict.capitalize()}." if verdict else ""
