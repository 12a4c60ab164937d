"""GraphML: the map as a graph with its places, for programs that count, compare and draw graphs.

GraphML (http://graphml.graphdrawing.org/), written by networkx and read again with `networkx.read_graphml`.
Concepts are nodes, propositions edges; x and y are px of the middle of a box, y grows downwards.
"""

import io
from typing import Any

import networkx as nx

from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import Geometry
from kg.maps.text import clean

EXTENSION = "graphml"
MEDIA_TYPE = "application/graphml+xml"
NAME = "GraphML"
SPECIFICATION = "GraphML 1.0; written by networkx"
USE = "counting and comparing: concepts are nodes, propositions edges, with status, speaker and quotations"
OPENS_WITH = "networkx, Gephi, yEd, igraph"


def write(geometry: Geometry, concept_map: ConceptMap) -> bytes:
    """A directed graph that may have several edges between two nodes; what is not known is left out."""
    known: dict[str, Any] = {
        "title": concept_map.title,
        "description": concept_map.description,
        "source_line": concept_map.source_line,
        "address": concept_map.address,
        "left_out": " ".join(concept_map.left_out),
    }
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**_filled(known))
    themes = dict(geometry.themes)
    for concept in geometry.concepts:
        box, theme = concept.box, concept.theme
        x, y = (round(place, 2) for place in box.middle)
        about = {"label": concept.label, "topic": theme and themes.get(theme, theme)}
        about |= {"definition": concept.definition, "kind_of": concept.kind_of}
        place = {"href": concept.href, "x": x, "y": y, "width": box.width, "height": box.height}
        graph.add_node(clean(concept.id), **_filled(about | place))
    for each in concept_map.propositions:
        said: dict[str, Any] = {
            "label": each.phrase,
            "status": each.status,
            "stance": each.stance,
            "credit": each.credit,
        }
        said["claimed"] = each.status != "broader"
        more = {"claim": each.text, "href": each.href, "number": each.number}
        quotations = " | ".join(dict.fromkeys(quote for claim in each.claims for quote in claim.quotations))
        attributes = _filled(said | more | {"quotations": quotations})
        graph.add_edge(clean(each.source), clean(each.target), clean(each.id), **attributes)
    file = io.BytesIO()
    # Not write_graphml, whose bytes depend on whether lxml happens to be installed.
    nx.write_graphml_xml(graph, file)
    return file.getvalue()


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {k: clean(v) if isinstance(v, str) else v for k, v in values.items() if v not in (None, "")}
