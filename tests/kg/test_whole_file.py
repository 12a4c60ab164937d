"""Files are written whole: a write that fails leaves what stood there, and nothing beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.whole_file import remove_parts, write_whole

OLD, NEW = b"old " * 1000, b"new " * 2000
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files; runs on Linux and macOS")


@pytest.fixture
def bounded() -> Iterator[None]:
    """Let no file grow beyond 4,096 bytes, as if the disk were full."""
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_is_made_and_replaced(tmp_path: Path) -> None:
    for content in (OLD, NEW, b""):
        write_whole(tmp_path / "map.svg", content)
        assert (tmp_path / "map.svg").read_bytes() == content
    assert os.listdir(tmp_path) == ["map.svg"]


@pytest.mark.parametrize("old", [OLD, None])
@pytest.mark.usefixtures("bounded")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, old: bytes | None) -> None:
    file = tmp_path / "map.svg"
    if old is not None:
        file.write_bytes(old)
    with pytest.raises(OSError, match=r"File too large: .*map\.svg"):
        write_whole(file, NEW)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == ([] if old is None else [old])


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_a_file_keeps_its_permissions_and_a_new_one_has_the_usual(tmp_path: Path, mode: int) -> None:
    file, usual = tmp_path / "map.svg", tmp_path / "usual"
    file.write_bytes(OLD)
    file.chmod(mode)
    usual.write_bytes(OLD)
    write_whole(file, NEW)
    write_whole(tmp_path / "fresh", NEW)
    assert file.stat().st_mode & 0o777 == mode
    assert (tmp_path / "fresh").stat().st_mode == usual.stat().st_mode


@POSIX
@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed(tmp_path: Path, there: bool) -> None:
    target, link = tmp_path / "folder" / "map.svg", tmp_path / "link.svg"
    target.parent.mkdir()
    if there:
        target.write_bytes(OLD)
    link.symlink_to(target)
    write_whole(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert os.listdir(target.parent) == ["map.svg"]


@POSIX
def test_what_is_no_regular_file_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, NEW)
    reader.join()
    assert read == [NEW]
    write_whole(Path(os.devnull), NEW)
    assert os.listdir(tmp_path) == ["pipe"]


@POSIX
@pytest.mark.parametrize("deleted", [True, False])
def test_standard_output_by_its_name(tmp_path: Path, deleted: bool) -> None:
    program = "from kg.whole_file import *; write_whole(Path('/dev/stdout'), b'x')"
    if deleted:
        program = f"import os; os.unlink('out'); {program}"
    with (tmp_path / "out").open("w+b") as out:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        subprocess.run([sys.executable, "-c", program], cwd=tmp_path, stdout=out, env=environment, check=True)
        assert out.read() == b"x" if deleted else (tmp_path / "out").read_bytes() == b"x"
    assert os.listdir(tmp_path) == ([] if deleted else ["out"])


@POSIX
def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_bytes(OLD)
    for name, error in (
        ("loop", "Too many levels"),
        ("nowhere/map.svg", "No such file"),
        ("file/map.svg", "Not a directory"),
        ("", "Is a directory"),
    ):
        with pytest.raises(OSError, match=error) as raised:
            write_whole(tmp_path / name, NEW)
        assert raised.value.filename == str(tmp_path / name)
    assert sorted(os.listdir(tmp_path)) == ["file", "loop"]


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may write everywhere; runs as another user")
def test_a_protected_file_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    file.write_bytes(OLD)
    file.chmod(0o400)
    with pytest.raises(PermissionError):
        write_whole(file, NEW)
    assert file.read_bytes() == OLD


def test_what_a_killed_process_left_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    program = (
        "import kg.whole_file as w, os, sys; from pathlib import Path\n"
        "def stop(handle): print('here', flush=True); sys.stdin.read()\n"
        "os.fsync = stop; w.write_whole(Path('map.svg'), b'half')"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == b"here"
        remove_parts(tmp_path)
        assert len(os.listdir(tmp_path)) == 1
        writer.kill()
    write_whole(tmp_path / "map.svg", NEW)
    assert os.listdir(tmp_path) == ["map.svg"]
