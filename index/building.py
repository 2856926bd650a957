"""Builds an index from a corpus: every rendering of every passage is a row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.centring import Centring, Level, ReferenceSet
from index.embedding import Embedder, Role
from index.model import INDEX_SCHEMA, Manifest
from index.storage import IndexStore
from index.tokens import TokenIndex
from index.vectors import FaissIndex, Vectors
from knowledge.language import Language
from knowledge.model import Corpus, Rendering

VECTORS_FILE = "vectors.faiss"
ROWS_FILE = "rows.json"
TOKENS_FILE = "tokens.npy"
SPANS_FILE = "token_spans.json"
MEANS_FILE = "means.safetensors"
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
        total = len(corpus.renderings) + sum(len(texts) for texts in reference.texts.values())
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            progress(done, total)

        centring = Centring.fit(embedder, reference, advance)
        vectors, tokens = _embed_renderings(corpus.renderings, embedder, centring, advance)
        ids = np.array([row_id(rendering) for rendering in corpus.renderings], dtype=np.int64)
        FaissIndex.of(vectors, ids).save(folder / VECTORS_FILE)
        if embedder.has_token_vectors:
            TokenIndex.of(zip(ids.tolist(), tokens, strict=True)).save(folder / TOKENS_FILE, folder / SPANS_FILE)
        rows = {
            str(row_id(rendering)): [rendering.passage_id, rendering.language.value]
            for rendering in corpus.renderings
        }
        (folder / ROWS_FILE).write_text(json.dumps(rows, indent=0), encoding="utf-8")
        centring.save(folder / MEANS_FILE)
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
            files={},
        )

    return store.write(write)


def row_id(rendering: Rendering) -> int:
    """The row id of a rendering: 63 bits of a SHA-256 over passage and language, the same in every build."""
    digest = hashlib.sha256(f"{rendering.passage_id}\0{rendering.language}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _embed_renderings(
    renderings: tuple[Rendering, ...], embedder: Embedder, centring: Centring, advance: Callable[[int], None]
) -> tuple[Vectors, list[Vectors]]:
    """Centred text vectors, shape (n, dim), and centred token vectors (none for a model without)."""
    vectors = np.empty((len(renderings), embedder.dimension), dtype=np.float32)
    tokens: list[Vectors] = [vectors[:0]] * len(renderings)
    for language in Language:
        positions = [i for i, rendering in enumerate(renderings) if rendering.language is language]
        for start in range(0, len(positions), BATCH):
            batch = positions[start : start + BATCH]
            encoding = embedder.encode([renderings[i].text for i in batch], Role.PASSAGE)
            vectors[batch] = centring.apply(encoding.vectors, Level.TEXT, Role.PASSAGE, language)
            for i, rows in zip(batch, encoding.token_vectors or (), strict=False):
                tokens[i] = centring.apply(rows, Level.TOKEN, Role.PASSAGE, language)
            advance(len(batch))
    return vectors, tokens
