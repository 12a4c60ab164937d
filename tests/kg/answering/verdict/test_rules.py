"""Each rule by its name, with questions that it decides or leaves open."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("name", "question", "verdict", "rule"),
    [
        ("packaged", "Do leaders create culture?", "yes", "asserted"),
        ("packaged", "Is culture created by leaders?", "yes", "asserted"),
        ("packaged", "Don't leaders create culture?", "yes", "asserted"),
        ("packaged", "Do leaders not create culture?", "no", "denied"),
        ("packaged", "Does culture create leaders?", None, "turned round"),
        ("packaged", "Do staff treat leaders with respect?", None, "turned round"),
        ("packaged", "Do all leaders create culture?", None, "amount"),
        ("packaged", "Will culture change without transforming leadership?", None, "not foretold"),
        ("packaged", "Has the CQC recognised the need for leadership?", None, "recommended"),
        ("packaged", "Did West say that paperwork is more important than patients?", None, "reported"),
        (
            "packaged",
            "Did West say Salford noted it was on its way to being the safest hospital in Britain?",
            "yes",
            "asserted",
        ),
        ("packaged", "Do leaders still create culture?", None, "later"),
        ("packaged", "Is everyone a leader?", None, "recommended"),
        ("packaged", "Should everyone be a leader?", "yes", "asserted"),
        ("packaged", "Should only senior managers be leaders?", "no", "only some"),
        ("packaged", "Was the chair from NHS England?", "no", "another value"),
        ("packaged", "Did the seminar take place in June 2014?", "yes", "time"),
        ("packaged", "Did the seminar take place in July 2014?", "no", "time"),
        ("packaged", "Did the seminar start before nine?", None, "later"),
        ("packaged", "Are there three main ingredients of the right culture?", "yes", "asserted"),
        ("packaged", "Are there four main ingredients of the right culture?", "no", "another number"),
        ("packaged", "Is design the last of the three steps of a leadership strategy?", "no", "another number"),
        ("packaged", "Is culture easy to change if you leave the leadership as it is?", "no", "denied"),
        ("packaged", "May a leader treat staff of one background better than staff of another?", "no", "denied"),
        ("packaged", "Do many NHS leaders recognise that its culture has to change?", "yes", "asserted"),
        ("packaged", "Are all NHS leaders propagating the same values?", None, "recommended"),
        ("packaged", "Did Michael West say that leaders create culture?", "yes", "report"),
        ("packaged", "Did Boris Johnson say that leaders create culture?", "no", "another speaker"),
        ("packaged", "Is culture at the top of the organisation toxic?", None, "one opinion"),
        ("packaged", "Did a delegate say that culture at the top of the organisation is toxic?", "yes", "asserted"),
        ("packaged", "Did any delegate call the culture at the top toxic?", "yes", "asserted"),
        ("packaged", "Was it said that many leading the NHS recognise that culture has to change?", "yes", "asserted"),
        ("bridge", "Did a diver report a row of timber stumps upstream of the bridge?", "yes", "asserted"),
        ("bridge", "Did the piers undercut the new bed?", None, "turned round"),
        ("bridge", "Did Joan Attwell leave forty shillings in her will?", "yes", "asserted"),
        ("heat", "Does the sewage works take warmth from the heat pump?", None, "turned round"),
        ("heat", "Is a heat network cheaper to run than a boiler in every home?", "yes", "asserted"),
        ("packaged", "Is leadership hard to change without transforming culture?", None, "turned round"),
        ("packaged", "Do people lead fairly if they feel that staff are engaged?", None, "turned round"),
        ("packaged", "Was the research programme paid for by the Department of Health?", "yes", "asserted"),
        ("packaged", "Was the chair from Lancaster University?", "no", "another value"),
        ("packaged", "Is Monitor concerned with patient-centred leadership?", None, "one opinion"),
        ("packaged", "Is it true that leaders create culture?", "yes", "asserted"),
        ("packaged", "Is it true that culture creates leaders?", None, "turned round"),
        ("town-hall", "If the council restores the grant, will the government open Sundays?", None, "turned round"),
        ("town-hall", "Was the town clerk in the chair that evening?", "yes", "asserted"),
        ("town-hall", "Did a student say she has nowhere else to revise?", "yes", "asserted"),
        ("town-hall", "Did Mr Oakley call the parking charges a red herring?", None, "another speaker"),
        ("schools", "Does coaching take away fear?", "yes", "asserted"),
        ("schools", "Does fear take away coaching?", None, "turned round"),
        ("schools", "Does coaching have four steps?", "no", "another number"),
        ("schools", "Can coaching work in a school with only three teachers?", None, "reported"),
        ("schools", "Is an inspection a mirror?", None, "reported"),
        ("schools", "Do inspectors ever stay for a whole lesson?", None, "one opinion"),
    ],
)
def test_rule(decide, name: str, question: str, verdict: str | None, rule: str) -> None:
    decision = decide(name, question)
    assert (decision.verdict, decision.rule) == (verdict, rule)
