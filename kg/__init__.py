"""Turn what was claimed at a seminar into a graph that can be questioned, cited and drawn.

import kg

library = kg.open_library()
print(library.ask("Who creates culture?").answer)
"""

from kg.answering import Answer
from kg.api import Library, open_library
from kg.maps.concept_map import ConceptMap

__all__ = ["Answer", "ConceptMap", "Library", "open_library"]
