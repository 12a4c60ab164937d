"""The house rules that a reader relies on: imports run one way, and nothing hides in a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[1]

#: What stands in a layer imports only what stands in those before it, never its neighbours.
LAYERS = (
    ("kg.vocabulary", "kg.cache"),
    ("kg.english", "kg.sparql"),
    ("kg.graph",),
    ("kg.check", "kg.questions", "kg.maps"),
    ("kg.answering",),
    ("kg.library",),
    ("kg",),
    ("webapp",),
    ("kg.cli",),
)
LAYER_OF = {part: number for number, layer in enumerate(LAYERS) for part in layer}

#: These stand so low that they may import nothing but what is listed, whatever their layer allows.
ONLY = {
    "kg.english": {"kg.english", "kg.vocabulary"},
    "kg.check": {"kg.check", "kg.vocabulary", "kg.sparql.lexer", "kg.graph.load"},
}

#: Imports inside a function: the command that serves pages needs the website, which the library does not; and learning
#: needs SciPy, which takes long to load, while what was learnt before does not.
LATE = {("kg.cli.serve", "webapp.server"), ("kg.answering.learn.training", "kg.answering.learn.regression")}

FILES = sorted([*(ROOT / "kg").rglob("*.py"), *(ROOT / "webapp").rglob("*.py")])


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def imports(node: ast.AST) -> Iterator[str]:
    """Yield the modules that the statements under a node import."""
    for each in ast.walk(node):
        if isinstance(each, ast.Import):
            yield from (alias.name for alias in each.names)
        elif isinstance(each, ast.ImportFrom):
            assert not each.level, f"line {each.lineno}: write the whole name of the module"
            base = each.module or ""
            names = [f"{base}.{alias.name}" for alias in each.names]
            submodules = [name for name in names if name in MODULES]
            yield from submodules
            if len(submodules) < len(names):
                yield base


def late_imports(tree: ast.Module) -> set[str]:
    """Return what is imported inside functions."""
    functions = (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
    return {name for function in functions for name in imports(function)}


def part_of(module: str) -> str | None:
    """Return the part of the house that a module belongs to, or None for what is not ours."""
    fitting = [part for part in LAYER_OF if part != "kg" and f"{module}.".startswith(f"{part}.")]
    return fitting[0] if fitting else ("kg" if module == "kg" else None)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_its_place(module: str) -> None:
    assert part_of(module) is not None, f"{module} stands in no layer; add it to LAYERS"


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    own = part_of(module)
    assert own is not None
    upwards = {
        name
        for name in imports(MODULES[module])
        if (part := part_of(name))
        and part != own
        and LAYER_OF[part] >= LAYER_OF[own]
        and (module, name) not in LATE
    }
    assert not upwards


@pytest.mark.parametrize("module", [each for each in MODULES if part_of(each) in ONLY])
def test_low_parts_import_only_what_they_may(module: str) -> None:
    allowed = ONLY[part_of(module) or ""]
    ours = {name for name in imports(MODULES[module]) if part_of(name)}
    assert not {name for name in ours if name not in allowed and part_of(name) not in allowed}


@pytest.mark.parametrize("module", [each for each in MODULES if part_of(each) != "webapp"])
def test_the_library_knows_nothing_of_the_web(module: str) -> None:
    web = {"flask", "werkzeug", "jinja2", "granian", "markupsafe", "webapp"}
    known = {name for name in imports(MODULES[module]) if name.partition(".")[0] in web}
    assert known == {name for importer, name in LATE if importer == module and part_of(name) == "webapp"}


@pytest.mark.parametrize("module", MODULES)
def test_nothing_of_ours_is_imported_inside_a_function(module: str) -> None:
    ours = {name for name in late_imports(MODULES[module]) if part_of(name)}
    assert ours == {name for importer, name in LATE if importer == module}


def test_there_are_no_circles() -> None:
    graph = nx.DiGraph(
        (module, name) for module, tree in MODULES.items() for name in imports(tree) if name in MODULES
    )
    assert not list(nx.simple_cycles(graph))
