"""Where a query stops being one, and what can be said about it.

Oxigraph names the furthest place that its parser looked at, and a keyword that is tried in vain counts in full: in
`SELECT COUNT(?s) {}` the place is that of COUNT and the eight characters of DISTINCT. So the query is parsed once
more, in a text whose tokens stand further apart than any keyword is long. The furthest place is then within the
token that does not fit, or between it and the next.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import islice
from typing import Final, NamedTuple

from kg.sparql.engine import QuerySyntaxError
from kg.sparql.grammar import spelling
from kg.sparql.lexer import Token, position, tokens_of, undeclared

Parse = Callable[[str], object]

_MOST: Final = 5_000  # tokens of a query that is parsed once more
_GAP: Final = " " * 40

# Behind a line break, so that no comment takes it in: a text that ends so is never a query that would be answered.
_END: Final = f"\n{_GAP}&{_GAP}"

_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)

# A rule of Oxigraph's that is a sentence, among the tokens that it would rather have seen.
_RULE: Final = re.compile(r"[A-Z][A-Za-z]*(?: (?:[A-Za-z]+\.?|\*)){2,}")
_BAD_IRI: Final = "IRI parsing failed"
_NOT_CLOSED: Final = "the string is not closed"
_QUOTATION_MARKS: Final = re.compile("[\u00ab\u00bb\u2018-\u201f\u2039\u203a\u301d-\u301f\uff02\uff07]")

# What the lexer takes apart and the grammar does not. Some functions want their bracket at once: `MD5(`.
_TOGETHER: Final = re.compile(r"&& | \|\| | [!<>]= | \^\^", re.VERBOSE)
_NO_FUNCTIONS: Final = frozenset(
    "SELECT DISTINCT REDUCED WHERE GROUP ORDER BY HAVING LIMIT OFFSET VALUES FILTER BIND AS IN ASC DESC".split()
)

_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}

# What follows the words of the prologue (section 4.1.1), and what to say if it does not.
_IRI: Final = (re.compile("<.*>", re.DOTALL), "an IRI stands between “<” and “>”")
_DECLARATIONS: Final = {
    "BASE": (_IRI,),
    "PREFIX": ((re.compile("[^:]*:"), "a prefix is declared as in “PREFIX ex: <http://example.org/>”"), _IRI),
}


class _Fault(NamedTuple):
    """The offset of what does not fit, and why, if that is known."""

    offset: int
    why: str = ""


def fault_at(line: int, column: int, what: str) -> QuerySyntaxError:
    """Return the error for a place; `what` follows it in the sentence."""
    return QuerySyntaxError(f"Syntax error at line {line}, column {column}{what}.", line, column)


def syntax_error(query: str, message: str, parse: Parse) -> QuerySyntaxError:
    """Turn a message of Oxigraph's parser ("error at 1:19: expected one of ...") into our error.

    Args:
        query: the text that is no query.
        message: what the parser said.
        parse: the parser, which raises SyntaxError; it is called a few times at most, never with a query.
    """
    if not _PLACE.match(message):
        return fault_at(1, 1, f": {message}")
    tokens = list(islice(tokens_of(query), _MOST + 1))
    if len(tokens) > _MOST:
        fault = _Fault(_reached(query, message), _rule(message))
    else:
        fault = _found(query, tokens, message, parse)
    prefix, offset = next(iter(undeclared(query).items()), ("", len(query) + 1))
    if offset <= fault.offset:
        return fault_at(*position(query, offset), f": the prefix “{prefix}:” is not declared")
    return _named(query, fault)


def furthest(query: str, parse: Parse) -> tuple[int, str]:
    """Return how far the parser reads a text, all of it for a query, and what it says there; nothing is run."""
    return _told(query + _END, parse)


def no_form(query: str) -> QuerySyntaxError:
    """Return the error for a text that does not begin as a query: it lies in its prologue, or right behind."""
    tokens = list(islice(tokens_of(query), _MOST))
    tokens.append(Token("end", "", _end(tokens)))
    index = 0
    while wanted := _DECLARATIONS.get(tokens[index].text.upper()):
        for pattern, what in wanted:
            index += 1
            if not pattern.fullmatch(tokens[index].text):
                return _named(query, _Fault(tokens[index].start, what))
        index += 1
    offset = tokens[index].start if tokens[index].text else len(query)
    what = ": a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after its prefixes"
    return fault_at(*position(query, offset), what)


def _named(query: str, fault: _Fault) -> QuerySyntaxError:
    rest = query[fault.offset :]
    token = next(tokens_of(rest), None)
    if token is None:
        what = "at the end of the query"
    elif len(token.text) == 1 and not token.text.isprintable():
        what = f"at the character U+{ord(token.text):04X}"
    else:
        beginning = re.split(r"[\r\n]", rest.lstrip(" \t\r\n")[:20], maxsplit=1)[0].rstrip()
        what = f"at “{beginning}”"
    why = _typographic(rest, fault.why) or fault.why
    return fault_at(*position(query, fault.offset), f", {what}" + (f" ({why})" if why else ""))


def _typographic(rest: str, why: str) -> str:
    """Say so if a quotation mark of a word processor stands where one of SPARQL's has to, which is `"` or `'`."""
    line = re.split(r"[\r\n]", rest, maxsplit=1)[0]
    mark = _QUOTATION_MARKS.search(line) if why == _NOT_CLOSED else _QUOTATION_MARKS.match(line.lstrip(" \t"))
    if mark is None:
        return ""
    return f"{why + ': ' if why == _NOT_CLOSED else ''}{mark[0]} is a typographic quotation mark; write \" or ' instead"


def _rule(message: str) -> str:
    match = _PLACE.match(message)
    parts = [] if match is None else match[3].split(", ")
    return next((part for part in parts if _RULE.fullmatch(part) and part != _BAD_IRI), "")


def _found(query: str, tokens: list[Token], message: str, parse: Parse) -> _Fault:
    """Return the token that does not fit."""
    text, heads, places = _spread(query, tokens)
    reached, told = _told(text, parse)
    index = max(bisect_right(places, reached) - 1, 0)
    head = heads[index]
    broken = next((token.start for token in tokens if token.kind == "broken" and token.start <= head.start), None)
    if broken is not None:
        return _Fault(broken, _NOT_CLOSED)
    if reached == len(text):
        unclosed = _opened(query, tokens, len(query), "the IRI is not closed")
    elif _BAD_IRI in told and text[reached - 1] == ">" and not (head.kind == "iri" and _is_bad(head, parse)):
        closing = head.start + reached - 1 - places[index]
        unclosed = _opened(query, tokens, closing, "the IRI is not closed, or holds what no IRI can, such as a space")
    else:
        unclosed = None
    why = _rule(told) or (_rule(message) if head.kind == "end" else "")
    before = [token for token in tokens if token.start < head.start]
    return unclosed or _Fault(head.start, (why or _why(before, head, text, places[index], parse)).removesuffix("."))


def _why(before: list[Token], head: Token, text: str, place: int, parse: Parse) -> str:
    """Return what can be said of the token that does not fit; `place` is where it stands in `text`."""
    if head.kind == "iri":
        return _iri(before, head, parse)
    why = _unmatched(before, head)
    if head.kind == "word" and not why:
        return _parted(text, place + len(head.text), parse)
    if head.text == "}" and not why:
        # Where a text ends, no keyword is tried, and the rule that a group breaks is the furthest place.
        why = _rule(_told(text[:place].rstrip(), parse)[1])
    return why


def _end(tokens: list[Token]) -> int:
    return tokens[-1].start + len(tokens[-1].text) if tokens else 0


def _spread(query: str, tokens: list[Token]) -> tuple[str, list[Token], list[int]]:
    """Return the text with gaps and without comments, the tokens behind a gap and the end, and where these stand."""
    parts: list[str] = []
    heads: list[Token] = []
    places: list[int] = []
    length = end = 0
    for token in tokens:
        if token.start >= end:
            parts.append(_GAP)
            length += len(_GAP)
            heads.append(token)
            places.append(length)
            end = token.start + len(token.text)
            if token.kind == "mark" and (match := _TOGETHER.match(query, token.start)):
                end = max(end, match.end())
            elif token.kind == "word" and query.startswith("(", end) and token.text.upper() not in _NO_FUNCTIONS:
                end += 1
        parts.append(spelling(token))
        length += len(parts[-1])
    heads.append(Token("end", "", _end(tokens)))
    places.append(length + _END.index("&"))
    return "".join(parts) + _END, heads, places


def _told(text: str, parse: Parse) -> tuple[int, str]:
    """Return the furthest place at which the parser looked in a text that is no query, and what it said."""
    try:
        parse(text)
    except SyntaxError as error:
        return _reached(text, str(error)), str(error)
    return len(text), ""


def _reached(text: str, told: str) -> int:
    """Return the offset in a message of Oxigraph's, whose lines end with LF alone."""
    match = _PLACE.match(told)
    if match is None:
        return len(text)
    lines = text.split("\n")[: int(match[1]) - 1]
    return min(sum(map(len, lines)) + len(lines) + int(match[2]) - 1, len(text))


def _opened(query: str, tokens: list[Token], closing: int, why: str) -> _Fault | None:
    """Return the `<` that the parser took for the start of an IRI that ends with a `>`, though the lexer did not.

    Oxigraph takes all from `<` to `>` for one, whatever is between, also in the `<<` of a triple. Where several may
    be meant, one that looks like the start of an IRI.
    """
    after = query.rfind(">", 0, closing)
    found = [
        (token.text != "<", query[token.start + 1 : token.start + 2].isspace(), token.start)
        for token in tokens
        if token.text in ("<", "<<", "<<(") and after < token.start < closing
    ]
    if not found:
        return None
    is_triple, _, offset = min(found)
    return _Fault(offset, "the triple is not closed, or is none" if is_triple else why)


def _parted(text: str, end: int, parse: Parse) -> str:
    """Say so if a function that ends there would fit, had it its bracket at once: Oxigraph wants that of some."""
    behind = text[end:].lstrip()
    if not behind.startswith("("):
        return ""
    reached, _ = _told(text[:end] + behind, parse)
    return "its “(” has to follow without a space" if reached >= end + len(_GAP) else ""


def _is_bad(iri: Token, parse: Parse) -> bool:
    """Whether the parser refuses an IRI wherever it stands."""
    text = f"ASK {{ ?s ?p {iri.text}{_END}"
    return _told(text, parse)[0] < text.rindex("&")


def _iri(before: list[Token], iri: Token, parse: Parse) -> str:
    """Say what is wrong with an IRI, if it is not only in the wrong place."""
    if _ABSOLUTE.match(iri.text):
        return _BAD_IRI if _is_bad(iri, parse) else ""
    has_base = any(token.text.upper() == "BASE" for token in before)
    return "a relative IRI needs a BASE" if not has_base and _is_bad(iri, parse) else ""


def _unmatched(before: list[Token], head: Token) -> str:
    """Say which bracket is missing or too many, and that an IRI needs its own."""
    if head.kind not in ("iri", "end") and [token.text.upper() for token in before[-2:-1]] == ["PREFIX"]:
        return _IRI[1]
    if head.kind != "end" and head.text not in _CLOSING.values():
        return ""
    expected = _expected(before)
    if expected is None or head.text == expected:
        return ""
    return f"a “{expected}” is missing" if expected else "nothing is open that it would close"


def _expected(tokens: list[Token]) -> str | None:
    """Return the bracket that closes what is open, "" if nothing is; None if brackets do not match."""
    awaited: list[str] = []
    for kind, text, _ in tokens:
        if kind != "mark":
            continue
        if text in _CLOSING:
            awaited.append(_CLOSING[text])
        elif text in _CLOSING.values() and (not awaited or awaited.pop() != text):
            return None
    return awaited[-1] if awaited else ""
