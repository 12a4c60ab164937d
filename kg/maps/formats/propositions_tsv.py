"""Propositions as text: a line `concept TAB linking phrase TAB concept` each, as CmapTools exports and
imports them, and as spreadsheets save it.

CmapTools: File > Export Cmap As > Propositions as Text (https://cmap.ihmc.us/docs/). The format has room for
words alone: topics, speakers and stances are lost.
"""

import re
from collections.abc import Iterator

from kg.maps.concept_map import ConceptMap, MapConcept, MapError, MapProposition
from kg.maps.drawing.geometry import Geometry
from kg.maps.text import clean, control_characters

EXTENSION = "tsv"
MEDIA_TYPE = "text/tab-separated-values"
NAME = "Propositions as text"
SPECIFICATION = "CmapTools, Export Cmap As Propositions as Text; UTF-8"
USE = "lists and spreadsheets: concept, words on the arrow, concept"
OPENS_WITH = "spreadsheets, CmapTools, `seminar-kg map --propositions`"

_BREAK = re.compile(r"\r\n|\r|\n")
_COLUMN = re.compile(r'(?:"((?:[^"\t]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*))(\t|\r\n|\r|\n|\Z)')


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
            a byte order mark are passed over; further columns are an error.
        title: the map's title, its focus question.
        source_line: where the propositions come from.

    Raises:
        MapError: a line has not three columns, one of them is empty or has control characters, or a concept is
            linked to itself; the message names the line.
    """
    concept_map = ConceptMap(title=title, source_line=source_line)
    ids: dict[str, str] = {}
    for number, row in _rows(text.removeprefix("\ufeff")):
        columns = [clean(column) for column in row]
        wrong = control_characters("".join(row))
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
