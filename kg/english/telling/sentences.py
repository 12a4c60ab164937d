"""The sentences of an answer, the credits in them, and the questions that are offered beside it.

A claim is told with who said it and how: "A delegate said, as a criticism, that culture at the top is toxic."
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

#: How a claim was said that was not said as plainly so, for each such stance.
_MANNERS = {
    "recommends": ", as a recommendation",
    "criticises": ", as a criticism",
    "exemplifies": ", as an example",
}
#: What says by itself that something is recommended, or is an example.
_SAYS_SO = {
    "recommends": re.compile(r"\b(?:should|must|needs?|ought to|has to|have to|(?:is|are) to)\b"),
    "exemplifies": re.compile(r"\bexamples?\b"),
}
_TELLS = re.compile(
    r"\b(?:said|says|asked|asks|told|means?|meant|spoke|calls?|called|uses?|agreed|announced|promised|undertook|warned"
    r"|apologised|doubts?|doubted|objected|denied|proposed|suggested|demanded|wanted|replied|answered|added|explained"
    r"|complained|conceded|admitted)\b"
)
#: The most words of what a text says before which it need not be told that it is the text's.
LONGEST_FIRST = 20
#: How a speaker without a name begins who is one of several such.
_INDEFINITE = re.compile(r"^(?:an?|another) |^(?=(?:two|three|four|some|several) )")
_IN_MARKS = re.compile("“[^”]*”|‘[^’]*’")
_PASSIVE = re.compile(r"^it was \w+ed\b")
#: What a kind of words in a question is called for people.
KIND_NAMES = {
    "concept": "concept",
    "relation": "words on an arrow",
    "agent": "person or organisation",
    "stance": "how it was said",
    "list": "numbered list",
    "form": "form of question",
}
_SUMMARY = "the published summary"
_PASSING_ON = ", passing on "
_ASKED_BY_STANCE = {"recommends": "recommended", "criticises": "criticised"}


@dataclass(frozen=True)
class Said:
    """A claim as a sentence needs it.

    `credit` is whom to credit, `kind` the kind of attribution, `stance` how it was said, by its slug; `nobody` tells
    that the source does not say that anybody in particular spoke. `text` is the claim's sentence, `clause` the same as
    it stands inside another (see `kg.english.telling.clauses.inside`); `names_speaker` tells that it names who said it
    itself.
    `passed_on` is whose words were passed on, where the sentence does not say so.
    """

    credit: str
    kind: str
    stance: str
    nobody: bool
    text: str
    clause: str
    names_speaker: bool = False
    passed_on: str = ""

    @property
    def manner(self) -> str:
        """The stance, or "describes" where the sentence shows the stance by its own words."""
        shown = _SAYS_SO.get(self.stance)
        return "describes" if shown and shown.search(self.text) else self.stance


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
    return f"{said}{_PASSING_ON}{passed_on}" if passed_on else said


def without_passing_on(credit: str) -> str:
    """Return a credit without whose words were passed on (see `credit_of_speaker`)."""
    return credit.partition(_PASSING_ON)[0]


def report_of(credit: str) -> str:
    """Return what is credited in a report of a presentation: "the report of Michael West’s talk"."""
    return f"the report of {credit.removeprefix(f'{_SUMMARY} of ').removesuffix('’s presentation')}’s talk"


def speaker_of(said: Said) -> str:
    """Return who or what says a claim, as it stands inside a sentence."""
    if said.nobody:
        return "somebody (not named)"
    return report_of(said.credit) if said.kind == "presentation" else said.credit


def is_text(said: Said) -> bool:
    """Whether a claim is credited to a text, a summary or its report of a talk, and not to somebody who spoke."""
    return said.kind in ("presentation", "write-up")


def heading(said: Said, manner: str, *, again: bool = False) -> str:
    """Return who said a claim and how, without what was said: "A delegate said, as a criticism".

    Arguments:
        said: the claim.
        manner: how to tell that it was said, by the slug of a stance.
        again: whether the sentence before was of the same source.
    """
    how = _MANNERS.get(manner, "")
    if said.kind == "presentation" and not again:
        return f"In {report_of(said.credit)}{how}"
    return f"{_subject(said, again=again)} {_verb(said, manner)}{how}"


def _verb(said: Said, manner: str) -> str:
    if is_text(said):
        return "says"
    return "reported" if manner == "reports-evidence" else "said"


def _subject(said: Said, *, again: bool = False) -> str:
    """Return who says a claim, as a sentence begins with it; `again` where the sentence before was of the same."""
    if said.nobody:
        return "In the debate somebody (not named)"
    who = speaker_of(said)
    if again:
        who = f"the {'report' if said.kind == 'presentation' else 'summary'}" if is_text(said) else who
        who = f"{_INDEFINITE.sub('the same ', who)}{_passing(said)} also"
    else:
        who += _passing(said)
    return f"{who[:1].upper()}{who[1:]}"


def _passing(said: Said) -> str:
    return f", passing on the words of {said.passed_on}," if said.passed_on else ""


def heading_inside(text: str, said: Said) -> str:
    """Return a heading, or a sentence that begins with it, as it stands inside another sentence."""
    small = text.startswith(("In ", "According ", "The report ")) or said.credit[:1].islower()
    return text[:1].lower() + text[1:] if small else text


def by_itself(said: Said) -> str:
    """Return a claim that names its own speaker as it stands without a heading: "Ruth Adeyemi means ..."."""
    return said.text.rstrip(".") if _TELLS.search(said.text) else f"By their own account, {said.clause}"


def told(said: Said, *, answer_first: bool = False, manner: bool = True) -> str:
    """Return a claim as one sentence with who said it.

    Arguments:
        said: the claim.
        answer_first: whether what a text says comes before which text it is, if it is short.
        manner: whether to tell how it was said.
    """
    if said.names_speaker:
        return f"{by_itself(said)}."
    if answer_first and is_text(said) and said.manner not in _MANNERS and len(said.clause.split()) <= LONGEST_FIRST:
        return f"{said.clause[:1].upper()}{said.clause[1:]}, according to {speaker_of(said)}."
    return sentence(said, [said.clause], manner=manner)


def sentence(said: Said, clauses: Sequence[str], *, again: bool = False, manner: bool = True) -> str:
    """Return what one source says as one sentence.

    Arguments:
        said: one of the claims, which were all said in the same way.
        clauses: their words, as they stand inside a sentence.
        again: whether the sentence before was of the same source.
        manner: whether to tell how they were said, if not as plainly so.
    """
    first = clauses[0]
    if said.nobody and len(clauses) == 1 and _PASSIVE.match(first):
        return f"In the debate {first}."
    how = _MANNERS.get(said.manner, "") if manner else ""
    if is_text(said) and not how and not again:
        return _ended(f"According to {speaker_of(said)}, {', and '.join(clauses)}")
    begins = f"{_subject(said, again=again)} {_verb(said, said.manner)}{how}"
    if first.startswith("that "):
        return _ended(f"{begins}: {', and '.join(clauses)}")
    return _ended(f"{begins}{',' if how else ''} that {', and that '.join(clauses)}")


def go_together(claims: Sequence[Said]) -> bool:
    """Whether claims make one sentence: all of one source, said in the same way, and none names its own speaker.

    What was said by people without names need not be of the same person.
    """
    first = claims[0]
    alike = len({(said.credit, said.kind, said.manner, said.passed_on) for said in claims}) == 1
    return alike and not first.nobody and not any(said.names_speaker for said in claims)


def are_plain(clauses: Iterable[str]) -> bool:
    """Whether clauses can be joined by "and": none has a colon or the like, after which it would not be clear."""
    return not any(re.search("[:;]", _IN_MARKS.sub("", clause)) for clause in clauses)


def told_together(claims: Sequence[Said]) -> str:
    """Return claims of one source as one sentence with who said them; "" where they do not make one."""
    clauses = [said.clause for said in claims]
    return sentence(claims[0], clauses) if go_together(claims) and are_plain(clauses) else ""


def _ended(text: str) -> str:
    return text if ended(text) else f"{text}."


def ended(text: str) -> bool:
    """Whether a text ends as a sentence does, within quotation marks or without."""
    return text.rstrip("”’")[-1:] in tuple(".?!")


def quoted(text: str) -> str:
    """Return text in quotation marks: double, or single where it has double ones itself."""
    return f"‘{text}’" if "“" in text else f"“{text}”"


def listed_words(words: Sequence[str], *, last: str = "and", most: int | None = None) -> str:
    """Return words as a list in a sentence: "a", "a and b", "a, b and c"; beyond `most`, how many more there are."""
    if most is not None and len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} more"]
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def at_seminar(title: str, when: str) -> str:
    """Return at which of several seminars something was said, and when it was held ("" where not known)."""
    return f"At {quoted(title)}{f', {when}' if when else ''}"


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
