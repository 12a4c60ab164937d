"""Claims: the list with its filters at `/claims`, one at `/claims/<slug>`."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from kg.records import Claim
from webapp.context import library
from webapp.wording import HOW_SAID

pages = Blueprint("claims", __name__)


@pages.get("/claims")
def index() -> str:
    """List the claims, narrowed by topic, by who said it, by how it was said, and by the words on the arrow."""
    chosen = {name: request.args.get(name) or None for name in ("topic", "who", "how", "arrow")}
    _check(chosen)
    found = library().claims(theme=chosen["topic"], agent=chosen["who"], stance=chosen["how"])
    if chosen["arrow"]:
        found = tuple(c for c in found if any(p.relation == chosen["arrow"] for p in c.propositions))
    return render_template("claims.html", claims=found, chosen=chosen, speakers=_speakers())


@pages.get("/claims/<slug>")
def claim(slug: str) -> str:
    """Show one claim: who said it, the words it rests on, what it is made of, and how to cite it."""
    shown = library().claim(slug)
    beside = library().claims_resting_on(shown.seminar)
    others = {c.slug: c for passage in shown.passages for c in beside[passage.id] if c.slug != slug}
    return render_template("claim.html", claim=shown, others=tuple(others.values()))


def _check(chosen: dict[str, str | None]) -> None:
    if chosen["how"] and chosen["how"] not in HOW_SAID:
        abort(400, f"“How it was said” can be {', '.join(HOW_SAID)}; not “{chosen['how']}”.")
    if chosen["topic"] and chosen["topic"] not in {theme.slug for theme in library().themes()}:
        abort(400, f"There is no topic called “{chosen['topic']}”.")
    if chosen["who"]:
        library().agent(chosen["who"])


def _speakers() -> list[tuple[str, str]]:
    """Return slug and name of those whom claims are attributed to, in the order of the agents."""
    credited = {slug for claim in _all_claims() for slug in claim.attribution.agents}
    return [(agent.slug, agent.name) for agent in library().agents() if agent.slug in credited]


def _all_claims() -> tuple[Claim, ...]:
    return library().claims()
