"""The slots of a question template: what can stand in each, and how a name that a person gives becomes a term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from kg.graph.catalogue import Catalogue
from kg.graph.name_lookup import UnknownName
from kg.questions.templates import SLOT_KINDS, QuestionTemplate
from kg.sparql.query_text import Term, bind
from kg.vocabulary import SK, local_name

RELATIONS = """
SELECT DISTINCT ?relation ?label WHERE {
  ?relation a rdf:Property ; rdfs:label ?label .
  FILTER(STRSTARTS(STR(?relation), STR(relation:)))
  FILTER EXISTS { ?proposition rdf:predicate/rdfs:subPropertyOf* ?relation }
} ORDER BY LCASE(?label) ?relation
"""

ENDS = """
SELECT DISTINCT ?thing ?label WHERE {
  ?proposition rdf:END ?thing ; rdf:predicate ?relation .
  FILTER(STRSTARTS(STR(?relation), STR(relation:)))
  ?thing skos:prefLabel|rdfs:label ?label .
  FILTER(isIRI(?thing))
} ORDER BY LCASE(?label) ?thing
"""


MOST_TRIED = 30
"""Fillings of a template that are tried until one finds claims."""


@dataclass(frozen=True)
class SlotValue:
    """What can stand in a slot: its slug for addresses, its label for people, its term for the query."""

    slug: str
    label: str
    term: Term


class SlotError(ValueError):
    """A slot without a value, or with one that is not known. The message is one sentence that names the slot.

    `near` lists the choices whose names come nearest.
    """

    def __init__(self, slot: str, message: str, near: Sequence[SlotValue] = ()):
        self.slot, self.near = slot, tuple(near)
        super().__init__(message)


def choices(catalogue: Catalogue, kind: str) -> tuple[SlotValue, ...]:
    """Return what can stand in a slot of a kind, which is one of SLOT_KINDS."""
    match kind:
        case "concept" | "concepts":
            return tuple(SlotValue(each.slug, each.label, ox.NamedNode(each.iri)) for each in catalogue.concepts())
        case "agent":
            return tuple(SlotValue(each.slug, each.name, ox.NamedNode(each.iri)) for each in catalogue.agents())
        case "stance":
            return tuple(SlotValue(slug, words, ox.NamedNode(SK[slug])) for slug, words in catalogue.stances().items())
        case "relation":
            rows = catalogue.rows(RELATIONS)
            return tuple(_named(row["relation"], row["label"]) for row in rows)
        case "subject" | "object":
            rows = catalogue.rows(ENDS.replace("END", kind))
            return tuple(_named(row["thing"], row["label"]) for row in rows)
        case "list":
            return tuple(_named(each.iri, each.name) for each in catalogue.ordered_lists())
    most = max((item.position for each in catalogue.ordered_lists() for item in each.items), default=0)
    return tuple(SlotValue(str(n), str(n), ox.Literal(n)) for n in range(1, most + 1))


def fill(catalogue: Catalogue, template: QuestionTemplate, given: Mapping[str, str]) -> str:
    """Return the query of a template with the things that were named in its slots.

    Arguments:
        catalogue: what the names are looked up in.
        template: the form of question.
        given: for each slot a slug or a label; what is no slot of the template is passed over.

    Raises:
        SlotError: a slot has no value, or one that names nothing.
    """
    found = {slot: chosen(catalogue, slot, kind, given.get(slot, "")) for slot, kind in template.slots.items()}
    return bind(template.sparql, {slot: [choice.term] for slot, choice in found.items()})


def chosen(catalogue: Catalogue, slot: str, kind: str, name: str) -> SlotValue:
    """Return the choice with this slug or label (a concept or person also by other names); raises SlotError."""
    possible = choices(catalogue, kind)
    key = " ".join(name.split()).casefold()
    if not key:
        some = f", such as {slot}={possible[0].slug}" if possible else ""
        raise SlotError(slot, f"The parameter “{slot}” is missing; give a {_words(kind)}{some}.")
    for choice in possible:
        if key in (choice.slug.casefold(), choice.label.casefold()):
            return choice
    if kind == "number":
        raise SlotError(slot, f"The parameter “{slot}” is a number from 1 to {len(possible)}, not “{name[:80]}”.")
    other_name = _by_other_name(catalogue, kind, name)
    for choice in possible:
        if choice.slug == other_name:
            return choice
    near = process.extract(key, [c.label.casefold() for c in possible], scorer=fuzz.WRatio, limit=3, score_cutoff=70)
    nearest = [possible[place] for _, _, place in near]
    hint = f"; did you mean {' or '.join(choice.label for choice in nearest)}?" if nearest else "."
    message = f"The parameter “{slot}” names no {_words(kind)} called “{name[:80]}”{hint}"
    raise SlotError(slot, message, nearest)


def examples(catalogue: Catalogue, templates: Iterable[QuestionTemplate]) -> list[str]:
    """Return the example questions of those templates to offer for a catalogue, best first."""
    offered = sorted(templates, key=lambda template: (template.suggested or 99, template.name))
    return [template.example for template in offered if is_at_home(catalogue, template)]


@lru_cache(maxsize=256)
def is_at_home(catalogue: Catalogue, template: QuestionTemplate) -> bool:
    """Whether a catalogue has all that the example of a template names, and claims for it: it can be offered there."""
    own = _own_example(catalogue, template)
    return len(own) == len(template.slots) and _finds(catalogue, template, own)


@lru_cache(maxsize=256)
def example(catalogue: Catalogue, template: QuestionTemplate) -> Mapping[str, SlotValue]:
    """Return what may stand in the slots of a template as an example; nothing where the claims have nothing for it.

    That is what stands (first) in the template itself where the catalogue has claims for it, else what its claims are
    made of.
    """
    if is_at_home(catalogue, template):
        return _own_example(catalogue, template)
    tried = islice(_fillings(catalogue, template), MOST_TRIED)
    return next((filled for filled in tried if _finds(catalogue, template, filled)), {})


def _finds(catalogue: Catalogue, template: QuestionTemplate, filled: Mapping[str, SlotValue]) -> bool:
    query = bind(template.sparql, {slot: [value.term] for slot, value in filled.items()})
    return any("claim" in row for row in catalogue.rows(query))


def _fillings(catalogue: Catalogue, template: QuestionTemplate) -> Iterator[dict[str, SlotValue]]:
    """Yield what each claim would put into the slots of a template, where it has something for all of them."""
    lists = catalogue.ordered_lists()
    by_slug = {kind: {each.slug: each for each in choices(catalogue, kind)} for kind in template.slots.values()}
    for claim in catalogue.claims():
        for part in claim.propositions:
            ends = [part.subject, part.object, *claim.concepts]
            offered = {
                "concept": ends,
                "concepts": ends,
                "agent": [*claim.attribution.agents, *claim.attribution.reported_from],
                "stance": [claim.stance],
                "relation": [part.relation],
                "subject": [part.subject],
                "object": [part.object],
                "list": [local_name(each.iri) for each in lists if each.seminar == claim.seminar],
                "number": [str(item.position) for each in lists for item in each.items],
            }
            filled: dict[str, SlotValue] = {}
            for slot, kind in template.slots.items():
                possible = (by_slug[kind][slug] for slug in offered[kind] if slug in by_slug[kind])
                value = next((each for each in possible if each not in filled.values()), None)
                if value is None:
                    break
                filled[slot] = value
            else:
                yield filled


def _own_example(catalogue: Catalogue, template: QuestionTemplate) -> dict[str, SlotValue]:
    found = {}
    for slot, kind in template.slots.items():
        block = re.search(rf"VALUES\s+\?{slot}\s*\{{\s*(\S+)[^{{}}]*\}}", template.sparql)
        name = local_name(block[1].strip("<>").replace(":", "#")) if block else ""
        match = next((choice for choice in choices(catalogue, kind) if choice.slug == name), None)
        if match:
            found[slot] = match
    return found


def _named(iri: str, label: str) -> SlotValue:
    return SlotValue(local_name(iri), label, ox.NamedNode(iri))


def _words(kind: str) -> str:
    label = SLOT_KINDS[kind]
    other = {"relation": "linking phrase", "stance": "way of saying", "subject": "concept", "object": "concept"}
    return other.get(kind, label[:1].lower() + label[1:])


def _by_other_name(catalogue: Catalogue, kind: str, name: str) -> str | None:
    """Return the slug of the concept, person or organisation that also goes by this name."""
    try:
        if kind in ("concept", "concepts", "subject", "object"):
            return catalogue.concept(name).slug
        if kind == "agent":
            return catalogue.agent(name).slug
    except UnknownName:
        pass
    return None
