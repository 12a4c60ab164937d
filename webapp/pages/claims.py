"""Claims: the list with its filters at `/claims`, one at `/claims/<slug>`."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template, request

from kg.graph.records import Claim
from webapp.context import catalogue

pages = Blueprint("claims", __name__)


@pages.get("/claims")
def index() -> str:
    """List the claims, narrowed by seminar, topic, who said it, how it was said, and the words on the arrow."""
    chosen = {name: request.args.get(name) or None for name in ("seminar", "topic", "who", "how", "arrow")}
    found = catalogue().claims(
        seminar=chosen["seminar"], theme=chosen["topic"], agent=chosen["who"], stance=chosen["how"]
    )
    if chosen["arrow"]:
        found = tuple(c for c in found if any(p.relation == chosen["arrow"] for p in c.propositions))
    return render_template(
        "pages/claims.html",
        claims=found,
        seminars=[
            (catalogue().seminar(slug), _by_section(list(group)))
            for slug, group in groupby(found, key=lambda claim: claim.seminar)
        ],
        chosen=chosen,
        every_seminar=seminars(),
        topics=topics(chosen["seminar"]),
        speakers=speakers(chosen["seminar"]),
        arrow=_words(chosen["arrow"]),
    )


@pages.get("/claims/<slug>")
def claim(slug: str) -> str:
    """Show one claim: who said it, the words it rests on, what it is made of, and how to cite it."""
    shown = catalogue().claim(slug)
    beside = catalogue().claims_resting_on(shown.seminar)
    others = {c.slug: c for passage in shown.passages for c in beside[passage.id] if c.slug != slug}
    return render_template("pages/claim.html", claim=shown, others=tuple(others.values()))


def _by_section(claims: list[Claim]) -> list[tuple[str, list[Claim]]]:
    """Return the claims of a seminar by the section of its source that they rest on first."""
    groups = groupby(claims, key=lambda claim: claim.passages[0].section)
    return [(name, list(group)) for name, group in groups]


def seminars() -> list[tuple[str, str]]:
    """Return slug and title of the seminars, as choices of a form."""
    return [(seminar.slug, seminar.document.title) for seminar in catalogue().seminars()]


def topics(seminar: str | None = None) -> list[tuple[str, str]]:
    """Return slug and label of the topics that claims (of one seminar) are about, as choices of a form."""
    about = {slug for claim in catalogue().claims(seminar=seminar) for slug in claim.concepts}
    spoken_of = {concept.theme for concept in catalogue().concepts() if seminar is None or concept.slug in about}
    return [(theme.slug, theme.label) for theme in catalogue().themes() if theme.slug in spoken_of]


def speakers(seminar: str | None = None) -> list[tuple[str, str]]:
    """Return slug and name of those whom claims (of one seminar) are credited to, as choices of a form."""
    said = [claim.attribution for claim in catalogue().claims(seminar=seminar)]
    credited = {slug for attribution in said for slug in (*attribution.agents, *attribution.reported_from)}
    return [(agent.slug, agent.name) for agent in catalogue().agents() if agent.slug in credited]


def _words(relation: str | None) -> str | None:
    """Return the words on the arrow of a relation as a claim has them."""
    parts = (part for claim in catalogue().claims() for part in claim.propositions)
    return next((part.phrase for part in parts if part.relation == relation), relation)
