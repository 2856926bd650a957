"""Finds the passages nearest to a question, across languages."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.balance import Balance
from index.centring import Centring, Level, ReferenceSet
from index.embedding import Embedder, Role
from index.errors import StaleIndexError
from index.measures import BALANCE_FILE, MEANS_FILE
from index.model import EmbeddedQuery, Hit, Manifest, Query
from index.rows import ROWS_FILE, Row, read_rows
from index.scoring import Scoring
from index.shares import LanguageShares
from index.storage import REBUILD, IndexStore, verify
from index.threads import OneThread
from index.token_files import SPANS_FILE
from index.tokens import TokenIndex
from index.vectors import Vectors
from index.word_search import WordSearch
from knowledge.corpus import Corpus
from knowledge.language import Language

SHARE = 16
"""Passages that each language gives at least: on xquad-dev, 10 lose nothing against all."""

WORDED = 8
"""Passages that join for the words they share: for 98% of the golden questions the right one is among the first 5."""


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
        *,
        vectors: LanguageShares,
        rows: Sequence[Row],
        scoring: Scoring,
        words: WordSearch,
    ) -> None:
        self._embedder = embedder
        self._centring = centring
        self._vectors = vectors
        self._scoring = scoring
        self._words = words
        self._alone = OneThread()
        self._rows = {row.id: row for row in rows}
        self._word_place = {passage: place for place, passage in enumerate(words.passages)}
        # So many of the nearest rows of a language are sure to belong to one passage more.
        counts = Counter((row.passage_id, row.language) for row in rows)
        self._most_rows = max(counts.values(), default=1)

    @classmethod
    def load(cls, store: IndexStore, corpus: Corpus, embedder: Embedder, reference: ReferenceSet) -> Retriever:
        """Load the index in use.

        Raises:
            StaleIndexError: It is missing, damaged, or built from something else than what is given here.
        """
        now = Ingredients.of(corpus, embedder, reference)

        def read(folder: Path, manifest: Manifest) -> Retriever:
            check_fresh(manifest, now)
            verify(folder, manifest)
            rows = read_rows(folder / ROWS_FILE)
            vectors = LanguageShares.load(folder, Counter(row.language for row in rows))
            tokens = None
            if manifest.token_vectors:
                tokens = TokenIndex.load(folder)
                _check_tokens(tokens, rows, folder)
            scoring = Scoring(vectors, tokens, rows, Balance.load(folder / BALANCE_FILE))
            return cls(
                embedder,
                Centring.load(folder / MEANS_FILE),
                vectors=vectors,
                rows=rows,
                scoring=scoring,
                words=WordSearch.of(corpus),
            )

        return store.read(read)

    def embed(self, query: Query) -> EmbeddedQuery:
        """Embed a question.

        Raises:
            TextRefusedError: The question is blank or too long.
        """
        encoding = self._embedder.encode([query.text], Role.QUERY)
        with self._alone.limited():
            vector = self._centring.apply(encoding.vectors, Level.TEXT, Role.QUERY, query.language)[0]
            tokens = None
            if encoding.token_vectors is not None:
                tokens = self._centring.apply(encoding.token_vectors[0], Level.TOKEN, Role.QUERY, query.language)
        return EmbeddedQuery(vector, tokens, query.language, self._words.read(query.text))

    def embed_passages(self, texts: Sequence[str], language: Language) -> Vectors:
        """Embed texts that questions are compared with: float32, shape (n, dim), centred, rows of unit length."""
        vectors = self._embedder.encode(texts, Role.PASSAGE).vectors
        return self._centring.apply(vectors, Level.TEXT, Role.PASSAGE, language)

    def search(self, query: EmbeddedQuery, k: int, also: Iterable[str] = ()) -> tuple[Hit, ...]:
        """Find k passages, best first.

        Each language gives its nearest passages, as many as the others; those that share most of the question's
        words join them; then all are scored alike. Fewer hits come back where the index holds fewer passages.

        Args:
            query: What `embed` returned.
            k: How many passages, 1 or more.
            also: Ids of passages that are scored and returned as well, near or not.
        """
        with self._alone.limited():
            return self._search(query, k, frozenset(also))

    def _search(self, query: EmbeddedQuery, k: int, kept: frozenset[str]) -> tuple[Hit, ...]:
        shares = self._words.shares(query.terms)
        near = self._near(query.vector, max(k, SHARE))
        candidates = dict.fromkeys([*near, *self._worded(shares, WORDED), *sorted(kept)])
        words = {
            passage: float(shares[place])
            for passage in candidates
            if (place := self._word_place.get(passage)) is not None
        }
        hits = sorted(self._scoring.hits(query, list(candidates), words), key=lambda hit: -hit.score)
        hits = [hit for place, hit in enumerate(hits) if place < k or hit.passage_id in kept]
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(hits, start=1))

    def token_vectors(self, passage_id: str, language: Language) -> Vectors | None:
        """The token vectors of a rendering, in a language that the passage has.

        Returns:
            float32, shape (tokens, dim), centred, rows of nearly unit length; None in an index without token vectors.
        """
        return self._scoring.token_vectors(passage_id, language)

    def nearest_rows(self, vector: Vectors, rows: int) -> list[Row]:
        """The rows that candidates are drawn from, the languages taking turns, before they are grouped by passage.

        Args:
            vector: A question's embedding, float32, shape (dim,), centred, unit length.
            rows: How many.
        """
        shares = self._vectors.nearest(vector, rows)
        turns = itertools.chain.from_iterable(itertools.zip_longest(*(ids.tolist() for ids in shares)))
        return [self._rows[row] for row in itertools.islice((row for row in turns if row is not None), rows)]

    def _near(self, vector: Vectors, passages: int) -> Iterator[str]:
        """So many passages of each language, by their nearest row."""
        for ids in self._vectors.nearest(vector, passages * self._most_rows):
            yield from list(dict.fromkeys(self._rows[row].passage_id for row in ids.tolist()))[:passages]

    def _worded(self, shares: Vectors, passages: int) -> list[str]:
        """The passages that share most of the question's words; none that shares nothing."""
        best = np.argsort(-shares, kind="stable")[:passages]
        return [self._words.passages[place] for place in best if shares[place] > 0]


def _check_tokens(tokens: TokenIndex, rows: Sequence[Row], folder: Path) -> None:
    held = tokens.rows
    without = [row.passage_id for row in rows if row.id not in held]
    if without:
        raise StaleIndexError(
            f"{folder / SPANS_FILE} has no token vectors for {without[0]}, though the manifest says that there are "
            f"some. {REBUILD} --force"
        )
