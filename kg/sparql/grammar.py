"""Where the grammar of the engine is not SPARQL's: what it cannot read is spelt for it, what it should refuse is found.

Oxigraph 0.5 reads TRUE and FALSE in small letters alone, and takes the second dot of a local name for the end of it:
`ec:1.1.1` for `ec:1.1` and the number `.1`. In a query with an aggregate it lets `AS` give a name that is in use.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from kg.sparql.lexer import Token, shape_of, tokens_of

# The first part holds no colon, so that no text is read from each of its colons to its end.
_SUSPECT: Final = re.compile(
    r"""\b (?! true\b | false\b ) (?: [Tt][Rr][Uu][Ee] | [Ff][Aa][Ll][Ss][Ee] ) \b
      | : (?: [^\s<>"'/.:] | \\/ )*+ \. (?: [^\s<>"'/.] | \\/ )*+ \.""",
    re.VERBOSE,
)
_DOT: Final = re.compile(r"(?<!\\)\.")
_AGGREGATES: Final = frozenset("COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT GROUP".split())


def respelt(query: str) -> str:
    """Return a query as the engine reads it; it means the same."""
    if _SUSPECT.search(query) is None:
        return query
    parts, done = [], 0
    for token in tokens_of(query):
        written = spelling(token)
        if written != token.text:
            parts += [query[done : token.start], written]
            done = token.start + len(token.text)
    return "".join([*parts, query[done:]])


def spelling(token: Token) -> str:
    """Return the text of a token as the engine reads it."""
    kind, text, _ = token
    if kind == "word" and text.lower() in ("true", "false"):
        return text.lower()
    if kind == "name" and text.count(".") > 1:
        prefix, colon, local = text.partition(":")
        if prefix != "_" and local.count(".") > 1:
            return prefix + colon + _DOT.sub(r"\\.", local)  # PN_LOCAL_ESC, rule 173
    return text


def name_in_use(query: str, columns: Callable[[str], Iterable[str]]) -> Token | None:
    """Return the first variable that AS gives in a SELECT clause though the pattern has it (section 18.2.4.4), or None.

    Arguments:
        query: a text that is a query.
        columns: returns the columns of a SELECT query, which are the variables in scope where it is SELECT *.
    """
    capitals = query.upper()
    if "AS" not in capitals or not any(name in capitals for name in _AGGREGATES):
        return None  # as most queries, which need not be read for it
    tokens = list(tokens_of(query))
    words = [text.upper() if kind == "word" else "" for kind, text, _ in tokens]
    if "AS" not in words or _AGGREGATES.isdisjoint(words):
        return None
    prologue = query[: shape_of(query).body]
    for index, word in enumerate(words):
        if word != "SELECT":
            continue
        given, begin = _given(tokens, words, index)
        end = _closing(tokens, begin)
        mentioned = {text[1:] for kind, text, _ in tokens[begin:end] if kind == "variable"}
        if all(token.text[1:] not in mentioned for token in given):
            continue
        group = query[tokens[begin].start : tokens[end].start + 1]
        in_scope = set(columns(f"{prologue}SELECT * {group}"))
        if found := next((token for token in given if token.text[1:] in in_scope), None):
            return found
    return None


def _given(tokens: list[Token], words: list[str], select: int) -> tuple[list[Token], int]:
    """Return the variables behind AS in a SELECT clause, and the index of the `{` of its pattern."""
    given, depth, index = [], 0, select
    while index < len(tokens) - 1 and (depth or tokens[index].text != "{"):
        depth += {"(": 1, ")": -1}.get(tokens[index].text, 0)
        if words[index] == "AS" and depth == 1:
            given.append(tokens[index + 1])
        index += 1
    return given, index


def _closing(tokens: list[Token], begin: int) -> int:
    """Return the index of the `}` for a `{`."""
    depth, index = 0, begin
    while index < len(tokens) - 1:
        depth += {"{": 1, "}": -1}.get(tokens[index].text, 0)
        if depth == 0:
            break
        index += 1
    return index
