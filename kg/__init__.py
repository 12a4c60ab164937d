"""Turn what was claimed at a seminar into a graph that can be questioned, cited and drawn.

import kg

library = kg.open_library()
print(library.ask("Who creates culture?").answer)
"""

from kg.answering import Answer, AskError
from kg.api import Library, open_library
from kg.library import UnreadableData
from kg.maps.concept_map import ConceptMap, MapError
from kg.names import UnknownName
from kg.records import Claim, Concept
from kg.results import MissingExtraError, Row, Rows
from kg.store import QueryError

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
