"""Finds the passages nearest to a question, across languages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.building import MEANS_FILE, ROWS_FILE, SPANS_FILE, TOKENS_FILE, VECTORS_FILE
from index.centring import Centring, Level, ReferenceSet
from index.embedding import Embedder, Role
from index.errors import StaleIndexError
from index.model import EmbeddedQuery, Hit, Manifest, Query
from index.storage import REBUILD, IndexStore
from index.tokens import TokenIndex
from index.vectors import FaissIndex, Vectors, VectorIndex
from knowledge.language import Language
from knowledge.model import Corpus


@dataclass(frozen=True, slots=True)
class Ingredients:
    """The digests that an index must have been built from."""

    model_name: str
    model_digest: str
    reference_digest: str
    corpus_digest: str

    @classmethod
    def of(cls, corpus: Corpus, embedder: Embedder, reference: ReferenceSet) -> Ingredients:
        """Collect what is in use now."""
        return cls(embedder.name, embedder.digest, reference.digest, corpus.digest)


def check_fresh(manifest: Manifest, now: Ingredients) -> None:
    """Check that an index was built from what is in use now.

    Raises:
        StaleIndexError: Naming what differs and the command that rebuilds the index.
    """
    if (manifest.model_name, manifest.model_digest) != (now.model_name, now.model_digest):
        built = f"{manifest.model_name} ({manifest.model_digest[:8]})"
        used = f"{now.model_name} ({now.model_digest[:8]})"
        raise StaleIndexError(f"the index was built with the model {built}, but {used} is in use. {REBUILD}")
    if manifest.reference_digest != now.reference_digest:
        raise StaleIndexError(f"the index was built with another reference set. {REBUILD}")
    if manifest.corpus_digest != now.corpus_digest:
        raise StaleIndexError(f"the knowledge has changed since the index was built. {REBUILD}")


class Retriever:
    """Embeds a question and returns the best passages, each once."""

    def __init__(
        self,
        embedder: Embedder,
        centring: Centring,
        vectors: VectorIndex,
        tokens: TokenIndex | None,
        rows: Mapping[int, tuple[str, Language]],
    ) -> None:
        self._embedder = embedder
        self._centring = centring
        self._vectors = vectors
        self._tokens = tokens
        self._rows = rows

    @classmethod
    def load(
        cls, store: IndexStore, corpus: Corpus, embedder: Embedder, reference: ReferenceSet
    ) -> Retriever:
        """Load the index in use.

        Raises:
            StaleIndexError: It is missing, damaged, or built from something else than what is given here.
        """
        manifest = store.manifest()
        check_fresh(manifest, Ingredients.of(corpus, embedder, reference))
        folder = store.verify(manifest)
        rows = json.loads((folder / ROWS_FILE).read_text(encoding="utf-8"))
        return cls(
            embedder,
            Centring.load(folder / MEANS_FILE),
            FaissIndex.load(folder / VECTORS_FILE),
            TokenIndex.load(folder / TOKENS_FILE, folder / SPANS_FILE) if manifest.token_vectors else None,
            {int(row): (passage, Language(language)) for row, (passage, language) in rows.items()},
        )

    def embed(self, query: Query) -> EmbeddedQuery:
        """Embed a question.

        Raises:
            TextRefusedError: The question is blank or too long.
        """
        encoding = self._embedder.encode([query.text], Role.QUERY)
        tokens = encoding.token_vectors
        return EmbeddedQuery(
            self._centring.apply(encoding.vectors, Level.TEXT, Role.QUERY, query.language)[0],
            None if tokens is None else self._centring.apply(tokens[0], Level.TOKEN, Role.QUERY, query.language),
        )

    def embed_passages(self, texts: Sequence[str], language: Language) -> Vectors:
        """Embed texts that questions are compared with: float32, shape (n, dim), centred, rows of unit length."""
        vectors = self._embedder.encode(texts, Role.PASSAGE).vectors
        return self._centring.apply(vectors, Level.TEXT, Role.PASSAGE, language)

    def search(self, query: EmbeddedQuery, k: int) -> tuple[Hit, ...]:
        """Find the k passages nearest by their text vectors, ordered by late interaction, best first.

        Renderings of one passage are grouped, and the best one stands for it; fewer hits come back where the index
        holds fewer passages.

        Args:
            query: What `embed` returned.
            k: How many passages, 1 or more.
        """
        # A passage has at most one row a language, so this many rows hold k passages.
        scores, ids = self._vectors.search(query.vector, k * len(Language))
        best: dict[str, Hit] = {}
        for score, row in zip(scores.tolist(), ids.tolist(), strict=True):
            passage, language = self._rows[row]
            known = best.get(passage)
            if known is None and len(best) == k:
                continue
            late, weak = self._late(query, row, score)
            if known is None or late > known.late:
                highest = score if known is None else known.score
                best[passage] = Hit(passage, language, highest, late, weak, rank=0)
        ranked = sorted(best.values(), key=lambda hit: -hit.late)
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(ranked, start=1))

    def _late(self, query: EmbeddedQuery, row: int, score: float) -> tuple[float, float]:
        if self._tokens is None or query.tokens is None:
            return score, score
        return self._tokens.max_sim(query.tokens, row)
