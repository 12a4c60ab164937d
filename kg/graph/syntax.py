"""What is wrong with the syntax of a file, in the words of its author: what is probably missing, and where."""

from __future__ import annotations

import json
import re

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_CURLY = re.compile("[“”„«»‘’]")
_CURLY_END = re.compile(r"[“”„]\s*(?:@|\^\^|[;,.\]]|$)")
_BEGIN = re.compile(r"@?(?:prefix|base)\b|[\w.-]*:|<|\[", re.IGNORECASE)


def reason(text: str, error: SyntaxError) -> str:
    """Return why a text is no RDF, and what is probably missing, as one sentence without its place.

    Arguments:
        text: the text.
        error: what the engine found; for JSON-LD its line and column are put right.
    """
    if "LoadDocumentCallback" in error.msg:
        context = _remote_context(text)
        return f"its @context is a remote context{context}, and nothing is fetched; write it into the file itself"
    said = error.msg.partition("Parser error ")[2].partition(": ")[2] or error.msg
    said = re.sub(r" \(line \d+\)$", "", said).rstrip(".")
    hint = _hint(text.split("\n"), error.lineno, error.offset or 1, said) if error.lineno else ""
    return f"this is not RDF: {said[:1].lower()}{said[1:]}; {hint or 'correct the syntax there'}"


def _remote_context(text: str) -> str:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    context = document.get("@context") if isinstance(document, dict) else None
    return f" ({context})" if isinstance(context, str) else ""


def statement_at(text: str, error: SyntaxError, first: int) -> int:
    """Return the line on which the statement of Turtle with a fault seems to begin; see `next_statement`."""
    lines, line = text.split("\n"), error.lineno or 1
    last = line - 1 if _is_before(error, first) else line
    return next((number for number in range(last, first, -1) if _BEGIN.match(lines[number - 1])), first)


def _is_before(error: SyntaxError, first: int) -> bool:
    """Whether a fault at the first sign of a line is that the statement before has no end."""
    return error.offset == 1 and (error.lineno or 1) > first and "dot is expected" in error.msg


def next_statement(text: str, error: SyntaxError, first: int) -> int | None:
    """Return the line after a fault on which a statement of Turtle seems to begin, None when there is none.

    Arguments:
        text: the text.
        error: the fault.
        first: the line on which reading began; the next statement is behind it.
    """
    lines, line = text.split("\n"), error.lineno or 1
    start = line if _is_before(error, first) else line + 1
    return next((number for number in range(start, len(lines) + 1) if _BEGIN.match(lines[number - 1])), None)


def _hint(lines: list[str], number: int, column: int, said: str) -> str:
    """Return what is probably missing at a place, "" when that cannot be told."""
    line = lines[number - 1] if number <= len(lines) else ""
    if "stack size" in said:
        return "the brackets are nested too deeply"
    before, after = line[: column - 1], line[column - 1 :]
    above, ending = _line_above(lines, number)
    if "\ufeff" in line:
        return "a byte order mark stands here, as where files were put together; take it out"
    is_open = "Line jumps" in said or ("end of file" in said and after[:1] in ("'", '"'))
    if _CURLY.match(after.lstrip('"')) or (is_open and _CURLY_END.search(_STRING.sub("", line))):
        return 'write straight quotation marks (") around a text, not curly ones'
    if is_open:
        kind = "of three, as it began" if after.startswith(('"""', "'''")) else "(a text of several lines has three)"
        return f"a closing quotation mark is probably missing {kind}"
    if before.endswith('"') and re.match(r"\w", after):
        return 'inside a text a quotation mark is written \\", and before its language stands an @'
    if "has not been declared" in said:
        prefix = after.partition(":")[0]
        return f"declare it above, as in @prefix {prefix}: <https://example.org/> ., or correct the prefix"
    if "IRI code point" in said:
        return "a closing > is probably missing, or the address has a sign in it that must be escaped"
    sign = after[:1]
    if "end with a ']'" in said and sign in (".", ""):
        return "a closing bracket ] is probably missing"
    if "dot is expected" in said or "end with a ']'" in said:
        if not before:
            return f"a full stop is probably missing at the end of line {above}"
        if not before.strip():
            return f"a semicolon is probably missing at the end of line {above}"
        if ending == "," and len(before.split()) == 1:
            return f"line {above} ends with a comma, where a semicolon is probably meant"
        return "a semicolon or a comma is probably missing before it"
    if sign == "." and ("valid RDF object" in said or "valid predicate" in said):
        if ending == "." and line[:1].isspace() and len(before.split()) == 2:
            return f"line {above} ends with a full stop, where a semicolon is probably meant"
        return "a value is missing before the full stop"
    if "end of file" in said:
        return "a full stop or a closing bracket is probably missing at the end"
    return ""


def _line_above(lines: list[str], number: int) -> tuple[int, str]:
    """Return the nearest line above one that says something, and the sign it ends with."""
    for above in range(number - 1, 0, -1):
        said = re.sub(r"(?:^|\s)#.*", "", lines[above - 1]).rstrip()
        if said:
            return above, said[-1]
    return max(number - 1, 1), ""
