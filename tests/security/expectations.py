"""What a case of the corpus expects, joined by `;`: all must hold."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from contextlib import suppress
from xml.etree import ElementTree

import requests_of
from requests_of import Outcome, State
from servers import Canary, Target

_EDITION = re.compile(r"\b[0-9a-f]{12}(?:[0-9a-f]{4})?\b")
PNG = b"\x89PNG\r\n\x1a\n"


def unmet(expect: str, outcomes: list[Outcome], before: State, target: Target | None, canary: Canary) -> list[str]:
    """Return the parts of an expectation that do not hold, each with what was found instead."""
    wrong = []
    for part in (part.strip() for part in expect.split(";")):
        found = _common(part, before, target, canary)
        if found is None:
            found = next((text for outcome in outcomes if (text := _of_outcome(part, outcome))), "")
        if found:
            wrong.append(f"{part}: {found}")
    canary.seen = 0
    return wrong


def _common(part: str, before: State, target: Target | None, canary: Canary) -> str | None:
    """Check what is asked of the server as a whole; None where the part is about an answer."""
    if part == "net=0":
        return f"{canary.seen} connections" if canary.seen else ""
    if part == "unchanged":
        return "the data changed" if requests_of.version(target) != before.version else ""
    if part == "alive":
        return _alive(target)
    if part == "same-master-pid":
        gone = target is not None and target.process is not None and target.process.poll() is not None
        return "the server ended" if gone else ""
    return None


def _alive(target: Target | None) -> str:
    if target is None:
        return ""
    began = time.monotonic()
    outcome = requests_of.send(target.base, "GET", f"/sparql?query=ASK%20%7B%7D%23{began}", {}, None)
    seconds = time.monotonic() - began
    return "" if outcome.status == 200 and seconds < 1 else f"status {outcome.status} after {seconds:.1f} s"


def _of_outcome(part: str, outcome: Outcome) -> str:
    """Return what is wrong with an answer, or "" ."""
    match = re.fullmatch(r"(status|exit)=(.*)|(t|rss|rows|bytes)<\+?(=?[\d.]+)|wellformed=(.*)|nofile", part, re.DOTALL)
    if match is None:
        return _text(part, outcome)
    if match[1]:
        value = outcome.status if match[1] == "status" else outcome.exit
        return "" if str(value) in match[2].split("|") else f"{value} {outcome.error[:100]}".strip()
    if match[3]:
        return _number(match[3], float(match[4].removeprefix("=")), outcome)
    if match[5]:
        return _well_formed(match[5].split("|"), outcome)
    return f"wrote {outcome.written}" if outcome.written else ""


def _text(part: str, outcome: Outcome) -> str:
    """Check `body~A|B`, `hdr:NAME~A` and their negations; what is none of these is a remark."""
    match = re.match(r"(?:(body|stderr|stdout)(!?)~|hdr(!?):([\w-]+)(?:~|$))", part)
    if match is None:
        return ""
    if match[4]:
        text, negated = outcome.headers.get(match[4].lower()), bool(match[3])
        wanted = part.partition("~")[2]
        holds = text is not None and any(each in text or each == "." for each in wanted.split("|"))
    else:
        text = outcome.error if match[1] == "stderr" else outcome.body.decode("utf-8", "replace")
        negated = bool(match[2])
        if negated:  # an edition is a hash, in which any digits may stand
            text = _EDITION.sub("", text)
        holds = any(each.lower() in text.lower() for each in part.partition("~")[2].split("|"))
    return "" if holds != negated else f"{(text or 'nothing')[:120]!r}"


def _number(what: str, limit: float, outcome: Outcome) -> str:
    value = {"t": outcome.seconds, "rss": outcome.grown, "bytes": float(len(outcome.body))}.get(what)
    if what == "rows":
        value = float(_rows(outcome))
        return "" if value <= limit else f"{value:.0f}"
    assert value is not None
    return "" if value < limit or (what == "bytes" and value == limit) else f"{value:.2f}"


def _rows(outcome: Outcome) -> int:
    with suppress(ValueError, KeyError, TypeError):
        return len(json.loads(outcome.body)["results"]["bindings"])
    return 0


def _well_formed(kinds: list[str], outcome: Outcome) -> str:
    """Parse an answer as what it says to be; pages are not asked to be XML where other kinds are named too."""
    named = outcome.headers.get("content-type", "")
    if "html" in named and len(kinds) > 1:
        return ""
    kind = "png" if "png" in named else "pptx" if "presentation" in named else "xml"
    if kind == "png":
        return "" if outcome.body.startswith(PNG) else "not a PNG"
    if kind == "pptx":
        return "" if zipfile.is_zipfile(io.BytesIO(outcome.body)) else "not a PPTX"
    try:
        ElementTree.fromstring(outcome.body)
    except ElementTree.ParseError as error:
        return f"not XML: {error}"
    return ""
