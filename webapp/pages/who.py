"""Who says what: the parties of a seminar at `/who`, its criticism at `/criticism`."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template, request

from kg.graph.records import Claim, Seminar
from webapp.claims.criticism import criticisms
from webapp.claims.differences import contrasts, disputes
from webapp.claims.matrix import address, matrix
from webapp.claims.parties import Party, parties_in, parties_of, spoken_by
from webapp.context import catalogue
from webapp.wording import capital

pages = Blueprint("who", __name__)


@pages.get("/who")
def index() -> str:
    """Show whose words a seminar has, what each speaks of and how, and where they differ."""
    shown = _seminar()
    if shown is None:
        return _choose("Who says what", "/who")
    claims = catalogue().claims(seminar=shown.slug)
    parties, rows = matrix(catalogue(), shown)
    return render_template(
        "pages/who.html",
        seminar=shown,
        told=[_told(shown, party, claims) for party in parties_in(catalogue(), claims)],
        parties=parties,
        rows=rows,
        disputes=disputes(catalogue(), shown),
        contrasts=[
            (each, [address(catalogue(), shown, who=v.slug, concept=each.concept.slug) for v, _, _ in each.cells])
            for each in contrasts(catalogue(), shown)
        ],
        criticisms=criticisms(catalogue(), shown),
    )


@pages.get("/criticism")
def criticism() -> str:
    """Show who or what was criticised at a seminar, and what was asked of them."""
    shown = _seminar()
    if shown is None:
        return _choose("Criticism, and what was asked", "/criticism")
    return render_template("pages/criticism.html", seminar=shown, criticisms=criticisms(catalogue(), shown))


def _seminar() -> Seminar | None:
    """Return the seminar that the request names, or the only one there is; raises UnknownName."""
    if name := request.args.get("seminar"):
        return catalogue().seminar(name)
    every = catalogue().seminars()
    return every[0] if len(every) == 1 else None


def _choose(title: str, path: str) -> str:
    return render_template("pages/choose_seminar.html", title=title, path=path, seminars=catalogue().seminars())


def _told(seminar: Seminar, party: Party, claims: Sequence[Claim]) -> tuple[Party, str, list[tuple[str, str, int]]]:
    """Return a party, the address of its claims, and what these are made of: words, address, number of claims."""
    made = [claim for claim in claims if parties_of(catalogue())[claim.slug] == party]
    everything = address(catalogue(), seminar, who=party.slug)
    if party.kind == "summary":
        return party, everything, [("Its own words", everything, len(made))]
    parts = []
    for agent in catalogue().agents():
        spoken = sum(agent.slug in spoken_by(claim) for claim in made)
        if spoken:
            named = capital(agent.name)
            words, credit = (named, "debate") if agent.kind == "unnamed" else (f"The summary names {named}", "named")
            parts.append((words, address(catalogue(), seminar, who=agent.slug, credit=credit), spoken))
    if reported := sum(claim.attribution.kind == "presentation" for claim in made):
        words = "In the report of it, no name beside the words"
        parts.append((words, address(catalogue(), seminar, who=party.slug, credit="presentation"), reported))
    return party, everything, parts
