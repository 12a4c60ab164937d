"""Slugs: the last parts of IRIs, by which things have their pages. Each stands for one thing (kg/graph/slugs.py)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import URIRef
from rdflib.term import Node

from kg.check.characters import is_slug
from kg.check.corpus import Corpus
from kg.check.problems import Problem
from kg.graph.slugs import own_slug
from kg.vocabulary import BASE, DCTERMS, PROV, RDF, SKOS, local_name, seminar_slug


def check_slugs(corpus: Corpus) -> Iterator[Problem]:
    """Yield the agents, claims, seminars and topics whose IRI ends in no slug, and those that share one."""
    agents = _named(corpus, corpus.of_class(PROV.Agent))
    claims = _named(corpus, corpus.claims)
    parts = [list(corpus.graph.objects(claim, DCTERMS.isPartOf)) for claim in claims]
    seminars = _named(corpus, {part[0] for part in parts if len(part) == 1})  # the shapes ask for one
    topics = _named(corpus, corpus.of_class(SKOS.Collection))
    concepts = set(corpus.of_class(SKOS.Concept))
    for thing in dict.fromkeys((*agents, *claims, *seminars, *topics)):
        if not is_slug(local_name(thing)) and thing not in concepts:
            words = "does not end in a slug, and has its page by that: end it in letters, digits, dots or hyphens."
            yield from corpus.problem_of(thing, "bad-slug", words)
    # Agents of different seminars may share one: the seminar's slug then stands behind it.
    yield from _clashes(corpus, _by_slug((own_slug(agent), agent) for agent in agents), apart_by_seminar=True)
    yield from _clashes(corpus, _by_slug((f"{_seminar(corpus, claim)}-{own_slug(claim)}", claim) for claim in claims))
    yield from _clashes(corpus, _by_slug((_slug_of_seminar(seminar), seminar) for seminar in seminars))
    yield from _clashes(corpus, _by_slug((own_slug(topic), topic) for topic in topics))


def _named(corpus: Corpus, nodes: Iterable[Node]) -> list[URIRef]:
    """Return the things that have an IRI: those of our own namespace first, as they have the first right to a slug."""
    found = [node for node in nodes if isinstance(node, URIRef) and (node, RDF.type, None) in corpus.graph]
    return sorted(found, key=lambda node: (corpus.place(node) is not None, not node.startswith(BASE), node))


def _seminar(corpus: Corpus, claim: URIRef) -> str:
    seminars = [str(part) for part in corpus.graph.objects(claim, DCTERMS.isPartOf)]
    return _slug_of_seminar(min(seminars)) if seminars else seminar_slug(claim)


def _slug_of_seminar(seminar: str) -> str:
    return seminar_slug(seminar) or own_slug(seminar)


def _by_slug(slugs: Iterable[tuple[str, URIRef]]) -> dict[str, list[URIRef]]:
    found: defaultdict[str, list[URIRef]] = defaultdict(list)
    for slug, thing in slugs:
        found[slug].append(thing)
    return found


def _clashes(corpus: Corpus, holders: dict[str, list[URIRef]], *, apart_by_seminar: bool = False) -> Iterator[Problem]:
    for slug, things in holders.items():
        for number, thing in enumerate(things):
            seminar = seminar_slug(thing)
            before = [
                other
                for other in things[:number]
                if not (apart_by_seminar and seminar and seminar_slug(other) and seminar != seminar_slug(other))
            ]
            if before:
                words = f"has the slug {slug}, which is that of {corpus.name(before[0])}: give it another last part."
                yield from corpus.problem_of(thing, "slug-clash", words)
