"""Whether the confidence stays true as the knowledge grows: half of the articles against all of them.

    python benchmarks/growth.py [--write]

The articles are cut into two halves, every second by id. A question whose answer stands in the other half becomes a
near miss of the hardest kind: in the domain's own words, without a source. The model reads every text and every
question once; each question is judged by weights fitted without its fact. `--write` puts the table into
docs/decisions/0016.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from calibrate import DOCUMENT
from fitting import Verdict, choose_threshold, held_back, rates
from in_memory import Remembering, Setting, retriever_of
from rich.console import Console
from samples import ANSWERABLE, GOLDEN, KINDS, gather, holding
from tables import Rows, show, write

from bot.answering.verifier import load_verifier
from bot.composition import load_foundations
from bot.config import read_settings
from bot.golden import GoldenQuestion, meets, read_golden_set
from index.model_loading import on_one_thread
from knowledge.corpus import Corpus

WHOLE = "all articles"
HEADER = ["weights and threshold of", "measured with", "threshold", "right", "wrong", "refused", "near misses answered",
          "off-topic answered", "absent", "absent: falsely answered", "absent: given by another article"]  # fmt: skip


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    foundations = load_foundations(read_settings())
    whole = foundations.corpus
    ids = sorted(whole.articles)
    corpora = {WHOLE: whole, "even half": part_of(whole, ids[::2]), "odd half": part_of(whole, ids[1::2])}
    questions = [question for question in read_golden_set(GOLDEN) if question.kind in KINDS]
    right = holding(questions, whole)
    verifier = load_verifier(foundations.embedder.digest)
    with on_one_thread():
        setting = Setting.of(Remembering(foundations.embedder), foundations.reference)
        samples = {
            name: gather(questions, corpus, retriever_of(corpus, setting), verifier, right)
            for name, corpus in corpora.items()
        }
    rows: Rows = [HEADER]
    for fitted_on, held in corpora.items():
        # Whoever calibrates with half of the articles has no questions about the others.
        known = [s for s in samples[fitted_on] if not is_absent(s.question, right[s.question.id], held)]
        threshold = choose_threshold(held_back(known, known))
        measured = corpora if fitted_on == WHOLE else (fitted_on, WHOLE)
        for name in measured:
            verdicts = held_back(known, samples[name])
            rows.append([fitted_on, name, *row(verdicts, threshold, corpora[name], right)])
    show(Console(width=180), "Half of the articles and all of them", rows)
    if arguments.write:
        write({"Half of the articles and all of them": rows}, DOCUMENT, Path(__file__).name)


def part_of(corpus: Corpus, ids: Sequence[str]) -> Corpus:
    """A corpus of some articles, and of what disagrees within them."""
    part = replace(corpus, articles={article_id: corpus.articles[article_id] for article_id in ids})
    held = {
        name: disagreement
        for name, disagreement in corpus.disagreements.items()
        if all(figure.passage in part.passages for figure in disagreement.figures)
    }
    return replace(part, disagreements=held)


def is_absent(question: GoldenQuestion, right: frozenset[str], corpus: Corpus) -> bool:
    """Whether a question has an answer, but its article (where it names none: every such passage) is not here."""
    if question.kind not in ANSWERABLE:
        return False
    return right.isdisjoint(corpus.passages) if question.article is None else question.article not in corpus.articles


def row(verdicts: Sequence[Verdict], threshold: float, corpus: Corpus, right: dict[str, frozenset[str]]) -> list[str]:
    """The rates, those of absent questions apart.

    Another article may give the fact that is asked for in words of its own: an answer from it is not false.
    """
    absent = [v for v in verdicts if is_absent(v.question, right[v.question.id], corpus)]
    present = [v for v in verdicts if not is_absent(v.question, right[v.question.id], corpus)]
    cells = [f"{threshold:.2f}", *(f"{rate:.1%}" for rate in rates(present, threshold).values())]
    if not absent:
        return [*cells, "0", "–", "–"]
    answered = [v for v in absent if v.probability >= threshold]
    elsewhere = sum(_gives(v, corpus) for v in answered)
    shares = ((len(answered) - elsewhere) / len(absent), elsewhere / len(absent))
    return [*cells, str(len(absent)), *(f"{share:.1%}" for share in shares)]


def _gives(verdict: Verdict, corpus: Corpus) -> bool:
    """Whether the passage cited holds what is expected, though it is not of the article named."""
    if verdict.passage is None:
        return False
    _, passage = corpus.passages[verdict.passage]
    return verdict.right or meets(verdict.question.expect, passage.text[verdict.question.language])


if __name__ == "__main__":
    main()
