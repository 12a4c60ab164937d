"""What a case of the corpus asks for: requests over HTTP, a file to check, or a command line."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from servers import ANY_CONCEPT, HUB, PROGRAM, SEMINAR, Canary, Target

TIMEOUT = 120
EXISTING_CONCEPT = f"https://w3id.org/seminar-kg/concept/{ANY_CONCEPT}"


@dataclass
class Outcome:
    """What came back: of a request, or of a command."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    error: str = ""
    exit: int | None = None
    seconds: float = 0.0
    grown: float = 0.0
    written: list[str] = field(default_factory=list)


@dataclass
class State:
    """The data version and the canary's count before a case."""

    version: str | None
    seen: int = 0


def state(target: Target | None) -> State:
    """Return what a case must leave as it is."""
    return State(version(target))


def version(target: Target | None) -> str | None:
    """Return the data version that a server tells."""
    if target is None:
        return None
    with suppress(OSError, ValueError):
        return str(json.loads(send(target.base, "GET", "/healthz", {}, None).body)["version"])
    return None


def run(request: dict[str, Any], target: Target | None, canary: Canary) -> list[Outcome]:
    """Do what a case asks for and return what came of it."""
    if "argv" in request or "file" in request:
        return [_command(request, target, canary)]
    assert target is not None, "a request needs a server"
    fill = _filler(target, canary)
    jobs = list(_requests(request, fill)) * int(request.get("repeat", 1))
    with _watched(target) as grown, ThreadPoolExecutor(int(request.get("concurrency", 1))) as threads:
        outcomes = list(threads.map(lambda job: _timed(target, job), jobs))
    for outcome in outcomes:
        outcome.grown = grown[0]
    return outcomes


def _filler(target: Target | None, canary: Canary) -> Any:
    """Return a function that makes text of what stands in the corpus."""
    names = {
        "{CANARY}": str(canary.port),
        "{BASE}": target.base if target else "http://127.0.0.1:9",
        "{CURATOR}": "session=none",
        "{EXISTING_CONCEPT}": EXISTING_CONCEPT,
        "{LONG}": "a" * 10_000,
    }

    def fill(value: Any) -> str:
        if isinstance(value, dict):
            value = "".join(text * count for text, count in value["$gen"])
        for name, text in names.items():
            value = value.replace(name, text)
        return str(value)

    return fill


def _requests(request: dict[str, Any], fill: Any) -> Iterator[tuple[Any, ...]]:
    if "raw" in request:
        yield ("raw", fill(request["raw"]).encode("latin-1"))
        return
    body = bytes.fromhex(request["body_hex"]) if "body_hex" in request else None
    if "body" in request:
        body = fill(request["body"]).encode()
    headers = {name: fill(value) for name, value in request.get("headers", {}).items()}
    for path in request.get("paths") or [request["path"]]:
        path = _existing(fill(path))
        params = request.get("params")
        if params:
            pairs = params.items() if isinstance(params, dict) else params
            query = urlencode([(name, _existing(fill(value))) for name, value in pairs])
            path += ("&" if "?" in path else "?") + query
        yield (request["method"], path, headers, body)


def _existing(text: str) -> str:
    """Put a concept that exists in the place of `bayes`, and one with many neighbours in that of `hub`."""
    text = re.sub(r"((?:/|^)(?:concepts|embed)/|focus=)bayes\b", rf"\1{ANY_CONCEPT}", text)
    return re.sub(r"focus=hub\b", f"focus={HUB}", text)


def _timed(target: Target, job: tuple[Any, ...]) -> Outcome:
    began = time.monotonic()
    outcome = _raw(target.base, job[1]) if job[0] == "raw" else send(target.base, *job)
    outcome.seconds = time.monotonic() - began
    return outcome


def send(base: str, method: str, path: str, headers: dict[str, str], body: bytes | None) -> Outcome:
    """Send a request as it is written, without following redirects."""
    address = urlsplit(base)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=TIMEOUT)
    try:
        connection.request(method, quote(path, safe="%/?&=+:;,@#!$'()*[]~\\"), body=body, headers=headers)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Outcome(response.status, found, response.read())
    except (OSError, http.client.HTTPException) as error:
        return Outcome(error=repr(error))
    finally:
        connection.close()


def _raw(base: str, data: bytes) -> Outcome:
    address = urlsplit(base)
    with socket.create_connection((address.hostname, address.port), timeout=TIMEOUT) as stream:
        stream.sendall(data.replace(b"Host: localhost", f"Host: {address.netloc}".encode()))
        response = http.client.HTTPResponse(stream)
        try:
            response.begin()
            found = {name.lower(): value for name, value in response.getheaders()}
            stream.settimeout(2)
            with suppress(OSError):
                return Outcome(response.status, found, response.read())
            return Outcome(response.status, found)
        except (OSError, http.client.HTTPException) as error:
            return Outcome(error=repr(error))


@contextmanager
def _watched(target: Target) -> Iterator[list[float]]:
    """Measure by how many MB a server grows meanwhile."""
    before, grown, stop = target.memory(), [0.0], threading.Event()

    def watch() -> None:
        while not stop.wait(0.1):
            grown[0] = max(grown[0], target.memory() - before)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield grown
    finally:
        stop.set()
        thread.join()


def _command(request: dict[str, Any], target: Target | None, canary: Canary) -> Outcome:
    """Run a command line in a folder of its own, or check a file that is written there."""
    fill = _filler(target, canary)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "file" in request:
            content = fill(request["content"])
            encoding = "utf-16-le" if content.startswith("{UTF16LE}") else "utf-8"
            (folder / request["file"]).write_bytes(content.removeprefix("{UTF16LE}").encode(encoding))
            arguments = ["check", request["file"]]
        else:
            _furnish(folder)
            arguments = [fill(argument) for argument in request["argv"]][1:]
        before = _files(folder)
        began = time.monotonic()
        try:
            found = subprocess.run(
                [str(PROGRAM), *arguments],
                cwd=folder,
                env={**os.environ, **request.get("env", {})},
                capture_output=True,
                timeout=TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Outcome(exit=None, seconds=TIMEOUT)
        return Outcome(
            exit=found.returncode,
            body=found.stdout,
            error=found.stderr.decode("utf-8", "replace"),
            seconds=time.monotonic() - began,
            written=sorted(_files(folder) - before),
        )


def _furnish(folder: Path) -> None:
    """Put the files there that command lines of a corpus name."""
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "FIFO")
    shutil.copy(SEMINAR, folder / "ok.ttl")
    with suppress(OSError):
        (folder / "symlink-to-etc-passwd.ttl").symlink_to("/etc/passwd")


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}
