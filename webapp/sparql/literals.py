"""Any text as a literal of a programming language, such that it means the text and nothing else.

The text of a query is anybody's: it may come with a link. So every mark that ends or opens something in the
language is escaped, and so is every character that cannot be seen: a carriage return that the language would
drop, an escape sequence that a terminal would obey, a mark that turns the direction of writing. Line feeds and
tabs stay, where the language lets them, so that a query still looks like one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode's general categories of what is not seen or breaks a line."""


def _escaped(text: str, marks: dict[str, str], unseen: Callable[[str], str], keep: str = "\n\t") -> str:
    """Return the text with each of the marks replaced, and each character that cannot be seen spelt out."""

    def one(character: str) -> str:
        if character in marks:
            return marks[character]
        if character not in keep and unicodedata.category(character) in _UNSEEN:
            return unseen(character)
        return character

    return "".join(map(one, text))


def _code_point(short: str, long: str) -> Callable[[str], str]:
    """Return what spells a character by its number: by `long` where four hexadecimal digits do not hold it."""
    return lambda character: (short if ord(character) < 0x10000 else long).format(ord(character))


_PYTHON = _code_point("\\u{:04x}", "\\U{:08x}")
_JAVASCRIPT = _code_point("\\u{{{:x}}}", "\\u{{{:x}}}")
_R = _code_point("\\u{{{:04x}}}", "\\U{{{:08x}}}")
_POWER_QUERY = _code_point("#({:04X})", "#({:08X})")


def python(text: str) -> str:
    """Return a Python string: in three quotation marks where it has lines (Python reference, 2.4.1)."""
    if "\n" not in text:
        return '"' + _escaped(text, {"\\": "\\\\", '"': '\\"'}, _PYTHON, keep="") + '"'
    body = _escaped(text, {"\\": "\\\\"}, _PYTHON)
    if body.endswith('"'):  # before the next line, which would else give the last one its backslash too
        body = body[:-1] + '\\"'
    body = body.replace('"""', '\\"\\"\\"')
    return f'"""{body}"""'


def javascript(text: str) -> str:
    """Return a JavaScript string: a template literal where it has lines (ECMAScript 2025, 12.9.4 and 12.9.6)."""
    if "\n" not in text:
        return '"' + _escaped(text, {"\\": "\\\\", '"': '\\"'}, _JAVASCRIPT, keep="") + '"'
    return "`" + _escaped(text, {"\\": "\\\\", "`": "\\`"}, _JAVASCRIPT).replace("${", "\\${") + "`"


def shell(text: str) -> str:
    """Return a word for a POSIX shell, in single quotation marks, within which nothing is expanded.

    Only where the text holds what cannot be seen is it `$'...'`, which is POSIX since 2024 and in bash and zsh
    for long (POSIX.1-2024, 2.2.2 and 2.2.4).

    Raises:
        ValueError: the text holds NUL, which no argument of a program can.
    """
    if "\x00" in text:
        raise ValueError("A shell cannot hold the character NUL.")

    def spelt(character: str) -> str:
        return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogatepass"))

    escaped = _escaped(text, {"\\": "\\\\", "'": "\\'"}, spelt)
    if escaped == text.replace("\\", "\\\\").replace("'", "\\'"):
        return "'" + text.replace("'", "'\\''") + "'"
    return f"$'{escaped}'"


def r(text: str) -> str:
    """Return an R string (R language definition, 10.3.1); R has no NUL and no surrogates, so neither have these."""
    return '"' + _escaped(text, {"\\": "\\\\", '"': '\\"'}, _R) + '"'


def power_query(text: str) -> str:
    """Return a text literal of Power Query M (M language specification, "Text literals")."""
    # `#(` opens an escape sequence, and `#(#)` is the way to write its first character.
    return '"' + "#(#)(".join(_escaped(part, {'"': '""'}, _POWER_QUERY) for part in text.split("#(")) + '"'
