"""Token vectors of every rendering, and their late interaction with a question's.

MaxSim (Khattab and Zaharia, 2020, "ColBERT"): each token of the question looks for the token of the passage that it
is most like, and the likenesses are averaged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
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
        """
        spans: dict[int, tuple[int, int]] = {}
        blocks: list[NDArray[np.int8]] = []
        position = 0
        for row, tokens in rows:
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
        if array.dtype != np.int8 or max((end for _, end in by_row.values()), default=0) != len(array):
            raise IndexingError(f"{tokens} does not fit {spans.name}. Rebuild the index: dalil build --force")
        return cls(array, by_row)

    def max_sim(self, question: Vectors, row: int) -> tuple[float, float]:
        """The late-interaction score of one row.

        Args:
            question: float32, shape (tokens, dim), rows of unit length, one token at least.
            row: A row id that the index holds.

        Returns:
            The mean over the question's tokens, and over the quarter of them that found least; both -1 to 1.
        """
        start, end = self._spans[row]
        likeness = question @ self._tokens[start:end].astype(np.float32).T
        best = np.sort(likeness.max(axis=1)) / SCALE
        return float(best.mean()), float(best[: -(-len(best) // WEAKEST)].mean())
