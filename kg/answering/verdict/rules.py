"""The rules by which a claim decides a question for yes or no. Nothing of it is learnt.

Each rule has a name, which `--explain` and `verdict_because` give. They are tried in the order of `judged`: what the
question is about, then what one word can turn (speaker, time, number, amount, degree, direction, status, mood), and
last the polarity, which is "yes" or "no" only for whose words are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.answering.speaker import Speaker, credited_to
from kg.answering.verdict.arrow import HALF
from kg.answering.verdict.comparison import Comparison
from kg.english import modality
from kg.english.asking.propositions import BLAME, PRAISE, TOPICAL
from kg.english.naming import is_unidentified
from kg.english.numbers import NUMBERS
from kg.english.telling.verdicts import A_CONDITION, ANOTHER_CONDITION, CONTRARY_SAID

#: The most of a question's content that a claim may lack and still decide it (a share), and still be near to it.
MOST_LACKING, NEAR = 0.2, 0.6
#: The most that it may lack where it was found to be what is asked for, to say "yes" and to say "no".
MOST_LACKING_OF_YES, MOST_LACKING_OF_NO = 0.35, 0.65
#: How far a question names an arrow (0 to 3) that it names enough of to tell it from any other.
ALL_NAMED = 2.5
#: How one claim bears on another that takes the other side.
SIDES = ("disputes", "is disputed by", "disagrees with", "refutes", "is refuted by")
#: Numbers that say how many; "one" and "single" say which.
COUNTS = frozenset(NUMBERS) - {"one", "single"}
#: Words for a group that make an answer one of all of them, where the question asks whether they said something.
TOGETHER = modality.ALL - {"both", "each"}
CONTRARY = {"yes": "no", "no": "yes"}


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


def judged(c: Comparison) -> Judgement:
    """Return what a claim's arrow says to a question for yes or no that is compared with it."""
    for rule in (_of_subject, _of_words, _of_matter, _of_quantity, _of_status):
        if judgement := rule(c):
            return judgement
    if c.may_be_exchanged or (not c.is_turned and c.is_told_of_more):
        return Judgement(c, None, "another arrow", fits=False)
    return attributed(c, "no" if c.is_turned else "yes", "denied" if c.is_turned else "asserted")


def judged_as_found(c: Comparison) -> Judgement | None:
    """Return what a claim says to a question that was found to ask for it, though the words of both differ.

    None where that is too little to tell: what the claim lacks may be what matters. It tells "no" sooner than "yes",
    because it takes a word of its own to say the contrary of a claim.
    """
    if c.other_number and c.lacks <= MOST_LACKING:
        return attributed(c, _turned("no", c), "another number")
    too_much = any(map(c.beyond, (modality.LATER, modality.DEGREE, modality.ALL)))
    unsettled = c.proposition.status in ("content", "condition", "goal") or c.has_open_condition or c.is_asked_without
    if (subject := _of_subject(c)) and not subject.fits:
        return None
    if too_much or unsettled or c.drops_alike or c.is_reversed or c.lacks > MOST_LACKING_OF_NO or _other_mood(c):
        return None
    is_record = c.proposition.subject_kind != "concept" and c.proposition.object_kind == "agent"
    if is_record and c.lacks > MOST_LACKING:
        return _no(c, "another value")
    contrary = c.is_turned ^ c.other_number ^ c.is_open_to_all
    if not contrary and (c.lacks > MOST_LACKING_OF_YES or c.may_be_exchanged):
        return None
    return attributed(c, "no" if contrary else "yes", "denied" if contrary else "asserted")


# ── The rules, in their order ──


def _of_subject(c: Comparison) -> Judgement | None:
    """Whom is asked about: everybody at once, somebody singled out, or somebody's praise, blame or mention."""
    asked, speaker = c.asked, c.asked.speaker
    if together := sorted(asked.framed & TOGETHER):
        return Judgement(c, None, "amount", ", ".join(together), fits=False)
    if set(asked.singled_out) & set(c.lacking) and c.proposition.subject_kind != "thing":
        return Judgement(c, None, "another speaker", _words(c, asked.singled_out), fits=False)
    if not speaker or speaker.verb not in TOPICAL | PRAISE | BLAME or not c.has_all_itself or not asked.weight:
        return None
    is_blame = c.claim.stance == "criticises"
    if speaker.verb not in TOPICAL and not (is_blame and speaker.verb in BLAME):  # what is no blame may be no praise
        contrary = is_blame and credited_to(c.claim, speaker) is not None
        return Judgement(c, "no" if contrary else None, "another tone", fits=contrary)
    return attributed(c, _turned("yes", c), "asserted")


def _of_words(c: Comparison) -> Judgement | None:
    """What decides by words alone: their order, the claim's own sentence, a time, all for some, another value."""
    if c.lacks <= MOST_LACKING and c.is_exchanged:
        return Judgement(c, None, "turned round")
    if c.is_verbatim and not (c.other_number or c.may_be_exchanged) and c.proposition.status in ("asserted", "denied"):
        contrary = c.is_contrary_verbatim
        return attributed(c, "no" if contrary else "yes", "denied" if contrary else "asserted")
    if c.compared_time:
        return Judgement(c, None, "later", c.compared_time)
    if c.same_time is not None:
        return attributed(c, _turned("yes" if c.same_time else "no", c), "time")
    if c.is_open_to_all and c.lacks <= NEAR and max(c.ends_named) >= HALF:
        return attributed(c, _turned("no", c), "only some")
    return _no(c, "another value") if _has_other_value(c) else None


def _of_matter(c: Comparison) -> Judgement | None:
    """Whether the claim is what is asked about at all."""
    if c.lacks > MOST_LACKING:
        return Judgement(c, None, "another matter", _words(c, c.lacking), fits=False)
    if c.drops_alike or not (c.is_whole or c.is_same_sentence or _is_of_one_end(c) or _is_untold(c)):
        return Judgement(c, None, "another arrow", fits=False)
    return None


def _of_quantity(c: Comparison) -> Judgement | None:
    """Time, number, amount, degree and direction, which the claim has to have as the question has them."""
    if later := c.beyond(modality.LATER):
        return Judgement(c, None, "later", ", ".join(later))
    if c.other_number:
        return attributed(c, _turned("no", c), "another number")
    if unlike := c.numbers_beyond or c.all_of_another:
        return Judgement(c, None, "amount", ", ".join(unlike))
    classes = (modality.ALL, "amount"), (COUNTS, "amount"), (modality.DEGREE, "degree"), (modality.ONLY, "amount")
    for words, rule in classes:
        if (beyond := c.beyond(words)) and not (rule == "degree" and c.is_unlike):
            return Judgement(c, None, rule, ", ".join(beyond))
    return Judgement(c, None, "turned round") if c.is_reversed else None


def _of_status(c: Comparison) -> Judgement | None:
    """What the claim is within what was said: told of others, a condition, recommended, or one of two sides."""
    status, speaker = c.proposition.status, c.asked.speaker
    if status == "content" and not (speaker and _passes_on(c, speaker)):
        return Judgement(c, None, "reported")
    if status == "condition" or c.has_open_condition:
        return Judgement(c, None, "condition", _on_what_condition(c))
    if not c.has_same_number and (rule := _other_mood(c)):
        return Judgement(c, None, rule)
    if any(link.relation in SIDES for link in c.claim.links) and not speaker:
        return Judgement(c, None, "two sides")
    return None


# ── What the rules rest on ──


def _on_what_condition(c: Comparison) -> str | None:
    """Return what a claim that is or has a condition differs in from what is asked; None where only in having one."""
    if c.proposition.status == "condition":
        return A_CONDITION
    if c.asked.condition:
        return ANOTHER_CONDITION
    negated = sum(word.text in ("without", "unless") for word in c.phrase_words)  # the condition, not what holds
    return CONTRARY_SAID if c.is_turned != negated % 2 else None


def _other_mood(c: Comparison) -> str | None:
    """Return the rule by which a claim is put forward otherwise than it is asked about, or None."""
    claimed = c.moods
    ends = c.subject_places | c.object_places
    asked = c.asked.moods_outside(ends, c.relation_places)
    if c.asked.speaker is None and not c.asked.is_of_members and (rule := _missing_mood(c, claimed - asked, asked)):
        return rule
    extra = c.asked.moods_outside(ends, c.relation_places, c.claimed) - claimed
    if modality.OUGHT in extra and "matters-to" not in c.proposition.general and not _is_of_one_end(c):
        return "not recommended"
    if {modality.AIM, modality.WILL} & extra and not {modality.WILL, modality.OUGHT} & claimed:
        other = "not an aim" if modality.AIM in extra else "not foretold"
        return "goal" if modality.AIM in claimed else other
    return None


def _missing_mood(c: Comparison, missing: frozenset[str], asked: frozenset[str]) -> str | None:
    """Return the rule by which a claim is no more than recommended, a goal or possible, where it is asked for as so."""
    if modality.OUGHT in missing and modality.MAY not in asked:
        return "recommended"
    if modality.AIM in missing and modality.OUGHT not in asked:
        return "goal"
    if modality.WILL in missing and modality.AIM not in asked:
        return "goal"
    if modality.MAY in missing:
        return "possible"
    is_put = bool(asked & {modality.OUGHT, modality.MAY} or c.moods - {modality.AIM})
    return "recommended" if c.claim.stance == "recommends" and not is_put and not c.asked.is_copular else None


def _is_of_one_end(c: Comparison) -> bool:
    """Whether it is asked how one end of a recommendation ought to be: "Should objectives be measurable?"."""
    return c.is_one_end and c.claim.stance == "recommends" and modality.OUGHT in c.asked.moods


def _passes_on(c: Comparison, speaker: Speaker) -> bool:
    """Whether a speaker said what others say in a claim: as its own source, or with most of the claim around it."""
    return c.left_out <= HALF or credited_to(c.claim, speaker) == "passed-on"


def _is_untold(c: Comparison) -> bool:
    """Whether both ends of what is not claimed to be so are named, so that no verdict comes of it."""
    is_open = c.proposition.status in ("content", "goal", "condition")
    return is_open and min(c.ends_named) >= 1.0 and not c.lacking


def _has_other_value(c: Comparison) -> bool:
    """Whether the question is about a record, which has one value, and names another."""
    p = c.proposition
    if p.subject_kind == "concept" or p.object_kind == "concept" or c.lacks > NEAR:
        return False
    mentions = c.asked.question.mentions
    agents = {n for m in mentions if m.meaning.kind == "agent" for n in m.places}
    subject, value = c.ends_named
    lacking = set(c.lacking) - c.subject_places
    if subject < HALF:  # "Is Wilk the head of Marlow Street?"
        parts = (m.places for m in mentions if m.meaning.kind == "record" and m.slug in c.event.holders)
        return value >= HALF and bool(lacking & agents.union(*parts)) and p.subject_kind == "agent"
    is_named = bool(c.relation_places or (value and p.subject_kind != "thing"))
    is_named = is_named or (p.object_kind == "agent" and p.subject_kind == "agent" and lacking <= agents)
    if not lacking or not is_named:
        return False
    concepts = {n for m in mentions if m.meaning.kind == "concept" for n in m.places}
    return all(n in agents | concepts or _is_of_value(c, n, lacking) for n in lacking)


def _is_of_value(c: Comparison, place: int, lacking: set[int]) -> bool:
    """Whether a word that a record lacks stands where its value would: a name, or what the value is joined with."""
    words, values = c.asked.question.words, c.object_places
    if c.asked.question.text[words[place].start].isupper():
        return True
    if c.proposition.subject_kind != "thing" and {place - 1, place + 1} & (values | lacking):
        return True
    return place - 2 in values and words[place - 1].text in ("of", "at", "in", "for", "from")


def attributed(c: Comparison, verdict: str, rule: str) -> Judgement:
    """Return a verdict as far as whose words are asked for, and whose they are, allow."""
    speaker, attribution = c.asked.speaker, c.claim.attribution
    if speaker is None and attribution.kind == "debate":
        return Judgement(c, None, "one opinion", None if verdict == "yes" else CONTRARY_SAID)
    if speaker is None and attribution.reported_from:
        return Judgement(c, None, "reported")
    if speaker is None or speaker.is_anyone:
        return Judgement(c, verdict, rule)
    if credited := credited_to(c.claim, speaker):
        return Judgement(c, verdict, rule if credited == "self" else credited)
    if set(attribution.agents) & set(speaker.agents):  # who published the report of it
        return Judgement(c, verdict, "report")
    if attribution.nobody or attribution.kind == "write-up":
        return Judgement(c, None, "nobody named")
    is_sure = verdict == "yes" and (c.is_verbatim or c.touches >= ALL_NAMED) and not is_unidentified(attribution.credit)
    return Judgement(c, "no" if is_sure else None, "another speaker", attribution.credit)


def _no(c: Comparison, rule: str) -> Judgement:
    return Judgement(c, _turned("no", c), rule, _words(c, c.lacking))


def _turned(verdict: str, c: Comparison) -> str:
    """Return a verdict, or its contrary where the question is negated."""
    return CONTRARY[verdict] if c.asked.negations % 2 else verdict


def _words(c: Comparison, places: Sequence[int]) -> str:
    """Return words of the question as they stand in it."""
    question = c.asked.question
    return ", ".join(question.text[question.words[n].start : question.words[n].end] for n in places)
