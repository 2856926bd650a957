"""Token vectors of every rendering, and their late interaction with a question's.

MaxSim (Khattab and Zaharia, 2020, "ColBERT"): each token of the question looks for the token of the passage that it
is most like, and the likenesses are averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from index.errors import IndexingError
from index.token_files import SCALE, SPANS_FILE, Bytes, Span, quantise, read_shard, read_spans, tokens_file
from index.vectors import Vectors

# The weakest quarter of a question's tokens shows whether one of its subjects is missing.
WEAKEST = 4


class TokenIndex:
    """Token vectors by row id, kept as int8: a quarter of float32, memory-mapped."""

    def __init__(self, shards: Mapping[int, Bytes], spans: Mapping[int, Span]) -> None:
        """Take all token vectors and the rows that they belong to.

        Args:
            shards: int8, each of shape (tokens, dim): unit vectors times `SCALE`.
            spans: Row id to where its token vectors lie.
        """
        self._shards = shards
        self._spans = spans

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Vectors]]) -> TokenIndex:
        """Index token vectors in memory.

        Args:
            rows: Pairs of row id and float32 array of shape (tokens, dim), rows of unit length, one token at least.

        Raises:
            IndexingError: A row has no tokens, or one that is not finite.
        """
        spans: dict[int, Span] = {}
        blocks: list[Bytes] = []
        position = 0
        for row, tokens in rows:
            blocks.append(quantise(tokens))
            spans[row] = (0, position, position + len(tokens))
            position += len(tokens)
        return cls({0: np.concatenate(blocks)} if blocks else {}, spans)

    @classmethod
    def load(cls, folder: Path) -> TokenIndex:
        """Map the token vectors of a version of the index into memory.

        Raises:
            IndexingError: The files are damaged, or do not fit each other.
        """
        spans = read_spans(folder / SPANS_FILE)
        ends: dict[int, int] = {}
        for shard, start, end in spans.values():
            if not 0 <= start < end:
                raise IndexingError(f"{folder / SPANS_FILE} is damaged. Rebuild the index: dalil build --force")
            ends[shard] = max(end, ends.get(shard, 0))
        shards = {shard: read_shard(folder / tokens_file(shard)) for shard in sorted(ends)}
        for shard, end in ends.items():
            if len(shards[shard]) != end:
                raise IndexingError(
                    f"{folder / tokens_file(shard)} does not fit {SPANS_FILE}. Rebuild the index: dalil build --force"
                )
        return cls(shards, spans)

    @property
    def rows(self) -> frozenset[int]:
        """The ids of the rows that have token vectors."""
        return frozenset(self._spans)

    @property
    def bytes(self) -> int:
        """What the token vectors take, on disk and, once touched, in memory."""
        return sum(tokens.nbytes for tokens in self._shards.values())

    def stored(self, row: int) -> Bytes:
        """The token vectors of a row as they are kept: int8, shape (tokens, dim)."""
        shard, start, end = self._spans[row]
        return self._shards[shard][start:end]

    def restored(self, row: int) -> Vectors:
        """The token vectors of a row: float32, shape (tokens, dim), rows of nearly unit length."""
        return self.stored(row).astype(np.float32) / np.float32(SCALE)

    def max_sim(self, question: Vectors, rows: Sequence[int]) -> tuple[Vectors, Vectors]:
        """The late-interaction scores of some rows, in one matrix product over all of their tokens.

        Args:
            question: float32, shape (tokens, dim), rows of unit length, one token at least.
            rows: Row ids that the index holds; none allowed.

        Returns:
            For each row the mean over the question's tokens, and over the quarter of them that found least; both
            float32, shape (rows,), -1 to 1.
        """
        if not rows:
            return np.empty(0, np.float32), np.empty(0, np.float32)
        blocks = [self.stored(row) for row in rows]
        starts = np.cumsum([0, *(len(block) for block in blocks[:-1])])
        likeness = question @ np.concatenate(blocks).astype(np.float32).T
        best = np.maximum.reduceat(likeness, starts, axis=1) / np.float32(SCALE)
        weakest = -(-len(best) // WEAKEST)
        lowest = np.partition(best, weakest - 1, axis=0)[:weakest]
        return best.mean(axis=0), lowest.mean(axis=0)
