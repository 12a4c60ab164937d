"""The kinds of thing that questions ask for: how people ask for each, and how a text reads that has it.

Words alone do not tell that a question is not answered: "Why did the delegate say so?" has all the words of what the
delegate said, and no claim has the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.english.asking import values
from kg.english.asking.yes_no import is_yes_no
from kg.english.numbers import SOME_NUMBER
from kg.english.words import fold, written_out


@dataclass(frozen=True)
class Kind:
    """A kind of thing that is asked for: its name, what it is called in an answer, and how people ask for it.

    `pattern` matches a folded question, `evident` a folded text that has the thing; None where no text tells. `has`
    tells of a question and a text more than the pattern does: whether the text has what this question asks for. One
    that is `firm` is only answered by a text that has it: not so "how many", as what is listed can be counted.
    """

    name: str
    called: str
    pattern: str
    evident: str | None = None
    has: Callable[[str, str], bool] | None = None
    firm: bool = False

    def told_in(self, texts: Iterable[str], question: str = "") -> bool:
        """Whether one of some texts has it, as a question asks for it."""
        return any(self._is_in(text, question) for text in texts)

    def _is_in(self, text: str, question: str) -> bool:
        if self.evident is None and self.has is None:
            return False
        evident = self.evident is None or re.search(self.evident, fold(text)) is not None
        return evident and (self.has is None or self.has(question, text))


_PAID = (
    r"(?<!about )(?<!on )(?<!regarding )"  # "What is said about pay?" asks for no amount
    r"(costs?|pays?|paid|spend|spent|earns?|earned|charged|(?<!in )(?<!the )charge|worth|price)"
)
#: Of what stands between the words that ask and the word that tells the kind, nothing belongs to the kind: (?= ...).
_KINDS = (
    Kind(
        "money",
        "an amount of money",
        rf"\b(what|how much) (money )?(did|do|does|was|is|were|will|would|has|have)\b(?=[^?.]*\b(?P<told>{_PAID})\b)"
        r"|\b(what|which)(?= (was |is |were )?(the )?(costs?|budget|price|salary|fee|pay)\b)|\bsalary\b|\bpay band\b",
        rf"{values.MONEY}|\b(minutes?|hours?|days?)\b",  # it may cost two hours
        firm=True,
    ),
    Kind(
        "quantity",
        "a number",
        r"\bhow (many|much|far|old|big|large|wide|tall|high|deep|heavy)\b|\b(what|which) number\b",
        SOME_NUMBER,
        values.counts_what,
    ),
    Kind(
        "quantity",
        "a number",
        r"\bhow (often|frequently)\b"
        r"|\b(what|which) (percentage|proportion|share|fraction|ratio|size|length|width|height|weight|age)\b"
        r"|\b(percentage|per ?cent|sample size)\b|_+ ?%",
        values.SHARE,
        firm=True,
    ),
    Kind(
        "time",
        "a time or date",
        r"\b(which|what) (year|month|day|date|time|deadline)s?\b|\bhow (long|soon|quickly|fast)\b"
        r"|\b(since|until|by) when\b|\bwhen (was|did|were|has|had|will)\b"
        r"|\b(dates?|deadline|duration) (of|for|by)\b",
        values.TIME,
        firm=True,
    ),
    Kind(
        "place",
        "a place",
        r"\b(which|what) (city|town|venue|building|room|place|country|street|hotel)\b"
        r"|\bwhere (was|were|did|is) (?!\w+ing\b)",
        has=values.names_a_place,
    ),
    Kind(
        "name",
        "a name",
        r"\b(name of|what (is|was|were|are|s|'s)(?=[^?.]* (names?|called)\b)|what's(?=[^?.]* (name|called)\b))"
        r"|\bcalled by name\b",
        has=values.names_somebody,
    ),
    Kind(
        "reason",
        "a reason",
        r"\bwhy (did|was|were|had|has|have)\b|\bwhat (made|led|caused|prompted|drove|motivated) \w+"
        r"|\bfor what reasons?\b|\breasons? (why|behind|did|was|were)\b|\bhow come\b",
        values.REASON,
    ),
    Kind(
        "aftermath",
        "anything of what came later",
        r"\b(since then|ever since|to this day|nowadays|these days|today|(months|years|weeks) (after|since|later)"
        r"|later on|did (it|this|that|things) (work|help|succeed|improve|change)|what became of"
        r"|ever (roll\w*|put|happen\w*|chang\w*|implement\w*|adopt\w*|respond\w*|introduc\w*)"
        r"|what happened (after|next|as a result)|follow(ed|ing)? ?-?up|in the end|eventually)\b",
    ),
)
_ASKING = re.compile(r"(?:which|what|how|why|when|where)\b")
_ONE_THING = re.compile(r"\b(who|whom|whose|when|where|how many|how long)\b")
_WHY = re.compile(
    r"^\W*(?:(?:so|and|but|or|ok|well|then)\W+)*(?:why|how come)\b|\bwhy\?"
    r"|\bwhat(?: is| was|'s|s)? (?:the )?reasons?\b|\bfor what reasons?\b|\breasons? (?:is|are|was|were) given\b"
)
_BESIDES = re.compile(r"\b(apart from|other than|besides|except( for)?|aside from|in addition to|not counting)\b")
_WANTS_LIST = re.compile(
    r"\b(list|everything|all the|what (are|were) the|which things|what things|name the|give me the)\b"
)
#: "What does the seminar say about recruitment?", "any advice on pay?": all that was said is asked for.
_ALL_ABOUT = re.compile(
    r"\b(?:say|says|said|tells?|told|mention\w*|recommend\w*|advice|advised?|views?|thoughts?|comments?|claims?|claimed)"
    r" (?:(?:was|were|is|are|made|said|given|me|us|there) ){0,2}(?:about|on|regarding)\b"
)
#: What stands behind that, up to where something else begins: "recruitment" of "what is said about recruitment, if".
_TOPIC = re.compile(
    rf"(?:{_ALL_ABOUT.pattern}|\b(?:anything|something|nothing|much) (?:\w+ ){{0,2}}?(?:about|on|regarding)\b"
    r"|\b(?:mentions?|discuss(?:es)?|covers?)|^(?:is|are|was|were)(?=[^.?]* (?:mentioned|discussed|covered)\b))"
    r" (?P<topic>[^,.;:?!]+?)"
    r"(?= (?:that|which|who|when|if|because|at|during|in|mentioned|discussed|covered|anywhere|ever)\b|[,.;:?!]|$)"
)
_DOING = re.compile(r"(?:how|what|whether) |(?:not )?\w+ing \w")
#: "What does it not say about pay?", "what was left out?"
_UNSAID = re.compile(
    r"\bwhat (?:do|does|did|is|was|were|has|have)\b[^.?!]*"
    r"(?:(?:\bnot|n't|\bnever|\bfail\w* to) (?:been )?(?:say|said|tell|told|mention\w*|cover\w*|address\w*)\b"
    r"|\b(?:left|leaves?|leave) out\b|\b(?:omits?|omitted|unsaid|unmentioned)\b)"
)
_WANTS_ORDER = re.compile(
    r"\b(in (the )?(right |proper |correct )?order|step by step|one (stage|step|thing)? ?after (the other|another)"
    r"|first to last|start to finish|(steps|stages|phases) (of|in|for|to|does|did|do|are|were))\b"
)


def asked_for(question: str) -> list[Kind]:
    """Return the kinds of thing that a question asks for."""
    texts = (fold(question), written_out(question)[0])
    return [kind for kind in _KINDS if any(re.search(kind.pattern, text) for text in texts)]


def kind_spans(question: str) -> list[tuple[int, int]]:
    """Return where the words stand that only tell the kind of thing asked for: "how many", "ever rolled out"."""
    folded = fold(question)
    matches = [(kind.name, match) for kind in _KINDS for match in re.finditer(kind.pattern, folded)]
    found = [(name, match.span()) for name, match in matches]
    telling = [match.span("told") for _, match in matches if match.groupdict().get("told")]
    return telling + [span for name, span in found if name == "aftermath" or _ASKING.match(folded, span[0])]


def asks_for_a_record(question: str) -> bool:
    """Whether a question asks for a number, a time, a place or a name."""
    return any(kind.name in ("money", "quantity", "time", "place", "name") for kind in asked_for(question))


def asks_for_reason(question: str) -> bool:
    """Whether a question asks why something was done."""
    return any(kind.name == "reason" for kind in asked_for(question))


def asks_why(question: str) -> bool:
    """Whether a question asks why something is so, or was, or ought to be."""
    return bool(_WHY.search(fold(question))) and not is_yes_no(question)


def asks_for_one_thing(question: str) -> bool:
    """Whether a question asks for one thing by its word: who, when, where, how many, or yes or no."""
    return is_yes_no(question) or bool(_ONE_THING.search(fold(question)))


def asks_for_list(question: str) -> bool:
    """Whether a question asks for a list of things."""
    return bool(_WANTS_LIST.search(fold(question)))


def asks_for_all(question: str) -> bool:
    """Whether a question asks for all that was said about something, or for a list."""
    return asks_for_list(question) or bool(_ALL_ABOUT.search(fold(question)))


def topic_span(question: str) -> tuple[int, int] | None:
    """Return where the words stand of a thing of which all that was said about it is asked for; None without one.

    What is done ("treating them alike") is told in many words.
    """
    found = _TOPIC.search(fold(question))
    return None if found is None or _DOING.match(found["topic"]) else found.span("topic")


def asks_for_unsaid(question: str) -> bool:
    """Whether a question asks what was not said."""
    return bool(_UNSAID.search(fold(question)))


def asks_for_order(question: str) -> bool:
    """Whether a question asks for things in their order: the steps, one after the other."""
    return bool(_WANTS_ORDER.search(fold(question)))


def exception_end(question: str) -> int | None:
    """Return where the words end that make an exception ("apart from"), which follows; None where there is none."""
    found = _BESIDES.search(fold(question))
    return found.end() if found else None
