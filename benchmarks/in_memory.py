"""Indexes in memory, over texts that the model reads once however many indexes hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.balance import Balance, fit_balance
from index.building import embed_rows
from index.centring import Centring, ReferenceSet, encode_reference
from index.embedding import Embedder, Encoding, Role
from index.retrieval import Retriever
from index.rows import Row, question_rows, rendering_rows
from index.scoring import Scoring
from index.shares import LanguageShares
from index.tokens import TokenIndex
from index.vectors import Vectors
from index.word_search import WordSearch
from knowledge.corpus import Corpus


class Remembering:
    """An embedder that reads each text once, however many variants ask for it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[tuple[Role, str], Encoding] = {}
        self.name, self.digest, self.dimension = embedder.name, embedder.digest, embedder.dimension
        self.max_tokens, self.has_token_vectors = embedder.max_tokens, embedder.has_token_vectors

    def count_tokens(self, text: str) -> int:
        return self._embedder.count_tokens(text)

    def encode(self, texts: Sequence[str], role: Role, progress: Callable[[int, int], None] | None = None) -> Encoding:
        new = [text for text in dict.fromkeys(texts) if (role, text) not in self._known]
        encoding = self._embedder.encode(new, role, progress)
        for place, text in enumerate(new):
            tokens = encoding.token_vectors
            self._known[role, text] = Encoding(
                encoding.vectors[place : place + 1], None if tokens is None else (tokens[place],)
            )
        known = [self._known[role, text] for text in texts]
        together = tuple(each.token_vectors[0] for each in known if each.token_vectors is not None)
        return Encoding(np.concatenate([each.vectors for each in known]), together if self.has_token_vectors else None)


@dataclass(frozen=True)
class Setting:
    """The model and what was measured with it on the reference set."""

    embedder: Embedder
    centring: Centring
    balance: Balance

    @classmethod
    def of(cls, embedder: Embedder, reference: ReferenceSet) -> Setting:
        """Measure."""
        encodings = encode_reference(embedder, reference)
        centring = Centring.fit(encodings)
        return cls(embedder, centring, fit_balance(encodings, centring))


@dataclass(frozen=True)
class Parts:
    """How the parts of an index are made; without ``tokens`` it works by whole texts."""

    tokens: Callable[[Iterable[tuple[int, Vectors]]], TokenIndex] | None = TokenIndex.of
    shares: Callable[[Sequence[Row], Vectors], LanguageShares] = LanguageShares.of
    words: Callable[[Corpus], WordSearch] = WordSearch.of


def retriever_of(corpus: Corpus, setting: Setting, parts: Parts | None = None) -> Retriever:
    """Index a corpus in memory, as `build_index` does on disk."""
    parts = parts or Parts()
    rows = sorted([*rendering_rows(corpus), *question_rows(corpus)], key=lambda row: row.passage_id)
    vectors, of_rows = embed_rows(rows, setting.embedder, setting.centring, lambda _count: None)
    shares = parts.shares(rows, vectors)
    tokens = None
    if parts.tokens is not None:
        tokens = parts.tokens((row.id, of_row) for row, of_row in zip(rows, of_rows, strict=True))
    return Retriever(
        setting.embedder,
        setting.centring,
        vectors=shares,
        rows=rows,
        scoring=Scoring(shares, tokens, rows, setting.balance),
        words=parts.words(corpus),
    )
