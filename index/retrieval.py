"""Finds the passages nearest to a question, across languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.building import MEANS_FILE, ROWS_FILE, SPANS_FILE, TOKENS_FILE, VECTORS_FILE
from index.centring import Centring, Level, ReferenceSet
from index.embedding import Embedder, Role
from index.errors import StaleIndexError
from index.model import EmbeddedQuery, Hit, Likeness, Manifest, Query
from index.rows import Row, read_rows
from index.storage import REBUILD, IndexStore
from index.tokens import TokenIndex
from index.vectors import FaissIndex, VectorIndex, Vectors
from knowledge.corpus import Corpus
from knowledge.language import Language


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
        rows: Sequence[Row],
    ) -> None:
        self._embedder = embedder
        self._centring = centring
        self._vectors = vectors
        self._tokens = tokens
        self._rows = {row.id: row for row in rows}
        self._by_passage: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._by_passage[row.passage_id].append(row)
        # So many of the nearest rows are sure to belong to k passages.
        self._most_rows = max((len(group) for group in self._by_passage.values()), default=1)

    @classmethod
    def load(cls, store: IndexStore, corpus: Corpus, embedder: Embedder, reference: ReferenceSet) -> Retriever:
        """Load the index in use.

        Raises:
            StaleIndexError: It is missing, damaged, or built from something else than what is given here.
        """
        manifest = store.manifest()
        check_fresh(manifest, Ingredients.of(corpus, embedder, reference))
        folder = store.verify(manifest)
        return cls(
            embedder,
            Centring.load(folder / MEANS_FILE),
            FaissIndex.load(folder / VECTORS_FILE),
            TokenIndex.load(folder / TOKENS_FILE, folder / SPANS_FILE) if manifest.token_vectors else None,
            read_rows(folder / ROWS_FILE),
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

    def search(self, query: EmbeddedQuery, k: int, also: Iterable[str] = ()) -> tuple[Hit, ...]:
        """Find k passages by their nearest row, and rank them by late interaction, best first.

        Rows of one passage are grouped; fewer hits come back where the index holds fewer passages.

        Args:
            query: What `embed` returned.
            k: How many passages, 1 or more.
            also: Ids of passages that are compared as well, near or not.
        """
        _, ids = self._vectors.search(query.vector, k * self._most_rows)
        nearest = list(dict.fromkeys(self._rows[row].passage_id for row in ids.tolist()))[:k]
        nearest = list(dict.fromkeys((*nearest, *also)))
        hits = sorted((self._hit(query, passage) for passage in nearest), key=lambda hit: -hit.score)
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(hits, start=1))

    def _hit(self, query: EmbeddedQuery, passage: str) -> Hit:
        rows = self._by_passage[passage]
        dense = self._vectors.scores(query.vector, np.array([row.id for row in rows], dtype=np.int64))
        likenesses = [
            (row, self._likeness(query, row.id, score)) for row, score in zip(rows, dense.tolist(), strict=True)
        ]
        texts = [(row, likeness) for row, likeness in likenesses if row.role is Role.PASSAGE]
        best_row, text = max(texts, key=lambda item: item[1].late)
        asked = [likeness for row, likeness in likenesses if row.role is Role.QUERY]
        nearest = max(asked, key=lambda likeness: likeness.late, default=text)
        return Hit(passage, best_row.language, text, nearest, rank=0)

    def _likeness(self, query: EmbeddedQuery, row: int, dense: float) -> Likeness:
        if self._tokens is None or query.tokens is None:
            return Likeness(dense, dense, dense)
        return Likeness(dense, *self._tokens.max_sim(query.tokens, row))
