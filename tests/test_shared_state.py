"""What the threads of a server share: each thing is immutable, locked, or written so that threads cannot tell.

A new one fails here until it is listed with the reason why threads may share it. Tables (a dict, list or set at the top
of a module) are not listed, since a test holds that nothing writes to them.
"""

from __future__ import annotations

import ast
import importlib
import re
import types
from collections.abc import Iterator
from enum import Enum
from pathlib import Path, PurePath
from typing import Any, Literal, TypeVar

import numpy as np
import pyoxigraph as ox
import pytest
from flask import Flask

from kg import open_library
from webapp import create_app

ROOT = Path(__file__).parents[1]
#: The command line has one thread, which publishes too.
ONE_THREAD = ("kg.cli.", "webapp.publishing.")
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for wing in ("kg", "webapp")
    for path in sorted((ROOT / wing).rglob("*.py"))
    if path.stem != "__main__"
}
MODULES = {name: path for name, path in FILES.items() if not f"{name}.".startswith(ONE_THREAD)}
MUTATING = frozenset(
    "add append appendleft cache_clear clear discard extend fill insert move_to_end pop popitem popleft put remove "
    "reverse setdefault sort update".split()
)

BLUEPRINTS = (
    *(
        "claims.files",
        "maps.embed",
        "maps.oembed",
        "maps.page",
        "sparql.description",
        "sparql.editor",
        "sparql.endpoint",
    ),
    *(f"pages.{name}" for name in "ask claims concepts data health home people questions seminars suggest who".split()),
)

_OWN = "made for one call, so that one thread alone has it"
_START = "written before the first request"
_PARENT = "the parent of the workers has one thread"
_LOCKED = "written under the lock of its object"
_SAME = "entries are added and never change: threads that work one out together find the same"
#: Attributes that methods other than __init__ write, and names at the top of modules that functions write.
WRITTEN = {
    "kg.answering.answerer.Answerer._made": _LOCKED,
    "kg.answering.nearby.related.RelatedQuestions._tried": _SAME,
    "kg.answering.suggest.Suggester._tried": _SAME,
    "kg.answering.unanswered_log.UnansweredLog._complained": "two threads may complain at once, which does no harm",
    "kg.check.files.TripleLines._typed": _OWN,
    "kg.check.files.TripleLines.subjects": _OWN,
    "kg.check.files.TripleLines.triples": _OWN,
    "kg.english.synonyms.Synonyms._rings": _START,
    "kg.english.synonyms.Synonyms.spellings": _START,
    "kg.graph.catalogue.Catalogue._claims": _SAME,
    "kg.graph.files._Lines._at": _OWN,
    "kg.graph.files._Lines.number": _OWN,
    "kg.graph.load._Reader._begins": _OWN,
    "kg.maps.concept_map.ConceptMap._propositions": _OWN,
    "kg.maps.formats.cxl_reader._Links._back": _OWN,
    "kg.maps.formats.cxl_reader._Links._followed": _OWN,
    "kg.maps.formats.cxl_reader._Links._lines": _OWN,
    "kg.maps.formats.cxl_reader._Links._lost": _OWN,
    "kg.maps.formats.cxl_reader._Links._steps": _OWN,
    "kg.maps.formats.cxl_reader._Links._wordless": _OWN,
    "kg.maps.formats.pdf_tags.Tags._elements": _OWN,
    "kg.maps.formats.pdf_tags.Tags._links": _OWN,
    "kg.maps.formats.pdf_tags.Tags._page": _OWN,
    "kg.maps.formats.pdf_tags.Tags._texts": _OWN,
    "kg.maps.handouts.sentences._Flow._column": _OWN,
    "kg.maps.handouts.sentences._Flow._y": _OWN,
    "kg.maps.handouts.sentences._Flow.pages": _OWN,
    "kg.maps.layout.local_search.Search.steps": _OWN,
    "kg.maps.layout.objective.Objective.apart": _OWN,
    "kg.maps.layout.objective.Objective.half": _OWN,
    "kg.sparql.formats._Sink._body": _OWN,
    "kg.sparql.formats._Sink._rows": _OWN,
    "kg.sparql.oxigraph.EmbeddedEngine._merges": _LOCKED,
    "kg.sparql.sandbox.pool.Pool._lock": _START,
    "kg.sparql.sandbox.pool.Pool._long": _START,
    "kg.sparql.sandbox.pool.Pool._ready": _LOCKED,
    "kg.sparql.sandbox.pool._Ready._items": _LOCKED,
    "kg.sparql.sandbox.pool._Ready._waiting": _LOCKED,
    "kg.sparql.sandbox.pool.Pool._started": _LOCKED,
    "kg.sparql.sandbox.pool.Pool.closed": _LOCKED,
    "kg.sparql.sandbox.pool.Pool.live": _LOCKED,
    "kg.sparql.sandbox.processes.Child._kill": "a child is one thread's at a time",
    "kg.sparql.sandbox.processes.Processes._closed": _LOCKED,
    "kg.sparql.sandbox.processes.Processes._lock": "a new lock in a process that was just forked",
    "kg.sparql.sandbox.processes.Processes._started": _LOCKED,
    "kg.sparql.sandbox.processes.Processes._template": _LOCKED,
    "kg.sparql.sandbox.sandboxed_engine._ENGINES": "a WeakSet is written in one step and read when the process ends",
    "kg.sparql.unknown_terms._KEPT": _SAME,
    "webapp.lru_cache.LruCache._taken": _LOCKED,
    "webapp.lru_cache.LruCache._values": _LOCKED,
    "webapp.maps.drawing_cache.DrawingCache._drawings": _LOCKED,
    "webapp.maps.drawing_cache.DrawingCache._files": _LOCKED,
    "webapp.port.Port._sockets": _START,
    "webapp.server.Application._made": _START,
    "webapp.server.Server._shd": _PARENT,
    "webapp.server.Server._sso": _PARENT,
    "webapp.server.Server._ssp": _PARENT,
    "webapp.server.Server.wrks": _PARENT,
}

#: Functions and properties whose values are kept, by the module or class that they belong to. `functools` locks what
#: functions keep. All of them work out the same each time, from what never changes, and what they give is only read:
#: where two threads work out a property together, as they may from Python 3.12 on, either value may stay.
CACHED = {
    "kg.acceptance": "_checker _packaged _passed",
    "kg.answering.answerer.Answerer": "_apart _references _words",
    "kg.answering.estimates.Estimate": "likeliest",
    "kg.answering.estimates.Shares": "_size closest relative",
    "kg.answering.learn.classifier.Classifier": "frequency",
    "kg.answering.learn.classifier.Neighbours": "number parts rarity values",
    "kg.answering.learn.estimator.LearnedEstimator": "_classifiers",
    "kg.answering.learn.wordings.Wordings": "_written asking outcomes",
    "kg.answering.finding.encoder": "installed_encoder",
    "kg.answering.finding.scoring": "read_weights",
    "kg.answering.finding.tokenizer": "_cut vocabulary",
    "kg.answering.finding.vectors.ClaimVectors": "_vectors",
    "kg.answering.finding.vectors": "_encoded",
    "kg.answering.link.evidence.Evidence": "_most_often _often arrows arrows_at claims_of known spellings spoken stems",
    "kg.answering.link.lexicon.Lexicon": "_names longest stems",
    "kg.answering.link.linker.LinkedQuestion": "asked nouns_asked",
    "kg.answering.link.matches.Match": "ranked sums",
    "kg.answering.link.matches.Matcher": "_rings _stems",
    "kg.answering.link.speller.Speller": "_everyday",
    "kg.answering.link.speller": "_nearest",
    "kg.answering.nearby.refusal.Reasons": "_known_people _strangers _written",
    "kg.answering.nearby.related.RelatedQuestions": "_labels",
    "kg.answering.points.Points": "_agents _names _proper",
    "kg.answering.reading": "_claims _query",
    "kg.answering.seminar_answerer.SeminarAnswerer": "_own_words finder",
    "kg.answering.suggest.Suggester": "_candidates _label_index _labels _question_index _texts",
    "kg.answering.verdict.arrow.Arrow": "_is_swapped_inside _is_turned_round ends_named "
    "is_done_to is_reversed moods negations object_places phrase_words relation_places "
    "subject_places",
    "kg.answering.verdict.asked.Asked": "content framed is_copular is_of_members moods negators singled_out "
    "texts weight with_condition words",
    "kg.answering.verdict.comparison.Comparison": "claimed compared_time had has_all_itself has_open_condition "
    "has_same_number is_asked_without is_told_of_more may_be_exchanged "
    "is_contrary_verbatim is_exchanged is_one_end is_open_to_all "
    "is_same_sentence is_turned is_unlike is_verbatim is_whole lacking lacks "
    "left_out opposed other_number others_words relation_named same_time strays "
    "touches _contrary_places",
    "kg.check.corpus.Corpus": "claims",
    "kg.check.corpus": "ontology",
    "kg.check.propositions.WrittenProposition": "triple",
    "kg.english.expected_topics": "expected_topics",
    "kg.english.synonyms": "common_words english_synonyms other_matters questions_elsewhere setting_words",
    "kg.english.words": "_parts fold read stemmed stems written_out",
    "kg.graph.catalogue.Catalogue": "_agent_slugs _agents _claim_of _claim_row _claim_rows _claim_slugs _concept_slugs "
    "_concepts _general _named_by _order_of _ordered_lists _passages _seminar_of _seminars _themes",
    "kg.graph.catalogue": "_query",
    "kg.graph.load": "ontology",
    "kg.library.Library": "answerer focus_views suggestions topics",
    "kg.maps.fonts.faces": "_extra_face _extra_faces _face faces",
    "kg.maps.fonts.shaping": "shape",
    "kg.maps.formats.cells": "_cell",
    "kg.maps.formats.page.viewer": "part policy_of script",
    "kg.maps.layout.archive": "packaged",
    "kg.maps.text": "_advances width wrap",
    "kg.questions.slots": "example is_at_home",
    "kg.questions.templates": "read_templates",
    "kg.sparql.lexer": "_kept_shape",
    "kg.sparql.local_engines.LocalEngines": "_embedded _sandboxed _sandboxed_for_whole",
    "kg.sparql.query_text": "_blocks _prefixes",
    "webapp.claims.on_map": "_times",
    "webapp.claims.parties": "parties_of",
    "webapp.context": "best_of pages",
    "webapp.maps.of_result": "_joining",
    "webapp.response_cache": "_takes_gzip",
    "webapp.sparql.completion": "completions",
}
_NO_OBJECT = (types.UnionType, type(Literal["a"]), TypeVar)
_BLUEPRINT = "Flask writes to a blueprint until it is registered"
#: Other objects that modules make, by where they stand; names of types are none.
GLOBAL = {
    "kg.check.shapes._SILENT": "a logger has a lock",
    "kg.english.words._STEMMER": "used under _STEMMING: a stemmer holds the word that it is at",
    "kg.english.words._STEMMING": "a lock",
    "kg.maps.layout.alignment.STEP": "it is only read",
    "kg.maps.layout.fans.PASSES": "it is only read",
    "kg.maps.layout.fans.STEPS": "it is only read",
    "kg.maps.layout.initial.STRIDES": "it is only read",
    "kg.maps.layout.lines.WORDS": "it is only read",
    "kg.maps.layout.lines._GRID": "it is only read",
    "kg.maps.layout.objective.AIMED": "it is only read",
    "kg.maps.layout.straightening.GRID": "it is only read",
    "kg.sparql.lexer._kept_shape": "see CACHED",
    "kg.sparql.unknown_terms._KEPT": "see WRITTEN; an engine is held by who asks for its terms",
    "kg.sparql.oxigraph._NOTHING": "a store without statements, never written to",
    "kg.sparql.rows._QUIET": "each thread has its own value",
    "kg.sparql.sandbox.sandboxed_engine._ENGINES": "a WeakSet is written in one step and read when the process ends",
    "webapp.pages.ask.LONG_QUESTIONS": "a lock",
    "webapp.sparql.endpoint.WAITING": "a lock",
    "webapp.sparql.snippets.SCRIPTS": "jinja2 locks the templates that it keeps",
    **dict.fromkeys((f"webapp.{name}.pages" for name in BLUEPRINTS), _BLUEPRINT),
}
#: Types of others that a library and a website hold, besides immutable ones.
FOREIGN = {
    "_thread.lock": "a lock",
    "collections.Counter": "held in CACHED properties, which are only read",
    "collections.OrderedDict": "only LruCache has one, and a lock for it",
    "functools._lru_cache_wrapper": "see CACHED",
    "networkx.classes.multidigraph.MultiDiGraph": "a concept map is only read once it is made",
    "numpy.ndarray": "what was learnt is only read",
    "pyoxigraph.Store": "safe for threads by its documentation, and never written to once it is loaded",
    "threading.BoundedSemaphore": "a lock",
}


def functions_of(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield each function of a module and each method of its classes, with the name of the class or ""."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield "", node
        elif isinstance(node, ast.ClassDef):
            yield from ((node.name, each) for each in node.body if isinstance(each, ast.FunctionDef))


def targets_of(node: ast.AST) -> Iterator[tuple[ast.expr, bool]]:
    """Yield what a statement or call writes to, and whether it changes an object rather than a name."""
    if isinstance(node, ast.Assign | ast.Delete):
        found = list(node.targets)
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        found = [node.target]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATING:
        found = [node.func.value]
    else:
        return
    for target in found:
        for each in target.elts if isinstance(target, ast.Tuple) else [target]:
            changes = isinstance(node, ast.Call) or isinstance(each, ast.Subscript)
            while isinstance(each, ast.Subscript):
                each = each.value
            yield each, changes


def written(module: str) -> Iterator[str]:
    """Yield the attributes and the names that the functions of a module write, but for those that make an object."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    top = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    for owner, function in functions_of(tree):
        stored = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        local = stored | {each.arg for each in ast.walk(function) if isinstance(each, ast.arg)}
        for node in ast.walk(function):
            if isinstance(node, ast.Global):
                yield from (f"{module}.{name}" for name in node.names)
            for target, changes in targets_of(node):
                match target:
                    case ast.Attribute(value=ast.Name("self"), attr=name) if function.name != "__init__":
                        yield f"{module}.{owner}.{name}"
                    case ast.Name(name) if changes and name in top - local:
                        yield f"{module}.{name}"


def cached(module: str) -> Iterator[str]:
    """Yield the functions and properties of a module whose values are kept, and what else keeps values."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for owner, function in functions_of(tree):
        for each in function.decorator_list:
            if re.match(r"(functools\.)?(cache|lru_cache|cached_property)\b", ast.unparse(each)):
                yield ".".join(part for part in (module, owner, function.name) if part)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and re.match(r"(lru_)?cache\(.*\)\(", ast.unparse(node.value)):
            yield f"{module}.{ast.unparse(node.targets[0]).removeprefix('self.')}"


def test_what_is_written_after_it_was_made() -> None:
    assert {name for module in MODULES for name in written(module)} == WRITTEN.keys()


def test_what_is_kept() -> None:
    assert {name for module in MODULES for name in cached(module)} == {
        f"{owner}.{name}" for owner, names in CACHED.items() for name in names.split()
    }


IMMUTABLE = (
    *(int, float, complex, str, bytes, bool, type(None), type, range, re.Pattern, PurePath, Enum, types.ModuleType),
    *(types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.MappingProxyType, types.GenericAlias),
    *(np.generic, ox.NamedNode, ox.Literal, ox.BlankNode, ox.Triple, ox.Quad, ox.DefaultGraph),
)
TABLES = (dict, list, set, tuple, frozenset)


def is_frozen(thing: object) -> bool:
    """Whether an object is immutable by its type: one of the above, or a dataclass of ours that says so."""
    parameters = getattr(type(thing), "__dataclass_params__", None)
    return isinstance(thing, IMMUTABLE + _NO_OBJECT) or (parameters is not None and parameters.frozen)


def test_objects_at_the_top_of_modules() -> None:
    found: dict[int, str] = {}
    for name in MODULES:
        module = importlib.import_module(name)
        top = set(made_at_the_top(name))
        for each, thing in vars(module).items():
            if each in top and not is_frozen(thing) and not isinstance(thing, TABLES):
                found.setdefault(id(thing), f"{name}.{each}")
    assert set(found.values()) == GLOBAL.keys()


def made_at_the_top(module: str) -> Iterator[str]:
    """Yield the names that a module gives to objects at its top; what it imports is another's."""
    for node in ast.parse(MODULES[module].read_text(encoding="utf-8")).body:
        for each in ast.walk(node) if isinstance(node, ast.Assign | ast.AnnAssign | ast.With | ast.For) else ():
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                yield each.id


def parts_of(thing: Any) -> Iterator[tuple[str, Any]]:
    """Yield what an object holds, with the name of the attribute or "" for what a container holds."""
    if isinstance(thing, dict | types.MappingProxyType):
        yield from (("", each) for pair in list(thing.items()) for each in pair)
    elif isinstance(thing, TABLES):
        yield from (("", each) for each in list(thing))
    else:
        yield from list(getattr(thing, "__dict__", {}).items())
        for owner in type(thing).__mro__:
            names = owner.__dict__.get("__slots__", ())
            for name in [names] if isinstance(names, str) else names:
                if hasattr(thing, name):
                    yield name, getattr(thing, name)


def reachable(roots: dict[str, Any]) -> dict[int, tuple[str, Any]]:
    """Return all objects that are held, by their ids, with the class and attribute that holds each."""
    found: dict[int, tuple[str, Any]] = {}
    ahead = list(roots.items())
    while ahead:
        owner, thing = ahead.pop()
        if id(thing) in found or isinstance(thing, IMMUTABLE):
            continue
        found[id(thing)] = owner, thing
        ours = type(thing).__module__.partition(".")[0] in ("kg", "webapp")
        if ours or isinstance(thing, (*TABLES, types.MappingProxyType)):
            name = f"{type(thing).__module__}.{type(thing).__qualname__}"
            ahead += [(f"{name}.{attribute}" if attribute else owner, part) for attribute, part in parts_of(thing)]
    return found


def state(thing: Any) -> object:
    """Return what tells a container or an object of ours from the same one after it was written to."""
    if isinstance(thing, np.ndarray):
        return thing.tobytes()
    return [(name, id(part)) for name, part in parts_of(thing)]


@pytest.fixture(scope="module")
def app() -> Flask:
    """Return a website of its own that has answered questions and shown pages."""
    made = create_app({"LIBRARY": open_library(), "RESPONSE_CACHE": False})
    made.config["LIBRARY"].prepare()
    use(made, 0)
    return made


def use(app: Flask, kind: int) -> None:
    """Ask questions and look at pages: of the first kind, or of the second, which has others."""
    client = app.test_client()
    words = ["culture", "leaders"][kind]
    for path in ("", "ask?q=Who+creates+{}", "ask?q=Does+{}+matter", "suggest?q={}", "concepts/{}", "map.svg?focus={}"):
        assert client.get("/" + path.format(words)).status_code == 200
    for path in ("claims", "people", "seminars", "questions", "map?overview=1", "sparql", "data.csv", "about"):
        client.get("/" + path)


def test_what_a_library_and_a_website_hold_of_others(app: Flask) -> None:
    held = reachable({"library": app.config["LIBRARY"], **app.extensions})
    types_ = {f"{type(thing).__module__}.{type(thing).__qualname__}" for _, thing in held.values()}
    assert {name for name in types_ if not name.startswith(("kg.", "webapp.", "builtins."))} == FOREIGN.keys()


def test_nothing_else_is_written_while_questions_are_asked(app: Flask) -> None:
    """Also not through other names than `self`."""
    held = reachable({"library": app.config["LIBRARY"], **app.extensions})
    before = {each: state(thing) for each, (_, thing) in held.items()}
    use(app, 1)
    changed = {owner for each, (owner, thing) in held.items() if state(thing) != before[each]}
    assert changed <= WRITTEN.keys()
