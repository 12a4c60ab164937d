"""Propositions as text: a line `concept TAB linking phrase TAB concept` each, as CmapTools exports and
imports them, and as spreadsheets save it.

CmapTools: File > Export Cmap As > Propositions as Text (https://cmap.ihmc.us/docs/). The format has room for
words alone: topics, speakers and stances are lost.
"""

from kg.english.telling.maps import HEADINGS
from kg.maps.concept_map import UNSAID, ConceptMap, MapConcept, MapError, MapProposition
from kg.maps.drawing.geometry import Geometry
from kg.maps.formats.cells import rows
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
        lines.append("\t".join(_written(part) for part in (source.label, proposition.phrase, target.label)) + "\n")
    return "".join(lines).encode()


def _written(text: str) -> str:
    """A text as a spreadsheet reads it: one that begins with a quotation mark stands in quotation marks."""
    text = clean(text)
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text


def read(text: str, title: str = "", source_line: str = "") -> ConceptMap:
    """A map of the propositions in a text; concepts with the same label are one concept.

    A linking phrase that is empty is drawn as an ellipsis, and a concept linked to itself is not drawn; both are said
    in `ConceptMap.undrawn`, as is a first row that is taken for the headings of the columns.

    Arguments:
        text: a row a proposition, with tabs between the columns, or saved as CSV with commas or semicolons, each column
            as it is or as spreadsheets quote it. Empty rows, empty columns at their end and a byte order mark are
            passed over; further columns are an error.
        title: the map's title, its focus question.
        source_line: where the propositions come from.

    Raises:
        MapError: a row has not three columns, has an empty concept, or has control characters; the message names the
            line.
    """
    concept_map = ConceptMap(title=title, source_line=source_line)
    ids: dict[str, str] = {}
    said: list[str] = []
    for place, (number, row) in enumerate(rows(text, 3)):
        source, phrase, target = _columns(number, row)
        if place == 0 and all(map(_is_heading, (source, phrase, target))):
            said.append(f"Line {number}, “{source}”, “{phrase}”, “{target}”, is taken for headings and is not drawn.")
            continue
        if source == target:
            said.append(f"Line {number}: the concept “{source}” is linked to itself, which is not drawn.")
        elif not phrase:
            said.append(f"Line {number}: there is no linking phrase, so “{UNSAID}” stands on the arrow.")
        for label in (source, target):
            if label not in ids:
                ids[label] = f"c{len(ids) + 1}"
                concept_map.add_concept(MapConcept(ids[label], label))
        if source != target:
            concept_map.add_proposition(MapProposition(f"p{number}", ids[source], ids[target], phrase or UNSAID))
    concept_map.undrawn = tuple(said)
    return concept_map


def _columns(number: int, row: list[str]) -> list[str]:
    """The three columns of a row, cleaned; raises MapError, which names the line, where it is no proposition."""
    columns = [clean(column) for column in row]
    wrong = control_characters("".join(row))
    if len(columns) != 3:
        raise MapError(
            f"Line {number}: expected concept, linking phrase and concept with tabs, semicolons or commas between, "
            f"found {len(columns)} column{'s' if len(columns) > 1 else ''}."
        )
    if wrong:
        raise MapError(f"Line {number}: there is a control character, {wrong[0]}; leave it out.")
    if not (columns[0] and columns[2]):
        raise MapError(f"Line {number}: the {'first' if not columns[0] else 'third'} column is empty.")
    return columns


def _is_heading(text: str) -> bool:
    return text.rstrip(" 0123456789").casefold() in HEADINGS
