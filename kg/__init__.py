"""Turn what was claimed at a seminar into a graph that can be questioned, cited and drawn.

import kg

library = kg.open_library()
print(library.ask("Who creates culture?").answer)

Each name is loaded when it is first used: a part of the package can be used without all that the others need, and
the command line can see to Ctrl-C before anything takes long.
"""

TYPE_CHECKING = False  # as type checkers know it; `typing` itself would be loaded for nothing else
if TYPE_CHECKING:
    from kg.answering import Answer, AskError
    from kg.graph.files import UnreadableData
    from kg.graph.name_lookup import UnknownName
    from kg.graph.records import Claim, Concept
    from kg.library import Library, open_library
    from kg.maps.concept_map import ConceptMap, MapError
    from kg.sparql.engine import QueryError
    from kg.sparql.rows import MissingExtraError, Row, Rows

_MODULES = {
    "Answer": "kg.answering",
    "AskError": "kg.answering",
    "Claim": "kg.graph.records",
    "Concept": "kg.graph.records",
    "ConceptMap": "kg.maps.concept_map",
    "Library": "kg.library",
    "MapError": "kg.maps.concept_map",
    "MissingExtraError": "kg.sparql.rows",
    "QueryError": "kg.sparql.engine",
    "Row": "kg.sparql.rows",
    "Rows": "kg.sparql.rows",
    "UnknownName": "kg.graph.name_lookup",
    "UnreadableData": "kg.graph.files",
    "open_library": "kg.library",
}
"""Where each name stands. They are imported when they are first used: Python imports this package before any module of
it, and the command line has to be ready for Ctrl-C before it loads what takes a second."""

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


def __getattr__(name: str) -> object:
    """Return one of the names of this package (PEP 562); raises AttributeError."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
