"""Fits the confidence model on the golden questions, and chooses the threshold of refusal.

    make calibrate
    python benchmarks/calibrate.py --verbose
    python benchmarks/calibrate.py --without asked,asked_weak

The threshold is the lowest at which, on held-back folds, no off-topic question is answered and at most a twentieth of
the near misses are. Prints the risk-coverage table, by language
and by language of the source as well, and writes bot/answering/calibration.json, docs/risk-coverage.svg and the tables
of docs/decisions/0016; --verbose lists what goes wrong; --without leaves features out, and then writes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from fitting import Verdict, choose_threshold, fit, held_back
from rich.console import Console
from risk_coverage import by_pair, by_threshold, draw
from samples import ANSWERABLE, GOLDEN, gather, holding
from tables import show, write

from bot.answering.confidence import CALIBRATION_FILE
from bot.answering.verifier import load_verifier
from bot.composition import load_foundations, load_retriever
from bot.config import read_settings
from bot.golden import read_golden_set

DOCS = Path(__file__).parents[1] / "docs"
DOCUMENT = DOCS / "decisions" / "0016-sentence-and-threshold.md"
CURVES = DOCS / "risk-coverage.svg"


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--without", default="", help="names of features, between commas")
    arguments = parser.parse_args()
    left_out = frozenset(filter(None, arguments.without.split(",")))
    foundations = load_foundations(read_settings())
    corpus, questions = foundations.corpus, read_golden_set(GOLDEN)
    right = holding(questions, corpus)
    verifier = load_verifier(foundations.embedder.digest)
    samples = gather(questions, corpus, load_retriever(foundations), verifier, right)
    verdicts = held_back(samples, samples, left_out)
    threshold = choose_threshold(verdicts)
    sources = {key: article.language for key, (article, _) in corpus.passages.items()}
    tables = {
        "Held-back folds": by_threshold(verdicts, threshold),
        "By language of question and source": by_pair(verdicts, threshold, sources),
    }
    console = Console(width=140)
    for title, rows in tables.items():
        show(console, title, rows)
    if arguments.verbose:
        for line in failures(verdicts, threshold):
            console.print(line, markup=False)
    if not left_out:
        final = fit(samples).model_copy(
            update={"model_digest": foundations.embedder.digest, "threshold": round(threshold, 3)}
        )
        CALIBRATION_FILE.write_text(final.model_dump_json(indent=2) + "\n", encoding="utf-8")
        draw(verdicts, threshold, sources, CURVES)
        write(tables, DOCUMENT, Path(__file__).name)


def failures(verdicts: Sequence[Verdict], threshold: float) -> list[str]:
    """What goes wrong at a threshold, a line for each question."""
    found = []
    for verdict in verdicts:
        question, answered = verdict.question, verdict.probability >= threshold
        if answered != (question.kind in ANSWERABLE) or (answered and not verdict.right):
            outcome = f"{'answered' if answered else 'refused'} {'right' if verdict.right else 'wrong'}"
            found.append(
                f"{question.id} {np.round(verdict.probability, 2)} {outcome} {verdict.passage} {question.question}"
            )
    return found


if __name__ == "__main__":
    main()
