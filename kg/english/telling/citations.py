"""References to the published text that a quotation stands in, in the styles that students are asked for.

What is cited is always the quotation, never our sentence, and the text that it stands in; who said it is cited second
hand, as "Michael West, cited in NHS Confederation, 2014". Where the quotation itself reports ("..., they said"), its
words are the text's own, and cited as "NHS Confederation, 2014, reporting Michael West". The styles have one kind of
source here, a page on the web, and are those of: Cite Them Right (Harvard), the APA's Publication Manual, 7th edition,
the NLM's Citing Medicine (Vancouver), BibTeX and RIS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.english.asking.speech import SPEAKING
from kg.english.telling.sentences import quoted
from kg.english.words import stem

#: What stands for the day on which a reader read the source, which only they know.
ACCESSED = "date you read it"


@dataclass(frozen=True)
class Source:
    """The published text: its title, who published it, the year ("" where it is not known), address and a short key."""

    title: str
    publisher: str
    year: str
    address: str
    key: str

    @property
    def author(self) -> str:
        """Who published it, without what only leads up to a name: "nhsconfed.org"."""
        return re.sub(r"^the (?:site|website) ", "", self.publisher)


@dataclass(frozen=True)
class Citation:
    """A citation in one style: its name, what stands in the text, and the reference; `code` tells that it is a file."""

    style: str
    in_text: str
    reference: str
    code: bool = False


def citations(quotations: tuple[str, ...], speaker: str, place: str, source: Source) -> tuple[Citation, ...]:
    """Return how to cite a passage, in each style.

    Arguments:
        quotations: the words, letter by letter.
        speaker: who said them by the source, as it stands inside a sentence; "" where the source itself does.
        place: where in the source they stand: "Main points, 3rd point".
        source: the published text.
    """
    said, where = " ".join(map(quoted, quotations)), source.address
    year, author = source.year or "no date", source.author
    reporting = f"reporting {speaker}" if speaker and any(_reports(each, speaker) for each in quotations) else ""
    of, after = ("", f", {reporting}") if reporting else (speaker, "")
    second = f"{of}, cited in " if of else ""
    note = f"{reporting or speaker}; {place}" if speaker else place
    of_year = f" {source.year}" if source.year else ""
    at = f" Available at: {where} (Accessed: {ACCESSED})." if where else ""
    return (
        Citation("Harvard", f"{said} ({second}{author}, {year}{after})", f"{author} ({year}) {source.title}.{at}"),
        Citation(
            "APA",
            f"{said} ({f'{of}, as cited in ' if of else ''}{author}, {source.year or 'n.d.'}, {place}{after})",
            f"{author}. ({source.year or 'n.d.'}). {source.title}."
            + (f" Retrieved {ACCESSED}, from {where}" if where else ""),
        ),
        Citation(
            "Vancouver",
            f"{said}{f' ({reporting or speaker})' if speaker else ''} (1)",
            f"1. {author}. {source.title} [Internet]. {author};{of_year or ' [date unknown]'} [cited {ACCESSED}]."
            + (f" Available from: {where}" if where else ""),
        ),
        Citation(
            "Plain",
            said,
            f"{of[:1].upper() + of[1:] or author + after}, in {quoted(source.title)}, {author},{of_year} ({place})"
            + (f", {where}." if where else "."),
        ),
        Citation("BibTeX", "", _bibtex(source, f"{said} ({note})"), code=True),
        Citation("RIS", "", _ris(source, f"{said} ({note})"), code=True),
    )


def _reports(quotation: str, speaker: str) -> bool:
    """Whether a quotation has words of whoever reports it: "..., they said", "A delegate remarked that ..."."""
    name = re.escape(speaker.split()[-1])
    told = rf"\b{name} (\w+)|, (?:he|she|they) (\w+)(?=\W*$|,)|, (\w+) (?:\w+ )?{name}\b"
    verbs = (each[each.lastindex or 0].lower() for each in re.finditer(told, quotation, re.IGNORECASE))
    return not speaker.startswith("the report of ") and any(stem(verb) in SPEAKING for verb in verbs)


def _bibtex(source: Source, note: str) -> str:
    """Return an entry of BibTeX; whole names in double braces are not taken apart into first and last names."""
    fields = {
        "author": f"{{{_for_tex(source.author)}}}",
        "title": f"{{{_for_tex(source.title)}}}",
        "year": source.year,
        "howpublished": f"\\url{{{source.address}}}" if source.address else "",
        "note": _for_tex(note),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return ",\n".join([f"@misc{{{source.key}", *lines]) + "\n}"


def _for_tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def _ris(source: Source, note: str) -> str:
    fields = [("TY", "ELEC"), ("AU", source.author), ("PY", source.year), ("TI", source.title), ("UR", source.address)]
    lines = [f"{tag}  - {value}" for tag, value in (*fields, ("N1", note)) if value]
    return "\n".join([*lines, "ER  - "])
