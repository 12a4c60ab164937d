"""Generated parts are current, terms are explained, the example is the data's, queries run as they stand."""

import importlib.util
import pkgutil
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph

from kg.graph.catalogue import Catalogue
from kg.graph.export import all_triples
from kg.graph.load import load
from kg.vocabulary import CITO, PREFIXES, RELATION, SK

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
MODEL = (DOCS / "model.md").read_text(encoding="utf-8")
ONTOLOGY = Graph().parse(ROOT / "kg" / "ontology" / "claims.ttl")
TERMS = [*SK.__annotations__.keys() - {"_fail", "_NS", "_extras"}, *SK._extras]

#: What each query of docs/model.md finds: claims of the packaged seminar, and the number of rows.
FOUND = {
    "Who creates culture?": ({"m3-1", "m3-2", "m7-3-1"}, 3),
    "When do staff engage?": ({"m5-1-2"}, 1),
    "What did the delegate say about the CQC and Monitor?": ({"d1-2"}, 4),
    "What did the debate ask of them?": ({"d2-1"}, 4),
    "What was recommended to leaders, of any kind?": ({"m4-1b-1", "m4-3a-2", "m5-2-1", "m6-1"}, 4),
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(load())


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(language: str) -> dict[str, str]:
    """Return the code blocks of docs/model.md in a language, by the heading above them."""
    found = {}
    for section in re.split(r"^#{2,3} ", MODEL, flags=re.MULTILINE)[1:]:
        for code in re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL):
            found[section.partition("\n")[0]] = code
    return found


def spaced(text: str) -> str:
    return " ".join(text.split())


def short(iri: str) -> str:
    """Return an IRI as a prefixed name."""
    prefixes = {**PREFIXES, "owl": str(OWL)}
    prefix, base = next(each for each in prefixes.items() if iri.startswith(each[1]))
    return f"{prefix}:{iri.removeprefix(base)}"


def mentioned(term: str) -> bool:
    return re.search(rf"(?<![\w:-]){re.escape(term)}(?![\w-])", MODEL) is not None


# ── Generated parts ──


def test_generated_parts_are_current(build: ModuleType) -> None:
    assert [path.name for path in build.out_of_date()] == [], "run: python docs/build.py"


def test_every_statement_has_a_row(build: ModuleType, catalogue: Catalogue) -> None:
    rows = build.statement_table(catalogue).splitlines()[2:]
    assert len(rows) == 30
    assert all(row.count(" | ") == 6 for row in rows)


@pytest.mark.parametrize("page", ["no markers", "{start}\n", "{end}\n{start}\n", "{start}\n{end}\n{start}\n{end}\n"])
def test_page_without_its_markers(build: ModuleType, page: str) -> None:
    with pytest.raises(ValueError, match="each once"):
        build.replaced(page.format(start=build.START, end=build.END), "new\n")


def test_what_is_written_by_hand_stays(build: ModuleType) -> None:
    page = f"before\n{build.START}\nold\n{build.END}\nafter\n"
    assert build.replaced(page, "new\n") == page.replace("old", "new")


def test_check_names_the_page_and_writes_nothing(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"{build.START}\nold\n{build.END}\n", encoding="utf-8")
    monkeypatch.setattr(build, "DOCS", tmp_path)
    monkeypatch.setattr(build, "GENERATED", {"page.md": lambda: "new\n"})
    assert build.main(["--check"]) == 1
    assert "page.md is not current" in capsys.readouterr().err
    assert "old" in page.read_text(encoding="utf-8")
    assert build.main([]) == 0
    assert "new" in page.read_text(encoding="utf-8")
    assert build.main(["--check"]) == 0
    assert build.main(["--chekc"]) == 2


# ── The model ──


@pytest.mark.parametrize("name", sorted(TERMS))
def test_our_terms_are_explained_and_defined(name: str) -> None:
    assert mentioned(f"sk:{name}"), f"docs/model.md does not explain sk:{name}"
    labels = [*ONTOLOGY.objects(SK[name], RDFS.label), *ONTOLOGY.objects(SK[name], SKOS.prefLabel)]
    assert labels, f"kg/ontology/claims.ttl does not define sk:{name}"


def test_the_ontology_defines_no_other_terms() -> None:
    subjects = {str(subject) for subject in ONTOLOGY.subjects(RDF.type)}
    ours = {iri.removeprefix(PREFIXES["sk"]) for iri in subjects if iri.startswith(PREFIXES["sk"])}
    assert ours == set(TERMS)


def test_every_term_of_the_data_is_in_the_model(catalogue: Catalogue) -> None:
    triples = list(all_triples(catalogue.data))
    used = {t.predicate.value for t in triples} - {str(RDF.type)}
    used |= {t.object.value for t in triples if t.predicate.value == str(RDF.type)}
    used |= {str(CITO.qualifies), str(CITO.disputes)}
    terms = {short(iri) for iri in used if not iri.startswith(str(RELATION))}
    assert sorted(term for term in terms if not mentioned(term)) == []


def test_the_worked_example_is_in_the_data() -> None:
    (example,) = blocks("turtle").values()
    # How people ask for a claim is many lines, which the example leaves out and says so.
    written = (ROOT / "data" / "seminar.ttl").read_text(encoding="utf-8")
    data = re.sub(r'    sk:askedAs (?:"[^"]*"@en[ ,;]*\s*)+', "", written)
    for part in example.split("\n\n"):
        assert spaced(part) in spaced(data)


def test_every_query_is_one_that_is_tested() -> None:
    assert blocks("sparql").keys() == FOUND.keys()


@pytest.mark.parametrize("title", FOUND)
def test_query_runs_as_it_stands(title: str, catalogue: Catalogue) -> None:
    rows = catalogue.data.engine.select(blocks("sparql")[title])
    claims, number = FOUND[title]
    assert len(rows) == number
    slugs = {catalogue.claim(row["claim"].value).slug for row in rows}
    assert slugs == {f"leading-by-example-2014-{claim}" for claim in claims}
    assert len({len(row) for row in rows}) == 1, "a variable is unbound in some row"


# ── The glossary ──


def test_the_glossary_is_in_order_and_what_it_names_exists() -> None:
    lines = (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][1:]
    assert [row for row in rows if len(row) != 3] == []
    words = [row[0] for row in rows]
    assert words == sorted(set(words))
    assert [name for row in rows for name in row[2].split(", ") if not exists(name.strip("`"))] == []


def exists(name: str) -> bool:
    """Return whether a dotted name is that of a module, or of what stands in one."""
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


# ── Decisions ──


def test_every_dependency_has_its_reason() -> None:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*about["project"]["dependencies"], *about["dependency-groups"]["dev"]]
    wanted += about["build-system"]["requires"]
    names = [re.split(r"[<>=~!\[; ]", each)[0] for each in wanted]
    decisions = (DOCS / "decisions.md").read_text(encoding="utf-8")
    assert [name for name in names if f"| `{name}` |" not in decisions] == []
