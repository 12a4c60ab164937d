"""Propositions as text: a line `concept TAB linking phrase TAB concept` each, as CmapTools exports and
imports them.

CmapTools: File > Export Cmap As > Propositions as Text (https://cmap.ihmc.us/docs/). The format has room for
words alone: topics, speakers and stances are lost.
"""

from kg.maps.concept_map import ConceptMap, MapConcept, MapError, MapProposition
from kg.maps.drawing.geometry import Geometry
from kg.maps.text import clean, control_characters

EXTENSION = "tsv"
MEDIA_TYPE = "text/tab-separated-values"
NAME = "Propositions as text"
SPECIFICATION = "CmapTools, Export Cmap As Propositions as Text; UTF-8"
USE = "lists and spreadsheets: concept, words on the arrow, concept"
OPENS_WITH = "spreadsheets, CmapTools, `seminar-kg map --propositions`"


def write(geometry: Geometry, concept_map: ConceptMap) -> bytes:
    """A line a proposition, in the order of the map."""
    lines = []
    for proposition in concept_map.propositions:
        source, target = concept_map.concept(proposition.source), concept_map.concept(proposition.target)
        lines.append("\t".join(clean(part) for part in (source.label, proposition.phrase, target.label)) + "\n")
    return "".join(lines).encode()


def read(text: str, title: str = "", source_line: str = "") -> ConceptMap:
    """A map of the propositions in a text; concepts with the same label are one concept.

    Arguments:
        text: the lines. Empty lines and a byte order mark are passed over; further columns are an error.
        title: the map's title, its focus question.
        source_line: where the propositions come from.

    Raises:
        MapError: a line has not three columns, one of them is empty or has control characters, or a concept is
            linked to itself; the message names the line.
    """
    concept_map = ConceptMap(title=title, source_line=source_line)
    ids: dict[str, str] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        columns = [clean(column) for column in line.removesuffix("\r").split("\t")]
        wrong = control_characters(line)
        if len(columns) != 3:
            raise MapError(
                f"Line {number}: expected concept, linking phrase and concept with tabs between, "
                f"found {len(columns)} column{'s' if len(columns) > 1 else ''}."
            )
        if not all(columns):
            raise MapError(f"Line {number}: the {('first', 'second', 'third')[columns.index('')]} column is empty.")
        if wrong:
            raise MapError(f"Line {number}: there is a control character, {wrong[0]}; leave it out.")
        source, phrase, target = columns
        if source == target:
            raise MapError(f"Line {number}: the concept {source!r} is linked to itself.")
        for label in (source, target):
            if label not in ids:
                ids[label] = f"c{len(ids) + 1}"
                concept_map.add_concept(MapConcept(ids[label], label))
        concept_map.add_proposition(MapProposition(f"p{number}", ids[source], ids[target], phrase))
    return concept_map
