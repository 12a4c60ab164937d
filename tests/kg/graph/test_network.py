"""Claims as a networkx graph."""

from __future__ import annotations

from io import BytesIO

import networkx as nx

from kg.library import Library


def test_nodes_are_concepts_and_edges_propositions(library: Library) -> None:
    network = library.network()
    assert set(network) == {concept.slug for concept in library.catalogue.concepts()}
    between = [
        (claim, each)
        for claim in library.catalogue.claims()
        for each in claim.propositions
        if each.subject_kind == each.object_kind == "concept"
    ]
    assert network.number_of_edges() == len(between)
    for claim, each in between:
        edge = network.edges[each.subject, each.object, f"{claim.slug}/{each.position}"]
        assert edge["text"] == claim.text
        assert edge["phrase"] == each.phrase
        assert (edge["claim"], edge["stance"], edge["status"]) == (claim.slug, claim.stance, each.status)
        assert (edge["attribution"], edge["credit"]) == (claim.attribution.kind, claim.attribution.credit)


def test_some_claims_make_a_part_of_it(library: Library) -> None:
    claims = library.catalogue.claims(stance="criticises")
    network = library.network(claims)
    assert {claim for _, _, claim in network.edges(data="claim")} <= {claim.slug for claim in claims}
    assert network.number_of_nodes() == library.network().number_of_nodes()


def test_it_can_be_written_and_computed_with(library: Library) -> None:
    network, file = library.network(), BytesIO()
    nx.write_graphml(network, file)
    file.seek(0)
    again = nx.read_graphml(file, force_multigraph=True)
    assert set(again.edges) == set(network.edges)
    assert nx.has_path(network, "leaders", "culture")
