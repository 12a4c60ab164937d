"""Turn what was claimed at a seminar into a graph that can be questioned, cited and drawn.

import kg

library = kg.open_library()
print(library.ask("Who creates culture?").answer)
"""

from kg.answering import Answer, AskError
from kg.graph.load import UnreadableData
from kg.graph.name_lookup import UnknownName
from kg.graph.records import Claim, Concept
from kg.library import Library, open_library
from kg.maps.concept_map import ConceptMap, MapError
from kg.sparql.engine import QueryError
from kg.sparql.rows import MissingExtraError, Row, Rows

__all__ = [
    "Answer",
    "AskError",
    "Claim",
    "Concept",
    "ConceptMap",
    "Library",
    "MapError",
    "MissingExtraError",
    "QueryError",
    "Row",
    "Rows",
    "UnknownName",
    "UnreadableData",
    "open_library",
]
