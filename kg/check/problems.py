"""What a check says: problems, and the register of codes."""

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
    "claim-link": "What a claim bears on (CiTO) is itself, or no claim.",
    "condition-unmarked": "A claim says “if”, and none of its propositions is a condition or a goal.",
    "control-character": "A text or address holds a character that is a control, cannot be seen, or reorders (bidi).",
    "dangling": "Something is used but nowhere defined.",
    "definition-claims": "The definition of a concept says what a claim says of it.",
    "denied-unworded": "A denied proposition has no words for its arrow.",
    "evidence-missing": "A claim is reported as evidence, and passes no finding on.",
    "general-stronger": "A general relation, or a plain triple, says more than what it stands for: it "
    "leaves out a “should”, “may”, “not” ...",
    "label-clash": "Two concepts, or two agents, go by the same name.",
    "left-out-not-found": "Words of sk:leftOut or sk:endsBefore do not stand in the source.",
    "list-claim": "An item of a numbered list rests on a claim that is not about the item.",
    "list-count": "schema:numberOfItems is not the number of items.",
    "list-gap": "The positions of a numbered list do not run 1, 2, 3 ... without gap or repeat.",
    "literal-form": "A number, date or the like is not written as queries give its value, such as 01 for 1.",
    "mixed-script": "A word mixes letters of scripts that look alike, such as Latin and Cyrillic.",
    "name-not-in-statement": "A claim is attributed by name, and the sentence that it rests on names nobody.",
    "no-seminar": "A file is empty, or says nothing of a seminar.",
    "number-differs": "A number in the text of a claim differs from all those of its quotation.",
    "orphan-concept": "No claim is about a concept.",
    "orphan-relation": "Nothing uses a relation.",
    "passage-order": "The positions of the passages do not follow the order of the source.",
    "passage-position": "The statements of a document are not numbered 1, 2, 3 ..., each with its own.",
    "passage-without-claim": "No claim rests on a passage.",
    "plain-triple-missing": "An asserted proposition has no plain triple beside it.",
    "plain-triple-unbacked": "A plain triple stands without an unconditional, asserted proposition.",
    "proposition-gap": "The positions of a claim's propositions do not run 1, 2, 3 ... without gap.",
    "publisher-unnamed": "A document has a publisher with a name that its source does not show.",
    "quantity-added": "The text of a claim, or words on an arrow, have a “some”, “all”, “often” ... "
    "that the quotations have not.",
    "quotation-ambiguous": "A quotation stands more than once in the source; nothing says which is meant.",
    "quotation-context": "The words before or after a quotation are not those of oa:prefix or oa:suffix.",
    "quotation-cut": "A quotation begins or ends inside a word of the source.",
    "quotation-not-found": "A quotation does not stand in the source letter by letter.",
    "recommendation-described": "A claim is recommended, and its text has no word for it.",
    "relation-not-general": "A relation does not lead to one of the general relations.",
    "relation-unworded": "A proposition's predicate is not a relation and has no words for an arrow.",
    "relative-address": "An address is relative, and the file declares nothing that it belongs to.",
    "section-position": "Two sections of a document have the same position.",
    "slug-clash": "Two agents, claims, seminars or topics have pages at one address.",
    "source-differs": "The source text is not the one whose schema:sha256 the data gives.",
    "source-uncovered": "No quotation is taken from a sentence of the source.",
    "support-without-reason": "A claim is said to support another, and nothing makes it a reason, an example "
    "or evidence.",
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
