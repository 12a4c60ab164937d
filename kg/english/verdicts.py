"""How the answer to a question for yes or no begins: the verdict with whose words it rests on, or why there is none."""

from __future__ import annotations

from kg.english.sentences import quoted

#: The most words of a claim that are said whole in a lead.
LONGEST = 22

_OPEN = {
    "recommended": "It was recommended, not said to be so",
    "goal": "It was named as a goal; whether it is reached is not said",
    "possible": "It was said to be possible, not to be so",
    "condition": "It was said to hold on a condition, which is not what is asked",
    "reported": "It was passed on or asked, and not claimed",
    "nobody named": "It was said, but the source does not tell by whom",
    "two sides": "Both sides were put, and neither is settled",
    "not recommended": "It was said, but not as something that ought to be",
    "not an aim": "It was said, but not as an aim",
    "later": "The source does not tell what came later",
}
_NEAR = {
    "turned round": "Nobody says this outright; what was said runs the other way round",
    "amount": "Nobody says this outright: not of so much or of so many",
    "degree": "Nobody says this outright: not to such a degree",
    "another tone": "Nobody says this outright; it was said in another tone",
}


def verdict_lead(verdict: str, rule: str, credit: str, claim: str, *, recommended: bool, written: bool) -> str:
    """Return the sentence that begins with "Yes" or "No" and says whose words the verdict rests on.

    Arguments:
        verdict: "yes" or "no".
        rule: the rule that decided (kg/answering/verdict/rules.py).
        credit: whom to credit, in words.
        claim: the claim's sentence.
        recommended: whether the claim is a recommendation.
        written: whether it was published rather than spoken.
    """
    said = "recommended it" if recommended else "said so"
    named = credit[:1].upper() + credit[1:]
    if verdict == "yes":
        if written:
            return f"Yes: it {'was recommended' if recommended else 'was said'}, in {credit}."
        return f"Yes: {credit} {'passed it on' if rule == 'passed-on' else said}."
    if rule == "another speaker":
        return f"No: it stands in {credit}." if written else f"No: it was {credit} who {said}."
    if len(claim.split()) <= LONGEST:
        return f"No: {claim[:1].lower() + claim[1:] if claim.startswith(('The ', 'A ', 'An ', 'It ')) else claim}"
    return f"No: {named} said the contrary." if not written else f"No: {credit} says the contrary."


def open_lead(rule: str, credit: str) -> str:
    """Return the sentence for a question for yes or no that a claim bears on and settles neither way."""
    if rule == "one opinion":
        return f"{credit[:1].upper()}{credit[1:]} said so; nobody else is reported to have."
    return f"{_OPEN[rule]}."


def near_lead(rule: str, differs: str | None) -> str:
    """Return the sentence for a question for yes or no of which nobody says it outright."""
    if rule in _NEAR:
        return f"{_NEAR[rule]}{f' ({quoted(differs)})' if differs else ''}."
    if differs:
        words = ", ".join(map(quoted, differs.split(", ")))
        return f"Nobody says this outright: no claim near it speaks of {words}."
    return "Nobody says this outright."
