"""Propositions as text: a line `concept TAB linking phrase TAB concept` each, as CmapTools exports and
imports them, and as spreadsheets save it.

CmapTools: File > Export Cmap As > Propositions as Text (https://cmap.ihmc.us/docs/). Where more is known of an arrow,
three further columns say it: its status, how it was said, and who said it. A last line says what the map leaves out, as
a proposition whose status is "note". Topics and quotations are lost.
"""

from dataclasses import replace
from typing import cast

from kg.english.telling.maps import HEADINGS, NOTE, STATUS_COLUMN, tag_of
from kg.maps.concept_map import STATUSES, UNSAID, ConceptMap, MapConcept, MapError, MapProposition, Status
from kg.maps.drawing.geometry import Geometry
from kg.maps.formats.cells import rows
from kg.maps.text import clean, control_characters

EXTENSION = "tsv"
MEDIA_TYPE = "text/tab-separated-values"
NAME = "Propositions as text"
SPECIFICATION = "CmapTools, Export Cmap As Propositions as Text; UTF-8"
USE = "lists and spreadsheets: concept, words on the arrow, concept; status, how it was said, who said it"
OPENS_WITH = "spreadsheets, CmapTools, `seminar-kg map --propositions`"

NOTE_STATUS = "note"

COLUMNS = range(3, 7)
"""How many columns a row may have: those of words alone, or some that say more of the arrow after them."""


def write(geometry: Geometry, concept_map: ConceptMap) -> bytes:
    """A line a proposition, in the order of the map."""
    propositions = concept_map.propositions
    plain = all(each.status == "asserted" and not (each.stance or each.credit) for each in propositions)
    rows = []
    for each in propositions:
        words = [concept_map.concept(each.source).label, each.phrase, concept_map.concept(each.target).label]
        known = [STATUS_COLUMN.get(each.status, each.status), each.stance or "", each.credit or ""]
        rows.append(words if plain else words + known)
    rows += [[*NOTE, each, NOTE_STATUS] for each in concept_map.left_out]
    return "".join("\t".join(map(_written, row)) + "\n" for row in rows).encode()


def _written(text: str) -> str:
    """A text as a spreadsheet reads it: one that begins with a quotation mark stands in quotation marks."""
    text = clean(text)
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text


def _status(column: str, line: int) -> Status:
    names = {STATUS_COLUMN.get(status, status): status for status in STATUSES}
    if column and column not in names:
        raise MapError(f"Line {line}: the status is {', '.join(names)} or nothing, not “{column[:20]}”.")
    return cast(Status, names[column] if column else "asserted")


def read(text: str, title: str = "", source_line: str = "") -> ConceptMap:
    """A map of the propositions in a text; concepts with the same label are one concept.

    A linking phrase that is empty is drawn as an ellipsis, and a concept linked to itself is not drawn; both are said
    in `ConceptMap.undrawn`, as is a first row that is taken for the headings of the columns.

    Arguments:
        text: a row a proposition, with tabs between the columns, or saved as CSV with commas or semicolons, each column
            as it is or as spreadsheets quote it. Empty rows, empty columns at their end and a byte order mark are
            passed over. A fourth to sixth column are status, stance and speaker, as `write` has them; further ones are
            an error.
        title: the map's title, its focus question.
        source_line: where the propositions come from.

    Raises:
        MapError: a row has fewer than three columns or more than six, has an empty concept, control characters or a
            status that is none; the message names the line.
    """
    concept_map = ConceptMap(title=title, source_line=source_line)
    ids: dict[str, str] = {}
    said: list[str] = []
    for place, (number, row) in enumerate(rows(text, COLUMNS)):
        source, phrase, target, status, stance, credit = _columns(number, row)
        if place == 0 and all(map(_is_heading, (source, phrase, target))):
            said.append(f"Line {number}, “{source}”, “{phrase}”, “{target}”, is taken for headings and is not drawn.")
            continue
        if status == NOTE_STATUS:
            concept_map.left_out += (target,)
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
            made = MapProposition(f"p{number}", ids[source], ids[target], phrase or UNSAID, _status(status, number))
            made = replace(made, stance=stance or None, credit=credit or None, tag=tag_of(credit))
            concept_map.add_proposition(made)
    concept_map.undrawn = tuple(said)
    return concept_map


def _columns(number: int, row: list[str]) -> list[str]:
    """The six columns of a row, cleaned; raises MapError, which names the line, where it is no proposition."""
    columns = [clean(column) for column in row]
    wrong = control_characters("".join(row))
    if len(columns) not in COLUMNS:
        raise MapError(
            f"Line {number}: expected concept, linking phrase and concept with tabs, semicolons or commas between, "
            f"found {len(columns)} column{'s' if len(columns) > 1 else ''}."
        )
    if wrong:
        raise MapError(f"Line {number}: there is a control character, {wrong[0]}; leave it out.")
    if not (columns[0] and columns[2]):
        raise MapError(f"Line {number}: the {'first' if not columns[0] else 'third'} column is empty.")
    return [*columns, *[""] * (COLUMNS[-1] - len(columns))]


def _is_heading(text: str) -> bool:
    return text.rstrip(" 0123456789").casefold() in HEADINGS
