"""What can be known of a SPARQL query without parsing it: its form, its depth, the graphs that it names.

This is a lexer for the tokens of SPARQL 1.1 Query, section 19.8, and of RDF 1.2's triple terms. What it finds may
refuse a query and is never what an answer holds, which the engine says. Any text has tokens, a query or not.

Only one sign needs more than the text at its place: `<` begins an IRI, but is "less than" in an expression behind an
operand, so that `BIND(?a<2AS?b)BIND(?a>0AS?c)` holds no IRI `<2AS?b)BIND(?a>`. An expression stands in round brackets
that open behind SELECT, FILTER, BIND, HAVING or BY (section 19.8, rules 9 to 24, 60, 69 and 110).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from kg.sparql.engine import Form

FORMS: Final[tuple[Form, ...]] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_PROLOGUE: Final = frozenset({"", "BASE", "PREFIX", "VERSION"})

MOST_TOKENS: Final = 20_000
MOST_REPEATS: Final = 10**12
"""As far as repeats are counted."""
_SHORT: Final = 4_096  # characters of a query whose shape is kept

# The classes of characters of rules 164 to 167, as ranges.
PN_CHARS_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
VARNAME: Final = f"{PN_CHARS_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040"  # the first character of a name is fewer
PN_CHARS: Final = rf"{VARNAME}\-"

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}"
NAME_OF_VARIABLE: Final = re.compile(rf"[{PN_CHARS_BASE}_0-9][{VARNAME}]*+")
PREFIX: Final = rf"[{PN_CHARS_BASE}][{VARNAME}]*+(?:[.\-]++[{VARNAME}]*+){{0,30}}+"
_LOCAL_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{PN_CHARS_BASE}_0-9:]|{_LOCAL_ESCAPE})(?:\.*+(?:[{PN_CHARS}:]++|{_LOCAL_ESCAPE}))*+"
_EXPONENT = "[eE][+-]?[0-9]++"

# The quantifiers are possessive, a string that is not closed is a token too, and a prefix has a bounded number of dots
# and dashes, so no text is read often: the time grows with the length alone. In the order of how common they are.
_TOKEN: Final = re.compile(
    rf"""
      (?: [ \t\r\n]++ | \#[^\n\r]*+ )*+
    (?: (?P<variable> [?$] {NAME_OF_VARIABLE.pattern} )
      | (?P<name>     (?: _ | {PREFIX} )?+ : (?: {_LOCAL} )?+ )
      | (?P<word>     [{PN_CHARS_BASE}] [{VARNAME}]*+ )
      | (?P<iri>      < [^\x00-\x20<>"{{}}|^`\\]*+ (?: (?: {_ESCAPE} ) [^\x00-\x20<>"{{}}|^`\\]*+ )*+ > )
      | (?P<string>   "{{3}} (?: [^"\\]++ | \\. | "{{1,2}}(?!") )*+ "{{3}}
                    | '{{3}} (?: [^'\\]++ | \\. | '{{1,2}}(?!') )*+ '{{3}}
                    | " (?: [^"\\\n\r]++ | \\[^\n\r] )*+ " | ' (?: [^'\\\n\r]++ | \\[^\n\r] )*+ ' )
      | (?P<broken>   "{{3}} .*+ | '{{3}} .*+ | " [^\n\r]*+ | ' [^\n\r]*+ )
      | (?P<tag>      @ [A-Za-z]++ (?: -{{1,2}} [A-Za-z0-9]++ )*+ )
      | (?P<number>   [0-9]++ \. [0-9]*+ {_EXPONENT} | [0-9]*+ \. [0-9]++ (?: {_EXPONENT} )?+
                    | [0-9]++ (?: {_EXPONENT} )?+ )
      | (?P<mark>     \{{\| | \|\}} | <<\(? | \)?>> | . )
      | (?P<end>      \Z )
    )
    """,
    re.VERBOSE | re.DOTALL,
)

_KINDS: Final = ("", *_TOKEN.groupindex)
_END: Final = len(_KINDS) - 1
_OPENING: Final = frozenset({"(", "[", "{", "{|", "<<", "<<("})
_CLOSING: Final = frozenset({")", "]", "}", "|}", ">>", ")>>"})
_NESTING: Final = dict.fromkeys(_OPENING, 1) | dict.fromkeys(_CLOSING, -1)
_EXPRESSIONS: Final = frozenset({"SELECT", "FILTER", "BIND", "HAVING", "BY"})
_OPERANDS: Final = frozenset({"variable", "name", "iri", "string", "tag", "number"})
_ENDS_OF_OPERANDS: Final = frozenset({")", "}", ")>>", "true", "false"})

# Calls of functions whose values differ from one time to the next (section 17.4), and whatever looks like one.
_VOLATILE: Final = ("NOW", "RAND", "UUID", "BNODE")
_CALLS_VOLATILE: Final = re.compile(rf"(?:{'|'.join(_VOLATILE)})(?:[ \t\r\n]++|#[^\r\n]*+)*+\(")
_COUNTED: Final = re.compile(r"\{(?:\d*,)?(\d+),?\}")


class Token(NamedTuple):
    """A token: its kind (a group of the pattern above), its text and its offset in the query."""

    kind: str
    text: str
    start: int


class Shape(NamedTuple):
    """What the lexer finds in a query.

    Attributes:
        whole: whether all of it was read: it has no more than MOST_TOKENS tokens.
        form: the first keyword after the prologue if it is a query form, else None.
        update: the first update keyword (INSERT, LOAD ...), or None.
        body: the offset of the first keyword after the prologue.
        depth: deepest nesting of `(`, `[`, `{`, `<<` and of `!` before an operand.
        optionals: number of OPTIONALs.
        repeats: how often a pattern of REGEX or REPLACE repeats something at most, `(a{9}){9}` counting 81.
        prefixes: the declared prefixes and their IRIs as written, which may be relative.
        graphs: what stands behind each FROM, as written, and whether it is FROM NAMED.
        star: the offset of the `*` of SELECT *, else None.
        volatile: whether it may call a function whose value differs from one time to the next.
    """

    whole: bool
    form: Form | None
    update: str | None
    body: int
    depth: int
    optionals: int
    repeats: int
    prefixes: tuple[tuple[str, str], ...]
    graphs: tuple[tuple[str, bool], ...]
    star: int | None
    volatile: bool


def shape_of(query: str) -> Shape:
    """Return the shape of a query text; any text has one, so nothing is raised."""
    return _kept_shape(query) if len(query) <= _SHORT else _shape(query)


def _shape(query: str) -> Shape:
    tokens = list(islice(tokens_of(query), MOST_TOKENS + 1))
    keywords = _keywords(tokens)
    begin = next((index for index, word in enumerate(keywords) if word not in _PROLOGUE), len(tokens))
    first = keywords[begin] if begin < len(tokens) else ""
    return Shape(
        whole=len(tokens) <= MOST_TOKENS,
        form=next((form for form in FORMS if first.startswith(form)), None),  # SELECTDISTINCT is read by the engine
        update=None if UPDATES.isdisjoint(keywords) else next(word for word in keywords if word in UPDATES),
        body=tokens[begin].start if first else len(query),
        depth=_depth(tokens),
        optionals=keywords.count("OPTIONAL"),
        repeats=_repeats(tokens, keywords) if "REGEX" in keywords or "REPLACE" in keywords else 0,
        prefixes=tuple(dict(_prefixes(tokens, keywords)).items()) if "PREFIX" in keywords else (),
        graphs=tuple(_graphs(tokens, keywords)),
        star=_star(tokens[begin + 1 : begin + 3]) if first.startswith("SELECT") else None,
        volatile=_is_volatile(query.upper()),
    )


_kept_shape = lru_cache(maxsize=64)(_shape)


def undeclared(query: str) -> dict[str, int]:
    """Return the prefixes that are used and not declared, each with the offset of its first use, in that order."""
    tokens = list(islice(tokens_of(query), MOST_TOKENS))
    keywords = _keywords(tokens)
    prefixes = dict(_prefixes(tokens, keywords))
    found: dict[str, int] = {}
    for index, (kind, text, start) in enumerate(tokens):
        # Behind PREFIX stands the name that is declared, and then an IRI, if perhaps without its brackets.
        if kind == "name" and "PREFIX" not in keywords[max(index - 2, 0) : index]:
            prefix = text.partition(":")[0]
            if prefix != "_" and prefix not in prefixes:
                found.setdefault(prefix, start)
    return found


def position(query: str, offset: int) -> tuple[int, int]:
    """Return line and column, both from 1, of an offset; lines end as editors end them (LF, CR LF, CR)."""
    before = query[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def tokens_of(query: str) -> Iterator[Token]:
    """Yield the tokens of a text, without spaces and comments; any text has some, so nothing is raised."""
    new, match = tuple.__new__, _TOKEN.match
    clauses = [""]  # "(" for each open bracket of an expression; for other brackets the keyword that `(` would follow
    before, last, end = "", "", 0  # kind and text of the token before, and where it ends
    while (found := match(query, end)) is not None and (index := found.lastindex or 0) != _END:
        start, end = found.span(index)
        kind, text = _KINDS[index], query[start:end]
        if text[0] == "<" and clauses[-1] == "(" and (before in _OPERANDS or last in _ENDS_OF_OPERANDS):
            kind, text, end = "mark", "<", start + 1
        before, last = kind, text
        yield new(Token, (kind, text, start))  # a third faster than Token(...)
        if kind == "mark":
            if text in _OPENING:
                clauses.append("(" if text == "(" and clauses[-1] else "")
            elif text in _CLOSING and len(clauses) > 1:
                clauses.pop()
                if clauses[-1] in ("FILTER", "BIND"):
                    clauses[-1] = ""  # they have one bracket, or one group, only
        elif kind == "word" and (word := text.upper()) in _EXPRESSIONS:
            clauses[-1] = word


def _keywords(tokens: list[Token]) -> list[str]:
    """Return bare words in capitals, and "" for each token of another kind."""
    return [text.upper() if kind == "word" else "" for kind, text, _ in tokens]


def _is_volatile(capitals: str) -> bool:
    return any(name in capitals for name in _VOLATILE) and _CALLS_VOLATILE.search(capitals) is not None


def _prefixes(tokens: list[Token], keywords: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each `PREFIX name: <iri>`; the IRI is as written, since BASE is left to the engine."""
    for index, word in enumerate(keywords[:-2]):
        if word == "PREFIX":
            name, iri = tokens[index + 1], tokens[index + 2]
            if name.kind == "name" and iri.kind == "iri":
                text = re.sub(_ESCAPE, lambda escape: chr(int(escape.group()[2:], 16)), iri.text[1:-1])
                yield name.text.removesuffix(":"), text


def _graphs(tokens: list[Token], keywords: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield the graphs of the dataset clauses (section 13.2) and whether each is FROM NAMED."""
    for index, word in enumerate(keywords):
        if word.endswith(("FROM", "FROMNAMED")):
            apart = keywords[index + 1 : index + 2] == ["NAMED"]
            for kind, text, _ in tokens[index + 1 + apart : index + 2 + apart]:
                if kind in ("iri", "name"):
                    yield text, apart or word.endswith("NAMED")


def _star(after: list[Token]) -> int | None:
    """Return the offset of the `*` among the tokens behind SELECT."""
    if after and after[0].text.upper() in ("DISTINCT", "REDUCED"):
        after = after[1:]
    return after[0].start if after and after[0].text == "*" else None


def _depth(tokens: list[Token]) -> int:
    deepest = level = run = 0
    for kind, text, _ in tokens:
        run = run + 1 if text == "!" else 0
        if kind == "mark":
            level += _NESTING.get(text, 0)
            deepest = max(deepest, level + run)
    return deepest


def _repeats(tokens: list[Token], keywords: list[str]) -> int:
    """Return the largest product of the counted repeats in a pattern that is written out, at most MOST_REPEATS."""
    most = 0
    commas = [0]  # for each open bracket, how many have been; 0 stays 0 where no pattern is behind the first
    for (kind, text, _), before in zip(tokens, ["", *keywords], strict=False):
        if kind == "mark" and text in _OPENING:
            commas.append(1 if before in ("REGEX", "REPLACE") else 0)
        elif kind == "mark" and text in _CLOSING and len(commas) > 1:
            commas.pop()
        elif text == "," and commas[-1]:
            commas[-1] += 1
        elif kind == "string" and commas[-1] == 2:
            product = 1
            for number in _COUNTED.findall(text):
                product = min(product * int(number[-9:]), MOST_REPEATS)
            most = max(most, product)
    return most
