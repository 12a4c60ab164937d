"""What is said where a question is not answered: what was looked for, why it ended so, and why a claim is near.

Everything is put together from clauses without a full stop; a sentence of them has at most `MOST_WORDS` words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.english.asking.question_form import asked_places
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


def lacked(kind: str) -> str:
    """Return what a summary does not give, by the name of the kind of thing: "gives no figure for this"."""
    return _LACKS[kind]


def not_among_statements(name: str, number: int, unsaid: str | None) -> str:
    """Return that nothing of what somebody said answers a question, or says what `unsaid` has."""
    said = f"say {unsaid}" if unsaid and " " in unsaid else "answer this"
    return f"none of the {number} claims credited to {name} was found to {said}"


def unsaid(question: str, noun: str | None, *, yes_no: bool) -> str | None:
    """Return what is not said where a question is not answered: "how", "which trust"; None where it asks by no word.

    Arguments:
        question: its text.
        noun: the noun that is asked for ("trust" in "Which trust ...?").
        yes_no: whether yes or no is asked for.
    """
    if yes_no:
        return "whether this is so"
    if noun:
        return f"{'what' if f'what {fold(noun)}' in fold(question) else 'which'} {noun}"
    asked = asked_places(question)
    found = next((each for each in _ASKED_BY.finditer(fold(question)) if each.start() in asked), None)
    return found[1] if found else None


def not_found(unsaid: str) -> str:
    """Return that no claim was found that says what `unsaid` has; one word that asks does not end a sentence well."""
    return f"no claim was found that {f'says {unsaid}' if ' ' in unsaid else 'answers this'}"


def summary_clause(summary: str, verb: str, *, several: bool = False) -> str:
    """Return that a summary, or several, "gives no date for this"."""
    first, _, rest = verb.partition(" ")
    return f"{summary} {first.removesuffix('s') if several else first} {rest}"


def words_apart(first: str, second: str) -> str:
    """Return that two words of a question are each in claims and in none together."""
    return f"there are claims on {quoted(first)} and on {quoted(second)}, but none on both"


def words_together(words: Sequence[str]) -> str:
    """Return that claims have the words of a question and still do not answer it."""
    return f"there are claims on {in_quotation_marks(words)}, but none was found that answers this"


NOTHING = "no claim answers this"
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
    nowhere: Sequence[str] = (),
    elsewhere: Sequence[str] = (),
    form: str | None = None,
) -> str:
    """Return in one short sentence why a claim is near to a question that it does not answer.

    Arguments:
        has: what it has of the question, in words.
        lacks: the kind of thing that is asked for and that it lacks.
        credit: whom it is credited to, where another was asked for.
        nowhere: words of the question that no claim has.
        elsewhere: words of the question that only other claims have.
        form: what it does not say (see `unsaid`).
    """
    about = in_quotation_marks(has) if has else "something like this"
    if credit:
        return f"It speaks of {about}, but is credited to {credit}."
    if lacks:
        return f"It speaks of {about}, but {_CLAIM_LACKS[lacks]}."
    if nowhere:
        absent = list(nowhere)[:2]
        return f"It has {about}; {in_quotation_marks(absent)} {'occurs' if len(absent) == 1 else 'occur'} nowhere."
    if elsewhere:
        return f"It speaks of {about}, not of {in_quotation_marks(elsewhere, last='or', most=2)}."
    return f"It speaks of {about}, but does not say {form or 'this'}."
