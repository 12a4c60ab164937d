"""Maps of CmapTools as people draw them: what their lines say, and a sentence for each thing that is not drawn.

CXL (http://cmap.ihmc.us/xml/cxl.html) has concepts, linking phrases, and lines between any two of them. A proposition
is read along the lines from one concept to the next, through one linking phrase or several.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from kg.english.telling.sentences import listed_words
from kg.maps.concept_map import UNSAID, ConceptMap, MapConcept, MapError, MapProposition
from kg.maps.text import clean, control_characters

NOTES, SOURCE_LINE = "notes", "source-line"
"""The ids of boxes without a border for what stands under the map, since CmapTools draws nothing but boxes."""

MOST_STEPS = 20_000
"""Steps along lines before a map is refused: linking phrases that all lead to one another have ways without number."""

LONGEST_CHAIN = 50
"""Linking phrases from one concept to the next."""

Line = tuple[str, str]


def read(text: str, title: str = "", source_line: str = "") -> ConceptMap:
    """The map in a CXL file. A linking phrase with several lines makes a proposition of each pair of ends.

    Linking phrases that lead to one another are read as one. A line without words and a concept without a name are
    drawn with an ellipsis. `ConceptMap.undrawn` has a sentence for these, and for what is not drawn: a linking phrase
    that lacks an end or links a concept to itself, frames of nested nodes, resources and annotations.

    Arguments:
        text: the file. Places and looks are passed over; comments become definitions and sentences.
        title: the map's title, instead of the file's.
        source_line: where the propositions come from, instead of the file's own.

    Raises:
        MapError: the text is not CXL, or its linking phrases lead to one another in too many ways.
    """
    root = _root(text)
    nodes = {_id(each): each for each in _all(root, "concept")}
    own_source, notes = nodes.pop(SOURCE_LINE, None), nodes.pop(NOTES, None)
    if own_source is not None and not source_line:
        source_line = own_source.get("label", "")
    told = next((each.text or "" for each in _all(root, "description")), "")
    own_title = next((each.text or "" for each in _all(root, "title")), "")
    left_out = [notes.get("short-comment", "") or notes.get("label", "")] if notes is not None else []
    concept_map = ConceptMap(title or own_title, told, source_line, left_out=left_out)
    links = _Links(root, nodes)
    for identifier, node in nodes.items():
        if _label(node) or links.touch(identifier):
            label = _label(node) or UNSAID
            concept_map.add_concept(MapConcept(identifier, label, definition=node.get("short-comment")))
    for proposition in links.propositions():
        concept_map.add_proposition(proposition)
    concept_map.undrawn = tuple(dict.fromkeys([*_repeated(root), *links.undrawn(), *_beside(root, links)]))
    return concept_map


def _root(text: str) -> Element:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise MapError("This CXL declares a document type, which CmapTools never does; remove the declaration.")
    try:
        root = ElementTree.fromstring(text.removeprefix("\ufeff"))
    except ElementTree.ParseError as error:
        line, column = error.position
        wrong = control_characters(text)
        reason = f"it has the control character {wrong[0]}" if wrong else str(error).partition(":")[0]
        raise MapError(f"Line {line}, column {column + 1}: this is not CXL in UTF-8 ({reason}).") from None
    if _tag(root) != "cmap":
        raise MapError(f"This is not CXL: its first element is <{_tag(root)}> instead of <cmap>.")
    return root


class _Links:
    """The lines of a map, what they say when they are followed, and which of them say nothing."""

    def __init__(self, root: Element, concepts: dict[str, Element]):
        self._concepts = concepts
        self._phrases = {_id(each): each for each in _all(root, "linking-phrase")}
        self._lines: dict[Line, str] = {}
        self._back: dict[Line, Line] = {}
        self._lost: list[str] = []
        for each in _all(root, "connection"):
            self._add(each)
        self._after: dict[str, list[str]] = {identifier: [] for identifier in [*concepts, *self._phrases]}
        self._before: dict[str, list[str]] = {identifier: [] for identifier in self._after}
        for start, end in [*self._lines, *self._back]:
            self._after[start].append(end)
            self._before[end].append(start)
        self._followed: set[Line] = set()
        self._wordless: set[str] = set()
        self._steps = 0

    def _add(self, connection: Element) -> None:
        line = start, end = connection.get("from-id", ""), connection.get("to-id", "")
        known = [each for each in line if each in self._concepts or each in self._phrases]
        if len(known) < 2:
            at = f"at {self.name(known[0])}" if known else "between two things"
            self._lost.append(f"A line {at} is not drawn: it leads to or from something that is not there.")
            return
        self._back.pop(line, None)
        self._lines.setdefault(line, _id(connection) or f"line-{len(self._lines) + 1}")
        if connection.get("isBidirectional") == "true" and (end, start) not in self._lines:
            self._back[end, start] = line

    def touch(self, identifier: str) -> bool:
        """Whether a line leads to or from something."""
        return bool(self._before[identifier] or self._after[identifier])

    def name(self, identifier: str) -> str:
        """What a person calls a concept or a linking phrase."""
        if identifier in self._concepts:
            return _quoted(self._concepts[identifier]) or "a concept without a name"
        return _quoted(self._phrases[identifier]) or "a linking phrase without words"

    def propositions(self) -> Iterator[MapProposition]:
        """Yield what the lines say, in the order of the linking phrases; lines without one come last."""
        for phrase in self._phrases:
            number = 0
            for source in (each for each in self._before[phrase] if each in self._concepts):
                for path in self._paths(phrase, (phrase,)):
                    if path[-1] == source:
                        continue
                    number += 1
                    self._follow((source, *path))
                    words = " ".join(filter(None, (_label(self._phrases[each]) for each in path[:-1])))
                    if not words:
                        self._wordless.add(phrase)
                    told = self._phrases[phrase].get("short-comment") if len(path) == 2 else None
                    name = phrase if number == 1 else f"{phrase}-{number}"
                    yield MapProposition(name, source, path[-1], words or UNSAID, text=told)
        for (start, end), name in self._lines.items():
            if start in self._concepts and end in self._concepts and start != end:
                self._followed.add((start, end))
                yield MapProposition(name, start, end, UNSAID)

    def _paths(self, at: str, so_far: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield the ways from a linking phrase to a concept, no phrase twice."""
        for end in self._after[at]:
            self._steps += 1
            if self._steps > MOST_STEPS or len(so_far) > LONGEST_CHAIN:
                raise MapError("Its linking phrases lead to one another in too many ways; put concepts between them.")
            if end in self._concepts:
                yield (*so_far, end)
            elif end not in so_far:
                yield from self._paths(end, (*so_far, end))

    def _follow(self, stops: tuple[str, ...]) -> None:
        for line in pairwise(stops):
            self._followed.add(self._back.get(line, line))

    def undrawn(self) -> Iterator[str]:
        """Yield a sentence for each thing that is drawn otherwise than it stands there, or not at all."""
        yield from self._lost
        for identifier, concept in self._concepts.items():
            if not _label(concept):
                near = self._near(identifier)
                where = f", linked with {listed_words(near)}," if near else ""
                how = f"is drawn as “{UNSAID}”" if self.touch(identifier) else "is not drawn"
                yield f"A concept without a name{where} {how}; give it a name."
        for phrase in self._phrases:
            yield from self._of_phrase(phrase)
        for start, end in self._lines:
            yield from self._of_line(start, end)

    def _near(self, concept: str) -> list[str]:
        """Return the names of the concepts that a concept is linked with."""
        found: list[str] = []
        for beside, across in ((self._after, self._after), (self._before, self._before)):
            for each in beside[concept]:
                found += across[each] if each in self._phrases else [each]
        return [self.name(each) for each in dict.fromkeys(found) if each in self._concepts and each != concept]

    def _of_phrase(self, phrase: str) -> Iterator[str]:
        before, after = self._before[phrase], self._after[phrase]
        if not (before and after):
            words = f"The linking phrase {_quoted(self._phrases[phrase])}".rstrip()
            words += "" if _label(self._phrases[phrase]) else " without words"
            if before:
                yield f"{words} leads from {self._names(before)} to nothing and is not drawn."
            elif after:
                yield f"{words} leads to {self._names(after)} from nothing and is not drawn."
            else:
                yield f"{words} links nothing and is not drawn."
        elif phrase in self._wordless:
            lines = "lines" if len(before) > 1 or len(after) > 1 else "line"
            verb = "have" if lines == "lines" else "has"
            ends = f"from {self._names(before)} to {self._names(after)}"
            yield f"The {lines} {ends} {verb} no words, so “{UNSAID}” stands there; write the linking phrase."

    def _of_line(self, start: str, end: str) -> Iterator[str]:
        """Say what is wrong with a line that no proposition follows, or that has no words."""
        ends = f"from {self.name(start)} to {self.name(end)}"
        if start == end:
            yield f"The line {ends} links it to itself and is not drawn."
        elif (start, end) in self._followed:
            if start in self._concepts and end in self._concepts:
                yield f"The line {ends} has no words, so “{UNSAID}” stands there; put a linking phrase between them."
        else:
            phrase, concept = (start, end) if start in self._phrases else (end, start)
            if concept in self._concepts and concept in self._before[phrase] and concept in self._after[phrase]:
                what = f"The linking phrase {self.name(phrase)} links {self.name(concept)} to itself"
                yield f"{what} and is not drawn there."
            elif all(self._before[each] and self._after[each] for each in (start, end) if each in self._phrases):
                yield f"The line {ends} is not drawn: following it leads to no other concept."

    def _names(self, identifiers: Iterable[str]) -> str:
        return listed_words([self.name(each) for each in dict.fromkeys(identifiers)])


def _repeated(root: Element) -> Iterator[str]:
    """Yield a sentence for each id that several things have."""
    for tag in ("concept", "linking-phrase"):
        for identifier, times in Counter(_id(each) for each in _all(root, tag)).items():
            if times > 1:
                yield f"Several things have the id {identifier!r}, of which only the last is drawn."


def _beside(root: Element, links: _Links) -> Iterator[str]:
    """Yield what a map of CmapTools has beside concepts and lines: nested nodes, resources, annotations."""
    held: dict[str, list[str]] = {}
    labels = {_id(each): _quoted(each) for each in _all(root, "concept", "linking-phrase")}
    for each in _all(root, "concept", "linking-phrase"):
        parent = each.get("parent-id")
        if parent in labels and labels[_id(each)]:
            held.setdefault(parent, []).append(labels[_id(each)])
    for parent, inside in held.items():
        yield f"The nested node {labels[parent]} is drawn without its frame around {listed_words(inside)}."
    for tag, kind in (("resource", "resource"), ("annotation", "annotation")):
        named = [_quoted(each) for each in _all(root, tag)]
        if named:
            some = ", ".join(filter(None, named[:5])) + (", …" if len(named) > 5 else "")
            count = f"The {kind}" if len(named) == 1 else f"The {len(named)} {kind}s"
            yield f"{count} {some}".rstrip() + f" {'is' if len(named) == 1 else 'are'} not drawn."


def _all(root: Element, *tags: str) -> Iterator[Element]:
    return (each for each in root.iter() if _tag(each) in tags)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _id(node: Element) -> str:
    """The id of a node, which is its label where it has none."""
    return node.get("id") or node.get("label") or ""


def _label(node: Element) -> str:
    return clean(node.get("label", ""))


def _quoted(node: Element) -> str:
    return f"“{_label(node)}”" if _label(node) else ""
