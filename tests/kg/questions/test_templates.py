"""Template files: what is read from them, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.library import Library, open_library
from kg.questions.slots import examples
from kg.questions.templates import TemplateError, read_templates

GOOD = """#+ name = "one"
#+ title = "A question"
#+ example = "Who says what?"
#+ cues = ["who .* (what)", "says"]
#+ slots = { concept = "concept" }
SELECT ?claim WHERE { VALUES ?concept { concept:culture } ?claim schema:about ?concept }
"""


def test_a_template_is_read(tmp_path: Path) -> None:
    (tmp_path / "one.rq").write_text(GOOD, encoding="utf-8")
    (template,) = read_templates(tmp_path)
    assert (template.name, template.slots, template.filled, template.say, template.most) == (
        "one", {"concept": "concept"}, "mentions", "plain", 4,
    )  # fmt: skip
    assert template.sparql.endswith("?claim schema:about ?concept }")
    assert not template.gives_list
    assert hash(template)


@pytest.mark.parametrize(
    ("question", "cued"),
    [("Who says what?", ["what", "says"]), ("who knows wat", ["wat"]), ("Is it so?", [])],
)
def test_cues(tmp_path: Path, question: str, cued: list[str]) -> None:
    (tmp_path / "one.rq").write_text(GOOD, encoding="utf-8")
    (template,) = read_templates(tmp_path)
    assert [question[first:last] for first, last in template.cued(question)] == cued


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "one"', 'name = "two"', "the name in the header is 'two'; make it 'one'"),
        ('title = "A question"', "", "is wrong or lacks 'title'"),
        ('title = "A question"', "title =", "is wrong or lacks"),
        ('title = "A question"', 'title = "A"\n#+ cue = "x"', "unexpected keyword argument 'cue'"),
        ('"says"', '"("', "is wrong or lacks"),
        ('= "concept"', '= "thing"', "slot concept is of unknown kind 'thing'; use one of"),
        ("VALUES ?concept", "VALUES ?other", "has no VALUES \\?concept block; add one"),
        ("#+ cues", '#+ use = "x"\n#+ cues', "use is 'x'; use one of"),
        ("#+ cues", '#+ filled = "x"\n#+ cues', "filled is 'x'; use one of"),
        ("#+ cues", '#+ say = "x"\n#+ cues', "say is 'x'; use one of"),
    ],
)
def test_a_wrong_file_is_named_with_what_to_correct(tmp_path: Path, old: str, new: str, message: str) -> None:
    (tmp_path / "one.rq").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TemplateError, match=rf"^one\.rq: .*{message}"):
        read_templates(tmp_path)


def test_the_examples_that_are_offered_are_those_that_the_data_answer(library: Library) -> None:
    offered = examples(library.catalogue, read_templates())
    assert sorted(offered) == sorted(template.example for template in read_templates())
    second = open_library([Path(__file__).parents[2] / "fixtures" / "check" / "seminar.ttl"])
    offered = examples(second.catalogue, read_templates())
    assert "When did the seminar take place?" in offered
    assert not any("culture" in example or "West" in example for example in offered)
