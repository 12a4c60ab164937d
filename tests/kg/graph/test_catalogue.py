"""The catalogue, the library and the drawing of claims, on the packaged seminar."""

import json

import pytest

from kg.graph.files import UnreadableData
from kg.graph.load import load
from kg.graph.name_lookup import UnknownName, inside_sentence
from kg.maps.concept_map import MapError

STATEMENTS = (
    "T0 T1 I1 I2 I3 I4 P1 P2 K1 K2 K3 M1.1 M1.2 M2 M3 M4 "
    "M4.1a M4.1b M4.2 M4.3a M4.3b M5.1 M5.2 M6 M7 M7.1 M7.2 M7.3 D1 D2"
).split()


def test_every_statement_has_a_claim_in_the_order_of_the_source(library):
    seminar = library.catalogue.seminars()[0]
    assert list(library.catalogue.claims_resting_on(seminar.slug)) == STATEMENTS


@pytest.mark.parametrize(
    ("claim", "kind", "credit"),
    [
        ("m1-1-1", "named", "Michael West"),
        ("m3-1", "presentation", "the published summary of Michael West’s presentation"),
        ("m4-1a-2", "named", "Michael West, passing on Salford NHS Foundation Trust"),
        ("d1-1", "debate", "a delegate"),
        ("d2-1", "debate", "the debate (no speaker named)"),
        ("k1-1", "write-up", "the published summary"),
    ],
)
def test_attribution(library, claim, kind, credit):
    attribution = library.catalogue.claim(f"leading-by-example-2014-{claim}").attribution
    assert (attribution.kind, attribution.credit) == (kind, credit)


@pytest.mark.parametrize("name", ["culture", "Culture", "organisational culture", " CULTURE "])
def test_a_concept_is_found_by_slug_or_label(library, name):
    assert library.catalogue.concept(name).slug == "culture"


def test_an_unknown_name_comes_with_near_ones(library):
    with pytest.raises(UnknownName) as error:
        library.catalogue.concept("complasion")
    assert ("compassion", "Compassion") in error.value.near


def test_general_relations_hold(library):
    rows = json.loads(
        library.execute(
            "PREFIX c: <https://w3id.org/seminar-kg/concept/> "
            "SELECT ?p WHERE { c:leaders <https://w3id.org/seminar-kg/relation/influences> c:culture BIND(1 AS ?p) }"
        )
    )
    assert rows["results"]["bindings"]


def test_the_version_depends_on_the_triples_and_not_on_their_layout(tmp_path):
    text = '@prefix s: <https://schema.org/> .\n<urn:a> s:name [ s:text "x" ] .\n'
    (tmp_path / "a.ttl").write_text(text)
    (tmp_path / "b.ttl").write_text(text.replace(" ;", "\n;").replace("[ s:text", "[\n s:text"))
    (tmp_path / "c.ttl").write_text(text.replace('"x"', '"y"'))
    a, b, c = (load([tmp_path / f"{name}.ttl"]).version for name in "abc")
    assert a == b != c


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("bad.ttl", "<urn:a> <urn:b> .", "line 1"),
        ("bad.rdf", "<x/>", "must end in"),
        ("gone.ttl", None, "no such"),
    ],
)
def test_a_broken_file_never_half_loads(tmp_path, name, content, word):
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    with pytest.raises(UnreadableData, match=word):
        load([path])


def test_the_map_of_the_seminar(library):
    drawn = library.concept_map()
    assert 35 <= len(drawn) <= 50
    assert drawn.title.endswith("?")
    assert "6 June 2014" in drawn.source_line
    phrases = {p.phrase for p in drawn.propositions}
    assert "is not concerned with" in phrases
    assert "feel there is" not in phrases, "a condition must not be drawn without its if"


@pytest.mark.parametrize(
    ("choice", "within"),
    [
        ({"focus": "compassion"}, {"compassion", "exemplary-leaders"}),
        ({"theme": "regulation"}, {"care-quality-commission", "monitor", "form-filling"}),
        ({"speaker": "Michael West"}, {"culture", "single-ocean"}),
        ({"stance": "criticises"}, {"toxic-culture"}),
    ],
)
def test_parts_of_the_map(library, choice, within):
    assert within <= {concept.id for concept in library.concept_map(**choice).concepts}


def test_a_concept_can_be_hidden_and_depth_is_checked(library):
    assert "compassion" not in {c.id for c in library.concept_map(hide=["compassion"]).concepts}
    with pytest.raises(MapError, match="1 to 3"):
        library.concept_map(focus="culture", depth=99)


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Compassion", "compassion"),
        ("A leadership strategy", "a leadership strategy"),
        ("The Care Quality Commission (CQC)", "the Care Quality Commission (CQC)"),
        ("NHS organisations", "NHS organisations"),
        ("Salford NHS Foundation Trust", "Salford NHS Foundation Trust"),
    ],
)
def test_a_label_inside_a_sentence(label, inside):
    assert inside_sentence(label) == inside
