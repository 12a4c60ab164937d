"""Whose words questions are about, and which claims are credited to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from kg import open_library
from kg.answering.link.evidence import Evidence
from kg.answering.link.lexicon import Lexicon
from kg.answering.link.linker import LinkedQuestion, link
from kg.answering.link.speller import Speller
from kg.answering.seminar_answerer import SeminarAnswerer
from kg.answering.speaker import Speaker, Speakers, credited_to
from kg.graph.catalogue import Catalogue

FIXTURES = Path(__file__).parents[2] / "fixtures"
SEMINARS = ("packaged", "schools", "heat", "town-hall", "medicines", "bridge", "second")


@cache
def seminar(name: str) -> tuple[Catalogue, Callable[[str], LinkedQuestion], Speakers]:
    library = open_library() if name == "packaged" else open_library(FIXTURES / name / "seminar.ttl")
    catalogue = library.catalogue
    lexicon = Lexicon(catalogue)
    speller = Speller(Evidence(catalogue, lexicon, {}))
    return catalogue, lambda question: link(question, lexicon, speller), Speakers(catalogue)


def asked(name: str, question: str) -> tuple[Speaker, ...]:
    _, read, speakers = seminar(name)
    return speakers.asked(read(question))


@pytest.mark.parametrize(
    ("name", "question", "agents"),
    [
        ("packaged", "Did West say that leaders matter?", ["michael-west"]),
        ("packaged", "what did micheal wset say", ["michael-west"]),
        ("packaged", "What did Michael say?", ["michael-west"]),
        ("packaged", "What did Dr West say?", ["michael-west"]),
        ("packaged", "What did the speaker from Lancaster say?", ["michael-west"]),
        ("packaged", "What did he say about culture?", ["michael-west"]),
        ("packaged", "wests view on culture", ["michael-west"]),
        ("packaged", "What did the chair say?", ["ian-cumming"]),
        ("packaged", "What did the chief executive of HEE say?", ["ian-cumming"]),
        ("packaged", "What did the professor say?", ["ian-cumming", "michael-west"]),
        ("packaged", "What was the delegate's advice?", ["delegate"]),
        ("packaged", "did the cqc say that leadership is needed", ["care-quality-commission"]),
        ("schools", "What does the head mean by coaching?", ["ruth-adeyemi"]),
        ("schools", "Did both speakers say so?", ["ruth-adeyemi", "tomasz-wilk"]),
        ("schools", "newly qualifed techer, wat did she say", ["newly-qualified-teacher"]),
        ("schools", "What did a teacher say?", ["another-teacher", "newly-qualified-teacher", "village-teacher"]),
        ("heat", "Whom did the engineer blame?", ["engineer-on-the-floor", "ingrid-solheim"]),
        ("town-hall", "What did the retired bus driver say?", ["bus-driver"]),
        ("town-hall", "wat did sombody call the parkin charges", ["somebody"]),
        ("medicines", "What does the ward manager reckon it costs?", ["grace-ambler"]),
        ("medicines", "What would help, in the eyes of the community nurse?", ["community-nurse"]),
        ("bridge", "Why did it fall, in the archaeologist's account?", ["amadou-varley"]),
    ],
)
def test_who_is_meant(name: str, question: str, agents: list[str]) -> None:
    assert [sorted(speaker.agents) for speaker in asked(name, question)] == [agents]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did Boris Johnson say that culture matters?", "Boris Johnson"),
        ("What did Einstein say about culture?", "Einstein"),
        ("According to the King's Fund, who creates culture?", "the King's Fund"),
        ("What did the minister want?", "the minister"),
        ("what did michael gove say", "michael gove"),
    ],
)
def test_strangers_say_nothing(question: str, words: str) -> None:
    (speaker,) = asked("packaged", question)
    assert speaker.is_stranger
    assert speaker.words == words
    assert not any(credited_to(claim, speaker) for claim in seminar("packaged")[0].claims())


@pytest.mark.parametrize(
    ("name", "question", "place", "credited"),
    [
        ("packaged", "What did the summary itself say?", "write-up", {"write-up"}),
        ("packaged", "What was said from the floor?", "debate", {"debate"}),
        ("heat", "What was said in the discussion?", "debate", {"debate", "named"}),
        ("heat", "Did somebody in the audience object?", "debate", {"debate"}),
        ("schools", "What did Wilk mention in his talk?", None, {"named", "presentation"}),
        ("schools", "In Adeyemi's talk, what was said?", "presentation", {"named", "presentation"}),
    ],
)
def test_places(name: str, question: str, place: str | None, credited: set[str]) -> None:
    speaker = asked(name, question)[0]
    assert speaker.place == place
    claims = seminar(name)[0].claims()
    assert {claim.attribution.kind for claim in claims if credited_to(claim, speaker)} == credited


@pytest.mark.parametrize(
    "question",
    [
        "Who said that the NHS is a single ocean?",
        "What must leaders do?",
        "Do leaders want staff to engage?",
        "Do leaders tell staff that paperwork matters more?",
        "Is Ian Cumming still chief executive?",
    ],
)
def test_nobodys_words(question: str) -> None:
    assert asked("packaged", question) == ()


@pytest.mark.parametrize("question", ["Did anyone say so?", "What did the seminar say?", "did they say that?"])
def test_nobody_in_particular(question: str) -> None:
    assert [speaker.is_anyone for speaker in asked("packaged", question)] == [True]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Did West say that leaders create culture?", "leaders create culture"),
        ("According to West, is culture important?", "is culture important"),
        ("Is culture important, according to West?", "Is culture important"),
        ("Was it West who called the NHS an ocean?", "the NHS an ocean"),
        ("West said culture is important, right?", "culture is important"),
        ("Is it West's view that everyone should lead?", "everyone should lead"),
        ("Does culture matter, in the eyes of the delegate?", "Does culture matter"),
        ("Was West clear that culture is important?", "culture is important"),
    ],
)
def test_what_is_said(question: str, said: str) -> None:
    start, end = asked("packaged", question)[0].said
    assert question[start:end] == said


@pytest.mark.parametrize("name", SEMINARS)
def test_each_is_credited_with_their_own(name: str) -> None:
    """Whoever speaks is found by their name, and has the claims that the graph attributes to them, and no others."""
    catalogue = seminar(name)[0]
    for agent in catalogue.agents():
        own = {
            claim.iri
            for claim in catalogue.claims()
            if agent.slug in claim.attribution.agents and claim.attribution.kind != "presentation"
        }
        own |= {claim.iri for claim in catalogue.claims() if agent.slug in claim.attribution.presenters}
        own |= {claim.iri for claim in catalogue.claims() if agent.slug in claim.attribution.reported_from}
        (speaker,) = asked(name, f"What did {re.split('[(,]', agent.name)[0]} say?")
        if agent.slug in speaker.agents and not speaker.place:
            assert {claim.iri for claim in catalogue.claims() if credited_to(claim, speaker)} == own, agent.name


@pytest.mark.parametrize(
    ("name", "question", "agent", "stance"),
    [
        ("packaged", "what does west recommend", "michael-west", "recommends"),
        ("packaged", "What did the delegate criticise?", "delegate", "criticises"),
        ("packaged", "What did the chair say?", "ian-cumming", None),
        ("packaged", "What did Salford say?", "salford-nhs-foundation-trust", None),
        ("schools", "What did Tomasz Wilk say?", "tomasz-wilk", None),
        ("heat", "What did the chair say?", "joan-petrie", None),
        ("heat", "What did Solheim recommend?", "ingrid-solheim", "recommends"),
        ("town-hall", "What did the retired bus driver say?", "bus-driver", None),
        ("medicines", "What did the community nurse say?", "community-nurse", None),
        ("bridge", "What did the archaeologist say?", "amadou-varley", None),
    ],
)
def test_an_answer_has_all_of_theirs_and_nothing_else(name: str, question: str, agent: str, stance: str | None) -> None:
    catalogue = seminar(name)[0]
    speaker = Speaker(agent, 0, 0, (agent,))
    wanted = {c.iri for c in catalogue.claims() if credited_to(c, speaker) and stance in (None, c.stance)}
    found = SeminarAnswerer(catalogue, {}).find(question).reading
    assert set(found.claims if found else ()) == wanted
    if found:
        assert {row["claim"] for row in catalogue.rows(found.sparql)} == wanted


@pytest.mark.parametrize(
    ("question", "passages"),
    [
        ("What does the key learning say about recruitment?", {"K1", "K2", "K3"}),
        ("According to the introduction, what has to change?", {"I1", "I2", "I3", "I4"}),
    ],
)
def test_a_section_of_the_source_may_be_meant(question: str, passages: set[str]) -> None:
    catalogue, read, speakers = seminar("packaged")
    scope = speakers.scope(read(question))
    assert scope is not None
    found = catalogue.claims_by_iri(sorted(scope.claims))
    assert {passage.id for claim in found for passage in claim.passages} == passages
    rows = catalogue.rows(scope.limited("SELECT DISTINCT ?claim WHERE {\n  ?claim a schema:Claim .\n} ORDER BY ?claim"))
    assert {row["claim"] for row in rows} == scope.claims


def test_one_of_two_who_said_nothing_is_known() -> None:
    _, read, speakers = seminar("packaged")
    both, one = (speakers.scope(read(f"What did {who} say?")) for who in ("West and Cumming", "West"))
    assert both is not None
    assert one is not None
    assert both.is_of_silent
    assert not one.is_of_silent
