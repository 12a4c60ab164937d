"""The view of a map that a request asks for: which claims, which page, checked, and its canonical address.

The same parameters hold for `/map`, `/map.<format>` and `/embed/map`, and are those of `seminar-kg map`.
"""

from __future__ import annotations

from typing import Any

from flask import abort
from werkzeug.datastructures import MultiDict

from kg.maps.concept_map import MOST_CONCEPTS
from kg.maps.drawing.frame import PAGES
from kg.maps.text import clean, control_characters
from webapp.context import catalogue

Arguments = MultiDict[str, str]
MOST_TITLE = 200
OPTIONS = (
    "overview",
    "question",
    "focus",
    "depth",
    "seminar",
    "theme",
    "speaker",
    "stance",
    "most",
    "hide",
    "title",
    "page",
)
YES = ("1", "true", "yes", "on")
NARROWING = ("question", "focus", "theme", "speaker", "stance")


def chosen(args: Arguments) -> dict[str, Any]:
    """Return the options that parameters name, for `Drawings.draw`.

    Raises UnknownName for an unknown name and ends with 400 for a bad value; unknown parameters are ignored.
    """
    source = catalogue()
    options: dict[str, Any] = {}
    if args.get("page"):
        options["page"] = _page(args["page"])
    if args.get("title"):
        options["title"] = _title(args["title"])
    if args.get("most"):
        options["most"] = _number(args["most"], "The number of concepts to keep (most)", 2, MOST_CONCEPTS)
    if args.get("depth"):
        _depth(args["depth"])
    hidden = tuple(sorted({source.concept(name).slug for name in args.getlist("hide") if name}))
    if hidden:
        options["hide"] = hidden
    if args.get("overview") in YES:
        if any(args.get(name) for name in NARROWING):
            abort(400, "An overview is of all claims; choose no topic, speaker, way of saying or concept with it.")
        options["overview"] = True
    if args.get("question"):
        return {**options, "question": args["question"]}
    if args.get("focus"):
        options["focus"] = source.concept(args["focus"]).slug
        options["depth"] = _depth(args.get("depth") or "1")
    if args.get("theme"):
        options["theme"] = source.theme(args["theme"]).slug
    if args.get("speaker"):
        options["speaker"] = source.agent(args["speaker"]).slug
    if args.get("seminar"):
        options["seminar"] = source.seminar(args["seminar"]).slug
    if args.get("stance"):
        options["stance"] = args["stance"]
    return options


def _depth(text: str) -> int:
    return _number(text, "“Steps away” (depth)", 1, 3)


def _number(text: str, what: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most):
        allowed = ", ".join(map(str, range(least, most))) + f" or {most}" if most - least < 5 else f"{least} to {most}"
        abort(400, f"{what} can be {allowed}, not “{text[:20]}”.")
    return int(text)


def _page(name: str) -> str:
    if name not in PAGES:
        abort(400, f"The page can be {', '.join(PAGES)}, not “{name[:20]}”.")
    return name


def _title(text: str) -> str:
    if len(text) > MOST_TITLE:
        abort(400, f"A title can have up to {MOST_TITLE} characters.")
    if wrong := control_characters(text):
        abort(400, f"The title has the control character {wrong[0]}; leave it out.")
    return clean(text)


def query_of(address: str) -> str:
    """Return the parameters of a map's address ("/map?focus=culture"), with "?" before them; "" for none."""
    _, mark, query = address.partition("?")
    return mark + query
