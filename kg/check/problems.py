"""What a check says: problems, unreadable files, and the register of codes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# The codes of what SHACL cannot say, with what each means. The codes of the shapes stand in
# kg/check/shapes.ttl.
CODES = {
    "about-incomplete": "A claim is not schema:about every concept of its propositions.",
    "bad-literal": "A literal is not what its datatype says, such as a date in month 13.",
    "bad-scheme": "An address begins with another scheme than those of web addresses and names.",
    "bad-slug": "An identifier, or the end of the address of a thing that has a page, is no slug.",
    "broader-cycle": "A concept is broader than itself, through skos:broader.",
    "claim-elsewhere": "A file says who made a claim of another file, or what it rests on.",
    "control-character": "A text holds a control character, or one that reorders what is read (bidi).",
    "dangling": "Something is used but nowhere defined.",
    "denied-unworded": "A denied proposition has no words for its arrow.",
    "label-clash": "Two concepts, or two agents, go by the same name.",
    "left-out-not-found": "Words of sk:leftOut or sk:endsBefore do not stand in the source.",
    "list-claim": "An item of a numbered list rests on a claim that is not about the item.",
    "list-count": "schema:numberOfItems is not the number of items.",
    "list-gap": "The positions of a numbered list do not run 1, 2, 3 ... without gap or repeat.",
    "literal-form": "A number, date or the like is not written as queries give its value, such as 01 for 1.",
    "mixed-script": "A word mixes letters of scripts that look alike, such as Latin and Cyrillic.",
    "orphan-concept": "No claim is about a concept.",
    "passage-order": "The positions of the passages do not follow the order of the source.",
    "passage-position": "The statements of a document are not numbered 1, 2, 3 ..., each with its own.",
    "passage-without-claim": "No claim rests on a passage.",
    "plain-triple-missing": "An asserted proposition has no plain triple beside it.",
    "plain-triple-unbacked": "A plain triple stands without an unconditional, asserted proposition.",
    "proposition-gap": "The positions of a claim's propositions do not run 1, 2, 3 ... without gap.",
    "quotation-ambiguous": "A quotation stands more than once in the source; nothing says which is meant.",
    "quotation-context": "The words before or after a quotation are not those of oa:prefix or oa:suffix.",
    "quotation-cut": "A quotation begins or ends inside a word of the source.",
    "quotation-not-found": "A quotation does not stand in the source letter by letter.",
    "relation-not-general": "A relation does not lead to one of the general relations.",
    "relation-unworded": "A proposition's predicate is not a relation and has no words for an arrow.",
    "slug-clash": "Two agents, claims, seminars or topics have pages at one address.",
    "source-differs": "The source text is not the one whose schema:sha256 the data gives.",
    "source-uncovered": "No quotation is taken from a line of the source.",
    "unknown-namespace": "A predicate belongs to no vocabulary of the graph.",
    "unknown-term": "A term does not exist in its vocabulary; a typing error, most likely.",
    "untyped": "Something is described and used but has no type.",
    "wrong-attribution": "The speaker does not fit the kind of attribution.",
}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong: where (`line` counts from 1), the code of the rule, and what to do about it."""

    file: Path
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        """Return `FILE, line N: CODE: sentence`."""
        return f"{self.file}, line {self.line}: {self.code}: {self.message}"


class UnreadableFile(Exception):
    """A file that cannot be read as RDF (or, for a source, as text), so that nothing of it was taken.

    `line` and `column` count from 1; both are None when the fault is not at one place.
    """

    def __init__(self, file: Path, reason: str, line: int | None = None, column: int | None = None):
        super().__init__(file, reason, line, column)
        self.file = file
        self.reason = reason
        self.line = line
        self.column = column

    def __str__(self) -> str:
        """Return `FILE, line N, column M: reason`."""
        place = f", line {self.line}" if self.line else ""
        place += f", column {self.column}" if self.line and self.column else ""
        return f"{self.file}{place}: {self.reason}"
