"""Fits P(a passage answers a question) on the golden questions, and chooses the threshold of refusal.

    make calibrate

Folds are cut by fact, so that no paraphrase or translation of a question is on both sides. The threshold is the
lowest at which, on held-back folds, off-topic questions are never answered and near misses at most in 5% of cases.
Writes bot/answering/calibration.json and prints the risk-coverage table.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.linear_model import LogisticRegression

from bot.answering.confidence import CALIBRATION_FILE, ConfidenceModel
from bot.answering.cues import load_cues
from bot.answering.evidence import Candidate, EvidenceFinder
from bot.answering.features import FeatureReader, Features
from bot.answering.frame import FrameReader
from bot.composition import load_foundations, load_retriever
from bot.config import read_settings
from bot.golden import GoldenKind, GoldenQuestion, normalised, read_golden
from index.lexical import LexicalIndex
from index.model import Query
from knowledge.language import Language

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
FILES = ("facts.jsonl", "near_misses.jsonl", "off_topic.jsonl")
FOLDS = 5
# Weak regularisation: nine features against some ten thousand pairs.
INVERSE_REGULARISATION = 1.0
NEAR_MISS_LIMIT = 0.05
TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Sample:
    """A golden question with every candidate and whether it holds the answer."""

    question: GoldenQuestion
    candidates: tuple[Candidate, ...]
    answers: tuple[bool, ...]

    @property
    def features(self) -> np.ndarray:
        return np.array([candidate.features.values() for candidate in self.candidates])


def main() -> None:
    foundations = load_foundations(read_settings())
    corpus = foundations.corpus
    untrained = ConfidenceModel(
        model_digest="", threshold=0, intercept=0, coefficients=dict.fromkeys(Features.names(), 1.0)
    )
    reader = FeatureReader(corpus, LexicalIndex.of(corpus), load_cues())
    retriever = load_retriever(foundations)
    finder = EvidenceFinder(corpus, retriever, reader, untrained)
    frames = FrameReader(corpus, load_cues())
    samples = []
    for question in (q for name in FILES for q in read_golden(GOLDEN / name)):
        frame = frames.read(question.question, question.language, TODAY)[0]
        if frame.small_talk is not None:
            sys.exit(f"{question.id} is read as small talk: {question.question}")
        candidates = finder.candidates(frame, retriever.embed(Query(frame.text, frame.language)))
        answers = tuple(_holds(question, corpus, candidate.hit.passage_id) for candidate in candidates)
        samples.append(Sample(question, candidates, answers))
    fold_of = {fact: i % FOLDS for i, fact in enumerate(sorted({s.question.fact for s in samples}))}
    folds = np.array([fold_of[sample.question.fact] for sample in samples])
    verdicts: list[tuple[Sample, float, bool]] = []
    for fold in range(FOLDS):
        model = _fit([s for s, f in zip(samples, folds, strict=True) if f != fold])
        verdicts += [_best(model, s) for s, f in zip(samples, folds, strict=True) if f == fold]
    threshold = _threshold(verdicts)
    _report(verdicts, threshold)
    final = _fit(samples)
    coefficients = dict(zip(Features.names(), (round(float(w), 4) for w in final.coef_[0]), strict=True))
    fitted = ConfidenceModel(
        model_digest=foundations.embedder.digest,
        threshold=round(threshold, 3),
        intercept=round(float(final.intercept_[0]), 4),
        coefficients=coefficients,
    )
    CALIBRATION_FILE.write_text(fitted.model_dump_json(indent=2) + "\n", encoding="utf-8")
    Console().print(fitted.model_dump())


def _holds(question: GoldenQuestion, corpus, passage_id: str) -> bool:  # type: ignore[no-untyped-def]
    if question.kind in {GoldenKind.NEAR_MISS, GoldenKind.OFF_TOPIC}:
        return False
    article, passage = corpus.passages[passage_id]
    if question.article and question.article != article.id:
        return False
    text = normalised(passage.text[question.language])
    return all(re.search(expected, text, re.IGNORECASE) for expected in question.expect)


def _fit(samples: list[Sample]) -> LogisticRegression:
    features = np.concatenate([sample.features for sample in samples])
    labels = np.concatenate([sample.answers for sample in samples])
    return LogisticRegression(C=INVERSE_REGULARISATION, max_iter=1000).fit(features, labels)


def _best(model: LogisticRegression, sample: Sample) -> tuple[Sample, float, bool]:
    """The probability of the best candidate that no veto forbids, and whether it holds the answer."""
    probabilities = model.predict_proba(sample.features)[:, 1]
    allowed = [i for i, candidate in enumerate(sample.candidates) if candidate.veto is None]
    if not allowed:
        return sample, 0.0, False
    best = max(allowed, key=lambda i: probabilities[i])
    return sample, float(probabilities[best]), sample.answers[best]


def _rates(verdicts: list[tuple[Sample, float, bool]], threshold: float) -> dict[str, float]:
    def share(kinds: set[GoldenKind], counts) -> float:  # type: ignore[no-untyped-def]
        chosen = [verdict for verdict in verdicts if verdict[0].question.kind in kinds]
        return sum(counts(p, right) for _, p, right in chosen) / len(chosen) if chosen else 0.0

    answerable = {GoldenKind.FACT, GoldenKind.LIST}
    return {
        "right": share(answerable, lambda p, right: p >= threshold and right),
        "wrong": share(answerable, lambda p, right: p >= threshold and not right),
        "refused": share(answerable, lambda p, right: p < threshold),
        "near misses answered": share({GoldenKind.NEAR_MISS}, lambda p, right: p >= threshold),
        "off-topic answered": share({GoldenKind.OFF_TOPIC}, lambda p, right: p >= threshold),
    }


def _threshold(verdicts: list[tuple[Sample, float, bool]]) -> float:
    for threshold in np.arange(0.02, 1.0, 0.01):
        rates = _rates(verdicts, threshold)
        if rates["off-topic answered"] == 0 and rates["near misses answered"] <= NEAR_MISS_LIMIT:
            return float(threshold)
    return 0.99


def _report(verdicts: list[tuple[Sample, float, bool]], chosen: float) -> None:
    table = Table("threshold", *_rates(verdicts, chosen), title="Held-back folds")
    for threshold in sorted({*np.arange(0.05, 0.95, 0.05), chosen}):
        rates = _rates(verdicts, threshold)
        table.add_row(f"{threshold:.2f}", *(f"{rate:.1%}" for rate in rates.values()))
    Console().print(table)
    for language in Language:
        own = [verdict for verdict in verdicts if verdict[0].question.language is language]
        Console().print(language.value, {name: f"{rate:.1%}" for name, rate in _rates(own, chosen).items()})
    if "--verbose" in sys.argv:
        for sample, p, right in verdicts:
            answerable = sample.question.kind in {GoldenKind.FACT, GoldenKind.LIST}
            if answerable and not (p >= chosen and right) or not answerable and p >= chosen:
                verdict = "refused" if p < chosen else "answered"
                best = max(sample.candidates, key=lambda c: c.hit.score)
                print(f"{sample.question.id} {p:.2f} {verdict} {sample.question.question!r} {best.hit.passage_id}")


if __name__ == "__main__":
    main()
