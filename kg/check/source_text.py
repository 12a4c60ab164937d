"""The text of a source, folded: in Unicode NFC, and any white space (U+00A0, line ends) as single spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from rapidfuzz import fuzz

from kg.check.characters import INVISIBLE
from kg.check.files import read_source
from kg.english.prose import sentence_spans

Span = tuple[int, int]

# Below this likeness (0 to 100) two texts have nothing to do with each other.
_LIKE = 50.0
# The mark of an item of a list, and what is in front of a colon at the head of a paragraph: "Dr Fern: ...".
_ITEM = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]+)[).]|[•*–-]) ?")
_LABEL = re.compile(r"(?:[^\s:“.]+[. ]){0,5}[^\s:“.]+: ")


@dataclass(frozen=True)
class SourceText:
    """A source as folded text.

    `lines` are its lines that are not empty, each with its number in the file, from 1, and its span; `end` is the
    offset at which the text proper ends.
    """

    path: Path
    sha256: str
    text: str
    lines: tuple[tuple[int, Span], ...]
    end: int

    @classmethod
    def read(cls, path: Path) -> SourceText:
        """Return the source in a file of UTF-8. Raises UnreadableFile."""
        raw = read_source(path).replace("\r\n", "\n").replace("\r", "\n")
        folded = [(number, fold(line)) for number, line in enumerate(raw.split("\n"), start=1)]
        text = " ".join(line for _, line in folded if line)
        lines, start = [], 0
        for number, line in folded:
            if line:
                lines.append((number, (start, start + len(line))))
                start += len(line) + 1
        return cls(path, sha256(path.read_bytes()).hexdigest(), text, tuple(lines), len(text))

    def ending_before(self, words: str) -> SourceText | None:
        """Return the source with its end where some words begin, None when they do not stand in it."""
        offset = self.text.find(fold(words))
        return replace(self, end=offset) if offset >= 0 else None

    def find(self, words: str) -> list[Span]:
        """Return where words stand letter by letter, as whole words."""
        wanted = re.escape(fold(words))
        before = r"(?<!\w)" if words[:1].isalnum() else ""
        after = r"(?!\w)" if words[-1:].isalnum() else ""
        return [match.span() for match in re.finditer(before + wanted + after, self.text[: self.end])]

    def find_anywhere(self, words: str) -> bool:
        """Whether words stand in the source, whatever their capitals, what comes after its end included."""
        return fold(words).casefold() in self.text.casefold()

    def sentences_of(self, span: Span) -> Iterator[str]:
        """Yield the sentences that a span is taken from, and those that say who speaks there.

        These are the one above the list of an item, what stands before a colon at the head of a paragraph, and the ones
        just before words in quotation marks.
        """
        place = next(n for n in range(len(self.lines) - 1, -1, -1) if self.lines[n][1][0] <= span[0])
        start, end = self.lines[place][1]
        line = self.text[start:end]
        sentences = [line[first:last] for first, last in sentence_spans(line)]
        offsets = [start + first for first, _ in sentence_spans(line)] + [max(end, span[1])]
        inside = [n for n in range(len(sentences)) if offsets[n] < span[1] and span[0] < offsets[n + 1]]
        first = min(inside, default=0)
        yield from (sentences[n] for n in inside)
        if label := _LABEL.match(line):
            yield label[0]
        while first > 0 and _is_quoted(sentences, first):
            first -= 1
            yield sentences[first]
        if _ITEM.match(line):
            above = (self.text[a:b] for _, (a, b) in reversed(self.lines[:place]) if not _ITEM.match(self.text[a:b]))
            head = next(above, "")
            yield head if head.endswith(":") else ""

    def find_within_words(self, words: str) -> Span | None:
        """Return where words stand first, be it inside other words."""
        offset = self.text.find(fold(words), 0, self.end)
        return (offset, offset + len(fold(words))) if offset >= 0 else None

    def nearest(self, words: str) -> Span | None:
        """Return the whole words most like some words, None when nothing is."""
        found = fuzz.partial_ratio_alignment(fold(words), self.text[: self.end], score_cutoff=_LIKE)
        if found is None or found.dest_end <= found.dest_start:
            return None
        return self.whole_words((found.dest_start, found.dest_end))

    def whole_words(self, span: Span) -> Span:
        """Return a span widened to the ends of the words that it cuts."""
        start, end = span
        while start > 0 and self.text[start - 1] != " ":
            start -= 1
        while end < self.end and self.text[end] != " ":
            end += 1
        return start, end

    def line(self, offset: int) -> int:
        """Return the number in the file, from 1, of the line that an offset is in."""
        return next(number for number, (start, _) in reversed(self.lines) if start <= offset)

    def has_around(self, span: Span, before: str, after: str) -> bool:
        """Return whether some words stand just before a span and others just after it."""
        start, end = span
        fits_before = self.text[:start].rstrip().endswith(fold(before))
        return fits_before and self.text[end:].lstrip().startswith(fold(after))

    def beside(self, span: Span, length: int, before: bool) -> Span:
        """Return the whole words of about a length just before a span, or just after it."""
        start, end = span
        if before:
            return self.whole_words((max(start - 1 - length, 0), start - 1))[0], start
        return end, self.whole_words((end, min(end + 1 + length, self.end)))[1]


def _is_quoted(sentences: list[str], number: int) -> bool:
    """Whether a sentence begins with words in quotation marks, or inside them."""
    before = " ".join(sentences[:number])
    return sentences[number].startswith(("“", "‘", '"')) or before.count("“") > before.count("”")


def fold(text: str) -> str:
    """Return a text in Unicode NFC (https://unicode.org/reports/tr15/), its white space as single spaces.

    Characters without a width are left out: texts made from PDF have them, and quotations must not.
    """
    return " ".join(unicodedata.normalize("NFC", INVISIBLE.sub("", text)).split())
