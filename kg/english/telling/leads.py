"""The sentence that an answer begins with: what was said and by whom, or how much of it there is and about what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.english.numbers import number_words
from kg.english.telling.sentences import (
    Said,
    by_itself,
    ended,
    is_text,
    listed_words,
    quoted,
    report_of,
    speaker_of,
    told,
)
from kg.english.words import fold, words_of

#: The most words of a lead.
LONGEST_LEAD = 30
#: For each way of saying: what somebody did, or a text does, with things of what name, and what was done with them.
_TALLIES = {
    "describes": ("said", "says", "thing", "said"),
    "recommends": ("made", "makes", "recommendation", "made"),
    "criticises": ("made", "makes", "criticism", "made"),
    "exemplifies": ("gave", "gives", "example", "given"),
    "reports-evidence": ("reported", "reports", "thing", "reported"),
}
#: What is left of a question that asks what something is, or merely names it, once its name is taken out.
_MEANING = re.compile(
    r"(?:(?:so|and|please|tell me) )?(?:(?:what|who)(?: is| are| was| were|s)(?: meant by)?|what does|define|explain"
    r"|(?:the )?(?:meaning|definition) of)?(?: the| a| an)?(?: mean| exactly)?"
)
_QUOTATION = re.compile(
    r"\b(?:quot(?:e[sd]?|ations?)|verbatim|(?:exact|precise|own|very|actual) (?:words?|wording)|word for word|copy out"
    r"|the (?:line|wording)|puts? (?:it|this|that))\b"
)
_ASKING = tuple((word,) for word in "who whom whose what which when where why how whether".split())
_SHORT_NAME = re.compile(r"^(?P<long>.+) \((?P<short>[A-Z][\w&]+)\)$")


def words_in(text: str) -> int:
    """Return the number of words of a text, as they stand between white space."""
    return len(text.split())


def fits(lead: str) -> bool:
    """Whether a sentence is short enough for a lead."""
    return 0 < words_in(lead) <= LONGEST_LEAD


def asks_for_quotation(question: str) -> bool:
    """Whether a question asks for somebody's own words."""
    return bool(_QUOTATION.search(fold(question)))


def asks_for_meaning(rest: str) -> bool:
    """Whether a question asks what something is or merely names it, by what is `rest` of it without the name."""
    return bool(_MEANING.fullmatch(" ".join(re.findall(r"[a-z]+", fold(rest).replace("'s", " is")))))


def asks(label: str) -> bool:
    """Whether a label is put as a question is ("who designed the bridge"), so that no definition can follow it."""
    return words_of(label)[:1] in _ASKING


def about(claims: Sequence[Said], topics: Sequence[str], *, seminars: int = 1) -> str:
    """Return how many claims there are, how and by whom they were made, and what they are about, up to a colon.

    Arguments:
        claims: what was said: two claims or more, or one that is too long to be told in a lead.
        topics: what they are about, as it stands inside a sentence.
        seminars: at how many seminars they were made.
    """
    sources = list(dict.fromkeys(_source(claim) for claim in claims))
    stances, kinds = {claim.stance for claim in claims}, {claim.kind for claim in claims}
    first, number = claims[0], len(claims)
    said, says, noun, done = _TALLIES[stances.pop() if len(stances) == 1 and number > 1 else "describes"]
    things = "this" if number == 1 else f"{number_words(number)} {noun}s"
    of = f" about {listed_words(topics)}" if topics else ""
    tries: tuple[str, ...]
    whence = f", {_whence(claims)}" if len(sources) < 3 else ""
    if seminars > 1:
        whence = f", at {number_words(seminars)} seminars"
    if seminars > 1 or len(sources) > 1 or (first.nobody and number > 1):
        begins = f"{things.capitalize()} were {done}{' in the debate' if kinds == {'debate'} else ''}"
        tries = (f"{begins}{of}{whence}:", f"{begins}{of}:", f"{begins}{whence}:", f"{begins}:")
    else:
        verb = says if is_text(first) else said
        begins = f"{_as_subject(first)} {verb} {things}"
        tries = (f"{begins}{of}:", f"{begins}:")
    return next(filter(fits, tries), tries[-1])


def _whence(claims: Sequence[Said]) -> str:
    """Return in which texts claims stand, and by whom they were made: "in the published summary and by a delegate"."""
    texts = [_source(claim) for claim in claims if is_text(claim)]
    people = [_source(claim) for claim in claims if not is_text(claim)]
    parts = [("in", texts), ("by", people)]
    return listed_words([f"{where} {listed_words(list(dict.fromkeys(each)))}" for where, each in parts if each])


def _source(claim: Said) -> str:
    return "somebody not named" if claim.nobody else speaker_of(claim)


def _as_subject(claim: Said) -> str:
    if claim.nobody:
        return "In the debate somebody (not named)"
    if claim.kind == "presentation":
        return f"The {report_of(claim.credit).removeprefix('the ')}"
    return claim.credit[:1].upper() + claim.credit[1:]


def same(claims: Sequence[Said], *, answer_first: bool = False, manner: bool = True) -> str:
    """Return one claim as a sentence that names all who made it, where they said the same; else nothing.

    Arguments:
        claims: what was said.
        answer_first: whether a short one comes before the text that says it (`sentences.told`).
        manner: whether to tell how it was said.
    """
    if len({claim.clause for claim in claims}) > 1 or len({claim.credit for claim in claims}) < len(claims):
        return ""
    if len(claims) == 1:
        return told(claims[0], answer_first=answer_first, manner=manner)
    who = listed_words([_source(claim) for claim in claims])
    return f"{who[:1].upper()}{who[1:]} {'both' if len(claims) == 2 else 'all'} say that {claims[0].clause}."


def credits(lead: str, claims: Sequence[Said]) -> bool:
    """Whether a lead says who said all of some claims; a report of somebody's talk is not they themselves."""
    names = {speaker_of(claim) for claim in claims}
    if len(names) != 1:
        return False
    name = names.pop()
    others = lead if name.startswith("the report of ") else lead.replace(report_of(name), "")
    return name.lower() in others.lower()


def has(lead: str, said: Said) -> bool:
    """Whether a lead has a claim in our words, at its beginning or inside."""
    words = (said.clause, f"{said.clause[:1].upper()}{said.clause[1:]}", by_itself(said))
    return any(each in lead for each in words)


def tells(lead: str, said: Said) -> bool:
    """Whether a lead tells a claim and who made it."""
    return has(lead, said) and (said.nobody or credits(lead, [said]))


def same_too(said: Said) -> str:
    """Return the sentence for a claim that somebody else made in the sentence before."""
    if is_text(said):
        who = speaker_of(said)
        return f"{who[:1].upper()}{who[1:]} says the same."
    return f"{_as_subject(said)} said the same."


def with_quotation(told: str, quotation: str) -> str:
    """Return a sentence with the words that it rests on after it."""
    return f"{told.removesuffix('.')}: {quotation}."


def in_own_words(credit: str, quotation: str) -> str:
    """Return a quotation with who said it, and how."""
    return f"{credit}: {quotation}{'' if ended(quotation) else '.'}"


def counted(number: int, what: str, claims: Sequence[Said]) -> str:
    """Return what a count begins with: the number, what was counted (with what parts them, or nothing), and where."""
    if what.startswith(" "):
        return f"There {'is' if number == 1 else 'are'} {number_words(number)}{what}{_source_of(claims)}:"
    return f"{number_words(number).capitalize()}{what}{_source_of(claims)}:"


def summed_up(number: int, claim: Said) -> str:
    """Return what the points that a text sums up itself begin with, by their number and one of its claims."""
    source = speaker_of(claim)
    return f"{source[:1].upper()}{source[1:]} sums it up in {number_words(number)} points:"


def in_order(name: str, claims: Sequence[Said]) -> str:
    """Return what a numbered list begins with: its name, and in what it stands."""
    source = _source_of(claims)
    return f"{name[:1].upper()}{name[1:]}{source}{',' if source else ''} are:"


def _source_of(claims: Sequence[Said]) -> str:
    """Return by whom or what all of some claims were said, to stand after what they are; "" where by several."""
    sources = list(dict.fromkeys(_source(claim) for claim in claims))
    return f", according to {sources[0]}" if len(sources) == 1 else ""


def unnumbered(name: str) -> str:
    """Return the name of a list without the number and the article that it begins with: "main ingredients of ..."."""
    return re.sub(r"^the (?:(?:\d+|[a-z]+) (?=\w+ \w+))?", "", name, count=1)


def definition(label: str, means: str, number: int, *, listed: int) -> str:
    """Return our definition of a concept, marked as ours, and how many claims speak of it if not all are told.

    Arguments:
        label: the concept's, as it stands inside a sentence.
        means: its definition, as it stands inside a sentence.
        number: of the claims that speak of it.
        listed: of those in the answer.
    """
    ours = f"By {quoted(label)} we mean {means} (our definition, not the seminar’s)"
    more = f"{ours}; of {number_words(number)} claims on it, the main ones are these:"
    return more if 1 < listed < number and fits(more) else f"{ours}:"


def mainly(label: str, number: int) -> str:
    """Return that only the main ones are told of so many claims that speak of a concept."""
    return f"Of {number_words(number)} claims on {label}, the main ones are these:"


def long_form(label: str, others: Sequence[str], asked: str) -> str:
    """Return what a short name stands for, as a sentence; nothing where no long form is known.

    Arguments:
        label: of what the question names.
        others: its other labels.
        asked: by what words the question names it.
    """
    found = _SHORT_NAME.match(label)
    if found:
        return f"{found['short']} stands for {re.sub('^The ', 'the ', found['long'])}."
    short = (other.removeprefix("The ") for other in (label, *others))
    initials = {other for other in short if other.isupper() and len(other) > 1}
    longer = [other for other in (label, *others) if _initials(other) in initials]
    return f"{_initials(longer[0])} stands for {longer[0]}." if longer and fold(asked) != fold(longer[0]) else ""


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper())


def compared(names: Sequence[str], numbers: Sequence[int], shared: int) -> str:
    """Return how many things were said about each of two, and how many about both, up to a colon."""
    if not any(numbers):
        said = "One thing was" if shared == 1 else f"{number_words(shared).capitalize()} things were"
        return f"{said} said about both {listed_words(names)}:"
    each = [(n, name) for n, name in zip((*numbers, shared), (*names, "both"), strict=True) if n]
    (number, name), *others = each
    begins = f"{number_words(number).capitalize()} {'thing was' if number == 1 else 'things were'} said about {name}"
    full = f"{listed_words([begins, *(f'{number_words(n)} about {other}' for n, other in others)])}:"
    return full if fits(full) else "What was said about each, and about both:"
