"""Texts and addresses that mislead: invisible characters, look-alike letters, addresses with unusual schemes.

What is written here ends up on pages, in file names and in links, where a right-to-left override or a Cyrillic "a"
misleads whoever reads it. See Unicode Technical Report 36 (security considerations) and Technical Standard 39.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rdflib import Literal, URIRef

from kg.check.corpus import Corpus
from kg.check.problems import Problem
from kg.vocabulary import BASE, DCTERMS

SCHEMES = ("http", "https", "urn", "mailto", "tel", "doi", "info", "tag")
"""What an address may begin with."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_WORD = re.compile(r"[^\W\d_]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SLUG = re.compile(r"[A-Za-z0-9](?:[\w.~-]*[\w~-])?")
# Windows takes these for devices, with any ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


def check_characters(corpus: Corpus) -> Iterator[Problem]:
    """Yield the texts, addresses and identifiers of the checked files that mislead, each once."""
    seen: set[tuple[str, str]] = set()
    for (subject, predicate, object_), place in sorted(corpus.triples.items(), key=lambda item: item[1]):
        found = [*_of_address(subject), *_of_address(object_)]
        if isinstance(object_, Literal):
            found += _of_text(str(object_), predicate == DCTERMS.identifier)
        for code, message in found:
            if (code, message) not in seen:
                seen.add((code, message))
                yield from corpus.problem(place, code, message)


def _of_text(text: str, is_identifier: bool) -> Iterator[tuple[str, str]]:
    shown = f'"{_visible(text)}"'
    if match := _CONTROL.search(text):
        yield "control-character", f"{shown} holds the control character {_code(match[0])}: take it out."
    if match := _BIDI.search(text):
        what = f"the bidi control {_code(match[0])}, which reorders what is read"
        yield "control-character", f"{shown} holds {what}: take it out."
    for word in _WORD.findall(text):
        if len(scripts := _scripts(word)) > 1:
            mixed = " and ".join(script.capitalize() for script in sorted(scripts))
            yield "mixed-script", f'"{word}" is a word in mixed scripts, {mixed}: write it in one of them.'
            break
    if is_identifier and not is_slug(text):
        what = "an identifier is made of letters, digits, dots and hyphens, such as M1.1"
        yield "bad-slug", f"{shown} is no slug: {what}."


def _of_address(node: object) -> Iterator[tuple[str, str]]:
    if not isinstance(node, URIRef):
        return
    scheme = _SCHEME.match(node)
    if scheme and scheme[1].lower() not in SCHEMES:
        instead = "write an address that begins with https: or http:"
        yield "bad-scheme", f"<{_visible(node)}> has the scheme {scheme[1]}: {instead}."
    for part in ("concept/", "relation/"):
        if node.startswith(BASE + part) and not is_slug(node.removeprefix(BASE + part)):
            yield "bad-slug", f"<{_visible(node)}> does not end in a slug: letters, digits, dots and hyphens."


def is_slug(text: str) -> bool:
    """Whether a text can stand in addresses and file names as it is: letters, digits, dots and hyphens."""
    return bool(_SLUG.fullmatch(text)) and not _DEVICE.fullmatch(text)


def _scripts(word: str) -> set[str]:
    """Return which of the scripts whose letters look alike a word uses."""
    if word.isascii():
        return set()
    return {script for letter in word if (script := unicodedata.name(letter, "").partition(" ")[0]) in _SCRIPTS}


def _visible(text: str) -> str:
    """Return the beginning of a text with what cannot be seen spelt out."""
    text = text if len(text) <= 60 else text[:57] + "..."
    return "".join(
        _code(sign) if _CONTROL.match(sign) or _BIDI.match(sign) or sign in "\n\r\t" else sign for sign in text
    )


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"
