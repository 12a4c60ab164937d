"""Turn what was claimed at a seminar into a graph that can be questioned, cited and drawn.

import kg

library = kg.open_library()
print(library.ask("Who creates culture?").answer)

Each name is loaded when it is first used: a part of the package can be used without all that the others need, and
the command line can see to Ctrl-C before anything takes long.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
_HOMES = {
    "kg.answering": ("Answer", "AskError"),
    "kg.graph.load": ("UnreadableData",),
    "kg.graph.name_lookup": ("UnknownName",),
    "kg.graph.records": ("Claim", "Concept"),
    "kg.library": ("Library", "open_library"),
    "kg.maps.concept_map": ("ConceptMap", "MapError"),
    "kg.sparql.engine": ("QueryError",),
    "kg.sparql.rows": ("MissingExtraError", "Row", "Rows"),
}


def __getattr__(name: str) -> Any:
    """Load a name of the package (PEP 562)."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the names of the package, loaded or not."""
    return sorted([*globals(), *__all__])
