"""The notebook runs from top to bottom and shows what it prints today."""

from __future__ import annotations

import copy
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_notebook", DOCS / "notebook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    return json.loads((DOCS / "notebook.ipynb").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_every_cell_shows_what_it_prints(runner: ModuleType, notebook: dict[str, Any]) -> None:
    for shown, found in zip(notebook["cells"], runner.executed(notebook)["cells"], strict=True):
        assert shown == found, "run: python docs/notebook.py"


def test_it_is_a_notebook(notebook: dict[str, Any]) -> None:
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    identifiers = [cell["id"] for cell in notebook["cells"]]
    assert len(set(identifiers)) == len(identifiers)
    assert {cell["cell_type"] for cell in notebook["cells"]} == {"markdown", "code"}
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


def test_check_says_what_to_run_and_writes_nothing(
    runner: ModuleType,
    notebook: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    changed = copy.deepcopy(notebook)
    changed["cells"] = [cell for cell in changed["cells"] if cell["cell_type"] == "markdown"]
    changed["cells"].append(
        {"cell_type": "code", "id": "x", "metadata": {}, "outputs": [], "source": ["print(1)\n", "2"]}
    )
    file = tmp_path / "notebook.ipynb"
    file.write_text(json.dumps(changed), encoding="utf-8")
    before = file.read_bytes()
    monkeypatch.setattr(runner, "NOTEBOOK", file)
    assert runner.main(["--check"]) == 1
    assert "python docs/notebook.py" in capsys.readouterr().err
    assert file.read_bytes() == before
    assert runner.main([]) == 0
    outputs = json.loads(file.read_text(encoding="utf-8"))["cells"][-1]["outputs"]
    assert [output["output_type"] for output in outputs] == ["stream", "execute_result"]
    assert runner.main(["--check"]) == 0
    assert runner.main(["--chekc"]) == 2
