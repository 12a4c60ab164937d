"""The words that people read, in one place: who said it, how it was said, when, and where it stands.

A claim is never shown as something that is so: it is introduced by who said it and when.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup, escape

from kg.english import dates
from kg.english.numbers import counted
from kg.english.telling.citations import ACCESSED, Citation, Source, citations
from kg.english.telling.sentences import quoted, report_of
from kg.graph.records import Claim, Proposition, Seminar
from kg.maps.concept_map import MapProposition

HOW_SAID_HEADINGS = {
    "describes": "How things are, as described",
    "recommends": "What was recommended",
    "criticises": "What was criticised",
    "exemplifies": "Examples that were given",
    "reports-evidence": "Evidence that was reported",
}
STATUS_NOTES = {
    "asserted": "",
    "denied": "not: this is denied",
    "condition": "if: a condition",
    "goal": "the aim",
    "content": "what was told or noted",
    "broader": "the editor’s link, not a claim",
}


def said_by(claim: Claim) -> str:
    """Return who says it: "Michael West", "The published summary of Michael West's presentation"."""
    return capital(claim.attribution.credit)


def capital(words: str) -> str:
    """Return words with a capital at their beginning, and else as they are."""
    return words[:1].upper() + words[1:]


def says_when(claim: Claim, seminar: Seminar) -> str:
    """Return the words between who said it and the claim: people said, at a time; documents say."""
    when = dates.month(seminar.start)
    if claim.attribution.kind in ("presentation", "write-up"):
        return f"says ({when})" if when else "says"
    return f"said in {when}" if when else "said"


def credit_explained(claim: Claim) -> str:
    """Return one sentence on how the source credits this statement."""
    return {
        "named": "The source names the speaker for this very statement.",
        "presentation": "It stands in the report of the presentation; the source names no speaker for it.",
        "debate": "It stands in the report of the debate. The source does not name the speaker.",
        "write-up": "The published summary says it itself, outside its reports of what was said.",
    }[claim.attribution.kind]


def citations_of(claim: Claim, seminar: Seminar) -> tuple[Citation, ...]:
    """Return how to cite the words that a claim rests on, in each style of `kg.english.telling.citations`."""
    quotations = tuple(passage.quote for passage in claim.passages)
    return citations(quotations, _speaker_of(claim), _places((claim,)), _source_of(seminar))


def citations_of_all(claims: Sequence[Claim], seminars: Sequence[Seminar]) -> tuple[Citation, ...]:
    """Return how to cite the words that several claims rest on, in each style: one text, and a reference a seminar.

    Arguments:
        claims: the claims, in order.
        seminars: those that they were made at.
    """
    of = {seminar.slug: seminar for seminar in seminars}
    single = [citations_of(claim, of[claim.seminar]) for claim in claims]
    whole = [_whole(seminar, [claim for claim in claims if claim.seminar == seminar.slug]) for seminar in seminars]
    cited = []
    for style, joined in zip(zip(*single, strict=True), zip(*whole, strict=True), strict=True):
        references = "\n".join(dict.fromkeys(each.reference for each in (joined if joined[0].code else style)))
        texts = dict.fromkeys(each.in_text for each in style if each.in_text)
        cited.append(Citation(style[0].style, "\n".join(texts), references, style[0].code))
    return tuple(cited)


def _whole(seminar: Seminar, claims: Sequence[Claim]) -> tuple[Citation, ...]:
    """Return how to cite all words of a seminar that claims rest on as those of one entry."""
    quotations = tuple(dict.fromkeys(passage.quote for claim in claims for passage in claim.passages))
    speakers = " and ".join(filter(None, dict.fromkeys(_speaker_of(claim) for claim in claims)))
    return citations(quotations, speakers, _places(claims), _source_of(seminar))


def _speaker_of(claim: Claim) -> str:
    """Return who said a claim by the source, as citations name them; "" for the source itself."""
    attribution = claim.attribution
    if attribution.nobody:
        return "somebody not named, in the debate"
    credited = {"write-up": "", "presentation": report_of(attribution.credit)}
    return credited.get(attribution.kind, attribution.credit)


def _places(claims: Sequence[Claim]) -> str:
    return "; ".join(dict.fromkeys(passage.place for claim in claims for passage in claim.passages))


def _source_of(seminar: Seminar) -> Source:
    document, year = seminar.document, seminar.start[:4] if seminar.start else ""
    return Source(document.title, document.publisher, year, document.address or "", seminar.slug)


def with_today(reference: str) -> Markup:
    """Return a reference whose day of reading a script fills in, since a page that is kept cannot know it."""
    before, day, after = map(escape, reference.partition(ACCESSED))
    return Markup("{}<span data-today>[{}]</span>{}").format(before, day, after) if day else before


def session(seminar: Seminar) -> str:
    """Return when the seminar was held: "Friday 6 June 2014, 9.15am to 10.15am"; "" where that is not known."""
    return dates.session(seminar.start, seminar.end)


def with_article(name: str) -> str:
    """Return the name of a body as it stands inside a sentence: "the NHS Confederation", "the King's Fund"."""
    return name if name.casefold().startswith("the ") else f"the {name}"


def sentence(proposition: Proposition) -> str:
    """Return a proposition as it reads along its arrow: "leaders create culture"."""
    return f"{proposition.subject_label} {proposition.phrase} {proposition.object_label}"


def status_note(proposition: Proposition | MapProposition) -> str:
    """Return what to add where a proposition is not plainly asserted."""
    return STATUS_NOTES[proposition.status]


FILTERS: dict[str, Callable[..., Any]] = {
    "said_by": said_by,
    "credit_explained": credit_explained,
    "month": dates.month,
    "day": dates.day,
    "session": session,
    "with_article": with_article,
    "sentence": sentence,
    "status_note": status_note,
    "number": counted,
    "quoted": quoted,
    "with_today": with_today,
}
