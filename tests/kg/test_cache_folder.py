"""The cache folder is never needed and never trusted: what is wrong with a file makes it absent, and it is replaced."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg import cache_folder
from kg.answering.learn.regression import fitted
from kg.answering.learn.stored import as_bytes
from kg.cache_folder import HEADER, ROOM, Room, keep, kept, key_of, shared_by_processes
from kg.maps.concept_map import ConceptMap, MapConcept, MapProposition
from kg.maps.layout.archive import draw
from kg.maps.layout.placement import layout

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
KEY, OTHER = key_of("one"), key_of("other")
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files; runs on Linux and macOS")


def a_map() -> ConceptMap:
    made = ConceptMap("Who leads?")
    for name in ("a", "b", "c"):
        made.add_concept(MapConcept(name, name.upper()))
    made.add_proposition(MapProposition("p1", "a", "b", "create"))
    made.add_proposition(MapProposition("p2", "b", "c", "need"))
    return made


def a_classifier() -> bytes:
    examples = [(Counter({word: 1, "of": 2}), frozenset({word[0]})) for word in ("mew", "bark", "baa")]
    return as_bytes(fitted(examples))


def a_layout() -> bytes:
    draw(a_map())
    folder = cache_folder.cache_folder("layouts")
    assert folder is not None
    (file,) = folder.iterdir()
    return file.read_bytes()[HEADER:]


CONTENTS: dict[str, Callable[[], bytes]] = {
    "questions": a_classifier,
    "layouts": a_layout,
    "checks": lambda: b"[0, 3]",
    "vectors": lambda: bytes(800),
}


def whole(content: bytes) -> bytes:
    return content


def file_of(folder: Path, kind: str, key: str = KEY) -> Path:
    return folder / kind / f"{key}.kept"


def damaged(content: bytes, times: int) -> Iterator[bytes]:
    """Yield a content with one byte changed, or cut, in places all over it."""
    chance = random.Random(1)
    for number in range(times):
        place = number if number < HEADER else chance.randrange(len(content))
        changed = bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :]
        yield content[:place] + (changed if number % 4 else b"")


def test_every_kind_is_tried() -> None:
    assert CONTENTS.keys() == ROOM.keys()


@pytest.mark.parametrize("kind", CONTENTS)
def test_of_2000_damaged_files_none_is_taken(cache: Path, kind: str) -> None:
    content = CONTENTS[kind]()
    keep(kind, KEY, content)
    file = file_of(cache, kind)
    stored = file.read_bytes()
    assert kept(kind, KEY, whole) == content
    for bad in damaged(stored, 2000):
        file.write_bytes(bad)
        assert kept(kind, KEY, whole) is None
    for bad in (stored + b"\0", stored * 2, content, b"", b"\0" * len(stored)):
        file.write_bytes(bad)
        assert kept(kind, KEY, whole) is None
    keep(kind, KEY, content)
    assert kept(kind, KEY, whole) == content


def test_the_content_of_another_key_or_kind_is_not_taken(cache: Path) -> None:
    keep("layouts", KEY, b"content")
    for kind, key in (("layouts", OTHER), ("questions", KEY)):
        file_of(cache, kind, key).parent.mkdir(exist_ok=True)
        file_of(cache, kind, key).write_bytes(file_of(cache, "layouts").read_bytes())
        assert kept(kind, key, whole) is None


@pytest.mark.parametrize("error", [ValueError, KeyError, EOFError, RecursionError, MemoryError])
def test_what_another_version_wrote_counts_as_absent(cache: Path, error: type[Exception]) -> None:
    def read(content: bytes) -> bytes:
        raise error("written in another way")

    keep("layouts", KEY, b"content")
    assert kept("layouts", KEY, read) is None


def test_a_damaged_layout_is_made_again_and_replaced(cache: Path) -> None:
    content = a_layout()
    (file,) = (cache / "layouts").iterdir()
    for bad in (b"", file.read_bytes()[:-1]):
        file.write_bytes(bad)
        assert draw(a_map()).geometry == layout(a_map())
        assert file.read_bytes()[HEADER:] == content


@POSIX
@pytest.mark.parametrize("kind", ["link to itself", "pipe", "link elsewhere", "unreadable", "endless"])
def test_what_is_no_file_is_replaced(cache: Path, tmp_path: Path, kind: str) -> None:
    file, elsewhere = file_of(cache, "layouts"), tmp_path / "elsewhere"
    file.parent.mkdir(parents=True)
    elsewhere.write_bytes(b"of somebody")
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "unreadable":
        file.touch(0o000)
    else:
        file.symlink_to({"link to itself": file, "link elsewhere": elsewhere, "endless": Path("/dev/zero")}[kind])
    assert kept("layouts", KEY, whole) is None
    keep("layouts", KEY, b"content")
    assert kept("layouts", KEY, whole) == b"content"
    assert elsewhere.read_bytes() == b"of somebody"


@pytest.mark.parametrize("place", ["file", "folder", "nowhere", "null"])
def test_without_a_usable_folder_nothing_is_kept_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    (tmp_path / "file").touch()
    (tmp_path / "seminar-kg" / "layouts" / f"{KEY}.kept").mkdir(parents=True)
    monkeypatch.setenv(variable, str({"file": tmp_path / "file", "folder": tmp_path}.get(place, Path("/dev/null/x"))))
    if place == "null":
        monkeypatch.setattr(cache_folder, "cache_folder", lambda kind: Path("/\0"))
    keep("layouts", KEY, b"content")
    assert kept("layouts", KEY, whole) is None


def test_a_user_without_a_home_has_no_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    assert cache_folder.cache_folder("layouts") is None
    keep("layouts", KEY, b"content")
    assert kept("layouts", KEY, whole) is None


@pytest.mark.skipif(sys.platform == "win32", reason="the XDG specification is not for Windows")
def test_a_relative_cache_folder_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert cache_folder.cache_folder("layouts") == Path.home() / ".cache" / "seminar-kg" / "layouts"


class TestRoom:
    def test_all_kinds_together_take_less_than_200_mb(self) -> None:
        # A file takes whole blocks of a disk.
        assert sum(room.bytes + 4096 * room.files for room in ROOM.values()) < 200_000_000

    @pytest.fixture
    def small(self, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setitem(ROOM, "layouts", Room(5, 3 * HEADER + 300))
        return cache / "layouts"

    @staticmethod
    def put(count: int, size: int) -> list[str]:
        """Keep results, each a second younger than the one before; return their keys."""
        keys = [key_of(str(number), str(size)) for number in range(count)]
        for number, key in enumerate(keys):
            keep("layouts", key, bytes(size))
            folder = cache_folder.cache_folder("layouts")
            assert folder is not None
            for file in folder.glob(f"{key}*"):
                os.utime(file, (number, number))
        return keys

    @pytest.mark.parametrize(("size", "left"), [(0, 5), (100, 3), (300 + HEADER, 1), (301 + 2 * HEADER, 0)])
    def test_the_oldest_make_room(self, small: Path, size: int, left: int) -> None:
        keys = self.put(8, size)
        assert {file.stem for file in small.glob("*")} == set(keys[8 - left :])

    def test_what_is_used_is_not_among_the_oldest(self, small: Path) -> None:
        first, second, _ = self.put(3, 100)
        assert kept("layouts", first, whole) is not None
        keep("layouts", KEY, bytes(100))
        assert kept("layouts", first, whole) is not None
        assert kept("layouts", second, whole) is None

    def test_what_others_left_goes(self, cache: Path) -> None:
        layouts, gone = cache / "layouts", cache / "gone"
        for folder in (layouts, gone):
            folder.mkdir(parents=True)
            for name in (f".{KEY}.kept.0123456789abcdef.part", "tmp1234.part", "notes.txt"):
                (folder / name).touch()
        (gone / f"{OTHER}.npz").touch()
        keep("layouts", KEY, b"content")
        assert sorted(file.name for file in layouts.iterdir()) == [f"{KEY}.kept", "notes.txt"]
        assert [file.name for file in gone.iterdir()] == ["notes.txt"]

    def test_many_processes_keep_within_the_room_and_read_nothing_partial(self, cache: Path) -> None:
        program = (
            "import random; from kg.cache_folder import *; ROOM['layouts'] = Room(20, 1_000_000)\n"
            "for n in range(60):\n"
            "    key = key_of(str(random.randrange(40))); content = key.encode() * 2000\n"
            "    keep('layouts', key, content); assert kept('layouts', key, bytes) in (content, None)\n"
        )
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        writers = [subprocess.Popen([sys.executable, "-W", "error", "-c", program], env=environment) for _ in range(3)]
        assert [writer.wait() for writer in writers] == [0] * 3
        sizes = [file.stat().st_size for file in (cache / "layouts").iterdir()]
        assert sum(sizes) <= 1_000_000
        assert set(sizes) == {64_000 + HEADER}


def answers(arguments: list[str], folder: Path) -> tuple[int, bytes, bytes]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder), "LOCALAPPDATA": str(folder)}
    command = [sys.executable, "-m", "kg.cli", *arguments]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=300, check=False)
    return ended.returncode, ended.stdout, ended.stderr


@pytest.mark.parametrize("times", [1, pytest.param(10, marks=pytest.mark.thorough)])
@pytest.mark.parametrize("kinds", [("questions", "checks"), ("vectors", "checks"), ("layouts",)], ids="-".join)
def test_whole_commands_answer_as_before_and_replace_what_is_damaged(
    tmp_path: Path, kinds: tuple[str, ...], times: int
) -> None:
    drawn = tmp_path / "map.svg"
    command = {
        "questions": ["--data", str(FIXTURES / "second"), "ask", "What broke down?", "--json"],
        "vectors": ["--data", str(FIXTURES / "heat"), "ask", "What broke down?", "--json"],
        "layouts": ["map", "--propositions", str(FIXTURES / "maps" / "pair.tsv"), "-o", str(drawn)],
    }[kinds[0]]
    before = answers(command, tmp_path), drawn.exists() and drawn.read_bytes()
    assert before[0][::2] == (0, b"")
    found = sorted((tmp_path / "seminar-kg").glob("*/*"))
    assert {file.parent.name for file in found} >= set(kinds)
    stored = {file: file.read_bytes() for file in found}
    chance = random.Random(times)
    for number in range(times):
        for turn, (file, content) in enumerate(stored.items(), number):
            place = chance.randrange(len(content))
            changed = bytes([content[place] ^ 16]) + content[place + 1 :]
            file.write_bytes(content[:place] + (changed if turn % 2 else b""))
        assert (answers(command, tmp_path), drawn.exists() and drawn.read_bytes()) == before
        assert {file: file.read_bytes() for file in stored} == stored


def test_the_key_is_of_all_that_a_result_depends_on() -> None:
    keys = {key_of(*each) for each in (["a"], ["b"], ["a", "b"], ["ab"], [json.dumps(["a", "b"])])}
    assert len(keys) == 5


def test_processes_share_a_temporary_folder_where_the_users_is_of_no_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("")
    unusable = str(tmp_path / "a file")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, unusable)
    keep("layouts", key_of("a"), b"one")
    assert kept("layouts", key_of("a"), bytes) is None
    with shared_by_processes():
        keep("layouts", key_of("a"), b"one")
        folder = cache_folder.cache_folder("layouts")
        assert kept("layouts", key_of("a"), bytes) == b"one"
    assert folder is not None
    assert not folder.exists()
    assert os.environ["XDG_CACHE_HOME"] == unusable
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "usable"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "usable"))
    with shared_by_processes():
        assert cache_folder.cache_folder("layouts") == tmp_path / "usable" / "seminar-kg" / "layouts"
