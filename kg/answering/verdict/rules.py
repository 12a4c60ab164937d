"""The verdict on a question for yes or no, decided on the graph by rules, each with a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.answering.speaker import credited_to
from kg.answering.verdict.comparison import HALF, Comparison
from kg.english import modality
from kg.english.numbers import NUMBERS

#: The most of a question's content that a claim may lack and still decide it (a share), and still be near to it.
MOST_LACKING, NEAR = 0.2, 0.6
#: The most that it may lack where it was found to be what is asked for, to say "yes" and to say "no".
MOST_LACKING_OF_YES, MOST_LACKING_OF_NO = 0.35, 0.65
#: Stems of verbs that take a thing and not a sentence: "did she mention Salford?"; and of those for praise and blame.
TOPICAL = frozenset("mention talk speak discuss refer touch bring address cite quot comment remark".split())
PRAISE = frozenset("prais commend applaud welcom endors support back admir thank".split())
BLAME = frozenset("criticis attack condemn blame complain accus".split())
SIDES = ("disputes", "is disputed by", "disagrees with", "refutes", "is refuted by")


@dataclass(frozen=True)
class Judgement:
    """What one claim says to a question for yes or no.

    `verdict` is "yes", "no" or None; `rule` names the rule that decided, `differs` says what kept it from "yes";
    `fits` tells whether the claim is what is asked about, so that it is cited even where it decides nothing.
    """

    comparison: Comparison
    verdict: str | None
    rule: str
    differs: str | None = None
    fits: bool = True

    @property
    def lacks(self) -> float:
        """The share of the question's content that the claim does not have."""
        return self.comparison.lacks


def judged(comparison: Comparison) -> Judgement:
    """Return what a claim's proposition says to a question for yes or no.

    Arguments:
        comparison: the question beside the proposition.
    """
    c = comparison
    asked = c.asked

    def none(rule: str, differs: str | None = None, *, fits: bool = True) -> Judgement:
        return Judgement(c, None, rule, differs, fits)

    if asked.speaker and asked.speaker.verb in TOPICAL | PRAISE | BLAME and c.lacks <= MOST_LACKING and asked.weight:
        if asked.speaker.verb not in TOPICAL and (asked.speaker.verb in BLAME) != (c.claim.stance == "criticises"):
            contrary = c.claim.stance == "criticises" and credited_to(c.claim, asked.speaker)
            return Judgement(c, "no" if contrary else None, "another tone", fits=bool(contrary))
        return _attributed(c, _flip("yes", asked.negations), "asserted")
    if c.same_time is not None:
        return _attributed(c, _flip("yes" if c.same_time else "no", asked.negations), "time")
    if asked.framed & modality.ALL - {"both", "each", "any"}:
        return none("amount", ", ".join(asked.framed & modality.ALL), fits=False)
    if c.is_open_to_all and c.lacks <= NEAR and c.touches >= 1.0:
        return _attributed(c, _flip("no", asked.negations), "only some")
    if _other_value(c):
        return Judgement(c, _flip("no", asked.negations), "another value", _words(c, c.lacking))
    if c.lacks > MOST_LACKING:
        return none("another matter", _words(c, c.lacking), fits=False)
    one_end = c.is_one_end and c.claim.stance == "recommends" and modality.OUGHT in asked.moods
    if not (c.is_whole or one_end or c.is_same_sentence):
        return none("another arrow", None, fits=False)
    if later := c.beyond(modality.LATER):
        return none("later", ", ".join(later))
    if c.other_number:
        return _attributed(c, _flip("no", asked.negations), "another number")
    for words, rule in ((modality.ALL, "amount"), (frozenset(NUMBERS) - {"one", "single"}, "amount"), (modality.DEGREE, "degree"), (modality.ONLY, "amount")):
        if beyond := c.beyond(words):
            return none(rule, ", ".join(beyond))
    if c.is_reversed:
        return none("turned round")
    status = c.proposition.status
    if status == "content" and not asked.speaker:
        return none("reported")
    if status == "condition":
        return none("condition")
    if c.has_open_condition:
        return none("condition")
    if not c.has_same_number and (rule := _other_mood(c, one_end=one_end)):
        return none(rule)
    if any(link.relation in SIDES for link in c.claim.links) and not asked.speaker:
        return none("two sides")
    return _attributed(c, "no" if c.is_turned else "yes", "denied" if c.is_turned else "asserted")


def judged_as_found(comparison: Comparison) -> Judgement | None:
    """Return what a claim says to a question that was found to ask for it, though the words of both differ.

    None where that is too little to tell: what the claim lacks may be what matters. It tells "no" sooner than "yes",
    because it takes a word of its own to say the contrary of a claim.
    """
    c = comparison
    beyond = any(map(c.beyond, (modality.LATER, modality.DEGREE, modality.ALL)))
    if beyond or c.is_reversed or c.proposition.status in ("content", "condition", "goal") or c.has_open_condition:
        return None
    if c.lacks > MOST_LACKING_OF_NO or _other_mood(c, one_end=False):
        return None
    if c.proposition.subject_kind != "concept" and c.proposition.object_kind == "agent" and c.lacks > MOST_LACKING:
        return Judgement(c, _flip("no", c.asked.negations), "another value", _words(c, c.lacking))
    contrary = c.is_turned ^ c.other_number ^ c.is_open_to_all
    if not contrary and c.lacks > MOST_LACKING_OF_YES:
        return None
    return _attributed(c, "no" if contrary else "yes", "denied" if contrary else "asserted")


def _other_mood(c: Comparison, *, one_end: bool) -> str | None:
    """Return the rule by which a claim is put forward otherwise than it is asked about, or None."""
    asked = c.asked.moods_outside(c.subject_places | c.object_places)
    if c.asked.speaker is None and not c.asked.is_of_members:
        missing = c.moods - asked
        if modality.OUGHT in missing and modality.MAY not in asked:
            return "recommended"
        if modality.AIM in missing and modality.OUGHT not in asked:
            return "goal"
        if modality.MAY in missing:
            return "possible"
        put = asked & {modality.OUGHT, modality.MAY}
        if c.claim.stance == "recommends" and not put and not c.moods - {modality.AIM} and not c.asked.is_copular:
            return "recommended"
    extra = asked - c.moods
    if modality.OUGHT in extra and "matters-to" not in c.proposition.general and not one_end:
        return "not recommended"
    if modality.AIM in extra and not c.moods:
        return "not an aim"
    return None


def _flip(verdict: str, times: int) -> str:
    return verdict if times % 2 == 0 else {"yes": "no", "no": "yes"}[verdict]


def _words(c: Comparison, places: Sequence[int]) -> str:
    words = c.asked.question.words
    return ", ".join(c.asked.question.text[words[n].start : words[n].end] for n in places)


def _other_value(c: Comparison) -> bool:
    """Whether the question is about a record, which has one value, and names another."""
    p, question = c.proposition, c.asked.question
    if p.subject_kind == "concept" or p.object_kind == "concept" or c.lacks > NEAR:
        return False
    subject, value = c.ends_named
    lacking = set(c.lacking) - c.subject_places
    agents = {n for m in question.mentions if m.meaning.kind == "agent" for n in m.places}
    parts = {n for m in question.mentions if m.meaning.kind == "record" and m.slug in c.holders for n in m.places}
    if subject < HALF:  # "Is Wilk the head of Marlow Street?"
        return value >= HALF and bool(lacking & (agents | parts)) and p.subject_kind == "agent"
    if not lacking or not (c.relation_places or value) or (p.subject_kind == "thing" and not c.relation_places):
        return False
    words, places = question.words, c.object_places
    if c.relation_places and p.object_kind == "agent" and max(lacking) < min(c.relation_places):
        return lacking == {n for n in range(min(lacking), max(lacking) + 1) if n in c.asked.content}
    named = agents | {n for m in question.mentions if m.meaning.kind == "concept" for n in m.places}
    return all(
        n in named
        or question.text[words[n].start].isupper()
        or (p.subject_kind != "thing" and {n - 1, n + 1} & (places | lacking))
        or (n - 2 in places and words[n - 1].text in ("of", "at", "in", "for", "from"))
        for n in lacking
    )


def _attributed(c: Comparison, verdict: str, rule: str) -> Judgement:
    """Return a verdict as far as whose words are asked for, and whose they are, allow."""
    speaker, attribution = c.asked.speaker, c.claim.attribution
    unnamed = attribution.kind == "debate"
    if speaker is None or speaker.is_anyone:
        if unnamed and speaker is None:
            return Judgement(c, None, "one opinion")
        if attribution.reported_from and speaker is None:
            return Judgement(c, None, "reported")
        return Judgement(c, verdict, rule)
    credited = credited_to(c.claim, speaker)
    if credited:
        return Judgement(c, verdict, rule if credited == "self" else credited)
    if attribution.nobody or attribution.kind == "write-up":
        return Judgement(c, None, "nobody named")
    return Judgement(c, "no" if verdict == "yes" else None, "another speaker", attribution.credit)
