"""Fit what the finder weighs words, links and meaning by, and tell how well it finds on seminars that it does not know.

    python benchmarks/finding.py                                the packaged and the invented seminars
    python benchmarks/finding.py my.ttl my-questions.jsonl ...  these, with seminars and questions in turns
    python benchmarks/finding.py ... --write                    write kg/answering/finding/weights.json

Each seminar is left out in turn: weights fitted on the others tell for which share of its answerable questions all that
a right answer rests on is found in at most four statements, and how many questions without an answer are refused. Then
each part is left out in turn. Questions are those of tests/questions/README.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from kg import open_library
from kg.answering.finding.features import NAMES, PARTS
from kg.answering.finding.finder import Finder, Tables
from kg.answering.finding.scoring import DOUBTFUL, WEIGHTS, FinderWeights, likelihoods, setting
from kg.answering.seminar_answerer import SeminarAnswerer

TESTS, DATA = (Path(__file__).parents[1] / name for name in ("tests", "data"))
INVENTED = ("schools", "heat", "town-hall", "medicines", "bridge")
#: The penalties on the squared weights of features and of doubts.
PENALTY, DOUBTED = 1e-3, 0.02

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Question:
    """A question with what is known of it; `gold` has a row for each group of statements: which claims rest on one."""

    tables: Tables
    gold: Bools


@dataclass(frozen=True)
class Asked:
    """The questions about one seminar."""

    name: str
    finder: Finder
    questions: list[Question]


def asked(name: str, seminar: Path, questions: Path) -> Asked:
    """Return a seminar with its questions."""
    catalogue = open_library(seminar).catalogue
    answerer = SeminarAnswerer(
        catalogue, {each.iri: each.slug for each in (*catalogue.concepts(), *catalogue.agents())}
    )
    ids = [{passage.id for passage in claim.passages} for claim in catalogue.claims()]
    found = []
    for line in filter(str.strip, questions.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        groups = [{*group} if isinstance(group, list) else {group} for group in row["gold"]]
        gold = np.array([[bool(group & each) for each in ids] for group in groups], bool)
        found.append(Question(answerer.tables(row["q"]), gold.reshape(len(groups), len(ids))))
    return Asked(name, answerer.finder, found)


def used(parts: Sequence[str]) -> Bools:
    """Return which features are of some parts."""
    return np.array([any(name in PARTS[part] for part in parts) for name in NAMES])


def fitted(sets: Sequence[Asked], parts: Sequence[str]) -> FinderWeights:
    """Return the weights fitted to questions about seminars that all count the same, by the features of some parts."""
    mask = used(parts)
    features = np.zeros(len(NAMES))
    features[mask] = _finding(sets, mask)
    rows, open_, share = [], [], []
    for each in sets:
        for question in each.questions:
            scores = question.tables.features @ features
            rows.append(each.finder.doubts(question.tables, each.finder.chosen(likelihoods(scores))))
            open_.append(not len(question.gold))
            share.append(1 / len(each.questions))
    doubts, bias = _doubting(np.array(rows), np.array(open_), np.array(share) / sum(share))
    return FinderWeights(features, doubts, bias)


def _finding(sets: Sequence[Asked], mask: Bools) -> Floats:
    """Return the weights with the least loss: minus the log of the likelihood of what each answer rests on."""
    held = [
        (question.tables.features[:, mask], question.gold, 1 / len(each.questions) / len(question.gold))
        for each in sets
        for question in each.questions
        if len(question.gold)
    ]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = PENALTY * len(sets) * float(weights @ weights), 2 * PENALTY * len(sets) * weights
        for table, gold, share in held:
            likely = likelihoods(table @ weights)
            for group in gold:
                mass = likely[group].sum() + 1e-12
                total -= share * float(np.log(mass))
                slope = slope - share * (table.T @ (np.where(group, likely / mass, 0.0) - likely))
        return total, slope

    found: Floats = minimize(loss, np.zeros(int(mask.sum())), jac=True, method="L-BFGS-B").x
    return found


def _doubting(table: Floats, is_open: Bools, share: Floats) -> tuple[Floats, float]:
    """Return the weights of doubts and the bias (logistic regression; the penalty is on numbers of like spread)."""
    spread = table.std(axis=0)
    scaled = np.where(spread > 0, table / np.where(spread > 0, spread, 1.0), 0.0)
    signs = np.where(is_open, 1.0, -1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (scaled @ weights[:-1] + weights[-1])
        slope = -signs * share / (1.0 + np.exp(margins))
        penalty = np.append(2 * DOUBTED * weights[:-1], 0.0)
        cost = float(share @ np.logaddexp(0.0, -margins)) + DOUBTED * float(weights[:-1] @ weights[:-1])
        return cost, np.append(scaled.T @ slope, slope.sum()) + penalty

    found = minimize(loss, np.zeros(table.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return np.where(spread > 0, found[:-1] / np.where(spread > 0, spread, 1.0), 0.0), float(found[-1])


@dataclass(frozen=True)
class Tally:
    """How well it goes: shares of the answerable questions, and of those without an answer."""

    first: float
    found: float
    answered: float
    refused: float
    claims: float


def tally(each: Asked, weights: FinderWeights, doubtful: float = DOUBTFUL) -> Tally:
    """Return how well weights do on the questions about a seminar."""
    first, found, answered, refused, claims = [], [], [], [], []
    for question in each.questions:
        scores = weights.scores(question.tables.features)
        places = each.finder.chosen(likelihoods(scores))
        doubt = weights.doubt(each.finder.doubts(question.tables, places))
        if not len(question.gold):
            refused.append(doubt > doubtful)
            continue
        right = all(group[places].any() for group in question.gold)
        first.append(any(group[places[0]] for group in question.gold))
        found.append(right)
        answered.append(right and doubt <= doubtful)
        claims.append(len(places))
    return Tally(*(float(np.mean(values)) if values else 0.0 for values in (first, found, answered, refused, claims)))


def left_out(sets: Sequence[Asked], parts: Sequence[str], doubtful: float = DOUBTFUL) -> list[Tally]:
    """Return how well each seminar does with weights fitted on the others."""
    return [tally(each, fitted([o for o in sets if o is not each], parts), doubtful) for each in sets]


def _print(names: Sequence[str], tallies: Sequence[Tally]) -> None:
    for name, each in zip(names, tallies, strict=True):
        shares = (each.first, each.found, each.answered, each.refused)
        print(f"{name:24}" + "".join(f"{100 * share:10.0f}" for share in shares) + f"{each.claims:10.1f}")


def main(arguments: Sequence[str]) -> None:
    """Run the benchmark; see the top of this file."""
    paths = [Path(each) for each in arguments if not each.startswith("--")]
    given = [(str(path)[-24:], path, questions) for path, questions in zip(paths[::2], paths[1::2], strict=True)]
    default = [(n, TESTS / f"fixtures/{n}/seminar.ttl", TESTS / f"fixtures/{n}/questions.jsonl") for n in INVENTED]
    default.append(("packaged", DATA / "seminar.ttl", TESTS / "questions/worked.jsonl"))
    sets = [asked(*each) for each in given or default]
    plain = ("words", "links", "meaning")
    print(
        f"{'left out in turn':24}"
        + "".join(f"{head:>10}" for head in ("first", "found", "answered", "refused", "claims"))
    )
    tallies = left_out(sets, plain)
    _print([each.name for each in sets], tallies)
    for part in ("", *plain):
        some = [each for each in plain if each != part]
        found = left_out(sets, some) if part else tallies
        mean = Tally(*np.mean([[t.first, t.found, t.answered, t.refused, t.claims] for t in found], axis=0))
        _print([f"mean without {part}" if part else "mean"], [mean])
    if "--write" in arguments:
        write(sets)


def write(sets: Sequence[Asked]) -> None:
    """Write the weights fitted to all of some seminars, with an encoder and without."""
    names = [setting(meaning=meaning) for meaning in (True, False)]
    held = {name: fitted(sets, name.split()).to_dict() for name in names}
    WEIGHTS.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
