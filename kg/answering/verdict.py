"""Yes/no questions: whether a question is one, and whether the claims bear it out or gainsay it.

The verdict is about what was claimed. "No" is said where the claim is another person's, where a number, an amount
("all" for "many") or a name in the question is not the claim's, and where one of the two negates what the other says;
negation is counted in words ("not", "without") and in opposites ("easy" for "difficult").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.answering.learn.classifier import Example, Learnt
from kg.answering.learn.features import Features
from kg.answering.learn.training import Teacher
from kg.answering.learn.wordings import Asked
from kg.answering.link.linking import LinkedQuestion
from kg.answering.link.matching import OWN, Match
from kg.english.differences import ALL, AMOUNTS, ahead_of, amounts_differ, numbers_differ
from kg.english.polarity import Asserted, asserted, is_negator, negations
from kg.english.words import Word, fold, read
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim
from kg.vocabulary import local_name

_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|can|could|should|shoud|shd|has|have|had|will|would|must|may|might|am|ought)"
    r"(?:n'?t)?"
)
_STARTS = re.compile(rf"^(?:so|and|but|ok|hi|hello|please)?,?\s*{_AUXILIARY}\b(?! you (?:tell|list|give|explain))")
_INSIDE = re.compile(
    rf"\btrue (?:or|/) ?false\b|\btrue/false\b|\bis (?:that|it|this) (?:right|true|correct|what|so)\b|\byes or no\b"
    rf"|\b(?:right|correct|verified|isn'?t it|(?:have|did) i (?:got?|get) (?:that|this|it) right|agree or disagree)\?"
    rf"|[,;] ?(?:yes|yeah|yh|ok|okay|no|am i right|or not|innit)\?*$"
    rf"|^(?:if|when|on|about|regarding)\b.*[,:] ?{_AUXILIARY} (?:they|we|i|it|leaders|staff|he|she|the|that)\b"
    rf"|[.,;:!?-] *{_AUXILIARY} (?:i|we|you|u|he|she|it|they|that|this|there|the|my|our|all|leaders|staff)\b[^?]*\?$"
)
_SO = re.compile(r"^so,? (?!.*\b(?:who|what|when|where|why|how|which|whose)\b).*\?$")
_WH = re.compile(r"^(?:who|what|when|where|why|how|which|whose)\b")
_RATHER = re.compile(r"\b(?:rather than|instead of|and not|as opposed to|not)\b")
_SAYING = re.compile(
    r"\b(who|said|say|says|accuse\w*|criticis\w*|claim\w*|call\w*|according|recommend\w*|think|thinks|told|tell"
    r"|argue\w*|remark\w*|assert\w*|comment\w*|words|quote\w*|line|likened|compared)\b"
)
_CAUSING = re.compile(r"\b(caus\w+|because|lead(s)? to|result(s)? in|produc\w+|guarantee\w*|due to|thanks to)\b")
_DUTY = re.compile(r"\b(should|shoud|shd|must|ought|have to|has to|need to|needs to|supposed to|may|ok to|okay)\b")

#: The last place of a word that a question begins with, after "do" or "should the".
SOON = 2


@dataclass(frozen=True)
class Grounds:
    """What a verdict is found on.

    The question, how it matches, the answer's claims, each agent's slug by IRI, the words that no claim has, and how
    many things the claims count, where they are counted.
    """

    question: LinkedQuestion
    match: Match
    claims: Sequence[Claim]
    agents: dict[str, str]
    unaccounted: Sequence[str]
    counted: int | None

    @property
    def nearest(self) -> Claim:
        """The claim that the question's words speak for most."""
        return max(self.claims, key=lambda claim: self.match.covered((claim.iri,)))


def is_yes_no(question: str) -> bool:
    """Whether a question asks for yes or no."""
    folded = " ".join(fold(question).split())
    return bool(_INSIDE.search(folded) or _SO.search(folded) or (_STARTS.search(folded) and not _WH.search(folded)))


def is_duty(question: str) -> bool:
    """Whether a question asks for yes or no about what should be done."""
    return is_yes_no(question) and bool(_DUTY.search(fold(question)))


def verdict(grounds: Grounds, judge: Judge) -> str | None:
    """Return "yes" or "no", or None when the claims bear on the question and settle it neither way.

    What was learnt decides, except about who spoke or took part, and about what was counted: names and numbers
    are told apart exactly, also those that no example has. Without examples rules decide all.
    """
    speaker = _speaker_verdict(grounds)
    if speaker:
        return speaker
    about_event = all(p.subject_kind != "concept" for c in grounds.claims for p in c.propositions)
    if about_event and _other_agents(grounds):
        return "no"
    if grounds.counted is None and judge.knows(grounds.nearest):
        if _turns_arrow(grounds) or (_CAUSING.search(fold(grounds.question.text)) and _open(grounds, grounds.nearest)):
            return None
        return judge.verdict(grounds.question.text, grounds.question.words, grounds.nearest)
    return "no" if about_event and grounds.unaccounted else _by_rules(grounds)


def _by_rules(grounds: Grounds) -> str | None:
    """Return the verdict by negations, opposites, numbers and amounts."""
    claim = grounds.nearest
    said = asserted(grounds.question.text, grounds.question.words)
    if _prefers_rejected(grounds, claim, said):
        return "no"
    words = [word.text for word in said.words]
    numbers = numbers_differ(words, claim, grounds.counted)
    differing = numbers + amounts_differ(words, claim) + ahead_of(words, claim)
    if not differing and (_open(grounds, claim) or _reversed(grounds.question, claim)):
        return None
    flips = differing + said.negations - negations(read(claim.text))
    opposed = [grounds.question.words[n] for n in grounds.match.opposed(claim.iri)]
    flips += sum(said.counts(word) and word.text not in AMOUNTS for word in opposed)
    return "no" if flips % 2 else "yes"


def _prefers_rejected(grounds: Grounds, claim: Claim, said: Asserted) -> bool:
    """Whether what the question sets against what it asserts is rather what the claim says."""
    own: dict[bool, float] = {True: 0.0, False: 0.0}
    whole: dict[bool, float] = {True: 0.0, False: 0.0}
    for n, weight in grounds.match.weights.items():
        rejected = grounds.question.words[n] in said.rejected
        own[rejected] += weight * (grounds.match.best(n, (claim.iri,)) >= OWN)
        whole[rejected] += weight
    rejected_words = {word.text for word in said.rejected}
    if rejected_words & ALL and ALL & {word.text for word in read(claim.text)}:
        return True
    return bool(whole[True] and whole[False]) and own[True] / whole[True] > own[False] / whole[False]


def _speaker_verdict(grounds: Grounds) -> str | None:
    """Return "no" where the question names another speaker than the claims have, or None."""
    asserted = _RATHER.split(fold(grounds.question.text))[0]
    named = [
        grounds.agents[mention.meaning.iri]
        for mention in grounds.question.mentions
        if mention.meaning.iri in grounds.agents and grounds.question.words[mention.first].start < len(asserted)
    ]
    if not named or not _SAYING.search(fold(grounds.question.text)):
        return None
    speakers = {slug for c in grounds.claims for slug in (*c.attribution.agents, *c.attribution.reported_from)}
    known = all(claim.attribution.kind in ("named", "debate") for claim in grounds.claims)
    about = {end for claim in grounds.claims for p in claim.propositions for end in (p.subject, p.object)}
    strangers = [slug for slug in named if slug not in speakers and slug not in about]
    return "no" if known and strangers and not speakers & set(named) else None


def _other_agents(grounds: Grounds) -> bool:
    """Whether the question names an agent that no claim of the answer has."""
    named = {grounds.agents[m.meaning.iri] for m in grounds.question.mentions if m.meaning.iri in grounds.agents}
    held = {end for claim in grounds.claims for p in claim.propositions for end in (p.subject, p.object)}
    held |= {slug for claim in grounds.claims for slug in claim.attribution.agents}
    return bool(named - held)


def _open(grounds: Grounds, claim: Claim) -> bool:
    """Whether a claim vouches for nothing here: its condition is not in the question, or it passes on others' words."""
    statuses = {proposition.status for proposition in claim.propositions}
    if statuses == {"content"}:
        return True
    if _CAUSING.search(fold(grounds.question.text)):
        return "condition" in statuses  # "if" is not "because"
    named = {local_name(mention.meaning.iri) for mention in grounds.question.mentions}
    conditions = [p for p in claim.propositions if p.status == "condition"]
    return bool(conditions) and not any({p.object, p.relation} & named for p in conditions)


def _turns_arrow(grounds: Grounds) -> bool:
    """Whether a question begins with who bears what the claim says, names its relation, and then who does it."""
    relations = {p.relation for p in grounds.nearest.propositions}
    mentions = grounds.question.mentions
    named = {local_name(mention.meaning.iri) for mention in mentions if mention.meaning.kind == "relation"}
    first = min((mention.first for mention in mentions if mention.meaning.kind == "concept"), default=SOON + 1)
    return first <= SOON and bool(relations & named) and _reversed(grounds.question, grounds.nearest)


def _reversed(question: LinkedQuestion, claim: Claim) -> bool:
    """Whether the question names the ends of the claim's arrow the other way round: who treats, and who is treated."""
    places: dict[str, int] = {}
    for mention in sorted(question.mentions, key=lambda mention: mention.first):
        if mention.meaning.kind == "concept":
            places.setdefault(local_name(mention.meaning.iri), mention.first)
    asserted = [p for p in claim.propositions if p.status == "asserted" and {p.subject, p.object} <= set(places)]
    if not asserted or any(word.text == "by" for word in question.words):
        return False
    return all(places[p.subject] > places[p.object] for p in asserted)


YES, NO = "yes", "no"
HALF = 0.5
#: How much a difference in number or amount counts, and that a question is turned round: as a word said so often.
EMPHASIS = 5


class Judge:
    """Tells yes from no for the claims of one catalogue."""

    def __init__(self, catalogue: Catalogue, asked: Asked, teacher: Teacher):
        self._catalogue, self._asked, self._teacher = catalogue, asked, teacher

    def knows(self, claim: Claim) -> bool:
        """Whether there are questions from which it could be learnt what the claim answers with yes, and with no."""
        return all(claim.iri in self._asked.judged[outcome] for outcome in (YES, NO))

    def prepare(self) -> None:
        """Learn now, if there is anything to learn from."""
        if any(map(self.knows, self._catalogue.claims())):
            _ = self._learnt

    def verdict(self, text: str, words: Sequence[Word], claim: Claim) -> str:
        """Return "yes" or "no", whichever a claim is likelier to answer a question with.

        Arguments:
            text: the question.
            words: its words in order, misspelt ones corrected.
            claim: one that the judge knows.
        """
        return YES if self._learnt.likely(self._features(text, words, claim))[YES] > HALF else NO

    @cached_property
    def _learnt(self) -> Learnt:
        claims = {claim.iri: claim for claim in self._catalogue.claims()}
        examples = [
            (text, iri, claims[iri].text, outcome)
            for outcome in (YES, NO)
            for iri, texts in self._asked.judged[outcome].items()
            for text in texts
        ]

        def made(example: tuple[str, str, str, str]) -> Example:
            text, iri, _, outcome = example
            return self._features(text, read(text), claims[iri]), frozenset({outcome})

        return self._teacher.taught(examples, made, neighbourly=False)

    def _features(self, text: str, words: Sequence[Word], claim: Claim) -> Features:
        """Return what tells yes from no: what the question asserts, by itself and for this claim, as it stands and
        turned round as often as the question is.
        """
        said = asserted(text, words)
        sign = -1 if said.negations % 2 else 1
        found: Counter[str] = Counter(
            {"question": 1, "turned": sign * EMPHASIS, f"turned {claim.iri}": sign * EMPHASIS}
        )
        plain = [word for word in said.words if not is_negator(word)]
        for feature, times in self._teacher.features(plain, asking=False).items():
            found[feature] = found[f"{claim.iri} {feature}"] = times
            found[f"turned {feature}"] = found[f"turned {claim.iri} {feature}"] = sign * times
        for word in said.rejected:
            found[f"rejected {word.stem}"] = found[f"rejected {claim.iri} {word.stem}"] = sign
        for word in said.words:
            if is_negator(word):
                found[f"negator {word.text}"] = 1
        for difference in _differences([word.text for word in said.words], claim):
            found[difference] = EMPHASIS
            found[f"turned {difference}"] = sign * EMPHASIS
        return found


def _differences(words: Sequence[str], claim: Claim) -> Iterator[str]:
    if numbers_differ(words, claim, None):
        yield "another number"
    if amounts_differ(words, claim):
        yield "another amount"
    if ahead_of(words, claim):
        yield "not so far"
