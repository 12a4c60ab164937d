"""How the answer to a question for yes or no begins: the verdict with whose words it rests on, or why there is none."""

from __future__ import annotations

from kg.english.telling.leads import fits
from kg.english.telling.sentences import Said, heading_inside, quoted, report_of, speaker_of, told

#: Rules by which no verdict is given though the claim is what is asked about.
_OPEN = {
    "recommended": "It was recommended, not said to be so",
    "goal": "It was named as a goal; that it is so was not said",
    "possible": "It was said to be possible, not to be so",
    "reported": "It was told of others or asked, and not claimed",
    "nobody named": "It was said, but the source does not tell by whom",
    "another speaker": "Somebody else said something like it",
    "two sides": "Both sides were put, and neither was settled",
    "not recommended": "It was said to be so, not that it ought to be",
    "not an aim": "It was said to be so, not as an aim",
    "not foretold": "It was said to be so; what will be was not said",
}
#: What differs where a claim says the contrary; where it is itself the condition; where the question has another one.
CONTRARY_SAID, A_CONDITION, ANOTHER_CONDITION = "the contrary", "a condition", "another condition"
#: What differs -> what is said of a claim that holds on a condition.
_CONDITIONAL = {
    None: "It was said to hold on a condition",
    CONTRARY_SAID: "The contrary was said, on a condition",
    A_CONDITION: "It was named as a condition; that it is so was not said",
    ANOTHER_CONDITION: "It was said to hold on a condition, which is not the one asked about",
}
_NOT_WITH = "something like it was said, but not with {}"
#: Rules by which a claim is near to what is asked, and no more: what the answer begins with, and why it is near.
_NEAR = {
    "turned round": ("what was said runs the other way round", "It is said the other way round."),
    "amount": (_NOT_WITH, "It does not say {}."),
    "degree": (_NOT_WITH, "It does not say {}."),
    "later": (_NOT_WITH, "It does not say {}."),
    "another tone": ("it was said in another tone", "It was said in another tone."),
}


def is_near(rule: str) -> bool:
    """Whether a rule finds a claim no more than near to what is asked."""
    return rule in _NEAR


def verdict_lead(verdict: str, rule: str, said: Said) -> str:
    """Return the sentence that begins with "Yes" or "No" and says whose words the verdict rests on.

    Arguments:
        verdict: "yes" or "no".
        rule: the rule that decided (kg/answering/verdict/rules.py).
        said: the claim that it rests on.
    """
    if verdict == "yes":
        return f"Yes{_so(said)}."
    if rule == "another speaker":
        stands = said.kind == "presentation"
        return f"No: it {'stands in' if stands else 'was'} {speaker_of(said)}{'' if stands else ' who said so'}."
    contrary = f"No: {heading_inside(told(said), said)}"
    return contrary if fits(contrary) else f"No{_so(said, 'the contrary')}."


def _so(said: Said, what: str = "so") -> str:
    """Return who said it, to stand after "Yes": ": a delegate said so, as a criticism"."""
    recommends = said.stance == "recommends"
    if said.kind == "presentation":
        return f"{': it was recommended' if recommends and what == 'so' else ''}, in {report_of(said.credit)}"
    if said.kind == "write-up":
        return f": {said.credit} {'recommends it' if recommends and what == 'so' else f'says {what}'}"
    who = "in the debate somebody (not named)" if said.nobody else said.credit
    verb = "recommended it" if recommends and what == "so" else f"said {what}"
    return f": {who} {verb}{', as a criticism' if said.stance == 'criticises' else ''}"


def open_lead(rule: str, said: Said, what: str | None = None) -> str:
    """Return the sentence for a question for yes or no that a claim bears on and settles neither way.

    Arguments:
        rule: the rule by which it does (kg/answering/verdict/rules.py).
        said: the claim.
        what: what differs, where the rule tells: `CONTRARY_SAID`, `A_CONDITION` or `ANOTHER_CONDITION`.
    """
    if rule == "one opinion":
        who = "Somebody (not named)" if said.nobody else f"{said.credit[:1].upper()}{said.credit[1:]}"
        return f"{who} said {what or 'so'}; nobody else is reported to have."
    return f"{_CONDITIONAL[what] if rule == 'condition' else _OPEN[rule]}."


def near_lead(rule: str, differs: str | None) -> str:
    """Return the sentence for a question for yes or no of which nobody says it outright, by a rule of nearness."""
    return f"Nobody says this outright: {_NEAR[rule][0].format(_quoted(differs))}."


def why_near(rule: str, differs: str | None) -> str:
    """Return why a claim is near to such a question."""
    return _NEAR[rule][1].format(_quoted(differs))


def _quoted(differs: str | None) -> str:
    """Return words of the question that the claim does not have, each in quotation marks."""
    return " or ".join(map(quoted, (differs or "so").split(", ")))
