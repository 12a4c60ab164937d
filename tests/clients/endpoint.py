"""A server of its own process for the tests that try real clients, over data that the test brings or the seminar."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = Path(sys.executable).parent / "seminar-kg"


@contextmanager
def endpoint(*options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start `seminar-kg serve` on a free port; yield the address of its endpoint and the process."""
    command = [str(PROGRAM), "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = re.search(r"http://[\d.:]+", process.stdout.readline())
        assert address, "the server did not start"
        yield f"{address[0]}/sparql", process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
