"""What a corpus is run against: a server with some more data, and a listener that nobody should reach."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "clients"))

from endpoint import endpoint  # noqa: E402

SEMINAR = ROOT / "data" / "seminar.ttl"
PROGRAM = Path(sys.executable).parent / "seminar-kg"
FILLER = 6_200
"""Triples beside the seminar, so that a query for all of them is cut."""
ANY_CONCEPT = "culture"
HUB = "patients"


@dataclass
class Target:
    """A server: its address, and its process where we started it."""

    base: str
    process: subprocess.Popen[str] | None

    def memory(self) -> float:
        """Return the MB that the process and all its descendants hold, shared pages counted once; 0 if unknown."""
        return sum(_held(pid) for pid in descendants(self.process.pid)) if self.process else 0.0


def descendants(pid: int) -> list[int]:
    """Return a process and all that come from it (Linux; elsewhere the process alone)."""
    found = [pid]
    for each in found:
        for children in Path(f"/proc/{each}/task").glob("*/children"):
            with suppress(OSError):
                found.extend(int(child) for child in children.read_text().split())
    return found


def _held(pid: int) -> float:
    with suppress(OSError):
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


@contextmanager
def started(extra: Path) -> Iterator[Target]:
    """Start a server over the packaged seminar and a file more, and end it afterwards."""
    with endpoint("--no-check", "--data", str(SEMINAR), "--data", str(extra)) as (address, process):
        yield Target(address.removesuffix("/sparql"), process)


def fixture_data(path: Path, fixture: dict[str, str] | None) -> Path:
    """Write the data of a server: filler, and the concept that a case asks for with a claim about it."""
    lines = [f'<urn:filler:{number}> <urn:filler:number> "{number}" .' for number in range(FILLER)]
    if fixture is not None:
        lines = [claimed_concept(**fixture_values(fixture))]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


CLAIM = """\
@prefix :         <https://w3id.org/seminar-kg/seminar/leading-by-example-2014#> .
@prefix concept:  <https://w3id.org/seminar-kg/concept/> .
@prefix relation: <https://w3id.org/seminar-kg/relation/> .
@prefix sk:       <https://w3id.org/seminar-kg/vocab#> .
@prefix dcterms:  <http://purl.org/dc/terms/> .
@prefix prov:     <http://www.w3.org/ns/prov#> .
@prefix rdf:      <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix schema:   <https://schema.org/> .
@prefix skos:     <http://www.w3.org/2004/02/skos/core#> .

concept:{slug} a skos:Concept ; skos:prefLabel "{label}"@en .
:m3-{slug} a schema:Claim ;
    schema:text "{label} creates culture."@en ;
    sk:stance sk:describes ; sk:attributionKind sk:presentation ; prov:wasAttributedTo :publisher ;
    sk:madeIn :presentation ; dcterms:isPartOf :seminar ; prov:wasQuotedFrom :write-up ;
    prov:wasDerivedFrom :quote-I1 ; schema:about concept:{slug} , concept:culture ;
    sk:proposition [ a rdf:Statement ; schema:position 1 ; sk:status sk:asserted ;
        rdf:subject concept:{slug} ; rdf:predicate relation:create ; rdf:object concept:culture ] .
concept:{slug} relation:create concept:culture .
"""


FIXTURE = {"concept": "slug", "prefLabel": "label", "homepage": "address"}
"""What a fixture may say of its concept, and what that is called here."""
HOMEPAGE = """
concept:{slug} <http://xmlns.com/foaf/0.1/homepage> <{address}> ; schema:url <{address}> .
"""


def fixture_values(fixture: dict[str, str]) -> dict[str, str]:
    """Return what a fixture says; raises ValueError where it says something that is not known here."""
    unknown = [key for key in fixture if key not in FIXTURE]
    if unknown or "concept" not in fixture:
        wrong = f"has the unknown key {unknown[0]!r}" if unknown else "names no concept"
        raise ValueError(f"the fixture {wrong}; it can have {', '.join(FIXTURE)}")
    return {FIXTURE[key]: value for key, value in fixture.items()}


def claimed_concept(slug: str, label: str | None = None, address: str | None = None) -> str:
    """Return a concept with a label and the address of a page about it, and a claim about it."""
    text = CLAIM.format(slug=slug, label="".join(f"\\U{ord(character):08X}" for character in label or slug))
    return text + (HOMEPAGE.format(slug=slug, address=address) if address else "")


class Canary:
    """A listener on this machine that counts who connects."""

    def __init__(self) -> None:
        self.seen = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            connection.close()
            self.seen += 1

    def __enter__(self) -> Canary:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
