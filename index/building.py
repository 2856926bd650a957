"""Builds an index from a corpus: every rendering of every passage is a row, and every question that it answers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.balance import fit_balance
from index.centring import Centring, Level, ReferenceSet, encode_reference
from index.embedding import Embedder, Role
from index.model import INDEX_SCHEMA, Manifest
from index.rows import Row, question_rows, rendering_rows, write_rows
from index.shares import save_shares
from index.storage import IndexStore
from index.tokens import TokenIndex
from index.vectors import Vectors
from knowledge.corpus import Corpus
from knowledge.language import Language

ROWS_FILE = "rows.json"
TOKENS_FILE = "tokens.npy"
SPANS_FILE = "token_spans.json"
MEANS_FILE = "means.safetensors"
BALANCE_FILE = "balance.json"
BATCH = 32

Progress = Callable[[int, int], None]
"""Called with how many texts are embedded and how many there are in all."""


def build_index(
    corpus: Corpus, embedder: Embedder, reference: ReferenceSet, store: IndexStore, progress: Progress
) -> Manifest:
    """Embed a corpus and switch the store to the new index.

    Raises:
        IndexingError: A text cannot be embedded, or the store cannot be written; the old index stays in use.
    """

    def write(folder: Path) -> Manifest:
        # Rows of one passage lie side by side, so that its token vectors are read in one piece.
        rows = sorted([*rendering_rows(corpus), *question_rows(corpus)], key=lambda row: row.passage_id)
        total = len(rows) + sum(len(texts) for texts in reference.texts.values())
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            progress(done, total)

        encodings = encode_reference(embedder, reference, advance)
        centring = Centring.fit(encodings)
        vectors, tokens = embed_rows(rows, embedder, centring, advance)
        save_shares(rows, vectors, folder)
        if embedder.has_token_vectors:
            held = ((row.id, of_row) for row, of_row in zip(rows, tokens, strict=True))
            TokenIndex.of(held).save(folder / TOKENS_FILE, folder / SPANS_FILE)
        write_rows(rows, folder / ROWS_FILE)
        centring.save(folder / MEANS_FILE)
        fit_balance(encodings, centring).save(folder / BALANCE_FILE)
        return Manifest(
            index_schema=INDEX_SCHEMA,
            model_name=embedder.name,
            model_digest=embedder.digest,
            reference_digest=reference.digest,
            corpus_digest=corpus.digest,
            dimension=embedder.dimension,
            token_vectors=embedder.has_token_vectors,
            passages=len(corpus.passages),
            renderings=len(corpus.renderings),
            questions=len(corpus.questions),
            files={},
        )

    return store.write(write)


def embed_rows(
    rows: Sequence[Row], embedder: Embedder, centring: Centring, advance: Callable[[int], None]
) -> tuple[Vectors, list[Vectors]]:
    """Embed rows: centred text vectors, shape (n, dim), and centred token vectors (empty for a model without)."""
    vectors = np.empty((len(rows), embedder.dimension), dtype=np.float32)
    tokens: list[Vectors] = [vectors[:0]] * len(rows)
    for role, language in itertools.product(Role, Language):
        positions = [i for i, row in enumerate(rows) if (row.role, row.language) == (role, language)]
        for start in range(0, len(positions), BATCH):
            batch = positions[start : start + BATCH]
            encoding = embedder.encode([rows[i].text for i in batch], role)
            vectors[batch] = centring.apply(encoding.vectors, Level.TEXT, role, language)
            for i, of_text in zip(batch, encoding.token_vectors or (), strict=False):
                tokens[i] = centring.apply(of_text, Level.TOKEN, role, language)
            advance(len(batch))
    return vectors, tokens
