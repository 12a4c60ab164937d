"""Faults planted one at a time in a small invented seminar: each is found, once, on its line."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.check import Problem, check, code_table, codes
from kg.check.corpus import ontology
from kg.check.shapes import SH, shapes_graph
from kg.vocabulary import RDF, SK

ROOT = Path(__file__).parents[3]
FIXTURE = Path(__file__).parents[3] / "tests" / "fixtures" / "check"
GOOD = (FIXTURE / "seminar.ttl").read_text(encoding="utf-8")
SOURCE = FIXTURE / "source.txt"
CODES = codes()
NO_STANCE = ("sk:stance sk:describes ; sk:attributionKind sk:named", "sk:attributionKind sk:named")


@dataclass(frozen=True)
class Fault:
    """A text edit of the good file, and the code and the line of what the check must say.

    `where` is text of the line; it must stand on one line only of the faulty file.
    """

    name: str
    old: str
    new: str
    code: str
    where: str
    says: str = ""
    source: bool = False


FAULTS = [Fault(**fault) for fault in tomllib.loads((FIXTURE / "faults.toml").read_text(encoding="utf-8"))["fault"]]


def line_of(text: str, where: str) -> int:
    """Return the line on which the only place of some text begins."""
    assert text.count(where) == 1, f"{where!r} stands {text.count(where)} times"
    return text.count("\n", 0, text.index(where)) + 1


def check_text(folder: Path, text: str, source: Path | None = None) -> list[Problem]:
    file = folder / "faulty.ttl"
    file.write_text(text, encoding="utf-8")
    return list(check([file], source=source))


@pytest.mark.parametrize("source", [None, SOURCE], ids=["alone", "with its source"])
def test_good_seminar_has_no_problem(source: Path | None) -> None:
    assert list(check([FIXTURE / "seminar.ttl"], source=source)) == []


def test_the_real_seminar_has_no_problem() -> None:
    assert [str(problem) for problem in check([ROOT / "data" / "seminar.ttl"])] == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault(fault: Fault, tmp_path: Path) -> None:
    assert fault.old in GOOD
    text = GOOD.replace(fault.old, fault.new)
    problems = check_text(tmp_path, text, SOURCE if fault.source else None)
    assert [(p.code, p.line) for p in problems] == [(fault.code, line_of(text, fault.where))], problems
    assert fault.says in problems[0].message
    assert problems[0].message[-1] in ".?"


def test_quotation_like_nothing_in_the_source(tmp_path: Path) -> None:
    text = GOOD.replace('"patience feeds growth"', '"QQQQ ZZZZ 77777"')
    problems = check_text(tmp_path, text, SOURCE)
    found = {problem.code: problem for problem in problems}  # which file sorts first depends on where it lies
    assert set(found) == {"quotation-not-found", "source-uncovered"}
    assert "nothing in it comes near" in found["quotation-not-found"].message


@pytest.mark.parametrize(
    "text",
    [
        "The report “Who cares? What comes next.” asks for time.",
        "Ada Fern asked: “Why do gardens fail? Who waters them?”",
        'Ada Fern asked "Why do gardens fail? Who waters them?" in her talk.',
        "The article ‘Don’t wait. Start’ asks for time.",
        "The talk “Where is the water?” Ada Fern gave in March.",
        "Good gardens, e.g. those of Dr. Fern, need time.",
        'Good gardens need 6" of water.',
    ],
)
def test_one_sentence_may_quote_several(text: str, tmp_path: Path) -> None:
    written = text.replace('"', '\\"')
    assert check_text(tmp_path, GOOD.replace('text "Good gardens need time."', f'text "{written}"')) == []


@pytest.mark.parametrize(
    "text",
    ["Teams need 2 good habits.", "Teams need two good habits.", "In March 2021 teams needed two habits.",
     "Teams need the second of two habits.", "No one needs one habit."],
)  # fmt: skip
def test_numbers_that_the_quotation_or_the_seminar_gives(text: str, tmp_path: Path) -> None:
    assert check_text(tmp_path, GOOD.replace("Teams need good habits.", text)) == []


def test_each_sentence_of_a_paragraph_is_looked_at(tmp_path: Path) -> None:
    """In prose a paragraph is a line, and a quotation covers its own sentence alone."""
    source = tmp_path / "source.txt"
    prose = "Growth needs light. Dr. Fern had 3.5 tons of it in 2020! Moles (e.g. Talpa) do not. 2."
    source.write_text(SOURCE.read_text(encoding="utf-8").replace("Growth needs light.", prose), encoding="utf-8")
    found = [each for each in check([FIXTURE / "seminar.ttl"], source=source) if each.code == "source-uncovered"]
    assert [(each.file, each.line) for each in found] == [(source, 18)] * 2
    assert ["3.5 tons of it in 2020!" in found[0].message, '"Moles (e.g. Talpa) do not."' in found[1].message] == [
        True,
        True,
    ]


def test_line_of_the_source_without_a_claim(tmp_path: Path) -> None:
    start, end = GOOD.index(":quote-M4 a"), GOOD.index(":quote-D1 a")
    problems = check_text(tmp_path, GOOD[:start] + GOOD[end:], SOURCE)
    assert [(p.line, p.code) for p in problems if p.file == SOURCE] == [(18, "source-uncovered")]
    assert any('"• Growth needs light."' in problem.message for problem in problems)


def test_statements_in_another_order(tmp_path: Path) -> None:
    swapped = {"position 7 ; dcterms": "position 8 ; dcterms", "position 8 ; dcterms": "position 7 ; dcterms"}
    lines = [next((line.replace(a, b) for a, b in swapped.items() if a in line), line) for line in GOOD.split("\n")]
    problems = check_text(tmp_path, "\n".join(lines), SOURCE)
    expected = next(number for number, line in enumerate(lines, start=1) if "position 8 ; dcterms" in line)
    assert [(p.code, p.line) for p in problems] == [("passage-order", expected)]


def test_another_source(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(SOURCE.read_text(encoding="utf-8") + "\nMore news\n", encoding="utf-8")
    (problem,) = check([FIXTURE / "seminar.ttl"], source=other)
    assert (problem.code, problem.line) == ("source-differs", line_of(GOOD, "schema:sha256"))
    assert problem.message.count("SHA-256") == 1


def test_source_in_other_spaces_and_forms(tmp_path: Path) -> None:
    """White space and Unicode forms may differ; letters may not."""
    text = GOOD.replace('"Good gardens need time"', '"Good  gardens\\u00A0need\\n time"')
    assert check_text(tmp_path, text, SOURCE) == []


def test_shapes_in_the_data_switch_nothing_off(tmp_path: Path) -> None:
    off = "".join(f"<{shape}> <{SH.deactivated}> true .\n" for shape in set(shapes_graph().subjects(SH.description)))
    text = GOOD.replace(*NO_STANCE) + off
    problems = check_text(tmp_path, text)
    assert ("claim-stance", line_of(text, ":m1-1 a schema:Claim")) in [(p.code, p.line) for p in problems]


def test_imports_are_not_followed(tmp_path: Path) -> None:
    imports = "<http://x.invalid/x> <http://www.w3.org/2002/07/owl#imports> <http://x.invalid/y> .\n"
    assert [p.code for p in check_text(tmp_path, GOOD + imports)] == ["unknown-namespace"]


def test_concepts_may_stand_in_another_file(tmp_path: Path) -> None:
    start, end = GOOD.index("# ── Topics"), GOOD.index("relation:needs-much a")
    prefixes = GOOD[: GOOD.index("# ── The event")]
    concepts, claims = tmp_path / "concepts.ttl", tmp_path / "claims.ttl"
    concepts.write_text(prefixes + GOOD[start:end], encoding="utf-8")
    claims.write_text(GOOD[:start] + GOOD[end:], encoding="utf-8")
    assert list(check([claims], data=[concepts])) == []
    assert list(check([claims, concepts])) == []
    assert {p.code for p in check([claims])} == {"dangling"}


def test_another_edition_among_the_data_does_not_fill_gaps(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.ttl"
    faulty.write_text(GOOD.replace(*NO_STANCE), encoding="utf-8")
    assert [p.code for p in check([faulty], data=[FIXTURE / "seminar.ttl"])] == ["claim-stance"]
    assert list(check([FIXTURE / "seminar.ttl"], data=[FIXTURE / "seminar.ttl"])) == []


@pytest.mark.parametrize("word", ["prov:wasAttributedTo", "sk:reportedFrom", "prov:wasDerivedFrom"])
def test_who_made_a_claim_is_not_for_another_file_to_say(tmp_path: Path, word: str) -> None:
    prefixes = GOOD[: GOOD.index("# ── The event")]
    claim = next(line.split()[0] for line in GOOD.splitlines() if " a schema:Claim" in line)
    other = tmp_path / "other.ttl"
    other.write_text(f"{prefixes}{claim} {word} {claim} .", encoding="utf-8")
    found = [problem for problem in check([other], data=[FIXTURE / "seminar.ttl"]) if problem.code == "claim-elsewhere"]
    assert len(found) == 1
    assert word in found[0].message


def test_a_label_that_clashes_with_another_file(tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    prefixes = GOOD[: GOOD.index("# ── The event")]
    clash = 'concept:herbs a skos:Concept ; skos:prefLabel "WATER"@en .'
    other.write_text(prefixes + clash, encoding="utf-8")
    (problem,) = check([FIXTURE / "seminar.ttl"], data=[other])
    assert (problem.code, problem.line) == ("label-clash", line_of(GOOD, 'skos:prefLabel "Water"@en'))


def test_problems_print_as_the_command_line_promises(tmp_path: Path) -> None:
    (problem,) = check_text(tmp_path, GOOD.replace("schema:numberOfItems 2", "schema:numberOfItems 3"))
    file = tmp_path / "faulty.ttl"
    assert str(problem).startswith(f"{file}, line {problem.line}: list-count: List :two-habits says ")


# ── The codes ──


def test_every_fault_has_a_code_of_the_register() -> None:
    assert {fault.code for fault in FAULTS} <= CODES.keys()


def test_every_shape_says_what_to_do() -> None:
    shapes = shapes_graph()
    for shape in shapes.subjects(SH.path):
        if list(shapes.objects(shape, SH.description)):
            assert shapes.value(shape, SH.message), shape


@pytest.mark.parametrize(
    ("path", "class_"),
    [(SK.stance, SK.Stance), (SK.attributionKind, SK.AttributionKind), (SK.status, SK.Status)],
)
def test_shapes_list_what_the_ontology_lists(path: object, class_: object) -> None:
    shapes = shapes_graph()
    (shape,) = (s for s in shapes.subjects(SH.path, path) if shapes.value(s, SH["in"]))
    assert set(shapes.items(shapes.value(shape, SH["in"]))) == set(ontology().subjects(RDF.type, class_))


def test_documented_codes_are_current() -> None:
    assert code_table() in (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")


# ── Days, and slugs ──


@pytest.mark.parametrize(
    ("start", "end", "codes"),
    [
        ('"2021-03-03"^^xsd:date', '"2021-03-03"^^xsd:date', set()),
        ('"2021-03-03"^^xsd:date', '"2021-03-05"^^xsd:date', set()),
        ('"2021-03-03"^^xsd:date', '"2021-03-01"^^xsd:date', {"event-start"}),
        ('"2021-03-03"^^xsd:date', '"2021-03-03T10:00:00"^^xsd:dateTime', set()),
        ('"2021-03-03"', '"2021-03-03"^^xsd:date', {"event-start"}),
        ('"2021-03-03T09:00:00"^^xsd:date', '"2021-03-03"^^xsd:date', {"bad-literal"}),
    ],
)
def test_an_event_is_on_a_day_or_at_a_time(tmp_path: Path, start: str, end: str, codes: set[str]) -> None:
    text = GOOD.replace('"2021-03-03T09:00:00"^^xsd:dateTime', start)
    text = text.replace('"2021-03-03T10:00:00"^^xsd:dateTime', end)
    assert {problem.code for problem in check_text(tmp_path, text)} == codes


@pytest.mark.parametrize(
    ("added", "code", "name"),
    [
        (
            '<https://example.org/x/ada-fern> a schema:Person , prov:Agent ; rdfs:label "Ada F."@en .',
            "slug-clash",
            "ada-fern",
        ),
        (
            '<https://example.org/people/> a schema:Person , prov:Agent ; rdfs:label "Nobody"@en .',
            "bad-slug",
            "people/",
        ),
        (':guest2 a sk:UnnamedSpeaker , prov:Agent ; rdfs:label "a second guest"@en .', None, ""),
        (
            "<https://w3id.org/seminar-kg/seminar/later-2022#guest> a sk:UnnamedSpeaker , prov:Agent ; "
            'rdfs:label "a guest of another year"@en .',
            None,
            "",
        ),
        (
            '<https://example.org/theme/growing> a skos:Collection ; skos:prefLabel "Growing up"@en ; '
            "skos:member concept:water .",
            "slug-clash",
            "growing",
        ),
    ],
)
def test_what_has_a_page_has_a_slug_of_its_own(tmp_path: Path, added: str, code: str | None, name: str) -> None:
    found = [each for each in check_text(tmp_path, f"{GOOD}\n{added}\n") if each.code in ("bad-slug", "slug-clash")]
    assert [each.code for each in found] == [code] * bool(code)
    assert all(name in each.message and each.line > GOOD.count("\n") for each in found)


def test_claims_have_slugs_of_their_own(tmp_path: Path) -> None:
    without = GOOD.replace(":i1-1", "<https://example.org/claims/>")
    assert [each.code for each in check_text(tmp_path, without) if "slug" in each.code] == ["bad-slug"]
    same = GOOD.replace(":i1-1", "<https://example.org/m1-1>")
    (problem,) = (each for each in check_text(tmp_path, same) if "slug" in each.code)
    assert (problem.code, "growing-2021-m1-1" in problem.message) == ("slug-clash", True)
