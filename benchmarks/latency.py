"""How long a question takes: against one bare run of the model, and against the number of passages."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from in_memory import Setting
from sentence_transformers import SentenceTransformer

from index.balance import Balance
from index.embedding import Role
from index.model import Query
from index.model_loading import on_one_thread
from index.retrieval import Retriever
from index.rows import Row, row_id
from index.scoring import Scoring
from index.shares import LanguageShares
from index.tokens import SCALE, TokenIndex
from index.vectors import Vectors
from index.word_search import WordSearch
from knowledge.language import Language

ROUNDS = 3
QUESTIONS_OF_A_PASSAGE = 3
TOKENS_OF_A_ROW = 30


@dataclass(frozen=True)
class Times:
    """Milliseconds, and how they compare."""

    bare: tuple[float, float]
    whole: tuple[float, float]
    search: dict[int, tuple[float, float]]
    whole_of_many: dict[int, float]


def measure(retriever: Retriever, model: Path, queries: Sequence[Query], many: dict[int, Retriever]) -> Times:
    """Time questions one by one, each kind of run in turn, so that a busy moment hits all alike."""
    bare = bare_run(model)
    sizes = list(many)
    kinds: dict[Any, list[float]] = {"bare": [], "whole": []} | {size: [] for size in sizes}
    searches: dict[int, list[float]] = {size: [] for size in sizes}
    for query in list(queries[:5]) + [query for _ in range(ROUNDS) for query in queries]:
        kinds["bare"].append(timed(lambda query=query: bare(query.text)))  # type: ignore[misc]
        kinds["whole"].append(timed(lambda query=query: retriever.search(retriever.embed(query), 24)))  # type: ignore[misc]
        for size, large in many.items():
            embedded = large.embed(query)
            searches[size].append(timed(lambda large=large, embedded=embedded: large.search(embedded, 24)))  # type: ignore[misc]
            kinds[size].append(timed(lambda large=large, query=query: large.search(large.embed(query), 24)))  # type: ignore[misc]
    return Times(
        _spread(kinds["bare"]),
        _spread(kinds["whole"]),
        {size: _spread(taken) for size, taken in searches.items()},
        {size: _spread(kinds[size])[0] for size in sizes},
    )


def bare_run(model: Path) -> Callable[[str], object]:
    """The torch module on one question, its tokenizer included, on one thread as Dalil runs single questions."""
    loaded = SentenceTransformer(str(model), device="cpu", local_files_only=True).eval()
    prompt = "query: "

    def run(text: str) -> object:
        features = loaded.tokenize([prompt + text])
        with torch.inference_mode(), on_one_thread():
            return loaded(features)

    return run


def timed(run: Callable[[], object]) -> float:
    """Milliseconds that a run takes."""
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


def random_retriever(setting: Setting, passages: int, texts: Sequence[str]) -> Retriever:
    """A retriever over passages that are only as large as real ones: random vectors, words of real passages.

    Twelve rows a passage, as in the knowledge base: a text and three questions in three languages. Token vectors are
    drawn from one block of random ones, so that 10,000 passages need no 1.4 GB.
    """
    draw = np.random.default_rng(0)
    rows = [
        Row(row_id(f"x#p{n}", language, number), f"x#p{n}", language, Role.PASSAGE if number is None else Role.QUERY)
        for n in range(passages)
        for language in Language
        for number in (None, *range(QUESTIONS_OF_A_PASSAGE))
    ]
    dimension = setting.embedder.dimension
    vectors = LanguageShares.of(rows, _units(draw, len(rows), dimension))
    block = np.rint(_units(draw, 40_000, dimension) * SCALE).astype(np.int8)
    starts = draw.integers(0, len(block) - TOKENS_OF_A_ROW, len(rows)).tolist()
    tokens = TokenIndex(block, {row.id: (at, at + TOKENS_OF_A_ROW) for row, at in zip(rows, starts, strict=True)})
    worded = [(f"x#p{n}", texts[int(draw.integers(len(texts)))]) for n in range(passages)]
    return Retriever(
        setting.embedder,
        setting.centring,
        vectors=vectors,
        rows=rows,
        scoring=Scoring(vectors, tokens, rows, Balance({})),
        words=WordSearch(worded),
    )


def _units(draw: np.random.Generator, count: int, dimension: int) -> Vectors:
    vectors = draw.standard_normal((count, dimension), dtype=np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def _spread(taken: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile, the first five runs left out as warming up."""
    return float(np.median(taken[5:])), float(np.percentile(taken[5:], 95))
