"""Claims: the list with its filters at `/claims`, one at `/claims/<slug>`."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template, request

from kg.graph.records import Attribution, Claim
from webapp.context import catalogue

pages = Blueprint("claims", __name__)


@pages.get("/claims")
def index() -> str:
    """List the claims, narrowed by seminar, topic, who said it, how it was said, and the words on the arrow.

    Of whoever gave a talk the claims in the report of it count, too: each card tells them apart.
    """
    chosen = {name: request.args.get(name) or None for name in ("seminar", "topic", "who", "how", "arrow")}
    found = catalogue().claims(seminar=chosen["seminar"], theme=chosen["topic"], stance=chosen["how"])
    if chosen["who"]:
        who = catalogue().agent(chosen["who"]).slug
        found = tuple(c for c in found if who in _credited(c.attribution) or who in c.attribution.presenters)
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
        speakers=_voices(chosen["seminar"]),
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
    credited = {slug for claim in catalogue().claims(seminar=seminar) for slug in _credited(claim.attribution)}
    return [(agent.slug, agent.name) for agent in catalogue().agents() if agent.slug in credited]


def _voices(seminar: str | None) -> list[tuple[str, str]]:
    """Return the speakers with those who gave a talk that is reported, as choices of a form."""
    presenters = {slug for claim in catalogue().claims(seminar=seminar) for slug in claim.attribution.presenters}
    found = dict(speakers(seminar)) | {slug: catalogue().agent(slug).name for slug in presenters}
    told = {slug: f"{name}, and the report of the talk" for slug, name in found.items() if slug in presenters}
    return sorted((found | told).items(), key=lambda choice: choice[1])


def _credited(attribution: Attribution) -> tuple[str, ...]:
    """Return the slugs of those who said something and of those whose words they passed on."""
    return (*attribution.agents, *attribution.reported_from)


def _words(relation: str | None) -> str | None:
    """Return the words on the arrow of a relation as a claim has them."""
    parts = (part for claim in catalogue().claims() for part in claim.propositions)
    return next((part.phrase for part in parts if part.relation == relation), relation)
