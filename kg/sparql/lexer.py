"""What can be known of a SPARQL query without parsing it: its form, its depth, whether it calls a service.

This is a lexer for the tokens of SPARQL 1.1 Query, section 19.8, and it reads a text the way Oxigraph's
grammar does, which has no lexer of its own. Two properties of that grammar decide how SERVICE is found:

* It needs no space between tokens, so `trueSERVICE<http://x>{}` and `SERVICEex:x{}` call a service. A bare
  word that holds "service" therefore counts, and so does a prefix that holds it in front of a group.
* It tells `<` (less than) from `<iri>` by trying, so in `1<'>'||true)SERVICE<http://x>{}FILTER('x'='x')` the
  second quotation mark opens no string. Where both readings of `<...>` are possible and differ in what
  follows, anything in the text that looks like a service clause counts, even within quotation marks.

Errors are on the safe side: a text that Oxigraph would not accept may be called anything.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple, cast
from urllib.parse import urljoin

from kg.sparql.engine import Form

FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})

MOST_TOKENS: Final = 20_000
MOST_REPEATS: Final = 10**12
"""As far as repeats are counted."""
_SHORT: Final = 4_096  # characters of a query whose shape is kept

# A codepoint escape (section 19.2). Oxigraph knows it in strings and IRIs only; other engines everywhere.
_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}"
_NAME = r"\w\u00B7\u0300-\u036F\u203F\u2040"
_WORD = rf"(?:[^\W\d]|{_ESCAPE})[{_NAME}.\-]*+(?:(?:{_ESCAPE})[{_NAME}.\-]*+)*+"
_LOCAL_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[\w:]|{_LOCAL_ESCAPE})(?:\.*+(?:[{_NAME}:\-]++|{_LOCAL_ESCAPE}))*+"

# The quantifiers are possessive and a string that is not closed is a token too, so no text is read twice: the
# time grows with the length alone. Tokens in the order of how common they are.
_TOKEN: Final = re.compile(
    rf"""
      (?: [ \t\r\n]++ | \#[^\n\r]*+ )*+
    (?: (?P<variable> [?$] (?: [{_NAME}]++ | {_ESCAPE} )++ )
      | (?P<name>     (?: {_WORD} )?+ : (?: {_LOCAL} )?+ )
      | (?P<word>     {_WORD} )
      | (?P<iri>      < [^\x00-\x20<>"{{}}|^`\\]*+ (?: (?: {_ESCAPE} ) [^\x00-\x20<>"{{}}|^`\\]*+ )*+ > )
      | (?P<string>   "{{3}} (?: [^"\\]++ | \\. | "{{1,2}}(?!") )*+ "{{3}}
                    | '{{3}} (?: [^'\\]++ | \\. | '{{1,2}}(?!') )*+ '{{3}}
                    | " (?: [^"\\\n\r]++ | \\[^\n\r] )*+ " | ' (?: [^'\\\n\r]++ | \\[^\n\r] )*+ ' )
      | (?P<broken>   "{{3}} .*+ | '{{3}} .*+ | " [^\n\r]*+ | ' [^\n\r]*+ )
      | (?P<tag>      @ [A-Za-z]++ (?: - [A-Za-z0-9]++ )*+ )
      | (?P<number>   [0-9]++ )
      | (?P<mark>     \{{\| | \|\}} | . )
      | (?P<end>      \Z )
    )
    """,
    re.VERBOSE | re.DOTALL,
)

_NESTING: Final = {"(": 1, "[": 1, "{": 1, "{|": 1, ")": -1, "]": -1, "}": -1, "|}": -1}

# Functions whose values differ from one time to the next (section 17.4), also where no space is before them.
_VOLATILE: Final = re.compile("NOW|RAND|UUID|BNODE")

_COUNTED: Final = re.compile(r"\{(?:\d*,)?(\d+),?\}")

# Only where readings differ, see above; the counted repeat keeps the time linear.
_LOOKS_LIKE_SERVICE: Final = re.compile(
    r"service[ \t\r\n]*+(?:[#<?$:]|silent|[^\W\d][\w.\-]{0,2000}:|[\w.\-]{2000})", re.IGNORECASE
)


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
        depth: deepest nesting of `(`, `[`, `{`, `<<` and of `!` before an operand.
        optionals: number of OPTIONALs.
        repeats: how often the patterns of REGEX and REPLACE repeat something at most, `(a{9}){9}` counting 81.
        service: whether it calls, or in some reading may call, a SERVICE.
        update: the first update keyword (INSERT, LOAD ...), or None.
        default_graphs: IRIs after FROM, prefixes and BASE resolved; relative to nothing else.
        named_graphs: IRIs after FROM NAMED.
        prefixes: the declared prefixes and their IRIs.
        variables: for SELECT * the names of variables in the order of first mention, else none.
        volatile: whether it may call a function whose value differs from one time to the next.
    """

    whole: bool
    form: Form | None
    depth: int
    optionals: int
    repeats: int
    service: bool
    update: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    prefixes: tuple[tuple[str, str], ...]
    variables: tuple[str, ...]
    volatile: bool


def shape_of(query: str) -> Shape:
    """Return the shape of a query text; any text has one, so nothing is raised."""
    return _kept_shape(query) if len(query) <= _SHORT else _shape(query)


def _shape(query: str) -> Shape:
    tokens = list(islice(tokens_of(query), MOST_TOKENS + 1))
    keywords = _keywords(tokens)
    prefixes = dict(_prefixes(tokens, keywords)) if "PREFIX" in keywords else {}
    begin = next((index for index, word in enumerate(keywords) if word not in ("", "BASE", "PREFIX")), len(tokens))
    first = keywords[begin] if begin < len(tokens) else ""
    graphs = list(_graphs(tokens, keywords, prefixes)) if "FROM" in keywords else []
    star = first == "SELECT" and _is_star(tokens[begin + 1 : begin + 3])
    return Shape(
        whole=len(tokens) <= MOST_TOKENS,
        form=cast(Form, first) if first in FORMS else None,
        depth=_depth(tokens),
        optionals=keywords.count("OPTIONAL"),
        repeats=_repeats(tokens) if "REGEX" in keywords or "REPLACE" in keywords else 0,
        service=_calls_service(query, tokens, keywords),
        update=None if UPDATES.isdisjoint(keywords) else next(word for word in keywords if word in UPDATES),
        default_graphs=tuple(graph for graph, named in graphs if not named),
        named_graphs=tuple(graph for graph, named in graphs if named),
        prefixes=tuple(prefixes.items()),
        variables=tuple(dict.fromkeys(_decode(text[1:]) for kind, text, _ in tokens if kind == "variable" and star)),
        volatile="(" in query and _is_volatile(tokens, keywords),
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
    new = tuple.__new__
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        if kind != "end" and kind is not None:
            yield new(Token, (kind, match[kind], match.start(kind)))  # a third faster than Token(...)


def _keywords(tokens: list[Token]) -> list[str]:
    """Return bare words in capitals with codepoint escapes decoded, and "" for each token of another kind."""
    return [
        "" if kind != "word" else text.upper() if "\\" not in text else _decode(text).upper()
        for kind, text, _ in tokens
    ]


def _is_volatile(tokens: list[Token], keywords: list[str]) -> bool:
    """Whether a function of that kind may be called; `<NOW()&&2>` may be an IRI or "less than NOW()"."""
    unclear = (text.upper() for kind, text, _ in tokens if kind == "iri" and "(" in text)
    return _VOLATILE.search(" ".join([*keywords, *unclear])) is not None


def _decode(text: str) -> str:
    if "\\" not in text:
        return text
    return re.sub(_ESCAPE, lambda match: chr(int(match.group()[2:], 16)), text)


def _prefixes(tokens: list[Token], keywords: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each `PREFIX name: <iri>`; the IRI is as written, since BASE is left to the engine."""
    for index, word in enumerate(keywords[:-2]):
        if word == "PREFIX":
            name, iri = tokens[index + 1], tokens[index + 2]
            if name.kind == "name" and iri.kind == "iri":
                yield name.text.removesuffix(":"), _decode(iri.text[1:-1])


def _graphs(tokens: list[Token], keywords: list[str], prefixes: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield the graphs of the dataset clauses (section 13.2) and whether each is FROM NAMED; BASE is heeded."""
    bases = [after.text[1:-1] for word, after in zip(keywords, tokens[1:], strict=False) if word == "BASE"]
    base = bases[-1] if bases else ""
    for index, word in enumerate(keywords):
        if word != "FROM":
            continue
        named = keywords[index + 1 : index + 2] == ["NAMED"]
        for token in tokens[index + 1 + named : index + 2 + named]:
            if token.kind == "iri":
                yield urljoin(base, _decode(token.text[1:-1])), named
            elif token.kind == "name":
                prefix, _, local = token.text.partition(":")
                yield prefixes.get(prefix, prefix + ":") + re.sub(r"\\(.)", r"\1", local), named


def _depth(tokens: list[Token]) -> int:
    deepest = level = run = 0
    before, place = "", -2
    for kind, text, start in tokens:
        if kind == "mark":
            change = _NESTING.get(text, 0)
            if change == 0 and text in ("<", ">") and before == text and place == start - 1:
                change = 1 if text == "<" else -1  # the halves of `<<` and `>>` (RDF 1.2 triples)
            level += change
            run = run + 1 if text == "!" else 0
            before, place = text, start
            if level + run > deepest:
                deepest = level + run
        else:
            run = 0
            if kind == "iri" and ("(" in text or "[" in text or "!" in text):
                # `<((((1>` may be an IRI or "less than ((((1": count what it would open.
                deepest = max(deepest, level + text.count("(") + text.count("[") + text.count("!"))
    return deepest


def _repeats(tokens: list[Token]) -> int:
    """Return the largest product of the counted repeats in a string, at most MOST_REPEATS; any may be a pattern."""
    most = 0
    for kind, text, _ in tokens:
        product = 1 if kind == "string" else 0
        for number in _COUNTED.findall(text) if product else ():
            product = min(product * int(number[-9:]), MOST_REPEATS)
        most = max(most, product)
    return most


def _is_star(after: list[Token]) -> bool:
    words = [token.text.upper() for token in after]
    return words[:1] == ["*"] or (words[:1] in (["DISTINCT"], ["REDUCED"]) and words[1:] == ["*"])


def _calls_service(query: str, tokens: list[Token], keywords: list[str]) -> bool:
    if "service" not in _decode(query).lower():
        return False
    places = range(len(tokens))
    return (
        any("SERVICE" in word for word in keywords)
        or any(_is_glued_service(tokens, keywords, index) for index in places[:-1])
        or (
            any(_is_ambiguous(tokens, keywords, index) for index in places)
            and _LOOKS_LIKE_SERVICE.search(query) is not None
        )
    )


def _is_glued_service(tokens: list[Token], keywords: list[str], index: int) -> bool:
    """Whether this prefixed name is `SERVICE` and a name without a space: only then a group follows it."""
    kind, text, _ = tokens[index]
    return (
        kind == "name"
        and tokens[index + 1].text == "{"
        and "SERVICE" in _decode(text.partition(":")[0]).upper()
        and not (index and keywords[index - 1] in ("GRAPH", "FROM", "NAMED", "DESCRIBE"))
    )


def _is_ambiguous(tokens: list[Token], keywords: list[str], index: int) -> bool:
    """Whether this `<...>` could be "less than", and what follows would then be read differently.

    A quotation mark or a `#` inside makes the difference. No expression holds `//` outside of strings, so an
    absolute http(s) IRI is only ever an IRI; so is what follows PREFIX or BASE. A string that is not closed
    is a sign that an earlier token was read wrongly.
    """
    kind, text, _ = tokens[index]
    if kind != "iri":
        return kind == "broken"
    if {"PREFIX", "BASE"}.intersection(keywords[max(index - 2, 0) : index]):
        return False
    head = re.split("['#]", text, maxsplit=1)
    return len(head) == 2 and "//" not in head[0]
