"""Nobody is said to have said what is credited to others; whoever said it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.answering.speaker import credited_to
from kg.graph.records import Agent, Claim
from kg.library import Library

STRANGERS = ("Boris Johnson", "the Prime Minister", "Einstein", "the King's Fund", "Jane Smith")
FORMS = ("Did {} say that {}?", "According to {}, {}?", "Was it {} who said that {}?")
SEMINARS = ("packaged", "schools", "second")
#: Of the questions about somebody else, the quick test asks one in so many.
ONE_IN = 31


def claims_of(library: Library) -> list[tuple[Claim, str]]:
    """Return the claims that are no record of the event, each as a clause."""
    claims = [c for c in library.catalogue.claims() if not any(p.subject_kind == "thing" for p in c.propositions)]
    names = {agent.name.split()[0] for agent in library.catalogue.agents()}
    return [(c, c.text if c.text.split()[0] in names else c.text[0].lower() + c.text[1:]) for c in claims]


def credited(claim: Claim) -> set[str]:
    return {*claim.attribution.agents, *claim.attribution.reported_from, *claim.attribution.presenters}


def asked(number: int, name: str, text: str) -> str:
    return FORMS[number % len(FORMS)].format(name, text.rstrip("."))


def wrong(library: Library) -> Iterator[str]:
    """Yield questions whether somebody said what is not credited to them."""
    agents: list[Agent] = [agent for agent in library.catalogue.agents() if agent.kind != "unnamed"]
    for k, (claim, text) in enumerate(claims_of(library)):
        others = [agent.name for agent in agents if agent.slug not in credited(claim)]
        yield from (asked(k + n, name, text) for n, name in enumerate([*others, *STRANGERS]))


def false_yes(library: Library, questions: list[str]) -> list[str]:
    seminar, found = library.answerer.of(""), []
    for question in questions:
        decision = seminar._judge.decide(seminar.match(question).question)
        # Two may have said the same in other words.
        theirs = decision.speaker and any(
            credited_to(each.comparison.claim, decision.speaker) for each in decision.judgements
        )
        if decision.verdict == "yes" and not theirs:
            found.append(question)
    return found


@pytest.mark.parametrize("name", SEMINARS)
def test_a_sample_of_wrong_speakers(library_of, name):
    assert not false_yes(library_of(name), list(wrong(library_of(name)))[::ONE_IN])


@pytest.mark.thorough
@pytest.mark.parametrize("name", SEMINARS)
def test_wrong_speakers(library_of, name):
    assert not false_yes(library_of(name), list(wrong(library_of(name))))


@pytest.mark.thorough
@pytest.mark.parametrize("name", SEMINARS)
def test_right_speakers(library_of, name):
    library = library_of(name)
    seminar = library.answerer.of("")
    questions = [
        asked(k, agent.name, text)
        for k, (claim, text) in enumerate(claims_of(library))
        for agent in library.catalogue.agents()
        if agent.slug in {*claim.attribution.agents, *claim.attribution.presenters} and agent.kind != "organisation"
    ]
    found = [seminar._judge.decide(seminar.match(question).question).verdict for question in questions]
    assert found.count("yes") >= 0.9 * len(found)
