"""The rules of the house: which wing may import which, how large a room may be, and one name for one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).parents[1]

#: The wings and what each may import: other wings, or single modules of them. Within a wing anything goes that makes no
#: circle. `kg` is the Python API in kg/__init__.py.
ALLOWED = {
    "kg.vocabulary": "",
    "kg.whole_file": "",
    "kg.cache_folder": "kg.whole_file",
    "kg.spreadsheet": "",
    "kg.english": "kg.vocabulary",
    "kg.sparql": "kg.vocabulary kg.cache_folder kg.spreadsheet",
    "kg.graph": "kg.vocabulary kg.cache_folder kg.english kg.sparql",
    "kg.check": "kg.vocabulary kg.english.prose kg.english.reservations kg.english.naming kg.english.words "
    "kg.sparql.rows kg.graph.files kg.graph.load kg.graph.slugs",
    "kg.acceptance": "kg.vocabulary kg.cache_folder kg.english kg.graph.files kg.graph.load kg.check",
    "kg.questions": "kg.vocabulary kg.cache_folder kg.english kg.sparql kg.graph",
    "kg.answering": "kg.vocabulary kg.whole_file kg.cache_folder kg.english kg.sparql kg.graph kg.questions",
    "kg.maps": "kg.vocabulary kg.whole_file kg.cache_folder kg.english kg.sparql kg.graph",
    "kg.library": "kg.vocabulary kg.cache_folder kg.english kg.sparql kg.graph kg.acceptance kg.questions kg.answering "
    "kg.maps",
    "kg": "kg.sparql kg.graph kg.check kg.answering kg.maps kg.library",
    "webapp": "kg kg.vocabulary kg.cache_folder kg.spreadsheet kg.english kg.sparql kg.graph kg.questions "
    "kg.answering kg.maps kg.library",
    "kg.cli": "kg kg.vocabulary kg.whole_file kg.spreadsheet kg.english kg.sparql kg.graph kg.check kg.questions "
    "kg.answering kg.maps kg.library webapp",
}

#: Imports inside a function: the commands that serve and publish pages need the website, which the library does not;
#: the command line is ready for Ctrl-C before it loads the commands; and what takes long to load is loaded where it is
#: needed: SciPy for learning, rich for tables, the check for files that it has not seen.
LATE = {
    ("kg.cli.publish", "webapp.publishing.site"),
    ("kg.cli.serve", "webapp.server"),
    ("kg.cli.serve", "webapp.trusted_hosts"),
    ("kg.cli", "kg.cli.command_line"),
    ("kg.cli.query", "kg.cli.table"),
    ("kg.acceptance", "kg.check"),
    ("kg.answering.learn.training", "kg.answering.learn.regression"),
}

#: What only webapp may import.
WEB = {"flask", "werkzeug", "jinja2", "granian", "markupsafe"}

MOST_LINES = 400
MOST_MODULES = 14
MOST_TOP_FILES, MOST_TOP_FOLDERS = 8, 9

FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted([*(ROOT / "kg").rglob("*.py"), *(ROOT / "webapp").rglob("*.py")])
}


@cache
def trees() -> dict[str, ast.Module]:
    """Return each module as it is parsed: once, and only where these tests run."""
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}


def wing_of(module: str) -> str | None:
    """Return the wing that a module belongs to, None for what is not ours or stands in no wing."""
    if module == "kg":
        return module
    return next((wing for wing in ALLOWED if wing != "kg" and f"{module}.".startswith(f"{wing}.")), None)


def is_ours(module: str) -> bool:
    return module.partition(".")[0] in ("kg", "webapp")


def imports(node: ast.AST) -> Iterator[str]:
    """Yield the modules that the statements under a node import, relative ones as they stand: `.name`."""
    for each in ast.walk(node):
        if isinstance(each, ast.Import):
            yield from (alias.name for alias in each.names)
        elif isinstance(each, ast.ImportFrom):
            base = "." * each.level + (each.module or "")
            names = [f"{base}.{alias.name}" for alias in each.names]
            submodules = [name for name in names if name in FILES]
            yield from submodules
            if len(submodules) < len(names):
                yield base


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """Return each module with each module that it imports."""
    return tuple((module, name) for module, tree in trees().items() for name in sorted(set(imports(tree))))


def none_of(offenders: Iterable[str], rule: str) -> None:
    """Fail when there are offenders, and name them all with the rule that they break."""
    found = list(offenders)
    assert not found, "\n  ".join([rule, *found])


def test_every_module_belongs_to_a_wing() -> None:
    none_of((name for name in FILES if wing_of(name) is None), "Add the wing of these to ALLOWED:")


def test_wings_import_only_what_they_may() -> None:
    def may(module: str, name: str) -> bool:
        own, theirs = wing_of(module), wing_of(name)
        return own == theirs or bool({name, theirs} & {*ALLOWED.get(own or "", "").split()})

    wrong = (f"{module} imports {name}" for module, name in pairs() if is_ours(name) and not may(module, name))
    none_of(wrong, "A wing imports only those that ALLOWED lists:")


def test_the_library_knows_nothing_of_the_web() -> None:
    wrong = (
        f"{module} imports {name}"
        for module, name in pairs()
        if wing_of(module) != "webapp" and name.partition(".")[0] in WEB
    )
    none_of(wrong, "Only webapp may import these:")


def test_imports_stand_at_the_top_and_are_written_out() -> None:
    relative = [f"{module} imports {name}" for module, name in pairs() if name.startswith(".")]
    none_of(relative, "Write the whole name of the module:")
    late = {
        (module, name)
        for module, tree in trees().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for name in imports(function)
        if is_ours(name)
    }
    none_of((f"{module} imports {name}" for module, name in sorted(late - LATE)), "No import inside a function:")
    none_of((f"{module} imports {name}" for module, name in sorted(LATE - late)), "LATE lists what is not there:")


def test_there_are_no_circles() -> None:
    graph = nx.DiGraph(pair for pair in pairs() if pair[1] in FILES)
    circles = (" -> ".join([*circle, circle[0]]) for circle in nx.simple_cycles(graph))
    none_of(circles, "Modules import one another in a circle:")


def test_no_two_public_classes_share_a_name() -> None:
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for module, tree in trees().items():
        for each in tree.body:
            if isinstance(each, ast.ClassDef) and not each.name.startswith("_"):
                holders[each.name].append(module)
    doubles = (f"{name}: {', '.join(found)}" for name, found in sorted(holders.items()) if len(found) > 1)
    none_of(doubles, "One name, one thing (docs/glossary.md):")


def test_modules_and_folders_stay_small() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES.values()}
    long = (f"{path.relative_to(ROOT)}: {count} lines" for path, count in lines.items() if count > MOST_LINES)
    none_of(long, f"A module has at most {MOST_LINES} lines:")

    folders: defaultdict[Path, int] = defaultdict(int)
    for path in FILES.values():
        folders[path.parent] += path.stem not in ("__init__", "__main__")
    full = (f"{path.relative_to(ROOT)}: {count} modules" for path, count in folders.items() if count > MOST_MODULES)
    none_of(full, f"A folder has at most {MOST_MODULES} modules:")

    top = [path for path in (ROOT / "kg").iterdir() if path.name != "__pycache__"]
    assert sum(path.is_file() for path in top) <= MOST_TOP_FILES, sorted(path.name for path in top)
    assert sum(path.is_dir() for path in top) <= MOST_TOP_FOLDERS, sorted(path.name for path in top)


def test_tests_mirror_what_they_test() -> None:
    tests = ROOT / "tests"
    folders = {file.parent for part in ("kg", "webapp") for file in (tests / part).rglob("test_*.py")}
    strange = (str(each.relative_to(ROOT)) for each in sorted(folders) if not (ROOT / each.relative_to(tests)).is_dir())
    none_of(strange, "A folder of tests has the path of what it tests:")
