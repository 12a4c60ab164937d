"""What is said where a question is not answered: what was looked for, why it ended so, and why a claim is near.

Everything is put together from clauses without a full stop; a sentence of them has at most `MOST_WORDS` words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.english.asking.question_form import asked_places
from kg.english.numbers import number_words
from kg.english.telling.sentences import listed_words, quoted
from kg.english.words import fold

MOST_WORDS = 30
#: How many words of a question are named as those that occur nowhere, or that a claim has.
MOST_NAMED = 3
#: How a summary that has no such thing is said to lack each kind of thing that is asked for
#: (kg/english/asking/asked_for.py).
_LACKS = {
    "money": "gives no amount of money for this",
    "quantity": "gives no figure for this",
    "time": "gives no date for this",
    "place": "gives no place for this",
    "name": "gives no name for this",
    "reason": "gives no reason for this",
}
_CLAIM_LACKS = {
    "money": "gives no amount",
    "quantity": "gives no number",
    "time": "gives no date",
    "reason": "gives no reason",
}
#: What asks for a date, and not for how long something takes or how often it is.
_DATED = re.compile(r"\b(?:when|dates?|days?|months?|years?|century)\b")
_ASKED_BY = re.compile(
    r"\b(who|whom|whose|when|where|why|how(?: (?:much|many|often|long|old|big|large|far|wide|high|deep|fast|soon))?)\b"
)
#: A name and nothing else after these words: "Who is Jason Helgerson?".
_WHO_IS = re.compile(r"\bwho(?:'?s| is| was| are| were) (?P<who>[\w.'-]+(?: [\w.'-]+){0,3})\W*$")
#: What no name begins with.
_NO_NAME = re.compile(r"(?:the|a|an|this|that|his|her|their|my|your|our|any|some|every|each|no|in|on|at|of)\b")


def in_quotation_marks(words: Iterable[str], *, last: str = "and", most: int = MOST_NAMED) -> str:
    """Return words of a question, each in quotation marks, as a list."""
    return listed_words([quoted(word) for word in words][:most], last=last)


def person_asked(question: str) -> tuple[int, int] | None:
    """Return where in a question the name stands of whom it asks who that is; None where it does not ask that."""
    found = _WHO_IS.search(fold(question))
    return found.span("who") if found and is_like_a_name(found["who"]) else None


def is_like_a_name(words: str) -> bool:
    """Whether words may be somebody's name: they do not begin with an article or the like."""
    return not _NO_NAME.match(fold(words))


# ── Clauses on why nothing answers a question ──


def summary_of(seminar: str) -> str:
    """Return what the summary of one of several seminars is called."""
    return f"the summary of {quoted(seminar)}"


def who_did(role: str, seminar: str | None, *, body: bool) -> str:
    """Return a role ("chaired the seminar") as it stands after a name, of several seminars with where."""
    where = f" {quoted(seminar)}" if seminar and role.endswith("the seminar") else ""
    return f"{'which' if body else 'who'} {role}{where}"


def unknown_name(name: str, summary: str) -> str:
    """Return that nobody of this name is known."""
    return f"nobody called {quoted(name)} is named in {summary}"


def nothing_of(words: str, summary: str) -> str:
    """Return that nothing is there of somebody whom a question names by other words than a name."""
    return f"{summary} has no statement of {quoted(words)}"


def credited_with_nothing(name: str, known_as: str | None) -> str:
    """Return that somebody is known and that nothing which was said is theirs.

    Arguments:
        name: who it is.
        known_as: what they did there or are, as it stands after the name; None where that is not known.
    """
    return f"no statement is credited to {name}{f', {known_as}' if known_as else ''}"


def words_absent(words: Sequence[str]) -> str:
    """Return that words of a question are in no claim."""
    named = list(words)[:MOST_NAMED]
    return f"{in_quotation_marks(named)} {'occurs' if len(named) == 1 else 'occur'} in no claim and no quotation"


def came_later(dates: Sequence[str]) -> str:
    """Return that a summary cannot have what came after it; `dates` are those of the summaries, as far as known."""
    if not dates:
        return "what came later is not in the summary"
    return f"what came later is not in {'a summary' if len(dates) == 1 else 'summaries'} of {listed_words(dates)}"


def lacked(kind: str, question: str) -> str:
    """Return what a summary does not give, by the name of the kind of thing: "gives no figure for this"."""
    return _LACKS[kind] if kind != "time" or asks_for_date(question) else "gives no time for this"


def asks_for_date(question: str) -> bool:
    """Whether a question asks when something was, and not how long it took."""
    return bool(_DATED.search(fold(question)))


def not_among_statements(name: str, number: int, *, yes_no: bool) -> str:
    """Return that nothing of what somebody said answers a question, for yes or no or another one."""
    said = "say just this" if yes_no else "answer this"
    return f"none of the {number_words(number)} claims credited to {name} was found to {said}"


def unsaid(question: str, *, yes_no: bool) -> str:
    """Return what a claim would do that answers a question: "says how", "answers this".

    Arguments:
        question: its text.
        yes_no: whether yes or no is asked for.
    """
    if yes_no:
        return "says whether this is so"
    asked = asked_places(question)
    found = next((each for each in _ASKED_BY.finditer(fold(question)) if each.start() in asked), None)
    return f"says {found[1]}" if found else "answers this"


def summary_clause(summary: str, verb: str, *, several: bool = False) -> str:
    """Return that a summary, or several, "gives no date for this"."""
    first, _, rest = verb.partition(" ")
    return f"{summary} {first.removesuffix('s') if several else first} {rest}"


def claims_on(words: Sequence[str], unsaid: str = "") -> str:
    """Return that claims have words of a question, and that none does what an answer would (see `unsaid`)."""
    return f"there are claims on {in_quotation_marks(words)}{f', but none was found that {unsaid}' if unsaid else ''}"


def nothing_found(unsaid: str) -> str:
    """Return that no claim was found that does what an answer would."""
    return f"no claim was found that {unsaid if ' ' in unsaid.removeprefix('says ') else 'answers this'}"


def no_reason_for(clause: str, *, several: bool) -> str:
    """Return the sentence that no reason is given for what was said, of several summaries or of one."""
    who = "The summaries give" if several else "The summary gives"
    full = f"{who} no reason why {clause}."
    short = f"This is said, but {who[:1].lower()}{who[1:]} no reason for it."
    return full if len(full.split()) <= MOST_WORDS else short


#: Why a claim is near to a question for its reason.
GIVES_NO_REASON = "It says this, but gives no reason."
ONLY_SAID = "only what was said can be looked up"
NO_WORDS = "there is no word in this that could be looked for"


def sentence_of(clauses: Iterable[str]) -> str:
    """Return clauses as one sentence of at most `MOST_WORDS` words, those that come first before others."""
    taken = ""
    for clause in clauses:
        longer = f"{taken}; {clause}" if taken else clause
        if not taken or len(longer.split()) <= MOST_WORDS:
            taken = longer
    return f"{taken[:1].upper()}{taken[1:]}."


# ── Why a claim is near ──


def why_near(
    has: Sequence[str],
    *,
    lacks: str | None = None,
    credit: str | None = None,
    not_of: Sequence[str] = (),
) -> str:
    """Return in one short sentence why a claim is near to a question that it does not answer.

    Arguments:
        has: what it has of the question, in words.
        lacks: the kind of thing that is asked for and that it lacks.
        credit: whom it is credited to, where another was asked for.
        not_of: words of the question that it does not have.
    """
    about = in_quotation_marks(has) if has else "something like this"
    if credit:
        return f"It speaks of {about}, but is credited to {credit}." if has else f"It is credited to {credit}."
    if lacks:
        return f"It speaks of {about}, but {_CLAIM_LACKS[lacks]}."
    if not_of:
        return f"It speaks of {about}, not of {in_quotation_marks(not_of, last='or', most=2)}."
    return f"It speaks of {about}."
