"""The sentences of an answer, the credits in them, and the questions that are offered beside it.

An answer names who said it, then the claim in our words, then the short quotation in quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.english.numbers import number_words

#: For each stance how it was said: of somebody who spoke, of what was published, and of nobody in particular.
_VERBS = {
    "describes": ("said", "says", "said"),
    "recommends": ("recommended", "recommends", "recommended"),
    "criticises": ("criticised", "criticises", "criticised"),
    "exemplifies": ("gave as an example", "gives as an example", "given as an example"),
    "reports-evidence": ("reported", "reports", "reported"),
}
#: What a kind of words in a question is called for people.
KIND_NAMES = {
    "concept": "concept",
    "relation": "words on an arrow",
    "agent": "person or organisation",
    "stance": "how it was said",
    "list": "numbered list",
    "form": "form of question",
}
_LEADS = {"yes": "Yes.", "no": "No.", None: "The seminar settles this neither way."}
_SUMMARY = "the published summary"
_ASKED_BY_STANCE = {"recommends": "recommended", "criticises": "criticised"}


@dataclass(frozen=True)
class Said:
    """A claim as a sentence needs it: its text, its quotations, and by whom and how it was said (see `credited`)."""

    credit: str
    text: str
    quotations: tuple[str, ...]


def credit_of_summary(presenters: Iterable[str] = ()) -> str:
    """Return the credit of what a published summary says itself, or reports of a presentation.

    Arguments:
        presenters: the names of those whose presentation it reports; none for the summary itself.
    """
    names = " and ".join(sorted(set(presenters)))
    return f"{_SUMMARY} of {names}’s presentation" if names else _SUMMARY


def credit_of_speaker(speakers: Iterable[str], reported: Iterable[str] = ()) -> str:
    """Return the credit of what somebody said: "Michael West, passing on Salford".

    Arguments:
        speakers: the names of those who said it.
        reported: the names of those whose words they passed on.
    """
    said, passed_on = (" and ".join(sorted(set(names))) for names in (speakers, reported))
    return f"{said}, passing on {passed_on}" if passed_on else said


def credited(credit: str, stance: str, *, written: bool, nobody: bool) -> str:
    """Return who said a claim and how: "A delegate criticised", "The published summary ... recommends".

    Arguments:
        credit: whom to credit, in words.
        stance: how it was said, by its slug.
        written: whether it was published rather than spoken.
        nobody: whether the source does not say that anybody in particular spoke.
    """
    past, present, passive = _VERBS[stance]
    if nobody:
        return f"In the debate, no speaker being named, it was {passive}"
    return f"{credit[:1].upper()}{credit[1:]} {present if written else past}"


def quoted(text: str) -> str:
    """Return text in quotation marks: double, or single where it has double ones itself."""
    return f"‘{text}’" if "“" in text else f"“{text}”"


def sentence(claims: Sequence[Said], lead: str = "", *, listed: bool = False) -> str:
    """Return claims as readable text: each speaker named once, each claim with its quotation.

    Arguments:
        claims: in the source's order.
        lead: what comes first, such as "Yes." or "Three."
        listed: number the claims.
    """
    parts = [lead] if lead else []
    numbered = listed and len(claims) > 1
    for credit, group in groupby(enumerate(claims, start=1), key=lambda each: each[1].credit):
        said = [
            f"{f'({number}) ' if numbered else ''}{claim.text.rstrip('.')} ({', '.join(map(quoted, claim.quotations))})"
            for number, claim in group
        ]
        parts.append(f"{credit}: {'; '.join(said)}.")
    return " ".join(parts)


def at_seminar(title: str, when: str, said: str) -> str:
    """Return what was said at one of several seminars, with its title and when it was held ("" where not known)."""
    return f"At {quoted(title)}{f', {when}' if when else ''}: {said}"


def lead(verdict: str | None, counted: int | None, *, yes_no: bool) -> str:
    """Return what an answer begins with: its verdict where it has to give one, and the number that it counted."""
    words = [_LEADS[verdict]] if yes_no else []
    if counted is not None:
        words.append(f"{number_words(counted).capitalize()}.")
    return " ".join(words)


def question_about(label: str) -> str:
    """Return the question for what was said about something."""
    return f"What was said about {label}?"


def questions_by_stance(label: str) -> Iterator[tuple[str, str]]:
    """Yield the questions for what was said about something in a certain way, each after the slug of its stance."""
    for stance, words in _ASKED_BY_STANCE.items():
        yield stance, f"What was {words} about {label}?"


def question_of_speaker(name: str, label: str | None = None) -> str:
    """Return the question for what somebody said, about something or at all."""
    return f"What did {name} say about {label}?" if label else f"What did {name} say?"


def question_of_list(name: str) -> str:
    """Return the question for the items of an ordered list."""
    return f"What are {name}?"
