"""Fits the confidence model on the golden questions, and chooses the threshold of refusal.

    make calibrate
    python benchmarks/calibrate.py --verbose
    python benchmarks/calibrate.py --without asked,asked_weak

Folds are cut by fact, so that no paraphrase or translation of a question is on both sides. The threshold is the lowest
at which, on held-back folds, no off-topic question is answered and at most a tenth of the near misses are: at a
twentieth, one answerable question in four is refused. Prints the
risk-coverage table and writes bot/answering/calibration.json; --verbose lists what goes wrong; --without leaves
features out, and then writes nothing.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from bot.answering.confidence import CALIBRATION_FILE, LARGEST_MARGIN, ConfidenceModel
from bot.answering.cues import load_cues
from bot.answering.evidence import Candidate, EvidenceFinder
from bot.answering.features import FeatureReader, Features
from bot.answering.figure_choice import FigureChooser
from bot.answering.figures import FigureBook
from bot.answering.frame_reading import FrameReader
from bot.answering.passage_facts import Claim
from bot.composition import load_foundations, load_retriever
from bot.config import read_settings
from bot.golden import GoldenKind, GoldenQuestion, meets, read_golden_set
from index.lexical import LexicalIndex
from index.model import Query
from knowledge.corpus import Corpus
from knowledge.language import Language

Matrix = NDArray[np.float64]

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
TODAY = date(2026, 11, 21)
FOLDS = 5
NEAR_MISSES_AT_MOST = 0.10
# Weak priors towards zero, the same for all features: stronger ones cost rank accuracy, weaker ones gain none.
RANKING_PENALTY = 0.2
CONFIDENCE_PENALTY = 100.0
ANSWERABLE = frozenset({GoldenKind.FACT, GoldenKind.LIST})
KINDS = ANSWERABLE | {GoldenKind.NEAR_MISS, GoldenKind.OFF_TOPIC}
"""Those of which a single passage holds the answer, or none does."""


@dataclass(frozen=True)
class Sample:
    """A golden question with the candidates that no veto forbids, and which of them hold the answer."""

    question: GoldenQuestion
    candidates: tuple[Candidate, ...]
    claims: tuple[frozenset[Claim], ...]
    holds: NDArray[np.bool_]

    @property
    def features(self) -> Matrix:
        """Shape (candidates, features); those left out are 0, so that their weights become 0 too."""
        kept = np.array([name not in left_out() for name in Features.names()])
        rows = np.array([candidate.features.values() for candidate in self.candidates], dtype=np.float64)
        return np.asarray(rows * kept)


@dataclass(frozen=True)
class Verdict:
    """What a model that has not seen the question's fact makes of it."""

    sample: Sample
    probability: float
    right: bool
    passage: str


def main() -> None:
    """Fit, report and write."""
    foundations = load_foundations(read_settings())
    retriever, corpus, cues = load_retriever(foundations), foundations.corpus, load_cues()
    untrained = ConfidenceModel(model_digest="", threshold=0, ranking={}, confidence={}, intercept=0)
    reader = FeatureReader(corpus, LexicalIndex.of(corpus), cues)
    chooser = FigureChooser(corpus, FigureBook(corpus))
    finder = EvidenceFinder(corpus, retriever, reader, untrained, chooser)
    frames = FrameReader(corpus, cues)
    samples: list[Sample] = []
    for question in (each for each in read_golden_set(GOLDEN) if each.kind in KINDS):
        frame = frames.read(question.question, question.language, TODAY)[0]
        query = retriever.embed(Query(frame.text, frame.language))
        found = finder.candidates(frame, query, chooser.choose(frame))
        allowed = tuple(candidate for candidate in found if candidate.veto is None)
        right = _holding(question, corpus)
        holds = np.array([candidate.hit.passage_id in right for candidate in allowed], dtype=bool)
        claims = tuple(reader.facts(candidate.hit.passage_id).claims for candidate in allowed)
        samples.append(Sample(question, allowed, claims, holds))
    fold_of = {fact: i % FOLDS for i, fact in enumerate(sorted({sample.question.fact for sample in samples}))}
    verdicts: list[Verdict] = []
    for fold in range(FOLDS):
        model = fit([s for s in samples if fold_of[s.question.fact] != fold])
        verdicts += [judge(model, s) for s in samples if fold_of[s.question.fact] == fold]
    threshold = choose_threshold(verdicts)
    report(verdicts, threshold)
    final = fit(samples).model_copy(
        update={"model_digest": foundations.embedder.digest, "threshold": round(threshold, 3)}
    )
    if not left_out():
        CALIBRATION_FILE.write_text(final.model_dump_json(indent=2) + "\n", encoding="utf-8")


@functools.cache
def left_out() -> frozenset[str]:
    """The features named behind --without."""
    return frozenset(sys.argv[sys.argv.index("--without") + 1].split(",")) if "--without" in sys.argv else frozenset()


def _holding(question: GoldenQuestion, corpus: Corpus) -> frozenset[str]:
    """The passages that hold what is expected: of the article named, and of others that give the same figure."""
    if question.kind not in ANSWERABLE:
        return frozenset()
    meeting = {
        passage_id: (article.id, {(f.metric, f.entity, f.value) for f in passage.figures})
        for passage_id, (article, passage) in corpus.passages.items()
        if meets(question.expect, passage.text[question.language])
    }
    own = {passage_id for passage_id, (article, _) in meeting.items() if question.article in {None, article}}
    said = {figure for passage_id in own for figure in meeting[passage_id][1]}
    return frozenset(own | {passage_id for passage_id, (_, figures) in meeting.items() if figures & said})


def fit(samples: Sequence[Sample]) -> ConfidenceModel:
    """Fit the ranking on the answerable questions, then the confidence on all."""
    ranking = _fit_ranking([(s.features, s.holds) for s in samples if s.holds.any()])
    named = dict(zip(Features.names(), ranking.tolist(), strict=True))
    rows, labels = [], []
    for sample in samples:
        if sample.candidates:
            scores = sample.features @ ranking
            best = int(np.argmax(scores))
            rivals = [
                score for score, said in zip(scores, sample.claims, strict=True) if said.isdisjoint(sample.claims[best])
            ]
            rivals = [score for score in rivals if score < scores[best]]
            margin = min(LARGEST_MARGIN, scores[best] - max(rivals)) if rivals else LARGEST_MARGIN
            rows.append([*sample.features[best], scores[best], margin])
            labels.append(bool(sample.holds[best]))
    inputs = np.array(rows)
    mean, deviation = inputs.mean(axis=0), inputs.std(axis=0) + 1e-9
    fitted = LogisticRegression(C=1 / CONFIDENCE_PENALTY, max_iter=5000).fit((inputs - mean) / deviation, labels)
    weights = fitted.coef_[0] / deviation
    intercept = float(fitted.intercept_[0] - weights @ mean)
    names = (*Features.names(), "score", "margin")
    return ConfidenceModel(
        model_digest="",
        threshold=0,
        ranking={name: round(weight, 4) for name, weight in named.items()},
        confidence={name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
        intercept=round(intercept, 4),
    )


def _fit_ranking(groups: Sequence[tuple[Matrix, NDArray[np.bool_]]]) -> Matrix:
    """Conditional logit: raise the softmax weight of the candidates that hold the answer."""

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, gradient = RANKING_PENALTY * weights @ weights, 2 * RANKING_PENALTY * weights
        for features, holds in groups:
            scores = features @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            right = shares[holds].sum()
            total -= np.log(right)
            gradient = gradient - features.T @ (shares * holds / right - shares)
        return float(total), gradient

    return np.asarray(minimize(loss, np.zeros(len(Features.names())), jac=True, method="L-BFGS-B").x)


def judge(model: ConfidenceModel, sample: Sample) -> Verdict:
    """The winner among a question's candidates."""
    if not sample.candidates:
        return Verdict(sample, 0.0, right=False, passage="-")
    weighed = model.weigh([candidate.features for candidate in sample.candidates], sample.claims)
    best = max(range(len(weighed)), key=lambda i: weighed[i][0])
    passage = sample.candidates[best].hit.passage_id
    return Verdict(sample, weighed[best][1], bool(sample.holds[best]), passage)


def rates(verdicts: Sequence[Verdict], threshold: float) -> dict[str, float]:
    """Shares of questions: answered rightly, wrongly, refused; near misses and off-topic ones answered."""

    def share(kinds: frozenset[GoldenKind], counts: Callable[[Verdict], bool]) -> float:
        chosen = [verdict for verdict in verdicts if verdict.sample.question.kind in kinds]
        return sum(map(counts, chosen)) / len(chosen) if chosen else 0.0

    return {
        "right": share(ANSWERABLE, lambda v: v.probability >= threshold and v.right),
        "wrong": share(ANSWERABLE, lambda v: v.probability >= threshold and not v.right),
        "refused": share(ANSWERABLE, lambda v: v.probability < threshold),
        "near misses answered": share(frozenset({GoldenKind.NEAR_MISS}), lambda v: v.probability >= threshold),
        "off-topic answered": share(frozenset({GoldenKind.OFF_TOPIC}), lambda v: v.probability >= threshold),
    }


def choose_threshold(verdicts: Sequence[Verdict]) -> float:
    """The lowest threshold that keeps both limits.

    Raises:
        SystemExit: None does.
    """
    for threshold in np.arange(0.05, 1.0, 0.01):
        found = rates(verdicts, threshold)
        if found["off-topic answered"] == 0 and found["near misses answered"] <= NEAR_MISSES_AT_MOST:
            return float(threshold)
    sys.exit("no threshold keeps near misses below a tenth and off-topic answers at none")


def report(verdicts: Sequence[Verdict], chosen: float) -> None:
    """Print the risk-coverage table, the same at the threshold by language, and what goes wrong."""
    console = Console(width=140)
    table = Table("threshold", *rates(verdicts, chosen), title="Held-back folds")
    for threshold in sorted({*np.arange(0.05, 0.95, 0.05), chosen}):
        table.add_row(f"{threshold:.2f}", *(f"{rate:.1%}" for rate in rates(verdicts, threshold).values()))
    for language in Language:
        own = [verdict for verdict in verdicts if verdict.sample.question.language is language]
        table.add_row(f"{chosen:.2f} {language}", *(f"{rate:.1%}" for rate in rates(own, chosen).values()))
    console.print(table)
    if "--verbose" in sys.argv:
        for verdict in verdicts:
            question, answered = verdict.sample.question, verdict.probability >= chosen
            if answered != (question.kind in ANSWERABLE) or (answered and not verdict.right):
                outcome = "answered" if answered else "refused"
                right = "right" if verdict.right else "wrong"
                console.print(
                    f"{question.id} {verdict.probability:.2f} {outcome} {right} {verdict.passage} {question.question}"
                )


if __name__ == "__main__":
    main()
