"""Claims as a network: a networkx graph of concepts and of the propositions that were claimed to join them."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim


def network(catalogue: Catalogue, claims: Iterable[Claim]) -> nx.MultiDiGraph[str]:
    """Return the network of the propositions of some claims.

    An edge is one proposition of one claim: what was said, with who said it, and not what is so. Mind its
    `status`: a denied proposition is an edge too. What joins a concept to a date or a person is left out.
    All attributes are text or numbers, so that networkx can write the network in any of its formats.

    Arguments:
        catalogue: where the concepts come from; each one is a node, by its slug, with `label`, `theme` (a slug, or
            "") and `iri`.
        claims: whose propositions become edges. The key of an edge is the claim's slug and the position of the
            proposition in it; its attributes are `claim` (slug), `text` (the claim as a sentence), `relation` (slug),
            `phrase` (the words on the arrow), `status`, `stance`, `attribution` (how the source credits it),
            `credit` (who said it) and `passages` (the statements it rests on, parted by "; ").
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for concept in catalogue.concepts():
        graph.add_node(concept.slug, label=concept.label, theme=concept.theme or "", iri=concept.iri)
    for claim in claims:
        for proposition in claim.propositions:
            if (proposition.subject_kind, proposition.object_kind) == ("concept", "concept"):
                graph.add_edge(
                    proposition.subject,
                    proposition.object,
                    key=f"{claim.slug}/{proposition.position}",
                    claim=claim.slug,
                    text=claim.text,
                    relation=proposition.relation,
                    phrase=proposition.phrase,
                    status=proposition.status,
                    stance=claim.stance,
                    attribution=claim.attribution.kind,
                    credit=claim.attribution.credit,
                    passages="; ".join(dict.fromkeys(passage.id for passage in claim.passages)),
                )
    return graph
