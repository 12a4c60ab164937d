"""The asking engine on the packaged seminar: understanding, evidence, attribution, silence."""

import json

import pytest

from kg.answering import AskError
from kg.english.words import stem
from kg.questions.templates import read_templates

# question, template (None = any), passages that have to be cited, words that have to be in the answer
ANSWERED = [
    (
        "Who creates culture?",
        "relation-and-concept",
        {"M3"},
        ["Leaders create culture, according to the report of Michael West’s talk"],
    ),
    ("When do staff engage?", "condition", {"M5.1"}, ["Michael West", "if they feel"]),
    (
        "What did the delegate say about the CQC and Monitor?",
        None,
        {"D1"},
        ["A delegate said, as a criticism, that", "form-filling"],
    ),
    (
        "What did the debate ask of the CQC and Monitor?",
        None,
        {"D2"},
        ["In the debate somebody (not named)", "formalise"],
    ),
    ("When did the seminar take place?", "event-date", {"T1"}, ["6 June 2014"]),
    ("Who chaired the seminar?", "chair", {"P1"}, ["Ian Cumming"]),
    ("Who funded the research?", "funder", {"I3"}, ["Department of Health"]),
    ("What are the three ingredients of the right culture?", "list-items", {"M4.1a", "M4.2", "M4.3a"}, ["(1)", "(3)"]),
    ("What is the second step of a leadership strategy?", "item-alone", {"M7.2"}, ["design"]),
    (
        "How many steps are there in a leadership strategy?",
        "list-count",
        {"M7.1"},
        ["There are three steps of a leadership strategy"],
    ),
    ("What was said about compassion?", None, {"I4"}, ["compassion"]),
    ("Wat is sed abt compasion", None, {"I4"}, ["compassion"]),
    ("What organizational culture is like that at Mid Staffs?", None, {"M3"}, ["Mid Staffs"]),
]


@pytest.mark.parametrize(("question", "template", "passages", "words"), ANSWERED, ids=[q for q, *_ in ANSWERED])
def test_answers_with_its_evidence(library, question, template, passages, words):
    answer = library.ask(question)
    assert answer.answered
    assert template in (None, answer.template)
    assert passages <= {passage.id for passage in answer.passages}
    assert all(word in answer.answer for word in words)


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "How many nurses work at Salford?",
        "Which year did Mid Staffs close?",
        "What is the name of the delegate?",
        "Who won the football last night?",
        "Что такое культура?",
        "<script>alert(1)</script>",
    ],
)
def test_says_so_when_the_seminar_does_not_say(library, question):
    answer = library.ask(question)
    assert not answer.answered
    assert answer.answer == answer.lead
    assert answer.outcome == ("near" if answer.nearest else "not-said")
    assert (answer.claims, answer.passages, answer.template, answer.sparql) == ((), (), None, None)
    assert answer.related
    assert all(library.ask(near).answered for near in answer.related)


def test_the_same_is_said_of_the_claim_just_told(library):
    assert library.ask("For which reason has the leadership to be transformed?").answer.endswith(
        "transforming leadership”. Michael West said the same."
    )
    assert "the same" not in library.ask("why should I care about culture").answer


def test_a_refusal_tells_each_reason_once(library):
    assert library.ask("burnout").answer == "“burnout” occurs in no claim and no quotation."


@pytest.mark.parametrize(
    "question",
    ["How is culture made?", "What was criticised?", "what does mid staffs show", "give me an example", "staff"],
)
def test_each_claim_is_told_once(library, question):
    answer = library.ask(question)
    for point in answer.points:
        told = [point.said.clause, point.claim.text.rstrip("."), *point.quotations]
        assert sum(answer.answer.count(words) for words in dict.fromkeys(told)) <= 1


@pytest.mark.parametrize(
    ("question", "has"),
    [
        (
            "Give me a quote about fairness",
            "talk: “staff engage if they feel people are leading fairly”. The report also says: “",
        ),
        ("What does it say word for word about values-based recruitment?", "“don't employ or train those without"),
        (
            "How many key learning points does the page give?",
            "Three, according to the published summary: first, “Values-based recruitment is crucial”, and ",
        ),
    ],
)
def test_quotations_and_counts_are_of_what_is_asked(library, question, has):
    assert has in library.ask(question).answer


@pytest.mark.parametrize(
    ("question", "word"), [("", "empty"), (" \n", "empty"), ("a" * 501, "too long"), ("what\0is", "control")]
)
def test_refuses_what_is_no_question(library, question, word):
    with pytest.raises(AskError, match=word):
        library.ask(question)


@pytest.mark.parametrize("template", read_templates(), ids=lambda template: template.name)
def test_every_template_answers_and_its_query_returns_the_claims_cited(library, template):
    rows = json.loads(library.execute(template.sparql))["results"]["bindings"]
    assert rows, "the query with its example terms finds nothing"
    answer = library.ask(template.example)
    assert answer.answered
    found = json.loads(library.execute(answer.sparql))["results"]["bindings"]
    assert {row["claim"]["value"] for row in found} == {claim.iri for claim in answer.claims}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Should leaders treat staff with respect?", "yes"),
        ("Was the chair from NHS England?", "no"),
        ("Does fairness cause engagement?", None),
        ("Did Salford become the safest hospital?", None),
        ("Do staff treat leaders with respect?", None),
    ],
)
def test_yes_or_no(library, question, said):
    assert library.ask(question).verdict == said


def test_a_misspelt_word_is_linked(library):
    linked = library.answerer.of("").match("staff engagment").question
    assert any(mention.meaning.iri.endswith("/staff-engagement") for mention in linked.mentions)
    assert stem("engagement") in {word.stem for word in linked.words}


def test_the_answer_as_json_keeps_the_contract(library):
    answer = library.ask("Who creates culture?").to_dict()
    assert list(answer) == [
        "question", "answered", "verdict", "outcome", "verdict_because", "lead", "answer", "points", "nearest",
        "claims", "passages", "template", "sparql", "version", "related", "linked",
    ]  # fmt: skip
    assert set(answer["claims"][0]) == {"iri", "text", "stance", "attributed_to", "attribution", "passages", "seminar"}
    assert set(answer["passages"][0]) == {"id", "section", "quote", "speaker", "seminar"}
    assert [set(point) for point in answer["points"]] == [{"claim", "quote", "credit", "seminar", "passage"}]
    assert answer["points"][0]["quote"] == "Culture is created by leaders"
    assert (answer["outcome"], answer["nearest"]) == ("said", [])
    json.dumps(answer)
    told = library.ask("What did Michael West say?").to_dict()["points"]
    assert {"text", "quote"} <= {key for point in told for key in point}


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "What did Michael West say?",
            "24 things were said, in the report of Michael West’s talk and by Michael West. ",
        ),
        (
            "What was criticised?",
            "A delegate said, as a criticism, that culture at the top of the organisation is toxic. ",
        ),
        (
            "What did West say about culture?",
            "Michael West said that culture is important in NHS organisations. Michael West also said that culture is",
        ),
        (
            "How is culture made?",
            "According to the report of Michael West’s talk, leaders create culture. The report also says, as an ",
        ),
        ("How does leadership affect culture?", "According to the report of Michael West’s talk, "),
        (
            "Explain it simply",
            "The published summary sums it up in three points: first, “Values-based recruitment is crucial”, and",
        ),
        ("What should leaders do?", "The report of Michael West’s talk makes four recommendations about leaders: "),
        ("Paperwork vs patients", "According to the report of Michael West’s talk, leaders who tell staff that "),
        ("What does CQC stand for?", "CQC stands for the Care Quality Commission."),
        ("What does NHS stand for?", "NHS stands for National Health Service."),
        ("What does HEE stand for?", "HEE stands for Health Education England."),
        ("Who is Monitor?", "By “Monitor” we mean the regulator of NHS foundation trusts"),
        (
            "fair leadership",
            "By “fair leadership” we mean leading that treats people justly (our definition, not the seminar’s). ",
        ),
        (
            "How many regulators were named?",
            "Two: the Care Quality Commission (CQC) and Monitor. A delegate said, as a",
        ),
        (
            "Compare Salford with Mid Staffs",
            "One thing was said about Salford NHS Foundation Trust and one about Mid Staffs. ",
        ),
        ("What are the three ingredients of the right culture?", "The three main ingredients of the right culture, "),
        ("Give me a quote about the ocean", "Michael West said: ‘the NHS is “a single ocean, how we interact"),
        (
            "Should everyone be a leader?",
            "Yes, it was recommended: according to the report of Michael West’s talk, everyone should",
        ),
    ],
)
def test_answers_begin_with_what_answers(library, question, begins):
    assert library.ask(question).answer.startswith(begins)


def test_a_comparison_says_which_claim_is_about_which(library):
    answer = library.ask("Compare Salford with Mid Staffs")
    assert [concept.slug for concept in answer.compared] == ["salford-nhs-foundation-trust", "mid-staffs"]
    assert {point.about for point in answer.points} == {("salford-nhs-foundation-trust",), ("mid-staffs",)}
