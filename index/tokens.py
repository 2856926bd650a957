"""Token vectors of every rendering, and their late interaction with a question's.

MaxSim (Khattab and Zaharia, 2020, "ColBERT"): each token of the question looks for the token of the passage that it
is most like, and the likenesses are averaged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexingError
from index.vectors import Vectors

# One signed byte a component: unit vectors have components between -1 and 1.
SCALE = 127
# The weakest quarter of a question's tokens shows whether one of its subjects is missing.
WEAKEST = 4


class TokenIndex:
    """Token vectors by row id, kept as int8: a quarter of float32, memory-mapped."""

    def __init__(self, tokens: NDArray[np.int8], spans: dict[int, tuple[int, int]]) -> None:
        """Take all token vectors and the rows that they belong to.

        Args:
            tokens: int8, shape (all tokens, dim): unit vectors times `SCALE`.
            spans: Row id to its first token and the one behind its last.
        """
        self._tokens = tokens
        self._spans = spans

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Vectors]]) -> TokenIndex:
        """Index token vectors.

        Args:
            rows: Pairs of row id and float32 array of shape (tokens, dim), rows of unit length, one token at least.

        Raises:
            IndexingError: A row has no tokens, or one that is not finite.
        """
        spans: dict[int, tuple[int, int]] = {}
        blocks: list[NDArray[np.int8]] = []
        position = 0
        for row, tokens in rows:
            if not len(tokens) or not np.isfinite(tokens).all():
                raise IndexingError(f"row {row} has no finite token vectors: the model gave no usable vector.")
            blocks.append(np.rint(tokens * SCALE).astype(np.int8))
            spans[row] = (position, position + len(tokens))
            position += len(tokens)
        return cls(np.concatenate(blocks) if blocks else np.empty((0, 0), np.int8), spans)

    def save(self, tokens: Path, spans: Path) -> None:
        """Write the token vectors (``.npy``) and which rows they belong to (JSON)."""
        np.save(tokens, self._tokens, allow_pickle=False)
        spans.write_text(json.dumps({str(row): span for row, span in self._spans.items()}), encoding="utf-8")

    @classmethod
    def load(cls, tokens: Path, spans: Path) -> TokenIndex:
        """Map what `save` wrote into memory.

        Raises:
            IndexingError: The files are damaged, or do not fit each other.
        """
        try:
            array = np.load(tokens, mmap_mode="r", allow_pickle=False)
            by_row = {
                int(row): (start, end) for row, (start, end) in json.loads(spans.read_text(encoding="utf-8")).items()
            }
        except (ValueError, EOFError) as error:
            raise IndexingError(
                f"{tokens} or {spans.name} is damaged. Rebuild the index: dalil build --force"
            ) from error
        fits = max((end for _, end in by_row.values()), default=0) == len(array)
        if array.dtype != np.int8 or not fits or any(not 0 <= start < end for start, end in by_row.values()):
            raise IndexingError(f"{tokens} does not fit {spans.name}. Rebuild the index: dalil build --force")
        return cls(array, by_row)

    @property
    def rows(self) -> frozenset[int]:
        """The ids of the rows that have token vectors."""
        return frozenset(self._spans)

    @property
    def bytes(self) -> int:
        """What the token vectors take, on disk and, once touched, in memory."""
        return self._tokens.nbytes

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
        spans = [self._spans[row] for row in rows]
        stored = np.concatenate([self._tokens[start:end] for start, end in spans])
        starts = np.cumsum([0, *(end - start for start, end in spans[:-1])])
        likeness = question @ stored.astype(np.float32).T
        best = np.maximum.reduceat(likeness, starts, axis=1) / np.float32(SCALE)
        weakest = -(-len(best) // WEAKEST)
        lowest = np.partition(best, weakest - 1, axis=0)[:weakest]
        return best.mean(axis=0), lowest.mean(axis=0)
