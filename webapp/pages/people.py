"""People and organisations: the list at `/people`, one at `/people/<slug>`."""

from __future__ import annotations

from flask import Blueprint, render_template

from kg.graph.records import Agent, Claim
from webapp.context import catalogue

pages = Blueprint("people", __name__)

SAID_BY = ("named", "debate", "write-up")
PRESENTED = """
SELECT ?claim WHERE {
  VALUES ?agent { }
  ?claim sk:madeIn/schema:performer ?agent .
}"""


@pages.get("/people")
def index() -> str:
    """List everyone whom the source names, or quotes without a name."""
    return render_template("pages/people.html", agents=catalogue().agents())


@pages.get("/people/<slug>")
def person(slug: str) -> str:
    """Show who someone was at the time, and what they are named for, apart from what is only reported."""
    agent = catalogue().agent(slug)
    said = [c for c in catalogue().claims(agent=agent.slug) if c.attribution.kind != "presentation"]
    presented = catalogue().claims_by_iri(row["claim"] for row in catalogue().rows(PRESENTED, agent=[agent.iri]))
    claims = {kind: [c for c in said if c.attribution.kind == kind] for kind in SAID_BY}
    claims["presentation"] = [c for c in presented if c.attribution.kind == "presentation"]
    drawn = next((concept for concept in catalogue().concepts() if concept.iri == agent.iri), None)
    return render_template(
        "pages/person.html", agent=agent, roles=_roles(agent), claims=claims, about=about(agent), concept=drawn
    )


def _roles(agent: Agent) -> list[str]:
    """Return what an agent did at seminars, each with its seminar where there are several."""
    if len(catalogue().seminars()) < 2:
        return [role.words for role in agent.roles]
    return [f"{role.words} ({catalogue().seminar(role.seminar).document.title})" for role in agent.roles]


def about(agent: Agent) -> list[Claim]:
    """Return the claims that someone is the subject or object of, such as their post at the time."""
    end = ("agent", agent.slug)
    return [
        claim
        for claim in catalogue().claims()
        if any(end in ((p.subject_kind, p.subject), (p.object_kind, p.object)) for p in claim.propositions)
    ]
