"""The words of concept maps: titles, legends, notes on arrows, source lines. Plain values in, text out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.english.dates import day
from kg.english.numbers import counted
from kg.english.telling.sentences import listed_words

STANCE_WORDS = {
    "describes": "described",
    "recommends": "recommended",
    "criticises": "criticised",
    "exemplifies": "given as an example",
    "reports-evidence": "reported as evidence",
}
"""Stance of a claim -> what the legend calls its lines, in the legend's order."""

STATUS_WORDS = {
    "condition": "a condition",
    "goal": "a goal",
    "content": "what was told or noted",
}
"""Status of a proposition that is neither claimed nor denied outright -> what the legend calls it."""

EDITORS_LINK = "editor's link, not a claim"
"""What the legend calls the links that nobody claimed."""

DEBATE = "debate"
"""What stands on the arrow of a claim from a debate in which nobody is named."""

SUMMARY = "summary"
"""What stands on an arrow that the published summary and a speaker both make, for the summary."""

_ASKED = {
    "describes": "describe",
    "recommends": "recommend",
    "criticises": "criticise",
    "exemplifies": "give as an example",
    "reports-evidence": "report as evidence",
}
"""Stance of a claim -> what a title asks whether somebody did it."""

KIND_OF = "is a kind of"
"""The linking phrase from a narrower concept to a broader one."""

HEADINGS = frozenset(
    "concept,from,source,subject,linking phrase,linking words,link,label,relation,predicate,words,"
    "words on the arrow,to,target,object".split(",")
)
"""What may stand over the columns of a list of propositions, without a number ("concept 2")."""

NO_QUESTION = "What was claimed?"
"""The title of a map whose seminars have no single focus question."""

# Nothing for "denied": its phrase and its claim say "not" themselves, and twice would take it back.
_STATUS_NOTES = {
    "condition": "said as a condition",
    "goal": "said as a goal",
    "content": "what was told or noted",
    "broader": "an editor's link, not a claim",
}

STATUS_COLUMN = {"broader": "editor's link"}
"""What lists and comments call a status, where they do not call it by its own name."""

_STEPS = {2: "up to two steps away", 3: "up to three steps away"}


def title(
    about: Sequence[str] = (),
    *,
    alias: str | None = None,
    steps: int = 1,
    topic: str | None = None,
    speaker: str | None = None,
    stance: str | None = None,
    seminar: str | None = None,
) -> str:
    """Return the title of a map of a part of the claims: another one for each kind of part.

    Arguments:
        about: the labels of the concepts that it is around, as they stand inside a sentence.
        alias: the word that was given for all of them, where they are several.
        steps: how many steps around them it shows.
        topic: the label of its topic.
        speaker: who made its claims.
        stance: how they were made ("recommends").
        seminar: the name of the seminar that they were made at, where there are others.
    """
    if speaker:
        words = f"What did {speaker} {_ASKED.get(stance or '', 'claim')}"
    else:
        words = f"What was {STANCE_WORDS.get(stance or '', stance or 'claimed')}"
    named = f"{alias} ({listed_words(about)})" if alias else listed_words(about)
    if about:
        words += f" about {named}{f', {_STEPS[steps]}' if steps in _STEPS else ''}"
    if topic:
        words += f"{',' if about else ''} on the topic “{topic}”"
    return f"{words}{f' at “{seminar}”' if seminar else ''}?"


def overview_title(question: str) -> str:
    """Return the title of an overview, by the title of the whole map."""
    return f"{question}{' ' if question.endswith('?') else ' – '}An overview by topic"


# ── What is left out, and who said what has no name on it ───────────────────────────────────────────────────

MOST_LISTED = 12
"""Concepts that a note names."""


def left_off(concepts: Sequence[str], claimed: int) -> str:
    """Return the note on concepts that a whole map leaves off, by their labels, and on the arrows that go with them."""
    are = "is" if len(concepts) == 1 else "are"
    return (
        f"{counted(len(concepts), 'finer concept')}, with {counted(claimed, 'claimed arrow')}, {are} on the topic "
        f"maps: {listed_words(concepts, most=MOST_LISTED)}."
    )


def hidden(concepts: Sequence[str], claimed: int) -> str:
    """Return the note on concepts that somebody chose to leave out, by their labels, and on their arrows."""
    arrows = f", with {counted(claimed, 'claimed arrow')}" if claimed else ""
    return f"On request this map leaves out {listed_words(concepts, most=MOST_LISTED)}{arrows}."


def ranked_lower(concepts: Sequence[str], claimed: int) -> str:
    """Return the note on concepts that there was no room for, by their labels, and on their arrows."""
    are = "is" if len(concepts) == 1 else "are"
    return (
        f"{counted(len(concepts), 'concept')} of lower rank, with {counted(claimed, 'claimed arrow')}, {are} left out: "
        f"{listed_words(concepts, most=MOST_LISTED)}."
    )


def outermost(arrows: int) -> str:
    """Return the note on arrows that join concepts at the rim of a map around a concept."""
    return f"{counted(arrows, 'claimed arrow')} among the outermost concepts {'is' if arrows == 1 else 'are'} left out."


def without_arrow(claims: Sequence[str]) -> str:
    """Return the note on claims that no map draws, by their sentences."""
    if len(claims) == 1:
        return f"One claim joins no two concepts and has no arrow: “{claims[0].rstrip('.')}”."
    return f"{len(claims)} claims join no two concepts and have no arrow."


REST = "The map in words tells the rest."
"""What stands under a picture that has no room for all notes."""


def shortly(note: str) -> str:
    """Return a note on what is left out without the list that ends it, and without its arrows."""
    told, colon, listed = note.partition(": ")
    shorter = f"{told}." if colon and len(sentences([listed])) == 1 else note
    return re.sub(r", with \d+ claimed arrows?,?", "", shorter)


def sentences(notes: Sequence[str]) -> list[str]:
    """Return the sentences of notes one by one."""
    return [each for note in notes for each in re.split(r"(?<=[.?!]) (?=[A-Z0-9])", note)]


def within_topics(claims: int, untold: Sequence[str]) -> str:
    """Return the note on an overview: claims that stay within one topic, and concepts that have none."""
    are = "is" if claims == 1 else "are"
    inside = f"{counted(claims, 'claim')} within one topic {are} on its own map" if claims else ""
    others = f"without a topic and left out: {listed_words(untold, most=MOST_LISTED)}" if untold else ""
    return f"{'; '.join(filter(None, (inside, others)))}." if inside or others else ""


def unmarked(credit: Sequence[str], all_of_them: bool) -> str:
    """Return the note on who made the claims on whose arrows no name stands.

    Arguments:
        credit: who made them, each once.
        all_of_them: whether no arrow of the map has a name on it.
    """
    arrows = "All arrows" if all_of_them else "Arrows without a name"
    more = f" or by {len(credit) - 3} others" if len(credit) > 3 else ""
    return f"{arrows}: said by {' or by '.join(credit[:3])}{more}."


NOTE = ("This list", "says that")
"""How a list of propositions says what it leaves out, as one more of them."""

LONGEST_TAG = 30
"""Characters of a speaker's name that stands on the arrow where a file says no more than that."""


def tag_of(credit: str) -> str | None:
    """Return a credit as a tag, if it is short enough for the picture; None where the notes say it."""
    return credit if credit and len(credit) <= LONGEST_TAG else None


def unplaced(names: Sequence[str]) -> str:
    """Return the note on arrows that had no room for the name of those who said it, an element each."""
    counts = [f"{name} ({counted(names.count(name), 'arrow')})" for name in dict.fromkeys(names)]
    return f"Said by others, with no room for a name: {listed_words(counts, most=3)}."


def tag(names: Sequence[str]) -> str:
    """Return what stands small on the arrow for those who made its claims, each named once."""
    return " + ".join(dict.fromkeys(names))


def description(concepts: int, links: int) -> str:
    """Return a sentence on a map for those who cannot see it."""
    return f"Concept map of {concepts} concepts and {links} claimed links between them."


def overview_description(topics: int) -> str:
    """Return a sentence on an overview for those who cannot see it."""
    return f"Overview of {topics} topics and of the claims that lead from one to another."


def chosen_words(
    *,
    stance: str | None,
    about: str | None,
    topic: str | None,
    speaker: str | None,
    seminar: str | None,
    hides: bool,
) -> list[str]:
    """Return the words for each part of what was chosen, such as "criticised".

    Arguments:
        stance: how the claims were made, in words.
        about: what they are about, as it stands inside a sentence.
        topic: the label of their topic.
        speaker: who made them.
        seminar: the name of the seminar that they were made at.
        hides: whether something is left out on request.
    """
    words = [stance or "", about and f"about {about}", topic and f"on the topic “{topic}”"]
    words += [speaker and f"said by {speaker}", seminar and f"at “{seminar}”", "without what is hidden" * hides]
    return [each for each in words if each]


def nothing_fits(chosen: Sequence[str]) -> str:
    """Return the sentence that refuses a choice that leaves nothing to draw, by the words for what was chosen."""
    what = f": {', '.join(chosen)}" if chosen else ""
    return f"No claim that can be drawn fits this choice{what}; choose another topic, speaker or concept."


def credits_joined(credit: Sequence[str]) -> str:
    """Return who made the claims behind one arrow, each named once."""
    return " and ".join(dict.fromkeys(credit))


def credit_at(credit: str, seminar: str) -> str:
    """Return who made a claim at one of several seminars."""
    return f"{credit}, at “{seminar}”"


def legend_words(statuses: Sequence[str], stance: str | None, credit: Sequence[str]) -> str:
    """Return what the legend says of a kind of line.

    Arguments:
        statuses: those that its propositions have.
        stance: the stance that they share, if any.
        credit: who made them, as far as known; a criticism names one or two of them.
    """
    if "broader" in statuses:
        return EDITORS_LINK
    if named := [words for status, words in STATUS_WORDS.items() if status in statuses]:
        return f"{', '.join(named[:-1])}{' or ' if named[1:] else ''}{named[-1]}"
    words = STANCE_WORDS.get(stance or "", stance or "claimed")
    said = stance == "criticises" and 0 < len(credit) < 3
    return f"{words} by {' and '.join(sorted(credit))}" if said else words


def step_of(step: int, steps: int) -> str:
    """Return how far a map has been told, of so many steps."""
    return f"Step {step} of {steps}"


def with_notes(said: str, status: str, credit: str | None) -> str:
    """Return a proposition in words as a sentence, with what kind of statement it is and who made it."""
    notes = [_STATUS_NOTES[status]] if status in _STATUS_NOTES else []
    if credit:
        notes.append(f"said by {credit}")
    return f"{said} ({'; '.join(notes)})." if notes else f"{said}."


def how(status: str, stance: str | None) -> str:
    """Return how a claim was said, as a reader is told beside it; what is denied says "not" itself."""
    words = [STANCE_WORDS.get(stance or "", stance or ""), _STATUS_NOTES.get(status, "")]
    return ", ".join(filter(None, words))


def how_and_who(status: str, stance: str | None, credit: str | None) -> str:
    """Return status, stance and speakers of an arrow as a comment in a file, to be read by programs too."""
    parts = [f"status: {STATUS_COLUMN.get(status, status)}"]
    parts += [f"how it was said: {STANCE_WORDS.get(stance, stance)}"] if stance else []
    parts += [f"who said it: {credit}"] if credit else []
    return "; ".join(parts)


def kind(broader: str) -> str:
    """Return what stands small on the border of a concept's box, by the label of the broader concept."""
    return f"a kind of {broader}"


def kind_note(broader: str) -> str:
    """Return what is told of a concept that no arrow joins to the broader one, by that one's label; "" for none."""
    return "" if not broader else f"{kind(broader)}, by the editor's word"


def kinds(pairs: Sequence[tuple[str, str]]) -> str:
    """Return a sentence on the broader concepts that no arrow leads to, by (narrower, broader); "" for none."""
    said = "; ".join(f"{narrower} – {kind(broader)}" for narrower, broader in pairs)
    return f"By the editor's word, and no claims: {said}." if said else ""


def source_line(title: str, start: str | None, conference: str | None, publisher: str) -> str:
    """Return the line that stands under a picture.

    Arguments:
        title: the title of the seminar's document.
        start: when the seminar began, ISO 8601, if that is known.
        conference: the conference that it was part of, if any.
        publisher: who published the document.
    """
    where = "".join(f", {words}" for words in (conference, day(start)) if words)
    return f"Claimed at the seminar “{title}”{where}; from the summary published by {publisher}"


def topic_label(topic: str, names: Sequence[str], others: int) -> str:
    """Return what stands in the box of a topic: its label, some of its concepts, and how many `others` it has."""
    listed = f"{', '.join(names)} and {others} more" if others else " and ".join(names)
    return f"{topic}: {listed}" if listed else topic


def topic_definition(labels: Sequence[str]) -> str:
    """Return what a topic's box tells when asked for more: all its concepts."""
    return f"{counted(len(labels), 'concept')}: {', '.join(labels)}"


def claims_between(claims: int, source: str, target: str) -> str:
    """Return a sentence on the arrow between two topics, by their labels as they stand inside a sentence."""
    return f"{counted(claims, 'claim')} {'leads' if claims == 1 else 'lead'} from {source} to {target}"


def too_large(concepts: int, limit: int, overview: str, narrower: Sequence[str]) -> str:
    """Return the sentence that refuses a map of so many concepts.

    Arguments:
        concepts: how many it would have.
        limit: how many can be drawn.
        overview: how the reader asks for the overview.
        narrower: how the reader asks for less.
    """
    return (
        f"A map of {concepts:,} concepts is too large to draw (the limit is {limit}); see the overview by topic "
        f"with {overview}, or draw a part of it with {', '.join(narrower[:-1])} or {narrower[-1]}."
    )
