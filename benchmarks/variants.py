"""Our retrieval with one part left out, and what stands in its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from unittest import mock

import bm25s
import numpy as np
from in_memory import Parts, Setting, retriever_of

from index.balance import Balance
from index.centring import Centring
from index.lexical import Term, terms
from index.retrieval import Retriever
from index.rows import Row
from index.shares import LanguageShares
from index.tokens import SCALE, TokenIndex
from index.vectors import FaissIndex, Ids, Vectors
from index.word_search import WordSearch
from knowledge.corpus import Corpus


class Part(StrEnum):
    """What can be left out or replaced."""

    NOTHING = "ours"
    TOKENS = "no token MaxSim"
    CENTRING = "no centring (and no metric)"
    METRIC = "no metric from translations"
    WORDS = "no words"
    NAMES = "no names across scripts"
    BM25 = "bm25s instead of our words"
    BALANCE = "no balance across languages"
    SHARES = "no shares by language"
    BYTES = "float32 instead of int8 tokens"


class Pooled(LanguageShares):
    """All languages in one index: the nearest rows, whatever their language."""

    def __init__(self, rows: Sequence[Row], vectors: Vectors) -> None:
        super().__init__(LanguageShares.of(rows, vectors).indexes)
        self._pool = FaissIndex.of(vectors, np.array([row.id for row in rows], dtype=np.int64))

    def nearest(self, vector: Vectors, rows: int) -> tuple[Ids, ...]:
        return (self._pool.search(vector, rows)[1],)


class Bm25Search(WordSearch):
    """bm25s over the same terms, in shares of the best score that a question gets."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        super().__init__(texts)
        joined: dict[str, list[str]] = {passage: [] for passage in self.passages}
        for passage, text in texts:
            joined[passage] += [form for term in terms(text, keep_stopwords=True) for form in sorted(term)]
        self._bm25 = bm25s.BM25()
        self._bm25.index(list(joined.values()), show_progress=False)

    def shares(self, question: Sequence[Term]) -> Vectors:
        asked = [form for term in question for form in sorted(term) if form in self._bm25.vocab_dict]
        if not asked:
            return np.zeros(len(self.passages), dtype=np.float32)
        scores = np.asarray(self._bm25.get_scores(asked), dtype=np.float32)
        return scores / max(float(scores.max()), 1e-9)


def variant_of(corpus: Corpus, setting: Setting, part: Part) -> Retriever:
    """Index a corpus in memory, with a part left out or replaced."""
    parts = Parts(
        tokens=None if part is Part.TOKENS else float_tokens if part is Part.BYTES else TokenIndex.of,
        shares=Pooled if part is Part.SHARES else LanguageShares.of,
        words=lambda held: _words(held, part),
    )
    return retriever_of(corpus, _without(setting, part), parts)


def _without(setting: Setting, part: Part) -> Setting:
    """The same with one part of the centring or the balance left out."""
    means = setting.centring.means
    if part is Part.METRIC:
        return replace(setting, centring=Centring(means))
    if part is Part.CENTRING:
        return replace(setting, centring=Centring({key: np.zeros_like(mean) for key, mean in means.items()}))
    return replace(setting, balance=Balance({})) if part is Part.BALANCE else setting


def float_tokens(held: Iterable[tuple[int, Vectors]]) -> TokenIndex:
    """Token vectors as the model gives them, four bytes a component."""
    rows = list(held)
    ends = np.cumsum([len(tokens) for _, tokens in rows]).tolist()
    spans = {row: (end - len(tokens), end) for (row, tokens), end in zip(rows, ends, strict=True)}
    stored: object = np.concatenate([tokens for _, tokens in rows]) * SCALE
    return TokenIndex(stored, spans)  # type: ignore[arg-type] # the one place that keeps other than bytes


def _words(corpus: Corpus, part: Part) -> WordSearch:
    if part is Part.WORDS:
        return WordSearch([])
    if part is Part.NAMES:
        with mock.patch("index.word_search.skeleton", return_value=""):
            return WordSearch.of(corpus)
    return Bm25Search.of(corpus) if part is Part.BM25 else WordSearch.of(corpus)
