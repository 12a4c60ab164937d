"""The wheel: everything that the packages need at run time, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
INSTALLED = """
import kg, kg.graph.load
from webapp import create_app
assert kg.__file__.startswith({folder!r}), kg.__file__
assert kg.graph.load.packaged_data().is_relative_to({folder!r})
client = create_app().test_client()
print(kg.open_library().ask("Who creates culture?").answered, client.get("/").status_code)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from this tree, with the build backend of this environment: no network is needed."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def in_tree(folder: str) -> set[str]:
    """Return the files of a folder of this tree, but for what Python leaves behind."""
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in found}


def test_the_wheel_holds_every_file_of_the_packages_and_the_data(names: set[str]) -> None:
    expected = in_tree("kg") | in_tree("webapp") | {f"kg/{name}" for name in in_tree("data")}
    assert {name for name in names if ".dist-info/" not in name} == expected


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("kg/data/", "seminar.ttl"),
        ("kg/ontology/", "claims.ttl"),
        ("kg/ontology/", "relations.ttl"),
        ("kg/check/", "shapes.ttl"),
        ("kg/ontology/", "thesaurus.ttl"),
        ("kg/answering/learn/learnt/", ".xz"),
        ("kg/english/", "stems.txt.gz"),
        ("kg/questions/", ".rq"),
        ("kg/graph/queries/", ".rq"),
        ("kg/maps/fonts/", ".woff"),
        ("kg/maps/fonts/NotoSansArabic", ".ttf"),
        ("kg/maps/fonts/", "OFL.txt"),
        ("kg/", "py.typed"),
        ("webapp/templates/", "base.html"),
        ("webapp/static/", "site.css"),
        ("webapp/static/vendor/", "LICENSE"),
        ("webapp/static/vendor/sparql-editor/", "LICENSES.txt"),
        ("webapp/static/vendor/sparql-editor/", "editor.js"),
        ("seminar_kg-", "licenses/LICENSE"),
    ],
)
def test_the_wheel_holds(names: set[str], start: str, end: str) -> None:
    assert any(name.startswith(start) and name.endswith(end) for name in names)


def test_the_wheel_names_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        entry_points = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "seminar-kg = kg.cli:main" in archive.read(entry_points).decode()


def test_an_installed_wheel_answers_away_from_the_tree(wheel: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    path = f"import sys; sys.path.insert(0, {str(folder)!r})\n"
    command = [sys.executable, "-I", "-c", path + INSTALLED.format(folder=str(folder))]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (ran.stdout.strip(), ran.stderr) == ("True 200", "")
