"""Fits the confidence model, and judges it on questions that it has not seen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from samples import ANSWERABLE, Matrix, Sample
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from bot.answering.confidence import LARGEST_MARGIN, ConfidenceModel
from bot.answering.features import Features
from bot.golden import GoldenKind, GoldenQuestion

FOLDS = 5
NEAR_MISSES_AT_MOST = 0.05
# Weak priors towards zero, the same for all features: stronger ones cost rank accuracy, weaker ones gain none.
# Held-back log loss of the confidence: 0.205 at 100, 0.188 at 30, 0.185 at 10 and at 3.
RANKING_PENALTY = 0.2
CONFIDENCE_PENALTY = 10.0


@dataclass(frozen=True)
class Verdict:
    """What a model that has not seen the question's fact makes of it.

    Attributes:
        passage: Id of the passage that would be cited; None where vetoes leave none.
    """

    question: GoldenQuestion
    probability: float
    right: bool
    passage: str | None


def fit(samples: Sequence[Sample], left_out: Collection[str] = ()) -> ConfidenceModel:
    """Fit the ranking on the answerable questions, then the confidence on all.

    Args:
        samples: The questions.
        left_out: Names of features whose weight becomes 0.
    """
    kept = np.array([name not in left_out for name in Features.names()])
    ranking = _fit_ranking([(s.features * kept, s.holds) for s in samples if s.holds.any()])
    named = dict(zip(Features.names(), ranking.tolist(), strict=True))
    rows, labels = [], []
    for sample in samples:
        if sample.candidates:
            features = sample.features * kept
            scores = features @ ranking
            best = int(np.argmax(scores))
            rivals = [
                score for score, said in zip(scores, sample.claims, strict=True) if said.isdisjoint(sample.claims[best])
            ]
            rivals = [score for score in rivals if score < scores[best]]
            margin = min(LARGEST_MARGIN, scores[best] - max(rivals)) if rivals else LARGEST_MARGIN
            rows.append([*features[best], scores[best], margin])
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


def fold_of(samples: Sequence[Sample]) -> Mapping[str, int]:
    """The fold of every fact, so that no paraphrase or translation of a question is on both sides."""
    return {fact: i % FOLDS for i, fact in enumerate(sorted({sample.question.fact for sample in samples}))}


def held_back(fitted_on: Sequence[Sample], judged: Sequence[Sample], left_out: Collection[str] = ()) -> list[Verdict]:
    """Judge samples, each by a model fitted without its fact.

    Args:
        fitted_on: What models are fitted on, four folds of it at a time.
        judged: The same questions, or some of them, perhaps asked of another index.
        left_out: Names of features that are not used.
    """
    folds = fold_of([*fitted_on, *judged])
    verdicts: list[Verdict] = []
    for fold in range(FOLDS):
        model = fit([s for s in fitted_on if folds[s.question.fact] != fold], left_out)
        verdicts += [judge(model, s) for s in judged if folds[s.question.fact] == fold]
    return verdicts


def judge(model: ConfidenceModel, sample: Sample) -> Verdict:
    """The winner among a question's candidates."""
    if not sample.candidates:
        return Verdict(sample.question, 0.0, right=False, passage=None)
    weighed = model.weigh([candidate.features for candidate in sample.candidates], sample.claims)
    best = max(range(len(weighed)), key=lambda i: weighed[i][0])
    passage = sample.candidates[best].hit.passage_id
    return Verdict(sample.question, weighed[best][1], bool(sample.holds[best]), passage)


def rates(verdicts: Sequence[Verdict], threshold: float) -> dict[str, float]:
    """Shares of questions: answered rightly, wrongly, refused; near misses and off-topic ones answered."""

    def share(kinds: frozenset[GoldenKind], counts: Callable[[Verdict], bool]) -> float:
        chosen = [verdict for verdict in verdicts if verdict.question.kind in kinds]
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
    sys.exit("no threshold keeps near misses below a twentieth and off-topic answers at none")
