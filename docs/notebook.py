"""Run the cells of docs/notebook.ipynb and write what they print below them: `python docs/notebook.py [--check]`.

The cells run one after the other in one namespace, as a notebook runs them, without Jupyter. With `--check` nothing is
written, and the exit code is 1 when an output is not what the notebook shows.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).resolve().parent / "notebook.ipynb"
if str(NOTEBOOK.parents[1]) not in sys.path:  # run from a checkout in which the package is not installed
    sys.path.insert(0, str(NOTEBOOK.parents[1]))

Cell = dict[str, Any]


def executed(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook with the outputs of a fresh run (nbformat 4.5); what goes wrong in a cell is raised."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    cells, count = [], 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            count += 1
            cell = {**cell, "execution_count": count, "outputs": _outputs("".join(cell["source"]), namespace, count)}
        cells.append(cell)
    return {**notebook, "cells": cells}


def _outputs(source: str, namespace: dict[str, Any], count: int) -> list[Cell]:
    """Run a cell; return what it prints, and the value of its last line where that is an expression."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed, value = io.StringIO(), None
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), NOTEBOOK.name, "exec"), namespace)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), NOTEBOOK.name, "eval"), namespace)
    outputs: list[Cell] = []
    if printed.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())})
    if value is not None:
        outputs.append(
            {
                "data": {"text/plain": _lines(repr(value))},
                "execution_count": count,
                "metadata": {},
                "output_type": "execute_result",
            }
        )
    return outputs


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def main(arguments: Sequence[str]) -> int:
    """Write the outputs that are not current, or with `--check` only say so; return the exit code."""
    if list(arguments) not in ([], ["--check"]):
        print("usage: python docs/notebook.py [--check]", file=sys.stderr)
        return 2
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    current = executed(notebook)
    if current == notebook:
        return 0
    if arguments:
        print("docs/notebook.ipynb is not current; run: python docs/notebook.py", file=sys.stderr)
        return 1
    NOTEBOOK.write_text(json.dumps(current, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("docs/notebook.ipynb written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
