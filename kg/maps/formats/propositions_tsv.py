"""Propositions as text: a line `concept TAB linking phrase TAB concept` each, as CmapTools exports and
imports them, and as spreadsheets save it.

CmapTools: File > Export Cmap As > Propositions as Text (https://cmap.ihmc.us/docs/). Where more is known of an arrow,
three further columns say it: its status, how it was said, and who said it. A last line says what the map leaves out, as
a proposition whose status is "note". Topics and quotations are lost.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from kg.english.telling.maps import NOTE, STATUS_COLUMN, tag_of
from kg.maps.concept_map import STATUSES, ConceptMap, MapConcept, MapError, MapProposition, Status
from kg.maps.drawing.geometry import Geometry
from kg.maps.text import clean, control_characters

EXTENSION = "tsv"
MEDIA_TYPE = "text/tab-separated-values"
NAME = "Propositions as text"
SPECIFICATION = "CmapTools, Export Cmap As Propositions as Text; UTF-8"
USE = "lists and spreadsheets: concept, words on the arrow, concept; status, how it was said, who said it"
OPENS_WITH = "spreadsheets, CmapTools, `seminar-kg map --propositions`"

NOTE_STATUS = "note"

_BREAK = re.compile(r"\r\n|\r|\n")
_COLUMN = re.compile(r'(?:"((?:[^"\t]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*))(\t|\r\n|\r|\n|\Z)')


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


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text that are not empty, each with its line, from 1; empty columns at their end are left out.

    A column in quotation marks may have line breaks, and each quotation mark in it is doubled, as spreadsheets have it
    (RFC 4180). One that only begins with a quotation mark is what it is.
    """
    line, columns = 1, list[str]()
    first = line
    for match in _COLUMN.finditer(text):
        quoted, plain, end = match.groups()
        columns.append(plain if quoted is None else quoted.replace('""', '"'))
        line += len(_BREAK.findall(match[0]))
        if end != "\t":
            while columns and not columns[-1].strip():
                columns.pop()
            if columns:
                yield first, columns
            columns, first = [], line


def read(text: str, title: str = "", source_line: str = "") -> ConceptMap:
    """A map of the propositions in a text; concepts with the same label are one concept.

    Arguments:
        text: the lines, each column as it is or as spreadsheets quote it. Empty lines, empty columns at their end and
            a byte order mark are passed over. A fourth to sixth column are status, stance and speaker, as `write` has
            them; further ones are an error.
        title: the map's title, its focus question.
        source_line: where the propositions come from.

    Raises:
        MapError: a line has fewer than three columns or more than six, one of the first three is empty, any has control
            characters, the status is none, or a concept is linked to itself; the message names the line.
    """
    concept_map = ConceptMap(title=title, source_line=source_line)
    ids: dict[str, str] = {}
    for number, row in _rows(text.removeprefix("\ufeff")):
        columns = [clean(column) for column in row]
        wrong = control_characters("".join(row))
        if not 3 <= len(columns) <= 6:
            raise MapError(
                f"Line {number}: expected concept, linking phrase and concept with tabs between, "
                f"found {len(columns)} column{'s' if len(columns) > 1 else ''}."
            )
        if not all(columns[:3]):
            raise MapError(f"Line {number}: the {('first', 'second', 'third')[columns.index('')]} column is empty.")
        if wrong:
            raise MapError(f"Line {number}: there is a control character, {wrong[0]}; leave it out.")
        (source, phrase, target), (status, stance, credit) = columns[:3], [*columns[3:], "", "", ""][:3]
        if status == NOTE_STATUS:
            concept_map.left_out += (target,)
            continue
        if source == target:
            raise MapError(f"Line {number}: the concept {source!r} is linked to itself.")
        for label in (source, target):
            if label not in ids:
                ids[label] = f"c{len(ids) + 1}"
                concept_map.add_concept(MapConcept(ids[label], label))
        made = MapProposition(f"p{number}", ids[source], ids[target], phrase, _status(status, number))
        made = replace(made, stance=stance or None, credit=credit or None, tag=tag_of(credit))
        concept_map.add_proposition(made)
    return concept_map
