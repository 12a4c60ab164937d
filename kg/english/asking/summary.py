"""Words that ask for a summary of all that was said: "tl;dr", "top tips", "explain it simply"."""

from __future__ import annotations

_MAIN = "(?:key|main|chief|big|important|top|core|crucial|headline)"
_PEOPLE = "(?:beginners?|dummies|newcomers?|novices?|outsiders?|lay(?:man|men|person|people)|child(?:ren)?|kids?)"
_FORMS = (
    r"tl ?;? ?dr",
    rf"{_MAIN} (?:(?:\d+|two|three|four|five|ten) )?"
    r"(?:points?|tips?|findings?|ideas?|facts?|conclusions?|advice|things?)",
    rf"(?:{_MAIN} )?(?:learning|lessons?|take-?aways?|take-?home|messages?|conclusions?)(?: points?| messages?)?"
    r"(?: learn(?:ed|t))?",
    r"in (?:a nutshell|short|brief|summary)",
    r"(?:sum|summed) (?:(?:it|this|that|everything|the \w+) )?up",
    r"summari[sz]e|summary|recap|gist|highlights?|tips|basics|essentials|overview|bullet points?",
    rf"(?:one|only|single|{_MAIN}) thing (?:to|(?:we|i) should) (?:remember|take away|know|learn)",
    r"what (?:should|can|did|do|have) (?:i|we|people|you|they) (?:learn|learnt|learned|take away|remember)",
    # The same for somebody who knows little of it.
    r"(?:very |really )?(?:simply|briefly|plainly)(?: put)?|(?:more )?simple|simpler",
    r"in (?:(?:very|really) )?(?:plain|simple|simpler|easy|everyday|lay(?:man|person)?(?:'?s)?|other)"
    r" (?:english|words?|terms|language)",
    rf"for (?:an? |the )?(?:(?:complete|total|absolute) )?(?:{_PEOPLE}|(?:five|\d+)[- ]year[- ]olds?)(?!')",
    r"eli ?5|like i'?(?: a)?m (?:five|\d+|a \w+)",
    rf"(?:simple|simpler|easy|plain|short|brief|quick|{_PEOPLE}'?s) (?:version|explanation|account|guide|words)",
)
#: The pattern of these words.
SUMMARY = rf"\b(?:{'|'.join(_FORMS)})\b"
