"""Retrieval across languages: ours, with one part left out, and rivals over the same model, in one run.

    pip install '.[benchmarks]'
    python benchmarks/retrieval.py [--write] [--without-rivals] [--xquad FOLDER]

`--write` puts the tables into docs/retrieval.md. XQuAD is no part of the project; without it the exit status is 2.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from in_memory import Remembering, Setting, retriever_of
from rich.console import Console
from tables import DOCUMENT, Rows, show, write
from xquad import FOLDER, LANGUAGES, Parallel, corpus_of, paragraph_number, read_xquad

from bot.composition import Foundations, load_foundations
from bot.config import read_settings
from bot.golden import GoldenQuestion, normalised, read_golden
from bot.preparation import find_model
from index.centring import load_reference_set
from index.model import Query
from index.model_loading import on_one_thread
from index.retrieval import Retriever
from index.rows import question_rows, rendering_rows
from index.tokens import TokenIndex
from knowledge.corpus import Corpus
from knowledge.language import Language

try:
    from latency import measure, random_retriever
    from rivals import Search, langchain, txtai
    from variants import Part, variant_of
except ModuleNotFoundError as missing:
    print(f"{missing.name} is not installed. Install what is compared: pip install '.[benchmarks]'")
    sys.exit(2)

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
PAIRS = [(Language.EN, Language.EN), (Language.AR, Language.AR), (Language.EN, Language.AR), (Language.AR, Language.EN)]
CELLS = [f"{asked}→{held}" for asked, held in PAIRS]
TEN = 10


def main() -> None:
    """Measure everything, print it, and write it into the documentation if asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--without-rivals", action="store_true", help="ours alone, in half the time")
    parser.add_argument("--xquad", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    data = read_xquad(arguments.xquad)
    settings = read_settings()
    foundations = load_foundations(settings)
    model = Path(find_model(settings))
    setting = Setting.of(Remembering(foundations.embedder), load_reference_set())
    golden = [each for name in ("facts", "paraphrases") for each in read_golden(GOLDEN / f"{name}.jsonl")]
    console = Console(width=140)
    sections: dict[str, Callable[[], Rows]] = {
        "Right paragraph first": lambda: [
            *rivals_apart(data, None if arguments.without_rivals else model, foundations.corpus, golden),
            *ours_apart(data, setting, foundations.corpus, golden),
        ],
        "Milliseconds": lambda: latency(foundations, setting, model, golden),
        "Bytes a passage": lambda: sizes(foundations.corpus, setting),
        "English and Arabic in one pool": lambda: one_pool(data, setting),
    }
    tables: dict[str, Rows] = {}
    for title, section in sections.items():
        # Single questions run on one thread, rivals' as ours: two wait for each other where a core is busy.
        with on_one_thread():
            tables[title] = section()
        show(console, title, tables[title])
    if arguments.write:
        write(dict(sorted(tables.items())), DOCUMENT, Path(__file__).name)


def rivals_apart(data: Parallel, model: Path | None, corpus: Corpus, golden: Sequence[GoldenQuestion]) -> Rows:
    """R@1 of rivals over paragraphs of one language, and the golden questions; without a model the header alone."""
    rows: Rows = [["", *CELLS, "mean", "golden R@1", "golden R@5", "golden MRR"]]
    if model is None:
        return rows
    rivals: dict[str, Callable[[Sequence[str]], Search]] = {
        "E5 + FAISS (LangChain)": lambda paragraphs: langchain(model, paragraphs),
        "txtai dense": lambda paragraphs: txtai(model, paragraphs, hybrid=False),
        "txtai hybrid (E5 + BM25)": lambda paragraphs: txtai(model, paragraphs, hybrid=True),
    }
    for name, build in rivals.items():
        searches = {language: build(data.paragraphs[language]) for language in LANGUAGES}
        cells = [
            _mean([
                searches[held](question)[0] == right
                for question, right in zip(data.questions[asked], data.paragraph_of, strict=True)
            ])
            for asked, held in PAIRS
        ]  # fmt: skip
        rows.append([name, *_percent(cells), *_rival_golden(build, corpus, golden)])
        print(rows[-1], file=sys.stderr)
    return rows


def ours_apart(data: Parallel, setting: Setting, corpus: Corpus, golden: Sequence[GoldenQuestion]) -> Rows:
    """The same of ours, whole and with one part left out."""
    rows: Rows = []
    corpora = {
        language: corpus_of([(language, text) for text in data.paragraphs[language]], setting.embedder)
        for language in LANGUAGES
    }
    for part in Part:
        ours = {language: variant_of(corpora[language], setting, part) for language in LANGUAGES}
        cells = [_mean(_right(data, ours[held], asked)) for asked, held in PAIRS]
        rows.append([part.value, *_percent(cells), *_golden(variant_of(corpus, setting, part), corpus, golden)])
        print(rows[-1], file=sys.stderr)
    return rows


def one_pool(data: Parallel, setting: Setting) -> Rows:
    """Half of the paragraphs only in English, the other half only in Arabic, then swapped."""
    rows: Rows = [["", *CELLS, "own rows of ten: en", "ar", "own rows of those drawn: en", "ar"]]
    count = len(data.paragraphs[Language.EN])
    halves = {"halves": np.arange(count) < count / 2, "every second": np.arange(count) % 2 == 0}
    for part in (Part.NOTHING, Part.BALANCE, Part.WORDS, Part.SHARES, Part.CENTRING):
        for name, half in halves.items():
            right: dict[tuple[Language, Language], list[bool]] = {pair: [] for pair in PAIRS}
            own: dict[Language, list[float]] = {language: [] for language in LANGUAGES}
            drawn: dict[Language, list[float]] = {language: [] for language in LANGUAGES}
            for english in (half, ~half):
                held = [Language.EN if is_english else Language.AR for is_english in english]
                mixed = [(language, data.paragraphs[language][number]) for number, language in enumerate(held)]
                retriever = variant_of(corpus_of(mixed, setting.embedder), setting, part)
                for asked in LANGUAGES:
                    for question, number in zip(data.questions[asked], data.paragraph_of, strict=True):
                        query = retriever.embed(Query(question, asked))
                        hits = retriever.search(query, TEN)
                        right[asked, held[number]].append(paragraph_number(hits[0].passage_id) == number)
                        own[asked].append(_mean([hit.language is asked for hit in hits]))
                        first = retriever.nearest_rows(query.vector, TEN)
                        drawn[asked].append(_mean([row.language is asked for row in first]))
            shares = [*(_mean(own[language]) for language in LANGUAGES)]
            shares += [_mean(drawn[language]) for language in LANGUAGES]
            rows.append([f"{part.value}, {name}", *_percent([_mean(right[p]) for p in PAIRS])[:-1],
                         *(f"{share:.0%}" for share in shares)])  # fmt: skip
    return rows


def latency(foundations: Foundations, setting: Setting, model: Path, golden: Sequence[GoldenQuestion]) -> Rows:
    """From a question's text to its hits, encoding included."""
    corpus = foundations.corpus
    fresh = replace(setting, embedder=foundations.embedder)  # one that reads every question anew
    queries = [Query(question.question, question.language) for question in golden[::8]]
    texts = [rendering.text for rendering in corpus.renderings]
    many = {passages: random_retriever(fresh, passages, texts) for passages in (100, 1000, 10_000)}
    times = measure(retriever_of(corpus, fresh), model, queries, many)
    rows: Rows = [["", "median", "p95", "median to bare", "p95 to bare"]]
    rows.append(["bare forward pass, tokenizer included", *(f"{each:.1f}" for each in times.bare), "1", "1"])
    ratios = [ours / bare for ours, bare in zip(times.whole, times.bare, strict=True)]
    rows.append(["question to hits", *(f"{each:.1f}" for each in times.whole), *(f"{each:.2f}" for each in ratios)])
    for size, spread in times.search.items():
        rows.append([f"search alone, {size} passages", *(f"{each:.1f}" for each in spread), "", ""])
    for size, median in times.whole_of_many.items():
        rows.append([f"question to hits, {size} passages", f"{median:.1f}", "", f"{median / times.bare[0]:.2f}", ""])
    return rows


def sizes(corpus: Corpus, setting: Setting) -> Rows:
    """What the vectors of our own knowledge take."""
    rows = [*rendering_rows(corpus), *question_rows(corpus)]
    encodings = [setting.embedder.encode([row.text], row.role) for row in rows]
    tokens = TokenIndex.of((n, each.token_vectors[0]) for n, each in enumerate(encodings) if each.token_vectors)
    passages = len(corpus.passages)
    dense = len(rows) * setting.embedder.dimension * 4
    header = ["", "bytes"]
    return [
        header,
        ["text vectors, float32", f"{dense / passages:,.0f}"],
        ["token vectors, int8 (ours)", f"{tokens.bytes / passages:,.0f}"],
        ["token vectors, float32", f"{4 * tokens.bytes / passages:,.0f}"],
    ]


def _right(data: Parallel, retriever: Retriever, asked: Language) -> list[bool]:
    firsts = [retriever.search(retriever.embed(Query(text, asked)), 1)[0] for text in data.questions[asked]]
    return [paragraph_number(hit.passage_id) == right for hit, right in zip(firsts, data.paragraph_of, strict=True)]


def _holds(question: GoldenQuestion, corpus: Corpus, passage_id: str) -> bool:
    article, passage = corpus.passages[passage_id]
    text = normalised(passage.text[question.language])
    of_article = question.article in {None, article.id}
    return of_article and all(re.search(expected, text, re.IGNORECASE) for expected in question.expect)


def _golden(retriever: Retriever, corpus: Corpus, golden: Sequence[GoldenQuestion]) -> list[str]:
    found = [
        [hit.passage_id for hit in retriever.search(retriever.embed(Query(each.question, each.language)), 24)]
        for each in golden
    ]
    return _ranks(found, corpus, golden)


def _rival_golden(
    build: Callable[[Sequence[str]], Search], corpus: Corpus, golden: Sequence[GoldenQuestion]
) -> list[str]:
    """A rival gets the same rows: every rendering and every question; a passage counts where its best row stands."""
    rows = [*rendering_rows(corpus), *question_rows(corpus)]
    search = build([row.text for row in rows])
    found = [list(dict.fromkeys(rows[n].passage_id for n in search(each.question))) for each in golden]
    return _ranks(found, corpus, golden)


def _ranks(found: Sequence[Sequence[str]], corpus: Corpus, golden: Sequence[GoldenQuestion]) -> list[str]:
    places = [
        next((n for n, passage in enumerate(passages) if _holds(question, corpus, passage)), 10**6)
        for passages, question in zip(found, golden, strict=True)
    ]
    first, five = _mean([n < 1 for n in places]), _mean([n < 5 for n in places])  # noqa: PLR2004 - R@5
    return [f"{first:.1%}", f"{five:.1%}", f"{_mean([1 / (n + 1) for n in places]):.3f}"]


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def _percent(cells: Sequence[float]) -> list[str]:
    return [f"{value:.3f}" for value in (*cells, _mean(cells))]


if __name__ == "__main__":
    main()
