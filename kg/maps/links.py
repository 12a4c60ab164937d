"""Links: the propositions of claims that a map draws, and how many steps apart they put two concepts.

A proposition is drawn when it reads as a true sentence along its arrow. So

- an asserted or denied proposition is drawn, unless its claim has a condition, because the arrow alone would
  drop the "if";
- a condition, a goal and the content of what someone said are drawn only with words of their own that say so
  ("engage if they feel there are"), and so is any proposition of a conditional claim;
- a link joins two concepts: claims about the event have other ends and are not drawn.

Claims that make the same proposition share one link. A map that leaves something out has all items of a numbered list,
or none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.english.telling.maps import credit_at
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim, Proposition
from kg.maps.concept_map import MapClaim


@dataclass(frozen=True)
class Link:
    """A claimed link between two concepts, with the claims that make it."""

    proposition: Proposition
    claims: tuple[Claim, ...]

    @property
    def ends(self) -> tuple[str, str]:
        """The slugs of the concepts that it joins: from, to."""
        return self.proposition.subject, self.proposition.object

    def map_claims(self, base_url: str | None, seminars: Mapping[str, str]) -> tuple[MapClaim, ...]:
        """Return the claims as a map has them.

        Arguments:
            base_url: where their pages are, None for no links to them.
            seminars: the names of the seminars on the map, by slug, where they are several; else nothing.
        """
        return tuple(map_claim(claim, base_url, seminars) for claim in self.claims)


def map_claim(claim: Claim, base_url: str | None, seminars: Mapping[str, str]) -> MapClaim:
    """Return a claim as a map has it; see `Link.map_claims`."""
    return MapClaim(
        text=claim.text,
        credit=credit_of(claim, seminars),
        quotations=tuple(dict.fromkeys(passage.quote for passage in claim.passages)),
        href=None if base_url is None else f"{base_url}/claims/{claim.slug}",
    )


def credit_of(claim: Claim, seminars: Mapping[str, str]) -> str:
    """Return who made a claim, and at which of several seminars (names by slug); see `Link.map_claims`."""
    credit, seminar = claim.attribution.credit, seminars.get(claim.seminar)
    return credit_at(credit, seminar) if seminar else credit


def is_drawn(proposition: Proposition, claim: Claim) -> bool:
    """Whether a proposition of a claim reads as a true sentence along its arrow."""
    if proposition.subject_kind != "concept" or proposition.object_kind != "concept":
        return False
    if proposition.own_phrase:
        return True
    conditional = any(other.status == "condition" for other in claim.propositions)
    return proposition.status in ("asserted", "denied") and not conditional


def links_of(claims: Iterable[Claim]) -> list[Link]:
    """Return the links that claims make, in the order of the claims."""
    made: dict[tuple[str, str, str, str], list[tuple[Proposition, Claim]]] = defaultdict(list)
    for claim in claims:
        for each in claim.propositions:
            if is_drawn(each, claim) and each.subject != each.object:
                made[each.subject, each.relation, each.object, each.status].append((each, claim))
    links = []
    for makers in made.values():
        # Words written for one claim's proposition say more than the relation's ("has as step 1").
        best = next((each for each, _ in makers if each.own_phrase), makers[0][0])
        links.append(Link(best, tuple(dict.fromkeys(claim for _, claim in makers))))
    return links


def graph_of(links: Iterable[Link]) -> nx.Graph[str]:
    """Return the graph of the concepts that links join, whichever way they point."""
    return nx.Graph(link.ends for link in links)


def steps_from(foci: Iterable[str], depth: int | None, links: Iterable[Link]) -> dict[str, int]:
    """Return the steps from the nearest focus for each concept up to `depth` away (None: all); links read both ways."""
    graph = graph_of(links)
    steps: dict[str, int] = {}
    for focus in foci:
        graph.add_node(focus)
        for concept, away in nx.single_source_shortest_path_length(graph, focus, depth).items():
            steps[concept] = min(away, steps.get(concept, away))
    return steps


def number_of(catalogue: Catalogue, link: Link) -> int | None:
    """Return the place of a link's object in a numbered list, where one of its claims puts it there."""
    found = _item(catalogue, link)
    return found and found[1]


def lists_of(catalogue: Catalogue, links: Iterable[Link]) -> list[list[Link]]:
    """Return the links that lead to the items of each numbered list, a list each."""
    found: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        if item := _item(catalogue, link):
            found[item[0], link.ends[0]].append(link)
    return list(found.values())


def completed(links: Sequence[Link], among: Sequence[Link], lists: Iterable[Sequence[Link]]) -> list[Link]:
    """Return links with those that are lacking of the lists of which they have a part.

    Arguments:
        links: what was chosen.
        among: all that could be, in the order of the result.
        lists: the lists among these.
    """
    chosen = set(links)
    chosen |= {link for each in lists if chosen.intersection(each) for link in each}
    return [link for link in among if link in chosen]


def _item(catalogue: Catalogue, link: Link) -> tuple[str, int] | None:
    """Return the list that a link's object is an item of, and its place there."""
    made_by = {claim.slug for claim in link.claims}
    return next(
        (
            (each.iri, item.position)
            for each in catalogue.ordered_lists()
            for item in each.items
            if item.concept == link.ends[1] and made_by & set(item.claims)
        ),
        None,
    )
