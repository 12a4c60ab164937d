"""Linked data: a page about a thing gives RDF to those who ask for it, and says in schema.org's words what it shows.

The address of a page, and the IRI of what it is about, answer in HTML or RDF, whichever the request likes best (Cool
URIs for the Semantic Web, https://www.w3.org/TR/cooluris/, 4.2). A page names its other forms in its head and in `Link`
(RFC 8288), and describes its thing in JSON-LD, which is data: no browser runs it, so the policy of scripts lets it be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from flask import Flask, Response, g, request

from kg.graph.catalogue import Catalogue
from kg.graph.export import description_as_rdf
from kg.graph.records import Agent, Claim, Concept, Passage, Seminar
from kg.sparql.formats import DUMPS
from webapp.context import (
    HTML,
    catalogue,
    dataset,
    lasting_address,
    path_of,
    preferred,
    typed,
    vary_on_accept,
)
from webapp.security import open_to_all

Thing = Claim | Concept | Agent | Seminar
"""What has a page and an IRI of its own."""

CONTEXT: Final[Mapping[str, Any]] = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}
"""The JSON-LD context, written out, so that nobody has to fetch one."""
ONE_OF: Final[Mapping[str, Callable[[Catalogue, str], Thing]]] = {
    "claims.claim": Catalogue.claim,
    "concepts.concept": Catalogue.concept,
    "people.person": Catalogue.agent,
    "seminars.seminar": Catalogue.seminar,
}
"""What looks up the thing of a page by its slug, by the endpoint of the page."""
FOLDERS: Final[Mapping[type, str]] = {Claim: "claims", Concept: "concepts", Agent: "people", Seminar: "seminars"}
KINDS: Final[Mapping[str, str]] = {"person": "Person", "organisation": "Organization"}
"""The types of agents; a speaker whom the source does not name is nobody that could be described."""


def init_app(app: Flask) -> None:
    """Let the pages about things answer with RDF, and name their other forms."""
    app.jinja_env.globals.update(alternates=alternates, linked_data=linked_data)

    @app.before_request
    def _as_data() -> Response | None:
        one_of = ONE_OF.get(request.endpoint or "")
        if one_of is None or request.method not in ("GET", "HEAD"):
            return None
        g.thing = one_of(catalogue(), (request.view_args or {})["slug"])
        return described(g.thing)

    @app.after_request
    def _named(response: Response) -> Response:
        if "thing" not in g or response.status_code != 200:
            return response
        if response.mimetype == HTML:
            for media_type, address in alternates().items():
                response.headers.add("Link", f'<{address}>; rel="alternate"; type="{media_type}"')
        return vary_on_accept(response)


def alternates() -> dict[str, str]:
    """Return media type -> path of the RDF about the thing that this page shows; nothing for other pages."""
    if "thing" not in g:
        return {}
    return {media_type: f"{_path(g.thing)}?format={name}" for name, media_type in DUMPS.items()}


def described(thing: Thing | str) -> Response | None:
    """Return what the graph says of a thing, where the request asks for RDF; None where it asks for a page.

    Arguments:
        thing: its record, or its IRI alone.
    """
    wanted = DUMPS.get(request.args.get("format", "")) or preferred([HTML, *DUMPS.values()]) or HTML
    if wanted == HTML:
        return None
    body = description_as_rdf(dataset(), *_described_with(thing), media_type=wanted)
    return open_to_all(vary_on_accept(typed(body, wanted)))


def _described_with(thing: Thing | str) -> tuple[list[str], str]:
    """Return the IRIs that are described where a thing is, and how those of others begin.

    A claim comes with its quotations. A seminar comes with all that has an IRI within its own, as every claim and
    passage of it: a browser asks for `/seminar/name#claim` without what follows the mark.
    """
    if isinstance(thing, str):
        return [thing], ""
    if isinstance(thing, Claim):
        return [thing.iri, *(passage.iri for passage in thing.passages)], ""
    if isinstance(thing, Seminar):
        claims, passages = catalogue().claims(seminar=thing.slug), catalogue().passages(thing.slug)
        parts = [*(claim.iri for claim in claims), *(passage.iri for passage in passages)]
        document, mark, _ = thing.iri.partition("#")
        return [thing.iri, *dict.fromkeys(parts)], document + mark if mark else ""
    return [thing.iri], ""


def linked_data() -> list[dict[str, Any]]:
    """Return what this page shows as JSON-LD, in the words of schema.org; nothing for pages that show no one thing."""
    if request.path == "/":
        return [{"@context": CONTEXT} | _seminar(seminar) for seminar in catalogue().seminars()]
    if "thing" not in g:
        return []
    return [{"@context": CONTEXT} | _as_json(g.thing)]


def _as_json(thing: Thing) -> dict[str, Any]:
    if isinstance(thing, Claim):
        return _claim(thing)
    if isinstance(thing, Concept):
        return _concept(thing)
    return _agent(thing) if isinstance(thing, Agent) else _seminar(thing)


def _claim(claim: Claim) -> dict[str, Any]:
    """Return a claim as https://schema.org/Claim, based on its quotations."""
    seminar = catalogue().seminar(claim.seminar)
    attribution, concepts = claim.attribution, map(catalogue().concept, claim.concepts)
    speakers = [*attribution.agents, *attribution.reported_from] if attribution.kind == "named" else []
    return _filled(
        {
            **_named_thing("Claim", claim),
            "text": claim.text,
            "creditText": attribution.credit,
            "author": _known(attribution.agents),
            "isBasedOn": [_quotation(passage, speakers, seminar) for passage in claim.passages],
            "about": [_named_thing("DefinedTerm", each, each.label) for each in concepts],
            "recordedAt": _named_thing("Event", seminar, seminar.name),
            "dateCreated": (seminar.start or "")[:10],
        }
    )


def _quotation(passage: Passage, speakers: Iterable[str], seminar: Seminar) -> dict[str, Any]:
    """Return a passage as https://schema.org/Quotation, with those who are named as its speakers."""
    return _filled(
        {
            "@type": "Quotation",
            "@id": passage.iri,
            "text": passage.quote,
            "spokenByCharacter": _known(speakers),
            "isPartOf": _document(seminar),
        }
    )


def _document(seminar: Seminar) -> dict[str, Any]:
    document = seminar.document
    publisher = {"@type": "Organization", "name": document.publisher} if document.publisher else None
    return _filled({"@type": "Article", "name": document.title, "publisher": publisher, "url": document.address})


def _seminar(seminar: Seminar) -> dict[str, Any]:
    """Return a seminar as https://schema.org/Event."""
    claims = catalogue().claims(seminar=seminar.slug)
    presenters = dict.fromkeys(slug for claim in claims for slug in claim.attribution.presenters)
    conference = {"@type": "Event", "name": seminar.conference} if seminar.conference else None
    return _filled(
        {
            **_named_thing("Event", seminar, seminar.name),
            "startDate": seminar.start,
            "endDate": seminar.end,
            "superEvent": conference,
            "performer": _known(presenters),
            "subjectOf": _document(seminar),
        }
    )


def _agent(agent: Agent) -> dict[str, Any]:
    """Return a person or an organisation; their posts are left out, since they were those of the time."""
    seminars = [catalogue().seminar(slug) for slug in dict.fromkeys(role.seminar for role in agent.roles)]
    return _filled(
        {
            **_named_thing(KINDS.get(agent.kind, "Thing"), agent, agent.full_name),
            "alternateName": list(agent.other_names),
            "description": agent.note,
            "subjectOf": [_named_thing("Event", seminar, seminar.name) for seminar in seminars],
        }
    )


def _concept(concept: Concept) -> dict[str, Any]:
    """Return a concept as https://schema.org/DefinedTerm."""
    return _filled(
        {
            **_named_thing("DefinedTerm", concept, concept.label),
            "alternateName": list(concept.other_labels),
            "description": concept.definition,
        }
    )


def _known(slugs: Iterable[str]) -> list[dict[str, Any]]:
    """Return those agents who are a person or an organisation, by name."""
    agents = map(catalogue().agent, slugs)
    return [_named_thing(KINDS[agent.kind], agent, agent.name) for agent in agents if agent.kind in KINDS]


def _named_thing(kind: str, thing: Thing, name: str = "") -> dict[str, Any]:
    """Return what names a thing: its type, IRI, name, and the page about it where that can be reached."""
    return _filled({"@type": kind, "@id": thing.iri, "name": name, "url": lasting_address(_path(thing))})


def _path(thing: Thing) -> str:
    return path_of(FOLDERS[type(thing)], thing.slug)


def _filled(described: Mapping[str, Any]) -> dict[str, Any]:
    """Return a description without what has no value."""
    return {name: value for name, value in described.items() if value not in (None, "", [])}
