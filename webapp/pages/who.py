"""Who says what: the voices of a seminar at `/who`, its criticism at `/criticism`."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from kg.graph.records import Claim, Seminar
from webapp.claims.criticism import criticisms
from webapp.claims.differences import contrasts, disputes
from webapp.claims.matrix import address, matrix
from webapp.claims.voices import Voice, speakers_of, voices_in, voices_of
from webapp.context import catalogue

pages = Blueprint("who", __name__)


@pages.get("/who")
def index() -> str:
    """Show whose words a seminar has, what each speaks of and how, and where they differ."""
    shown = _seminar()
    if shown is None:
        return _choose("Who says what", "/who")
    claims = catalogue().claims(seminar=shown.slug)
    voices, rows = matrix(catalogue(), shown)
    return render_template(
        "pages/who.html",
        seminar=shown,
        told=[_told(shown, voice, claims) for voice in voices_in(catalogue(), claims)],
        voices=voices,
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


def _told(seminar: Seminar, voice: Voice, claims: tuple[Claim, ...]) -> tuple[Voice, str, list[tuple[str, str, int]]]:
    """Return a voice, the address of its claims, and what it is made of: words for people, address, number of claims."""
    made = [claim for claim in claims if voices_of(catalogue())[claim.slug] == voice]
    everything = address(catalogue(), seminar, who=voice.slug)
    if voice.kind == "summary":
        return voice, everything, [("Its own words", everything, len(made))]
    parts = []
    for agent in catalogue().agents():
        spoken = sum(agent.slug in speakers_of(claim) for claim in made)
        passed_on = all(agent.slug in claim.attribution.reported_from for claim in made if agent.slug in speakers_of(claim))
        if spoken and not passed_on:
            words = agent.name[:1].upper() + agent.name[1:]
            words = words if agent.kind == "unnamed" else f"The summary names {words}"
            parts.append((words, address(catalogue(), seminar, who=agent.slug, credit=_credit(agent.kind)), spoken))
    reported = sum(claim.attribution.kind == "presentation" for claim in made)
    if reported:
        words = "In the report of it, no name beside the words"
        parts.append((words, address(catalogue(), seminar, who=voice.slug, credit="presentation"), reported))
    return voice, everything, parts


def _credit(kind: str) -> str:
    return "debate" if kind == "unnamed" else "named"
