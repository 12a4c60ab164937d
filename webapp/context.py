"""What every view and template can reach: the library, addresses, and how the caller wants to be answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header
from werkzeug.wsgi import get_current_url, get_host

from kg.graph.catalogue import Catalogue
from kg.graph.load import DataSet
from kg.library import Library
from kg.sparql.formats import content_type
from kg.vocabulary import BASE, THEME
from webapp import wording
from webapp.claims.on_map import on_map
from webapp.trusted_hosts import is_loopback

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

HTML = "text/html"
JSON = "application/json"


def library() -> Library:
    """Return the library that this application serves."""
    return cast(Library, current_app.config["LIBRARY"])


def catalogue() -> Catalogue:
    """Return the records of that library: claims, concepts, people."""
    return library().catalogue


def dataset() -> DataSet:
    """Return the data that this application serves: a library's, or RDF of any kind."""
    return cast(DataSet, current_app.config["DATA"])


def has_pages() -> bool:
    """Whether this application serves pages for people, and not SPARQL alone."""
    return "LIBRARY" in current_app.config


def public_address(path: str) -> str:
    """Return the full address of a path, under BASE_URL where one is set."""
    return address_of(request.environ, current_app.config, path)


def address_of(environ: WSGIEnvironment, config: Mapping[str, Any], path: str) -> str:
    """Return the full address of a path as `public_address` does, where no request of Flask's is at hand."""
    base: str = config["BASE_URL"] or get_current_url(environ, root_only=True)
    placed: Callable[[str], str] | None = config["PUBLISHED_AS"]
    return f"{base.rstrip('/')}{placed(path) if placed else path}"


def is_local() -> bool:
    """Whether this site has no other address than one that leads nowhere from other machines."""
    return not current_app.config["BASE_URL"] and is_loopback(get_host(request.environ))


def lasting_address(path: str) -> str | None:
    """Return the full address of a path for what is taken elsewhere; None where it would lead nowhere from there."""
    return None if is_local() else public_address(path)


def preferred(offered: Sequence[str]) -> str | None:
    """Return the media type of `offered` that the request likes best; the first one where it does not say."""
    return best_of(request.environ.get("HTTP_ACCEPT"), tuple(offered))


@lru_cache(maxsize=256)
def best_of(header: str | None, offered: tuple[str, ...]) -> str | None:
    """Return the media type of `offered` that an Accept header likes best (RFC 9110, section 12.5.1), None for none."""
    accepted = parse_accept_header(header, MIMEAccept)
    # No type that is offered has parameters, so one that is asked for with some (`; charset=utf-8`) is meant too.
    accept = MIMEAccept([(name.partition(";")[0].strip(), quality) for name, quality in accepted])
    return accept.best_match(offered) if accept else offered[0]


def typed(body: bytes | str, media_type: str) -> Response:
    """Return a response of a media type, with its character set where it is text."""
    return Response(body, content_type=content_type(media_type))


def as_file(response: Response, name: str, shown: str = "inline") -> Response:
    """Return the response, which a browser saves under a name; `shown` is "inline" where it may show it too."""
    response.headers["Content-Disposition"] = f"{shown}; filename={name}"
    return response


def vary_on_accept(response: Response) -> Response:
    """Return the response, marked as one of several that the same address can give."""
    response.vary.add("Accept")
    return response


def init_app(app: Flask) -> None:
    """Give templates the words and the few lookups they share."""
    app.jinja_env.filters.update(wording.FILTERS)
    served: Library = app.config["LIBRARY"]
    app.jinja_env.filters["says_when"] = lambda claim: wording.says_when(claim, served.catalogue.seminar(claim.seminar))
    app.jinja_env.filters["citations"] = lambda claim: wording.citations_of(
        claim, served.catalogue.seminar(claim.seminar)
    )
    app.jinja_env.filters["on_map"] = lambda claim: on_map(served.catalogue, claim)
    shared: dict[str, Any] = app.jinja_env.globals
    shared.update(library=served, catalogue=served.catalogue, address=public_address, is_local=is_local)
    shared.update(how_said=served.catalogue.stances())
    seminars = served.catalogue.seminars()
    several = len(seminars) > 1
    # What the header calls the parts of the site, and what else belongs to one of them.
    own = ("/seminars", "Seminars") if several else (path_of("seminars", seminars[0].slug), "Seminar")
    shared.update(site_sections=[*SECTIONS[:4], own, *SECTIONS[4:]], section_parents=PARENTS)
    # A title is known by what stands before its colon; the whole of it has no room in a heading of every page.
    shared.update(site_name=seminars[0].document.title.partition(":")[0] if len(seminars) == 1 else "Seminars")
    shared.update(several_seminars=several, the_seminar="the seminars" if several else "the seminar")


SECTIONS = (
    ("/questions", "Questions"),
    ("/concepts", "Concepts"),
    ("/claims", "Claims"),
    ("/who", "Who says what"),
    ("/map", "Map"),
    ("/about", "About"),
)
"""The parts of the site: path and name; with several seminars or one, those stand before the map."""
PARENTS = MappingProxyType({"/ask": "/questions", "/people": "/who", "/criticism": "/who"})
"""The parts that pages elsewhere belong to, by how their paths begin."""


def path_of(*parts: str, anchor: str = "", **parameters: str) -> str:
    """Return an address of ours: parts of a path, parameters and an anchor. It cannot lead off this site.

    A browser takes two slashes at the beginning, or a backslash for one of them, for the name of another site
    (WHATWG URL, 4.4), so no part has a slash, and none is empty.
    """
    path = "".join(f"/{quote(part, safe=_WITHIN)}" for part in parts if part)
    asked = f"?{urlencode(parameters)}" if parameters else ""
    return (path or "/") + asked + (f"#{quote(anchor, safe=_WITHIN)}" if anchor else "")


_WITHIN = "-._~:@!$&'()*+,;="
"""The marks that may stand in a part of a path (RFC 3986, 3.3)."""


@lru_cache(maxsize=4)
def pages(source: Catalogue) -> Mapping[str, str]:
    """Return the page of everything in a catalogue that has one, IRI -> path. A catalogue never changes."""
    found = {f"{THEME}{theme.slug}": path_of("claims", topic=theme.slug) for theme in source.themes()}
    for seminar in source.seminars():
        found[seminar.iri] = path_of("seminars", seminar.slug)
        for passage in source.passages(seminar.slug):
            found[passage.iri] = path_of("seminars", seminar.slug, anchor=passage.id)
    found |= {agent.iri: path_of("people", agent.slug) for agent in source.agents()}
    found |= {concept.iri: path_of("concepts", concept.slug) for concept in source.concepts()}
    found |= {claim.iri: path_of("claims", claim.slug) for claim in source.claims()}
    return MappingProxyType(found)


def page_of(source: Catalogue, iri: str) -> str | None:
    """Return where an IRI leads: to its page, to the redirect for another name of ours, or to itself."""
    if iri in pages(source):
        return pages(source)[iri]
    if iri.startswith(BASE):
        name, _, anchor = iri.removeprefix(BASE).partition("#")
        return path_of(*name.split("/"), anchor=anchor)
    return iri if iri.startswith(("http://", "https://")) else None
