"""Questions about the answers themselves: what can be asked, and what they rest on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.english.dates import month
from kg.english.numbers import number_words
from kg.english.telling.sentences import quoted
from kg.english.words import fold

_THIS = (
    r"(?:this|it|that|these|them|you|all this|all of this|everything|(?:the|this|that|these|your) "
    r"(?:site|website|page|tool|app|thing|summary|report|text|document|information|answers?|data|graph|claims?|source))"
)
_HELP = re.compile(
    r"\W*(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day))(?: there)?"
    r"|help(?: me)?(?: please)?|instructions"
    rf"|what (?:can|could|should|do|may) i (?:ask|do|type|say)(?: (?:{_THIS}|here|about))?"
    rf"|what (?:can|do|could) you (?:do|answer|know|tell me)(?: (?:here|about))?|how (?:does|do) {_THIS} work"
    rf"|how (?:do|can|should) i (?:use|ask|search|start)(?: {_THIS})?)\W*"
)
_SOURCE = re.compile(
    rf"\W*(?:who (?:wrote|made|published|created|built|produced|runs|owns|is behind|are|is)(?: {_THIS})"
    rf"|who is the (?:author|publisher)(?: of {_THIS})?|(?:the )?(?:authors?|publishers?|sources?|references?|citation)"
    rf"|(?:can|should|could|do) (?:i|we|you) (?:really )?(?:trust|believe|rely on|cite|quote) {_THIS}"
    rf"|(?:is|are) {_THIS} (?:true|reliable|accurate|official|correct|right|real|trustworthy|up to date)"
    r"|are you (?:an ai|a bot|a robot|human)"
    rf"|how (?:reliable|accurate|true|trustworthy|old) (?:is|are) {_THIS}"
    rf"|where (?:is|are|does|do|did) {_THIS} (?:come |taken )?from|what (?:is|are) {_THIS}(?: (?:for|based on|from))?"
    rf"|what (?:is|are) the (?:sources?|references?)(?: (?:for|of) {_THIS})?|how was {_THIS} made)\W*"
)


def asks_for_help(question: str) -> bool:
    """Whether it is a greeting, or asks what can be asked here."""
    return bool(_HELP.fullmatch(_plain(question)))


def asks_for_source(question: str) -> bool:
    """Whether it asks what the answers rest on, who made that, or whether it can be trusted."""
    return bool(_SOURCE.fullmatch(_plain(question)))


def _plain(question: str) -> str:
    text = " ".join(fold(question).split())
    return re.sub(r"\b(what|who|where|that|it|how)(?:'s|s) ", r"\1 is ", text).replace("who is this", "who is it")


def how_to_ask(examples: Sequence[str]) -> str:
    """Return the sentence that says what can be asked, with questions that are answered."""
    some = " or ".join(map(quoted, examples))
    return f"Ask in plain words what was said at the seminar{f', for example {some}' if some else ''}."


def what_it_rests_on(documents: Sequence[tuple[str, str, str | None]]) -> str:
    """Return the sentence that says what all answers rest on.

    Arguments:
        documents: of each seminar its document's title and publisher, and when it was held.
    """
    if len(documents) == 1:
        title, publisher, start = documents[0]
        by = f", published by {publisher}" if publisher else ""
        rests = f"{quoted(title)}{by}{f' ({month(start)})' if start else ''}"
    else:
        rests = f"the published summaries of {number_words(len(documents))} seminars"
    return f"All answers rest on {rests}, and say what was claimed there, not whether it is so."


#: What is said behind that.
READ_ON = "The page “About this source” says more."
