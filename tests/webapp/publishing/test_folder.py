"""The folder of a site: put in place at once, and nothing in it that was not published is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from webapp.publishing.folder import LIST, ForeignFolderError, SiteFolder


def published(path: Path, **files: str) -> None:
    with SiteFolder(path) as folder:
        for name, text in files.items():
            folder.write(f"{name}/index.html", text.encode())
        folder.finish({"edition": "1"})


def files_of(path: Path) -> dict[str, str]:
    found = [Path(folder, name) for folder, _, names in os.walk(path) for name in sorted(names)]
    return {file.relative_to(path).as_posix(): file.read_text() for file in found if file.is_file()}


@pytest.fixture(params=["new", "empty", "deep"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made = tmp_path / "a" / "site" if request.param == "deep" else tmp_path / "site"
    if request.param == "empty":
        made.mkdir()
    return made


def test_what_was_published_is_replaced(path: Path) -> None:
    published(path, a="1", b="2")
    published(path, b="3", c="4")
    found = files_of(path)
    assert LIST in found
    assert {name: text for name, text in found.items() if name != LIST} == {"b/index.html": "3", "c/index.html": "4"}
    assert [each.name for each in path.parent.iterdir()] == ["site"]


def spoilt(path: Path, how: str) -> None:
    match how:
        case "another's":
            (path / "CNAME").write_text("example.org")
        case "changed":
            (path / "a" / "index.html").write_text("by hand")
        case "no list":
            (path / LIST).unlink()
        case "broken list":
            (path / LIST).write_text("[]")
        case "link":
            os.symlink(path.parent, path / "a" / "up")


@pytest.mark.parametrize("how", ["another's", "changed", "no list", "broken list", "link"])
def test_what_was_not_published_there_is_left_alone(tmp_path: Path, how: str) -> None:
    path = tmp_path / "site"
    published(path, a="1")
    spoilt(path, how)
    before = files_of(path)
    with pytest.raises(ForeignFolderError, match=r"^[^\n]+\.$"):
        published(path, a="2")
    assert files_of(path) == before
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_a_folder_with_files_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ForeignFolderError, match="were not published there"):
        SiteFolder(tmp_path)
    with pytest.raises(ForeignFolderError, match="is a file"):
        SiteFolder(tmp_path / "mine.txt")


def test_a_site_that_is_not_finished_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "site"
    published(path, a="1")
    before = files_of(path)

    with SiteFolder(path) as folder:
        folder.write("a/index.html", b"2")
    assert files_of(path) == before
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_what_comes_while_it_is_written_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "site"
    with SiteFolder(path) as folder:
        folder.write("a/index.html", b"1")
        path.mkdir()
        (path / "mine.txt").write_text("mine")
        with pytest.raises(ForeignFolderError):
            folder.finish({})
    assert files_of(path) == {"mine.txt": "mine"}
