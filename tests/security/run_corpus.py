"""Run a corpus of hostile inputs against the server and the command line.

    python tests/security/run_corpus.py CORPUS [--base URL] [--surface NAME]... [--case ID]...
        [--without TEXT]... [--quick]

CORPUS is a JSON list of cases {id, surface, request, expect, why}. Without --base a server is started over the
packaged seminar and what the cases need; with it, memory and process are not watched and cases that need data of
their own are left out. --quick leaves out those marked `"slow": true`, `--without .pptx` the paths of a case that have
".pptx" in them, for what is not built. Prints a line for each failing case and closes with "N passed, N failed"; exit
code 1 where one failed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import expectations  # noqa: E402
import requests_of  # noqa: E402
from servers import Canary, Target, fixture_data, started  # noqa: E402

Case = dict[str, Any]
TRIES = 3


@contextmanager
def target_for(case: Case, base: str | None, shared: Target | None, folder: Path) -> Iterator[Target | None]:
    """Yield the server to ask: the shared one, or one of its own for a case that brings data."""
    fixture = case["request"].get("fixture")
    if fixture is None:
        yield shared
    elif base is not None:
        yield None
    else:
        with started(fixture_data(folder / f"{case['id']}.ttl", fixture)) as target:
            yield target


def failures(case: Case, target: Target | None, canary: Canary) -> list[str]:
    """Return what is wrong with the outcome of a case; a time alone is taken again: machines are busy."""
    wrong: list[str] = []
    for _ in range(TRIES):
        before = requests_of.state(target)
        outcomes = requests_of.run(case["request"], target, canary)
        wrong = expectations.unmet(case["expect"], outcomes, before, target, canary)
        if not wrong or not all(each.startswith("t<") for each in wrong):
            break
    return wrong


def main(arguments: list[str] | None = None) -> int:
    """Run the cases that were chosen; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--base", help="a server that runs already, such as http://127.0.0.1:8080")
    parser.add_argument("--surface", action="append", help="only cases of this surface; repeatable")
    parser.add_argument("--case", action="append", help="only the case of this id; repeatable")
    parser.add_argument("--quick", action="store_true", help="leave out the cases that take seconds")
    parser.add_argument("--without", action="append", default=[], help="leave out paths with this in them; repeatable")
    chosen = parser.parse_args(arguments)
    cases = [
        case
        for case in json.loads(chosen.corpus.read_text(encoding="utf-8"))
        if (not chosen.surface or case["surface"] in chosen.surface)
        and (not chosen.case or case["id"] in chosen.case)
        and not (chosen.quick and case.get("slow"))
    ]
    passed = failed = 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        canary = stack.enter_context(Canary())
        shared = None
        if chosen.base:
            shared = Target(chosen.base.rstrip("/"), None)
        elif any(case["surface"] not in ("cli", "ttl-import") for case in cases):
            shared = stack.enter_context(started(fixture_data(folder / "filler.ttl", None)))
        for case in cases:
            for paths in filter(None, [case["request"].get("paths")]):
                paths[:] = [path for path in paths if not any(text in path for text in chosen.without)]
            try:
                with target_for(case, chosen.base, shared, folder) as target:
                    if target is None and case["request"].get("fixture"):
                        continue
                    wrong = failures(case, target, canary)
            except ValueError as error:
                wrong = [str(error)]
            passed, failed = passed + (not wrong), failed + bool(wrong)
            if wrong:
                print(f"FAIL {case['id']} ({case['surface']}): {'; '.join(wrong)} [{case['why']}]", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
