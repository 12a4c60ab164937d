"""Concept maps: claims -> ConceptMap (networkx) -> Geometry -> one module a format."""
