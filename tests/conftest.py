"""What tests of several folders share: the packaged seminar, opened once, and the marks that say when a test runs."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg import Library, open_library
from kg.library import open_any

HERE = Path(__file__).parent
#: The marks of tests by where they stand, as the beginnings of their ids; README.md says which command runs which.
MARKS = {
    "browser": ("browser/",),
    "long": (
        "kg/maps/formats/test_formats.py::test_each_format_writes_the_same_bytes_in_two_processes",
        "kg/maps/layout/test_archive.py",
        "kg/maps/layout/test_layout.py",
        "kg/maps/test_bad_input.py",
        "questions/",
        "webapp/publishing/test_site.py",
        "webapp/test_faulty_seminars.py",
        "webapp/test_two_seminars.py::test_no_page_of_one",
        "test_threads.py",
    ),
    "server": (
        "clients/",
        "kg/answering/test_unanswered_log.py::test_several_processes",
        "kg/cli/test_ask.py::TestTheBar",
        "kg/cli/test_cli.py::TestProcess",
        "kg/cli/test_surroundings.py",
        "kg/sparql/sandbox/",
        "kg/test_cache_folder.py::TestRoom::test_many_processes",
        "kg/test_cache_folder.py::test_whole_commands",
        "security/",
        "test_packaging.py",
        "webapp/sparql/test_snippets.py",
        "webapp/test_processes.py",
        "webapp/test_server.py",
    ),
}


def pytest_configure() -> None:
    """Hear of Ctrl-C, and let the programs that tests start hear of it, in the background of a shell too."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by where it stands."""
    for item in items:
        inside = f"{item.path.relative_to(HERE).as_posix()}::{item.nodeid.partition('::')[2]}"
        for mark, places in MARKS.items():
            if inside.startswith(places):
                item.add_marker(mark)


@cache
def packaged() -> Library:
    """Return the packaged seminar, opened once."""
    return open_library()


@pytest.fixture(scope="session")
def library() -> Library:
    """Return the packaged seminar, which all tests of a run share."""
    return packaged()


@pytest.fixture(scope="session", autouse=True)
def packaged_once() -> Iterator[None]:
    """Let websites and commands in this process share the packaged seminar: opening it takes a second."""

    def opened(paths: Any = None, *more: Any, **named: Any) -> Library:
        # There is nothing in it that the check rejects.
        shared = paths is None and not any(more) and not named.keys() - {"check"}
        return packaged() if shared else open_library(paths, *more, **named)

    def opened_any(paths: Any = None, *more: Any) -> Library:
        return packaged() if paths is None and not any(more) else open_any(paths, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.cli.common.open_library", opened)
        patch.setattr("kg.cli.common.open_any", opened_any)
        patch.setattr("webapp.open_library", opened)
        yield


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache folder of this test's own, which is not there yet."""
    monkeypatch.setenv("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "seminar-kg"
