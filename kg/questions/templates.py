"""Question templates: one `.rq` file a form of question, in kg/questions/.

A file is a header of `#+` lines in TOML and one whole SELECT that projects `?claim`:

    name       what the template is called in answers and addresses
    title      the question in general words
    use        what people use it for, one of USES; the page of questions lists those without a use at its end
    example    a question that it answers for the packaged seminar
    cues       regular expressions; where one matches the folded question, those words are accounted for; in one
               `SEMINAR` stands for the words that mean the seminar ("the talk", "this", "it"), `SUMMARY` for those that
               ask for a summary
    required   whether a cue has to match
    slots      name = kind ("concept", "relation", "agent", "stance", "list", "number"; "concepts": all
               that the same words stand for; or "subject" and "object": the ends of an arrow); each is a
               `VALUES ?name { }` block of the query
    filled     what fills the slots: "mentions" (default), things that the question names; "claims", the arrows of
               the claims that the question's words speak for most (slots: subject, relation, object); "parts": no
               slots, but the queries of several readings are put together; or "speakers": it is for questions that
               ask for all that somebody said, whose words are picked from what it finds
    whole      regular expressions, apart from the cues: a question that has nothing but what they match and what fills
               the slots is of this form, whatever else could be found; fillers ("please") do not count. Of a form with
               `required` the first of them has to match
    say        how the claims are said: "plain" (default), "list", "item" (one of a list), "count", "compare",
               "summary" (what the source sums up itself), "concept" (what is said of one thing), "definition" (what it
               is), or "name" (what a short one stands for)
    gives      a thing that people ask for by name and that few queries have: "quantity", "time", "place" or "title";
               a question that asks for one is only answered by a template that gives it
    most       the most claims that make a good answer of this form (default 4)
    prior      what is added to the score of each reading (default 0): how exact this form of question is
    suggested  the rank of the example among those offered on the home page; without it, it is not offered
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.english.asking.summary import SUMMARY
from kg.english.words import SEMINAR, fold, written_out
from kg.sparql.query_text import with_prefixes

FOLDER = Path(__file__).parent
SLOT_KINDS = {
    "concept": "Concept",
    "concepts": "Concept",
    "relation": "Words on the arrow",
    "agent": "Person or organisation",
    "stance": "How it was said",
    "list": "List",
    "number": "Which one",
    "subject": "Start of the arrow",
    "object": "End of the arrow",
}
"""What each kind of slot is called for people."""
USES = {
    "topic": "About a topic",
    "advice": "What to do, and why",
    "people": "Who said what",
    "list": "Numbered points",
    "seminar": "About the seminar",
    "words": "What words mean",
}
"""What people use questions for, in the order of their page, with the headings there."""
FILLED = ("mentions", "claims", "parts", "speakers")
SAYINGS = ("plain", "list", "item", "count", "compare", "summary", "concept", "definition", "name")


class TemplateError(ValueError):
    """A template file that cannot be used; the message names the file and what to correct."""


@dataclass(frozen=True)
class QuestionTemplate:
    """A form of question with its query; see the module for what each part means."""

    name: str
    title: str
    example: str
    sparql: str
    cues: tuple[re.Pattern[str], ...]
    required: bool = False
    whole: tuple[re.Pattern[str], ...] | None = None
    slots: dict[str, str] = field(default_factory=dict, hash=False)
    filled: str = "mentions"
    say: str = "plain"
    most: int = 4
    gives: str | None = None
    prior: float = 0.0
    suggested: int | None = None
    use: str | None = None

    @property
    def gives_list(self) -> bool:
        """Whether its claims are said one by one, as a list or with their number."""
        return self.say in ("list", "count", "compare", "summary", "concept")

    def cued(self, question: str) -> tuple[tuple[int, int], ...]:
        """Return where in a question's folded text cues match: start, and end not included.

        Of a cue with a gap ("chair .* work") only its groups count: what stands in the gap is not accounted for.
        """
        return _found(self.cues, question)

    def filled_by(self, question: str) -> tuple[tuple[int, int], ...]:
        """Return where the expressions of `whole` match in a question's folded text, if the one does that has to."""
        whole = self.whole or ()
        return _found(whole, question) if not self.required or _found(whole[:1], question) else ()


def _found(cues: tuple[re.Pattern[str], ...], question: str) -> tuple[tuple[int, int], ...]:
    """Return where cues match, if need be once shorthand is written out: "whats it about"."""
    folded = fold(question)
    found = tuple(span for cue in cues for match in cue.finditer(folded) for span in _spans(cue, match))
    if found:
        return found
    text, places = written_out(question)
    spans = (span for cue in cues for match in cue.finditer(text) for span in _spans(cue, match))
    return tuple((places[first][0], places[last - 1][1]) for first, last in spans)


def _spans(cue: re.Pattern[str], match: re.Match[str]) -> list[tuple[int, int]]:
    if ".*" not in cue.pattern:
        return [match.span()]
    return [span for span in match.regs[1:] if span[0] < span[1]]


@cache
def read_templates(folder: Path = FOLDER) -> tuple[QuestionTemplate, ...]:
    """Return all templates of a folder, by the name of their file; raises TemplateError."""
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def _read(path: Path) -> QuestionTemplate:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = "\n".join(line[2:].strip() for line in lines if line.startswith("#+"))
    sparql = "\n".join(line for line in lines if not line.startswith("#+")).strip()
    try:
        about = tomllib.loads(header)
        cues = _compiled(about.pop("cues", ()))
        if "whole" in about:
            about["whole"] = _compiled(about["whole"])
        name, title, example = about.pop("name"), about.pop("title"), about.pop("example")
        template = QuestionTemplate(name, title, example, with_prefixes(sparql), cues, **about)
    except (tomllib.TOMLDecodeError, re.error, KeyError, TypeError) as error:
        raise TemplateError(f"{path.name}: the header of #+ lines is wrong or lacks {error}; correct it.") from error
    _check(path, template)
    return template


def _compiled(cues: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(cue.replace("SEMINAR", SEMINAR).replace("SUMMARY", SUMMARY)) for cue in cues)


def _check(path: Path, template: QuestionTemplate) -> None:
    if template.name != path.stem:
        raise TemplateError(f"{path.name}: the name in the header is {template.name!r}; make it {path.stem!r}.")
    for slot, kind in template.slots.items():
        if kind not in SLOT_KINDS:
            raise TemplateError(
                f"{path.name}: slot {slot} is of unknown kind {kind!r}; use one of {tuple(SLOT_KINDS)}."
            )
        if not re.search(rf"VALUES\s+\?{slot}\s*\{{", template.sparql):
            raise TemplateError(f"{path.name}: the query has no VALUES ?{slot} block; add one.")
    if template.use not in (None, *USES):
        raise TemplateError(f"{path.name}: use is {template.use!r}; use one of {tuple(USES)}, or none.")
    if template.filled not in FILLED:
        raise TemplateError(f"{path.name}: filled is {template.filled!r}; use one of {FILLED}.")
    if template.say not in SAYINGS:
        raise TemplateError(f"{path.name}: say is {template.say!r}; use one of {SAYINGS}.")
